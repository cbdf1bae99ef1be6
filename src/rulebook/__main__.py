"""The engine without a database.

python -m rulebook check LAW [--province CODE]
python -m rulebook judge STANDARD FACTS.yaml --on DATE [--province CODE] [--law LAW] [--json] [--language en]
python -m rulebook explain STANDARD FACTS.yaml --on DATE [--province CODE] [--law LAW] [--json] [--language en]
python -m rulebook diff A B [--law LAW] [--json] [--language en]
python -m rulebook docs LAW FOLDER
python -m rulebook states LAW FOLDER

STANDARD, A and B: an id or a unique part of it, id@version, or id+province.
"""

import argparse
import json
import os
import sys
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from rulebook.checking import check_checks, check_law
from rulebook.differing import differ
from rulebook.explaining import Cure, explain
from rulebook.facts import Facts
from rulebook.judging import judge
from rulebook.loading.book import Lawbook, read_law
from rulebook.loading.calendar import read_calendar
from rulebook.loading.democracy import check_democracy
from rulebook.loading.facts import read_facts
from rulebook.loading.integrity import read_checks
from rulebook.loading.procedure_cases import ProcedureCase, check_procedures
from rulebook.loading.procedures import Procedures, read_procedures
from rulebook.loading.publishing import read_publishing
from rulebook.loading.questionnaires import check_questionnaires
from rulebook.loading.rechecks import read_rechecks
from rulebook.loading.tree import read_tree
from rulebook.pairing import mapping
from rulebook.printing import (
    print_changes,
    print_cures,
    print_finding,
    print_law,
    print_measures,
    print_withdrawal,
)
from rulebook.printing_procedures import print_procedure, print_states
from rulebook.problems import Bad, Problem
from rulebook.standard import Standard, may_judge
from rulebook.withdrawing import withdraw
from viet.dates import parse_day
from viet.problems import TypingProblem


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when the law disagrees with its cases, 2 when input was refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal's own encoding may lack Vietnamese letters
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except Bad as bad:
        for problem in bad.problems:
            print(problem, file=sys.stderr)
        many = len(bad.problems)
        _tell(f"{many} chỗ phải sửa; chưa đọc được gì.", f"{many} to be mended; nothing was read.", arguments)
    except TypingProblem as problem:
        _tell(problem.vi, problem.en, arguments)
    except BrokenPipeError:  # the reader left early: … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        why = error.strerror or error
        _tell(
            f"Không đọc hoặc ghi được {error.filename}: {why}.\nHãy xem lại đường dẫn và quyền.",
            f"{error.filename} could not be read or written: {why}.\nCheck the path and the rights.",
            arguments,
        )
    return 2


class _Unclear(TypingProblem):
    """A standard or a place that does not fit what was asked."""


def _tell(vi: str, en: str, arguments: argparse.Namespace) -> None:
    """To whoever typed the command, in the language asked for."""
    print(en if getattr(arguments, "language", "vi") == "en" else vi, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rulebook", description="Xét một địa bàn theo bộ tiêu chí."
    )
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="đọc cả thư mục luật, kể cả checks.yaml, và chạy mọi ví dụ")
    check.add_argument("law", type=Path)
    check.add_argument("--province", default="", help="chỉ bộ tiêu chí của tỉnh này, mã tỉnh như 19")
    check.set_defaults(run=_check)
    for name, run, words in (
        ("judge", _judge, "kết quả xét kèm lý do"),
        ("explain", _explain, "còn thiếu gì"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("standard", help="mã bộ tiêu chí, hoặc một phần của mã")
        command.add_argument("facts", type=Path, help="tệp số liệu của một địa bàn")
        command.add_argument("--on", required=True, help="ngày của số liệu, 2023-05-24 hoặc 24/05/2023")
        command.add_argument("--law", type=Path, default=Path("law"), help="thư mục luật (mặc định: law)")
        command.add_argument("--province", default="", help="theo mức tỉnh này quy định, mã tỉnh như 19")
        command.add_argument("--json", action="store_true")
        command.add_argument("--language", choices=("vi", "en"), default="vi")
        command.set_defaults(run=run)
    diff = commands.add_parser("diff", help="những gì thay đổi giữa hai bộ tiêu chí")
    diff.add_argument("before", help="mã bộ trước; cũng nhận mã@phiên-bản, mã+tỉnh")
    diff.add_argument("after", help="mã bộ sau")
    diff.add_argument("--law", type=Path, default=Path("law"), help="thư mục luật (mặc định: law)")
    diff.add_argument("--json", action="store_true")
    diff.add_argument("--language", choices=("vi", "en"), default="vi")
    diff.set_defaults(run=_diff)
    docs = commands.add_parser("docs", help="in luật và ví dụ ra Markdown")
    docs.add_argument("law", type=Path)
    docs.add_argument("folder", type=Path)
    docs.set_defaults(run=_docs)
    states = commands.add_parser("states", help="in sơ đồ các bước của từng quy trình ra Markdown")
    states.add_argument("law", type=Path)
    states.add_argument("folder", type=Path)
    states.set_defaults(run=_states)
    return parser


def _check(arguments: argparse.Namespace) -> int:
    book = read_law(arguments.law)
    path = arguments.law / "checks.yaml"
    checks, cases = read_checks(path, book.measures) if path.is_file() else ({}, [])
    problems = check_law(book) + check_checks(cases)
    path = arguments.law / "community.yaml"
    tried, wrong = check_democracy(path) if path.is_file() else (0, [])
    problems += wrong
    if (path := arguments.law / "rechecks.yaml").is_file():
        read_rechecks(path)
    if (path := arguments.law / "publishing.yaml").is_file():
        read_publishing(path)
    procedures, worked_cases, wrong = _procedures(arguments.law, book)
    problems += wrong
    asked, wrong = check_questionnaires(arguments.law, book.standards)
    problems += wrong
    for problem in problems:
        print(problem, file=sys.stderr)
    province = arguments.province
    for standard in (*book.versions.values(), *book.overlays):
        if province and standard.province != province:
            continue
        worked = book.cases_of.get((standard.id, standard.version), [])
        whose = f" (tỉnh {standard.province})" if standard in book.overlays else ""
        print(
            f"{standard.id} {standard.version}{whose}: {len(standard.criteria)} tiêu chí, "
            f"{len(standard.indicators)} chỉ tiêu{_unlisted(standard)}, {len(worked)} ví dụ, "
            f"dấu số {standard.digest[:12]}"
        )
    for key, procedure in procedures.by_id.items():
        if not province or procedure.province == province:
            print(
                f"{key} {procedure.version}: {len(procedure.steps)} bước, "
                f"{len(procedure.components)} thành phần hồ sơ, {len(worked_cases.get(key, []))} ví dụ, "
                f"dấu số {procedure.digest[:12]}"
            )
    if tried and not province:
        print(f"dân chủ ở cơ sở: {tried} ví dụ")
    if asked and not province:
        print(f"lấy ý kiến hài lòng: {asked} phiếu")
    print(
        f"{len(book.standards)} bộ, {len(book.measures)} số đo, {len(checks)} phép kiểm số liệu; "
        f"{len(problems)} chỗ phải sửa."
    )
    return 1 if problems else 0


def _unlisted(standard: Standard) -> str:
    """How many indicators are known only to exist."""
    many = sum(criterion.unlisted for criterion in standard.criteria)
    least = "" if all(criterion.unlisted_counted for criterion in standard.criteria) else "ít nhất "
    return f" và {least}{many} chưa có nội dung" if many else ""


def _judge(arguments: argparse.Namespace) -> int:
    standard, facts, on = _asked(arguments)
    finding = judge(standard, facts, on=on)
    if arguments.json:
        plain: dict[str, object] = {
            "standard": standard.id,
            "version": standard.version,
            "digest": standard.digest,
            "on": on.isoformat(),
        }
        plain["finding"] = finding.to_plain()
        if standard.withdrawal:
            plain["withdrawal"] = withdraw(standard, finding).to_plain()
        print(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        print("\n".join(print_finding(finding, language=arguments.language)))
        if standard.withdrawal:
            print("\n".join(print_withdrawal(withdraw(standard, finding), language=arguments.language)))
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    standard, facts, on = _asked(arguments)
    cures = explain(judge(standard, facts, on=on))
    if arguments.json:
        print(
            json.dumps(
                [_plain_cure(cure, arguments.language) for cure in cures], ensure_ascii=False, indent=1
            )
        )
    else:
        print("\n".join(print_cures(cures, language=arguments.language)))
    return 0


def _plain_cure(cure: Cure, language: str) -> dict[str, object]:
    return {
        "code": cure.code,
        "name": cure.label.in_(language),
        "verdict": cure.verdict.value,
        "blocked_by_law": cure.blocked,
        "indicators": list(cure.indicators),
        "needs": [
            {
                "indicator": need.indicator,
                "kind": need.kind,
                "what": need.what.in_(language),
                "missing": need.gap_text.in_(language),
                "asked": need.threshold_text.in_(language),
                "measure": need.measure,
            }
            for need in cure.needs
        ],
    }


def _diff(arguments: argparse.Namespace) -> int:
    book = read_law(arguments.law, with_cases=False)
    before, after = (_named(book, name) for name in (arguments.before, arguments.after))
    changes, mapped = differ(before, after, book.names), mapping(before, after)
    if not arguments.json:
        print(f"{before.id} {before.version} → {after.id} {after.version}\n")
        print("\n".join(print_changes(changes, mapped, language=arguments.language)))
        return 0
    plain = {
        key: {"standard": each.id, "version": each.version, "province": each.province, "digest": each.digest}
        for key, each in (("before", before), ("after", after))
    }
    told = [
        {"kind": each.kind, "code": each.code, "vi": each.text.vi, "en": each.text.en} for each in changes
    ]
    pairs = [{"before": each.before, "after": each.after, "measures": list(each.measures)} for each in mapped]
    print(json.dumps({**plain, "changes": told, "mapping": pairs}, ensure_ascii=False, indent=1))
    return 0


def _docs(arguments: argparse.Namespace) -> int:
    book = read_law(arguments.law)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for standard in book.standards.values():
        (arguments.folder / f"{standard.id}.md").write_text(print_law(standard, book), encoding="utf-8")
    (arguments.folder / "README.md").write_text(print_measures(book), encoding="utf-8")
    procedures, cases, _ = _procedures(arguments.law, book)
    if procedures.by_id:
        (arguments.folder / "procedures").mkdir(exist_ok=True)
    for key, procedure in procedures.by_id.items():
        page = arguments.folder / "procedures" / f"{key}.md"
        page.write_text(print_procedure(procedure, cases.get(key, [])), encoding="utf-8")
    print(f"{len(book.standards) + len(procedures.by_id) + 1} tệp trong {arguments.folder}")
    return 0


def _states(arguments: argparse.Namespace) -> int:
    procedures = read_procedures(arguments.law, read_law(arguments.law, with_cases=False))
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for key, procedure in procedures.by_id.items():
        (arguments.folder / f"procedure-{key}.md").write_text(print_states(procedure), encoding="utf-8")
    print(f"{len(procedures.by_id)} tệp trong {arguments.folder}")
    return 0


def _procedures(law: Path, book: Lawbook) -> tuple[Procedures, dict[str, list[ProcedureCase]], list[Problem]]:
    """The procedures of a law folder with their cases, run; none where it has no calendar and no procedure."""
    procedures = read_procedures(law, book)
    if not procedures.by_id and not (law / "calendar.yaml").is_file():
        return procedures, {}, []
    return procedures, *check_procedures(procedures, read_calendar(law / "calendar.yaml"))


def _asked(arguments: argparse.Namespace) -> tuple[Standard, Facts, date]:
    on = parse_day(arguments.on)
    book: Lawbook = read_law(arguments.law, with_cases=False)
    standard = _named(book, arguments.standard)
    if "@" not in arguments.standard and "+" not in arguments.standard:
        standard = _in_province(book, book.standard_on(standard.id, on), on, arguments)
    facts = read_facts(read_tree(arguments.facts), book.measures)
    if facts.place.level and not may_judge(standard.level, facts.place.level):
        raise _Unclear(
            f"Bộ “{standard.id}” dùng cho cấp {standard.level}, còn tệp số liệu là của cấp {facts.place.level}. "
            "Hãy chọn bộ tiêu chí đúng cấp.",
            f"“{standard.id}” is for the level {standard.level}; the figures are of a {facts.place.level}. "
            "Choose a standard of that level.",
        )
    return standard, facts, on


def _named(book: Lawbook, name: str) -> Standard:
    try:
        return book.named(name)
    except KeyError as error:
        known = error.args[0]
        raise _Unclear(
            f"Không rõ bộ tiêu chí “{name}”. Các mã có thể dùng: {known}.",
            f"Not clear which standard “{name}” is. These can be named: {known}.",
        ) from None


def _in_province(book: Lawbook, standard: Standard, on: date, arguments: argparse.Namespace) -> Standard:
    """The standard as that province filled it in; another province's own standard is refused."""
    province = arguments.province
    if not province or standard.province == province:
        return standard
    if standard.province:
        raise _Unclear(
            f"Bộ “{standard.id}” là của tỉnh {standard.province}, không phải của tỉnh {province}.",
            f"“{standard.id}” is of province {standard.province}, not of province {province}.",
        )
    filled = book.standard_on(standard.id, on, province=province)
    if filled.province != province:
        _tell(
            f"Tỉnh {province} không có mức riêng của bộ “{standard.id}” có hiệu lực vào ngày này; xét theo mức chung.",
            f"Province {province} has no thresholds of its own for “{standard.id}” in force on this day; "
            "judged by the national ones.",
            arguments,
        )
    return filled


if __name__ == "__main__":
    sys.exit(main())

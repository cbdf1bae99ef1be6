"""Running worked cases, of the law and of the integrity checks beside it, and the rule that the law must have them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rulebook.findings import Finding
from rulebook.integrity import breaches
from rulebook.judging import judge
from rulebook.loading.book import Lawbook
from rulebook.loading.cases import Worked
from rulebook.loading.integrity import CheckCase
from rulebook.problems import Problem
from rulebook.rules import AllOf, AtLeast, ByCase, Compare, Rule, ShareOf, is_known
from rulebook.standard import Standard
from rulebook.verdicts import Verdict


@dataclass(frozen=True)
class Outcome:
    """What one expectation of a worked case came to."""

    case: Worked
    code: str
    expected: Verdict
    found: Verdict

    @property
    def agrees(self) -> bool:
        return self.expected is self.found


def run_case(standard: Standard, case: Worked) -> list[Outcome]:
    """Judge a worked case and compare what it expects."""
    finding = judge(standard, case.facts, on=case.on)
    return [Outcome(case, code, verdict, _verdict_of(finding, code)) for code, verdict in case.expect]


def _verdict_of(finding: Finding, code: str) -> Verdict:
    if code == "standard":
        return finding.verdict
    if code.startswith("criterion "):
        return finding.criterion(code.removeprefix("criterion ")).verdict
    return finding.indicator(code).verdict


def check_law(book: Lawbook) -> list[Problem]:
    """Every worked case that disagrees with the engine, and every indicator without the cases it must have."""
    problems: list[Problem] = []
    for key, standard in book.versions.items():
        problems += check_standard(standard, book.cases_of.get(key, []))
    return problems


def check_checks(cases: Iterable[CheckCase]) -> list[Problem]:
    """Every worked case of law/checks.yaml that disagrees with its check."""
    said = {True: "số liệu sai", False: "số liệu không sai"}
    return [
        Problem(
            case.file,
            case.line,
            f"phép kiểm {case.check.code}: ví dụ nói {said[case.wrong]}, máy kiểm ra {said[not case.wrong]}",
            case.sentence,
            "Xem lại ví dụ và phép kiểm; một trong hai sai.",
        )
        for case in cases
        if bool(breaches(case.check, case.seen)) is not case.wrong
    ]


def check_standard(
    standard: Standard, cases: Iterable[Worked], *, made: Iterable[Worked] = ()
) -> list[Problem]:
    """The same for one standard and its cases. made: by `edges`, which judged each before handing it out."""
    problems: list[Problem] = []
    seen: dict[str, set[Verdict]] = {}
    for case in made:
        for code, verdict in case.expect:
            seen.setdefault(code, set()).add(verdict)
    for case in cases:
        for outcome in run_case(standard, case):
            seen.setdefault(outcome.code, set()).add(outcome.found)
            if not outcome.agrees:
                problems.append(
                    Problem(
                        case.file,
                        case.line,
                        f"chỉ tiêu {outcome.code}: ví dụ nói {outcome.expected}, máy xét ra {outcome.found}",
                        case.sentence,
                        "Xem lại ví dụ và quy tắc; một trong hai sai.",
                    )
                )
    return problems + _missing_cases(standard, seen)


def _missing_cases(standard: Standard, seen: dict[str, set[Verdict]]) -> list[Problem]:
    problems: list[Problem] = []
    for indicator in (*standard.indicators, *standard.prerequisites):
        wanted = {Verdict.UNKNOWN}
        if can_be_decided(standard, indicator.code):
            wanted |= {Verdict.MET, Verdict.NOT_MET}
        if indicator.excuse:
            wanted.add(Verdict.EXCUSED)
        if missing := wanted - seen.get(indicator.code, set()):
            problems.append(_lacks(standard, indicator.code, missing))
    for criterion in standard.criteria:
        silent = criterion.unlisted or not criterion.indicators
        name = f"criterion {criterion.number}"
        if silent and Verdict.UNKNOWN not in seen.get(name, set()):
            problems.append(_lacks(standard, name, {Verdict.UNKNOWN}))
    return problems


def _lacks(standard: Standard, code: str, missing: set[Verdict]) -> Problem:
    return Problem(
        standard.id,
        0,
        f"chỉ tiêu {code} thiếu ví dụ: {', '.join(sorted(missing))}",
        "chỉ tiêu có ngưỡng phải có ví dụ đạt, chưa đạt và chưa biết ngay tại ngưỡng",
        "Thêm ví dụ vào cases/.",
    )


def can_be_decided(standard: Standard, code: str) -> bool:
    """Whether the law gives the indicator a value for at least some place and year; silent law decides nothing."""

    def decides(rule: Rule) -> bool:
        match rule:
            case Compare() | ShareOf():
                return is_known(rule.threshold)
            case AllOf() | AtLeast():
                return any(decides(part) for part in rule.rules)
            case ByCase():
                return any(decides(case.rule) for case in rule.cases)
            case _:
                return True

    return decides(standard.indicator(code).rule)

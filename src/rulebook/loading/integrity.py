"""law/checks.yaml → integrity checks and the worked cases beside them. Every problem is found at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from string import Formatter

from rulebook.integrity import (
    About,
    AddsUp,
    Check,
    Form,
    Jump,
    Mends,
    Neighbours,
    NotAbove,
    Seen,
    Severity,
    Twice,
    WithinParent,
)
from rulebook.loading.common import read_text
from rulebook.loading.tree import Node, read_tree
from rulebook.measures import Kind, Measure
from rulebook.problems import Problems
from rulebook.texts import Text

_FORMS = ("not_above", "adds_up", "within_parent", "jump", "neighbours", "twice", "about")
_SEEN = ("now", "before", "above", "beside", "same_day")
_NUMERIC = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.PERCENT)


@dataclass(frozen=True)
class CheckCase:
    """One worked case: the sentence, what is seen, and whether the check speaks."""

    check: Check
    sentence: str
    seen: Seen
    wrong: bool
    file: str
    line: int


def read_checks(path: Path, measures: Mapping[str, Measure]) -> tuple[dict[str, Check], list[CheckCase]]:
    """The checks by code, in the order of the file, and their cases. Raises Bad with every problem."""
    node = read_tree(path, str(path.relative_to(path.parent.parent)))
    problems = Problems()
    checks: dict[str, Check] = {}
    cases: list[CheckCase] = []
    for item in node.mapping(required=("checks",))["checks"].items():
        with problems.catching():
            fields = item.mapping(
                required=("code", "name", "sentence", "severity", "mends"), optional=("cases", *_FORMS)
            )
            check = _read_check(item, fields, measures)
            if check.code in checks:
                raise item.bad(
                    f"phép kiểm “{check.code}” khai hai lần", "mã là duy nhất", "Đổi mã hoặc bỏ một mục."
                )
            checks[check.code] = check
            mine = (
                [_read_case(each, check, measures) for each in fields["cases"].items()]
                if "cases" in fields
                else []
            )
            if not isinstance(check.form, About) and {case.wrong for case in mine} != {True, False}:
                raise item.bad(
                    f"phép kiểm “{check.code}” thiếu ví dụ",
                    "mỗi phép kiểm có ít nhất một ví dụ đúng và một ví dụ sai, chạy như phép thử",
                    "Thêm mục cases với wrong: true và wrong: false.",
                )
            cases += mine
    problems.raise_if_any()
    return checks, cases


def _read_check(item: Node, fields: Mapping[str, Node], measures: Mapping[str, Measure]) -> Check:
    named = [key for key in _FORMS if key in fields]
    if len(named) != 1:
        raise item.bad(
            "phép kiểm phải có đúng một dạng",
            f"đang có {len(named)}",
            f"Chọn một trong: {', '.join(_FORMS)}.",
        )
    form = _read_form(named[0], fields[named[0]], measures)
    return Check(
        code=fields["code"].text(),
        name=read_text(fields["name"]),
        sentence=_read_sentence(fields["sentence"]),
        severity=Severity(fields["severity"].one_of(tuple(Severity))),
        mends=Mends(fields["mends"].one_of(tuple(Mends))),
        form=form,
    )


def _read_sentence(node: Node) -> Text:
    text = read_text(node)
    for words in (text.vi, text.en):
        try:
            holes = {name for _, name, _, _ in Formatter().parse(words) if name is not None}
        except ValueError:
            holes = {"{"}
        if not holes <= {"value", "limit", "measure"}:
            raise node.bad(
                "câu có chỗ trống không hiểu được",
                "chỉ điền được {measure}, {value} và {limit}",
                "Sửa tên trong dấu ngoặc nhọn.",
            )
    return text


def _read_form(name: str, node: Node, measures: Mapping[str, Measure]) -> Form:
    match name:
        case "not_above":
            fields = node.mapping(required=("measure", "than"))
            return NotAbove(_measure(fields["measure"], measures), _measure(fields["than"], measures))
        case "adds_up":
            fields = node.mapping(required=("whole", "parts"))
            return AddsUp(_measure(fields["whole"], measures), _measures(fields["parts"], measures))
        case "within_parent":
            return WithinParent(_measure(node.mapping(required=("measure",))["measure"], measures))
        case "jump":
            fields = node.mapping(required=("measures", "percent"))
            return Jump(_measures(fields["measures"], measures), _above_zero(fields["percent"]))
        case "neighbours":
            fields = node.mapping(required=("measures", "times", "at_least"))
            listed, times = _measures(fields["measures"], measures), _above_zero(fields["times"])
            return Neighbours(listed, times, fields["at_least"].whole(3))
        case "twice":
            node.one_of(("true",))
            return Twice()
    return About(node.one_of(tuple(About)))


def _above_zero(node: Node) -> Fraction:
    number = Fraction(node.number())
    if number <= 0:
        raise node.bad("con số này phải lớn hơn 0", "bằng 0 thì mọi số đều sai", "Viết một số dương.")
    return number


def _measures(node: Node, measures: Mapping[str, Measure]) -> tuple[str, ...]:
    return tuple(_measure(item, measures) for item in node.items())


def _measure(node: Node, measures: Mapping[str, Measure]) -> str:
    code = node.one_of(tuple(measures))
    if measures[code].kind not in _NUMERIC:
        raise node.bad(
            f"“{code}” không phải là một con số", "chỉ con số mới so sánh được", "Chọn số đo khác."
        )
    return code


def _read_case(item: Node, check: Check, measures: Mapping[str, Measure]) -> CheckCase:
    fields = item.mapping(required=("case", "now", "wrong"), optional=_SEEN)
    for key in _SEEN:
        for code, node in fields[key].entries().items() if key in fields else ():
            _measure(Node(code, node.file, node.line), measures)
    now, before, above, same_day = (_numbers(fields, key) for key in ("now", "before", "above", "same_day"))
    beside = {
        code: [Fraction(each.number()) for each in node.items()]
        for code, node in (fields["beside"].entries().items() if "beside" in fields else ())
    }
    seen = Seen(now, before, above, beside, same_day)
    return CheckCase(check, fields["case"].text(), seen, fields["wrong"].flag(), item.file, item.line)


def _numbers(fields: Mapping[str, Node], key: str) -> dict[str, Fraction]:
    given = fields[key].entries() if key in fields else {}
    return {code: Fraction(node.number()) for code, node in given.items()}

"""A facts file → Facts: one place's figures, for judging without a database."""

import difflib
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rulebook.facts import Fact, Facts, Mark, Period, PlaceFacts, RulingFact, Stated, StatedGrade
from rulebook.loading.tree import Node
from rulebook.measures import Kind, Measure, Value
from rulebook.problems import Problems
from rulebook.verdicts import Verdict
from viet.dates import DateProblem, parse_day
from viet.numbers import NumberProblem

_PLACE = ("name", "level", "region", "group", "classes")


def read_facts(node: Node, measures: Mapping[str, Measure], *, day: date | None = None) -> Facts:
    """Facts of a place. `day` is the period of figures that name none (worked cases). Bad lists every problem."""
    fields = node.mapping(optional=("place", "facts", "stated", "rulings", "children", "standards", "source"))
    problems = Problems()
    source = fields["source"].text() if "source" in fields else ""
    facts: list[Fact] = []
    written: dict[tuple[str, str, Period], Node] = {}
    for item in _figures(fields.get("facts"), day, problems):
        with problems.catching():
            for fact in _read_figure(item, measures, day, source):
                _refuse_twice(fact, item, written)
                facts.append(fact)
    stated: list[Stated] = []
    for item in fields["stated"].items() if "stated" in fields else []:
        with problems.catching():
            stated.append(_read_stated(item))
    children: tuple[Facts, ...] | None = None
    if "children" in fields:
        children = tuple(read_facts(item, measures, day=day) for item in fields["children"].items())
    rulings = {
        key: _read_ruling(item)
        for key, item in (fields["rulings"].entries() if "rulings" in fields else {}).items()
    }
    standards = {
        key: Verdict(item.one_of(tuple(Verdict)))
        for key, item in (fields["standards"].entries() if "standards" in fields else {}).items()
    }
    place = PlaceFacts()
    with problems.catching():
        place = read_place(fields["place"]) if "place" in fields else PlaceFacts()
    problems.raise_if_any()
    return Facts(place, tuple(facts), tuple(stated), rulings, children, standards)


def _refuse_twice(fact: Fact, node: Node, written: dict[tuple[str, str, Period], Node]) -> None:
    """One measure, part and period has one value; which of two is meant nobody can say."""
    first = written.setdefault((fact.measure, fact.part, fact.period), node)
    if first is not node:
        raise node.bad(
            f"số liệu “{fact.measure}” kỳ {fact.period} viết hai lần (dòng {first.line} và {node.line})",
            "không biết lấy giá trị nào",
            "Giữ một dòng, hoặc sửa kỳ của một dòng.",
        )


def read_place(node: Node) -> PlaceFacts:
    """What the law needs of the place; what is left out is not known."""
    fields = node.mapping(optional=_PLACE)
    return PlaceFacts(
        name=fields["name"].text() if "name" in fields else "",
        level=fields["level"].text() if "level" in fields else "",
        region=fields["region"].text() if "region" in fields else None,
        group=fields["group"].text() if "group" in fields else None,
        classes=frozenset(item.text() for item in fields["classes"].items()) if "classes" in fields else None,
    )


def _figures(node: Node | None, day: date | None, problems: Problems) -> list[Node]:
    """Figures as a list of items; the short form {measure: value} of worked cases is spread out."""
    if node is None:
        return []
    if isinstance(node.value, list):
        return node.value
    return [
        Node({"measure": Node(key, value.file, value.line), "value": value}, value.file, value.line)
        for key, value in node.entries().items()
    ]


def _read_figure(node: Node, measures: Mapping[str, Measure], day: date | None, source: str) -> list[Fact]:
    optional = ("unit", "period", "source", "mark", "part", "note")
    fields = node.mapping(required=("measure", "value"), optional=optional)
    code = fields["measure"].text()
    if code not in measures:
        close = difflib.get_close_matches(code, measures, 3)
        hint = f"Có phải “{'” hay “'.join(close)}”? " if close else ""
        raise fields["measure"].bad(
            f"không có số đo “{code[:60]}”",
            "mã số đo phải có trong danh mục",
            f"{hint}Danh mục đầy đủ: law/measures.yaml.",
        )
    measure = measures[code]
    if "unit" in fields and fields["unit"].text() not in (measure.unit.vi, measure.unit.en):
        raise fields["unit"].bad(
            f"đơn vị “{fields['unit'].text()[:40]}” không đúng với “{code}”",
            f"số đo này tính bằng {measure.unit.vi or 'có/không'}",
            "Đổi số ra đơn vị đó.",
        )
    by_hand = day is None  # a person's file, not a worked case of the law
    period = _read_period(fields["period"]) if "period" in fields else None
    if period is None and day is None:
        raise node.bad(
            f"số liệu “{code}” không có kỳ", "không biết số liệu của ngày hay năm nào", "Thêm period: 2022."
        )
    values: list[tuple[str, Value]] = []
    if isinstance(fields["value"].value, dict):
        both = fields["value"].mapping(optional=("male", "female"))
        if not measure.per_sex:
            raise fields["value"].bad(
                f"“{code}” không tách nam, nữ", "số đo này chỉ có một số", "Viết một giá trị."
            )
        values = [(sex, _read_value(item, measure, by_hand)) for sex, item in both.items()]
    else:
        part = fields["part"].one_of(("male", "female")) if "part" in fields else ""
        if part and not measure.per_sex:
            raise fields["part"].bad(
                f"“{code}” không tách nam, nữ", "số đo này chỉ có một số", "Bỏ mục part."
            )
        values = [(part, _read_value(fields["value"], measure, by_hand))]
    mark = Mark(fields["mark"].one_of(tuple(Mark))) if "mark" in fields else Mark.MEASURED
    said = fields["source"].text() if "source" in fields else source
    return [
        Fact(code, value, period or Period.day(day or date.min), part, said, mark) for part, value in values
    ]


def _read_value(node: Node, measure: Measure, by_hand: bool) -> Value:
    """A value. In a person's file it is read as in the entry form, so 1.234 of money is asked about, not guessed.

    In a worked case plain numbers are those of the law files (41.999).
    """
    text = node.text()
    try:
        if by_hand or measure.kind in (Kind.FLAG, Kind.GRADE) or "," in text or "/" in text:
            return _without_idle_zeros(measure.parse(text))
        value: Value = node.number() if text.rstrip("%") == text else measure.parse(text)
        if problems := measure.problems_with(value):
            raise NumberProblem(" ".join(problems), " ".join(measure.problems_with(value, "en")))
    except NumberProblem as problem:
        example = (
            f" Viết như 70,2, 1.234,5 hoặc 137/143 (tính bằng {measure.unit.vi})." if measure.unit.vi else ""
        )
        raise node.bad(
            f"giá trị “{text[:40]}” của “{measure.code}” không dùng được",
            str(problem),
            f"Sửa giá trị, hoặc bỏ dòng này nếu chưa biết.{example}",
        ) from None
    return _without_idle_zeros(value)


def _without_idle_zeros(value: Value) -> Value:
    return value.normalize() + Decimal(0) if isinstance(value, Decimal) else value


def _read_period(node: Node) -> Period:
    text = node.text()
    return Period.year(int(text)) if re.fullmatch(r"[12][0-9]{3}", text) else Period.day(_read_day(node))


def _read_day(node: Node) -> date:
    """A day in either order, as on a screen: 2023-05-24 or 24/05/2023."""
    try:
        return parse_day(node.text())
    except DateProblem as problem:
        raise node.bad(f"“{node.text()[:40]}” không dùng làm ngày được", str(problem), "Sửa ngày.") from None


def _read_stated(node: Node) -> Stated:
    fields = node.mapping(
        required=("verdict", "on"), optional=("standard", "criterion", "indicator", "source", "mark")
    )
    kinds = [kind for kind in ("criterion", "indicator") if kind in fields]
    standard = fields["standard"].text() if "standard" in fields else ""
    if len(kinds) > 1 or not (kinds or standard):
        raise node.bad(
            "cần đúng một trong criterion, indicator (hoặc chỉ standard cho cả bộ)",
            "không biết kết quả của mục nào",
            'Viết criterion: "5".',
        )
    return Stated(
        kind=kinds[0] if kinds else "standard",
        code=fields[kinds[0]].text() if kinds else standard,
        standard=standard,
        grade=StatedGrade(fields["verdict"].one_of(tuple(StatedGrade))),
        on=_read_day(fields["on"]),
        source=fields["source"].text() if "source" in fields else "",
        mark=Mark(fields["mark"].one_of(tuple(Mark))) if "mark" in fields else Mark.STATED,
    )


def _read_ruling(node: Node) -> RulingFact:
    fields = node.mapping(required=("verdict",), optional=("evidence", "by"))
    verdict = Verdict(fields["verdict"].one_of(tuple(Verdict)))
    return RulingFact(
        verdict,
        fields["evidence"].text() if "evidence" in fields else "",
        fields["by"].text() if "by" in fields else "",
    )

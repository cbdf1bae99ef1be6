"""A facts file → Facts: one place's figures, for judging without a database."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rulebook.facts import Fact, Facts, Mark, Period, PlaceFacts, RulingFact, Stated, StatedGrade
from rulebook.loading.tree import Node
from rulebook.measures import Kind, Measure, Value
from rulebook.problems import Bad, Problems
from rulebook.verdicts import Verdict
from viet.numbers import NumberProblem

_PLACE = ("name", "level", "region", "group", "classes")


def read_facts(node: Node, measures: Mapping[str, Measure], *, day: date | None = None) -> Facts:
    """Facts of a place. `day` is the period of figures that name none (worked cases). Bad lists every problem."""
    fields = node.mapping(optional=("place", "facts", "stated", "rulings", "children", "standards", "source"))
    problems = Problems()
    source = fields["source"].text() if "source" in fields else ""
    facts: list[Fact] = []
    for item in _figures(fields.get("facts"), day, problems):
        with problems.catching():
            facts += _read_figure(item, measures, day, source)
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
        fields["measure"].one_of(tuple(measures))  # complains, with the nearest name
    measure = measures[code]
    if "unit" in fields and fields["unit"].text() not in (measure.unit.vi, measure.unit.en):
        raise fields["unit"].bad(
            f"đơn vị “{fields['unit'].text()[:40]}” không đúng với “{code}”",
            f"số đo này tính bằng {measure.unit.vi or 'có/không'}",
            "Đổi số ra đơn vị đó.",
        )
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
        values = [(sex, _read_value(item, measure)) for sex, item in both.items()]
    else:
        part = fields["part"].one_of(("male", "female")) if "part" in fields else ""
        if part and not measure.per_sex:
            raise fields["part"].bad(
                f"“{code}” không tách nam, nữ", "số đo này chỉ có một số", "Bỏ mục part."
            )
        values = [(part, _read_value(fields["value"], measure))]
    mark = Mark(fields["mark"].one_of(tuple(Mark))) if "mark" in fields else Mark.MEASURED
    said = fields["source"].text() if "source" in fields else source
    return [
        Fact(code, value, period or Period.day(day or date.min), part, said, mark) for part, value in values
    ]


def _read_value(node: Node, measure: Measure) -> Value:
    """A value: numbers as in the law files (70.2), or as people write them when a comma or a/b shows it."""
    text = node.text()
    try:
        if measure.kind in (Kind.FLAG, Kind.GRADE) or "," in text or "/" in text:
            return measure.parse(text)
        value: Value = node.number() if text.rstrip("%") == text else measure.parse(text)
        if problems := measure.problems_with(value):
            raise NumberProblem(" ".join(problems))
    except NumberProblem as problem:
        raise node.bad(
            f"giá trị “{text[:40]}” của “{measure.code}” không dùng được",
            str(problem),
            "Sửa giá trị, hoặc bỏ dòng này nếu chưa biết.",
        ) from None
    except Bad:
        raise node.bad(
            f"giá trị “{text[:40]}” của “{measure.code}” không phải là con số",
            f"số đo này tính bằng {measure.unit.vi}",
            "Viết như 70.2, 1.234,5 hoặc 137/143.",
        ) from None
    return value if not isinstance(value, Decimal) else value.normalize() + Decimal(0)


def _read_period(node: Node) -> Period:
    text = node.text()
    return Period.year(int(text)) if re.fullmatch(r"[12][0-9]{3}", text) else Period.day(node.day())


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
        on=fields["on"].day(),
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

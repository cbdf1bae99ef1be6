"""law/reports.yaml → windows of periodic reports. Every problem is found at once."""

from pathlib import Path

from rulebook.loading.common import GROUND, read_ground, read_text
from rulebook.loading.standards import read_source
from rulebook.loading.tree import Node, read_tree
from rulebook.problems import Problems
from rulebook.reporting import Kind, Reporting

_MONTHS = ("1", "3", "6", "12")
_LAST_OF_EVERY_MONTH = 28
_YEARS = (1900, 2999)


def read_reporting(path: Path) -> Reporting:
    """The file as data. Raises Bad with every problem."""
    top = read_tree(path, path.name).mapping(required=("kinds", "gap", "stages", "sources"))
    sources = frozenset(read_source(item).id for item in top["sources"].items())
    problems = Problems()
    kinds: dict[str, Kind] = {}
    for item in top["kinds"].items():
        with problems.catching():
            kind = _kind(item, sources)
            if kind.code in kinds:
                raise item.bad(f"kỳ “{kind.code}” khai hai lần", "mã là duy nhất", "Gộp hai mục.")
            kinds[kind.code] = kind
    stages: list[tuple[int, int]] = []
    for item in top["stages"].items():
        with problems.catching():
            stages.append(_stage(item, stages))
    with problems.catching():
        gap = top["gap"].mapping(required=("working_days", *GROUND), optional=("note", "sources"))
        days, ground = gap["working_days"].whole(1), read_ground(gap, sources)
    problems.raise_if_any()
    return Reporting(kinds, days, ground, tuple(stages))


def _kind(item: Node, sources: frozenset[str]) -> Kind:
    fields = item.mapping(
        required=("code", "name", "months", "cut_off_day", "expected", *GROUND), optional=("note", "sources")
    )
    day = fields["cut_off_day"].whole(1)
    if day > _LAST_OF_EVERY_MONTH:
        raise fields["cut_off_day"].bad(
            f"không phải tháng nào cũng có ngày {day}", "ngày chốt có trong mọi tháng", "Chọn từ 1 đến 28."
        )
    return Kind(
        fields["code"].text(),
        read_text(fields["name"]),
        int(fields["months"].one_of(_MONTHS)),
        day,
        fields["expected"].flag(),
        read_ground(fields, sources),
    )


def _stage(item: Node, before: list[tuple[int, int]]) -> tuple[int, int]:
    fields = item.mapping(required=("from", "to"))
    first, last = (fields[key].whole(_YEARS[0]) for key in ("from", "to"))
    if not first <= last <= _YEARS[1] or (before and first <= before[-1][1]):
        raise item.bad(
            f"giai đoạn {first}–{last} lẫn vào nhau", "năm nào cũng thuộc một giai đoạn", "Sửa năm."
        )
    return first, last

"""law/calendar.yaml → the working calendar. Every problem is found at once."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from rulebook.calendar import Calendar, Marked
from rulebook.loading.common import GROUND, PROVENANCES, read_ground, read_text
from rulebook.loading.standards import read_source
from rulebook.loading.tree import Node, read_tree
from rulebook.problems import Problems

_OFF = {"holiday": True, "instead": True, "swapped": True, "worked": False, "doubted": None}
_GROUNDS = ("weekend", "holidays", "counting")
_SATURDAY = 5


def read_calendar(path: Path) -> Calendar:
    """The file as data. Raises Bad with every problem."""
    top = read_tree(path, path.name).mapping(required=(*_GROUNDS, "years", "sources"))
    sources = frozenset(read_source(item).id for item in top["sources"].items())
    problems = Problems()
    years: set[int] = set()
    marked: dict[date, Marked] = {}
    for item in top["years"].items():
        with problems.catching():
            fields = item.mapping(required=("year", "public_days", "days"))
            year = fields["year"].whole(1)
            if year in years:
                raise item.bad(f"năm {year} khai hai lần", "mỗi năm một lần", "Gộp hai mục.")
            years.add(year)
            public = 0
            for each in fields["days"].items():
                with problems.catching():
                    public += _mark(each, year, marked)
            if public != fields["public_days"].whole():
                raise fields["public_days"].bad(
                    f"năm {year} có {public} ngày lễ, khai là {fields['public_days'].text()}",
                    "số ngày lễ do luật định",
                    "Xem lại các ngày kind: holiday.",
                )
    with problems.catching():
        weekend, holidays, counting = (
            read_ground(top[key].mapping(required=GROUND, optional=("note", "sources")), sources)
            for key in _GROUNDS
        )
    problems.raise_if_any()
    return Calendar(frozenset(years), marked, weekend, holidays, counting)


def _mark(item: Node, year: int, marked: dict[date, Marked]) -> int:
    """Put the days of one entry into `marked`; how many public holidays they are."""
    fields = item.mapping(required=("kind", "name", "provenance"), optional=("on", "from", "to"))
    kind = fields["kind"].one_of(tuple(_OFF))
    special = Marked(read_text(fields["name"]), _OFF[kind], fields["provenance"].one_of(PROVENANCES))
    days = list(_days(item, fields))
    for day in days:
        if day.year != year or day in marked:
            raise item.bad(
                f"ngày {day} " + ("khai hai lần" if day in marked else f"không thuộc năm {year}"),
                "mỗi ngày một dòng, trong đúng năm của nó",
                "Sửa ngày.",
            )
        if kind == "worked" and day.weekday() < _SATURDAY:
            raise item.bad(
                f"ngày {day} vốn là ngày làm việc", "làm bù là vào ngày nghỉ hằng tuần", "Sửa ngày."
            )
        marked[day] = special
    return len(days) if kind == "holiday" else 0


def _days(item: Node, fields: dict[str, Node]) -> Iterator[date]:
    named = [key for key in ("on", "from", "to") if key in fields]
    if named not in (["on"], ["from", "to"]):
        raise item.bad("không rõ ngày nào", "cần on, hoặc cả from và to", "Viết on: 2026-09-02.")
    day, end = fields[named[0]].day(), fields[named[-1]].day()
    if end < day:
        raise fields["to"].bad("ngày cuối trước ngày đầu", "khoảng phải xuôi", "Sửa một trong hai ngày.")
    while day <= end:
        yield day
        day += timedelta(days=1)

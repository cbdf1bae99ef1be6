"""The same places on two days: who rose, who fell, of whom it is no longer known."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures.board_views import Board, Moved, Row
from chungtay.figures.comparing import changes
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards.asking import Asked, ask, frame
from chungtay.office.boards.sheets import Cell, Sheet, download
from chungtay.ui.tables import Side, VersusRow
from chungtay.ui.verdicts import shape
from rulebook import Verdict
from viet.dates import format_day
from viet.numbers import format_number

PER_PAGE = 100
KINDS = ("up", "down", "mixed", "lost", "found", "came", "went")


def turn(before: Verdict, after: Verdict) -> str:
    """How one verdict became another: up, down, lost (no longer known), found (now known) or same."""
    if before is after or (before.holds and after.holds):
        return "same"
    if after is Verdict.UNKNOWN:
        return "lost"
    if before is Verdict.UNKNOWN:
        return "found"
    return "up" if after.holds else "down"


def kind_words() -> dict[str, str]:
    return {
        "up": _("tiến lên"),
        "down": _("tụt xuống"),
        "mixed": _("có lên có xuống"),
        "lost": _("không còn biết"),
        "found": _("nay mới biết"),
        "came": _("nơi mới có"),
        "went": _("nơi không còn"),
    }


@for_officers
def days(visit: Visit, place_id: int, form: str = "") -> HttpResponse:
    """The places that stand otherwise on the second day, and how many of each kind."""
    asked = ask(visit, place_id)
    first = visit.day("tu") or _year_before(asked)
    if first >= asked.on:
        raise Refusal(
            _("Ngày đầu (%(first)s) phải trước ngày sau (%(second)s). Hãy chọn lại hai ngày.")
            % {"first": format_day(first), "second": format_day(asked.on)}
        )
    found = changes(place_id, asked.code, first=first, second=asked.on, filters=asked.filters)
    moved = [(_kind(each, found.before, found.after), each) for each in found.moved]
    counted = Counter(kind for kind, _each in moved)
    wanted = visit.request.GET.get("doi", "")
    listed = [(kind, each) for kind, each in moved if wanted not in KINDS or kind == wanted]
    listed.sort(key=lambda pair: KINDS.index(pair[0]))
    rows = [_row(asked, first, kind, each, found.before, found.after) for kind, each in listed]
    title = _("So ngày %(first)s với ngày %(second)s") % {
        "first": format_day(first),
        "second": format_day(asked.on),
    }
    if form:
        return download(asked, found.after.fresh, _sheet(title, first, asked.on, rows), form)
    page = Paginator(rows, PER_PAGE).get_page(visit.request.GET.get("trang"))
    words = kind_words()
    context: dict[str, Any] = {
        "title": title,
        "first": first,
        "turned": [
            {
                "kind": kind,
                "word": words[kind],
                "count": counted[kind],
                "href": asked.address("days", {"tu": first.isoformat(), "doi": kind}),
            }
            for kind in KINDS
        ],
        "everything": asked.address("days", {"tu": first.isoformat()}),
        "wanted": words.get(wanted, ""),
        "compared": len({row.place.id for row in (*found.before.rows, *found.after.rows)}),
        "law_differs": _law_differs(found.before.rows, found.after.rows),
        "rows": page.object_list,
        "page": page,
        "left": format_day(first),
        "right": format_day(asked.on),
        "label": title,
        "files": asked.files("days", {"tu": first.isoformat(), "doi": wanted}),
    }
    return visit.page("office/boards/days.html", frame(asked, found.after.fresh, "days", **context))


def _year_before(asked: Asked) -> date:
    """The end of the year before, or the place's first day where it is younger."""
    return max(date(asked.on.year - 1, 12, 31), asked.place.founded or date.min)


def _law_differs(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """Whether some place was judged by another text on the second day."""
    texts = {row.place.id: row.version.digest for row in before}
    return any(texts.get(row.place.id, row.version.digest) != row.version.digest for row in after)


def _kind(moved: Moved, before: Board, after: Board) -> str:
    """What happened to the place: to its verdict where both days know it, else to the criteria that both days know."""
    if moved.before is None:
        return "came"
    if moved.after is None:
        return "went"
    whole, turns = turn(moved.before.verdict, moved.after.verdict), _turns(moved, before, after)
    if whole in ("up", "down"):
        return whole
    if turns["up"] != turns["down"]:
        return "up" if turns["up"] > turns["down"] else "down"
    if turns["up"]:
        return "mixed"
    return "lost" if whole == "lost" or (turns["lost"] and whole != "found") else "found"


def _turns(moved: Moved, before: Board, after: Board) -> Counter[str]:
    """How many criteria turned which way; a criterion that only one of the days knows is left out."""
    if moved.before is None or moved.after is None:
        return Counter()
    were = dict(zip((number for number, _name in before.criteria), moved.before.criteria, strict=False))
    return Counter(
        turn(were[number], verdict)
        for (number, _name), verdict in zip(after.criteria, moved.after.criteria, strict=False)
        if number in were
    )


def _row(asked: Asked, first: date, kind: str, moved: Moved, before: Board, after: Board) -> VersusRow:
    turns, words = _turns(moved, before, after), kind_words()
    signs = [
        (turns["up"], _("+%(n)s tiêu chí đạt")),
        (turns["down"], _("−%(n)s tiêu chí đạt")),
        (turns["lost"], _("%(n)s không còn biết")),
        (turns["found"], _("%(n)s nay mới biết")),
    ]
    said = [phrase % {"n": count} for count, phrase in signs if count]
    place = moved.place
    return VersusRow(
        name=place.full_name,
        href=asked.page_of(place, asked.on),
        left=_side(moved.before, first, asked),
        right=_side(moved.after, asked.on, asked),
        change=kind,
        change_words=f"{words[kind]}{': ' if said else ''}{', '.join(said)}",
        note="" if place.parent_id == asked.place.id else place.address.split(", ")[0],
    )


def _side(row: Row | None, day: date, asked: Asked) -> Side:
    if row is None:
        return Side("")
    href = asked.page_of(row.place, day)
    counts = f"{format_number(row.counts.holding)}/{format_number(row.counts.total)}"
    return Side(row.verdict.value, counts, href)


def _sheet(title: str, first: date, second: date, rows: Sequence[VersusRow]) -> Sheet:
    columns = [_("Nơi"), _("Thuộc")]
    for day in (first, second):
        columns += [format_day(day), _("Số tiêu chí đạt, %(day)s") % {"day": format_day(day)}]
    body: list[list[Cell]] = []
    for row in rows:
        sides = [cell for side in (row.left, row.right) for cell in _side_cells(side)]
        body.append([row.name, row.note, *sides, row.change_words])
    return Sheet("hai-ngay", title, [*columns, _("Thay đổi")], body)


def _side_cells(side: Side) -> list[Cell]:
    return [shape(side.verdict).word, side.words] if side.verdict else ["–", "–"]

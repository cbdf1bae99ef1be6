"""Places × criteria: every verdict of every place, each leading to why; what a number on another page counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.figures.board_views import Board, Row
from chungtay.figures.boards import Survey
from chungtay.figures.stated import stated_below
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards.asking import Asked, ask, criterion_named, frame
from chungtay.office.boards.present import places_counted
from chungtay.office.boards.sheets import Cell, Sheet, download
from chungtay.recognition.titles import queries as recognition
from chungtay.ui.tables import Heat, HeatColumn, HeatRow
from chungtay.ui.verdicts import KINDS, shape
from rulebook import StatedGrade
from rulebook.printing import STATED_WORDS
from viet.letters import fold
from viet.numbers import format_number

PER_PAGE = 50
_WORST_FIRST = ("not_met", "unknown", "excused", "met")
_OWN = ("ket-qua", "tieu-chi", "giu", "tim", "danh-hieu", "cong-bo", "xep")


@dataclass(frozen=True)
class _Narrowed:
    """What of the board is listed: by verdict of the whole or of one criterion, by count, name, title, statement."""

    verdict: str
    number: str
    holding: int | None
    text: str
    titled: bool
    stated: str
    order: str

    def question(self) -> dict[str, object]:
        values = (
            self.verdict,
            self.number,
            self.holding,
            self.text,
            "co" if self.titled else "",
            self.stated,
            self.order,
        )
        return dict(zip(_OWN, values, strict=True))


def _narrowed(asked: Asked) -> _Narrowed:
    get = {name: asked.visit.request.GET.get(name, "").strip()[:100] for name in _OWN}
    number = get["tieu-chi"]
    if number:
        criterion_named(asked, number)  # refuses one that is not there
    return _Narrowed(
        verdict=get["ket-qua"] if get["ket-qua"] in KINDS else "",
        number=number,
        holding=int(get["giu"])
        if get["giu"].isascii() and get["giu"].isdigit() and len(get["giu"]) < 4
        else None,
        text=get["tim"],
        titled=bool(get["danh-hieu"]),
        stated=get["cong-bo"] if get["cong-bo"] in [grade.value for grade in StatedGrade] else "",
        order=get["xep"] or "ten",
    )


@for_officers
def heat(visit: Visit, place_id: int, form: str = "") -> HttpResponse:
    """The table, a page at a time; as a file, all of its pages."""
    asked = ask(visit, place_id)
    want = _narrowed(asked)
    found = asked.survey()
    board = found.board
    rows = _ordered(_listed(found, want, asked), board, want.order)
    if form:
        return download(asked, board.fresh, _sheet(asked, board, rows, want), form)
    page = Paginator(rows, PER_PAGE).get_page(visit.request.GET.get("trang"))
    question = want.question()
    context: dict[str, Any] = {
        "count": places_counted(len(rows)),
        "listed": _listed_words(asked, want),
        "everything": asked.listed(),
        "is_narrowed": len(rows) < len(board.rows),
        "page": page,
        "heat": _heat(asked, board, list(page.object_list), want),
        "want": want,
        "question": question,
        "results": [("", _("Mọi kết quả")), *((kind, shape(kind).word) for kind in KINDS)],
        "numbers": [
            ("", _("Cả bộ tiêu chí")),
            *((n, f"{n}. {t.in_(asked.language)}") for n, t in board.criteria),
        ],
        "criteria": [
            {"name": f"{n}. {t.in_(asked.language)}", "href": asked.address("criterion", key={"number": n})}
            for n, t in board.criteria
        ],
        "files": asked.files("heat", question),
    }
    return visit.page("office/boards/heat.html", frame(asked, board.fresh, "heat", **context))


def _listed(found: Survey, want: _Narrowed, asked: Asked) -> list[Row]:
    board = found.board
    tests: list[Callable[[Row], bool]] = []
    if want.verdict:
        index = _index(board, want.number)
        tests.append(lambda row: _verdict(row, index) == want.verdict)
    if want.holding is not None:
        tests.append(lambda row: row.counts.holding == want.holding)
    if want.text:
        head = fold(want.text)
        tests.append(lambda row: head in fold(row.place.full_name))
    if want.titled:
        titled = recognition.titled(asked.place, asked.code, on=asked.on)
        tests.append(lambda row: row.place.id in titled)
    if want.stated:
        stated = stated_below(
            asked.place, asked.code, on=asked.on, criteria=len(board.criteria), sieve=found.sieve
        )
        tests.append(lambda row: stated.get(row.place.id) == want.stated)
    return [row for row in board.rows if all(test(row) for test in tests)]


def _index(board: Board, number: str) -> int | None:
    """The place of a criterion among the columns; None for the standard as a whole."""
    return next((n for n, (each, _name) in enumerate(board.criteria) if each == number), None)


def _verdict(row: Row, index: int | None) -> str:
    return (row.verdict if index is None else row.criteria[index]).value


def _ordered(rows: list[Row], board: Board, order: str) -> list[Row]:
    """Sorted as the address says; rows that are equal keep the order of their names."""
    key, falling = order.removeprefix("-"), order.startswith("-")
    sorts: dict[str, Callable[[Row], int]] = {
        "dat": lambda row: row.counts.holding,
        "chua-dat": lambda row: row.counts.not_met,
        "chua-biet": lambda row: row.counts.unknown,
    }
    index = _index(board, key.removeprefix("tc-")) if key.startswith("tc-") else None
    if index is not None:
        return sorted(rows, key=lambda row: _WORST_FIRST.index(row.criteria[index].value), reverse=falling)
    if key in sorts:
        return sorted(rows, key=sorts[key], reverse=falling)
    return rows[::-1] if falling else rows


def _heat(asked: Asked, board: Board, rows: Sequence[Row], want: _Narrowed) -> Heat:
    return Heat(
        label=_("Kết quả từng tiêu chí của từng nơi"),
        what=_("Nơi"),
        counts=[("dat", "met"), ("chua-dat", "not_met"), ("chua-biet", "unknown")],
        columns=[
            HeatColumn(f"tc-{number}", number, name.in_(asked.language)) for number, name in board.criteria
        ],
        rows=[_heat_row(asked, board, row) for row in rows],
        order=want.order,
    )


def _heat_row(asked: Asked, board: Board, row: Row) -> HeatRow:
    day = f"?ngay={asked.on.isoformat()}"
    key = {"place_id": row.place.id, "code": asked.code}
    first = reverse("office:criterion", kwargs={**key, "number": "0"})
    cells = [
        (verdict.value, f"{first.removesuffix('0/')}{number}/{day}")
        for (number, _name), verdict in zip(board.criteria, row.criteria, strict=True)
    ]
    counts = row.counts
    return HeatRow(
        name=row.place.full_name,
        href=asked.page_of(row.place, asked.on),
        note="" if row.place.parent_id == asked.place.id else row.place.address.split(", ")[0],
        verdict=row.verdict.value,
        counts=[
            f"{counts.holding}/{counts.total}",
            format_number(counts.not_met),
            format_number(counts.unknown),
        ],
        cells=cells,
    )


def _listed_words(asked: Asked, want: _Narrowed) -> str:
    """What is listed, in words: "Chưa đạt · 4. Điện"."""
    said = [
        shape(want.verdict).word if want.verdict else "",
        criterion_named(asked, want.number) if want.number and want.verdict else "",
        _("đạt đúng %(k)s tiêu chí") % {"k": want.holding} if want.holding is not None else "",
        _("tên có “%(text)s”") % {"text": want.text} if want.text else "",
        _("có danh hiệu") if want.titled else "",
        _("công bố: %(word)s") % {"word": STATED_WORDS[StatedGrade(want.stated)].in_(asked.language)}
        if want.stated
        else "",
    ]
    return " · ".join(word for word in said if word)


def _sheet(asked: Asked, board: Board, rows: Sequence[Row], want: _Narrowed) -> Sheet:
    columns = [
        _("Nơi"),
        _("Thuộc"),
        _("Mã"),
        _("Phiên bản"),
        _("Kết quả"),
        *(shape(kind).word for kind in KINDS),
    ]
    columns += [f"{number}. {name.in_(asked.language)}" for number, name in board.criteria]
    body: list[list[Cell]] = []
    for row in rows:
        counts = row.counts
        place = [row.place.full_name, row.place.address, row.place.code, row.version.label]
        told = [counts.met, counts.not_met, counts.unknown, counts.excused]
        body.append([*place, shape(row.verdict).word, *told, *(shape(each).word for each in row.criteria)])
    title = _("Bảng nơi × tiêu chí")
    return Sheet("bang", title, columns, body, [(_("Chỉ lấy"), _listed_words(asked, want) or _("tất cả"))])

"""Annex 03, resources by source, and 06, what the people gave: the ledger's sums, told totals beside them, never added.

Credit is what people borrow: it has its own rows and stands in no sum.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from chungtay.ledger.counting import Sums
from chungtay.ledger.kinds import GIVEN, LABOUR_DAY, MOBILISED, SQUARE_METRE, Kind
from chungtay.ledger.report_lines import REPORT_LINES
from chungtay.ledger.sources import Source
from chungtay.ledger.spans import DaySums, ToldLine
from chungtay.reports.annexes.cells import (
    Annex,
    Cell,
    Column,
    Row,
    Value,
    Why,
    naming,
    unknown,
    weakest,
    words,
)
from chungtay.reports.annexes.gathered import Gathered
from chungtay.territory.queries import PlaceView
from rulebook import Mark

_NOT_CREDIT: Final = tuple(source.value for source in Source if source is not Source.CREDIT)
_PEOPLE: Final = (Source.PEOPLE.value,)
_NO_BOOK: Final = "chưa ghi sổ"
_NO_GIFT: Final = "chưa ghi khoản nào"
_CREDIT_NOTE: Final = "Vốn tín dụng là tiền hộ vay, không phải đóng góp: đứng riêng, không cộng vào tổng."
_TOLD_NOTE: Final = "Số theo tài liệu giữ nguyên chữ “hơn”, “khoảng” của tài liệu và không cộng vào tổng."
_DONG: Final = "đồng"

Test = Callable[[DaySums], bool]
Take = Callable[[Sums], Value]


def resources(on: Gathered) -> Annex:
    """Plan, actual and cumulative of each source, of the whole place and of each place directly below."""
    columns = (
        Column("place", "Địa bàn", width=2.6),
        Column("source", "Nguồn", width=2.8),
        Column("plan", f"Kế hoạch năm {on.window.year}", "number", width=1.8),
        Column("actual", "Thực hiện trong kỳ", "number", width=1.8),
        Column("all", "Lũy kế giai đoạn", "number", width=1.8),
    )
    held = _of_places(on)
    rows: list[Row] = []
    for place in on.places:
        lines = held[place.id]
        for source in Source:
            cells = _three(on, place, lines, (source.value,))
            if any(_says(cell) for cell in cells):
                rows.append(
                    Row(
                        f"{place.id}:{source.value}",
                        (words(_called(on, place)), words(str(source.label)), *cells),
                    )
                )
        if place.id != on.place_id and lines:
            rows.append(
                Row(
                    f"{place.id}:sum",
                    (
                        words(_called(on, place)),
                        words("Cộng, không kể tín dụng"),
                        *_three(on, place, lines, _NOT_CREDIT),
                    ),
                )
            )
    total = None
    if held[on.place_id]:
        total = Row(
            "total",
            (
                words(_called(on, on.place)),
                words("Cộng, không kể tín dụng"),
                *_naming(on, held, _NO_BOOK, _three(on, on.place, held[on.place_id], _NOT_CREDIT)),
            ),
        )
    told = [row for line in on.told if (row := _told_resources(on, line))]
    notes: tuple[str, ...] = (_TOLD_NOTE,) if told else ()
    if any(line.source == Source.CREDIT for line in held[on.place_id]):
        notes = (_CREDIT_NOTE, *notes)
    return Annex("03", "Kết quả huy động nguồn lực", columns, (*rows, *told), total, unit="đồng", notes=notes)


def contributions(on: Gathered) -> Annex:
    """Money, working days and land that people gave, of each place directly below; the whole in the last row."""
    span, stage = "Trong kỳ", "Lũy kế giai đoạn"
    columns = (
        Column("place", "Địa bàn", width=3),
        Column("cash", "Tiền mặt (đồng)", "number", span, 1.6),
        Column("labour", "Ngày công (công)", "number", span, 1.2, 4),
        Column("land", "Đất hiến (m²)", "number", span, 1.2, 1),
        Column("goods", "Hiện vật (đồng)", "number", span, 1.4),
        Column("value", "Quy đổi tất cả (đồng)", "number", span, 1.7),
        Column("all_cash", "Tiền mặt (đồng)", "number", stage, 1.6),
        Column("all_labour", "Ngày công (công)", "number", stage, 1.2, 4),
        Column("all_land", "Đất hiến (m²)", "number", stage, 1.2, 1),
        Column("all_value", "Quy đổi tất cả (đồng)", "number", stage, 1.7),
    )
    held = {
        place: [line for line in lines if line.source in _PEOPLE and line.kind in GIVEN]
        for place, lines in _of_places(on).items()
    }
    if not held[on.place_id]:
        told = [row for line in on.told if (row := _told_contributions(on, line))]
        return Annex("06", "Nhân dân đóng góp", columns, tuple(told), notes=(_TOLD_NOTE,) if told else ())
    rows = [
        Row(f"{place.id}", (words(place.full_name), *_given(on, place, held[place.id])))
        if held[place.id]
        else Row(f"{place.id}", (words(place.full_name), *(unknown(_NO_GIFT) for _each in columns[1:])))
        for place in on.children
    ]
    told = [row for line in on.told if (row := _told_contributions(on, line))]
    whole = _naming(on, held, _NO_GIFT, _given(on, on.place, held[on.place_id]))
    total = Row("total", (words(f"Cộng {on.place.full_name}"), *whole))
    notes = (_TOLD_NOTE,) if told else ()
    return Annex("06", "Nhân dân đóng góp", columns, (*rows, *told), total, notes=notes)


# ── Sums ──────────────────────────────────────────────────────────────────────


def _of_places(on: Gathered) -> dict[int, list[DaySums]]:
    found: dict[int, list[DaySums]] = {place.id: [] for place in on.places}
    for line in on.money:
        found[line.place].append(line)
    return found


def _called(on: Gathered, place: PlaceView) -> str:
    return f"Toàn {place.full_name}" if place.id == on.place_id and on.children else place.full_name


def _says(cell: Cell) -> bool:
    return bool(cell.value) or cell.value is None


def _three(
    on: Gathered, place: PlaceView, lines: list[DaySums], sources: Collection[str]
) -> tuple[Cell, Cell, Cell]:
    """Plan of the year, what came in the window, what came since the stage began."""
    year, start, stage = on.window.year, on.start, on.stage
    of = _Of(on, place, lines, sources)
    return (
        of.cell(_dong, (Kind.COMMITTED,), lambda line: line.year == year, since=None, year=year),
        of.cell(_dong, MOBILISED, lambda line: line.on >= start, since=start),
        of.cell(_dong, MOBILISED, lambda line: line.on >= stage, since=stage),
    )


def _naming(
    on: Gathered, held: dict[int, list[DaySums]], what: str, cells: Iterable[Cell]
) -> tuple[Cell, ...]:
    """The sums of the whole place, naming the places below that have nothing on record."""
    without = [place.full_name for place in on.children if not held[place.id]]
    left = f"{what}: {naming(without)}" if without else ""
    return tuple(
        replace(cell, missing="; ".join(filter(None, (cell.missing, left))))
        if cell.value is not None
        else cell
        for cell in cells
    )


def _given(on: Gathered, place: PlaceView, lines: list[DaySums]) -> Iterable[Cell]:
    of = _Of(on, place, lines, _PEOPLE)
    start, stage = on.start, on.stage

    def within(line: DaySums) -> bool:
        return line.on >= start

    def of_stage(line: DaySums) -> bool:
        return line.on >= stage

    yield of.cell(_dong, (Kind.CASH,), within, since=start)
    yield of.cell(_days, (Kind.LABOUR,), within, since=start)
    yield of.cell(_area, (Kind.LAND,), within, since=start)
    yield of.cell(_dong, (Kind.GOODS,), within, since=start)
    yield of.cell(_dong, GIVEN, within, since=start)
    yield of.cell(_dong, (Kind.CASH,), of_stage, since=stage)
    yield of.cell(_days, (Kind.LABOUR,), of_stage, since=stage)
    yield of.cell(_area, (Kind.LAND,), of_stage, since=stage)
    yield of.cell(_dong, GIVEN, of_stage, since=stage)


class _Of:
    """The sums of one place and some sources, as cells."""

    def __init__(
        self, on: Gathered, place: PlaceView, lines: list[DaySums], sources: Collection[str]
    ) -> None:
        self.on, self.place, self.lines, self.sources = on, place, lines, sources

    def cell(
        self, take: Take, kinds: Collection[str], holds: Test, *, since: object, year: int | None = None
    ) -> Cell:
        found = [
            line for line in self.lines if line.source in self.sources and line.kind in kinds and holds(line)
        ]
        sums = Sums()
        for line in found:
            sums = sums.plus(line.sums)
        why = Why(
            "entries",
            {
                "place": self.place.id,
                "since": str(since) if since else "",
                "until": self.on.until.isoformat(),
                "sources": [str(each) for each in self.sources],
                "kinds": [str(getattr(kind, "value", kind)) for kind in kinds],
                "year": year,
            },
        )
        missing = f"{sums.unvalued} khoản chưa biết giá trị" if sums.unvalued and take is _dong else ""
        if take is _dong and sums.is_unknown:
            return unknown(missing, why)
        mark = weakest(line.mark for line in found if any(line.sums)) or Mark.MEASURED.value
        return Cell(take(sums), missing=missing, mark=mark, note=_made(found, take), why=why)


def _made(lines: list[DaySums], take: Take) -> str:
    """How much of a sum was reconstructed to carry what a paper tells."""
    made = Sums()
    for line in lines:
        if line.mark == Mark.RECONSTRUCTED:
            made = made.plus(line.sums)
    return f"trong đó dựng lại từ tài liệu: {made.entries} khoản" if made.entries and take(made) else ""


def _dong(sums: Sums) -> Value:
    return sums.value_dong


def _days(sums: Sums) -> Value:
    return _plain(LABOUR_DAY.amount(sums.quantity))


def _area(sums: Sums) -> Value:
    return _plain(SQUARE_METRE.amount(sums.quantity))


def _plain(number: Decimal) -> Decimal:
    """Without idle zeros, so that equal amounts are written alike."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


# ── What papers tell ──────────────────────────────────────────────────────────


def _told_cell(line: ToldLine) -> Cell:
    told = line.told
    return Cell(
        _plain(told.amount) if told.unit != _DONG else int(told.amount),
        qualifier=told.qualifier,
        mark=Mark.TOLD.value,
        note=told.paper,
        why=Why("told", {"id": line.id, "place": line.place_id}),
    )


def _in_window(on: Gathered, line: ToldLine) -> bool:
    return line.told.from_day >= on.start


def _name_of(on: Gathered, line: ToldLine) -> str:
    return next(place.full_name for place in on.places if place.id == line.place_id)


def _told_resources(on: Gathered, line: ToldLine) -> Row | None:
    """What a paper tells in đồng, in the column of its stretch."""
    if line.told.unit != _DONG:
        return None
    label = f"Theo tài liệu: {str(REPORT_LINES[line.line].label).lower()}"
    cells = (
        [words(""), _told_cell(line), words("")]
        if _in_window(on, line)
        else [words(""), words(""), _told_cell(line)]
    )
    return Row(f"told:{line.id}", (words(_name_of(on, line)), words(label), *cells))


_COLUMN_OF: Final = {"people_cash": 0, "people_labour": 1, "people_land": 2, "people": 4}
_LATER: Final = {0: 5, 1: 6, 2: 7, 4: 8}


def _told_contributions(on: Gathered, line: ToldLine) -> Row | None:
    """What a paper tells of people's gifts, in the column of its form, its unit and its stretch."""
    at = _COLUMN_OF.get(line.line)
    unit = {1: LABOUR_DAY.word, 2: SQUARE_METRE.word}.get(-1 if at is None else at, _DONG)
    if at is None or line.told.unit != unit:
        return None
    cells = [words("")] * 9
    cells[at if _in_window(on, line) else _LATER[at]] = _told_cell(line)
    return Row(f"told:{line.id}", (words(f"{_name_of(on, line)}, theo tài liệu"), *cells))

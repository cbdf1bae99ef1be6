"""Annex 07: outreach and training held in the window, by place; the two are never added to each other."""

from datetime import date

from chungtay.community.outreach import queries as outreach
from chungtay.community.outreach.queries import Sums, ToldView
from chungtay.reports.annexes.cells import Annex, Cell, Column, Row, Why, naming, unknown, words
from chungtay.reports.annexes.gathered import Gathered
from rulebook import Mark
from viet.dates import format_day

_NONE = "chưa ghi cuộc nào"
_KINDS = (outreach.OUTREACH, outreach.TRAINING)


def sessions(on: Gathered) -> Annex:
    """How many were held and how many people came, of the place itself and of each directly below."""
    columns = (
        Column("place", "Địa bàn", width=3),
        Column("outreach", "Số cuộc", "number", "Tuyên truyền", 1.2),
        Column("outreach_people", "Lượt người", "number", "Tuyên truyền", 1.4),
        Column("training", "Số cuộc", "number", "Tập huấn", 1.2),
        Column("training_people", "Lượt người", "number", "Tập huấn", 1.4),
    )
    held = [on.sessions(kind) for kind in _KINDS]
    told = [
        (at, each)
        for at, kind in enumerate(_KINDS)
        for each in outreach.told_totals(on.place_id, kind)
        if on.start <= each.start and each.end <= on.until
    ]
    if not any(held) and not told:
        return Annex("07", "Tuyên truyền, tập huấn", columns)
    rows = [
        Row(
            str(place.id),
            (
                words(f"{place.full_name} tổ chức" if place.id == on.place_id else place.full_name),
                *(
                    cell
                    for n, kind in enumerate(_KINDS)
                    for cell in _two(on, place.id, kind, held[n].get(place.id))
                ),
            ),
        )
        for place in on.places
        if on.children or place.id == on.place_id
    ]
    total = None
    if any(held):
        cells = [cell for n, kind in enumerate(_KINDS) for cell in _whole(on, kind, held[n])]
        total = Row("total", (words(f"Cộng {on.place.full_name}"), *cells))
    notes = ("Số theo tài liệu giữ nguyên chữ “hơn”, “khoảng” và không cộng vào tổng.",) if told else ()
    return Annex(
        "07",
        "Tuyên truyền, tập huấn",
        columns,
        (*rows, *(_told(at, each) for at, each in told)),
        total,
        notes=notes,
    )


def _whole(on: Gathered, kind: str, held: dict[int, Sums]) -> tuple[Cell, Cell]:
    whole = Sums()
    for sums in held.values():
        whole += sums
    first, second = _two(on, on.place_id, kind, whole if held else None, below=True)
    without = [place.full_name for place in on.children if place.id not in held]
    if held and without:
        left = f"chưa ghi cuộc nào: {naming(without)}"
        first = Cell(
            first.value,
            "; ".join(filter(None, (first.missing, left))),
            mark=first.mark,
            note=first.note,
            why=first.why,
        )
    return first, second


def _two(
    on: Gathered, place_id: int, kind: str, sums: Sums | None, *, below: bool = False
) -> tuple[Cell, Cell]:
    about = {"place": place_id, "kind": str(kind), "since": _iso(on.start), "until": _iso(on.until)}
    why = Why("sessions", about | {"below": below or place_id != on.place_id})
    if sums is None or sums == Sums():
        return unknown(_NONE, why), unknown(_NONE, why)
    mark = Mark.RECONSTRUCTED.value if sums.reconstructed else Mark.MEASURED.value
    made = f"trong đó dựng lại từ tài liệu: {sums.reconstructed} cuộc" if sums.reconstructed else ""
    undated = f"{sums.undated} cuộc chưa rõ có nằm trong kỳ" if sums.undated else ""
    held = Cell(sums.sessions, missing=undated, mark=mark, note=made, why=why)
    if sums.sessions == sums.unknown:
        return held, unknown("chưa cuộc nào đếm người dự", why)
    uncounted = f"{sums.unknown} cuộc chưa đếm người dự" if sums.unknown else ""
    return held, Cell(sums.attendances, missing=uncounted, mark=mark, why=why)


def _told(at: int, told: ToldView) -> Row:
    """What a paper tells, as told."""
    why = Why("told_sessions", {"id": told.id, "place": told.place_id, "kind": told.kind})
    span = f"từ {format_day(told.start)} đến {format_day(told.end)}{', mỗi năm' if told.per_year else ''}"
    cells = [words("")] * 4
    for n, number, qualifier in (
        (0, told.sessions, told.sessions_qualifier),
        (1, told.attendances, told.attendances_qualifier),
    ):
        cells[2 * at + n] = (
            unknown("tài liệu không nói", why)
            if number is None
            else Cell(number, qualifier=qualifier, mark=Mark.TOLD.value, note=told.source, why=why)
        )
    return Row(f"told:{told.id}", (words(f"{told.place}, theo tài liệu, {span}"), *cells))


def _iso(day: date) -> str:
    return day.isoformat()

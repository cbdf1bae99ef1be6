"""Annex 04, works, and 05, what is owed for them unpaid, as they stood at the end of the day of the cut-off."""

from collections.abc import Sequence
from typing import Final

from chungtay.reports.annexes.cells import Annex, Cell, Column, Row, Why, added, unknown, words
from chungtay.reports.annexes.gathered import Gathered
from chungtay.works import rules
from chungtay.works.on_day import WorkOnDay
from chungtay.works.states import State
from rulebook import Mark

_CLOSED: Final = (State.SETTLED, State.KEPT, State.CANCELLED)
_NO_CONTRACT: Final = "chưa có hợp đồng trong sổ"


def works(on: Gathered) -> Annex:
    """Works not closed by the cut-off, and those closed within the window."""
    columns = (
        Column("number", "Số hiệu", width=1.6),
        Column("name", "Công trình", width=3.4),
        Column("kind", "Loại", width=1.6),
        Column("place", "Nơi", width=2),
        Column("state", "Bước", width=1.8),
        Column("begun", "Khởi công", "day", width=1.2),
        Column("accepted", "Nghiệm thu", "day", width=1.2),
        Column("contract", "Hợp đồng", "number", width=1.7),
        Column("paid", "Đã thanh toán", "number", width=1.7),
    )
    listed = [each for each in on.works if each.state not in _CLOSED or each.since >= on.start]
    rows = [
        Row(
            f"w{each.id}",
            (
                words(each.number, _why(each)),
                words(each.name, _why(each), each.mark.value),
                words(rules.kind_words(each.kind)),
                words(each.place_name),
                words(str(each.state.label), _why(each)),
                Cell(each.begun, why=_why(each)) if each.begun else words(""),
                Cell(each.accepted, why=_why(each)) if each.accepted else words(""),
                _contract(each),
                Cell(each.paid_dong, mark=each.mark.value, why=_why(each)),
            ),
        )
        for each in listed
    ]
    total = None
    if rows:
        why = Why("works", {"ids": [each.id for each in listed]})
        called = [each.number for each in listed]
        total = Row(
            "total",
            (
                words("Cộng, số công trình"),
                Cell(len(rows), mark=Mark.MEASURED.value, why=why),
                *(words("") for _blank in range(5)),
                added(zip(called, [row.cells[7] for row in rows], strict=True), why),
                added(zip(called, [row.cells[8] for row in rows], strict=True), why),
            ),
        )
    return Annex("04", "Danh mục công trình", columns, tuple(rows), total, unit="đồng")


def arrears(on: Gathered) -> Annex:
    """What was owed to builders and not paid, the oldest first; works whose debt nobody knows are named."""
    columns = (
        Column("number", "Số hiệu", width=1.6),
        Column("name", "Công trình", width=3.6),
        Column("place", "Nơi", width=2.2),
        Column("contract", "Hợp đồng", "number", width=1.7),
        Column("owed", "Phải trả", "number", width=1.7),
        Column("paid", "Đã trả", "number", width=1.7),
        Column("arrears", "Nợ đọng", "number", width=1.7),
        Column("since", "Nợ từ ngày", "day", width=1.3),
        Column("days", "Số ngày", "number", width=1),
    )
    late = sorted(
        (each for each in on.works if each.arrears_dong),
        key=lambda each: (each.owed_since or on.until, each.id),
    )
    untold = [each for each in on.works if not each.knows_debt]
    rows = [*(_owed(each, on) for each in late), *(_untold(each) for each in untold)]
    notes = (
        ("Công trình chỉ có trong giấy tờ, không rõ hợp đồng, thì chưa biết có nợ không.",) if untold else ()
    )
    if on.works and not rows:
        notes = (f"{len(on.works)} công trình trong sổ, không công trình nào nợ đọng đến ngày chốt.",)
    return Annex(
        "05",
        "Nợ đọng xây dựng cơ bản",
        columns,
        tuple(rows),
        _total(rows, [*late, *untold]),
        unit="đồng",
        notes=notes,
    )


def _owed(each: WorkOnDay, on: Gathered) -> Row:
    why, mark = _why(each), each.mark.value
    days = (on.until - each.owed_since).days if each.owed_since else None
    return Row(
        f"w{each.id}",
        (
            words(each.number, why),
            words(each.name, why, mark),
            words(each.place_name),
            _contract(each),
            Cell(each.owed_dong, mark=mark, why=why),
            Cell(each.paid_dong, mark=mark, why=why),
            Cell(each.arrears_dong, mark=mark, why=why),
            Cell(each.owed_since, why=why),
            Cell(days, why=why),
        ),
    )


def _untold(each: WorkOnDay) -> Row:
    why = _why(each)
    cells = (words(each.number, why), words(each.name, why, each.mark.value), words(each.place_name))
    return Row(f"w{each.id}", (*cells, *(unknown("chưa biết có nợ không", why) for _blank in range(6))))


def _total(rows: Sequence[Row], of: Sequence[WorkOnDay]) -> Row | None:
    if not rows:
        return None
    why = Why("works", {"ids": [each.id for each in of]})
    called = [each.number for each in of]
    sums = [added(zip(called, [row.cells[at] for row in rows], strict=True), why) for at in (4, 5, 6)]
    blank = words("")
    return Row(
        "total",
        (
            words("Cộng, số công trình"),
            Cell(len(rows), mark=Mark.MEASURED.value, why=why),
            blank,
            blank,
            *sums,
            blank,
            blank,
        ),
    )


def _contract(each: WorkOnDay) -> Cell:
    if each.contract_dong is None:
        return unknown(_NO_CONTRACT, _why(each))
    return Cell(each.contract_dong, mark=each.mark.value, why=_why(each))


def _why(each: WorkOnDay) -> Why:
    return Why("works", {"ids": [each.id]})

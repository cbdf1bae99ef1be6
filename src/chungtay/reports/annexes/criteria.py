"""Annex 01, the state of criteria of each place, and 02, how many places hold how many."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from chungtay.figures.boards import Survey
from chungtay.reports.annexes.cells import Annex, Cell, Column, Row, Why, naming, unknown, words
from chungtay.reports.annexes.gathered import Gathered
from rulebook import Mark, Verdict

SIGNS: Final = {
    Verdict.MET: "Đ",
    Verdict.NOT_MET: "C",
    Verdict.UNKNOWN: "?",
    Verdict.EXCUSED: "–",
}
LEGEND: Final = "Đ: đạt; C: chưa đạt; ?: chưa biết; –: không áp dụng; để trống: bộ không có tiêu chí số đó."
_WHOLE: Final = {
    Verdict.MET: "đạt",
    Verdict.NOT_MET: "chưa đạt",
    Verdict.UNKNOWN: "chưa biết",
    Verdict.EXCUSED: "không áp dụng",
}
_STATUS: Final = {"sample": "bộ mẫu", "skeleton": "bộ khung, chưa có chỉ tiêu"}


def state_of_criteria(on: Gathered) -> Annex:
    """One row a place and standard: criteria and indicators that hold, and each criterion's verdict."""
    numbers = list(dict.fromkeys(number for survey in on.surveys for number, _name in survey.criteria))
    shown = sorted(
        numbers, key=lambda number: (not number.isdigit(), int(number) if number.isdigit() else 0, number)
    )
    columns = (
        Column("place", "Địa bàn", width=2.6),
        Column("standard", "Bộ tiêu chí", width=3),
        Column("whole", "Cả bộ", group="Kết quả theo số liệu", width=1.1),
        Column("met", "Đạt", "number", "Tiêu chí", 0.7),
        Column("not_met", "Chưa", "number", "Tiêu chí", 0.7),
        Column("unknown", "Chưa biết", "number", "Tiêu chí", 0.8),
        Column("rate", "% số đã biết", "number", "Tiêu chí", 0.9, 1),
        Column("indicators", "Đạt", "number", "Chỉ tiêu", 0.7),
        Column("indicators_not_met", "Chưa", "number", "Chỉ tiêu", 0.7),
        Column("indicators_unknown", "Chưa biết", "number", "Chỉ tiêu", 0.8),
        Column("indicator_rate", "% số đã biết", "number", "Chỉ tiêu", 0.9, 1),
        *(Column(f"c{number}", number, group="Từng tiêu chí", width=0.42) for number in shown),
    )
    rows = [row for survey in on.surveys for row in _rows_of(survey, shown)]
    return Annex("01", "Thực trạng tiêu chí của từng địa bàn", columns, tuple(rows), notes=_notes(on.surveys))


def distribution(on: Gathered) -> Annex:
    """How many places hold exactly so many criteria, under each standard that judges more than one place."""
    columns = (
        Column("standard", "Bộ tiêu chí", width=3),
        Column("held", "Số tiêu chí đạt", "number", width=1),
        Column("of", "Tổng số tiêu chí", "number", width=1),
        Column("places", "Số địa bàn", "number", width=1),
        Column("share", "% số địa bàn", "number", width=1, decimals=1),
        Column("unsure", "Trong đó còn tiêu chí chưa biết", "number", width=1.2),
        Column("names", "Địa bàn", width=5),
    )
    surveys = [survey for survey in on.surveys if len(survey.places) > 1]
    rows = [row for survey in surveys for row in _levels_of(survey)]
    note = "Địa bàn còn tiêu chí chưa biết có thể đạt nhiều hơn số ghi ở đây."
    return Annex(
        "02", "Phân bố số tiêu chí đạt", columns, tuple(rows), notes=(note, *_notes(surveys)) if rows else ()
    )


def _name(survey: Survey) -> str:
    view = survey.adopted.view
    note = _STATUS.get(view.status)
    return f"{view.name.vi} ({note})" if note else view.name.vi


def _notes(surveys: Iterable[Survey]) -> tuple[str, ...]:
    held = list(surveys)
    texts = [LEGEND] if held else []
    for survey in held:
        view = survey.adopted.view
        status = f"; {_STATUS[view.status]}" if view.status in _STATUS else ""
        texts.append(f"{view.name.vi}: giai đoạn {view.years.vi}, phiên bản {view.label}{status}.")
    return tuple(texts)


def _rows_of(survey: Survey, numbers: list[str]) -> Iterable[Row]:
    indicators = _indicators(survey)
    order = [number for number, _name in survey.criteria]
    for at, row in enumerate(survey.board.rows):
        about = {"place": row.place.id, "code": survey.adopted.view.code, "on": survey.on.isoformat()}
        why = Why("standing", about)
        verdicts = dict(zip(order, row.criteria, strict=True))
        counts, (met, not_met, untold) = row.counts, indicators[at]
        yield Row(
            f"{row.place.id}:{survey.adopted.view.code}",
            (
                words(row.place.full_name),
                words(_name(survey)),
                words(_WHOLE[row.verdict], why),
                _count(counts.holding, why),
                _count(counts.not_met, why),
                _count(counts.unknown, why),
                _rate(counts.holding, counts.not_met, why),
                _count(met, why),
                _count(not_met, why),
                _count(untold, why),
                _rate(met, not_met, why),
                *(
                    words(SIGNS[verdicts[number]], Why("criterion", about | {"number": number}))
                    if number in verdicts
                    else words("")
                    for number in numbers
                ),
            ),
        )


def _indicators(survey: Survey) -> dict[int, tuple[int, int, int]]:
    """By place: indicators that hold, that do not, that nobody knows."""
    found: dict[int, tuple[int, int, int]] = {}
    for part in survey.parts:
        counted: Any = part.verdicts.count(part.verdicts.indicators.values())
        for n, at in enumerate(part.rows):
            found[at] = int(counted.holding[n]), int(counted.not_met[n]), int(counted.unknown[n])
    return found


def _count(number: int, why: Why) -> Cell:
    return Cell(number, mark=Mark.MEASURED.value, why=why)


def _rate(holding: int, not_met: int, why: Why) -> Cell:
    """The share of the known that hold; the unknown stand in a column of their own."""
    if not holding + not_met:
        return unknown("chưa biết", why)
    return Cell(Fraction(100 * holding, holding + not_met), mark=Mark.MEASURED.value, why=why)


def _levels_of(survey: Survey) -> Iterable[Row]:
    by_number: dict[tuple[int, int], list[Any]] = {}
    for row in survey.board.rows:
        key = row.counts.holding, row.counts.total
        by_number.setdefault(key, []).append(row)
    for (held, of), rows in sorted(by_number.items(), reverse=True):
        about = {
            "places": [row.place.id for row in rows],
            "code": survey.adopted.view.code,
            "on": survey.on.isoformat(),
        }
        why = Why("places", about)
        yield Row(
            f"{survey.adopted.view.code}:{held}/{of}",
            (
                words(_name(survey)),
                _count(held, why),
                _count(of, why),
                _count(len(rows), why),
                Cell(Fraction(100 * len(rows), len(survey.places)), mark=Mark.MEASURED.value, why=why),
                _count(sum(row.counts.unknown > 0 for row in rows), why),
                words(naming(row.place.full_name for row in rows)),
            ),
        )

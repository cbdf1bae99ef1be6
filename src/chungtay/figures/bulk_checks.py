"""What is wrong with the rows of a batch: every fault with its row and column, found without a query a row."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from chungtay.core.language import language
from chungtay.core.refusals import Fault
from chungtay.figures import policies
from chungtay.figures.values import Stored, to_stored
from chungtay.territory import queries as territory
from chungtay.territory.queries import Life
from rulebook import Measure, Period, Value
from viet.numbers import NumberProblem

Key = tuple[int, str, str, date, date]  # place, measure, part, period start and end


class BulkFigure(NamedTuple):
    """One figure of a batch. value: exact, or the text as typed. row: 1-based row of the sheet, named in a fault.

    source: its own; "" is that of the batch.
    """

    place_id: int
    measure: str
    period: Period
    value: Value | str
    part: str = ""
    row: int | None = None
    source: str = ""


class Checked:
    """A batch read row by row. ready: what may be written, each figure once. faults: in the order of the rows.

    at: the faults by the position in the batch. sources: the figures that have a source of their own.
    """

    def __init__(self, rows: Iterable[BulkFigure], measures: Mapping[str, Measure], today: date) -> None:
        batch = list(rows)
        self._measures, self._today = measures, today
        self._lives = territory.lives_of({row.place_id for row in batch})
        self._periods: dict[tuple[int, Period], list[Fault]] = {}
        self._first: dict[Key, int | None] = {}
        self.ready: dict[Key, Stored] = {}
        self.sources: dict[Key, str] = {}
        self.faults: list[Fault] = []
        self.at: dict[int, list[Fault]] = {}
        for position, row in enumerate(batch):
            if found := self._read(row):
                self.at[position] = found
                self.faults += [Fault(fault.sentence, fault.field, row.row, fault.clause) for fault in found]

    def row_of(self, key: Key) -> int | None:
        """The row that first gave a figure."""
        return self._first[key]

    def _read(self, row: BulkFigure) -> list[Fault]:
        measure = self._measures.get(row.measure)
        if measure is None:
            return [policies.unknown_measure(row.measure, "measure")]
        found = self._faults_of_place(row) + policies.faults_of_part(measure, row.part, "part")
        found += policies.faults_of_length(row.source, policies.SOURCE_LENGTH, "Nguồn", "source")
        try:
            value = measure.parse(row.value) if isinstance(row.value, str) else row.value
        except NumberProblem as problem:
            return [*found, Fault(str(problem), "value")]
        found += [Fault(sentence, "value") for sentence in measure.problems_with(value)]
        return found or self._keep(row, measure, to_stored(value, measure))

    def _keep(self, row: BulkFigure, measure: Measure, stored: Stored) -> list[Fault]:
        key = key_of(row)
        before = self.ready.setdefault(key, stored)
        first = self._first.setdefault(key, row.row)
        if before == stored:
            if row.source:
                self.sources[key] = row.source
            return []
        where = f" (dòng {first})" if first is not None else ""
        return [
            Fault(
                _(
                    "“%(name)s” của cùng nơi và kỳ này đã có một số khác trong chính tệp%(where)s. Hãy giữ "
                    "một số đúng."
                )
                % {"name": measure.name.in_(language()), "where": where},
                "value",
            )
        ]

    def _faults_of_place(self, row: BulkFigure) -> list[Fault]:
        """Nearly all rows share their place and period with others, and are right."""
        asked = row.place_id, row.period
        if asked not in self._periods:
            self._periods[asked] = self._judge_period(row.place_id, row.period)
        return list(self._periods[asked])

    def _judge_period(self, place_id: int, period: Period) -> list[Fault]:
        life: Life | None = self._lives.get(place_id)
        if life is None:
            return [
                Fault(
                    _("Không có nơi nào mang số %(place_id)s. Hãy tìm lại theo tên.")
                    % {"place_id": place_id},
                    "place",
                )
            ]
        right = policies.EARLIEST <= period.start <= min(period.end, self._today)
        right = right and (life.founded is None or period.end >= life.founded)
        if right and (life.ended is None or period.start < life.ended):
            return []
        return policies.faults_of_period(territory.states_of(place_id), period, self._today, "period")


def key_of(row: BulkFigure) -> Key:
    return (row.place_id, row.measure, row.part, row.period.start, row.period.end)


def holds(current: Mapping[str, Any], stored: Stored) -> bool:
    """Whether a current row already says this."""
    return (current["scaled"], current["numerator"], current["denominator"]) == (
        stored.scaled,
        stored.numerator,
        stored.denominator,
    )

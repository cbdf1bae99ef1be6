"""Figures typed in a workbook against the figures on record: what each cell would do, before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.figures.bulk_checks import BulkFigure, Checked, holds, key_of
from chungtay.figures.loading import current_of, outside
from chungtay.figures.models import Observation
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.workbooks.reading import Typed
from chungtay.standards import queries as standards
from rulebook import Mark, Measure, show_value

LISTED = 2_000  # cells of one kind that a page lists; all are counted, and the sheet of verdicts has all
AT_ONCE = 20_000  # cells weighed together
MARK = Mark.MEASURED


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CLASH = "clash"  # somebody recorded another value after the workbook was made
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One filled cell and what would become of it. before, after: values in words; sentence: why refused, or a note."""

    typed: Typed
    kind: Kind
    measure: str
    before: str = ""
    after: str = ""
    sentence: str = ""


@dataclass
class Report:
    """What a trial found, small enough to keep: counts by kind and sheet, and the first cells of each kind."""

    counts: dict[str, int] = field(default_factory=lambda: {kind.value: 0 for kind in Kind})
    sheets: dict[str, dict[str, int]] = field(default_factory=dict)
    listed: dict[str, list[list[str]]] = field(default_factory=lambda: {kind.value: [] for kind in Kind})
    computed: int = 0

    def add(self, each: Weighed) -> None:
        kind = each.kind.value
        self.counts[kind] += 1
        sheet = self.sheets.setdefault(each.typed.sheet, {kind.value: 0 for kind in Kind})
        sheet[kind] += 1
        self.computed += each.typed.computed
        if len(self.listed[kind]) < LISTED:
            self.listed[kind].append(line_of(each))

    def to_plain(self) -> dict[str, Any]:
        return vars(self)


def line_of(each: Weighed) -> list[str]:
    """A verdict as a page and a sheet list it: sheet, cell, place or measure, measure, before, after, sentence."""
    typed = each.typed
    return [typed.sheet, typed.cell, typed.label, each.measure, each.before, each.after, each.sentence]


def as_figures(typed: Iterable[Typed]) -> list[BulkFigure]:
    """What can be read, for the bulk door."""
    return [
        BulkFigure(each.place_id, each.measure, each.period, each.value, each.part, each.row + 1, each.source)
        for each in typed
        if each.period is not None and not each.problem
    ]


def weigh(typed: Sequence[Typed], *, by: Actor, today: date, seen: int) -> Iterator[Weighed]:
    """The verdict of every filled cell, in order. seen: the row of the log last written when the workbook was made."""
    for start in range(0, len(typed), AT_ONCE):
        yield from _weigh(typed[start : start + AT_ONCE], by, today, seen)


def _weigh(typed: Sequence[Typed], by: Actor, today: date, seen: int) -> Iterator[Weighed]:
    measures = standards.measures()
    readable = [each for each in typed if each.period is not None and not each.problem]
    figures = as_figures(readable)
    checked = Checked(figures, measures, today)
    foreign = set(outside(by, {each.place_id for each in figures}))
    current = current_of(
        sorted({each.place_id for each in figures} - foreign), sorted({each.measure for each in figures})
    )
    who = _writers(row["pk"] for row in current.values() if row["pk"] > seen)
    positions = iter(range(len(figures)))
    for each in typed:
        if each.period is None or each.problem:
            yield _refused(each, measures, each.problem)
            continue
        at = next(positions)
        if at in checked.at:
            yield _refused(each, measures, " ".join(fault.sentence for fault in checked.at[at]))
        elif each.place_id in foreign:
            told = _("Nơi này nằm ngoài địa bàn của chức danh bạn đang giữ.")
            yield _refused(each, measures, told)
        else:
            yield _compared(each, figures[at], checked, current, measures, seen, who)


def _compared(
    each: Typed,
    figure: BulkFigure,
    checked: Checked,
    current: dict[Any, dict[str, Any]],
    measures: dict[str, Measure],
    seen: int,
    who: dict[int, str],
) -> Weighed:
    measure, key = measures[each.measure], key_of(figure)
    name, stored = _name(measure), checked.ready[key]
    after = _shown(stored, measure)
    note = _("Số lấy từ kết quả của công thức trong ô.") if each.computed else ""
    row = current.get(key)
    if row is None:
        return Weighed(each, Kind.NEW, name, "", after, note)
    before = _shown(Stored(row["scaled"], row["numerator"], row["denominator"]), measure)
    if holds(row, stored) and row["mark"] == MARK.value:
        return Weighed(each, Kind.SAME, name, before, after, note)
    if row["pk"] in who and not holds(row, stored):
        told = _("%(who)s đã ghi %(value)s sau khi sổ này được xuất.") % {
            "who": who[row["pk"]],
            "value": before,
        }
        return Weighed(each, Kind.CLASH, name, before, after, f"{told} {note}".strip())
    return Weighed(each, Kind.CHANGED, name, before, after, note)


def _refused(each: Typed, measures: dict[str, Measure], sentence: str) -> Weighed:
    known = measures.get(each.measure)
    return Weighed(each, Kind.REFUSED, _name(known) if known else each.measure, "", str(each.value), sentence)


def _name(measure: Measure) -> str:
    return measure.name.in_(language())


def _shown(stored: Stored, measure: Measure) -> str:
    return show_value(from_stored(stored, measure), measure, language())


def _writers(pks: Iterable[int]) -> dict[int, str]:
    """Which post wrote each of those rows."""
    wanted, found = sorted(pks), dict[int, str]()
    for start in range(0, len(wanted), 5_000):
        rows = Observation.objects.filter(pk__in=wanted[start : start + 5_000])
        found |= dict(rows.values_list("pk", "by_label"))
    return found

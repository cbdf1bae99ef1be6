"""Figures typed in a workbook against the figures on record: what each cell would do, before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.figures import integrity
from chungtay.figures.bulk_checks import BulkFigure, Checked, Key, holds, key_of
from chungtay.figures.integrity import Warned
from chungtay.figures.loading import current_of, outside
from chungtay.figures.models import Observation
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.workbooks.reading import Typed
from chungtay.standards import queries as standards
from rulebook import Mark, Measure, Period, show_value
from rulebook.integrity import Severity

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
    """One filled cell and what would become of it. before, after: values in words; sentence: why refused, or a note.

    is_odd: the figure is unusual, and the sentence says how; it is written all the same.
    """

    typed: Typed
    kind: Kind
    measure: str
    before: str = ""
    after: str = ""
    sentence: str = ""
    is_odd: bool = False


@dataclass
class Report:
    """What a trial found, small enough to keep: counts by kind and sheet, and the first cells of each kind.

    odd, odd_listed: the unusual ones among them, counted and listed once more.
    """

    counts: dict[str, int] = field(default_factory=lambda: {kind.value: 0 for kind in Kind})
    sheets: dict[str, dict[str, int]] = field(default_factory=dict)
    listed: dict[str, list[list[str]]] = field(default_factory=lambda: {kind.value: [] for kind in Kind})
    computed: int = 0
    odd: int = 0
    odd_listed: list[list[str]] = field(default_factory=list)

    def add(self, each: Weighed) -> None:
        kind = each.kind.value
        self.counts[kind] += 1
        sheet = self.sheets.setdefault(each.typed.sheet, {kind.value: 0 for kind in Kind})
        sheet[kind] += 1
        self.computed += each.typed.computed
        if len(self.listed[kind]) < LISTED:
            self.listed[kind].append(line_of(each))
        self.odd += each.is_odd
        if each.is_odd and len(self.odd_listed) < LISTED:
            self.odd_listed.append(line_of(each))

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
    warned = _warned(typed, by, today)
    for start in range(0, len(typed), AT_ONCE):
        yield from _weigh(typed[start : start + AT_ONCE], by, today, seen, warned)


Warnings = dict[Key, list[Warned]]


def _warned(typed: Sequence[Typed], by: Actor, today: date) -> Warnings:
    """What the checks say of the figures of a whole file, held against each other and what is recorded around them."""
    asked = integrity.asked_measures()
    figures = as_figures(each for each in typed if each.measure in asked)
    measures = standards.measures()
    ready = Checked(figures, measures, today).ready
    foreign = set(outside(by, {place for place, *_ in ready}))
    told: dict[int, dict[tuple[str, str, Period], Any]] = {}
    for (place, code, part, start, end), stored in ready.items():
        if place not in foreign:
            told.setdefault(place, {})[code, part, Period(start, end)] = from_stored(stored, measures[code])
    found: Warnings = {}
    for place, each in integrity.warnings_of(told, among=today) if told else ():
        key = place, each.measure, each.part, each.period.start, each.period.end
        found.setdefault(key, []).append(each)
    return found


def _weigh(typed: Sequence[Typed], by: Actor, today: date, seen: int, warned: Warnings) -> Iterator[Weighed]:
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
            weighed = _compared(each, figures[at], checked, current, measures, seen, who)
            yield _with_warnings(weighed, warned.get(key_of(figures[at]), ()), measures)


def _with_warnings(weighed: Weighed, warned: Sequence[Warned], measures: dict[str, Measure]) -> Weighed:
    """Refused where the figure cannot be; noted where it would change something and is unusual."""
    if impossible := [each.sentence for each in warned if each.severity is Severity.IMPOSSIBLE]:
        return _refused(weighed.typed, measures, " ".join(impossible))
    if not warned or weighed.kind is Kind.SAME:
        return weighed
    told = " ".join(each.sentence for each in warned)
    return replace(weighed, sentence=f"{weighed.sentence} {told}".strip(), is_odd=True)


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

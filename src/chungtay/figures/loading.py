"""The bulk door: many figures of many places at once, for imports and simulations.

A batch is written whole or not at all; every bad row is named with its column, what is wrong and what to do.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.batches import rows_kept
from chungtay.core.bulk import insert_many
from chungtay.core.refusals import Fault
from chungtay.figures import integrity, periods, policies
from chungtay.figures.blocks import patch_blocks
from chungtay.figures.bulk_checks import BulkFigure, Checked, Key, holds
from chungtay.figures.dirty import mark as mark_dirty
from chungtay.figures.models import Observation
from chungtay.figures.states import Move, State
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.work_rows import FigureStep, with_state
from chungtay.people.policies import check_acts_for
from chungtay.standards import queries as standards
from chungtay.standards.policies import check_measures_in_sector
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_places
from rulebook import Mark, Period
from rulebook.integrity import Severity

__all__ = ["BulkFigure", "Loaded", "load_figures"]

_FIELDS = (
    "uid", "place", "measure", "part", "period_start", "period_end", "scaled", "numerator", "denominator", "source",
    "mark", "state", "post", "by_label", "recorded_at", "supersedes", "reason",
)  # fmt: skip
_PLACES_AT_ONCE = 5_000


@dataclass(frozen=True)
class Loaded:
    """What became of a batch. written: figures new or corrected; 0 whenever there are faults."""

    written: int
    faults: tuple[Fault, ...] = ()


@rows_kept()
@transaction.atomic
def load_figures(
    *,
    by: Actor,
    at: datetime,
    rows: Iterable[BulkFigure],
    mark: Mark,
    source: str,
    told: Mapping[str, Any] | None = None,
) -> Loaded:
    """Record a batch: a value already current changes nothing, another one supersedes it.

    told: more for the audit event, such as the file the batch came in.

    Refused as `figures.actions.record` would refuse each row, with all faults of all rows and nothing written.
    NotPermitted when the post may not record at one of the places. One audit event for the batch.
    """
    policies.check_mark(mark)
    checked = Checked(rows, standards.measures(), timezone.localdate(at))
    faults = [*policies.faults_of_length(source, policies.SOURCE_LENGTH, "Nguồn", "source"), *checked.faults]
    if faults:
        return Loaded(0, tuple(faults))
    places = sorted({key[0] for key in checked.ready})
    _check_permitted(by, places)
    check_measures_in_sector(by, {key[1] for key in checked.ready})
    hold_places(places)
    current = current_of(places, sorted({key[1] for key in checked.ready}))
    closing = periods.closing_of(places)
    if faults := _closed(checked, current, closing, mark):
        return Loaded(0, tuple(faults))
    if faults := _impossible(checked):
        return Loaded(0, tuple(faults))
    new = [
        (key, stored, current[key]["pk"] if key in current else None)
        for key, stored in checked.ready.items()
        if not _says_already(current.get(key), stored, mark)
    ]
    if not new:
        return Loaded(0)
    first = uuid.UUID(int=uuid.uuid4().int >> 32 << 32)
    insert_many(Observation, _FIELDS, _rows(new, checked.sources, first, by, at, mark, source))
    _note_late_corrections(new, closing, by, at)
    counting = mark is not Mark.RECONSTRUCTED
    patch_blocks(
        ((*key, stored.scaled, stored.numerator, stored.denominator), counting) for key, stored, _ in new
    )
    written = sorted({key[0] for key, _, _ in new})
    mark_dirty(written)
    write_event(
        by=by,
        deed="figures.load",
        subject=Observation.objects.get(uid=first),
        at=at,
        place_id=by.place_id,
        detail={
            "figures": len(new),
            "places": len(written),
            "source": source,
            "mark": mark.value,
            **(told or {}),
        },
    )
    return Loaded(len(new))


def _closed(
    checked: Checked, current: Mapping[Key, dict[str, Any]], closing: periods.Closing, mark: Mark
) -> list[Fault]:
    """Rows that would change a confirmed period: a batch brings no reasons, so none of them is an adjustment."""
    locked = {
        key: lock
        for key, stored in checked.ready.items()
        if (lock := closing.lock_over(key[0], Period(key[3], key[4])))
        and not _says_already(current.get(key), stored, mark)
    }
    names = territory.names_of(key[0] for key in locked)
    faults: list[Fault] = []
    for key, lock in locked.items():
        told = policies.closed_period(lock, names[key[0]], "period")
        faults.append(Fault(told.sentence, told.field, checked.row_of(key)))
    return faults


def _impossible(checked: Checked) -> list[Fault]:
    """Rows that say what cannot be, against each other or against what is recorded. One query."""
    measures, asked = standards.measures(), integrity.asked_measures(Severity.IMPOSSIBLE)
    told: dict[int, dict[tuple[str, str, Period], Any]] = {}
    rows: dict[tuple[int, str, str, Period], int | None] = {}
    for key, stored in checked.ready.items():
        place, code, part, start, end = key
        if code not in asked:
            continue
        period = Period(start, end)
        told.setdefault(place, {})[code, part, period] = from_stored(stored, measures[code])
        rows[place, code, part, period] = checked.row_of(key)
    return [
        Fault(each.sentence, "value", rows[place, each.measure, each.part, each.period])
        for place, each in integrity.warnings_of(told)
        if each.severity is Severity.IMPOSSIBLE
    ]


def _says_already(before: Mapping[str, Any] | None, stored: Stored, mark: Mark) -> bool:
    return (
        before is not None
        and holds(before, stored)
        and before["mark"] == mark.value
        and before["stands"] != State.RETURNED
    )


def _note_late_corrections(
    new: Sequence[tuple[Key, Stored, int | None]], closing: periods.Closing, by: Actor, at: datetime
) -> None:
    """What corrects a figure after its day was over is an adjustment, and marked so."""
    today = timezone.localdate(at)
    late = [
        before
        for key, _, before in new
        if before is not None and closing.is_late(key[0], Period(key[3], key[4]), today)
    ]
    rows = Observation.objects.filter(supersedes_id__in=late).values_list("pk", flat=True) if late else ()
    insert_many(
        FigureStep,
        ("observation", "move", "state", "reason", "post", "by_label", "at"),
        ((row, Move.ADJUST.value, State.SUBMITTED.value, "", by.actor_id, by.label, at) for row in rows),
    )


def _rows(
    new: Sequence[tuple[Key, Stored, int | None]],
    sources: Mapping[Key, str],
    first: uuid.UUID,
    by: Actor,
    at: datetime,
    mark: Mark,
    source: str,
) -> Iterator[tuple[Any, ...]]:
    uid = first
    state = State.SUBMITTED.value
    for key, stored, before in new:
        values = (stored.scaled, stored.numerator, stored.denominator)
        where = sources.get(key, source)
        yield (uid, *key, *values, where, mark.value, state, by.actor_id, by.label, at, before, "")
        uid = uuid.UUID(int=uid.int + 1)  # in a row: at random, each would touch another page of the index


def _check_permitted(by: Actor, places: Sequence[int]) -> None:
    """A post is asked once for its own place, and once more for the first place that lies outside it."""
    check_acts_for(by, "figures.record", by.place_id)
    for place in outside(by, places)[:1]:
        check_acts_for(by, "figures.record", place)


def outside(by: Actor, places: Iterable[int]) -> list[int]:
    """Those of the places that never stood at or below the post's own."""
    return [] if by.place_id is None else sorted(set(places) - set(territory.ids_ever_under(by.place_id)))


def current_of(places: Sequence[int], codes: Sequence[str]) -> dict[Key, dict[str, Any]]:
    """The rows that a new figure of the same place, measure, part and period supersedes."""
    found: dict[Key, dict[str, Any]] = {}
    for start in range(0, len(places), _PLACES_AT_ONCE):
        rows = with_state(Observation.objects.filter(
            place_id__in=places[start : start + _PLACES_AT_ONCE],
            measure_id__in=codes,
            superseded_by__isnull=True,
        )).values(
            "pk", "place_id", "measure_id", "part", "period_start", "period_end",
            "scaled", "numerator", "denominator", "mark", "stands",
        )  # fmt: skip
        for row in rows:
            key = (
                row["place_id"],
                row["measure_id"],
                row["part"],
                row["period_start"],
                row["period_end"],
            )
            found[key] = {**row}
    return found

"""How states are begun, split, amended, moved and carried on. Called by deeds only, inside their transactions."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from chungtay.territory import names
from chungtay.territory.lines import Stretch
from chungtay.territory.models import Place, PlaceState, lives_on
from chungtay.territory.paths import ids_of, path_below


def begin_place(
    *,
    level: str,
    name: str,
    kind: str,
    line: list[Stretch],
    valid_from: date | None,
    instrument: str,
    source: str,
    code: str = "",
    region: str = "",
    uid: UUID | None = None,
) -> Place:
    """Write a new place along `line`; the first state bears `instrument`, later ones what moved the places above."""
    place = Place.objects.create(level=level, valid_from=valid_from, **({"uid": uid} if uid else {}))
    PlaceState.objects.bulk_create(
        PlaceState(
            place=place,
            name=name,
            kind=kind,
            official_code=code,
            region=region,
            valid_from=stretch.valid_from,
            valid_to=stretch.valid_to,
            parent_id=stretch.parent_id,
            path=path_below(stretch.parent_path, place.pk),
            instrument=instrument if number == 0 else stretch.instrument,
            source=source,
            **names.written_forms(kind, name),
        )
        for number, stretch in enumerate(line)
    )
    return place


def amend_states(place_id: int, on: date, changed: dict[str, Any], *, instrument: str, source: str) -> None:
    """Give the state that begins on `on` (splitting one if need be) and later ones the `changed` values.

    A later state takes a value only as long as it still had the old one: what was changed after `on` stays.
    """
    states = list(PlaceState.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), place_id=place_id))
    states.sort(key=lambda s: s.valid_from or date.min)
    old = {field: getattr(states[0], field) for field in changed}
    first = (
        states[0]
        if states[0].valid_from == on
        else split(states[0], on, instrument=instrument, source=source)
    )
    open_fields = dict(changed)
    for state in [first, *states[1:]]:
        open_fields = {f: v for f, v in open_fields.items() if getattr(state, f) == old[f]}
        for field, value in open_fields.items():
            setattr(state, field, value)
        for field, value in names.written_forms(state.kind, state.name).items():
            setattr(state, field, value)
        if state is first and instrument:
            state.instrument, state.source = instrument, source or state.source
        state.save()


def move_subtree(
    old_path: str, new_path: str, parent_id: int, on: date, *, instrument: str, source: str
) -> None:
    """From `on`, the place at `old_path` stands at `new_path` under `parent_id`, with everything below it."""
    moving_id = ids_of(old_path)[-1]
    affected = list(
        PlaceState.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), path__under=old_path)
    )
    spanning = [state for state in affected if (state.valid_from or date.min) < on]
    moved = [state for state in affected if (state.valid_from or date.min) >= on]
    opened = [copied(state, on, instrument=instrument, source=source) for state in spanning]
    for state in spanning:
        state.valid_to = on
    PlaceState.objects.bulk_update(spanning, ["valid_to"], batch_size=500)
    for state in opened + moved:
        state.path = new_path + state.path[len(old_path) :]
        if state.place_id == moving_id:
            state.parent_id = parent_id
    PlaceState.objects.bulk_create(opened, batch_size=500)
    PlaceState.objects.bulk_update(moved, ["path", "parent_id"], batch_size=500)


def extend_subtree(path: str, ended: date, line: list[Stretch], instrument: str) -> None:
    """Carry the place at `path`, whose states ended on `ended`, and what ended with it below, along `line`."""
    waiting = list(PlaceState.objects.filter(path__under=path, valid_to=ended, place__valid_to__isnull=True))
    going_on = set(
        PlaceState.objects.filter(
            lives_on(ended), place_id__in=[state.place_id for state in waiting]
        ).values_list("place_id", flat=True)
    )
    opened = []
    for state in waiting:
        if state.place_id in going_on:
            continue
        tail = state.path[len(path) :]
        for number, stretch in enumerate(line):
            new = copied(
                state, stretch.valid_from, instrument=instrument if number == 0 else stretch.instrument
            )
            new.valid_to = stretch.valid_to
            new.path = f"{stretch.parent_path}{ids_of(path)[-1]}/{tail}"
            if not tail:
                new.parent_id = stretch.parent_id
            opened.append(new)
    PlaceState.objects.bulk_create(opened, batch_size=500)


def split(state: PlaceState, on: date, *, instrument: str, source: str) -> PlaceState:
    """Close `state` on `on` and return the saved copy that goes on from there."""
    following = copied(state, on, instrument=instrument, source=source)
    state.valid_to = on
    state.save(update_fields=["valid_to"])
    following.save()
    return following


def copied(state: PlaceState, start: date | None, *, instrument: str, source: str = "") -> PlaceState:
    """An unsaved copy of `state` that begins on `start`."""
    values = {field.attname: getattr(state, field.attname) for field in PlaceState._meta.concrete_fields}
    values |= {"id": None, "valid_from": start, "instrument": instrument, "source": source or state.source}
    return PlaceState(**values)

"""Loading the administrative units of Viet Nam: safe to run again, one transaction, nothing guessed."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.territory import names
from chungtay.territory.models import Level, Place, PlaceState, Succession
from chungtay.territory.paths import path_below
from chungtay.territory.regions import read_regions, regions_file
from chungtay.territory.unit_changes import carry_out, read_changes
from chungtay.territory.unit_data import REFORM, read_units
from chungtay.territory.unit_plan import INSTRUMENT, Plan, make_plan

_BATCH = 1000
_LEVELS = (Level.NATION, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load added; all 0 when everything had been there."""

    places: int
    states: int
    successions: int
    changes: int


@transaction.atomic
def load_units(
    *,
    by: Actor,
    at: datetime,
    provinces: set[str] | None = None,
    regions: Path | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Loaded:
    """Write the units of before and since 1/7/2025 with their successions, then the changes since.

    provinces: official codes, old or new; each brings all provinces it was merged with. None: the whole country.
    regions: another file than law/regions.yaml. progress: called with one Vietnamese line a step.
    What is there already is left as it is, so that corrections made by officers stay.
    """
    region_of = read_regions(regions or regions_file())
    progress("Đọc danh mục đơn vị hành chính …")
    plan = make_plan(read_units(), region_of, provinces)
    ids = dict(Place.objects.filter(level__in=_LEVELS).values_list("uid", "pk"))
    missing = [planned for planned in plan.places if planned.uid not in ids]
    progress(f"Ghi {len(missing)} đơn vị, {len(plan.places) - len(missing)} đơn vị đã có …")
    rows = [
        Place(
            uid=planned.uid,
            level=planned.level,
            valid_from=planned.states[0].valid_from,
            valid_to=planned.states[-1].valid_to,
        )
        for planned in missing
    ]
    ids |= {row.uid: row.pk for row in Place.objects.bulk_create(rows, batch_size=_BATCH)}
    states = _write_states(plan, ids, {planned.uid for planned in missing})
    progress(f"Ghi {states} trạng thái …")
    successions = _write_successions(plan, ids)
    progress(f"Ghi {successions} quan hệ kế tiếp …")
    changes = sum(carry_out(change, by=by, at=at) for change in read_changes())
    progress(f"Ghi {changes} thay đổi sau 01/7/2025.")
    loaded = Loaded(len(missing), states, successions, changes)
    if any((loaded.places, loaded.successions)):
        _count_afresh()
        nation = Place.objects.get(pk=ids[plan.places[0].uid])
        detail = {
            "places": loaded.places,
            "states": states,
            "successions": successions,
            "source": plan.source,
        }
        write_event(
            by=by, deed="territory.load_units", subject=nation, at=at, place_id=nation.pk, detail=detail
        )
    return loaded


def _count_afresh() -> None:
    """Tell the database how full the tables are: a search planned for empty ones takes seconds, not milliseconds."""
    with connection.cursor() as cursor:
        for model in (Place, PlaceState, Succession):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _write_states(plan: Plan, ids: dict[uuid.UUID, int], missing: set[uuid.UUID]) -> int:
    """The states of the missing places. Parents come first in the plan, so their paths are known."""
    place_ids = {planned.key: ids[planned.uid] for planned in plan.places}
    path_of: dict[str, str] = {"": ""}
    rows = []
    for planned in plan.places:
        place_id = place_ids[planned.key]
        path_of[planned.key] = path_below(path_of[planned.states[0].parent], place_id)
        if planned.uid not in missing:
            continue
        rows += [
            PlaceState(
                place_id=place_id,
                valid_from=state.valid_from,
                valid_to=state.valid_to,
                name=state.name,
                kind=state.kind,
                official_code=state.code,
                parent_id=place_ids[state.parent] if state.parent else None,
                path=path_below(path_of[state.parent], place_id),
                region=state.region,
                instrument=state.instrument,
                source=state.source,
                **names.written_forms(state.kind, state.name),
            )
            for state in planned.states
        ]
    PlaceState.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)


def _write_successions(plan: Plan, ids: dict[uuid.UUID, int]) -> int:
    place_ids = {planned.key: ids[planned.uid] for planned in plan.places}
    there = set(Succession.objects.filter(on=REFORM).values_list("predecessor_id", "successor_id"))
    rows = [
        Succession(
            predecessor_id=place_ids[planned.predecessor],
            successor_id=place_ids[planned.successor],
            on=REFORM,
            kind=planned.kind,
            instrument=INSTRUMENT,
            source=planned.source,
        )
        for planned in plan.successions
    ]
    rows = [row for row in rows if (row.predecessor_id, row.successor_id) not in there]
    Succession.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)

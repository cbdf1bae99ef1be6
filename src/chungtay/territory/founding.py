"""Founding and describing many places at once: for lists brought in whole, one audit event a batch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import names, policies
from chungtay.territory.holding import hold
from chungtay.territory.lines import Stretch, line_of
from chungtay.territory.models import Level, Place, PlaceState, Succession
from chungtay.territory.paths import path_below

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to found from when its parent began.

    parent: a place id. successor: where it went when its parent was divided; None where it need not be said.
    classes: None when nobody recorded them.
    """

    uid: UUID
    name: str
    kind: str
    parent: int
    code: str = ""
    classes: tuple[str, ...] | None = None
    successor: int | None = None


@transaction.atomic
def found_places(
    *, by: Actor, at: datetime, level: str, places: Sequence[NewPlace], source: str
) -> dict[UUID, int]:
    """Record a list of places, whole or not at all; those already there by uid are left. Returns all ids by uid.

    Each goes on as `found_place` has it: along its parent's moves and to its whole successor. Faults name the row, 1
    being the first of `places`.
    """
    parents = hold({each.parent for each in places})
    ids = dict(Place.objects.filter(uid__in=[each.uid for each in places]).values_list("uid", "pk"))
    lines = _lines(places)
    taken = _names_taken(parents)
    faults: list[Fault] = []
    ready: list[tuple[NewPlace, list[Stretch]]] = []
    for row, each in enumerate(places, start=1):
        if each.uid in ids:
            continue
        try:
            name, kind = policies.worded(each.name, each.kind)
            policies.check_levels(parents[each.parent], level)
            line = lines[each.parent, each.successor]
            policies.check_parent_lives(parents[each.parent], line, None)
        except Refusal as refusal:
            faults += [replace(fault, row=row) for fault in refusal.faults]
            continue
        twin = (each.parent, kind, name.casefold())
        if twin in taken:
            sentence = _("Nơi bên trên đã có %(place)s. Hãy ghi tên khác, hoặc bỏ dòng này.")
            sentence %= {"place": names.full(kind, name)}
            faults.append(Fault(sentence, "name", row))
        taken.add(twin)
        ready.append((replace(each, name=name, kind=kind), line))
    if faults:
        raise Refusal(*faults)
    if not ready:
        return ids
    rows = Place.objects.bulk_create([Place(uid=each.uid, level=level) for each, _line in ready], _BATCH)
    ids |= {row.uid: row.pk for row in rows}
    PlaceState.objects.bulk_create(
        (state for each, line in ready for state in _states(each, ids[each.uid], line, source)), _BATCH
    )
    _write_event(by, at, "territory.found_places", {"level": level, "places": len(ready), "source": source})
    return ids


@transaction.atomic
def describe_places(*, by: Actor, at: datetime, classes: Mapping[int, tuple[str, ...]], source: str) -> int:
    """Record the classes of places of which nobody had recorded any, for all their days. Returns how many places."""
    hold(classes)
    states = list(PlaceState.objects.filter(place_id__in=classes, classes__isnull=True))
    for state in states:
        state.classes = list(classes[state.place_id])
        state.source = f"{state.source}; {source}" if state.source else source
    PlaceState.objects.bulk_update(states, ["classes", "source"], batch_size=200)
    described = {state.place_id for state in states}
    if described:
        detail = {"places": len(described), "source": source}
        _write_event(by, at, "territory.describe_places", detail)
    return len(described)


def _lines(places: Iterable[NewPlace]) -> dict[tuple[int, int | None], list[Stretch]]:
    """Where children of each parent belong, by parent and the successor they went to."""
    lines: dict[tuple[int, int | None], list[Stretch]] = {}
    for parent, successor in {(each.parent, each.successor) for each in places}:
        line = line_of(parent, None)
        if successor is not None and line and (ended := line[-1].valid_to) is not None:
            line = line + _following(line[-1].parent_id, successor, ended)
        lines[parent, successor] = line
    return lines


def _following(parent: int, successor: int, on: date) -> list[Stretch]:
    step = Succession.objects.filter(predecessor_id=parent, successor_id=successor, on=on).first()
    if step is None:
        return []
    line = line_of(successor, on)
    return [replace(line[0], instrument=step.instrument), *line[1:]] if line else []


def _names_taken(parents: Iterable[int]) -> set[tuple[int, str, str]]:
    """Kind and name of every child the parents have had from their own beginning, for which twins are looked up."""
    rows = PlaceState.objects.filter(parent_id__in=list(parents), valid_from__isnull=True)
    return {
        (parent, kind, name.casefold())
        for parent, kind, name in rows.values_list("parent_id", "kind", "name")
    }


def _states(each: NewPlace, place_id: int, line: list[Stretch], source: str) -> Iterator[PlaceState]:
    """The states of one new place; later ones bear the instrument of what moved the places above."""
    forms = names.written_forms(each.kind, each.name)
    for number, stretch in enumerate(line):
        yield PlaceState(
            place_id=place_id,
            name=each.name,
            kind=each.kind,
            official_code=each.code,
            classes=None if each.classes is None else list(each.classes),
            valid_from=stretch.valid_from,
            valid_to=stretch.valid_to,
            parent_id=stretch.parent_id,
            path=path_below(stretch.parent_path, place_id),
            instrument=stretch.instrument if number else "",
            source=source,
            **forms,
        )


def _write_event(by: Actor, at: datetime, deed: str, detail: dict[str, object]) -> None:
    nation = Place.objects.get(level=Level.NATION)
    write_event(by=by, deed=deed, subject=nation, at=at, place_id=nation.pk, detail=detail)

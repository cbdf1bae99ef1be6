"""Deeds on places: founding one, changing it, following what became of its parent.

Merging, absorbing, splitting and abolishing stand in `reorganising`, founding many at once in `founding`; both are
part of this door.

Each deed is atomic, names who did it and when, and leaves an audit event in the same transaction.
"""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import names, policies
from chungtay.territory.changes import amend_states, begin_place, extend_subtree, move_subtree
from chungtay.territory.endings import Part
from chungtay.territory.founding import NewPlace, describe_places, found_places
from chungtay.territory.holding import hold
from chungtay.territory.lines import line_of
from chungtay.territory.models import Place, PlaceState, Succession
from chungtay.territory.paths import path_below
from chungtay.territory.place_view import PlaceView
from chungtay.territory.queries import as_of, latest, states_of
from chungtay.territory.reorganising import abolish_place, absorb_places, merge_places, split_place

__all__ = [
    "NewPlace",
    "Part",
    "abolish_place",
    "absorb_places",
    "change_place",
    "describe_places",
    "follow_successor",
    "found_place",
    "found_places",
    "merge_places",
    "split_place",
]


@transaction.atomic
def found_place(
    *,
    name: str,
    kind: str,
    level: str,
    parent: int,
    valid_from: date | None,
    by: Actor,
    at: datetime,
    instrument: str = "",
    source: str = "",
    uid: uuid.UUID | None = None,
) -> PlaceView:
    """Record a place below another and return it as it first was.

    kind: in Vietnamese, small letters: "xóm". parent: a place id. valid_from: None when nobody knows.
    uid: made on the sender's device; sending it twice changes nothing.
    When the parent has moved, or ended with one whole successor, the later states are written too.
    """
    above = hold([parent])[parent]
    if uid is not None and (sent := Place.objects.filter(uid=uid).first()):
        return states_of(sent.pk)[0]
    name, kind = policies.worded(name, kind)
    policies.check_levels(above, level)
    line = line_of(parent, valid_from)
    policies.check_parent_lives(above, line, valid_from)
    policies.check_no_twin(name, kind, line[0])
    place = begin_place(
        level=level,
        name=name,
        kind=kind,
        line=line,
        valid_from=valid_from,
        instrument=instrument,
        source=source,
        uid=uid,
    )
    detail = {
        "name": name,
        "kind": kind,
        "level": str(level),
        "parent": parent,
        "valid_from": _iso(valid_from),
    }
    write_event(by=by, deed="territory.found_place", subject=place, at=at, place_id=place.pk, detail=detail)
    return states_of(place.pk)[0]


@transaction.atomic
def change_place(
    *,
    place: int,
    on: date,
    by: Actor,
    at: datetime,
    name: str | None = None,
    kind: str | None = None,
    parent: int | None = None,
    code: str | None = None,
    region: str | None = None,
    group: str | None = None,
    classes: list[str] | None = None,
    instrument: str = "",
    source: str = "",
) -> PlaceView:
    """From `on`, the place is what is given here; None leaves a thing as it was. Returns it as of `on`.

    Closes the state of that day and opens a new one; where a state begins on `on`, that one is amended. What is given
    carries on into later states until a later change had already set something else. A new parent moves everything
    below as well; it is refused when the place has later states, whose parents would contradict it.
    """
    places = hold([place] if parent is None else [place, parent])
    held = places[place]
    before = as_of(place, on)
    given = {
        "kind": kind,
        "official_code": code,
        "region": region,
        "commune_group": group,
        "classes": classes,
    }
    wanted: dict[str, Any] = {field: value for field, value in given.items() if value is not None}
    if name is not None or kind is not None:
        wanted["name"], wanted["kind"] = policies.worded(
            before.name if name is None else name, kind or before.kind
        )
    now: dict[str, Any] = {
        "name": before.name,
        "kind": before.kind,
        "official_code": before.code,
        "region": before.region,
        "commune_group": before.group,
        "classes": None if before.classes is None else list(before.classes),
    }
    changed = {field: value for field, value in wanted.items() if now[field] != value}
    if changed:
        amend_states(place, on, changed, instrument=instrument, source=source)
    if moved := parent is not None and parent != before.parent_id:
        _move(held, places[parent], on, instrument, source)
    if changed or moved:
        was = {field: now[field] for field in changed}
        if moved:
            was["parent"], changed["parent"] = before.parent_id, parent
        detail = {"on": on.isoformat(), "instrument": instrument, "from": was, "to": changed}
        write_event(by=by, deed="territory.change_place", subject=held, at=at, place_id=place, detail=detail)
    return as_of(place, on)


@transaction.atomic
def follow_successor(
    *, place: int, successor: int, by: Actor, at: datetime, instrument: str = ""
) -> PlaceView:
    """Say which successor of its ended parent a place went to, with everything below it. Returns it as of that day.

    Needed only where the parent was divided: a single whole successor is followed by itself.
    """
    held = hold([place, successor])[place]
    last = latest(place)
    if last.valid_to is None or held.valid_to is not None or last.parent_id is None:
        sentence = _("%(place)s không chờ nơi kế tiếp nào, nên không có gì để ghi.")
        raise Refusal(sentence % {"place": names.opening(last.full_name)})
    step = Succession.objects.filter(
        predecessor_id=last.parent_id, successor_id=successor, on=last.valid_to
    ).first()
    if step is None:
        sentence = _(
            "Nơi này không kế tiếp %(above)s từ ngày %(day)s. Hãy chọn một trong các nơi kế tiếp đã ghi."
        )
        told = {"above": last.address.split(", ")[0], "day": day_words(last.valid_to)}
        raise Refusal(Fault(sentence % told, field="successor"))
    line = line_of(successor, last.valid_to)
    extend_subtree(last.path, last.valid_to, line, instrument or step.instrument)
    detail = {
        "successor": successor,
        "on": last.valid_to.isoformat(),
        "instrument": instrument or step.instrument,
    }
    write_event(by=by, deed="territory.follow_successor", subject=held, at=at, place_id=place, detail=detail)
    return as_of(place, last.valid_to)


def _move(place: Place, above: Place, on: date, instrument: str, source: str) -> None:
    policies.check_levels(above, place.level)
    target, current = as_of(above.pk, on), as_of(place.pk, on)
    if f"/{place.pk}/" in target.path:
        raise Refusal(Fault(_("Không thể đặt một nơi vào bên trong chính nó."), field="parent"))
    later = PlaceState.objects.filter(place_id=place.pk, valid_from__gt=on).first()
    if later is not None and later.valid_from is not None:
        sentence = _(
            "Đã ghi một thay đổi của %(place)s từ ngày %(day)s. Hãy ghi nơi bên trên mới từ ngày đó trở đi."
        )
        told = {"place": current.full_name, "day": day_words(later.valid_from)}
        raise Refusal(Fault(sentence % told, field="on"))
    if line_of(above.pk, on)[0].valid_to is not None:
        sentence = _("%(place)s đã thay đổi sau ngày %(day)s. Hãy chọn nơi bên trên của ngày gần đây hơn.")
        told = {"place": names.opening(target.full_name), "day": day_words(on)}
        raise Refusal(Fault(sentence % told, field="parent"))
    move_subtree(
        current.path, path_below(target.path, place.pk), above.pk, on, instrument=instrument, source=source
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

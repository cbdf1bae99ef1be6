"""Deeds that end places: merging, absorbing, splitting, abolishing. Each rests on a document and is one audit event.

What was recorded under an ended place stays there; its old name leads on by `queries.current_of`. What stood below goes
on under the heir from the day on, with what had been written of it since. Names that meet in the heir are no fault.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import ending_policies as may
from chungtay.territory import policies
from chungtay.territory.endings import (
    Held,
    Part,
    Told,
    begin_heirs,
    carry_below,
    children_from,
    end_places,
    read_held,
    write_successions,
)
from chungtay.territory.holding import hold
from chungtay.territory.models import Place, Succession, SuccessionKind
from chungtay.territory.place_view import PlaceView
from chungtay.territory.queries import as_of, latest, successors


@transaction.atomic
def merge_places(
    *,
    places: Sequence[int],
    into_name: str,
    kind: str,
    on: date,
    instrument: str,
    by: Actor,
    at: datetime,
    code: str = "",
    parent: int | None = None,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> PlaceView:
    """Two or more places of one level end on `on` and a new one begins; returns it as it first was.

    parent: needed only where they have no common one. uid: made on the sender's device; sending twice changes nothing.
    """
    told = Told(on, may.document(instrument), source)
    may.check_enough(places)
    ids = sorted(set(places))
    locked = hold(ids if parent is None else [*ids, parent])
    if sent := _sent_before([uid], ids, on):
        return as_of(sent[0], on)
    part = _worded(Part(into_name, kind, code=code, uid=uid))
    ended = read_held(locked, ids, on)
    may.check_one_level(ended, "places")
    may.check_may_end(ended, on)
    may.check_apart(ended, on)
    line = may.line_of_merged(ended, None if parent is None else locked[parent], on)
    children = children_from(ended, on)
    end_places(ended, on)
    (heir,) = begin_heirs([part], ended, line, told)
    carry_below(ended, dict.fromkeys(children, heir.pk), {heir.pk: line}, told)
    write_successions([(each.id, heir.pk) for each in ended], SuccessionKind.WHOLE, told)
    detail = {"places": _named(ended), "name": part.name, "kind": part.kind, "parent": line[0].parent_id}
    _write("territory.merge_places", heir, told, detail, by, at)
    return as_of(heir.pk, on)


@transaction.atomic
def absorb_places(
    *,
    place: int,
    absorbed: Sequence[int],
    on: date,
    instrument: str,
    by: Actor,
    at: datetime,
    source: str = "",
) -> PlaceView:
    """`place` goes on and takes in others of its level whole, which end on `on`. Returns it as of that day.

    For where the document lets one place go on; where it makes a new one of all, merge. Sending twice changes nothing.
    """
    told = Told(on, may.document(instrument), source)
    ids = sorted(set(absorbed))
    if not ids or place in ids:
        raise Refusal(Fault(_("Hãy chọn ít nhất một nơi khác để nhập vào nơi này."), field="absorbed"))
    locked = hold([place, *ids])
    done = Succession.objects.filter(
        predecessor_id__in=ids, successor_id=place, on=on, kind=SuccessionKind.WHOLE
    )
    if done.count() == len(ids):
        return as_of(place, on)
    heir, *ended = read_held(locked, [place, *ids], on)
    may.check_one_level([heir, *ended], "absorbed")
    may.check_may_end(ended, on)
    may.check_apart(ended, on)
    may.check_may_absorb(heir, ended, on)
    may.check_only_followed(ended, on)
    children = dict.fromkeys(children_from(ended, on), heir.id)
    end_places(ended, on)
    carry_below(ended, children, {heir.id: heir.line}, told)
    write_successions([(each.id, heir.id) for each in ended], SuccessionKind.WHOLE, told)
    _write("territory.absorb_places", heir.place, told, {"absorbed": _named(ended)}, by, at)
    return as_of(place, on)


@transaction.atomic
def split_place(
    *,
    place: int,
    parts: Sequence[Part],
    on: date,
    instrument: str,
    by: Actor,
    at: datetime,
    source: str = "",
) -> tuple[PlaceView, ...]:
    """The place ends on `on` and the parts begin, in that order; every place directly below goes to exactly one.

    With a uid in every part, sending twice changes nothing.
    """
    told = Told(on, may.document(instrument), source)
    locked = hold([place])
    if sent := _sent_before([part.uid for part in parts], [place], on):
        return tuple(as_of(part, on) for part in sent)
    parts = [_worded(part) for part in parts]
    (ended,) = read_held(locked, [place], on)
    may.check_may_end([ended], on)
    may.check_shared_out(ended.full_name, children_from([ended], on), [part.children for part in parts])
    end_places([ended], on)
    heirs = begin_heirs(parts, [ended], ended.line, told)
    heir_of = {child: heir.pk for heir, part in zip(heirs, parts, strict=True) for child in part.children}
    carry_below([ended], heir_of, {heir.pk: ended.line for heir in heirs}, told)
    write_successions([(place, heir.pk) for heir in heirs], SuccessionKind.PART, told)
    shares = [
        {"id": heir.pk, "name": part.name, "kind": part.kind, "children": sorted(part.children)}
        for heir, part in zip(heirs, parts, strict=True)
    ]
    _write("territory.split_place", ended.place, told, {"parts": shares}, by, at)
    return tuple(as_of(heir.pk, on) for heir in heirs)


@transaction.atomic
def abolish_place(
    *, place: int, on: date, instrument: str, by: Actor, at: datetime, source: str = ""
) -> PlaceView:
    """The place ends on `on` and nothing follows it; returns it as it last was. Sending twice changes nothing."""
    told = Told(on, may.document(instrument), source)
    locked = hold([place])
    if locked[place].valid_to == on and not successors(place):
        return latest(place)
    (ended,) = read_held(locked, [place], on)
    may.check_may_end([ended], on)
    may.check_only_followed([ended], on)
    may.check_nothing_below(ended, children_from([ended], on))
    end_places([ended], on)
    _write("territory.abolish_place", ended.place, told, {"name": ended.full_name}, by, at)
    return latest(place)


def _worded(part: Part) -> Part:
    name, kind = policies.worded(part.name, part.kind)
    return Part(name, kind, part.children, may.coded(part.code), part.uid)


def _sent_before(uids: Sequence[uuid.UUID | None], ended: Iterable[int], on: date) -> list[int]:
    """The places this very deed made when it was sent before, in order; refused when the ids belong to other ones."""
    given = [uid for uid in uids if uid]
    known = dict(Place.objects.filter(uid__in=given).values_list("uid", "pk"))
    if not known and len(set(given)) == len(given):
        return []
    found = [known[uid] for uid in uids if uid in known]
    made = Succession.objects.filter(predecessor_id__in=ended, successor_id__in=found, on=on).count()
    if len(found) == len(uids) and made == len(set(ended)) * len(found):
        return found
    raise Refusal(_("Mã gửi lên đã dùng cho nơi khác. Hãy gửi lại với mã mới."))


def _named(held: Iterable[Held]) -> list[dict[str, object]]:
    return [{"id": each.id, "name": each.full_name} for each in held]


def _write(deed: str, subject: Place, told: Told, detail: dict[str, object], by: Actor, at: datetime) -> None:
    detail = {"on": told.on.isoformat(), "instrument": told.instrument, **detail}
    write_event(by=by, deed=deed, subject=subject, at=at, place_id=subject.pk, detail=detail)

"""Deeds on assets: adding one, changing or correcting what is said of it, closing it, opening it again; borders."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.registers.amenities import policies
from chungtay.registers.amenities.describing import said, written
from chungtay.registers.amenities.feeding import push_figures
from chungtay.registers.amenities.models import Asset, Border, Description, Ending
from chungtay.registers.amenities.policies import IMPORT, KEEP
from chungtay.registers.amenities.schedules import add_broadcast, end_broadcast
from chungtay.registers.geo import checking, measuring
from rulebook import Mark

__all__ = [
    "add",
    "add_broadcast",
    "bring_border",
    "change",
    "close",
    "end_broadcast",
    "push_figures",
    "reopen",
    "strike_out",
]


@transaction.atomic
def add(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    name: str,
    geometry: dict[str, Any] | None = None,
    attributes: Mapping[str, object] | None = None,
    state: str = "",
    since: date | None = None,
    source: str = "",
    mark: Mark = Mark.MEASURED,
    is_public: bool | None = None,
    part_of: int | None = None,
    uid: uuid.UUID | None = None,
) -> Asset:
    """Put a thing into the register. since: None where nobody knows. is_public: None is as usual for its kind.

    attributes: by the names of the kind, as exact values or as typed. A uid sent twice is one asset.
    """
    check_acts_for(by, KEEP, place_id)
    known = policies.kind_of(kind)
    again = Asset.objects.filter(uid=uid).first() if uid else None
    if again is not None:
        policies.check_uid((again.place_id, again.kind) == (place_id, kind))
        return again
    found = said(place_id, known, name, geometry, attributes or {}, state, source, mark, is_public)
    faults = found.faults + policies.faults_of_life_at(place_id, since, policies.today_of(at))
    faults += _faults_of_part(part_of, place_id)
    faults += policies.faults_of_code(found.code, place_id)
    policies.refuse_if(faults)
    row = Asset.objects.create(
        uid=uid or uuid.uuid4(), place_id=place_id, kind=kind, since=since, part_of_id=part_of
    )
    Description.objects.create(asset=row, **found.columns, **written(by, at))
    detail = {"kind": kind, "name": found.columns["name"]}
    write_event(by=by, deed="registers.add_asset", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def change(
    *,
    by: Actor,
    at: datetime,
    asset_id: int,
    name: str,
    geometry: dict[str, Any] | None,
    attributes: Mapping[str, object],
    state: str = "",
    since: date | None = None,
    source: str = "",
    mark: Mark = Mark.MEASURED,
    is_public: bool | None = None,
    part_of: int | None = None,
    on: date | None = None,
    reason: str = "",
    uid: uuid.UUID | None = None,
) -> Description:
    """Say anew all that is said of an asset: from day `on` when it changed, or None to correct what was wrong.

    The old description stays and is what holds of the days before `on`. A correction says its reason. What says the
    same as before writes nothing.
    """
    asset = _held(by, asset_id, uid)
    if isinstance(asset, Description):
        return asset
    policies.check_stands(asset)
    known, today = policies.kind_of(asset.kind), policies.today_of(at)
    before = _current(asset)
    found = said(asset.place_id, known, name, geometry, attributes, state, source, mark, is_public)
    faults = found.faults + policies.faults_of_life_at(asset.place_id, since, today)
    faults += _faults_of_part(part_of, asset.place_id, but=asset.pk)
    faults += policies.faults_of_code(found.code, asset.place_id, but=asset.pk)
    faults += policies.faults_of_reason(reason, needed=False)
    if on is not None:
        faults += policies.faults_of_change(on, today, since, before.holds_from)
    same = found.same_as(before) and (asset.since, asset.part_of_id) == (since, part_of)
    if not same and on is None and not reason.strip():
        faults.append(Fault(_("Hãy ghi lý do sửa, để người sau hiểu vì sao."), "reason"))
    policies.refuse_if(faults)
    if same:
        return before
    old_life = asset.since
    asset.since, asset.part_of_id = since, part_of
    asset.save(update_fields=["since", "part_of"])
    row = Description.objects.create(
        asset=asset,
        holds_from=before.holds_from if on is None else on,
        reason=clean(reason),
        **found.columns,
        **written(by, at, uid),
    )
    write_event(
        by=by,
        deed="registers.correct_asset" if on is None else "registers.change_asset",
        subject=asset,
        at=at,
        place_id=asset.place_id,
        detail={"kind": asset.kind, "name": row.name, "reason": row.reason},
        before=_told(before, old_life),
        after=_told(row, since),
    )
    return row


@transaction.atomic
def close(
    *,
    by: Actor,
    at: datetime,
    asset_id: int,
    on: date,
    reason: str,
    source: str = "",
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> Ending:
    """The thing is no more from that day: taken down, replaced, given away. It stays readable."""
    asset = _ending(by, asset_id, uid)
    if isinstance(asset, Ending):
        return asset
    policies.check_stands(asset)
    faults = policies.faults_of_closing(on, policies.today_of(at), asset.since)
    faults += policies.faults_of_reason(reason) + policies.faults_of_origin(mark, source)
    policies.refuse_if(faults)
    told = {"on": on, "reason": clean(reason), "source": clean(source), "mark": mark}
    return _end(by, at, asset, "registers.close_asset", uid, **told)


@transaction.atomic
def strike_out(
    *, by: Actor, at: datetime, asset_id: int, reason: str, uid: uuid.UUID | None = None
) -> Ending:
    """What was written in error never stood, on any day. It stays readable with the reason."""
    asset = _ending(by, asset_id, uid)
    if isinstance(asset, Ending):
        return asset
    policies.check_stands(asset)
    policies.refuse_if(policies.faults_of_reason(reason))
    return _end(by, at, asset, "registers.strike_asset", uid, is_strike=True, reason=clean(reason))


@transaction.atomic
def reopen(*, by: Actor, at: datetime, asset_id: int, reason: str, uid: uuid.UUID | None = None) -> Ending:
    """What was closed or struck out by mistake stands again, as if that had not been done."""
    asset = _ending(by, asset_id, uid)
    if isinstance(asset, Ending):
        return asset
    if asset.until is None and not asset.is_struck:
        raise Refusal(_("Mục này đang có trong sổ, không cần mở lại."))
    policies.refuse_if(policies.faults_of_reason(reason))
    return _end(by, at, asset, "registers.reopen_asset", uid, reason=clean(reason))


@transaction.atomic
def bring_border(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    on: date,
    geometry: dict[str, Any],
    source: str,
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> Border:
    """The border of a place as an office holds it, from that day; the source names the paper or the map."""
    check_acts_for(by, IMPORT, place_id)
    if uid is not None and (again := Border.objects.filter(uid=uid).first()) is not None:
        policies.check_uid(again.place_id == place_id)
        return again
    faults = policies.faults_of_border(geometry, place_id)
    faults += policies.faults_of_day_of_border(on, policies.today_of(at), place_id)
    faults += policies.faults_of_origin(mark, source)
    if not source.strip():
        faults.append(Fault(_("Hãy ghi nguồn của địa giới: bản đồ, văn bản nào."), "source"))
    policies.refuse_if(faults)
    kept, _changed = checking.settled(geometry)
    area = measuring.area_m2(kept)
    assert area is not None  # a border is an area
    row = Border.objects.create(
        place_id=place_id,
        on=on,
        geometry=kept,
        area_dm2=int(area * 10),
        **written(by, at, uid),
        mark=mark,
        source=clean(source),
    )
    detail = {"on": on.isoformat(), "source": row.source, "area_m2": str(area)}
    write_event(by=by, deed="registers.bring_border", subject=row, at=at, place_id=place_id, detail=detail)
    return row


def _faults_of_part(part_of: int | None, place_id: int, but: int | None = None) -> list[Fault]:
    if part_of is None:
        return []
    if part_of != but and Asset.objects.filter(pk=part_of, place_id=place_id, part_of=None).exists():
        return []
    return [Fault(_("Hãy chọn một công trình của chính nơi này mà thiết bị đặt ở trong."), "part_of")]


def _row(asset_id: int, *, lock: bool = False) -> Asset:
    rows = Asset.objects.filter(pk=asset_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound(_("Không có mục này trong sổ hạ tầng. Hãy tìm lại trong danh sách."))
    return row


def _held(by: Actor, asset_id: int, uid: uuid.UUID | None) -> Asset | Description:
    """The asset, held until the deed is done; the description that was sent already under that id instead."""
    check_acts_for(by, KEEP, _row(asset_id).place_id)
    if uid is not None and (again := Description.objects.filter(uid=uid).first()) is not None:
        policies.check_uid(again.asset_id == asset_id)
        return again
    return _row(asset_id, lock=True)


def _current(asset: Asset) -> Description:
    row = Description.objects.filter(asset=asset).order_by("-holds_from", "-pk").first()
    assert row is not None  # made together with the asset
    return row


def _ending(by: Actor, asset_id: int, uid: uuid.UUID | None) -> Asset | Ending:
    """The asset, held until the deed is done; the ending that was sent already under that id instead."""
    check_acts_for(by, KEEP, _row(asset_id).place_id)
    if uid is not None and (again := Ending.objects.filter(uid=uid).first()) is not None:
        policies.check_uid(again.asset_id == asset_id)
        return again
    return _row(asset_id, lock=True)


def _end(by: Actor, at: datetime, asset: Asset, deed: str, uid: uuid.UUID | None, **told: Any) -> Ending:
    row = Ending.objects.create(asset=asset, **({"mark": Mark.MEASURED} | told), **written(by, at, uid))
    before = {"until": asset.until and asset.until.isoformat(), "is_struck": asset.is_struck}
    asset.until, asset.is_struck = row.on, row.is_strike
    asset.save(update_fields=["until", "is_struck"])
    write_event(
        by=by,
        deed=deed,
        subject=asset,
        at=at,
        place_id=asset.place_id,
        detail={"kind": asset.kind, "name": _current(asset).name, "reason": row.reason},
        before=before,
        after={"until": row.on and row.on.isoformat(), "is_struck": row.is_strike},
    )
    return row


def _told(row: Description, since: date | None) -> dict[str, Any]:
    """What a change changes, for the trail; of the geometry only its length and area."""
    told = {name: getattr(row, name) for name in ("name", "state", "attributes", "length_cm", "area_dm2")}
    return told | {"since": since and since.isoformat(), "is_public": row.is_public, "mark": row.mark}

"""Entering a record, correcting it by a newer row, closing it on a day, striking out what was entered in error."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_life
from chungtay.community.recorded import STANDING, faults_of_origin, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.registers.livelihood import policies
from chungtay.registers.livelihood.kinds import KINDS, Kind, as_plain, told_by
from chungtay.registers.livelihood.models import THOUSAND, IncomeSurvey, Kept, Producer
from chungtay.territory.holding import hold_place
from rulebook import Mark

REASON: Final = 300


@transaction.atomic
def enter(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    told: Mapping[str, Any],
    producer_id: int | None = None,
    by_source: Mapping[str, Decimal] | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> int:
    """Enter a record of a kind and give its id. Sent twice with one uid it is written once.

    told: facts by name, see `kinds`; a missing one is not known. producer_id: whose it is. by_source: of an
    income survey, million đồng a person by source.
    """
    check_acts_for(by, policies.KEEP, place_id)
    known, today = KINDS[kind], timezone.localdate(at)
    if row := known.model.objects.filter(uid=uid).first() if uid else None:
        return _same(row, place_id, known, told)
    facts = {fact.name: told.get(fact.name) for fact in known.facts}
    faults = faults_of_origin(mark, source) + policies.faults_of(known, facts, today)
    faults += policies.faults_of_by_source(by_source or {}, facts.get("mean"))
    faults += _faults_of_producer(known, producer_id) + faults_of_life(place_id, today, today, "place")
    if faults:
        raise Refusal(*faults)
    hold_place(place_id)
    columns = _columns(known, facts, producer_id, by_source)
    row = known.model.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip()), **columns
    )
    detail = {"kind": kind, "facts": as_plain(facts), "producer": producer_id}
    write_event(
        by=by, deed="registers.enter_livelihood", subject=row, at=at, place_id=place_id, detail=detail
    )
    return int(row.pk)


@transaction.atomic
def correct(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    record_id: int,
    told: Mapping[str, Any],
    reason: str,
    producer_id: int | None = None,
    by_source: Mapping[str, Decimal] | None = None,
    mark: Mark | None = None,
    source: str | None = None,
    seen: int | None = None,
    uid: uuid.UUID | None = None,
) -> int:
    """Put a record right by a newer row that says why; the older one stays readable. Gives the newer row's id.

    told: every fact as it is to stand. mark, source: None keeps them. seen: the row the writer looked at, so that
    nothing somebody wrote since is undone unseen.
    """
    known = KINDS[kind]
    row = newest(kind, record_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    if again := known.model.objects.filter(uid=uid).first() if uid else None:
        return int(again.pk)
    check_seen(row, seen)
    facts = {fact.name: told.get(fact.name) for fact in known.facts}
    mark, source = mark or Mark(row.mark), row.source if source is None else source
    faults = faults_of_origin(mark, source) + policies.faults_of(known, facts, timezone.localdate(at))
    faults += policies.faults_of_by_source(by_source or {}, facts.get("mean"))
    faults += _faults_of_producer(known, producer_id)
    faults += policies.faults_of_text(reason, REASON, _("Lý do sửa"), "reason", required=True)
    if faults:
        raise Refusal(*faults)
    changes = {**_columns(known, facts, producer_id, by_source), "mark": mark.value, "source": source.strip()}
    before = told_by(row, known)
    new = _supersede(row, by, at, uid, reason, **changes)
    write_event(
        by=by,
        deed="registers.correct_livelihood",
        subject=new,
        at=at,
        place_id=row.place_id,
        detail={"kind": kind, "record": new.key, "reason": reason.strip()},
        before=as_plain(before),
        after=as_plain(facts),
    )
    return int(new.pk)


@transaction.atomic
def close(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    record_id: int,
    on: date,
    reason: str,
    uid: uuid.UUID | None = None,
) -> int:
    """Say that a record is no more from a day on. Gives the id of the row that says so."""
    row = newest(kind, record_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    if uid and type(row)._default_manager.filter(uid=uid).exists():
        return int(row.pk)
    check_open(row)
    faults = policies.faults_of_text(reason, REASON, _("Lý do"), "reason", required=True)
    faults += faults_of_day(on, timezone.localdate(at), _("Ngày thôi"), "on")
    if faults:
        raise Refusal(*faults)
    new = _supersede(row, by, at, uid, reason, closed_on=on, closed_reason=reason.strip())
    write_event(
        by=by,
        deed="registers.close_livelihood",
        subject=new,
        at=at,
        place_id=row.place_id,
        detail={"kind": kind, "record": new.key, "on": on.isoformat(), "reason": reason.strip()},
    )
    return int(new.pk)


@transaction.atomic
def strike(*, by: Actor, at: datetime, kind: str, record_id: int, reason: str) -> None:
    """Strike out a record entered in error, with all its corrections; it stays readable in the trail."""
    row = newest(kind, record_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="registers.strike_livelihood")


def newest(kind: str, record_id: int) -> Any:
    """The row of a record that stands, held until the deed is done; NotFound when there is none."""
    model = KINDS[kind].model
    rows = model.objects.select_for_update(of=("self",)).filter(STANDING, replaced_at=None)
    row = rows.filter(root_id=record_id).first() or rows.filter(pk=record_id, root=None).first()
    if row is None:
        raise NotFound(_("Không có bản ghi này, hoặc nó đã bị gạch bỏ. Hãy mở lại danh sách."))
    return row


def check_open(row: Kept) -> None:
    if row.closed_on is not None:
        raise Refusal(_("Bản ghi này đã khép lại. Ghi nhầm thì hãy sửa hoặc gạch bỏ."))


def check_seen(row: Kept, seen: int | None) -> None:
    """Refuse to write over what somebody else wrote since the writer looked."""
    if seen is not None and seen != row.pk:
        sentence = _("Bản ghi vừa được %(by)s sửa sau khi bạn mở trang. Hãy tải lại, xem rồi sửa tiếp.")
        raise Refusal(sentence % {"by": row.by_label})


def _supersede(
    row: Kept, by: Actor, at: datetime, uid: uuid.UUID | None, reason: str, **changes: Any
) -> Kept:
    """A newer row that says all the older one said but what changes."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    row.replaced_at = at
    row.save(update_fields=["replaced_at"])
    said = written(by, at, row.place_id, uid, root_id=row.key, replaced_at=None, reason=reason.strip())
    new: Kept = type(row)._default_manager.create(**{**kept, **said, **changes})
    return new


def _columns(
    kind: Kind, facts: Mapping[str, Any], producer_id: int | None, by_source: Mapping[str, Decimal] | None
) -> dict[str, Any]:
    columns = {fact.stored_in: fact.to_column(facts[fact.name]) for fact in kind.facts}
    if kind.of_producer:
        columns["producer_id"] = producer_id
    if kind.model is IncomeSurvey:
        columns["by_source"] = {code: int(value * THOUSAND) for code, value in (by_source or {}).items()}
    return columns


def _faults_of_producer(kind: Kind, producer_id: int | None) -> list[Fault]:
    """A producer that stands; the first row of its record."""
    if producer_id is None or not kind.of_producer:
        return []
    standing = Producer.objects.filter(STANDING, pk=producer_id, root=None)
    return [] if standing.exists() else [Fault(_("Hãy chọn lại hợp tác xã, tổ hợp tác."), "producer")]


def _same(row: Kept, place_id: int, kind: Kind, told: Mapping[str, Any]) -> int:
    """The record this client id made; refused when it says something else."""
    facts = {fact.stored_in: fact.to_column(told.get(fact.name)) for fact in kind.facts}
    if row.place_id != place_id or any(getattr(row, name) != value for name, value in facts.items()):
        raise Refusal(
            _(
                "Mã gửi này đã dùng cho một bản ghi khác. Không ghi gì. Hãy mở lại trang và ghi bản mới thay vì "
                "gửi lại."
            )
        )
    return row.key

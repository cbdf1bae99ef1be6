"""Deeds on outreach and training: recording a session, keeping a told total, striking either out."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.outreach import policies
from chungtay.community.outreach.filling import fill, totals_over
from chungtay.community.outreach.models import Kind, OutreachSession, Qualifier, ToldTotal
from chungtay.community.recorded import STANDING, faults_of_origin, found, sent_before, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.territory.holding import hold_place, hold_places
from rulebook import Mark
from viet.letters import fold

PERMISSION = "community.record_outreach"


@transaction.atomic
def record_session(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    topic: str,
    organiser: str,
    held_from: date,
    held_to: date | None = None,
    attendances: int | None = None,
    co_organisers: Sequence[str] = (),
    venue: str = "",
    combined_with: str = "",
    material: str = "",
    is_surely_outreach: bool = False,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> OutreachSession:
    """Record one session of outreach or of training. attendances: lượt; None where nobody counted.

    Sending the same uid again returns the record. Refused: a future day, an absurd count, a session of the same topic
    on the same day at the same venue, a training told as outreach (unless `is_surely_outreach`).
    """
    check_acts_for(by, PERMISSION, place_id)
    last = held_to or held_from
    said = {
        "kind": kind,
        "topic": topic.strip(),
        "organiser": organiser.strip(),
        "co_organisers": [each.strip() for each in co_organisers],
        "held_from": held_from,
        "held_to": last,
        "venue": venue.strip(),
        "combined_with": combined_with.strip(),
        "attendances": attendances,
        "material": material.strip(),
    }
    hold_place(place_id)
    if known := sent_before(OutreachSession, uid, place_id, said):
        return known
    faults = faults_of_origin(mark, source)
    if mark is Mark.RECONSTRUCTED:
        faults.append(
            Fault(_("Cuộc dựng lại chỉ do máy làm ra từ một tổng số đã công bố, không ghi tay."), "mark")
        )
    faults += policies.faults_of_session(
        kind=kind,
        topic=topic,
        organiser=organiser,
        co_organisers=co_organisers,
        held_from=held_from,
        held_to=last,
        place_id=place_id,
        venue=venue,
        combined_with=combined_with,
        attendances=attendances,
        material=material,
        is_surely_outreach=is_surely_outreach,
        today=timezone.localdate(at),
    )
    if not faults:
        faults = policies.faults_of_twin(_twin(place_id, kind, held_from, topic, venue))
    if faults:
        raise Refusal(*faults)
    row = OutreachSession.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip(), **said)
    )
    detail = {"kind": kind, "topic": row.topic, "held": held_from.isoformat(), "attendances": attendances}
    write_event(by=by, deed=PERMISSION, subject=row, at=at, place_id=place_id, detail=detail)
    _fill_over(place_id, kind, held_from, last)
    return row


def _twin(place_id: int, kind: str, day: date, topic: str, venue: str) -> OutreachSession | None:
    """A session already on record of that day that cannot be told from this one."""
    same_day = OutreachSession.objects.filter(
        STANDING, place_id=place_id, kind=kind, held_from=day, total=None
    )
    told = fold(topic), fold(venue)
    return next((each for each in same_day if (fold(each.topic), fold(each.venue)) == told), None)


@transaction.atomic
def strike_session(*, by: Actor, at: datetime, session_id: int, reason: str) -> OutreachSession:
    """Strike out a session written in error. Under a told total a reconstructed one comes back in its place."""
    row = found(OutreachSession, session_id)
    check_acts_for(by, PERMISSION, row.place_id)
    if row.total_id is not None:
        raise Refusal(
            _(
                "Cuộc này được dựng lại từ một tổng số đã công bố. Hãy gạch bỏ tổng số ấy, hoặc ghi các cuộc thật."
            )
        )
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_session")
    _fill_over(row.place_id, row.kind, row.held_from, row.held_to)
    return row


@transaction.atomic
def tell_total(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    start: date,
    end: date,
    source: str,
    sessions: int | None = None,
    sessions_qualifier: str = "",
    attendances: int | None = None,
    attendances_qualifier: str = "",
    per_year: bool = False,
    organiser: str = "",
    combined_with: str = "",
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> ToldTotal:
    """Keep what a paper tells of many sessions at once, and reconstruct those of them that nobody recorded.

    sessions, attendances: as told, with "over" or "about" where the paper says so; per_year: of each year of the
    period, an average. The entries at and below the place then sum to it; what exceeds it is not hidden.
    """
    check_acts_for(by, PERMISSION, place_id)
    said = {
        "kind": kind,
        "start": start,
        "end": end,
        "per_year": per_year,
        "sessions": sessions,
        "sessions_qualifier": sessions_qualifier,
        "attendances": attendances,
        "attendances_qualifier": attendances_qualifier,
    }
    hold_place(place_id)
    if known := sent_before(ToldTotal, uid, place_id, said):
        return known
    faults = faults_of_origin(mark, source)
    for value, field in (
        (sessions_qualifier, "sessions_qualifier"),
        (attendances_qualifier, "attendances_qualifier"),
    ):
        if value not in Qualifier.values:
            faults.append(Fault(_("Hãy chọn: đúng, hơn, hoặc khoảng."), field))
    faults += policies.faults_of_total(
        kind=kind,
        start=start,
        end=end,
        per_year=per_year,
        sessions=sessions,
        attendances=attendances,
        place_id=place_id,
        today=timezone.localdate(at),
    )
    if not faults:
        others = ToldTotal.objects.filter(STANDING, place_id=place_id, kind=kind)
        faults = policies.faults_of_neighbours(start, end, list(others))
    if faults:
        raise Refusal(*faults)
    row = ToldTotal.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip(), **said),
        organiser=organiser.strip()[:200],
        combined_with=combined_with.strip()[:300],
    )
    filled = _fill_over(place_id, kind, start, end)
    detail = {"kind": kind, "start": start.isoformat(), "end": end.isoformat(), "per_year": per_year}
    detail |= {"sessions": sessions, "attendances": attendances, "reconstructed": filled.get(row.pk, 0)}
    write_event(by=by, deed="community.tell_total", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def strike_total(*, by: Actor, at: datetime, total_id: int, reason: str) -> ToldTotal:
    """Strike out a told total; the sessions reconstructed for it go with it."""
    row = found(ToldTotal, total_id)
    check_acts_for(by, PERMISSION, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_total")
    row.filling.all().delete()
    _fill_over(row.place_id, row.kind, row.start, row.end)
    return row


def _fill_over(place_id: int, kind: str, start: date, end: date) -> dict[int, int]:
    """Fill anew every told total that speaks of the place and those days."""
    if kind not in Kind.values:
        return {}
    totals = totals_over({place_id}, kind, start, end)
    hold_places({total.place_id for total in totals})
    return fill(totals)

"""Deeds on postings: putting up, ending, striking out one recorded in error."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_count, faults_of_life
from chungtay.community.deeds import clean
from chungtay.community.publishing import policies, rules
from chungtay.community.publishing.actions import PERMISSION
from chungtay.community.publishing.models import News, Posting
from chungtay.community.recorded import STANDING, faults_of_origin, found, sent_before, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for, check_found
from chungtay.territory.holding import hold_place
from rulebook import Mark

_USUAL = 20  # days that a posting is planned for where neither law nor anybody says
MOST_TIMES = 24  # a day on the loudspeakers


@transaction.atomic
def put_up(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    what: str,
    channel: str,
    where: str,
    posted_from: date,
    planned_to: date | None = None,
    known_on: date | None = None,
    times: int | None = None,
    news_uid: uuid.UUID | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Posting:
    """Record that something is posted or read out, on one channel, from a day on.

    planned_to: as long as the law asks unless told. known_on: the day from which it had to be made public.
    """
    check_acts_for(by, PERMISSION, place_id)
    hold_place(place_id)
    said = {"what": clean(what), "channel": channel, "where": clean(where), "posted_from": posted_from}
    if known := sent_before(Posting, uid, place_id, said):
        return known
    today = timezone.localdate(at)
    faults = policies.faults_of_posting(channel, what, where, posted_from, planned_to, known_on, today)
    faults += faults_of_count(times, MOST_TIMES, _("Số lần phát mỗi ngày"), "times", least=1)
    faults += faults_of_origin(mark, source)
    news = News.objects.filter(STANDING, uid=news_uid, place_id=place_id).first() if news_uid else None
    if news_uid and news is None:
        faults.append(Fault(_("Không có tin này ở nơi đang ghi. Hãy chọn lại."), "news"))
    faults = faults or faults_of_life(place_id, posted_from, posted_from, "posted_from")
    if faults:
        raise Refusal(*faults)
    least = rules.least_days(channel)
    row = Posting.objects.create(
        **written(by, at, place_id, uid, **said),
        mark=mark.value,
        source=source.strip(),
        news=news,
        known_on=known_on,
        planned_to=planned_to or policies.enough_on(posted_from, least.value if least else _USUAL),
        times=times,
    )
    detail = {"channel": channel, "from": posted_from.isoformat()}
    write_event(by=by, deed="community.put_up", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def end(*, by: Actor, at: datetime, posting_id: int, on: date, reason: str = "") -> Posting:
    """It was taken down, or read out for the last time, on a day. Once; before the law's days only with a reason."""
    row = _held(by, posting_id)
    if row.ended_on is not None:
        if (row.ended_on, row.ended_reason) == (on, reason.strip()):
            return row
        raise Refusal(
            _("Việc này đã ghi gỡ bởi %(by)s. Ghi nhầm thì gạch bỏ và ghi lại.") % {"by": row.ended_by}
        )
    if faults := policies.faults_of_ending(row, on, reason, timezone.localdate(at)):
        raise Refusal(*faults)
    row.ended_on, row.ended_reason, row.ended_by = on, reason.strip(), by.label
    row.save(update_fields=["ended_on", "ended_reason", "ended_by"])
    detail = {"on": on.isoformat()}
    deed = "community.end_posting"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return row


@transaction.atomic
def strike(*, by: Actor, at: datetime, posting_id: int, reason: str) -> Posting:
    """Strike out a posting recorded in error."""
    row = _held(by, posting_id)
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_posting")
    return row


def _held(by: Actor, posting_id: int) -> Posting:
    row = found(Posting, posting_id)
    check_found(by, PERMISSION, row.place_id)
    return row

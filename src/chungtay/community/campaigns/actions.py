"""Deeds on movements and campaigns: beginning one, telling a result, ending it, striking out."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.campaigns.models import Campaign, CampaignKind, CampaignResult
from chungtay.community.checking import faults_of_day, faults_of_life, faults_of_order, faults_of_words
from chungtay.community.recorded import faults_of_origin, found, sent_before, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from rulebook import Mark

PERMISSION = "community.run_campaign"
AHEAD = timedelta(days=366)  # a movement is proclaimed at most a year before it begins
LONGEST = timedelta(days=366 * 15)


@transaction.atomic
def begin_campaign(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    name: str,
    organisation: str,
    starts: date,
    ends: date | None = None,
    target: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Campaign:
    """Record a movement or campaign. ends: the last day planned, None where none is set."""
    check_acts_for(by, PERMISSION, place_id)
    said = {
        "kind": kind,
        "name": name.strip(),
        "organisation": organisation.strip(),
        "starts": starts,
        "target": target.strip(),
    }
    if known := sent_before(Campaign, uid, place_id, said):
        return known
    today = timezone.localdate(at)
    faults = faults_of_origin(mark, source)
    if kind not in CampaignKind.values:
        faults.append(Fault(_("Hãy chọn: phong trào thi đua hay cuộc vận động."), "kind"))
    faults += faults_of_words(name, 200, _("Tên"), "name", required=True)
    faults += faults_of_words(organisation, 200, _("Tổ chức phát động"), "organisation", required=True)
    faults += faults_of_words(target, 500, _("Mục tiêu"), "target")
    days = faults_of_day(starts, today + AHEAD, _("Ngày bắt đầu"), "starts") + _faults_of_end(starts, ends)
    faults += days or faults_of_life(place_id, starts, starts, "starts")
    if faults:
        raise Refusal(*faults)
    row = Campaign.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip(), **said), ends=ends
    )
    detail = {"name": row.name, "organisation": row.organisation, "starts": starts.isoformat()}
    write_event(by=by, deed=PERMISSION, subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def tell_result(
    *,
    by: Actor,
    at: datetime,
    campaign_id: int,
    told_on: date,
    words: str,
    mark: Mark = Mark.STATED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> CampaignResult:
    """Keep a result in the words in which it was told."""
    campaign = found(Campaign, campaign_id)
    check_acts_for(by, PERMISSION, campaign.place_id)
    said = {"campaign_id": campaign_id, "told_on": told_on, "words": words.strip()}
    if known := sent_before(CampaignResult, uid, campaign.place_id, said):
        return known
    faults = faults_of_origin(mark, source)
    faults += faults_of_words(words, 1000, _("Kết quả"), "words", required=True)
    faults += faults_of_day(told_on, timezone.localdate(at), _("Ngày báo kết quả"), "told_on")
    faults += faults_of_order(campaign.starts, told_on, _("ngày bắt đầu"), _("Ngày báo kết quả"), "told_on")
    if faults:
        raise Refusal(*faults)
    row = CampaignResult.objects.create(
        **written(by, at, campaign.place_id, uid, mark=mark.value, source=source.strip(), **said)
    )
    detail = {"campaign": campaign.name, "told_on": told_on.isoformat()}
    write_event(
        by=by,
        deed="community.tell_campaign_result",
        subject=row,
        at=at,
        place_id=campaign.place_id,
        detail=detail,
    )
    return row


@transaction.atomic
def end_campaign(*, by: Actor, at: datetime, campaign_id: int, ends: date) -> Campaign:
    """Set or move the last day of a campaign."""
    row = found(Campaign, campaign_id)
    check_acts_for(by, PERMISSION, row.place_id)
    if faults := _faults_of_end(row.starts, ends):
        raise Refusal(*faults)
    before, row.ends = row.ends, ends
    row.save(update_fields=["ends"])
    write_event(
        by=by,
        deed="community.end_campaign",
        subject=row,
        at=at,
        place_id=row.place_id,
        before=before and before.isoformat(),
        after=ends.isoformat(),
    )
    return row


@transaction.atomic
def strike_campaign(*, by: Actor, at: datetime, campaign_id: int, reason: str) -> Campaign:
    """Strike out a campaign written in error, its results with it."""
    row = found(Campaign, campaign_id)
    check_acts_for(by, PERMISSION, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_campaign")
    return row


def _faults_of_end(starts: date, ends: date | None) -> list[Fault]:
    faults = faults_of_order(starts, ends, _("ngày bắt đầu"), _("Ngày kết thúc"), "ends")
    if ends is not None and ends - starts > LONGEST:
        faults.append(Fault(_("Kéo dài quá 15 năm. Hãy xem lại ngày kết thúc."), "ends"))
    return faults

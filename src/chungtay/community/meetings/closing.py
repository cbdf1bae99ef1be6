"""Signing off the minutes: every matter that was counted becomes a decision."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.meetings import policies, queries
from chungtay.community.meetings.models import AgendaItem, Decision, Meeting
from chungtay.community.meetings.rules import democracy
from chungtay.community.meetings.writing import made_by, write
from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from rulebook import Mark
from rulebook.democracy import Way
from rulebook.tally import Tally


@transaction.atomic
def close(*, by: Actor, at: datetime, meeting_id: int) -> tuple[Decision, ...]:
    """Sign off the minutes: every matter that was counted becomes a decision, and nothing changes any more.

    Refused, all reasons at once, before the day of the meeting, without a roll, and while the signatories the law
    asks for are not named. Closing again gives the decisions on record.
    """
    meeting = policies.check_sees(by, Meeting.objects.select_for_update().filter(pk=meeting_id).first())
    if meeting.closed_at is not None:
        check_acts_for(by, policies.HOLD, meeting.place_id)
        return tuple(Decision.objects.filter(item__meeting=meeting).order_by("pk"))
    policies.check_open(by, meeting)
    policies.check_begun(meeting, at)
    law = democracy()
    faults: list[Fault] = []
    if meeting.present is None:
        faults.append(Fault(_("Hãy điểm danh hoặc ghi số hộ có mặt."), "present"))
    signed = list(meeting.signatories.values_list("capacity", flat=True))
    for capacity in law.lacking({code: signed.count(code) for code in law.signatories}):
        sentence = _("Biên bản cần ít nhất %(least)s chữ ký của: %(who)s.")
        told = {"least": capacity.at_least, "who": capacity.name.in_(language())}
        faults.append(Fault(sentence % told, "names", clause=law.signatories_ground.clause.in_(language())))
    items = list(meeting.items.order_by("number"))
    if not items:
        faults.append(Fault(_("Cuộc họp chưa có nội dung nào."), "items"))
    if faults:
        raise Refusal(*faults)
    made = tuple(_decide(by, at, meeting, item) for item in items if item.counted)
    meeting.closed_at = at
    meeting.digest = _digest_of(meeting, items)
    meeting.save(update_fields=["closed_at", "digest"])
    detail = {"digest": meeting.digest, "decisions": {str(each.pk): each.verdict for each in made}}
    write(by, at, "community.close_meeting", meeting, detail)
    return made


def _digest_of(meeting: Meeting, items: Sequence[AgendaItem]) -> str:
    """SHA-256 over what was signed off, as JSON with sorted keys; names and the roll are left out."""
    told = {
        "meeting": str(meeting.uid),
        "title": meeting.title,
        "starts_at": meeting.starts_at.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
        "venue": meeting.venue,
        "scope": meeting.scope_households,
        "present": meeting.present,
        "form": meeting.form,
        "notes": meeting.notes,
        "items": [
            [
                *(item.number, item.kind, item.title, item.proposal, item.statement, item.amount_dong),
                *(item.counted, item.votes_for, item.votes_against, item.votes_blank, item.votes_spoiled),
                item.share,
            ]
            for item in items
        ],
    }
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _decide(by: Actor, at: datetime, meeting: Meeting, item: AgendaItem) -> Decision:
    tally: Tally = queries.tally_of(meeting, item)
    return Decision.objects.create(
        place_id=meeting.place_id,
        item=item,
        decided_on=_day_of(meeting, item, at),
        kind=item.kind,
        form=meeting.form,
        subject=item.title,
        statement=item.statement or item.proposal,
        verdict=tally.verdict.value,
        votes_for=item.votes_for,
        households=meeting.scope_households,
        tally=tally.to_plain(),
        amount_dong=item.amount_dong,
        share=item.share,
        replaces=item.replaces,
        **made_by(by, at, Mark(meeting.mark), meeting.source),
    )


def _day_of(meeting: Meeting, item: AgendaItem, at: datetime) -> date:
    """The day of the meeting; of what was asked by ballots, the day they were counted and signed off."""
    return timezone.localdate(meeting.starts_at if item.counted == Way.MEETING else at)

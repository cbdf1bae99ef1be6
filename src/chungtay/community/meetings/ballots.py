"""Household ballots, when a meeting fails or the law leaves the choice: one paper a household, given out and come back.

The ledger says which papers are out and which came back. What a paper says is never entered one by one: all papers
are counted together and written down as totals (`actions.record_votes`), so nobody can tell how a household voted.
"""

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.households import queries as households
from chungtay.community.meetings import policies, queries
from chungtay.community.meetings.models import Ballot, Meeting
from chungtay.community.meetings.rules import democracy
from chungtay.community.meetings.writing import open_meeting, write
from chungtay.core.actors import Actor
from chungtay.core.language import moment_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from rulebook.democracy import Way

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


@transaction.atomic
def issue(*, by: Actor, at: datetime, meeting_id: int) -> int:
    """Give out one ballot to every household of the list; to those that have none yet when done again. How many now.

    Refused when no list of households is kept, and for a meeting whose every matter must be decided at the meeting
    while enough households came.
    """
    meeting = open_meeting(by, meeting_id)
    listed = households.households_at(meeting.place_id, timezone.localdate(at), seen_by=by)
    if not listed:
        raise Refusal(
            Fault(_("Chưa có sổ hộ gia đình nên không phát phiếu từng hộ được. Hãy nhập sổ hộ trước."), "way")
        )
    _check_allowed(meeting)
    if any(item.counted == Way.BALLOTS for item in meeting.items.all()):
        raise Refusal(Fault(_("Phiếu đã kiểm xong nên không phát thêm."), "way"))
    if meeting.scope_households is not None and len(listed) > meeting.scope_households:
        sentence = _(
            "Sổ có %(listed)s hộ, nhiều hơn tổng số %(all)s hộ của cuộc họp. Hãy sửa tổng số hộ trước."
        )
        told = {"listed": len(listed), "all": meeting.scope_households}
        raise Refusal(Fault(sentence % told, "scope_households"))
    held = set(meeting.ballots.values_list("household_id", flat=True))
    new = [
        Ballot(meeting=meeting, household_id=each.id, code=_code(), issued_at=at)
        for each in listed
        if each.id not in held
    ]
    Ballot.objects.bulk_create(new)
    if meeting.ballots_on is None:
        meeting.ballots_on = timezone.localdate(at)
        meeting.save(update_fields=["ballots_on"])
    if new:
        write(by, at, "community.issue_ballots", meeting, {"issued": len(new)})
    return len(new)


@transaction.atomic
def take_back(*, by: Actor, at: datetime, meeting_id: int, code: str) -> Ballot:
    """A paper came back, folded. The same paper a second time is refused."""
    meeting = open_meeting(by, meeting_id)
    code = code.strip().upper().replace(" ", "").replace("-", "")
    row = Ballot.objects.filter(meeting=meeting, code=code).first()
    if row is None:
        raise NotFound(_("Không có phiếu mang mã này trong cuộc họp. Hãy xem lại mã in trên phiếu."))
    if row.returned_at is not None:
        sentence = _("Phiếu %(code)s đã thu lúc %(at)s. Mỗi hộ một phiếu, không nhận lần thứ hai.")
        raise Refusal(Fault(sentence % {"code": row.code, "at": moment_words(row.returned_at)}, "code"))
    if any(item.counted == Way.BALLOTS for item in meeting.items.all()):
        raise Refusal(Fault(_("Phiếu đã kiểm xong nên không nhận thêm."), "code"))
    row.returned_at = at
    row.save(update_fields=["returned_at"])
    write(by, at, "community.take_ballot_back", meeting, {"code": row.code})
    return row


def _check_allowed(meeting: Meeting) -> None:
    """At least one matter may be asked by ballots now."""
    came, refused = queries.quorum_of(meeting), None
    for item in meeting.items.all():
        try:
            policies.check_way(democracy(), item, Way.BALLOTS, came)
        except Refusal as why:
            refused = why
        else:
            return
    raise refused or Refusal(Fault(_("Cuộc họp chưa có nội dung nào."), "items"))


def _code() -> str:
    """Opaque: says nothing of the household. 30^10 codes; that two are alike the database refuses."""
    return "".join(secrets.choice(_LETTERS) for _n in range(10))

"""At the meeting: who came, how they voted, who signs the minutes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_texts
from chungtay.community.households import queries as households
from chungtay.community.meetings import policies, queries
from chungtay.community.meetings.models import AgendaItem, Attendance, Meeting, Signatory
from chungtay.community.meetings.rules import democracy
from chungtay.community.meetings.writing import open_meeting, write
from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from rulebook import Verdict
from rulebook.democracy import Way


@transaction.atomic
def take_roll(*, by: Actor, at: datetime, meeting_id: int, household_ids: Iterable[int]) -> Meeting:
    """Write down which households are represented; a later roll replaces it. Only households of the place count."""
    meeting = open_meeting(by, meeting_id)
    policies.check_begun(meeting, at)
    day = timezone.localdate(meeting.starts_at)
    known = {each.id for each in households.households_at(meeting.place_id, day, seen_by=by)}
    here = set(household_ids)
    if here - known:
        raise Refusal(
            Fault(_("Có hộ không ở trong sổ hộ của nơi này. Hãy mở lại trang điểm danh."), "present")
        )
    if meeting.scope_households is not None and len(here) > meeting.scope_households:
        raise Refusal(policies.too_many(len(here), meeting.scope_households, "present"))
    meeting.roll.exclude(household_id__in=here).delete()
    held = set(meeting.roll.values_list("household_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, household_id=each) for each in sorted(here - held)
    )
    return _set_present(by, at, meeting, len(here), by_roll=True)


@transaction.atomic
def count_present(*, by: Actor, at: datetime, meeting_id: int, present: int) -> Meeting:
    """Write down only how many households are represented."""
    meeting = open_meeting(by, meeting_id)
    policies.check_begun(meeting, at)
    if faults := policies.faults_of_number(present, "present"):
        raise Refusal(*faults)
    if meeting.scope_households is not None and present > meeting.scope_households:
        raise Refusal(policies.too_many(present, meeting.scope_households, "present"))
    meeting.roll.all().delete()
    return _set_present(by, at, meeting, present, by_roll=False)


@transaction.atomic
def record_votes(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    votes_for: int,
    votes_against: int,
    votes_blank: int = 0,
    votes_spoiled: int = 0,
    way: Way = Way.MEETING,
    statement: str = "",
    agreed: bool = False,
) -> AgendaItem:
    """Write down the count of one matter, as totals. Refused, with the clause, in a way the law does not allow.

    way: at the meeting, by household ballots (their sum must be what came back), or online, which is for other matters
    of self-management alone and only where `agreed` by the community and the Front committee.
    statement: what was decided; "" takes the proposal.
    """
    item = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .filter(pk=item_id)
        .first()
    )
    meeting = open_meeting(by, item.meeting_id if item else 0)
    assert item is not None  # `open_meeting` found its meeting
    policies.check_begun(meeting, at)
    came = queries.quorum_of(meeting)
    policies.check_way(democracy(), item, way, came, agreed=agreed)
    votes = {
        "votes_for": votes_for,
        "votes_against": votes_against,
        "votes_blank": votes_blank,
        "votes_spoiled": votes_spoiled,
    }
    returned = meeting.ballots.exclude(returned_at=None).count() if way is Way.BALLOTS else 0
    faults = policies.faults_of_votes(meeting, way, votes, returned)
    faults += faults_of_texts((statement, "statement", _("nội dung quyết định"), 4_000, False))
    if way is Way.BALLOTS and meeting.ballots_on is None:
        faults.append(Fault(_("Chưa phát phiếu nào. Hãy phát phiếu trước khi kiểm phiếu."), "way"))
    if way is Way.MEETING and came.verdict is Verdict.NOT_MET:
        faults.append(
            Fault(
                _(
                    "Cuộc họp không đủ số hộ nên không biểu quyết được. %(why)s Hãy phát phiếu lấy ý kiến từng hộ."
                )
                % {"why": came.sentence.in_(language())},
                "way",
            )
        )
    if faults:
        raise Refusal(*faults)
    before = {name: getattr(item, name) for name in votes} | {"counted": item.counted}
    for name, number in votes.items():
        setattr(item, name, number)
    item.counted, item.statement = way.value, statement.strip()
    item.save()
    after = votes | {"counted": item.counted}
    write(by, at, "community.record_votes", meeting, {"item": item.number}, before=before, after=after)
    return item


@transaction.atomic
def name_signatories(
    *, by: Actor, at: datetime, meeting_id: int, names: Sequence[tuple[str, str]]
) -> Meeting:
    """Who signs the minutes: (capacity, name). Replaces those named before; empty names are left out."""
    meeting = open_meeting(by, meeting_id)
    told = [(capacity, clean(name)) for capacity, name in names if name.strip()]
    faults = [
        fault
        for _capacity, name in told
        for fault in faults_of_texts((name, "names", _("người ký"), 100, True))
    ]
    if any(capacity not in democracy().signatories for capacity, _name in told):
        faults.append(Fault(_("Hãy chọn tư cách của người ký."), "names"))
    if faults:
        raise Refusal(*faults)
    meeting.signatories.all().delete()
    Signatory.objects.bulk_create(
        Signatory(meeting=meeting, capacity=capacity, name=name) for capacity, name in told
    )
    counts = {code: sum(code == each for each, _name in told) for code in democracy().signatories}
    write(by, at, "community.name_signatories", meeting, counts)
    return meeting


def _set_present(by: Actor, at: datetime, meeting: Meeting, present: int, *, by_roll: bool) -> Meeting:
    """A roll that shrinks below votes already written is refused: those votes were somebody's."""
    counted = meeting.items.filter(counted=Way.MEETING)
    for item in counted:
        cast = sum(each or 0 for each in (item.votes_for, item.votes_against, item.votes_blank))
        if cast > present:
            sentence = _(
                "Nội dung %(n)s đã ghi %(cast)s phiếu, nhiều hơn %(present)s hộ có mặt. Hãy sửa phiếu trước."
            )
            told = {"n": item.number, "cast": cast, "present": present}
            raise Refusal(Fault(sentence % told, "present"))
    before = {"present": meeting.present}
    meeting.present, meeting.by_roll = present, by_roll
    meeting.save(update_fields=["present", "by_roll"])
    write(
        by,
        at,
        "community.take_roll",
        meeting,
        {"by_roll": by_roll},
        before=before,
        after={"present": present},
    )
    return meeting

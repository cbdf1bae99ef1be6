"""The council that deliberates: who was appointed, who came, ballots only counted, the result as an event."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.community.deeds import clean, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.people.models import Post
from chungtay.people.policies import check_acts_for, reaches
from chungtay.people.queries import stands_for
from chungtay.people.roles import RoleCode, label_in_words
from chungtay.recognition.dossiers import cases, policies, stepping
from chungtay.recognition.dossiers.models import (
    Attendance,
    CouncilCount,
    CouncilMeeting,
    CouncilSeat,
    DossierEvent,
)
from rulebook import Mark
from rulebook.procedure import Verb
from rulebook.standings import Said, Standing

SAYS: Final = {
    "for": gettext_lazy("đạt, đồng ý"),
    "basically": gettext_lazy("cơ bản đạt"),
    "against": gettext_lazy("không đạt, không đồng ý"),
    "invalid": gettext_lazy("phiếu không hợp lệ"),
}
MOST: Final = 100  # members; more is a slip of the pen
_RUNS: Final = "recognition.appraise"


@dataclass(frozen=True)
class Roll:
    """How a member came. deputy, delegation: who came instead and the paper that names them, of a delegated seat."""

    attendance: Attendance
    deputy: str = ""
    delegation: str = ""


@dataclass(frozen=True)
class SeatView:
    """A member. has_voted is told; what was voted stands nowhere."""

    post_id: int
    label: str
    is_chair: bool
    attendance: Attendance
    deputy: str
    delegation: str
    has_voted: bool


@dataclass(frozen=True)
class CouncilView:
    """A sitting, open until event_id. counts: as the engine takes them; of the ballots only once it is closed."""

    id: int
    step: str
    held_on: date
    basis: str
    seats: tuple[SeatView, ...]
    voted: int
    counts: Mapping[str, int]
    event_id: int | None
    by: str

    @property
    def members(self) -> int:
        return len(self.seats)

    @property
    def present(self) -> int:
        return sum(each.attendance in (Attendance.PRESENT, Attendance.DELEGATED) for each in self.seats)


@transaction.atomic
def call_council(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    held_on: date,
    basis: str,
    members: Sequence[int],
    chair: int,
    uid: uuid.UUID | None = None,
) -> CouncilMeeting:
    """Call the council for a dossier. members, chair: posts held that day; basis: the decision that set it up.

    All appointed are members, whoever comes: shares over members are counted over them.
    """
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    check_acts_for(by, _RUNS, case.row.place_id)
    if by.sector:
        raise NotPermitted(
            _("Cơ quan của một lĩnh vực không mời họp Hội đồng. Hãy nhờ văn phòng phụ trách chung.")
        )
    if known := policies.sent_before(CouncilMeeting, uid, dossier_id=dossier_id):
        return known
    policies.check_lives(case.row.place_id, held_on)
    step = case.step_of_verb(Verb.DELIBERATE, held_on)
    if step is None:
        raise Refusal(Fault(_("Quy trình này không có bước Hội đồng xét."), "step"))
    faults = faults_of_texts((basis, "basis", _("quyết định thành lập Hội đồng"), 300, True))
    wanted = set(members) | {chair}
    held = Post.objects.held_on(held_on).filter(pk__in=wanted, role=RoleCode.COUNCIL_MEMBER)
    sitting = [post for post in held if reaches(post, case.row.place_id)]
    if len(sitting) != len(wanted) or not 0 < len(wanted) <= MOST:
        sentence = _("Hãy chọn những người giữ chức danh thành viên Hội đồng vào ngày %(day)s.")
        faults.append(Fault(sentence % {"day": day_words(held_on)}, "members"))
    own = [post for post in sitting if stands_for(post.pk, case.row.place_id)]
    if own:
        sentence = _("%(who)s từng giữ chức danh của chính nơi được xét nên không ngồi Hội đồng xét nơi này.")
        told = {"who": "; ".join(label_in_words(post.label) for post in own)}
        faults.append(Fault(sentence % told, "members"))
    if case.proceeding(held_on, cases.all_met(case.procedure)).states[step.code].standing is Standing.DONE:
        sentence = _("Hội đồng đã xét xong. Muốn xét lại thì bước sau phải trả hồ sơ về.")
        faults.append(Fault(sentence, "held_on"))
    if CouncilMeeting.objects.filter(dossier=case.row, event=None).exists():
        faults.append(
            Fault(_("Đang có một phiên họp Hội đồng chưa ghi kết quả. Hãy làm xong phiên đó."), "held_on")
        )
    if faults:
        raise Refusal(*faults)
    row = CouncilMeeting.objects.create(
        uid=uid or uuid.uuid4(),
        dossier=case.row,
        step=step.code,
        held_on=held_on,
        basis=clean(basis),
        mark=Mark.MEASURED.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    CouncilSeat.objects.bulk_create(
        CouncilSeat(meeting=row, post=post, is_chair=post.pk == chair) for post in sitting
    )
    _write(by, at, "recognition.call_council", row, {"members": len(sitting), "on": held_on.isoformat()})
    return row


@transaction.atomic
def take_roll(*, by: Actor, at: datetime, council_id: int, roll: Mapping[int, Roll]) -> CouncilMeeting:
    """Write down who came, by post; those left out stay as they were. A deputy is named with the paper that says so."""
    row = _open(by, council_id)
    check_acts_for(by, _RUNS, row.dossier.place_id)
    faults: list[Fault] = []
    seats = {seat.post_id: seat for seat in row.seats.all()}
    for post_id, told in roll.items():
        field = f"seat-{post_id}"
        if post_id not in seats:
            faults.append(Fault(_("Người này không phải thành viên của phiên họp."), field))
            continue
        delegated = told.attendance is Attendance.DELEGATED
        faults += faults_of_texts(
            (told.deputy, field, _("người được ủy quyền"), 200, delegated),
            (told.delegation, field, _("văn bản ủy quyền"), 300, delegated),
        )
        if seats[post_id].vote_uid and told.attendance is not Attendance.PRESENT:
            faults.append(Fault(_("Thành viên này đã bỏ phiếu nên không ghi vắng được."), field))
    if faults:
        raise Refusal(*faults)
    for post_id, told in roll.items():
        delegated = told.attendance is Attendance.DELEGATED
        seat = seats[post_id]
        seat.attendance = told.attendance.value
        seat.deputy = clean(told.deputy) if delegated else ""
        seat.delegation = clean(told.delegation) if delegated else ""
        seat.save(update_fields=["attendance", "deputy", "delegation"])
    said = {str(post_id): told.attendance.value for post_id, told in roll.items()}
    _write(by, at, "recognition.take_council_roll", row, said)
    return row


@transaction.atomic
def cast_ballot(*, by: Actor, at: datetime, council_id: int, says: str, uid: uuid.UUID) -> None:
    """A member who is there votes, once. The ballot is added to the count and leads back to nobody.

    Sent again with the same uid nothing changes; a second ballot is refused. Refused while the chair is absent and
    named no deputy.
    """
    row = _open(by, council_id)
    check_acts_for(by, "recognition.deliberate", row.dossier.place_id)
    if says not in SAYS:
        raise Refusal(Fault(_("Hãy chọn một ý kiến trên phiếu."), "says"))
    seat = row.seats.select_for_update().filter(post_id=by.actor_id or 0).first()
    if seat is None:
        raise NotPermitted(_("Bạn không phải thành viên của phiên họp này nên không bỏ phiếu được."))
    if seat.vote_uid == uid:
        return
    if seat.vote_uid is not None:
        raise Refusal(
            _("Bạn đã bỏ phiếu rồi; mỗi thành viên một phiếu. Phiếu trước vẫn được tính, không đổi gì.")
        )
    if timezone.localdate(at) < row.held_on:
        sentence = _("Phiên họp vào ngày %(day)s, chưa đến nên chưa bỏ phiếu được.")
        raise Refusal(sentence % {"day": day_words(row.held_on)})
    _check_chair(row)
    if seat.attendance != Attendance.PRESENT:
        raise Refusal(_("Chưa điểm danh bạn có mặt ở phiên họp. Hãy nhờ thư ký điểm danh rồi bỏ phiếu."))
    seat.vote_uid = uid
    seat.save(update_fields=["vote_uid"])
    CouncilCount.objects.get_or_create(meeting=row, says=says)
    CouncilCount.objects.filter(meeting=row, says=says).update(ballots=F("ballots") + 1)
    _write(by, at, "recognition.cast_ballot", row, {})


@transaction.atomic
def close_council(
    *,
    by: Actor,
    at: datetime,
    council_id: int,
    paper: Mapping[str, int] | None = None,
    note: str = "",
    uid: uuid.UUID | None = None,
) -> DossierEvent:
    """Record the result of the sitting as the event of its step; the counts come from seats and ballots.

    paper: ballots counted by hand beside those cast here, by SAYS. More ballots than people there is refused. Whether
    the vote carries is the procedure's to say: a failed vote is recorded, and the step stands failed.
    """
    meeting = CouncilMeeting.objects.filter(pk=council_id).select_related("event").first()
    if meeting is not None and meeting.event is not None and uid == meeting.event.uid:
        return meeting.event
    row = _open(by, council_id)
    check_acts_for(by, _RUNS, row.dossier.place_id)
    _check_chair(row)
    seats = list(row.seats.all())
    if any(seat.attendance == Attendance.UNKNOWN for seat in seats):
        raise Refusal(Fault(_("Hãy điểm danh đủ mọi thành viên: có mặt, vắng, hay ủy quyền."), "roll"))
    by_hand = dict(paper or {})
    if any(code not in SAYS or count < 0 for code, count in by_hand.items()):
        raise Refusal(Fault(_("Số phiếu phải là số không âm."), "paper"))
    counts = _counts(row, seats, by_hand)
    if counts["returned"] > counts["present"]:
        sentence = _(
            "Có %(cast)s phiếu mà chỉ %(present)s thành viên dự họp, kể cả được ủy quyền. Hãy đếm lại."
        )
        raise Refusal(Fault(sentence % {"cast": counts["returned"], "present": counts["present"]}, "paper"))
    case = cases.read(row.dossier_id, lock=True)
    step = policies.step_of(case, row.step)
    event = stepping.record(case, by, at, step, row.held_on, Said.DONE, counts=counts, note=note, uid=uid)
    row.event = event
    row.save(update_fields=["event"])
    return event


def dossier_of_council(council_id: int, *, seen_by: Actor) -> int:
    """The dossier of a sitting; NotFound where there is none, or not for `seen_by`."""
    row = CouncilMeeting.objects.filter(pk=council_id).first()
    if row is None:
        raise cases.not_there()
    policies.check_sees(seen_by, cases.read(row.dossier_id))
    return row.dossier_id


def councils(dossier_id: int) -> tuple[CouncilView, ...]:
    """The sittings on a dossier, the newest first. Three queries. Ballots are told only once the result is recorded."""
    rows = (
        CouncilMeeting.objects.filter(dossier=dossier_id)
        .select_related("event")
        .prefetch_related("seats__post")
        .order_by("-pk")
    )
    return tuple(_view(row) for row in rows)


def _view(row: CouncilMeeting) -> CouncilView:
    seats = sorted(row.seats.all(), key=lambda seat: (not seat.is_chair, seat.pk))
    return CouncilView(
        id=row.pk,
        step=row.step,
        held_on=row.held_on,
        basis=row.basis,
        seats=tuple(
            SeatView(
                post_id=seat.post_id,
                label=label_in_words(seat.post.label),
                is_chair=seat.is_chair,
                attendance=Attendance(seat.attendance),
                deputy=seat.deputy,
                delegation=seat.delegation,
                has_voted=seat.vote_uid is not None,
            )
            for seat in seats
        ),
        voted=sum(seat.vote_uid is not None for seat in seats),
        counts=row.event.counts if row.event else {},
        event_id=row.event_id,
        by=row.by_label,
    )


def _open(by: Actor, council_id: int) -> CouncilMeeting:
    """A sitting whose result is not recorded yet, held for writing."""
    row = CouncilMeeting.objects.select_for_update(of=("self",)).filter(pk=council_id).first()
    if row is None:
        raise cases.not_there()
    policies.check_sees(by, cases.read(row.dossier_id))
    if row.event_id is not None:
        raise Refusal(_("Phiên họp này đã ghi kết quả nên không thay đổi được nữa."))
    return row


def _check_chair(row: CouncilMeeting) -> None:
    chair = row.seats.filter(is_chair=True).first()
    if chair is None or chair.attendance not in (Attendance.PRESENT, Attendance.DELEGATED):
        raise Refusal(
            Fault(
                _(
                    "Chủ tịch Hội đồng chưa có mặt và không ủy quyền bằng văn bản nên Hội đồng chưa xét được. "
                    "Những gì đã ghi vẫn giữ nguyên. Hãy ghi văn bản ủy quyền, hoặc dời phiên họp."
                ),
                "roll",
            )
        )


def _counts(row: CouncilMeeting, seats: Sequence[CouncilSeat], by_hand: Mapping[str, int]) -> dict[str, int]:
    """As `rulebook.ballots.Counts`: over all appointed, those there, and the ballots."""
    here = dict(row.ballots.values_list("says", "ballots"))
    told = {code: here.get(code, 0) + by_hand.get(code, 0) for code in SAYS}
    present = sum(seat.attendance in (Attendance.PRESENT, Attendance.DELEGATED) for seat in seats)
    returned = sum(told.values())
    return {
        "members": len(seats),
        "present": present,
        "issued": present,
        "returned": returned,
        "valid": returned - told["invalid"],
        "for": told["for"],
        "basically": told["basically"],
        "against": told["against"],
    }


def _write(by: Actor, at: datetime, deed: str, row: CouncilMeeting, detail: dict[str, Any]) -> None:
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.dossier.place_id, detail=detail)

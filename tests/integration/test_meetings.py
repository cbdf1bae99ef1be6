"""Meetings from the call to the minutes signed off, household ballots, and share formulas chosen for a decision."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chungtay.community.households import actions as books
from chungtay.community.meetings import actions, ballots, queries
from chungtay.community.meetings.actions import Matter
from chungtay.community.meetings.models import Ballot, Decision, Meeting
from chungtay.community.sharing import actions as sharing
from chungtay.community.sharing import queries as trials
from chungtay.community.sharing.formulas import Formula, Kind
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from rulebook import Verdict
from rulebook.democracy import Way

TODAY = date(2026, 3, 2)
SIGNED = [("head", "Trưởng xóm"), ("front", "Trưởng ban"), ("household", "Hộ một"), ("household", "Hộ hai")]
ROAD = Matter("contribution", "Góp làm đường ngõ", "Mỗi hộ góp 2.500.000 đồng", amount_dong=357_500_000)


@pytest.fixture
def head(demo: Any) -> Any:
    return demo.post("trưởng xóm Khe Cốc")


@pytest.fixture
def called(demo: Any, head: Any, now: datetime) -> Any:
    def one(*items: Matter, **more: Any) -> Meeting:
        told: dict[str, Any] = {"title": "Họp xóm", "venue": "Nhà văn hóa", "scope_households": 143}
        told |= {"starts_at": now - timedelta(hours=2), "place_id": demo.place("khe_coc")} | more
        return actions.call(by=head, at=now, items=items or (ROAD,), **told)

    return one


@pytest.fixture
def listed(demo: Any, head: Any, now: datetime) -> list[int]:
    """Ten households; the third is exempt."""
    made = [
        books.enter(
            by=head,
            at=now,
            place_id=demo.place("khe_coc"),
            code=f"H{n:03d}",
            representative=f"Đại diện số {n}",
            head_count=n,
        ).pk
        for n in range(1, 11)
    ]
    books.set_restricted(by=head, at=now, household_id=made[2], exemption="Người già neo đơn")
    return made


def item_of(meeting: Meeting, number: int = 1) -> int:
    return int(meeting.items.get(number=number).pk)


def signed_off(meeting: Meeting, head: Any, now: datetime) -> tuple[Decision, ...]:
    actions.name_signatories(by=head, at=now, meeting_id=meeting.pk, names=SIGNED)
    return actions.close(by=head, at=now, meeting_id=meeting.pk)


def vote(meeting: Meeting, head: Any, now: datetime, yes: int, no: int = 0, **more: Any) -> None:
    item = more.pop("item", None) or item_of(meeting)
    actions.record_votes(by=head, at=now, item_id=item, votes_for=yes, votes_against=no, **more)


# From the call to the minutes


def test_a_contribution_agreed_by_two_thirds_becomes_a_decision_others_can_point_to(
    demo: Any, head: Any, called: Any, now: datetime
) -> None:
    meeting = called()
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=100)
    vote(meeting, head, now, 96, 4)
    (made,) = signed_off(meeting, head, now)
    view = queries.decision(made.pk)
    assert view == queries.decision(made.uid) == queries.decisions_of(demo.place("khe_coc"))[0]
    assert (view.passed, view.votes_for, view.households, view.amount_dong) == (True, 96, 143, 357_500_000)
    assert (view.statement, view.kind) == ("Mỗi hộ góp 2.500.000 đồng", "contribution")
    assert view.tally is not None
    assert view.tally.bar.ground.provenance == "recalled"
    assert "96/143 hộ" in view.tally.sentence.vi


@pytest.mark.parametrize(
    ("scope", "present", "yes", "verdict"),
    [(143, 100, 95, "not_met"), (143, 100, 96, "met"), (None, 100, 96, "unknown"), (150, 100, 100, "met")],
)
def test_pass_failed_and_unknown(
    head: Any, called: Any, now: datetime, scope: int | None, present: int, yes: int, verdict: str
) -> None:
    meeting = called(scope_households=scope)
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=present)
    vote(meeting, head, now, yes)
    (made,) = signed_off(meeting, head, now)
    assert made.verdict == verdict


def test_the_call_sent_twice_is_one_meeting_and_bad_calls_are_refused(
    head: Any, called: Any, now: datetime, demo: Any, unchanged: Any
) -> None:
    meeting = called()
    with unchanged():
        assert called(uid=meeting.uid).pk == meeting.pk
        with pytest.raises(Refusal) as refused:
            called(title="", venue="", scope_households=0, form="sms")
        assert {fault.field for fault in refused.value.faults} == {
            "title",
            "venue",
            "scope_households",
            "form",
        }
        with pytest.raises(Refusal, match="âm hoặc lớn bất thường"):
            called(Matter("contribution", "Góp", amount_dong=-1))
        with pytest.raises(NotPermitted):
            actions.call(
                by=demo.post("cán bộ Quảng Lạc"),
                at=now,
                place_id=demo.place("khe_coc"),
                title="Họp",
                venue="Đình",
                starts_at=now,
            )


def test_nothing_is_counted_of_a_meeting_of_tomorrow(head: Any, called: Any, now: datetime) -> None:
    meeting = called(starts_at=now + timedelta(days=1))
    assert queries.meeting(meeting.pk, seen_by=head, today=TODAY).state == "called"
    for deed in (
        lambda: actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=1),
        lambda: vote(meeting, head, now, 1),
        lambda: actions.close(by=head, at=now, meeting_id=meeting.pk),
    ):
        with pytest.raises(Refusal, match="Chưa đến ngày họp"):
            deed()


def test_more_votes_than_present_and_more_present_than_households_are_refused(
    head: Any, called: Any, now: datetime
) -> None:
    meeting = called()
    with pytest.raises(Refusal, match="Hãy điểm danh"):
        vote(meeting, head, now, 1)
    with pytest.raises(Refusal, match="nhiều hơn tổng số 143 hộ"):
        actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=144)
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=90)
    with pytest.raises(Refusal, match="Có 91 phiếu mà chỉ 90 hộ dự họp"):
        vote(meeting, head, now, 80, 10, votes_blank=1)
    vote(meeting, head, now, 80, 10)
    with pytest.raises(Refusal, match="Hãy sửa phiếu trước"):
        actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=89)


def test_the_roll_is_ticked_and_read_only_where_the_list_is_kept(
    demo: Any, head: Any, called: Any, listed: list[int], now: datetime
) -> None:
    meeting = called(scope_households=10)
    actions.take_roll(by=head, at=now, meeting_id=meeting.pk, household_ids=listed[:7])
    actions.take_roll(by=head, at=now, meeting_id=meeting.pk, household_ids=listed[1:7])
    roll = queries.roll(meeting.pk, seen_by=head)
    assert [line.code for line in roll if line.present] == [f"H{n:03d}" for n in range(2, 8)]
    assert queries.meeting(meeting.pk, seen_by=head, today=TODAY).quorum.verdict is Verdict.MET
    with pytest.raises(Refusal, match="không ở trong sổ hộ"):
        actions.take_roll(by=head, at=now, meeting_id=meeting.pk, household_ids=[999_999])
    above = demo.post("văn phòng Thái Nguyên")
    with pytest.raises(NotPermitted):
        queries.roll(meeting.pk, seen_by=above)
    seen = queries.meeting(meeting.pk, seen_by=above, today=TODAY)
    assert (seen.present, seen.reads_names) == (6, False)
    with pytest.raises(NotFound):
        queries.meeting(meeting.pk, seen_by=demo.post("cán bộ Quảng Lạc"), today=TODAY)


def test_minutes_need_their_signatories_and_are_immutable_once_signed_off(
    head: Any, called: Any, now: datetime, unchanged: Any
) -> None:
    meeting = called()
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=100)
    vote(meeting, head, now, 99)
    with pytest.raises(Refusal) as refused:
        actions.close(by=head, at=now, meeting_id=meeting.pk)
    assert len(refused.value.of_field("names")) == 3
    made = signed_off(meeting, head, now)
    with unchanged():
        assert actions.close(by=head, at=now, meeting_id=meeting.pk) == made
        for deed in (
            lambda: vote(meeting, head, now, 1),
            lambda: actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=1),
            lambda: actions.add_item(by=head, at=now, meeting_id=meeting.pk, item=ROAD),
            lambda: actions.name_signatories(by=head, at=now, meeting_id=meeting.pk, names=SIGNED),
            lambda: ballots.issue(by=head, at=now, meeting_id=meeting.pk),
        ):
            with pytest.raises(Refusal, match="đã chốt"):
                deed()


def test_a_later_minutes_corrects_and_the_old_decision_says_by_which(
    demo: Any, head: Any, called: Any, now: datetime
) -> None:
    first = called()
    actions.count_present(by=head, at=now, meeting_id=first.pk, present=100)
    vote(first, head, now, 96)
    (wrong,) = signed_off(first, head, now)
    mended = Matter("contribution", "Góp làm đường, đính chính", amount_dong=300_000_000, replaces=wrong.pk)
    second = called(mended, corrects=first.pk)
    actions.count_present(by=head, at=now, meeting_id=second.pk, present=100)
    vote(second, head, now, 97)
    (right,) = signed_off(second, head, now)
    assert queries.decision(wrong.pk).replaced_by == right.pk
    assert queries.meeting(first.pk, seen_by=head, today=TODAY).corrected_by == (second.pk,)
    with pytest.raises(Refusal, match="đã được thay"):
        called(mended, corrects=first.pk)


def test_a_decision_from_papers_keeps_its_count_unknown(demo: Any, head: Any, now: datetime) -> None:
    told = {
        "place_id": demo.place("khe_coc"),
        "kind": "contribution",
        "subject": "Góp 2,5 triệu đồng mỗi hộ",
        "decided_on": date(2022, 6, 1),
        "passed": True,
    }
    with pytest.raises(Refusal, match="ghi nguồn"):
        actions.enter_on_record(by=head, at=now, source="", **told)
    with pytest.raises(Refusal, match="sau hôm nay"):
        actions.enter_on_record(
            by=head, at=now, source="Báo", **(told | {"decided_on": TODAY + timedelta(1)})
        )
    row = actions.enter_on_record(by=head, at=now, source="Báo Lạng Sơn", **told)
    view = queries.decision(row.pk)
    assert (view.passed, view.votes_for, view.tally, view.meeting_id) == (True, None, None, None)


# How a matter may be asked


def test_a_contribution_is_never_asked_online_and_the_refusal_names_the_clause(
    head: Any, called: Any, now: datetime, unchanged: Any
) -> None:
    meeting = called()
    with unchanged(), pytest.raises(Refusal) as refused:
        vote(meeting, head, now, 143, way=Way.ONLINE, agreed=True)
    assert "không được lấy ý kiến qua mạng" in str(refused.value)
    assert "Điều 17, 10/2022/QH15" in str(refused.value)


def test_self_management_may_be_asked_online_once_community_and_front_agree(
    head: Any, called: Any, now: datetime
) -> None:
    meeting = called(Matter("self_management", "Quét ngõ sáng thứ bảy"))
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=20)
    with pytest.raises(Refusal, match="Hãy xác nhận"):
        vote(meeting, head, now, 80, way=Way.ONLINE)
    with pytest.raises(Refusal, match="Mỗi hộ một ý kiến"):
        vote(meeting, head, now, 144, way=Way.ONLINE, agreed=True)
    vote(meeting, head, now, 80, way=Way.ONLINE, agreed=True)
    (made,) = signed_off(meeting, head, now)
    assert made.verdict == "met"


def test_an_election_goes_to_ballots_only_after_the_quorum_failed(
    head: Any, called: Any, listed: list[int], now: datetime
) -> None:
    meeting = called(Matter("head_election", "Bầu trưởng xóm"), scope_households=10)
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=6)
    with pytest.raises(Refusal, match="chỉ phát phiếu khi cuộc họp không đủ số hộ"):
        ballots.issue(by=head, at=now, meeting_id=meeting.pk)
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=5)
    assert ballots.issue(by=head, at=now, meeting_id=meeting.pk) == 10


def test_ballots_are_one_a_household_come_back_once_and_are_counted_as_totals(
    head: Any, called: Any, listed: list[int], now: datetime
) -> None:
    meeting = called(scope_households=10)
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=5)
    with pytest.raises(Refusal, match="không đủ số hộ nên không biểu quyết được"):
        vote(meeting, head, now, 5)
    assert ballots.issue(by=head, at=now, meeting_id=meeting.pk) == 10
    assert ballots.issue(by=head, at=now, meeting_id=meeting.pk) == 0
    codes = list(Ballot.objects.values_list("code", flat=True))
    assert not any("H0" in code for code in codes)
    for code in codes[:8]:
        ballots.take_back(by=head, at=now, meeting_id=meeting.pk, code=code.lower())
    with pytest.raises(Refusal, match="không nhận lần thứ hai"):
        ballots.take_back(by=head, at=now, meeting_id=meeting.pk, code=codes[0])
    with pytest.raises(NotFound):
        ballots.take_back(by=head, at=now, meeting_id=meeting.pk, code="KHONGCOMA")
    with pytest.raises(Refusal, match="Đếm được 7 phiếu mà sổ ghi 8"):
        vote(meeting, head, now, 7, way=Way.BALLOTS)
    vote(meeting, head, now, 7, way=Way.BALLOTS, votes_spoiled=1)
    with pytest.raises(Refusal, match="đã kiểm xong"):
        ballots.take_back(by=head, at=now, meeting_id=meeting.pk, code=codes[9])
    (made,) = signed_off(meeting, head, now)
    assert (made.verdict, made.votes_for, made.households) == ("met", 7, 10)
    view = queries.meeting(meeting.pk, seen_by=head, today=TODAY)
    assert (view.issued, view.returned) == (10, 8)
    columns = {field.name for field in Ballot._meta.get_fields()}
    assert columns == {"id", "meeting", "household", "code", "issued_at", "returned_at"}  # no vote


def test_ballots_need_a_list_of_households(head: Any, called: Any, now: datetime) -> None:
    with pytest.raises(Refusal, match="Chưa có sổ hộ"):
        ballots.issue(by=head, at=now, meeting_id=called().pk)


# Share formulas


def test_formulas_side_by_side_leave_exempt_households_out_and_the_decision_names_none(
    demo: Any, head: Any, called: Any, listed: list[int], now: datetime
) -> None:
    meeting = called(scope_households=10)
    item = item_of(meeting)
    flat = sharing.try_out(
        by=head, at=now, item_id=item, formula=Formula(Kind.HOUSEHOLD, rate_dong=2_500_000)
    )
    sharing.try_out(
        by=head, at=now, item_id=item, formula=Formula(Kind.PERSON, rate_dong=250_000, cap_dong=2_400_000)
    )
    shown = trials.trials(item, seen_by=head)
    assert [(each.shares.total, each.left_out) for each in shown] == [(22_500_000, 1), (13_000_000, 1)]
    rows = trials.side_by_side(shown)
    assert "H003" not in [row.code for row in rows]
    assert rows[-1].amounts == (2_500_000, 2_500_000)
    assert rows[-1].over_cap == (False, True)
    sharing.choose(by=head, at=now, trial_id=flat.id)
    actions.count_present(by=head, at=now, meeting_id=meeting.pk, present=9)
    vote(meeting, head, now, 9)
    (made,) = signed_off(meeting, head, now)
    share = queries.decision(made.pk).share
    assert share is not None
    assert (share["words"], share["total"]) == ("Mỗi hộ như nhau: 2.500.000 đồng mỗi hộ", "22500000")
    assert "H0" not in str(share)
    with pytest.raises(NotPermitted):
        trials.trials(item, seen_by=demo.post("văn phòng Thái Nguyên"))


def test_an_exempt_household_in_a_formula_is_refused_without_saying_why(
    head: Any, called: Any, listed: list[int], now: datetime, unchanged: Any
) -> None:
    meeting = called(scope_households=10)
    metres = dict.fromkeys(listed, 1000)
    formula = Formula(Kind.FRONTAGE, total_dong=80_000_000)
    with unchanged(), pytest.raises(Refusal) as refused:
        sharing.try_out(by=head, at=now, item_id=item_of(meeting), formula=formula, measures=metres)
    assert "Hộ H003 không thuộc diện tính" in str(refused.value)
    assert "neo đơn" not in str(refused.value)
    del metres[listed[2]], metres[listed[5]]
    with pytest.raises(Refusal, match="Hộ H006 chưa có số mét"):
        sharing.try_out(by=head, at=now, item_id=item_of(meeting), formula=formula, measures=metres)


@pytest.mark.parametrize(
    ("formula", "field"),
    [
        (Formula(Kind.HOUSEHOLD), "rate"),
        (Formula(Kind.HOUSEHOLD, rate_dong=1, total_dong=1), "rate"),
        (Formula(Kind.HOUSEHOLD, rate_dong=-5), "rate"),
        (Formula(Kind.PERCENT, cost_dong=10, percent_e2=10_001), "percent"),
        (Formula(Kind.CEMENT, half_days=0), "days"),
        (Formula(Kind.PERSON, total_dong=10, cap_dong=0), "cap"),
    ],
)
def test_amounts_that_make_no_sense_are_refused_by_their_field(
    head: Any, called: Any, listed: list[int], now: datetime, formula: Formula, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        sharing.try_out(by=head, at=now, item_id=item_of(called()), formula=formula)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_the_trail_of_a_meeting_bears_no_name_and_no_household(
    head: Any, called: Any, listed: list[int], now: datetime
) -> None:
    meeting = called(scope_households=10)
    actions.take_roll(by=head, at=now, meeting_id=meeting.pk, household_ids=listed)
    vote(meeting, head, now, 9)
    signed_off(meeting, head, now)
    trail = str(list(AuditEvent.objects.filter(subject=f"community.Meeting:{meeting.pk}").values()))
    assert "Đại diện số" not in trail
    assert "Hộ một" not in trail
    assert "neo đơn" not in trail

"""Where a case stands: what is open, what is shut and why, whose it is, by when. The commune of 2021–2025."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.ballots import contradictions
from rulebook.loading.calendar import read_calendar
from rulebook.loading.procedures import read_procedure
from rulebook.loading.tree import read_tree
from rulebook.procedure import Procedure
from rulebook.proceeding import proceed
from rulebook.standings import Event, Proceeding, Said, Standing
from rulebook.verdicts import Verdict

LAW = Path(__file__).parents[3] / "law"
CALENDAR = read_calendar(LAW / "calendar.yaml")
NUMBERS = {"qd-18-2022": "18/2022/QĐ-TTg", "th-2392-2017": "2392/2017/QĐ-UBND"}
COMMUNE = read_procedure(read_tree(LAW / "2021-2025/commune/procedure.yaml"), NUMBERS)
HAMLET = read_procedure(read_tree(LAW / "provinces/38/hamlet/procedure.yaml"), NUMBERS)
START = date(2023, 3, 1)
MET = dict.fromkeys(COMMUNE.gates, Verdict.MET)


def told(procedure: Procedure, to: str, on: date = START) -> list[Event]:
    """Every step up to one, told by paper, a day apart."""
    law = procedure.on(on)
    steps = [each for each in law.in_order if to in law.followers(each.code)]
    return [Event(each.code, on + timedelta(days=place), Said.TOLD) for place, each in enumerate(steps)]


def at(
    events: list[Event], on: date = date(2023, 6, 1), procedure: Procedure = COMMUNE, **more: object
) -> Proceeding:
    given_ = {
        "held": tuple(procedure.components),
        "gates": dict.fromkeys(procedure.gates, Verdict.MET),
        **more,
    }
    return proceed(procedure, CALENDAR, events, on=on, **given_)  # type: ignore[arg-type]


def sentences(case: Proceeding, step: str) -> list[str]:
    return [each.sentence.vi for each in case.states[step].reasons]


def test_a_missing_paper_shuts_the_step_and_says_whose_it_is_and_which_clause() -> None:
    held = [code for code in COMMUNE.components if code != "commune_minutes"]
    case = at(told(COMMUNE, "commune_meeting"), held=held)
    assert sentences(case, "submit") == [
        "Thiếu “Biên bản họp xã đề nghị xét công nhận”, do UBND xã lập (Thông tư 40/2014/TT-BNNPTNT)."
    ]
    assert [(each.component.code, each.whose.vi) for each in case.missing] == [("commune_minutes", "UBND xã")]


def test_papers_of_the_district_are_not_missing_when_there_is_no_district() -> None:
    missing = {each.component.code for each in at([], date(2025, 8, 1), held=()).missing}
    assert "survey_report" in missing
    assert not missing & {"verification_report", "district_letter", "district_minutes"}


@pytest.mark.parametrize(("verdict", "word"), [(Verdict.NOT_MET, "chưa đạt"), (Verdict.UNKNOWN, "chưa biết")])
def test_a_gate_not_met_or_not_known_shuts_the_council_with_its_proof(verdict: Verdict, word: str) -> None:
    case = at(told(COMMUNE, "appraise"), gates={**MET, "arrears": verdict})
    assert case.states["deliberate"].standing is Standing.BLOCKED
    assert sentences(case, "deliberate") == [
        f"Điều kiện “Không có nợ đọng xây dựng cơ bản trong Chương trình” {word}; "
        "cần báo cáo nợ đọng và sổ công trình (Điều 4, 18/2022/QĐ-TTg)."
    ]


def test_a_vote_that_fails_says_the_share_the_mark_and_its_denominator() -> None:
    case = at(
        [*told(COMMUNE, "appraise"), Event("deliberate", date(2023, 5, 5), counts={"present": 11, "for": 9})]
    )
    assert case.states["deliberate"].standing is Standing.FAILED
    assert sentences(case, "deliberate") == [
        "9/11 (81,82%) đồng ý, tính trên số người dự họp; cần từ 90% số người dự họp trở lên, "
        "tức từ 10 (18/2022/QĐ-TTg; chưa xác nhận)."
    ]


def test_a_council_with_an_absent_chair_counts_those_present() -> None:
    counts = {"members": 13, "present": 10, "for": 9}
    case = at([*told(COMMUNE, "appraise"), Event("deliberate", date(2023, 5, 5), counts=counts)])
    assert case.states["deliberate"].standing is Standing.DONE


def test_a_later_vote_that_passes_heals_one_that_failed() -> None:
    votes = [
        Event("deliberate", date(2023, 5, day), counts={"present": 10, "for": 5 + day}) for day in (2, 4)
    ]
    assert at([*told(COMMUNE, "appraise"), *votes]).states["deliberate"].done_on == date(2023, 5, 4)


def test_counts_that_cannot_be_are_not_counted_and_say_why() -> None:
    event = Event("deliberate", date(2023, 5, 5), counts={"present": 10, "returned": 11, "for": 10})
    case = at([*told(COMMUNE, "appraise"), event])
    assert case.states["deliberate"].standing is Standing.OPEN
    assert "(11) nhiều hơn số người dự họp (10)" in sentences(case, "deliberate")[0]


def test_an_absent_member_may_be_sent_a_ballot_but_nobody_outside_the_council() -> None:
    fine = {"members": 13, "present": 10, "issued": 12, "returned": 12, "for": 9}
    assert contradictions(fine) == ()
    assert "(14) nhiều hơn tổng số thành viên (13)" in contradictions({**fine, "issued": 14})[0].vi


def test_a_paper_without_counts_is_taken_and_labelled() -> None:
    state = at(told(COMMUNE, "commune_meeting")).states["commune_meeting"]
    assert state.standing is Standing.DONE
    assert state.notes[0].vi == "Theo văn bản."


def test_a_survey_is_counted_over_the_households_of_the_place_for_the_title_asked() -> None:
    survey = Event(
        "survey", date(2023, 4, 1), counts={"participants": 100}, answers={"q1": (93, 100), "q2": (91, 100)}
    )
    for title, standing in (
        ("xa-ntm-2021-2025", Standing.DONE),
        ("xa-ntm-nang-cao-2021-2025", Standing.FAILED),
    ):
        case = at([*told(COMMUNE, "submit"), survey], standard=title, households=142)
        assert case.states["survey"].standing is standing
    case = at([*told(COMMUNE, "submit"), survey], households=143)
    assert sentences(case, "survey")[0].startswith(
        "100/143 (69,93%) hộ tham gia, tính trên tổng số hộ; cần từ 70%"
    )


def test_an_authority_that_is_no_more_cannot_decide() -> None:
    events = [
        *told(HAMLET, "submit", date(2025, 5, 1)),
        Event("decide", date(2025, 7, 2), by="district_chair"),
    ]
    case = at(events, date(2025, 8, 1), HAMLET)
    assert [each.vi for each in case.faults] == [
        "Chủ tịch UBND huyện không còn từ 01/07/2025, nên không làm được bước “Quyết định công nhận” "
        "ngày 02/07/2025. Hãy xem lại ngày hoặc người ký."
    ]
    assert case.authority is not None
    assert case.authority.role is None
    assert any("Chưa biết ngày 01/08/2025 ai làm bước" in each for each in sentences(case, "decide"))


def test_a_decision_of_its_day_stands_after_the_authority_is_gone() -> None:
    events = [
        *told(HAMLET, "appraise", date(2025, 5, 1)),
        Event("decide", date(2025, 6, 30), by="district_chair"),
    ]
    case = at(events, date(2026, 3, 2), HAMLET)
    assert case.faults == ()
    assert case.states["decide"].done_on == date(2025, 6, 30)
    assert case.states["appraise"].standing is Standing.DONE, "what was done stays done"


def test_another_body_than_the_authority_is_refused_by_name() -> None:
    case = at([*told(COMMUNE, "deliberate"), Event("decide", date(2023, 5, 15), by="district")])
    assert case.faults[0].vi == (
        "Bước “Quyết định công nhận” ngày 15/05/2023 thuộc Chủ tịch UBND tỉnh, không thuộc UBND huyện."
    )


def test_a_step_recorded_before_what_it_waits_for_is_a_fault() -> None:
    events = told(COMMUNE, "commune_meeting")
    early = replace(events[-1], on=events[0].on)
    case = at([*events[:-1], early])
    assert case.states["commune_meeting"].standing is Standing.OPEN
    assert (
        "ghi ngày 01/03/2023 khi “Hoàn thiện báo cáo sau khi có ý kiến” ngày 05/03/2023 mới xong"
        in case.faults[0].vi
    )


def test_sent_back_the_file_begins_again_at_that_step_and_keeps_what_stands_before() -> None:
    events = [*told(COMMUNE, "receive"), Event("appraise", date(2023, 5, 1), Said.RETURNED, to="complete")]
    case = at(events)
    assert [case.states[code].standing for code in ("notice", "complete", "submit", "survey")] == [
        *(Standing.DONE, Standing.OPEN, Standing.BLOCKED, Standing.BLOCKED)
    ]
    again = [replace(each, on=date(2023, 5, 20)) for each in told(COMMUNE, "receive")[4:]]
    assert at([*events, *again]).states["appraise"].standing is Standing.OPEN


def test_a_step_the_file_has_not_reached_sends_nothing_back() -> None:
    case = at([*told(COMMUNE, "submit"), Event("appraise", date(2023, 5, 1), Said.RETURNED, to="complete")])
    assert case.states["submit"].standing is Standing.DONE
    assert "hồ sơ chưa đến bước" in case.faults[0].vi


def test_sectors_verify_side_by_side_and_the_last_one_closes_the_step() -> None:
    parts = {"verify": ("CT", "YT")}
    one = [*told(COMMUNE, "submit"), Event("verify", date(2023, 4, 3), part="YT")]
    case = at(one, parts=parts)
    assert case.states["verify"].standing is Standing.OPEN
    assert sentences(case, "verify") == ["Còn thiếu kết quả của ngành CT."]
    case = at([*one, Event("verify", date(2023, 4, 5), part="CT")], parts=parts)
    assert case.states["verify"].done_on == date(2023, 4, 5)


def test_withdrawn_by_the_applicant_closes_the_rest_but_not_after_the_decision() -> None:
    withdrawn = Event("submit", date(2023, 5, 30), Said.WITHDRAWN)
    case = at([*told(COMMUNE, "submit"), withdrawn])
    assert case.withdrawn
    assert case.states["survey"].standing is Standing.CLOSED
    assert case.states["submit"].standing is Standing.DONE
    case = at([*told(COMMUNE, "decide"), withdrawn])
    assert not case.withdrawn
    assert "thu hồi" in case.faults[0].vi


def test_an_unknown_time_is_never_late_and_a_known_one_counts_the_days_past() -> None:
    events = told(COMMUNE, "decide")
    decided = events[-1].on
    case = at(events, date(2023, 6, 1))
    assert case.states["decide"].due is not None
    assert case.states["decide"].due.late is None
    assert "Chưa biết thời hạn" in case.states["decide"].due.reason.vi
    due = at(events, decided + timedelta(days=75)).states["announce"].due
    assert due is not None
    assert due.day is not None
    assert due.late == (decided + timedelta(days=75) - due.day).days > 0
    assert not due.confirmed, "60 days were seen in one province only"


def test_a_yearly_review_opens_again_and_is_late_by_days() -> None:
    events = [*told(COMMUNE, "decide"), Event("review", date(2024, 2, 29))]
    assert at(events, date(2025, 2, 27)).states["review"].standing is Standing.DONE
    state = at(events, date(2025, 3, 2)).states["review"]
    assert state.standing is Standing.OPEN
    assert state.due is not None
    assert (state.due.day, state.due.late) == (date(2025, 2, 28), 2)


def test_a_decision_where_nobody_knows_the_authority_stands_by_its_paper_with_a_warning() -> None:
    events = [*told(HAMLET, "submit", date(2025, 8, 1)), Event("decide", date(2025, 9, 1), Said.TOLD)]
    state = at(events, date(2025, 10, 1), HAMLET).states["decide"]
    assert state.standing is Standing.DONE
    assert any("Chưa biết ngày 01/09/2025 ai làm" in each.vi for each in state.notes)


def test_an_unknown_step_role_or_way_back_is_a_sentence_not_an_error() -> None:
    events = [
        Event("nowhere", START),
        Event("register", START, by="king"),
        Event("commune_meeting", START, Said.RETURNED, to="decide"),
    ]
    faults = [each.vi for each in at(events).faults]
    assert [
        part in told_ for part, told_ in zip(("nowhere", "king", "không trả hồ sơ về"), faults, strict=True)
    ]
    assert len(faults) == 3


def test_the_answer_is_plain_json_with_the_digest() -> None:
    plain = at(told(COMMUNE, "submit")).to_plain()
    assert plain["procedure"] == "cong-nhan-xa-2021-2025"
    assert {each["code"]: each["standing"] for each in plain["steps"]}["survey"] == "open"


# --- whatever happened ---

FIRST_DAYS = st.sampled_from([START, date(2025, 6, 20), date(2025, 8, 1)])


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], date]:
    """Some of the steps of a case, each told on its day."""
    first = draw(FIRST_DAYS)
    law = COMMUNE.on(first)
    reached = draw(st.sampled_from([each.code for each in law.in_order]))
    events = told(COMMUNE, reached, first)
    kept = (
        draw(st.lists(st.sampled_from(events), unique_by=lambda each: each.step))
        if draw(st.booleans())
        else events
    )
    return kept, first + timedelta(days=60)


@settings(max_examples=40)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_steps_are_recorded_does_not_matter(history, random) -> None:  # type: ignore[no-untyped-def]
    events, on = history
    shuffled = list(events)
    random.shuffle(shuffled)
    assert at(shuffled, on).states == at(events, on).states


@settings(max_examples=40)
@given(histories(), st.data())
def test_a_blocked_step_is_never_opened_by_what_it_does_not_wait_for(history, data) -> None:  # type: ignore[no-untyped-def]
    events, on = history
    before = at(events, on)
    step = data.draw(st.sampled_from([each.code for each in before.blocked] or ["register"]))
    unrelated = [code for code in COMMUNE.steps if code == step or step not in COMMUNE.followers(code)]
    more = [
        Event(code, on, data.draw(st.sampled_from([Said.DONE, Said.TOLD, Said.WITHDRAWN])))
        for code in data.draw(st.lists(st.sampled_from(unrelated), max_size=4))
    ]
    if before.states[step].standing is Standing.BLOCKED:
        assert at([*events, *more], on).states[step].standing in (Standing.BLOCKED, Standing.CLOSED)

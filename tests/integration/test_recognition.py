"""A title is a legal act: entered from papers, under a standard in force, with nothing made up."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.figures import queries as figures
from chungtay.recognition.models import Title
from chungtay.recognition.titles import queries
from chungtay.recognition.titles.actions import enter_on_record
from rulebook import Mark

MODEL, SMART, COMMUNE = "xom-kieu-mau-thai-nguyen", "xom-thong-minh-thai-nguyen", "xa-ntm-2021-2025"
CEREMONY = date(2023, 5, 24)
SYSTEM = SystemActor(label="Người dựng thử")


@pytest.fixture
def enter(demo: Any, now: datetime) -> Callable[..., Title]:
    """A title of Quảng Lạc as a new rural commune in 2023, unless told otherwise."""

    def one(**more: Any) -> Title:
        given: dict[str, Any] = {
            "by": SYSTEM,
            "at": now,
            "place_id": demo.place("quang_lac"),
            "standard_code": COMMUNE,
            "year": 2023,
            "decided_by": "Chủ tịch UBND tỉnh Lạng Sơn",
            "source": "Quyết định công nhận",
        }
        return enter_on_record(**(given | more))

    return one


def faults(enter: Callable[..., Title], **more: Any) -> dict[str, str]:
    with pytest.raises(Refusal) as refused:
        enter(**more)
    return {fault.field: fault.sentence for fault in refused.value.faults}


def test_what_no_paper_tells_stays_empty(enter: Callable[..., Title], demo: Any) -> None:
    enter()
    (title,) = queries.titles(demo.place("quang_lac"), by=date(2024, 1, 1))
    assert (title.decided_on, title.decision_number, title.ceremony_on) == (None, "", None)
    assert (title.title, title.mark) == ("xã đạt chuẩn nông thôn mới", Mark.TOLD)


def test_what_the_papers_tell_is_kept_to_the_letter(enter: Callable[..., Title], demo: Any) -> None:
    enter(
        decided_on=date(2023, 5, 10), decision_number="123/QĐ-UBND", ceremony_on=CEREMONY, mark=Mark.MEASURED
    )
    (title,) = queries.titles(demo.place("quang_lac"), by=date(2024, 1, 1))
    assert (title.decided_on, title.decision_number) == (date(2023, 5, 10), "123/QĐ-UBND")
    assert (title.ceremony_on, title.decided_by) == (CEREMONY, "Chủ tịch UBND tỉnh Lạng Sơn")


def test_the_same_title_again_returns_the_one_on_record(
    enter: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    first = enter(ceremony_on=CEREMONY)
    with unchanged():
        assert enter(ceremony_on=CEREMONY) == first


@pytest.mark.parametrize(
    "other",
    [
        {"ceremony_on": date(2023, 5, 25)},
        {"ceremony_on": None},
        {"decided_on": date(2023, 5, 1)},
        {"decision_number": "99/QĐ-UBND"},
        {"decided_by": "Chủ tịch UBND thành phố Lạng Sơn"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_same_title_with_other_papers_is_refused_and_nothing_overwritten(
    enter: Callable[..., Title], unchanged: Callable[..., Any], other: dict[str, Any]
) -> None:
    enter(ceremony_on=CEREMONY)
    with unchanged(), pytest.raises(Refusal, match="đã có trong sổ với thông tin khác"):
        enter(**({"ceremony_on": CEREMONY} | other))


def test_entering_writes_one_event_that_names_the_post(enter: Callable[..., Title], demo: Any) -> None:
    row = enter(by=demo.post("cán bộ Vô Tranh"), place_id=demo.place("khe_coc"), standard_code=SMART)
    (event,) = AuditEvent.objects.filter(deed="recognition.enter_on_record", subject__endswith=f":{row.pk}")
    assert event.actor_label == "Cán bộ nông thôn mới cấp xã · xã Vô Tranh"
    assert (event.place_id, event.detail) == (demo.place("khe_coc"), {"standard": SMART, "year": 2023})


# Under a standard in force


@pytest.mark.parametrize("day", [date(2022, 3, 7), date(2021, 6, 1)])
def test_a_title_under_a_standard_not_yet_in_force_is_refused_with_the_dates_and_the_instrument(
    enter: Callable[..., Title], unchanged: Callable[..., Any], day: date
) -> None:
    with unchanged(), pytest.raises(Refusal) as refused:
        enter(decided_on=day, year=day.year)
    sentence = str(refused.value)
    assert f"không có hiệu lực vào ngày {day:%d/%m/%Y}" in sentence
    assert "hiệu lực: từ 08/03/2022 đến trước 15/02/2026" in sentence
    assert "318/QĐ-TTg" in sentence


def test_a_title_under_a_standard_no_longer_in_force_is_refused(
    enter: Callable[..., Title], demo: Any
) -> None:
    going_on = demo.post("cán bộ Vô Tranh").place_id
    with pytest.raises(Refusal, match="không có hiệu lực vào ngày 15/02/2026"):
        enter(place_id=going_on, decided_on=date(2026, 2, 15), year=2026)
    assert enter(place_id=going_on, decided_on=date(2026, 2, 14), year=2026)


def test_the_first_day_in_force_is_in_force(enter: Callable[..., Title]) -> None:
    assert enter(decided_on=date(2022, 3, 8), year=2022)


def test_a_title_outside_the_period_of_a_set_whose_dates_are_unknown_is_refused_with_the_period(
    enter: Callable[..., Title], demo: Any
) -> None:
    with pytest.raises(Refusal, match="2021–2025"):
        enter(place_id=demo.place("khe_coc"), standard_code=MODEL, decided_on=date(2020, 5, 1), year=2020)


def test_judging_an_earlier_day_by_a_later_law_stays_allowed_and_is_labelled(demo: Any) -> None:
    judged = figures.judge_place(demo.place("quang_lac"), COMMUNE, on=date(2021, 6, 1))
    assert judged.retrospective


def test_an_unknown_standard_is_refused_with_those_there_are(enter: Callable[..., Title]) -> None:
    with pytest.raises(NotFound, match=COMMUNE):
        enter(standard_code="xa-ntm-1999")


# Days and papers that cannot be


def test_a_ceremony_before_the_decision_is_refused(
    enter: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    with unchanged():
        found = faults(enter, decided_on=CEREMONY, ceremony_on=date(2023, 5, 23))
    assert "không thể trước ngày quyết định" in found["ceremony_on"]


def test_the_database_itself_refuses_a_ceremony_before_the_decision(enter: Callable[..., Title]) -> None:
    row = enter(decided_on=CEREMONY)
    row.ceremony_on = date(2023, 5, 23)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("decided_on", {"decided_on": date(2026, 3, 3)}),
        ("year", {"year": 2027}),
        ("year", {"year": 0}),
        ("year", {"year": 99999}),
        ("source", {"source": "  "}),
        ("source", {"source": "x" * 301}),
        ("decided_by", {"decided_by": " "}),
        ("decided_by", {"decided_by": "x" * 201}),
        ("decision_number", {"decision_number": "1" * 61}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    enter: Callable[..., Title], unchanged: Callable[..., Any], field: str, given: dict[str, Any]
) -> None:
    with unchanged():
        assert "Hãy" in faults(enter, **given)[field]


def test_every_fault_is_told_at_once(enter: Callable[..., Title]) -> None:
    found = faults(enter, decided_by="", source="", decided_on=date(2023, 5, 2), ceremony_on=date(2023, 5, 1))
    assert set(found) == {"decided_by", "source", "ceremony_on"}


def test_a_title_of_a_place_that_is_no_more_is_refused(enter: Callable[..., Title]) -> None:
    with pytest.raises(Refusal, match="Xã Quảng Lạc không còn từ ngày 01/07/2025"):
        enter(decided_on=date(2025, 7, 1), year=2025)


def test_a_title_is_not_known_before_its_day(enter: Callable[..., Title], demo: Any) -> None:
    enter(decided_on=CEREMONY)
    assert queries.titles(demo.place("quang_lac"), by=date(2023, 5, 23)) == []
    assert len(queries.titles(demo.place("quang_lac"), by=CEREMONY)) == 1


def test_titles_stand_newest_first(enter: Callable[..., Title], demo: Any) -> None:
    enter(year=2022, decided_on=date(2022, 12, 1))
    enter(year=2023)
    assert [title.year for title in queries.titles(demo.place("quang_lac"), by=date(2024, 1, 1))] == [
        2023,
        2022,
    ]


def test_a_title_of_another_level_is_refused(
    enter: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(Refusal, match="không dùng cho xã Quảng Lạc"):
        enter(standard_code=MODEL)


# Who may


def test_nobody_enters_the_recognition_of_the_very_place_they_answer_for(
    enter: Callable[..., Title], demo: Any, unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(NotPermitted, match="cho chính nơi mình phụ trách"):
        enter(by=demo.post("cán bộ Quảng Lạc"))


@pytest.mark.parametrize("persona", ["trưởng xóm Khe Cốc", "đoàn kiểm tra"])
def test_a_hamlet_head_and_an_inspector_enter_no_recognition(
    enter: Callable[..., Title], demo: Any, unchanged: Callable[..., Any], persona: str
) -> None:
    with unchanged(), pytest.raises(NotPermitted, match="không được nhập quyết định công nhận"):
        enter(by=demo.post(persona), place_id=demo.place("khe_coc"), standard_code=SMART)


def test_an_officer_enters_nothing_outside_the_commune(
    enter: Callable[..., Title], demo: Any, unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(NotPermitted, match="nằm ngoài"):
        enter(by=demo.post("cán bộ Quảng Lạc"), place_id=demo.place("khe_coc"), standard_code=SMART)


def test_recognition_leaves_the_measured_verdict_as_it_was(enter: Callable[..., Title], demo: Any) -> None:
    day = date(2023, 12, 31)
    before = figures.judge_place(demo.place("quang_lac"), COMMUNE, on=day).finding
    enter(decided_on=CEREMONY)
    assert figures.judge_place(demo.place("quang_lac"), COMMUNE, on=day).finding == before

"""Outreach and training, campaigns, feedback, supervision, honours and conventions: deeds, sums, who reads what, pages.

One file, so that the world of the stories is built once.
"""

import csv
import io
import re
import uuid
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client

from chungtay.community.campaigns import actions as campaigns
from chungtay.community.campaigns import queries as campaign_queries
from chungtay.community.convention import actions as conventions
from chungtay.community.convention import queries as convention_queries
from chungtay.community.feedback import actions as feedback
from chungtay.community.feedback import queries as feedback_queries
from chungtay.community.feedback.models import Feedback
from chungtay.community.honours import commending, titling
from chungtay.community.honours import queries as honours
from chungtay.community.meetings import actions as meetings
from chungtay.community.meetings.actions import Matter
from chungtay.community.outreach import actions as outreach
from chungtay.community.outreach import queries
from chungtay.community.outreach.models import OutreachSession
from chungtay.community.supervision import actions as supervision
from chungtay.community.supervision import queries as supervision_queries
from chungtay.community.supervision.policies import NewMember
from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.people.models import Post
from chungtay.territory import queries as territory
from rulebook import Mark

SYSTEM = SystemActor(label="Người dựng thử")
STORY = "Bài viết cuối năm 2022"
YEAR = (date(2022, 1, 1), date(2022, 12, 31))


@pytest.fixture
def hold(demo: Any, now: datetime) -> Callable[..., Any]:
    """Record one outreach session of Quảng Lạc in 2022, unless told otherwise."""

    def record(place: str = "quang_lac", **more: Any) -> OutreachSession:
        told: dict[str, Any] = {
            "kind": "outreach",
            "topic": "Vệ sinh môi trường",
            "organiser": "Hội Phụ nữ xã",
            "held_from": date(2022, 5, 4),
            "attendances": 60,
        }
        by = told.pop("by", SYSTEM)
        return outreach.record_session(**{"by": by, "at": now, "place_id": demo.place(place), **told, **more})

    return record


@pytest.fixture
def city(demo: Any) -> int:
    """The historic thành phố Lạng Sơn, above Quảng Lạc in 2022."""
    above = territory.ancestors(demo.place("quang_lac"), date(2022, 6, 1))
    return next(each.id for each in above if each.level == "district")


@pytest.fixture
def front(demo: Any, now: datetime) -> Post:
    """An officer of the Front of Vô Tranh."""
    beside = demo.post("cán bộ Vô Tranh")
    return Post.objects.create(
        user_id=beside.user_id,
        role="front_officer",
        place_id=beside.place_id,
        label="Cán bộ Mặt trận Tổ quốc · xã Vô Tranh",
        valid_from=date(2022, 1, 1),
    )


def tell(demo: Any, now: datetime, place: int, **more: Any) -> Any:
    told: dict[str, Any] = {"kind": "outreach", "start": YEAR[0], "end": YEAR[1], "source": STORY}
    return outreach.tell_total(**{"by": SYSTEM, "at": now, "place_id": place, **told, **more})


def refused(deed: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as refusal:
        deed()
    return str(refusal.value)


# ── Outreach and training ─────────────────────────────────────────────────────


def test_quang_lacs_26_sessions_and_1750_attendances_are_entries_that_sum_to_what_was_told(
    demo: Any, now: datetime, hold: Callable[..., Any]
) -> None:
    place = demo.place("quang_lac")
    tell(demo, now, place, sessions=26, attendances=1750)
    found = queries.sums(place, "outreach", *YEAR)
    assert (found.sessions, found.attendances, found.reconstructed) == (26, 1750, 26)
    assert found.recorded == 0  # what carries a told total is never measured
    lines = queries.sessions(place, queries.Asked("outreach", 2022))
    assert len(lines) == 26 and all(line.is_reconstructed for line in lines)

    session = hold(attendances=100)  # one of them is found in the minutes
    found = queries.sums(place, "outreach", *YEAR)
    assert (found.sessions, found.attendances, found.recorded) == (26, 1750, 1)
    outreach.strike_session(by=SYSTEM, at=now, session_id=session.pk, reason="Ghi nhầm")
    assert queries.sums(place, "outreach", *YEAR).reconstructed == 26


def test_over_100_sessions_a_year_of_the_city_hold_its_communes_sessions_within_them(
    demo: Any, now: datetime, city: int
) -> None:
    tell(demo, now, demo.place("quang_lac"), sessions=26, attendances=1750)
    tell(
        demo,
        now,
        city,
        start=date(2020, 1, 1),
        per_year=True,
        sessions=100,
        sessions_qualifier="over",
        attendances=10_000,
        attendances_qualifier="over",
        combined_with="các nội dung khác",
    )
    years = dict(queries.by_year(city, "outreach", 2020, 2022))
    assert [(each.sessions, each.attendances) for each in years.values()] == [(100, 10_000)] * 3
    told = queries.told_totals(city, "outreach")[0]
    assert (told.sessions, told.sessions_qualifier, told.per_year) == (100, "over", True)
    units = queries.by_unit(city, "outreach", *YEAR, level="commune")
    assert [(each.unit.name, each.sums.sessions, each.per_year) for each in units] == [
        ("thành phố Lạng Sơn", 74, Fraction(74)),
        ("xã Quảng Lạc", 26, Fraction(26)),
    ]
    province = territory.ancestors(city, date(2022, 6, 1))[-1].id
    assert queries.sums(province, "outreach", *YEAR).sessions == 100


def test_more_recorded_than_told_is_shown_and_not_cut(demo: Any, now: datetime, hold: Any) -> None:
    place = demo.place("quang_lac")
    tell(demo, now, place, sessions=2, attendances=100)
    for month in (3, 4, 5):
        hold(held_from=date(2022, month, 1))
    found = queries.sums(place, "outreach", *YEAR)
    assert (found.sessions, found.attendances, found.reconstructed) == (3, 180, 0)
    assert queries.told_totals(place, "outreach")[0].exceeded == 1


def test_a_session_that_nobody_counted_at_is_not_zero(demo: Any, hold: Any) -> None:
    hold(attendances=None)
    hold(attendances=40, topic="Hiến đất mở đường")
    found = queries.sums(demo.place("quang_lac"), "outreach", *YEAR)
    assert (found.sessions, found.attendances, found.unknown) == (2, 40, 1)
    assert found.mean_attendances == 40


def test_training_is_counted_apart_and_refused_among_outreach(demo: Any, hold: Any) -> None:
    assert "Tập huấn" in refused(lambda: hold(topic="Lớp tập huấn trồng rau an toàn"))
    hold(topic="Vận động bà con đi tập huấn", is_surely_outreach=True)
    hold(kind="training", topic="Tập huấn trồng rau an toàn", held_to=date(2022, 5, 5))
    place = demo.place("quang_lac")
    assert [queries.sums(place, kind, *YEAR).sessions for kind in ("outreach", "training")] == [1, 1]


def test_the_same_session_from_two_phones_is_one(demo: Any, hold: Any) -> None:
    uid = uuid.uuid4()
    first = hold(uid=uid)
    assert hold(uid=uid).pk == first.pk  # one phone that sends twice
    told = refused(lambda: hold(uid=uuid.uuid4(), topic="vệ sinh  MÔI trường", attendances=70))
    assert "đã có cuộc" in told
    assert hold(venue="Nhà văn hóa thôn Quảng Trung").pk != first.pk
    assert "Mã gửi này" in refused(lambda: hold(uid=uid, attendances=61))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"attendances": 10_000_000}, "không hợp lý"),
        ({"attendances": -5}, "không hợp lý"),
        ({"held_from": date(2026, 3, 3)}, "sau hôm nay"),
        ({"held_from": date(1202, 5, 4)}, "xem lại năm"),
        ({"held_to": date(2022, 5, 3)}, "xem lại hai ngày"),
        ({"topic": "  "}, "còn trống"),
        ({"kind": "party"}, "đếm riêng"),
        ({"mark": Mark.TOLD}, "tài liệu nào"),
        ({"mark": Mark.RECONSTRUCTED}, "dựng lại"),
        ({"organiser": "\0"}, "(U+0000) ở đầu dòng 1"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(
    hold: Any, wrong: dict[str, Any], said: str, unchanged: Any
) -> None:
    with unchanged():
        assert said in refused(lambda: hold(**wrong))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "số cuộc, số lượt"),
        ({"sessions": 0}, "không hợp lý"),
        ({"sessions": 26, "attendances": 10**10}, "không hợp lý"),
        ({"sessions": 26, "end": date(2026, 12, 31)}, "sau hôm nay"),
        ({"sessions": 26, "per_year": True, "end": date(2022, 11, 30)}, "trọn năm"),
        ({"sessions": 26, "sessions_qualifier": "almost"}, "khoảng"),
        ({"sessions": 26, "source": ""}, "tài liệu nào"),
        ({"sessions": 26, "start": date(2021, 7, 1), "end": date(2022, 6, 30)}, "chồng một phần"),
    ],
)
def test_a_told_total_that_cannot_be_meant_is_refused(
    demo: Any, now: datetime, wrong: dict[str, Any], said: str
) -> None:
    place = demo.place("quang_lac")
    if "chồng" in said:
        tell(demo, now, place, sessions=26)
    assert said in refused(lambda: tell(demo, now, place, **wrong))


def test_who_is_of_another_commune_records_nothing_here(demo: Any, hold: Any) -> None:
    with pytest.raises(NotPermitted):
        hold(by=demo.post("cán bộ Vô Tranh"))
    assert hold(by=demo.post("cán bộ Quảng Lạc")).by_label == demo.post("cán bộ Quảng Lạc").label


def test_sums_ask_no_more_queries_of_a_hundred_sessions(
    demo: Any, now: datetime, queries_of: Any, city: int
) -> None:
    tell(demo, now, demo.place("quang_lac"), sessions=3)
    few = queries_of(lambda: queries.by_unit(city, "outreach", *YEAR, level="commune"))
    tell(demo, now, city, sessions=100)
    assert queries_of(lambda: queries.by_unit(city, "outreach", *YEAR, level="commune")) == few <= 8
    assert queries_of(lambda: queries.page_of(city, queries.Asked("outreach"), 0, 50)) <= 5


# ── Movements and campaigns ───────────────────────────────────────────────────


def test_a_movement_keeps_its_results_in_the_words_in_which_they_were_told(demo: Any, now: datetime) -> None:
    place = demo.place("khe_coc")
    row = campaigns.begin_campaign(
        by=demo.post("trưởng xóm Khe Cốc"),
        at=now,
        place_id=place,
        kind="campaign",
        name="Toàn dân đoàn kết xây dựng nông thôn mới",
        organisation="Mặt trận Tổ quốc",
        starts=date(2023, 1, 1),
    )
    words = "Hiến 5.300 m² đất, 920 ngày công"
    tell_result = campaigns.tell_result
    assert "tài liệu" in refused(
        lambda: tell_result(by=SYSTEM, at=now, campaign_id=row.pk, told_on=date(2023, 5, 24), words=words)
    )
    tell_result(
        by=SYSTEM,
        at=now,
        campaign_id=row.pk,
        told_on=date(2023, 5, 24),
        words=words,
        source="Báo cáo lễ công bố",
    )
    assert "trước" in refused(
        lambda: campaigns.end_campaign(by=SYSTEM, at=now, campaign_id=row.pk, ends=date(2022, 1, 1))
    )
    commune = territory.ancestors(place, date(2023, 5, 24))[-1].id
    (found,) = campaign_queries.campaigns(commune, campaign_queries.Asked(year=2024))
    assert found.results[0].words == words and found.state_on(date(2024, 1, 1)) == "running"
    campaigns.end_campaign(by=SYSTEM, at=now, campaign_id=row.pk, ends=date(2023, 12, 31))
    assert not campaign_queries.campaigns(commune, campaign_queries.Asked(year=2024))


# ── Feedback ──────────────────────────────────────────────────────────────────


@pytest.fixture
def said(demo: Any, now: datetime) -> feedback.Said:
    return feedback.say(
        at=now,
        place_id=demo.place("khe_coc"),
        topic="environment",
        text="Rác để ở đầu thôn nhà bà Hoàng Thị Nết",
        contact_name="Nông Văn Đối",
        contact="0912 345 678",
        uid=uuid.uuid4(),
    )


def test_what_somebody_says_is_followed_answered_questioned_and_closed(
    demo: Any, now: datetime, said: feedback.Said
) -> None:
    officer = demo.post("trưởng xóm Khe Cốc")
    told = feedback_queries.followed(said.number.lower(), said.secret.replace("-", " ").lower())
    assert (told.state, told.due) == ("received", date(2026, 3, 16))
    act = {"at": now, "feedback_id": said.feedback_id}
    feedback.assign(by=officer, to="Công chức địa chính", **act)
    feedback.answer(by=officer, words="Đã dọn ngày 3/3.", **act)
    feedback.reopen(at=now, number=said.number, secret=said.secret, words="Vẫn còn.")
    assert "hỏi lại" in refused(
        lambda: feedback.reopen(at=now, number=said.number, secret=said.secret, words="Lần nữa.")
    )
    feedback.answer(by=officer, words="Đã dọn hết.", **act)
    feedback.close(by=officer, **act)
    told = feedback_queries.followed(said.number, said.secret)
    assert [step.move for step in told.steps] == ["assign", "answer", "reopen", "answer", "close"]
    assert "khép lại" in refused(lambda: feedback.answer(by=officer, words="Thêm", **act))


def test_nobody_reads_it_without_the_secret_or_the_post(
    demo: Any, now: datetime, said: feedback.Said
) -> None:
    for number, secret in ((said.number, "AAAA-BBBB-CCCC"), ("GY-999999", said.secret), ("x", "")):
        with pytest.raises(NotFound):
            feedback_queries.followed(number, secret)
    with pytest.raises(NotFound):
        feedback_queries.one(said.feedback_id, seen_by=demo.post("cán bộ Quảng Lạc"))
    with pytest.raises(NotFound):
        feedback.answer(by=demo.post("cán bộ Quảng Lạc"), at=now, feedback_id=said.feedback_id, words="Không")
    with pytest.raises(NotPermitted):
        feedback_queries.one(said.feedback_id, seen_by=demo.post("đoàn kiểm tra"))
    assert feedback_queries.published(demo.place("khe_coc")) == []


def test_contact_is_encrypted_and_erased_on_request(demo: Any, now: datetime, said: feedback.Said) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT text, contact_name, contact FROM community_feedback")
        kept = "".join(cursor.fetchone())
    assert "Rác" not in kept and "Nông" not in kept and "0912" not in kept
    feedback.erase_contact(at=now, number=said.number, secret=said.secret)
    told = feedback_queries.one(said.feedback_id, seen_by=demo.post("trưởng xóm Khe Cốc"))
    assert (told.contact_name, told.contact, told.is_erased) == ("", "", True)


def test_it_is_public_only_once_published_and_never_with_a_name_or_number(
    demo: Any, now: datetime, said: feedback.Said
) -> None:
    officer = demo.post("trưởng xóm Khe Cốc")
    publish = {"by": officer, "at": now, "feedback_id": said.feedback_id}
    assert "tên người gửi" in refused(
        lambda: feedback.publish(text="Ông Nông văn Đối phản ánh rác.", **publish)
    )
    assert "số điện thoại" in refused(
        lambda: feedback.publish(text="Rác đầu thôn, gọi 0912.345.678", **publish)
    )
    feedback.publish(text="Rác để ở đầu thôn.", answer="Đã dọn.", **publish)
    (public,) = feedback_queries.published(demo.place("khe_coc"))
    assert (public.text, public.answer) == ("Rác để ở đầu thôn.", "Đã dọn.")
    feedback.withdraw_published(reason="Nhầm", **publish)
    assert feedback_queries.published(demo.place("khe_coc")) == []


def test_an_answer_that_is_owed_too_long_is_late(demo: Any, said: feedback.Said) -> None:
    place, officer = demo.place("khe_coc"), demo.post("trưởng xóm Khe Cốc")
    assert feedback_queries.late(place, date(2026, 3, 16), seen_by=officer) == []
    (late,) = feedback_queries.late(place, date(2026, 3, 17), seen_by=officer)
    assert late.number == said.number and late.late_on(date(2026, 3, 17))
    assert feedback_queries.counts(place, date(2026, 3, 17)) == feedback_queries.Counts(1, 0, 1, 1)


def test_one_address_sends_only_so_much_an_hour_and_one_phone_the_same_thing_once(
    demo: Any, now: datetime
) -> None:
    def say(**more: Any) -> feedback.Said:
        told = {"topic": "roads", "text": "Đường hỏng", "uid": uuid.uuid4(), "origin": "203.0.113.9"}
        return feedback.say(**{"at": now, "place_id": demo.place("khe_coc"), **told, **more})

    uid = uuid.uuid4()
    assert say(uid=uid) == say(uid=uid)
    for _n in range(feedback.MOST_AN_HOUR - 1):
        say()
    assert "chờ một giờ" in refused(say)
    assert say(origin="203.0.113.10").number
    assert Feedback.objects.count() == feedback.MOST_AN_HOUR + 1


# ── Supervision ───────────────────────────────────────────────────────────────

FIVE = (
    NewMember("Lô Văn Một", "front", "head", "Trưởng Ban công tác Mặt trận", True),
    NewMember("Lô Văn Hai", "inspection", "deputy", "Thanh tra nhân dân"),
    *(NewMember(f"Hoàng Thị {n}", "resident") for n in ("Ba", "Bốn", "Năm")),
)


def set_up(demo: Any, now: datetime, front: Post, members: tuple[NewMember, ...] = FIVE, **more: Any) -> Any:
    told = {"subject": "Mương thoát nước cụm 3", "formed_on": date(2025, 9, 1), "members": members}
    return supervision.set_up_board(
        **{"by": front, "at": now, "place_id": demo.place("khe_coc"), **told, **more}
    )


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (FIVE[:4], "ít nhất 5"),
        ((*FIVE[1:], NewMember("Lô Văn Sáu", "front")), "một Trưởng ban"),
        ((*FIVE, NewMember("lô văn  một", "front")), "hai lần"),
        (FIVE + tuple(NewMember(f"P{n}", "front", "deputy") for n in (1, 2)), "2 Phó"),
        (FIVE + tuple(NewMember(f"D{n}", "resident") for n in (1, 2, 3)), "5 người do dân"),
        ((*FIVE[:4], NewMember("", "cousin")), "Dòng 5"),
    ],
)
def test_a_board_is_what_the_law_asks(
    demo: Any, now: datetime, front: Post, members: tuple[NewMember, ...], said: str
) -> None:
    told = refused(lambda: set_up(demo, now, front, members))
    assert said in told
    assert "NĐ-CP" in told or "ít nhất" not in told


def test_only_the_front_sets_a_board_up(demo: Any, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        set_up(demo, now, demo.post("cán bộ Vô Tranh"))


def test_a_board_sends_its_plan_45_days_ahead_recommends_is_answered_and_is_dissolved(
    demo: Any, now: datetime, front: Post
) -> None:
    work = uuid.uuid4()
    row = set_up(demo, now, front, work_uid=work)
    assert "đang hoạt động" in refused(lambda: set_up(demo, now, front, work_uid=work))
    act = {"by": front, "at": now, "board_id": row.pk}
    told = refused(
        lambda: supervision.send_plan(sent_on=date(2025, 9, 2), begins_on=date(2025, 10, 16), **act)
    )
    assert "chỉ có 44 ngày" in told and "Điều 87" in told
    supervision.send_plan(sent_on=date(2025, 9, 2), begins_on=date(2025, 10, 17), **act)
    asks = {"kind": "recommendation", "on": date(2025, 11, 1), "words": "Thay 3 tấm đan nứt"}
    assert "Nơi nhận" in refused(lambda: supervision.write_note(**asks, **act))
    note = supervision.write_note(**asks, to_whom="Ban quản lý xã", **act)
    assert supervision_queries.boards_of_work(work)[0].waiting == 1
    supervision.dissolve_board(on=date(2026, 1, 5), reason="Đã nghiệm thu", **act)
    assert "giải thể" in refused(lambda: supervision.write_note(**asks, to_whom="Ban quản lý xã", **act))
    answer = {"answer": "Đã thay", "answered_by": "Ban quản lý xã", "answered_on": date(2026, 1, 9)}
    supervision.enter_answer(by=front, at=now, note_id=note.pk, **answer)
    assert supervision_queries.boards_of_work(work)[0].waiting == 0


def test_members_are_named_in_public_only_by_consent(demo: Any, now: datetime, front: Post) -> None:
    row = set_up(demo, now, front)
    stranger = SystemActor(label="Khách", role="visitor")

    def names(by: Any) -> list[str]:
        return [each.name for each in supervision_queries.board(row.pk, seen_by=by).members]

    assert names(front) == [each.name for each in FIVE]
    assert names(stranger) == names(demo.post("cán bộ Quảng Lạc")) == ["Lô Văn Một", "", "", "", ""]
    head = row.members.get(seat="head")
    supervision.agree_to_be_named(by=front, at=now, member_id=head.pk, agrees=False)
    assert set(names(stranger)) == {""}


def test_a_board_stays_whole_when_members_change(demo: Any, now: datetime, front: Post) -> None:
    row = set_up(demo, now, front)
    last = row.members.order_by("pk").last()
    change = {"by": front, "at": now, "board_id": row.pk, "on": date(2025, 12, 1), "leaving": [last.pk]}
    assert "ít nhất 5" in refused(lambda: supervision.change_members(**change))
    supervision.change_members(**change, joining=[NewMember("Vi Thị Sáu", "resident")])
    seen = supervision_queries.board(row.pk, seen_by=front)
    assert len(seen.members) == 5 and [each.id for each in seen.past] == [last.pk]


# ── Honours ───────────────────────────────────────────────────────────────────


def test_a_commended_person_is_named_only_by_consent_and_a_decision_may_be_unknown(
    demo: Any, now: datetime
) -> None:
    officer = demo.post("cán bộ Quảng Lạc")
    told: dict[str, Any] = {
        "by": officer,
        "at": now,
        "place_id": demo.place("quang_lac"),
        "form": "Giấy khen",
        "reason": "Hiến đất mở đường",
        "year": 2022,
        "decided_by": "Chủ tịch Uỷ ban nhân dân thành phố",
    }
    person = commending.commend(recipient="person", person_name="Lương Văn Hiến", **told)
    commending.commend(recipient="group", group_name="Chi hội Phụ nữ thôn Quảng Trung", **told)
    commending.commend(recipient="person", **told)  # the paper tells of persons without names
    assert "bên dưới" in refused(
        lambda: commending.commend(recipient="place", to_place=demo.place("khe_coc"), **told)
    )
    assert "trước" in refused(
        lambda: commending.commend(
            recipient="person", decided_on=date(2022, 5, 1), ceremony_on=date(2022, 4, 1), **told
        )
    )

    def named(by: Any) -> list[str]:
        found = honours.commendations(demo.place("quang_lac"), honours.Asked(2022), seen_by=by)
        return [each.to for each in found]

    assert "Lương Văn Hiến" in named(officer)
    other = demo.post("cán bộ Vô Tranh")
    assert "Lương Văn Hiến" not in named(other) and any("chưa đồng ý" in each for each in named(other))
    commending.agree_to_be_named(by=officer, at=now, commendation_id=person.pk, agrees=True)
    assert "Lương Văn Hiến" in named(other)


def test_khe_coc_was_a_cultural_hamlet_for_eight_years_and_all_its_families_are_cultural(
    demo: Any, now: datetime
) -> None:
    place = demo.place("khe_coc")
    act: dict[str, Any] = {"by": SYSTEM, "at": now, "place_id": place}
    titling.tell_streak(years=8, last_year=2022, source="Bài viết tháng 5/2023", **act)
    titling.count_families(
        year=2022, households=143, told_share=Fraction(1), mark=Mark.TOLD, source="Bài viết", **act
    )
    titling.give_hamlet_title(year=2023, held=True, **act)
    told = honours.titles(place)
    assert told.streak is not None and (told.streak.years, told.streak.at_least) == (9, False)
    assert told.families[0].share == 1 and told.families[0].families is None
    commune = territory.ancestors(place, date(2025, 12, 1))[-1].id
    lines = honours.titles_below(commune, 2024, date(2025, 12, 1))
    line = next(each for each in lines if each.place.id == place)
    assert line.held is None and line.streak.years is None  # nobody said anything of 2024


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"families": 150, "households": 143}, "nhiều hơn"),
        ({"families": 100, "households": 143, "told_share": Fraction(1)}, "không khớp"),
        ({}, "tỉ lệ"),
        ({"families": 10, "year": 2027}, "không hợp lý"),
        ({"families": 10, "year": 2021}, "gạch bỏ"),
    ],
)
def test_a_count_of_families_that_cannot_be_meant_is_refused(
    demo: Any, now: datetime, wrong: dict[str, Any], said: str
) -> None:
    act: dict[str, Any] = {"by": SYSTEM, "at": now, "place_id": demo.place("khe_coc")}
    titling.count_families(year=2021, families=140, households=143, **act)
    assert said in refused(lambda: titling.count_families(**{"year": 2022, **act, **wrong}))


# ── The village convention ────────────────────────────────────────────────────


def test_a_convention_is_passed_by_the_decision_of_the_meeting_and_nothing_is_typed_twice(
    demo: Any, now: datetime
) -> None:
    place, head = demo.place("khe_coc"), demo.post("trưởng xóm Khe Cốc")
    act: dict[str, Any] = {"by": head, "at": now}
    row = conventions.post_draft(
        place_id=place, title="Hương ước 2025", text="Điều 1…", posted_from=date(2025, 10, 1), **act
    )

    meeting = meetings.call(
        **act,
        place_id=place,
        title="Họp xóm",
        starts_at=datetime(2025, 11, 2, 19, 30, tzinfo=now.tzinfo),
        venue="Nhà văn hóa",
        items=[Matter("convention", "Hương ước xóm"), Matter("other", "Vệ sinh đường làng")],
        scope_households=143,
        mark=Mark.RECONSTRUCTED,
        source="Biên bản họp xóm",
    )
    meetings.count_present(**act, meeting_id=meeting.pk, present=120)
    for item in meeting.items.order_by("number"):
        meetings.record_votes(**act, item_id=item.pk, votes_for=100, votes_against=20)
    capacities = ("head", "front", "household", "household")
    names = [(each, f"Người ký {n}") for n, each in enumerate(capacities)]
    meetings.name_signatories(**act, meeting_id=meeting.pk, names=names)
    page = f"/huong-uoc/{row.pk}/"
    visit = demo.visit("trưởng xóm Khe Cốc")
    assert "theo-quyet-dinh" not in visit.get(page).content.decode()
    made, other = meetings.close(**act, meeting_id=meeting.pk)
    said = refused(lambda: conventions.pass_draft(convention_id=row.pk, decision_uid=other.uid, **act))
    assert "không phải về hương ước" in said
    assert str(made.uid) in visit.get(page).content.decode()
    visit.post(page, {"viec": "theo-quyet-dinh", "decision": str(made.uid)})
    passed = convention_queries.convention(row.pk)
    assert (passed.passed_on, passed.households, passed.agreed) == (date(2025, 11, 2), 143, 100)
    assert (passed.decision_uid, passed.decision_words) == (made.uid, "Hương ước xóm")


def test_a_convention_is_posted_passed_recognised_and_followed_by_the_next(demo: Any, now: datetime) -> None:
    place = demo.place("khe_coc")
    act: dict[str, Any] = {"by": SYSTEM, "at": now}
    old = conventions.enter_on_record(
        place_id=place, title="Hương ước 2015", source="Bản lưu", in_force_from=date(2015, 6, 1), **act
    )
    row = conventions.post_draft(
        place_id=place, title="Hương ước 2025", text="Điều 1…", posted_from=date(2025, 10, 1), **act
    )
    early = {"convention_id": row.pk, "households": 143, "agreed": 71, "passed_on": date(2025, 10, 30)}
    told = refused(lambda: conventions.pass_draft(**early, **act))
    assert "29 ngày" in told and "71/143" in told and "Điều 9" in told  # both faults at once
    assert "chưa được cộng đồng" in refused(
        lambda: conventions.recognise(
            convention_id=row.pk,
            recognised_on=date(2025, 12, 1),
            recognised_by="UBND xã Vô Tranh",
            in_force_from=date(2026, 1, 1),
            **act,
        )
    )
    conventions.pass_draft(**(early | {"passed_on": date(2025, 10, 31), "agreed": 72}), **act)
    conventions.recognise(
        convention_id=row.pk,
        recognised_on=date(2025, 12, 1),
        recognised_by="UBND xã Vô Tranh",
        in_force_from=date(2026, 1, 1),
        **act,
    )
    newest, oldest = convention_queries.versions(place)
    assert (newest.id, newest.version, newest.state_on(date(2026, 1, 1))) == (row.pk, 2, "in_force")
    assert (oldest.id, oldest.state_on(date(2025, 12, 31)), oldest.state_on(date(2026, 1, 1))) == (
        old.pk,
        "in_force",
        "ended",
    )


# ── Pages ─────────────────────────────────────────────────────────────────────

ROOMS = (
    *("tuyen-truyen", "tap-huan", "phong-trao", "gop-y"),
    *("giam-sat", "khen-thuong", "huong-uoc", "danh-hieu-nam"),
)


def seen(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def told(demo: Any, now: datetime) -> int:
    """Quảng Lạc with its 26 sessions of 2022, one of them on record."""
    place = int(demo.place("quang_lac"))
    year = {"start": date(2022, 1, 1), "end": date(2022, 12, 31)}
    act: dict[str, Any] = {"by": SYSTEM, "at": now, "place_id": place, "kind": "outreach"}
    outreach.tell_total(**act, **year, sessions=26, attendances=1750, source="Bài viết cuối năm 2022")
    outreach.record_session(
        **act, topic="=Vệ sinh", organiser="Hội Phụ nữ xã", held_from=date(2022, 5, 4), attendances=60
    )
    return place


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_read_without_an_account_and_by_every_post(
    demo: Any, told: int, room: str, queries_of: Any
) -> None:
    for place in (told, demo.place("khe_coc")):
        for client in (Client(), demo.visit("cán bộ Quảng Lạc"), demo.visit("đoàn kiểm tra", language="en")):
            answer = client.get(f"/dia-ban/{place}/{room}/?nam=2022&xep=-bad&tim=&trang=99")
            assert answer.status_code == 200, seen(answer)
    assert 'name="viec"' not in Client().get(f"/dia-ban/{told}/{room}/").content.decode()
    assert Client().get("/dia-ban/999999/" + room + "/").status_code == 404
    client = demo.visit("cán bộ Quảng Lạc")
    assert queries_of(lambda: client.get(f"/dia-ban/{told}/{room}/")) <= 36


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("room", ROOMS)
def test_every_list_is_a_file(demo: Any, told: int, room: str, form: str) -> None:
    answer = Client().get(f"/dia-ban/{told}/{room}/?tai={form}")
    assert answer.status_code == 200 and f".{form}" in answer["Content-Disposition"]


def test_the_file_of_sessions_says_which_are_reconstructed_and_holds_no_formula(told: int) -> None:
    answer = Client().get(f"/dia-ban/{told}/tuyen-truyen/?tai=csv&nam=2022")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    lines = [row for row in rows if len(row) > 5][1:]
    assert len(lines) == 26 and sum("dựng lại" in row[8] for row in lines) == 25
    assert sum(int(row[4].replace(".", "")) for row in lines) == 1750
    assert [row[0] for row in lines if row[1] == "2022-05-04"] == ["'=Vệ sinh"]


def test_the_page_tells_the_sums_the_told_total_and_what_is_reconstructed(told: int) -> None:
    page = seen(Client().get(f"/dia-ban/{told}/tuyen-truyen/?nam=2022"))
    assert "26 cuộc, 2022 (trong đó 25 cuộc dựng lại" in page
    assert "1.750 lượt người; bình quân 67,3 lượt một cuộc" in page
    assert "26 cuộc, 1.750 lượt người" in page and "Bài viết cuối năm 2022" in page
    spring = seen(Client().get(f"/dia-ban/{told}/tuyen-truyen/?tu=1/4/2022&den=30/6/2022"))
    assert "1 cuộc, 01/04/2022–30/06/2022 (chưa kể 25 cuộc không rõ ngày)" in spring
    assert Client().get(f"/dia-ban/{told}/tuyen-truyen/?tu=31/2/2022").status_code == 422


def test_a_form_keeps_what_was_typed_and_records_once(demo: Any) -> None:
    place, client = demo.place("quang_lac"), demo.visit("cán bộ Quảng Lạc")
    address = f"/dia-ban/{place}/tuyen-truyen/"
    typed = {
        "viec": "ghi",
        "uid": str(uuid.uuid4()),
        "topic": "Hiến đất <mở> đường",
        "organiser": "Hội Nông dân xã",
        "co_organisers": "Đoàn Thanh niên\r\n\r\nHội Phụ nữ",
        "held_from": "04/13/2022",
        "attendances": "10 triệu",
    }
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "04/13/2022" in page and "Hiến đất &lt;mở&gt; đường" in page
    assert 'href="#o-ghi-held_from"' in page and 'href="#o-ghi-attendances"' in page
    good = typed | {"held_from": "4/5/2022", "attendances": "1.200"}
    for _n in range(2):
        assert client.post(address, good).status_code == 302
    row = OutreachSession.objects.get(topic__startswith="Hiến đất")
    assert (row.attendances, row.co_organisers) == (1200, ["Đoàn Thanh niên", "Hội Phụ nữ"])
    assert demo.visit("cán bộ Vô Tranh").post(address, good | {"uid": ""}).status_code == 403
    assert Client().post(address, good | {"uid": ""}).status_code in (302, 403)
    assert OutreachSession.objects.filter(topic__startswith="Hiến đất").count() == 1
    shown = f"/cuoc/{row.pk}/"
    assert "Hội Phụ nữ" in seen(Client().get(shown))
    assert client.post(shown, {"viec": "gach", "reason": "Ghi nhầm"}).status_code == 302
    assert "Ghi nhầm" in seen(client.get(shown))


def say(place: int, **more: str) -> Any:
    sent = {
        "uid": str(uuid.uuid4()),
        "topic": "roads",
        "text": "Đường hỏng trước nhà",
        "contact": "0912345678",
    }
    return Client().post(f"/dia-ban/{place}/gop-y/gui/", sent | more)


def test_anybody_says_something_follows_it_asks_again_and_has_the_contact_erased(
    demo: Any, now: datetime
) -> None:
    place, officer = demo.place("khe_coc"), demo.visit("trưởng xóm Khe Cốc")
    assert say(place, text=" ", topic="?").status_code == 422
    answer = say(place)
    number, secret = re.search(r"GY-\d+", seen(answer)), re.search(r"\w{4}-\w{4}-\w{4}", seen(answer))
    assert number and secret and answer["Cache-Control"].find("no-store") >= 0
    row = Feedback.objects.get()
    desk = seen(officer.get(f"/dia-ban/{place}/gop-y/xu-ly/"))
    assert number[0] in desk and "Đường hỏng" in desk
    one = f"/gop-y/{row.pk}/"
    assert "0912345678" in seen(officer.get(one))
    assert officer.post(one, {"viec": "answer", "words": ""}).status_code == 422
    assert officer.post(one, {"viec": "answer", "words": "Đã sửa."}).status_code == 302

    who = {"number": number[0], "secret": secret[0]}
    follow = f"/dia-ban/{place}/gop-y/theo-doi/"
    assert "Đã sửa." in seen(Client().post(follow, who))
    assert "không khớp" in seen(Client().post(follow, who | {"secret": "AAAA-AAAA-AAAA"}))
    assert "hỏi lại" in seen(Client().post(follow, who | {"viec": "hoi-lai", "words": "Chưa"}))
    assert "đã xoá" in seen(Client().post(follow, who | {"viec": "xoa"}))
    assert "0912345678" not in seen(officer.get(one))
    assert "Đường hỏng" not in seen(Client().get(f"/dia-ban/{place}/gop-y/"))
    publish = {"viec": "cong-khai", "published_text": "Một đoạn đường hỏng.", "published_answer": "Đã sửa."}
    assert officer.post(one, publish).status_code == 302
    assert "Một đoạn đường hỏng." in seen(Client().get(f"/dia-ban/{place}/gop-y/"))


def test_a_machine_that_fills_the_hidden_field_says_nothing(demo: Any) -> None:
    assert say(demo.place("khe_coc"), website="https://example.org").status_code == 302
    assert not Feedback.objects.exists()


def test_what_people_say_is_not_there_for_others(demo: Any, now: datetime) -> None:
    said = feedback.say(
        at=now, place_id=demo.place("khe_coc"), topic="roads", text="Bí mật", uid=uuid.uuid4()
    )
    for persona, status in (("cán bộ Quảng Lạc", 404), ("văn phòng Lạng Sơn", 404), ("đoàn kiểm tra", 403)):
        client = demo.visit(persona)
        assert client.get(f"/gop-y/{said.feedback_id}/").status_code == status
        assert (
            client.post(f"/gop-y/{said.feedback_id}/", {"viec": "answer", "words": "x"}).status_code == status
        )
        assert client.get(f"/dia-ban/{demo.place('khe_coc')}/gop-y/xu-ly/").status_code == 403
    assert Client().get(f"/gop-y/{said.feedback_id}/").status_code == 302


def test_no_page_or_file_names_a_person_who_did_not_agree(demo: Any, now: datetime) -> None:
    place = demo.place("quang_lac")
    commending.commend(
        by=SYSTEM,
        at=now,
        place_id=place,
        form="Giấy khen",
        reason="Hiến đất",
        recipient="person",
        person_name="Lương Văn Hiến",
        year=2022,
        decided_by="Chủ tịch xã",
    )
    for client in (Client(), demo.visit("cán bộ Vô Tranh")):
        for asked in ("", "?tai=csv", "?tim=Hiến"):
            assert (
                "Lương Văn Hiến" not in client.get(f"/dia-ban/{place}/khen-thuong/{asked}").content.decode()
            )
    assert "Lương Văn Hiến" in seen(demo.visit("cán bộ Quảng Lạc").get(f"/dia-ban/{place}/khen-thuong/"))


def test_the_front_sets_a_board_up_from_lines_of_words(demo: Any, front: Post) -> None:
    place, client = demo.place("khe_coc"), demo.visit("cán bộ Vô Tranh")
    session = client.session
    session["post"] = front.pk
    session.save()
    lines = [
        "Lô Văn Một; Mặt trận; Trưởng ban; Trưởng Ban công tác Mặt trận; đồng ý nêu tên",
        "Lô Văn Hai; Thanh tra; Phó Trưởng ban",
        *(f"Hoàng Thị {n}; người dân" for n in ("Ba", "Bốn", "Năm")),
    ]
    sent = {"viec": "lap", "uid": str(uuid.uuid4()), "subject": "Nhà văn hóa", "formed_on": "1/9/2025"}
    address = f"/dia-ban/{place}/giam-sat/"
    assert "ít nhất 5" in seen(client.post(address, sent | {"members": "\n".join(lines[:4])}))
    assert "Dòng 1" in seen(client.post(address, sent | {"members": "Lô Văn Một"}))
    assert client.post(address, sent | {"members": "\n".join(lines)}).status_code == 302
    board = re.search(r"/giam-sat/\d+/", client.get(address).content.decode())
    assert board
    page = seen(Client().get(board[0]))
    assert "Lô Văn Một" in page and "Trưởng Ban công tác Mặt trận" in page and "Lô Văn Hai" not in page
    plan = {"viec": "ke-hoach", "sent_on": "2/9/2025", "begins_on": "10/10/2025"}
    assert "38 ngày" in seen(client.post(board[0], plan))


def test_a_citizen_who_holds_no_post_reads_what_anybody_reads(demo: Any, told: int) -> None:
    client = demo.visit("người dân")
    answer = client.get(f"/dia-ban/{told}/gop-y/")
    assert answer.status_code == 200 and "Đăng xuất" in answer.content.decode()
    assert 'name="viec"' not in client.get(f"/dia-ban/{told}/tuyen-truyen/").content.decode()

"""What waits in the rooms beside figures: on the page where a post begins, in its letter, and as a notice."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

from tests.integration.work_samples import HEAD, MILLION, OFFICER, Site

from chungtay.community.feedback import actions as feedback
from chungtay.community.meetings import actions as meetings
from chungtay.community.meetings.actions import Matter
from chungtay.firstday import queries as firstday
from chungtay.firstday.models import Intake
from chungtay.ledger import actions as ledger
from chungtay.office import rooms_waiting
from chungtay.people import notices
from chungtay.works import actions as works

STRANGER = "cán bộ Quảng Lạc"


def say(demo: Any, at: datetime) -> feedback.Said:
    return feedback.say(
        at=at,
        place_id=demo.place("khe_coc"),
        topic="roads",
        text="Nắp cống nhà ông Bảy vỡ",
        contact_name="Nông Văn Đối",
        uid=uuid.uuid4(),
    )


def told(demo: Any, persona: str, at: datetime) -> list[str]:
    return [each.words for each in rooms_waiting.lines(demo.post(persona), at, at.date())]


def sheet(demo: Any, now: datetime, **more: Any) -> Intake:
    post = demo.post(OFFICER)
    known = {"uid": uuid.uuid4(), "place_id": post.place_id, "kind": "danh-hieu", "file_name": "sổ.xlsx"}
    known |= {"sha256": "0" * 64, "content": "", "rows": 1, "state": "tried", "post": post, "at": now}
    return Intake.objects.create(**known | more)


def test_feedback_waits_is_late_and_is_only_for_those_who_answer(demo: Any, now: datetime) -> None:
    assert told(demo, HEAD, now) == []
    say(demo, now)
    assert told(demo, HEAD, now) == ["1 ý kiến người dân chờ trả lời"]
    late = now + timedelta(days=40)
    assert told(demo, OFFICER, late) == ["1 ý kiến người dân quá hạn trả lời"]
    assert told(demo, STRANGER, late) == [] == told(demo, "đoàn kiểm tra", late)


def test_minutes_not_signed_off_wait_once_the_meeting_was_held(demo: Any, now: datetime) -> None:
    meetings.call(
        by=demo.post(HEAD),
        at=now,
        place_id=demo.place("khe_coc"),
        title="Họp xóm",
        starts_at=now + timedelta(days=2),
        venue="Nhà văn hóa",
        items=[Matter("other", "Vệ sinh đường làng")],
        scope_households=143,
    )
    assert told(demo, HEAD, now) == []
    assert told(demo, HEAD, now + timedelta(days=3)) == ["1 biên bản họp chưa chốt"]


def test_works_wait_to_begin_to_be_accepted_and_to_be_paid(demo: Any, now: datetime) -> None:
    site = Site.proposed(demo, now).contracted()
    assert told(demo, HEAD, now) == [
        "1 công trình vướng: tạm dừng, hoặc chưa đủ vốn để khởi công",
    ]
    site.committed(200 * MILLION)
    assert told(demo, HEAD, now) == []
    site.do(works.start, on=date(2026, 1, 20))
    site.diary(date(2026, 1, 21), {"1": "200", "2": "399"})
    assert told(demo, OFFICER, now) == []
    site.diary(date(2026, 1, 22), {"2": "1"})
    assert told(demo, OFFICER, now) == ["1 công trình làm xong, chờ nghiệm thu"]
    assert told(demo, HEAD, now) == []
    accept = {"on": date(2026, 2, 15), "value_dong": 200 * MILLION, "party": "UBND xã"}
    site.do(works.accept, **accept)
    assert told(demo, OFFICER, now) == ["1 công trình còn phải trả bên làm"]


def test_an_unanswered_recommendation_waits_and_a_mere_note_does_not(demo: Any, now: datetime) -> None:
    site = Site.proposed(demo, now).building().watched()
    seen = {"by": HEAD, "on": date(2026, 1, 22), "words": "Nắp rãnh kê chưa khít"}
    site.do(works.note, **seen)
    assert told(demo, OFFICER, now) == []
    site.do(works.note, **seen, to_whom="chủ đầu tư")
    assert told(demo, OFFICER, now) == ["1 kiến nghị giám sát chưa có trả lời"]


def test_a_past_month_of_the_cash_book_waits_until_it_is_closed(demo: Any, now: datetime) -> None:
    place = demo.place("khe_coc")
    purpose = ledger.open_purpose(
        by=demo.post(HEAD), at=now, place_id=place, name="Thăm hỏi", kind="support", uid=uuid.uuid4()
    )
    giving = ledger.Giving(place_id=place, purpose_id=purpose.pk, on=date(2026, 1, 9))
    ledger.receive_cash(by=demo.post(HEAD), at=now, giving=giving, value_dong=MILLION)
    assert told(demo, OFFICER, now) == ["1 tháng sổ quỹ chưa đối chiếu và khoá, từ tháng 01/2026"]
    assert told(demo, HEAD, now) == []  # who receives does not reconcile
    book = {"by": demo.post(OFFICER), "at": now, "place_id": place}
    ledger.reconcile(**book, on=date(2026, 1, 31), statement_dong=0, counted_dong=MILLION)
    ledger.close_month(**book, month=date(2026, 1, 1))
    assert told(demo, OFFICER, now) == []


def test_a_sheet_tried_and_not_written_waits_for_whoever_sent_it(demo: Any, now: datetime) -> None:
    first = sheet(demo, now)
    assert told(demo, OFFICER, now) == ["Tệp “sổ.xlsx” đã xem thử mà chưa ghi"]
    assert firstday.unwritten(demo.post(STRANGER)) == ()
    sheet(demo, now + timedelta(minutes=5), state="written")
    assert told(demo, OFFICER, now) == [], first


def test_the_page_says_what_waits_with_its_links_in_the_same_number_of_queries(
    demo: Any, now: datetime, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    by = demo.post(OFFICER)
    sheet(demo, now)
    say(demo, now)
    Site.proposed(demo, now).accepted()
    few = queries_of(lambda: rooms_waiting.lines(by, now, now.date()))
    for n in range(3):
        say(demo, now)
        Site.proposed(demo, now, f"Rãnh ngõ {n}").accepted()
    assert queries_of(lambda: rooms_waiting.lines(by, now, now.date())) == few <= 22
    page = unescape(demo.visit(OFFICER).get("/").content.decode())
    assert "4 công trình còn phải trả bên làm" in page
    assert "/cong-trinh/?no=co" in page


def test_feedback_is_told_to_the_nearest_who_answer_without_a_word_of_it(demo: Any, now: datetime) -> None:
    said = say(demo, now)
    assert [notices.unread(demo.post(each)) for each in (HEAD, OFFICER, STRANGER)] == [1, 0, 0]
    visit = demo.visit(HEAD)
    page = unescape(visit.get("/thong-bao/").content.decode())
    assert f"Ý kiến {said.number}" in page and f"/gop-y/{said.feedback_id}/" in page
    assert "ông Bảy" not in page and "Nông Văn Đối" not in page
    assert notices.unread(demo.post(HEAD)) == 0
    feedback.answer(by=demo.post(HEAD), at=now, feedback_id=said.feedback_id, words="Đã thay nắp cống.")
    feedback.reopen(at=now, number=said.number, secret=said.secret, words="Vẫn còn vỡ")
    assert "người gửi hỏi lại" in unescape(visit.get("/thong-bao/").content.decode())

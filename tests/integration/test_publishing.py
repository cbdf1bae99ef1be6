"""News in versions and languages, postings held to the law's days, names taken off on request; what anybody may read.

One file, so that the world of the stories is built once.
"""

import io
import re
import struct
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.integration.evidence_samples import box, photo

from chungtay.api.app import limit as api_limit
from chungtay.community.feedback import actions as feedback
from chungtay.community.feedback import policies as feedback_policies
from chungtay.community.feedback.models import Feedback
from chungtay.community.often import is_too_often
from chungtay.community.publishing import actions as news
from chungtay.community.publishing import policies, posting, postings, queries
from chungtay.community.publishing.models import News, NewsText, Posting
from chungtay.community.publishing.postings import Standing
from chungtay.community.publishing.requests import actions as requests
from chungtay.community.publishing.requests import queries as request_queries
from chungtay.community.publishing.requests.models import NameRequest
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.evidence import actions as evidence
from chungtay.evidence.jobs import make_copies
from chungtay.evidence.subjects import Subject
from chungtay.office import rooms_waiting
from chungtay.portal import limits
from viet.numbers import format_number

HEAD = "trưởng xóm Khe Cốc"
OFFICER = "cán bộ Vô Tranh"
STRANGER = "cán bộ Quảng Lạc"


def refused(deed: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as refusal:
        deed()
    return str(refusal.value)


def waits(demo: Any, persona: str, at: datetime) -> list[str]:
    """What waits for a persona, as the lines of one's own page."""
    return [each.words for each in rooms_waiting.lines(demo.post(persona), at, at.date())]


@pytest.fixture
def write(demo: Any, now: datetime) -> Callable[..., News]:
    """Begin a notice of Khe Cốc as its head, unless told otherwise."""

    def begin(**more: Any) -> News:
        told: dict[str, Any] = {"kind": "notice", "title": "Họp xóm ngày 30", "body": "Mời các hộ."}
        told |= {"by": demo.post(HEAD), "at": now, "place_id": demo.place("khe_coc")}
        return news.write(**told | more)

    return begin


@pytest.fixture
def act(demo: Any, now: datetime) -> dict[str, Any]:
    return {"by": demo.post(HEAD), "at": now}


# ── News ──────────────────────────────────────────────────────────────────────


def test_a_draft_is_nobodys_until_it_is_published_and_a_withdrawn_one_tells_why(
    demo: Any, now: datetime, write: Callable[..., News], act: dict[str, Any], events: Callable[..., Any]
) -> None:
    row, today = write(), now.date()
    with pytest.raises(NotFound):
        queries.public(row.uid, today)
    news.publish(**act, news_id=row.pk, publish_from=today + timedelta(days=1))
    assert queries.news_of(row.place_id, today) == ()
    (line,) = queries.news_of(row.place_id, today + timedelta(days=1))
    assert line.title == "Họp xóm ngày 30"
    assert "lý do" in refused(lambda: news.withdraw(**act, news_id=row.pk, reason=" ")).lower()
    news.withdraw(**act, news_id=row.pk, reason="Hoãn họp")
    assert queries.newest(None, 10, on=today + timedelta(days=1)) == ()
    assert queries.public(row.uid, today + timedelta(days=1)).withdrawn == "Hoãn họp"
    assert [each.deed for each in events("community.")] == [
        "community.write_news",
        "community.publish_news",
        "community.withdraw_news",
    ]


def test_an_edit_is_a_version_with_a_reason_and_what_stood_there_stays(
    write: Callable[..., News], act: dict[str, Any], now: datetime
) -> None:
    row = write()
    again = {"news_id": row.pk, "language": "vi", "title": "Họp xóm ngày 31", "body": "Mời các hộ."}
    news.publish(**act, news_id=row.pk)
    assert "lý do sửa" in refused(lambda: news.rewrite(**act, **again))
    news.rewrite(**act, **again, reason="Đổi ngày họp", after=1)
    assert "bản mới hơn" in refused(
        lambda: news.rewrite(**act, **again | {"title": "Khác"}, reason="Nhầm", after=1)
    )
    shown = queries.public(row.uid, now.date())
    assert shown.line.title == "Họp xóm ngày 31"
    assert [each.reason for each in shown.corrections] == ["Đổi ngày họp"]
    assert [each.title for each in shown.versions] == ["Họp xóm ngày 30", "Họp xóm ngày 31"]


def test_a_version_in_tay_is_shown_to_who_asks_for_it_and_vietnamese_to_the_others(
    write: Callable[..., News], act: dict[str, Any], now: datetime
) -> None:
    row = write()
    news.rewrite(**act, news_id=row.pk, language="tyz", title="Slướng bản", body="")
    news.publish(**act, news_id=row.pk)
    assert queries.public(row.uid, now.date(), wanted="tyz").shown.title == "Slướng bản"
    assert queries.public(row.uid, now.date(), wanted="en").shown.language == "vi"
    assert queries.newest(None, 1, on=now.date())[0].languages == ("vi", "tyz")


def test_what_nobody_can_see_and_what_is_too_long_is_told_with_its_line(write: Callable[..., News]) -> None:
    assert "U+202E) ở dòng 2, sau “Góp”" in refused(lambda: write(body="Mời họp\r\nGóp\u202e 100"))
    assert "U+0007" in refused(lambda: write(title="Họp\x07"))
    assert "dài 10.000 chữ, quá 200" in refused(lambda: write(title="a" * 10_000))
    assert write(body="a" * policies.LONGEST_BODY).texts.get().body
    told = refused(lambda: write(title="", body="a" * (policies.LONGEST_BODY + 1)))
    assert "Tiêu đề còn trống" in told and "quá 20.000" in told  # all at once


def test_news_is_kept_by_the_posts_of_its_place_only_and_once_per_uid(
    demo: Any, write: Callable[..., News], act: dict[str, Any]
) -> None:
    uid = uuid.uuid4()
    assert write(uid=uid).pk == write(uid=uid).pk
    with pytest.raises(NotPermitted):
        write(by=demo.post(STRANGER))
    with pytest.raises(NotFound):
        news.publish(by=demo.post(STRANGER), at=act["at"], news_id=write().pk)


# ── Postings ──────────────────────────────────────────────────────────────────


@pytest.fixture
def hang(demo: Any, now: datetime) -> Callable[..., Any]:
    def put_up(**more: Any) -> Any:
        told: dict[str, Any] = {"what": "Dự toán đường xóm", "channel": "board", "where": "Nhà văn hoá"}
        told |= {"by": demo.post(HEAD), "at": now, "place_id": demo.place("khe_coc")}
        return posting.put_up(**told | {"posted_from": now.date() - timedelta(days=30)} | more)

    return put_up


def test_twenty_days_are_enough_on_the_board_and_nineteen_need_a_reason(
    hang: Callable[..., Any], act: dict[str, Any], now: datetime
) -> None:
    first = now.date() - timedelta(days=30)
    early = {"on": first + timedelta(days=18)}  # the nineteenth day
    row = hang()
    told = refused(lambda: posting.end(**act, posting_id=row.pk, **early))
    assert "Mới được 19 ngày" in told and "ít nhất 20 ngày" in told and "Điều 13" in told
    posting.end(**act, posting_id=row.pk, **early, reason="Mưa hỏng bảng tin")
    view = postings.one(row.pk)
    assert view.standing_on(now.date()) is Standing.SHORT
    assert "Mới được 19 ngày thì gỡ" in view.sentence_on(now.date())
    whole = hang()
    posting.end(**act, posting_id=whole.pk, on=first + timedelta(days=19))
    assert postings.one(whole.pk).standing_on(now.date()) is Standing.DONE


def test_three_days_are_enough_on_the_loudspeakers(
    hang: Callable[..., Any], act: dict[str, Any], now: datetime
) -> None:
    first = now.date() - timedelta(days=30)
    row = hang(channel="loudspeaker", times=2)
    assert row.planned_to == first + timedelta(days=2)
    assert "Mới được 2 ngày" in refused(
        lambda: posting.end(**act, posting_id=row.pk, on=first + timedelta(days=1))
    )
    posting.end(**act, posting_id=row.pk, on=first + timedelta(days=2))


def test_what_was_put_up_late_and_what_still_hangs_is_told(
    hang: Callable[..., Any], demo: Any, now: datetime
) -> None:
    first = now.date() - timedelta(days=30)
    view = postings.one(hang(known_on=first - timedelta(days=10)).pk)
    assert "đã muộn" in view.late_sentence() and "5 ngày làm việc" in view.late_sentence()
    assert view.standing_on(now.date()) is Standing.OVERDUE
    assert view.standing_on(first + timedelta(days=18)) is Standing.HANGING
    assert view.standing_on(first + timedelta(days=19)) is Standing.ENOUGH
    assert postings.one(hang(known_on=first).pk).late_sentence() == ""
    assert waits(demo, HEAD, now) == [
        "2 việc niêm yết đã hết hạn dự định, chưa ghi ngày gỡ",
    ]
    assert waits(demo, STRANGER, now) == []


def test_a_notice_that_is_published_and_hangs_nowhere_waits(
    demo: Any, write: Callable[..., News], hang: Callable[..., Any], act: dict[str, Any], now: datetime
) -> None:
    row = write()
    news.publish(**act, news_id=row.pk)
    assert [each.title for each in postings.unposted(row.place_id, now.date())] == ["Họp xóm ngày 30"]
    assert waits(demo, HEAD, now) == ["1 thông báo đã đăng mà chưa niêm yết"]
    hang(news_uid=row.uid, posted_from=now.date())
    assert postings.unposted(row.place_id, now.date()) == ()


# ── Names taken off ───────────────────────────────────────────────────────────


@pytest.fixture
def ask(demo: Any, now: datetime) -> Callable[..., requests.Asked]:
    def send(**more: Any) -> requests.Asked:
        told: dict[str, Any] = {"name": "Nông Văn Đối", "where": "Tin “Hiến đất”", "uid": uuid.uuid4()}
        return requests.ask(**{"at": now, "place_id": demo.place("khe_coc"), **told, **more})

    return send


def test_a_name_is_taken_out_of_every_version_and_whoever_asked_reads_so(
    ask: Callable[..., requests.Asked],
    write: Callable[..., News],
    act: dict[str, Any],
    demo: Any,
    now: datetime,
) -> None:
    row = write(title="Hiến đất", body="Ông nông văn  Đối hiến 200 m².")
    news.rewrite(**act, news_id=row.pk, language="vi", title="Hiến đất", body="Hộ Nông Văn Đối hiến đất.")
    said = ask()
    assert NameRequest.objects.get().due == now.date() + timedelta(days=30)
    (line,) = queries.naming(row.place_id, "nông văn đối", seen_by=demo.post(HEAD))
    assert line.id == row.pk
    assert news.take_name_out(**act, news_id=row.pk, name="Nông Văn Đối", request=said.number) == 2
    assert [each.body for each in NewsText.objects.order_by("number")] == [
        "Ông [tên đã rút] hiến 200 m².",
        "Hộ [tên đã rút] hiến đất.",
    ]
    requests.answer(**act, request_id=said.request_id, state="done", words="Đã rút khỏi tin.")
    told = request_queries.followed(said.number.lower(), said.secret.lower())
    assert told.state == "done" and told.steps[-1].words == "Đã rút khỏi tin."
    requests.tell_more(at=now, number=said.number, secret=said.secret, words="Còn trên biên nhận.")
    assert request_queries.followed(said.number, said.secret).is_open


def test_a_request_is_sealed_and_read_by_the_posts_of_its_place_only(
    ask: Callable[..., requests.Asked], demo: Any, now: datetime
) -> None:
    said = ask()
    assert waits(demo, HEAD, now) == ["1 yêu cầu rút tên chờ trả lời"]
    assert waits(demo, OFFICER, now + timedelta(days=31)) == ["1 yêu cầu rút tên quá hạn trả lời"]
    with pytest.raises(NotFound):
        request_queries.one(said.request_id, seen_by=demo.post(STRANGER))
    with pytest.raises(NotFound):
        request_queries.followed(said.number, "AAAA-AAAA-AAAA")
    with connection.cursor() as cursor:
        cursor.execute('SELECT name, "where" FROM community_namerequest')
        assert "Đối" not in str(cursor.fetchall())


# ── Rates: the numbers are those of the code ──────────────────────────────────


def test_one_address_sends_so_often_an_hour_and_is_then_told_to_wait(
    ask: Callable[..., requests.Asked], demo: Any, now: datetime
) -> None:
    for _n in range(requests.MOST_AN_HOUR):
        ask(origin="203.0.113.7")
    assert "chờ một giờ" in refused(lambda: ask(origin="203.0.113.7"))
    ask(origin="203.0.113.8")
    say = {"at": now, "place_id": demo.place("khe_coc"), "topic": "roads", "origin": "203.0.113.7"}
    for _n in range(feedback.MOST_AN_HOUR):
        feedback.say(**say, text="a" * feedback_policies.LONGEST, uid=uuid.uuid4())
    assert "chờ một giờ" in refused(lambda: feedback.say(**say, text="Đường hỏng", uid=uuid.uuid4()))


# ── Pages ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def shown(write: Callable[..., News], act: dict[str, Any]) -> News:
    """A notice with two versions that is published today."""
    row = write(title="Lễ <b>đón</b> bằng", body="<script>x</script>\n\nXem https://example.org/le nhé.")
    news.rewrite(**act, news_id=row.pk, language="en", title="The ceremony", body="Welcome.")
    news.publish(**act, news_id=row.pk)
    return row


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(answer.content.decode())


def test_hostile_words_are_shown_as_the_letters_they_are(demo: Any, shown: News, now: datetime) -> None:
    page = Client().get(f"/tin/{shown.uid}/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script>x" not in page
    assert "Lễ &lt;b&gt;đón&lt;/b&gt; bằng</h1>" in page
    assert 'href="https://example.org/le" rel="nofollow"' in page
    assert '"@type":"NewsArticle"' in page and page.count("</script>") == page.count("<script")
    assert "csrftoken" not in Client().get(f"/tin/{shown.uid}/").cookies


def test_every_public_page_is_read_without_an_account(
    demo: Any, shown: News, hang: Callable[..., Any], now: datetime
) -> None:
    place, client = demo.place("khe_coc"), Client()
    row = hang(news_uid=shown.uid)
    assert "Lễ <b>đón</b> bằng" in read(client, "/tin/")
    assert f"/tin/{shown.uid}/" in read(client, "/tim/?q=LE+đón")
    assert "Lễ <b>đón</b> bằng" in read(client, f"/noi/{place}/tin/")
    assert "Lễ <b>đón</b> bằng" in read(client, f"/noi/{place}/")
    assert "The ceremony" in read(client, f"/tin/{shown.uid}/?ban=en")
    assert "Dự toán đường xóm" in read(client, f"/noi/{place}/niem-yet/?cach=board")
    assert "Dự toán đường xóm" in read(client, f"/dia-ban/{place}/niem-yet/")
    assert client.get(f"/niem-yet/{row.pk}/bien-ban.pdf").content.startswith(b"%PDF")
    assert f"/noi/{place}/niem-yet/" in read(client, f"/sau-quyen/?noi={place}")
    assert "Điều 15" in read(client, "/sau-quyen/")
    assert f"/dia-ban/{place}/gop-y/gui/" in read(client, f"/gop-y/?noi={place}")
    assert "Khe Cốc" in read(client, "/gop-y/?ten=khe+coc")
    for room in ("gop-y", "hai-long", "bang-cong-nhan", "kiem-tra-lai"):  # back to the place from each
        assert f'href="/noi/{place}/"' in read(client, f"/dia-ban/{place}/{room}/"), room
    assert "Không có nơi nào tên “'”" in read(client, "/xin-rut-ten/?ten='")
    assert "/kiem-tra-bang/" in read(client, "/kiem-tra-giay/")
    assert "Không có tin này" in read(client, f"/tin/{uuid.uuid4()}/", 404)


def test_the_page_of_limits_says_the_numbers_that_refuse(demo: Any) -> None:
    said = {each.what: each.most for group in limits.groups() for each in group.limits}
    assert said["Một góp ý"] == "4.000 chữ" and feedback_policies.LONGEST == 4_000
    assert said["Gửi góp ý"] == f"{feedback.MOST_AN_HOUR} lần một giờ từ một địa chỉ mạng"
    assert said["Nội dung một bản"] == "20.000 chữ" and policies.LONGEST_BODY == 20_000
    assert said["Hỏi API đọc"].startswith(f"{api_limit.rate} lần một phút từ một địa chỉ mạng")
    assert len(said) > 30
    page = read(Client(), "/gioi-han/")
    assert all(most in page for most in said.values())


def test_a_name_is_asked_to_be_taken_off_and_what_was_typed_is_kept_when_refused(
    demo: Any, now: datetime
) -> None:
    address, client = f"/xin-rut-ten/?noi={demo.place('khe_coc')}", Client()
    typed = {"name": "", "where": "Tin “Hiến đất”", "uid": str(uuid.uuid4())}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "Tên cần rút còn trống" in page and "Tin “Hiến đất”</textarea>" in page
    assert "U+202E" in unescape(client.post(address, typed | {"name": "Đối\u202e"}).content.decode())
    sent = client.post(address, typed | {"name": "Nông Văn Đối"}).content.decode()
    number, secret = re.findall(r"<strong>(RT-\d+)</strong>|class=\"secret\">([\w-]+)<", sent)
    followed = client.post("/xin-rut-ten/theo-doi/", {"number": number[0], "secret": secret[1]})
    assert "đã tiếp nhận" in followed.content.decode()
    assert client.post(address, typed | {"website": "x", "name": "y"}).status_code == 302


def test_a_note_of_ten_thousand_letters_is_told_its_bound_and_kept_on_the_page(demo: Any) -> None:
    place, client = demo.place("khe_coc"), Client()
    said = {"topic": "roads", "text": "Đường\r\nhỏng"}
    asked = {"name": "Nông Văn Đối", "where": "Tin", "why": "Không muốn"}
    feedback_form, off_form = f"/dia-ban/{place}/gop-y/gui/", f"/xin-rut-ten/?noi={place}"
    for address, typed, field, most in (
        (feedback_form, said, "text", feedback_policies.LONGEST),
        (off_form, asked, "name", requests.LONGEST_NAME),
        (off_form, asked, "where", requests.LONGEST_WORDS),
        (off_form, asked, "why", requests.LONGEST_WORDS),
    ):
        for length, status in ((10_000, 422), (most + 1, 422), (most, 200)):
            letters = "ờ\r\n" + "ờ" * (length - 2)  # a browser sends the end of a line as two letters
            answer = client.post(address, typed | {field: letters, "uid": str(uuid.uuid4())})
            page = unescape(answer.content.decode())
            assert answer.status_code == status, (field, length)
            if status == 422:
                assert f"dài {format_number(length)} chữ, quá {format_number(most)}" in page
                assert "ờ" * (length - 2) in page and all(typed[name] in page for name in {*typed} - {field})
    for page in (read(client, feedback_form), read(client, off_form)):
        assert "Nhiều nhất " in page


def test_feedback_sent_too_often_keeps_what_was_typed(demo: Any) -> None:
    address, client = f"/dia-ban/{demo.place('khe_coc')}/gop-y/gui/", Client()
    for n in range(feedback.MOST_AN_HOUR):
        sent = {"topic": "roads", "text": f"Đường hỏng {n}", "uid": str(uuid.uuid4())}
        assert client.post(address, sent).status_code == 200
    sent = {"topic": "roads", "text": "Đường vẫn hỏng", "uid": str(uuid.uuid4())}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "Hãy chờ một giờ" in page and "Đường vẫn hỏng</textarea>" in page


def test_ten_thousand_feedbacks_of_one_address_are_answered_by_a_sentence_and_write_nothing(
    demo: Any, now: datetime, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say(text: str, origin: str = "203.0.113.7") -> None:
        typed = {"place_id": demo.place("khe_coc"), "topic": "roads", "text": text, "uid": uuid.uuid4()}
        feedback.say(at=now, origin=origin, **typed)

    for n in range(feedback.MOST_AN_HOUR):
        say(f"Đường hỏng {n}")
    for _each in range(
        1_000
    ):  # what each further sending meets first and last: one look, and nothing written
        assert is_too_often("say", "203.0.113.7", feedback.MOST_AN_HOUR)
    with django_assert_num_queries(7) as looks:  # so the ten-thousandth is as the sixth
        assert "Hãy chờ một giờ" in refused(lambda: say("Đường hỏng"))
    assert not [
        each for each in looks.captured_queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert Feedback.objects.count() == feedback.MOST_AN_HOUR
    say("Cầu hỏng", origin="203.0.113.8")
    begun = time.time()
    monkeypatch.setattr(time, "time", lambda: begun + 59 * 60)
    assert "Hãy chờ một giờ" in refused(lambda: say("Đường vẫn hỏng"))
    monkeypatch.setattr(time, "time", lambda: begun + 61 * 60)
    say("Đường vẫn hỏng")


def test_the_head_writes_shows_and_withdraws_from_the_desk(demo: Any, now: datetime) -> None:
    place, client = demo.place("khe_coc"), demo.visit(HEAD)
    typed = {"viec": "viet", "kind": "news", "title": "Đường mới", "language": "vi", "about": ""}
    refused_page = client.post(
        f"/dia-ban/{place}/tin/", typed | {"body": "a\u202eb", "uid": str(uuid.uuid4())}
    )
    assert refused_page.status_code == 422 and "Đường mới" in refused_page.content.decode()
    assert client.post(f"/dia-ban/{place}/tin/", typed | {"body": "Đã xong.", "uid": ""}).status_code == 302
    row = News.objects.get()
    assert "Đường mới" in read(client, f"/dia-ban/{place}/tin/")
    desk = f"/tin-bai/{row.pk}/"
    assert "Đã xong." in read(client, desk)
    day = f"{timezone.localdate():%d/%m/%Y}"
    assert client.post(desk, {"viec": "dang", "publish_from": day}).status_code == 302
    again = {"viec": "sua-vi", "title": "Đường mới", "body": "Xong rồi.", "after": "1"}
    assert client.post(desk, again).status_code == 422
    assert client.post(desk, again | {"reason": "Thêm ngày"}).status_code == 302
    assert "Thêm ngày" in read(Client(), f"/tin/{row.uid}/")
    assert client.post(desk, {"viec": "go", "reason": "Nhầm"}).status_code == 302
    assert "Tin này đã gỡ. Lý do: Nhầm" in read(Client(), f"/tin/{row.uid}/", 410)
    assert demo.visit(STRANGER).get(desk).status_code == 404
    stranger = demo.visit(STRANGER).get(f"/dia-ban/{place}/tin/")
    assert (stranger.status_code, stranger["Location"]) == (302, f"/noi/{place}/tin/")
    assert Client().get(desk).status_code == 302


def test_the_head_records_a_posting_and_takes_it_down_from_the_desk(demo: Any, now: datetime) -> None:
    place, client = demo.place("khe_coc"), demo.visit(HEAD)
    today = timezone.localdate()
    typed = {
        "viec": "niem-yet",
        "what": "Dự toán",
        "channel": "board",
        "where": "Nhà văn hoá",
        "mark": "measured",
    }
    typed |= {"posted_from": f"{today - timedelta(days=3):%d/%m/%Y}", "uid": str(uuid.uuid4())}
    assert client.post(f"/dia-ban/{place}/niem-yet/", typed).status_code == 302
    row = Posting.objects.get()
    page = read(client, f"/niem-yet/{row.pk}/")
    assert "Đang là ngày thứ 4; đủ 20 ngày" in page
    early = client.post(f"/niem-yet/{row.pk}/", {"viec": "go", "on": f"{today:%d/%m/%Y}"})
    assert early.status_code == 422 and "Mới được 4 ngày" in unescape(early.content.decode())
    done = client.post(f"/niem-yet/{row.pk}/", {"viec": "go", "on": f"{today:%d/%m/%Y}", "reason": "Mưa"})
    assert done.status_code == 302
    assert "Mới được 4 ngày thì gỡ" in read(Client(), f"/noi/{place}/niem-yet/")


def test_the_officer_settles_a_request_where_the_name_stands(
    demo: Any, ask: Callable[..., requests.Asked], write: Callable[..., News], now: datetime
) -> None:
    row = write(body="Ông Nông Văn Đối hiến đất.")
    said = ask()
    client = demo.visit(HEAD)
    assert f"Yêu cầu rút tên {said.number}" in read(client, "/thong-bao/")
    assert said.number in read(client, f"/dia-ban/{demo.place('khe_coc')}/rut-ten/")
    desk = f"/rut-ten/{said.request_id}/"
    assert "Rút tên khỏi tin “Họp xóm ngày 30”" in read(client, desk)
    assert client.post(desk, {"viec": f"tin-{row.pk}", "name": "Nông Văn Đối"}).status_code == 302
    assert "[tên đã rút]" in row.texts.get().body
    assert client.post(desk, {"viec": "tra-loi", "state": "done", "words": "Đã rút."}).status_code == 302
    assert demo.visit(STRANGER).get(desk).status_code == 404
    assert demo.visit("đoàn kiểm tra").get(desk).status_code in (403, 404)


# ── Pictures and videos ───────────────────────────────────────────────────────


def keep(demo: Any, row: News, now: datetime, content: Any, name: str, **more: Any) -> int:
    subject = Subject("news", str(row.uid), "Lễ đón bằng", row.place_id)
    kept = evidence.keep_file(
        by=demo.post(HEAD),
        at=now,
        place_id=row.place_id,
        content=content,
        name=name,
        proves=[subject],
        **more,
    )
    if name.endswith("jpg"):
        make_copies.call(file_id=kept.file_id)
    return kept.file_id


def test_a_photograph_is_shown_once_it_has_words_and_only_as_a_copy(
    demo: Any, shown: News, act: dict[str, Any], now: datetime
) -> None:
    file_id = keep(demo, shown, now, photo(), "IMG_2023.jpg")
    assert queries.public(shown.uid, now.date()).items == ()
    assert "Lời tả hình còn trống" in refused(
        lambda: news.describe(**act, news_id=shown.pk, file_id=file_id, alt="")
    )
    item = news.describe(**act, news_id=shown.pk, file_id=file_id, alt="Dân xóm đón bằng")
    page = read(Client(), f"/tin/{shown.uid}/")
    assert 'alt="Dân xóm đón bằng"' in page
    answer = Client().get(f"/tin/{shown.uid}/hinh/{item.pk}/display.webp")
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert f'src="/tin/{shown.uid}/hinh/{item.pk}/thumb.webp"' in read(
        Client(), f"/noi/{shown.place_id}/tin/"
    )
    news.withdraw(**act, news_id=shown.pk, reason="Nhầm ảnh")
    assert Client().get(f"/tin/{shown.uid}/hinh/{item.pk}/display.webp").status_code == 404


def test_a_private_file_never_goes_with_news(
    demo: Any, shown: News, act: dict[str, Any], now: datetime
) -> None:
    file_id = keep(demo, shown, now, photo(2), "IMG_1.jpg", private=True)
    told = refused(lambda: news.describe(**act, news_id=shown.pk, file_id=file_id, alt="Giấy tờ"))
    assert "riêng tư" in told


def a_video_that_tells(place: bytes) -> bytes:
    """The boxes of an MP4 that says where and when it was made: in its words, and in a track that nobody sees."""
    head = box(b"ftyp", b"isom" + bytes(4) + b"isom")
    data = box(b"mdat", place + b"\7" * 500)
    table = box(b"stsz", struct.pack(">III", 0, len(place), 1)) + box(
        b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)
    )
    table += box(b"stco", struct.pack(">III", 0, 1, len(head) + 8))
    media = box(b"hdlr", bytes(8) + b"meta" + bytes(12)) + box(b"minf", box(b"stbl", table))
    when = box(b"mvhd", struct.pack(">IIIII", 0, 3_700_000_000, 3_700_000_000, 1000, 5000) + bytes(80))
    return head + data + box(b"moov", when + box(b"trak", box(b"mdia", media)) + box(b"udta", place))


def test_a_video_goes_out_in_parts_without_place_and_time_and_with_its_captions(
    demo: Any, shown: News, act: dict[str, Any], now: datetime
) -> None:
    sent = a_video_that_tells(b"21.6,105.7")
    file_id = keep(demo, shown, now, io.BytesIO(sent), "VID_1.mp4")
    wrong = {"alt": "Lễ đón bằng", "spoken": "Xin chào"}
    assert "WebVTT" in refused(lambda: news.describe(**act, news_id=shown.pk, file_id=file_id, **wrong))
    spoken = "WEBVTT\n\n00:01.000 --> 00:04.000\nXin chào"
    item = news.describe(**act, news_id=shown.pk, file_id=file_id, **wrong | {"spoken": spoken})
    address = f"/tin/{shown.uid}/hinh/{item.pk}"
    whole = b"".join(Client().get(f"{address}.video").streaming_content)
    assert len(whole) == len(sent) and whole.count(b"\7") == sent.count(b"\7") >= 500
    assert b"105.7" in sent and b"105.7" not in whole and b"udta" not in whole
    assert struct.pack(">I", 3_700_000_000) not in whole
    part = Client().get(f"{address}.video", headers={"Range": "bytes=4-7"})
    assert part.status_code == 206 and b"".join(part.streaming_content) == whole[4:8]
    assert Client().get(f"{address}.vtt").content.decode() == spoken
    assert 'kind="captions"' in read(Client(), f"/tin/{shown.uid}/")


# ── How many queries ──────────────────────────────────────────────────────────


def test_lists_ask_the_same_however_long(
    demo: Any,
    shown: News,
    write: Callable[..., News],
    act: dict[str, Any],
    now: datetime,
    queries_of: Callable[..., int],
) -> None:
    def pages() -> int:
        return queries_of(lambda: queries.newest(demo.place("khe_coc"), 50, on=now.date()))

    one = pages()
    for _n in range(3):
        news.publish(**act, news_id=write().pk)
    assert pages() == one <= 5

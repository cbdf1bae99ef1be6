"""News in versions and languages, postings held to the law's days, names taken off on request; what anybody may read.

One file, so that the world of the stories is built once.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from chungtay.community.feedback import actions as feedback
from chungtay.community.feedback import policies as feedback_policies
from chungtay.community.publishing import actions as news
from chungtay.community.publishing import policies, posting, postings, queries
from chungtay.community.publishing.models import News, NewsText
from chungtay.community.publishing.postings import Standing
from chungtay.community.publishing.requests import actions as requests
from chungtay.community.publishing.requests import queries as request_queries
from chungtay.community.publishing.requests.models import NameRequest
from chungtay.core.refusals import NotFound, NotPermitted, Refusal

HEAD = "trưởng xóm Khe Cốc"
OFFICER = "cán bộ Vô Tranh"
STRANGER = "cán bộ Quảng Lạc"


def refused(deed: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as refusal:
        deed()
    return str(refusal.value)


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
    assert "U+202E) ở dòng 2, sau “Góp”" in refused(lambda: write(body="Mời họp\nGóp\u202e 100"))
    assert "U+0007" in refused(lambda: write(title="Họp\x07"))
    assert "dài 10000 chữ, quá 200" in refused(lambda: write(title="a" * 10_000))
    assert write(body="a" * policies.LONGEST_BODY).texts.get().body
    told = refused(lambda: write(title="", body="a" * (policies.LONGEST_BODY + 1)))
    assert "Tiêu đề còn trống" in told and "quá 20000" in told  # all at once


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
    found = postings.waiting(demo.place("khe_coc"), now.date(), seen_by=demo.post(HEAD))
    assert (found.overdue, found.unposted) == (2, 0)


def test_a_notice_that_is_published_and_hangs_nowhere_waits(
    write: Callable[..., News], hang: Callable[..., Any], act: dict[str, Any], now: datetime
) -> None:
    row = write()
    news.publish(**act, news_id=row.pk)
    assert [each.title for each in postings.unposted(row.place_id, now.date())] == ["Họp xóm ngày 30"]
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

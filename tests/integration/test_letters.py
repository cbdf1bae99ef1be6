"""The digest of each morning: by a real SMTP server in this process, once a person and day, ended by its link."""

import re
import socket
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from chungtay.core.models import AuditEvent
from chungtay.figures import confirming, locking
from chungtay.office.mailing import send_digests
from chungtay.people import mailing
from chungtay.people.models import Letter, User
from rulebook import Period

from .conftest import BUILT_AT, Demo

MORNING = datetime.fromisoformat("2026-03-02T06:30:00+07:00")  # a Monday
HEAD, OFFICER = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh"


class Post:
    """What the post office got, and whom it knows not. breaks: the line breaks once the letter is told."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.unknown: set[str] = set()
        self.breaks = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.unknown:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.got.append(letter)
        if self.breaks:
            server.transport.abort()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.got if letter["To"] == address]


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server on this machine, and settings that lead to it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    office = Post()
    server = Controller(office, hostname="127.0.0.1", port=port)
    settings.EMAIL_BACKEND, settings.MAIL_IS_SENT = "django.core.mail.backends.smtp.EmailBackend", True
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SITE_ADDRESS = "https://ntm.example.vn"
    server.start()
    yield office
    server.stop()


@pytest.fixture
def returned(demo: Demo) -> int:
    """A figure that the head recorded and the officer returned; both have an address."""
    for persona, address in ((HEAD, "truong@xom.vn"), (OFFICER, "canbo@xa.vn")):
        User.objects.filter(pk=demo.post(persona).user_id).update(email=address)
    head = demo.post(HEAD)
    (row,) = demo.record("security_cameras", "9", period=Period.year(2025), by=head)
    demo.record("security_cameras", "8", period=Period.year(2024), by=head)
    confirming.send_back(
        by=demo.post(OFFICER), at=BUILT_AT, figure_ids=[row.pk], reason="Nhà ông Bảy ghi trùng"
    )
    return row.pk


def send(at: datetime = MORNING) -> None:
    send_digests(at=at, say=lambda _done: None)


def text_of(letter: EmailMessage) -> str:
    plain = letter.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


def test_each_gets_what_waits_for_them_with_links_and_nothing_restricted(
    post: Post, returned: int, demo: Demo
) -> None:
    province = demo.post("văn phòng Thái Nguyên")
    days = {"hamlet_by": date(2026, 2, 1), "commune_by": date(2026, 4, 1), "province_by": date(2026, 5, 1)}
    locking.call_period(
        by=province, at=BUILT_AT, place_id=province.place_id or 0, period=Period.year(2025), **days
    )
    send()
    (mine,) = post.to("truong@xom.vn")
    told = text_of(mine)
    assert mine["Subject"] == "Việc ở Chung Tay ngày 02/03/2026"
    assert "Trưởng xóm · xóm Khe Cốc" in told
    assert "Bị trả lại: Số camera an ninh hoạt động hiệu quả, xóm Khe Cốc, kỳ 2025" in told
    assert f"https://ntm.example.vn/so-lieu/{returned}/" in told
    assert "Thông báo chưa xem: 1" in told
    assert "Quá hạn 01/02/2026: kỳ 2025 chưa chốt ở 1 nơi: xóm Khe Cốc" in told
    rich = mine.get_body(("html",))
    assert rich is not None and f'href="https://ntm.example.vn/so-lieu/{returned}/"' in rich.get_content()
    (theirs,) = post.to("canbo@xa.vn")
    assert re.search(r"Chờ xác nhận: \d+ số liệu", text_of(theirs))
    assert "https://ntm.example.vn/cho-xac-nhan/" in text_of(theirs)
    for letter in post.got:
        assert "ông Bảy" not in letter.as_string() and "Bảy" not in text_of(letter)


def test_a_second_run_and_a_line_that_broke_send_nothing_twice(post: Post, returned: int) -> None:
    post.breaks = True
    with pytest.raises(OSError, match="closed"):
        send()
    assert len(post.got) == 1 and Letter.objects.get().sent_at is None
    post.breaks = False
    send()
    send()
    assert sorted(letter["To"] for letter in post.got) == ["canbo@xa.vn", "truong@xom.vn"]
    assert Letter.objects.exclude(sent_at=None).count() == 1
    send(MORNING + timedelta(days=1))
    assert len(post.got) == 4


def test_an_address_that_is_refused_is_noted_and_the_others_get_theirs(
    post: Post, returned: int, demo: Demo
) -> None:
    post.unknown = {"truong@xom.vn"}
    send()
    assert [letter["To"] for letter in post.got] == ["canbo@xa.vn"]
    assert Letter.objects.get(user=demo.post(HEAD).user).refused == 550
    page = demo.visit(HEAD).get("/tai-khoan/").content.decode()
    assert "máy chủ thư từ chối địa chỉ này" in page


def test_a_server_that_is_away_puts_nothing_down(post: Post, returned: int, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    with pytest.raises(OSError):
        send()
    assert not Letter.objects.exists()


def test_how_often_is_chosen_on_ones_own_page(post: Post, returned: int, demo: Demo) -> None:
    visit, user = demo.visit(HEAD), demo.post(HEAD).user
    assert 'value="daily" selected' in visit.get("/tai-khoan/").content.decode()
    visit.post("/tai-khoan/thu/", {"digest": "weekly"})
    for days in range(8):
        send(MORNING + timedelta(days=days))
    assert [each.day.day for each in Letter.objects.filter(user=user).order_by("day")] == [2, 9]
    visit.post("/tai-khoan/thu/", {"digest": "hourly"})
    user.refresh_from_db()
    assert mailing.rhythm_of(user) == "weekly"
    event = AuditEvent.objects.get(deed="people.choose_digest")
    assert (event.before, event.after) == ({"digest": "daily"}, {"digest": "weekly"})


def test_the_link_at_the_foot_ends_the_letters_when_pressed_and_only_ones_own(
    post: Post, returned: int, demo: Demo
) -> None:
    send()
    (mine,) = post.to("truong@xom.vn")
    link = re.search(r"<https://ntm\.example\.vn(/thu/[^>]+/thoi/)>", mine["List-Unsubscribe"])
    assert link and link[1] in text_of(mine) and mine["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    assert "Bấm nút" in strict.get(link[1]).content.decode()
    user = demo.post(HEAD).user
    assert mailing.rhythm_of(user) == "daily"
    assert strict.post(link[1]).status_code == 200
    user.refresh_from_db()
    assert (mailing.rhythm_of(user), mailing.rhythm_of(demo.post(OFFICER).user)) == ("off", "daily")
    send(MORNING + timedelta(days=1))
    assert len(post.to("truong@xom.vn")) == 1
    forged = link[1].replace(f"/thu/{user.pk}:", f"/thu/{demo.post(OFFICER).user_id}:")
    assert strict.post(forged).status_code == 404


def test_without_an_address_a_server_or_work_there_is_no_letter_and_the_page_says_why(
    post: Post, demo: Demo, settings: Any
) -> None:
    send()
    assert post.got == [] and not Letter.objects.exists()
    assert "nhờ nơi đã giao chức danh ghi địa chỉ vào" in demo.visit(HEAD).get("/tai-khoan/").content.decode()
    User.objects.filter(username="quantri").update(email="quantri@tinh.vn")  # sees no figures
    send()
    settings.MAIL_IS_SENT = False
    User.objects.filter(pk=demo.post(OFFICER).user_id).update(email="canbo@xa.vn")
    send()
    assert post.got == [] and not Letter.objects.exists()
    assert "chưa đặt máy chủ thư" in demo.visit(OFFICER).get("/tai-khoan/").content.decode()

"""At the door: passwords, telephone numbers, second steps, one-time passes, rest after wrong tries, sessions."""

import re
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.conf import settings as ours
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from chungtay.core.actors import SystemActor
from chungtay.core.audit import events_about
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, Refusal
from chungtay.people import actions, passes, queries, resting
from chungtay.people.models import OneTimePass, Post, User
from chungtay.people.passes import PassKind
from chungtay.people.second_step import clear_second_step

SYSTEM = SystemActor()
PASSWORD = "một câu dài dễ nhớ 2026"
BEGAN = date(2022, 1, 1)


@pytest.fixture
def hoa(demo: Any) -> User:
    """The head of Khe Cốc's neighbour: telephone number, password, one post."""
    user = actions.create_user(
        username="hoa",
        display_name="Lê Thị Hoa",
        phone="0912 345 678",
        password=PASSWORD,
        place_id=demo.place("khe_coc"),
        by=SYSTEM,
        at=timezone.now(),
    ).user
    give(user, "hamlet_head", demo.place("khe_coc"))
    return user


def give(user: User, role: str, place_id: int | None, **more: Any) -> Post:
    return actions.grant_post(
        user=user,
        role=role,
        place_id=place_id,
        by=SYSTEM,
        at=timezone.now(),
        **{"valid_from": BEGAN, **more},
    )


def sign_in(login: str = "hoa", password: str = PASSWORD, client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post("/dang-nhap/", {"login": login, "password": password})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# Passwords and telephone numbers


@pytest.mark.parametrize("login", ["hoa", "Hoa ", "0912345678", "0912 345 678", "+84 912.345.678"])
def test_a_name_or_a_telephone_number_opens_the_door(hoa: User, login: str) -> None:
    client, answer = sign_in(login)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)


def test_a_wrong_password_is_told_and_what_was_typed_is_kept(hoa: User) -> None:
    client, answer = sign_in("0912 345 678", "sai")
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in text(answer)
    assert 'value="0912 345 678"' in text(answer)
    assert not is_in(client)


def test_passwords_are_kept_by_argon2(hoa: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    actions.set_password(user=hoa, by=SYSTEM, at=timezone.now(), password=PASSWORD)
    assert hoa.password.startswith("argon2$argon2id$")
    assert is_in(sign_in()[0])


def test_a_locked_account_is_told_apart_only_with_the_right_password(hoa: User) -> None:
    client, _ = sign_in()
    actions.lock_user(user=hoa, by=SYSTEM, at=timezone.now())
    assert client.get("/thong-bao/").status_code == 302, "signed out at once"
    answer = Client().post("/dang-nhap/", {"login": "hoa", "password": PASSWORD}, follow=True)
    assert "Tài khoản đang bị khoá" in text(answer)
    assert "Tài khoản đang bị khoá" not in text(sign_in(password="sai")[1])


def test_one_changes_ones_own_password_and_is_signed_out_elsewhere(hoa: User) -> None:
    here, there = sign_in()[0], sign_in()[0]
    page = here.get("/tai-khoan/mat-khau/")
    assert "Mật khẩu hiện nay" in text(page)
    wrong = here.post("/tai-khoan/mat-khau/", {"oldpassword": "x", "password1": "abc", "password2": "abcd"})
    assert "Mật khẩu hiện nay không đúng" in text(wrong)
    new = "câu khác cũng dài 2026"
    here.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert "Đã đổi mật khẩu" in text(here.get("/tai-khoan/"))
    assert there.get("/thong-bao/").status_code == 302
    assert is_in(sign_in(password=new)[0])
    assert AuditEvent.objects.filter(deed="people.change_own_password").count() == 1


def test_sessions_are_listed_and_ended_elsewhere(hoa: User) -> None:
    here, there = sign_in()[0], sign_in()[0]
    assert "máy này" in text(here.get("/tai-khoan/phien/"))
    here.post("/tai-khoan/phien/")
    assert there.get("/tai-khoan/").status_code == 302
    assert here.get("/tai-khoan/").status_code == 200


# Rest after wrong tries


def test_after_wrong_tries_the_account_rests_and_says_for_how_long(hoa: User) -> None:
    for _ in range(ours.AXES_FAILURE_LIMIT - 1):
        assert sign_in(password="sai")[1].status_code == 200
    answer = sign_in("0912345678", "sai")[1]
    assert answer.status_code == 429
    assert re.search(r"sai mật khẩu 10 lần nên tài khoản này tạm khoá 15 phút, đến \d\d:\d\d", text(answer))
    client, answer = sign_in()
    assert (answer.status_code, is_in(client)) == (429, False), "the right password waits as well"
    assert AuditEvent.objects.filter(deed="people.locked_out").count() == 1
    resting.wake(user=hoa, by=SYSTEM, at=timezone.now())
    assert is_in(sign_in()[0])


def test_the_rest_ends_by_itself_and_trying_on_does_not_lengthen_it(hoa: User) -> None:
    for _ in range(ours.AXES_FAILURE_LIMIT + 3):
        sign_in(password="sai")
    until = resting.rests_until("hoa", timezone.now())
    assert until is not None
    assert resting.rests_until("hoa", until + timedelta(seconds=1)) is None


def test_a_name_nobody_has_rests_like_any_other(demo: Any) -> None:
    for _ in range(ours.AXES_FAILURE_LIMIT):
        _client, answer = sign_in("khong-co-ai", "sai")
    assert answer.status_code == 429


def test_no_wrong_password_is_kept(hoa: User) -> None:
    sign_in(password="mật khẩu gõ nhầm")
    kept = AccessAttempt.objects.get()
    assert "nhầm" not in f"{kept.post_data} {kept.get_data}"


# A second step


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def confirm(client: Client) -> None:
    """Changing the ways in asks for the password again."""
    answer = client.get("/tai-khoan/hai-buoc/ung-dung/bat/")
    assert answer["Location"].startswith("/tai-khoan/xac-nhan/")
    client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})


def set_up_totp(client: Client) -> str:
    """Enrols, and returns the secret."""
    confirm(client)
    page = client.get("/tai-khoan/hai-buoc/ung-dung/bat/")
    secret = re.search(r'class="secret">([A-Z2-7]+)<', text(page))
    assert secret, text(page)
    answer = client.post("/tai-khoan/hai-buoc/ung-dung/bat/", {"code": code_of(secret[1])})
    assert answer.status_code == 302, text(answer)
    return secret[1]


def test_an_authenticator_is_asked_for_once_set_up_and_a_code_opens_once(hoa: User) -> None:
    client, _ = sign_in()
    secret = set_up_totp(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data), "kept encrypted"
    client, answer = sign_in()
    assert answer["Location"] == "/dang-nhap/hai-buoc/"
    assert client.get("/thong-bao/").status_code == 302
    code = code_of(secret, 1)
    client.post("/dang-nhap/hai-buoc/", {"code": code})
    assert client.get("/").status_code == 200
    again, _ = sign_in()
    answer = again.post("/dang-nhap/hai-buoc/", {"code": code})
    assert "Mã không đúng hoặc đã dùng rồi" in text(answer)
    assert again.get("/thong-bao/").status_code == 302


def test_codes_cannot_be_guessed_on_and_on(hoa: User) -> None:
    client, _ = sign_in()
    secret = set_up_totp(client)
    client, _ = sign_in()
    for _try in range(5):
        client.post("/dang-nhap/hai-buoc/", {"code": "000000"})
    answer = client.post("/dang-nhap/hai-buoc/", {"code": code_of(secret, 1)})
    assert "Nhập sai quá nhiều lần" in text(answer)


def test_a_recovery_code_opens_once(hoa: User) -> None:
    client, _ = sign_in()
    set_up_totp(client)
    codes = re.findall(r"<code>(\d+)</code>", text(client.get("/tai-khoan/hai-buoc/ma-du-phong/")))
    assert len(codes) == 10
    for expected in (200, 302):
        client, _ = sign_in()
        client.post("/dang-nhap/hai-buoc/", {"code": codes[0]})
        assert client.get("/thong-bao/").status_code == expected


def test_roles_that_must_have_a_second_step_are_led_to_it_and_do_nothing_else(
    hoa: User, demo: Any, settings: Any
) -> None:
    settings.MFA_ROLES = ["hamlet_head"]
    client, _ = sign_in()
    for address in ("/", "/dia-ban/", f"/dia-ban/{demo.place('khe_coc')}/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/hai-buoc/")
    assert "cần xác minh hai bước" in text(client.get("/tai-khoan/hai-buoc/"))
    assert client.post("/chuc-danh/doi/", {"post": "1"})["Location"] == "/tai-khoan/hai-buoc/"
    set_up_totp(client)
    assert client.get("/").status_code == 200


def test_an_office_clears_a_lost_second_step_and_it_is_on_record(
    hoa: User, django_capture_on_commit_callbacks: Any
) -> None:
    client, _ = sign_in()
    with django_capture_on_commit_callbacks(execute=True):
        set_up_totp(client)
    clear_second_step(user=hoa, by=SYSTEM, at=timezone.now())
    assert is_in(sign_in()[0])
    assert sign_in()[0].get("/").status_code == 200
    assert {event.deed for event in events_about(hoa)} >= {
        "people.add_second_step",
        "people.clear_second_step",
    }


def test_anothers_passkey_is_not_found_by_its_number(hoa: User, demo: Any) -> None:
    foreign = Authenticator.objects.create(
        user=demo.post("cán bộ Quảng Lạc").user,
        type="webauthn",
        data={"name": "Khoá riêng", "credential": {}},
    )
    client, _ = sign_in()
    confirm(client)
    for deed in ("bo", "sua"):
        address = f"/tai-khoan/hai-buoc/khoa/{foreign.pk}/{deed}/"
        for answer in (client.get(address), client.post(address, {"name": "x"})):
            assert answer.status_code == 404
            assert "Khoá riêng" not in text(answer)
    assert Authenticator.objects.filter(pk=foreign.pk).exists()


# One-time passes


def make(user: User, kind: PassKind = PassKind.CARD, at: datetime | None = None) -> str:
    return passes.make_pass(user=user, kind=kind, by=SYSTEM, at=at or timezone.now()).secret


def test_a_card_signs_in_once_and_looking_at_it_uses_nothing_up(hoa: User) -> None:
    secret = make(hoa)
    assert secret not in str(list(OneTimePass.objects.values()))
    client = Client()
    for _ in range(2):
        assert "Xin chào Lê Thị Hoa" in text(client.get(f"/the/{secret}/"))
    assert client.post(f"/the/{secret}/")["Location"] == "/"
    assert client.get("/").status_code == 200
    again = Client()
    answer = again.post(f"/the/{secret}/")
    assert answer.status_code == 422
    assert "đã dùng lúc" in text(answer)
    assert not is_in(again)
    deeds = [event.deed for event in AuditEvent.objects.filter(deed__endswith="_pass").order_by("pk")]
    assert deeds == ["people.make_pass", "people.use_pass", "people.refuse_pass"]


def test_a_card_also_asks_for_the_second_step(hoa: User) -> None:
    client, _ = sign_in()
    set_up_totp(client)
    client = Client()
    assert client.post(f"/the/{make(hoa)}/")["Location"] == "/dang-nhap/hai-buoc/"
    assert client.get("/thong-bao/").status_code == 302


def test_a_card_runs_out_is_called_back_and_gives_way_to_a_newer_one(hoa: User) -> None:
    now = timezone.now()
    old = make(hoa, at=now - timedelta(days=31))
    with pytest.raises(Refusal, match="đã hết hạn lúc"):
        passes.use_pass(secret=old, kind=PassKind.CARD, at=now)
    first, second = make(hoa), make(hoa)
    with pytest.raises(Refusal, match="đã bị thu hồi lúc"):
        passes.use_pass(secret=first, kind=PassKind.CARD, at=now)
    assert passes.revoke_passes(user=hoa, by=SYSTEM, at=now) == 1
    with pytest.raises(Refusal, match="đã bị thu hồi lúc"):
        passes.use_pass(secret=second, kind=PassKind.CARD, at=now)
    with pytest.raises(NotFound):
        passes.use_pass(secret="khong-co", kind=PassKind.CARD, at=now)


def test_a_card_does_not_open_a_locked_account_nor_an_invitation_page(hoa: User) -> None:
    secret = make(hoa)
    assert Client().get(f"/loi-moi/{secret}/").status_code == 404
    actions.lock_user(user=hoa, by=SYSTEM, at=timezone.now())
    answer = Client().post(f"/the/{secret}/")
    assert (answer.status_code, "đang bị khoá" in text(answer)) == (422, True)


def test_an_invitation_lets_its_owner_choose_a_password_once(demo: Any) -> None:
    made = actions.create_user(
        username="minh", display_name="Minh", by=SYSTEM, at=timezone.now(), with_password=False
    )
    give(made.user, "hamlet_head", demo.place("khe_coc"))
    secret = make(made.user, PassKind.INVITATION)
    client = Client()
    assert "<strong>minh</strong>" in text(client.get(f"/loi-moi/{secret}/"))
    wrong = client.post(f"/loi-moi/{secret}/", {"password1": "12345678", "password2": "12345678"})
    assert wrong.status_code == 422
    unlike = client.post(f"/loi-moi/{secret}/", {"password1": PASSWORD, "password2": "khác"})
    assert "Hai lần nhập không giống nhau" in text(unlike)
    assert (
        client.post(f"/loi-moi/{secret}/", {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    )
    assert client.get("/").status_code == 200
    assert is_in(sign_in("minh")[0])
    assert Client().get(f"/loi-moi/{secret}/").status_code == 422


def test_somebody_in_by_card_sets_a_password_of_their_own(demo: Any) -> None:
    made = actions.create_user(
        username="minh", display_name="Minh", by=SYSTEM, at=timezone.now(), with_password=False
    )
    give(made.user, "hamlet_head", demo.place("khe_coc"))
    client = Client()
    client.post(f"/the/{make(made.user)}/")
    assert "Hãy đặt mật khẩu" in text(client.get("/"))
    answer = client.post("/tai-khoan/mat-khau/dat/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302, text(answer)
    assert is_in(sign_in("minh")[0])


# The post one acts as


def test_a_person_of_two_posts_changes_between_them_and_only_them(hoa: User, demo: Any) -> None:
    officer = give_commune(hoa, demo)
    client, _ = sign_in()
    page = text(client.get("/"))
    assert "Đang làm việc với chức danh" in page
    answer = client.post("/chuc-danh/doi/", {"post": officer.pk}, follow=True)
    assert "Bạn đang làm việc với chức danh “Cán bộ nông thôn mới cấp xã" in text(answer)
    foreign = demo.post("cán bộ Quảng Lạc")
    refused = client.post("/chuc-danh/doi/", {"post": foreign.pk})
    assert refused.status_code == 422
    assert foreign.label not in text(refused)
    assert client.session["post"] == officer.pk


def test_a_post_that_ends_while_signed_in_is_told_and_the_next_is_taken(hoa: User, demo: Any) -> None:
    officer = give_commune(hoa, demo)
    client, _ = sign_in()
    client.post("/chuc-danh/doi/", {"post": officer.pk})
    client.get("/")
    Post.objects.filter(pk=officer.pk).update(valid_to=timezone.localdate())
    page = text(client.get("/"))
    assert "Bạn thôi giữ chức danh “Cán bộ nông thôn mới cấp xã · xã Vô Tranh” từ ngày" in page
    assert "Nay bạn đang làm việc với chức danh “Trưởng xóm · xóm Khe Cốc”" in page
    assert "Bạn thôi giữ" not in text(client.get("/")), "told once"


def test_a_deed_sent_as_a_post_that_is_over_is_not_done_as_another(hoa: User, demo: Any) -> None:
    officer = give_commune(hoa, demo)
    client, _ = sign_in()
    client.post("/chuc-danh/doi/", {"post": officer.pk})
    Post.objects.filter(pk=officer.pk).update(valid_to=timezone.localdate())
    answer = client.post("/chuc-danh/doi/", {"post": hoa.posts.exclude(pk=officer.pk).get().pk})
    assert answer.status_code == 403
    assert "việc vừa gửi chưa được làm" in text(answer)


def test_when_the_last_post_is_over_the_door_says_so(hoa: User) -> None:
    client, _ = sign_in()
    hoa.posts.update(valid_to=timezone.localdate())
    answer = client.get("/")
    assert answer.status_code == 403
    assert "Bạn thôi giữ “Trưởng xóm · xóm Khe Cốc” từ" in text(answer)


def give_commune(user: User, demo: Any) -> Post:
    commune = demo.post("cán bộ Vô Tranh").place_id
    return give(user, "commune_officer", commune, valid_from=date(2025, 7, 1))


# Both languages


ADDRESSES = [
    "/tai-khoan/",
    "/tai-khoan/mat-khau/",
    "/tai-khoan/hai-buoc/",
    "/tai-khoan/hai-buoc/ung-dung/bat/",
    "/tai-khoan/hai-buoc/khoa/",
    "/tai-khoan/hai-buoc/khoa/them/",
    "/tai-khoan/phien/",
    "/tai-khoan/dang-nhap-mot-lan/",
]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_ones_account_is_ours_in_both_languages(hoa: User, language: str) -> None:
    client, _ = sign_in()
    client.cookies[ours.LANGUAGE_COOKIE_NAME] = language
    confirm(client)
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert 'data-room="office"' in text(answer), address
        if language == "vi":
            for theirs in ("Password", "Security", "Sign", "Menu", "Passwordless", "Code"):
                assert not re.search(rf">[^<]*\b{theirs}\b", text(answer)), (address, theirs)


def test_nobody_makes_an_account_alone_and_other_doors_of_the_library_are_shut(demo: Any) -> None:
    for address in ("/accounts/signup/", "/signup/", "/dang-ky/", "/tai-khoan/email/", "/accounts/login/"):
        assert Client().get(address).status_code == 404


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def test_a_visitors_page_asks_few_queries(hoa: User, queries_of: Callable[..., int]) -> None:
    client, _ = sign_in()
    client.get("/tai-khoan/")
    assert queries_of(lambda: client.get("/tai-khoan/")) <= 6
    assert queries.posts_held(hoa, timezone.localdate())

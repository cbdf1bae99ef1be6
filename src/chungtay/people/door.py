"""How django-allauth is told our ways: no self-made accounts, our sentences, our addresses, secrets kept encrypted."""

import base64
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from chungtay.core.origin import address_of
from chungtay.people import queries
from chungtay.people.models import User

# What allauth has to say, by the name of its own text.
_SAID = {
    "account/messages/password_changed.txt": gettext_lazy("Đã đổi mật khẩu. Những máy khác đã đăng xuất."),
    "account/messages/password_set.txt": gettext_lazy(
        "Đã đặt mật khẩu. Lần sau hãy đăng nhập bằng mật khẩu này."
    ),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "Đã tạo mã dự phòng mới; mã cũ không dùng được nữa."
    ),
    "mfa/messages/totp_activated.txt": gettext_lazy("Đã bật ứng dụng xác thực."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Đã tắt ứng dụng xác thực."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Đã thêm khoá truy cập."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Đã bỏ khoá truy cập."),
    "socialaccount/messages/account_connected.txt": gettext_lazy("Đã nối tài khoản đăng nhập một lần."),
    "socialaccount/messages/account_connected_other.txt": gettext_lazy(
        "Tài khoản đăng nhập một lần này đã nối với người khác."
    ),
    "socialaccount/messages/account_connected_updated.txt": gettext_lazy(
        "Tài khoản đăng nhập một lần đã được nối."
    ),
    "socialaccount/messages/account_disconnected.txt": gettext_lazy(
        "Đã thôi nối tài khoản đăng nhập một lần."
    ),
    "usersessions/messages/sessions_logged_out.txt": gettext_lazy("Đã đăng xuất trên mọi máy khác."),
}
_WRONG_PAIR = gettext_lazy(
    "Tên đăng nhập hoặc mật khẩu không đúng. Hãy thử lại; mật khẩu phân biệt chữ hoa, chữ thường."
)


class AccountDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an office, never by whoever comes along."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Tài khoản đang bị khoá. Hãy liên hệ nơi đã giao chức danh."),
        "enter_current_password": gettext_lazy("Mật khẩu hiện nay không đúng."),
        "incorrect_code": gettext_lazy("Mã không đúng hoặc đã dùng rồi. Hãy chờ mã mới rồi nhập lại."),
        "incorrect_password": gettext_lazy("Mật khẩu không đúng."),
        "username_password_mismatch": _WRONG_PAIR,
        "too_many_login_attempts": gettext_lazy("Nhập sai quá nhiều lần. Hãy chờ năm phút rồi thử lại."),
        "rate_limited": gettext_lazy("Bạn gửi quá nhiều lần trong một lúc. Hãy chờ một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "0.0.0.0"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes, for all processes alike."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words; what has none ("you have signed in") needs no saying."""
        said = message or _SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticators and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "Chức danh của bạn cần xác minh hai bước nên không tắt được."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Hãy bật xác minh hai bước rồi mới tạo mã dự phòng."),
        "incorrect_code": AccountDoor.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""  # the signing key was changed: no code fits, the office must clear the second step

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - its name
        return gettext("Khoá của tôi")


class SignOnDoor(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A sign-on service opens accounts that their owners have joined to it, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def username_tried(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """For axes: whose door was tried, however the name was written."""
    return queries.username_of(str((credentials or {}).get("username") or ""))


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(sha256(f"second step {key}".encode()).digest())) for key in keys]
    )

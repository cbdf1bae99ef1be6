"""A sign-on service, a real one in this process: it opens accounts joined to it, and makes none."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from chungtay.core.models import AuditEvent
from chungtay.people.models import User

CLIENT, SECRET = "chung-tay", "bí mật của dịch vụ"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(BaseHTTPRequestHandler):
    """Says yes at once to whoever comes, as the person named in `signed_in`."""

    signed_in = "cccd-1"
    issuer = ""
    waiting: dict[str, str] = {}

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/.well-known/openid-configuration":
            self.say(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/vao",
                    "token_endpoint": f"{self.issuer}/the",
                    "userinfo_endpoint": f"{self.issuer}/ai",
                    "jwks_uri": f"{self.issuer}/khoa",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif asked.path == "/vao":
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            assert (query["client_id"], query["scope"]) == (CLIENT, "openid")
            self.waiting["ma-1"] = query.get("nonce", "")
            self.send_response(302)
            back = urlencode({"code": "ma-1", "state": query["state"]})
            self.send_header("Location", f"{query['redirect_uri']}?{back}")
            self.end_headers()
        elif asked.path == "/khoa":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.say({"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]})
        elif asked.path == "/ai":
            self.say({"sub": self.signed_in})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = sent.get("client_secret", [""])[0]
        if basic := self.headers.get("Authorization", "").removeprefix("Basic "):
            given = base64.b64decode(basic).decode().partition(":")[2]
        if given != SECRET or sent["code"] != ["ma-1"]:
            self.say({"error": "invalid_client"}, 401)
            return
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.signed_in, "iat": now, "exp": now + 60}
        if nonce := self.waiting.get("ma-1"):
            claims["nonce"] = nonce
        token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        self.say({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Stay(HTTPRedirectHandler):
    """Shows where one is sent without going there."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Provider.issuer = f"http://127.0.0.1:{server.server_port}"
    Provider.signed_in = "cccd-1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "SCOPE": ["openid"],
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "Định danh thử",
                    "client_id": CLIENT,
                    "secret": SECRET,
                    "settings": {"server_url": Provider.issuer},
                }
            ],
        }
    }
    yield Provider
    server.shutdown()
    server.server_close()


def come_by_service(client: Client, process: str = "login") -> Any:
    """Out to the service and back, as a browser goes."""
    out = client.get(f"/dang-nhap/mot-lan/sso/?process={process}")
    assert out.status_code == 302, out.content.decode()
    with pytest.raises(HTTPError) as sent:
        build_opener(Stay).open(out["Location"])
    back = urlsplit(sent.value.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


@pytest.fixture
def head(demo: Any) -> User:
    user: User = demo.post("trưởng xóm Khe Cốc").user
    return user


def test_it_is_off_until_its_address_is_given(demo: Any) -> None:
    assert "mot-lan" not in Client().get("/dang-nhap/").content.decode()
    assert Client().get("/dang-nhap/mot-lan/sso/").status_code == 404


def test_the_door_offers_it_by_name_as_a_link_the_policy_lets_pass(
    provider: type[Provider], demo: Any
) -> None:
    page = Client().get("/dang-nhap/")
    assert "Đăng nhập bằng Định danh thử" in page.content.decode()
    assert 'href="/dang-nhap/mot-lan/sso/?process=login' in page.content.decode()
    assert "form-action 'self'" in page["Content-Security-Policy"]


def test_nobody_gets_an_account_by_it(provider: type[Provider], demo: Any, unchanged: Any) -> None:
    client = Client()
    people = User.objects.count()
    answer = come_by_service(client)
    assert "chưa nối với tài khoản nào ở đây" in answer.content.decode()
    assert User.objects.count() == people
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session


def test_an_account_joined_to_it_opens_and_only_that(
    provider: type[Provider], head: User, django_capture_on_commit_callbacks: Any
) -> None:
    head.set_password("một câu dài dễ nhớ 2026")
    head.save()
    client = Client()
    client.post("/dang-nhap/", {"login": head.username, "password": "một câu dài dễ nhớ 2026"})
    client.post("/tai-khoan/xac-nhan/", {"password": "một câu dài dễ nhớ 2026"})
    with django_capture_on_commit_callbacks(execute=True):
        answer = come_by_service(client, "connect")
    assert answer.status_code == 302, answer.content.decode()
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.uid) == (head, "cccd-1")
    assert AuditEvent.objects.filter(deed="people.join_sign_on").count() == 1
    assert "Định danh thử" in client.get("/tai-khoan/dang-nhap-mot-lan/").content.decode()

    visitor = Client()
    assert come_by_service(visitor)["Location"] == "/"
    assert visitor.get("/").status_code == 200
    provider.signed_in = "cccd-2"
    assert "chưa nối" in come_by_service(Client()).content.decode()


def test_a_callback_nobody_asked_for_is_refused_with_a_page(provider: type[Provider], demo: Any) -> None:
    answer = Client().get("/dang-nhap/mot-lan/sso/ve/?code=ma-1&state=bịa")
    assert "không xác nhận được" in answer.content.decode()


def test_a_service_that_does_not_answer_is_told_in_a_sentence(
    provider: type[Provider], demo: Any, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    answer = Client().get("/dang-nhap/mot-lan/sso/?process=login")
    assert "không xác nhận được" in answer.content.decode()

"""Adding a hamlet from the screens of a commune."""

from typing import Any

import pytest
from django.test import Client

from chungtay.core.models import AuditEvent
from chungtay.people.models import User
from chungtay.territory import queries as territory

pytestmark = pytest.mark.django_db


def _signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def _vo_tranh() -> int:
    return territory.resolve("mã:05641").id


def test_the_commune_officer_adds_a_hamlet_once_however_often_the_form_is_sent(demo: Any) -> None:
    client, commune = _signed_in("canbo.votranh"), _vo_tranh()
    sent = {"kind": "xóm", "name": "Đồng Tâm", "from": "", "uid": "0f4f3f0e-6a55-4a39-9a4e-0d9a3f1f7c11"}
    before = AuditEvent.objects.count()
    first = client.post(f"/dia-ban/{commune}/them/", sent)
    again = client.post(f"/dia-ban/{commune}/them/", sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert [each.full_name for each in territory.search("dong tam", within=commune).places] == [
        "xóm Đồng Tâm"
    ]
    assert AuditEvent.objects.count() == before + 1
    assert "xóm Đồng Tâm" in client.get(first["Location"]).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "xóm", "name": ""}, "Hãy ghi tên"),
        ({"kind": "làng", "name": "A"}, "Hãy chọn loại"),
        ({"kind": "xóm", "name": "A", "from": "31/02/2026"}, "không có trong lịch"),
        ({"kind": "xóm", "name": "Khe Cốc", "from": "01/01/2026"}, "Khe Cốc"),
    ],
)
def test_a_wrong_form_says_why_and_keeps_what_was_typed(
    demo: Any, sent: dict[str, str], sentence: str
) -> None:
    commune = _vo_tranh()
    answer = _signed_in("canbo.votranh").post(f"/dia-ban/{commune}/them/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{sent["name"]}"' in page


def test_only_a_post_over_the_place_may_add_and_the_others_are_not_offered_it(demo: Any) -> None:
    commune = _vo_tranh()
    inspector = _signed_in("kiemtra")
    assert inspector.post(f"/dia-ban/{commune}/them/", {"kind": "xóm", "name": "A"}).status_code == 403
    assert f"/dia-ban/{commune}/them/" not in inspector.get(f"/dia-ban/{commune}/").content.decode()
    assert (
        f"/dia-ban/{commune}/them/"
        in _signed_in("canbo.votranh").get(f"/dia-ban/{commune}/").content.decode()
    )

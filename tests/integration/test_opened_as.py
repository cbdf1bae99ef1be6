"""A page opened as one post and sent after changing to another in a second tab: nothing is done, nothing is lost."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from chungtay.core.actors import SystemActor
from chungtay.figures import queries as figures
from chungtay.people import actions
from chungtay.people.models import Post
from chungtay.territory import queries as territory

from .conftest import BUILT_AT, Demo

SMART = "xom-thong-minh-thai-nguyen"


@pytest.fixture
def two(demo: Demo) -> tuple[Client, Post, Post]:
    """The head of Khe Cốc, who is an officer of the commune as well; acting as the head."""
    head = demo.post("trưởng xóm Khe Cốc")
    officer = actions.grant_post(
        user=head.user,
        role="commune_officer",
        place_id=territory.latest(demo.place("khe_coc")).parent_id,
        valid_from=date(2025, 7, 1),
        by=SystemActor(),
        at=BUILT_AT,
    )
    client = demo.visit("trưởng xóm Khe Cốc")
    client.post("/chuc-danh/doi/", {"post": head.pk})
    return client, head, officer


def hidden(page: str) -> dict[str, str]:
    """The hidden fields and buttons of every form on a page."""
    found = re.findall(r'<(?:input type="hidden"|button[^>]*?) name="([^"]*)" value="([^"]*)"', page)
    return {unescape(name): unescape(value) for name, value in found}


def form_of(demo: Demo) -> str:
    return f"/dia-ban/{demo.place('khe_coc')}/{SMART}/tieu-chi/3/nhap/"


def recorded(demo: Demo) -> list[tuple[Any, str]]:
    rows = figures.history(demo.place("khe_coc"), "security_cameras")
    return [(row.value, row.by) for row in rows if row.period.is_year]


def test_what_was_typed_as_one_post_is_not_written_as_another_and_comes_back(
    demo: Demo, two: tuple[Client, Post, Post], unchanged: Any
) -> None:
    client, head, officer = two
    sent = hidden(client.get(form_of(demo)).content.decode())
    assert sent["mo_voi"] == str(head.pk)
    sent |= {"period": "2025", "source": "Sổ <của> xóm", "security_cameras": "9"}
    del sent["viec"]  # the button that keeps a draft was not the one pressed
    client.post(
        "/chuc-danh/doi/", {"post": officer.pk, "mo_voi": head.pk}
    )  # from the old page, in the other tab
    with unchanged():
        answer = client.post(form_of(demo), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Việc vừa gửi chưa được làm" in page and "Sổ &lt;của&gt; xóm" in page
    assert head.label in unescape(page) and officer.label in unescape(page)
    again = hidden(page) | {"lam_voi": str(head.pk)}
    assert client.post(form_of(demo), again).status_code == 302
    ((value, by),) = recorded(demo)
    assert (int(value), by) == (9, head.label)
    assert client.session["post"] == head.pk


def test_going_on_as_the_new_post_or_as_a_post_of_nobody(demo: Demo, two: tuple[Client, Post, Post]) -> None:
    client, head, officer = two
    typed = {"period": "2025", "source": "", "security_cameras": "9"}
    foreign = demo.post("cán bộ Quảng Lạc")
    refused = client.post(form_of(demo), typed | {"lam_voi": foreign.pk})
    assert refused.status_code == 422 and "không còn giữ" in refused.content.decode()
    unknown = client.post(form_of(demo), typed | {"mo_voi": foreign.pk})
    assert unknown.status_code == 409 and foreign.label not in unescape(unknown.content.decode())
    assert recorded(demo) == []
    client.post(form_of(demo), typed | {"mo_voi": head.pk, "lam_voi": officer.pk})
    assert [by for _value, by in recorded(demo)] == [officer.label]


def test_scripts_that_save_as_one_types_are_told_in_a_sentence_and_change_nothing_on_the_page(
    demo: Demo, two: tuple[Client, Post, Post], unchanged: Any
) -> None:
    client, _head, officer = two
    grid = f"/dia-ban/{territory.latest(demo.place('khe_coc')).id}/bang-nhap/{SMART}/"
    cell = {"ky": "2025", "so": "security_cameras", "noi": demo.place("khe_coc"), "value": "9", "seen": "0"}
    with unchanged():
        saved = client.post(
            grid + "o/", cell | {"mo_voi": officer.pk}, headers={"Accept": "application/json"}
        )
        tried = client.post(
            form_of(demo).replace("/nhap/", "/thu/"), {"mo_voi": officer.pk}, headers={"HX-Request": "true"}
        )
    assert (saved.status_code, saved.json()["state"]) == (409, "refused")
    assert "những gì bạn nhập vẫn còn đây" in saved.json()["sentence"]
    assert (tried.status_code, tried["HX-Retarget"]) == (409, "#chuc-danh-khac")
    assert "<html" not in tried.content.decode() and "chưa được làm" in tried.content.decode()


def test_every_form_of_an_officers_page_says_as_which_post_it_was_opened(
    demo: Demo, two: tuple[Client, Post, Post]
) -> None:
    client, _head, officer = two
    client.post("/chuc-danh/doi/", {"post": officer.pk})
    commune = officer.place_id
    for address in ("/", form_of(demo), f"/dia-ban/{commune}/ky-bao-cao/", f"/dia-ban/{commune}/so-nhap/"):
        page = client.get(address).content.decode()
        forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        ours = [form for form in forms if "csrfmiddlewaretoken" in form]
        assert len(ours) > 1, address
        assert all(f'name="mo_voi" value="{officer.pk}"' in form for form in ours), address

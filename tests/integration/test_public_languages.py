"""Every public page has an address in each language, which wins over what a browser remembers."""

import re
from typing import Any

from django.test import Client
from tests.integration.conftest import Demo


def addressed(path: str, cookie: str = "", **more: Any) -> Any:
    browser = Client()
    if cookie:
        browser.cookies["django_language"] = cookie
    return browser.get(path, **more)


def head(answer: Any) -> dict[str, str]:
    """rel or hreflang → address, of the links by which a page is found."""
    body = answer.content.decode()
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', body))
    return found | dict(re.findall(r'<link rel="(canonical)" href="([^"]+)">', body))


def test_an_address_that_names_a_language_wins_and_its_links_stay_in_it(demo: Demo, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://chungtay.vn"
    here = f"/noi/{demo.place('khe_coc')}/"
    for path, cookie, language in (
        (f"/en{here}", "", "en"),
        (f"/en{here}", "vi", "en"),
        (f"/vi{here}", "en", "vi"),
        (f"/tyz{here}", "en", "tyz"),
        (here, "en", "en"),
        (here, "", "vi"),
        (here, "zz", "vi"),
    ):
        answer = addressed(path, cookie)
        body, begins = answer.content.decode(), path.removesuffix(here)
        assert f'<html lang="{language}"' in body and answer.headers["Content-Language"] == language, path
        assert ("Board of criteria" in body) == (language == "en")
        own = "" if language == "vi" else f"/{language}"
        assert head(answer) == {
            "canonical": f"https://chungtay.vn{own}{here}",
            "vi": f"https://chungtay.vn{here}",
            "en": f"https://chungtay.vn/en{here}",
            "x-default": f"https://chungtay.vn{here}",
        }
        assert f'<meta property="og:url" content="https://chungtay.vn{own}{here}">' in body
        others = {"vi", "en", "tyz"} - {language}
        for other in others:
            assert f'<a class="tool" data-language href="/{other}{here}" hreflang="{other}"' in body
        inner = {each for each in re.findall(r'(?:href|action|src)="(/[^"]*)"', body)
                 if not each.startswith(("/static/", *(f"/{other}{here}" for other in others)))}  # fmt: skip
        assert inner and all(each.startswith(f"{begins}/") for each in inner), path


def test_kept_pages_of_two_languages_never_mix(demo: Demo, queries_of: Any) -> None:
    here = f"/noi/{demo.place('khe_coc')}/dong-gop/"
    english = addressed(f"/en{here}")
    assert queries_of(lambda: addressed(f"/en{here}", "vi")) == 0, "kept, whatever the cookie says"
    mark = english.headers["ETag"]
    assert addressed(f"/en{here}", headers={"if-none-match": mark}).status_code == 304
    for path, cookie in ((here, ""), (here, "en"), (f"/vi{here}", "en")):
        other = addressed(path, cookie, headers={"if-none-match": mark})
        assert other.status_code == 200 and other.headers["ETag"] != mark, (path, cookie)
    assert addressed(f"/en{here}").content == english.content


def test_a_language_this_site_does_not_speak_is_told_so_and_the_page_offered(demo: Demo) -> None:
    here = f"/noi/{demo.place('khe_coc')}/"
    answer = addressed(f"/fr{here}")
    assert answer.status_code == 404
    assert (
        "không có bản ngôn ngữ “fr”" in answer.content.decode()
        and f'href="{here}"' in answer.content.decode()
    )
    for path in ("/fr/khong-co/", "/fr/dia-ban/", "/en/khong-co/", "/en/en/ca-nuoc/"):
        answer = addressed(path)
        assert answer.status_code == 404 and "bản ngôn ngữ" not in answer.content.decode(), path
    assert "There is no such page" in addressed("/en/khong-co/").content.decode()


def test_officers_pages_have_plain_addresses_and_take_the_language_along(demo: Demo) -> None:
    officer = demo.visit("trưởng xóm Khe Cốc")
    answer = officer.get("/en/dia-ban/?tim=khe+coc")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/dia-ban/?tim=khe+coc")
    assert officer.cookies["django_language"].value == "en"
    office = officer.get(answer.headers["Location"]).content.decode()
    assert '<html lang="en"' in office and 'href="/en/' not in office
    assert officer.get("/en/").headers["Location"] == "/"
    assert addressed("/en/").status_code == addressed("/en").status_code == 200
    assert addressed("/en/api/v1/").headers["Location"] == "/api/v1/"


def test_what_is_done_on_a_page_and_made_of_it_stays_in_its_language(demo: Demo) -> None:
    here = f"noi/{demo.place('khe_coc')}/"
    asked = addressed(f"/en/xin-rut-ten/?noi={demo.place('khe_coc')}").content.decode()
    assert 'action="/en/hien-thi/"' in asked and "Cán bộ đăng nhập" not in asked
    sent = Client().post("/en/hien-thi/", {"theme": "dark", "next": f"/en/{here}"})
    assert sent.headers["Location"] == f"/en/{here}"
    listened = addressed(f"/en/doc/{here}").content.decode()
    assert f'href="/en/{here}"' in listened and "Board of criteria" in listened
    feed = addressed(f"/en/{here}nguon-tin.atom").content.decode()
    assert 'xml:lang="en"' in feed and f"/en/{here}" in feed
    certificate = addressed("/en/kiem-tra-bang/").content.decode()
    assert '<html lang="en"' in certificate and 'href="/en/' in certificate

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

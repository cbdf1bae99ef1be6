"""A real browser against Django's live server: Debian's Chromium, driven by Playwright."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from chungtay.core.actors import SystemActor
from chungtay.core.jobs import queue
from chungtay.core.jobs.worker import run_leased
from chungtay.core.models import Job
from chungtay.demo.builder import build_stories
from chungtay.people import queries as people
from chungtay.standards import actions as standards
from chungtay.territory import queries as territory
from chungtay.territory.units import load_units
from rulebook import read_law

CHROMIUM = os.environ.get("CHROMIUM") or next(  # the shell draws the same pages in half the time
    path for path in ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium") if Path(path).exists()
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"type": "tag", "values": WCAG}
COLOUR_RULES = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block"],
}  # by night only colours differ
WIDE, NARROW = 1280, 360
LOOKS = [(360, "light"), (360, "dark"), (1280, "dark"), (1280, "light")]

OpenPage = Callable[..., Page]


class Demo:
    """The two stories among the units of two provinces: built once, then put back before each journey.

    places: ids by the stories' keys. passwords: by user name.
    """

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.passwords: dict[str, str] = {}
        self._rows: Any = None

    def put_back(self, keep_rows: Callable[[], Any]) -> None:
        if self._rows is None:
            self._build()
            self._rows = keep_rows()
        else:
            self._rows.put_back()

    def _build(self) -> None:
        at, by = timezone.now(), SystemActor(label="Dữ liệu minh họa")
        load_units(by=by, at=at, provinces={"19", "20"})
        standards.adopt(by=by, at=at, book=read_law(settings.LAW_DIR))  # checked by tests/engine
        built = build_stories(at=at, say=lambda line: None)
        for lease in iter(lambda: queue.take(now=timezone.now()), None):
            run_leased(lease)  # the copies of the stories' photographs
        Job.objects.all().delete()
        day = timezone.localdate(at)
        above = territory.ancestors(built.places["khe_coc"], day)
        names = ("viet_nam", "thai_nguyen", "vo_tranh")
        self.places = built.places | {name: place.id for name, place in zip(names, above, strict=True)}
        self.passwords = {login.username: login.password for login in built.logins}


@pytest.fixture(scope="session")
def built_once() -> Demo:
    return Demo()


@pytest.fixture
def demo(live_server: object, built_once: Demo, keep_rows: Callable[[], Any]) -> Demo:
    """The demo as it was on its first day; a live server's tests each leave an empty database behind."""
    built_once.put_back(keep_rows)
    return built_once


@pytest.fixture
def officer(demo: Demo, open_page: OpenPage) -> OpenPage:
    """Makes pages of somebody signed in already: `officer("truongxom.khecoc", "/", scripts=False)`."""

    def open_one(username: str, path: str = "/", **how: object) -> Page:
        client = Client()
        client.force_login(people.user_named(username))
        cookies = {"sessionid": client.cookies["sessionid"].value}
        return open_page(path, cookies=cookies, **how)

    return open_one


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[OpenPage]:
    """Makes pages: `open_page("/", width=NARROW, dark=True, scripts=False)`. What a page complains of fails the test.

    Each page is a visitor of its own; pass `beside=` a page to open another in the same visit.
    Wait with locators and `expect`: a string handed to `wait_for_function` is eval, which our policy forbids,
    and it fails without a word.
    """
    contexts = []
    complaints: list[str] = []

    def open_one(
        path: str = "/",
        *,
        width: int = WIDE,
        dark: bool = False,
        scripts: bool = True,
        cookies: dict[str, str] | None = None,
        beside: Page | None = None,
    ) -> Page:
        if beside is None:
            context = browser.new_context(
                base_url=str(live_server),
                viewport={"width": width, "height": 900},
                color_scheme="dark" if dark else "light",
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
                reduced_motion="reduce",
                java_script_enabled=scripts,
            )
            context.add_cookies(
                [{"name": k, "value": v, "url": str(live_server)} for k, v in (cookies or {}).items()]
            )
            context.set_default_timeout(10_000)
            contexts.append(context)
        else:
            context = beside.context
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note_complaint(message, page, complaints))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


def _note_complaint(message: ConsoleMessage, page: Page, complaints: list[str]) -> None:
    """Errors that are ours: broken scripts, breaches of the policy, missing files.

    Not a refused deed's 4xx, nor a page that was itself asked for and is not there.
    """
    told = (
        "the server responded with a status of 4",
        "Response Status Error Code 4",
        "net::ERR_INTERNET_DISCONNECTED",  # the test itself cut the line
    )  # the browser's and htmx's words
    refused = any(words in message.text for words in told)
    missing_file = "status of 404" in message.text and message.location["url"] != page.url
    if message.type == "error" and (missing_file or not refused):
        complaints.append(f"{page.url}: {message.text}")


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def width(request: pytest.FixtureRequest) -> int:
    """Both widths, one after the other."""
    return int(request.param)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request: pytest.FixtureRequest) -> bool:
    """Both colour schemes, one after the other."""
    return bool(request.param)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """One wide, light page standing at the front door."""
    return open_page("/")


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[..., None]:
    """Fails with every WCAG A and AA fault axe finds, and when the page scrolls sideways.

    axe is handed over the debugging channel, which no Content-Security-Policy holds back.
    """

    def look(page: Page, rules: dict[str, object]) -> Any:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        return page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
            rules,
        )

    def check(page: Page, rules: dict[str, object] = ALL_RULES) -> None:
        try:
            found = look(page, rules)
        except PlaywrightError:  # the page was leaving for another: that one is looked at, once it has come
            page.wait_for_load_state()
            found = look(page, rules)
        faults = [
            f"{fault['id']} ({fault['impact']}): {fault['help']}\n"
            f"      {node['html'][:200]}\n      {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
        assert not faults, f"{page.url}: {len(faults)} faults\n  " + "\n  ".join(faults)
        spill = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert spill <= 0, f"{page.url} scrolls sideways by {spill}px"

    return check


@pytest.fixture
def assert_accessible_in_every_look(assert_accessible: Callable[..., None]) -> Callable[[Page], None]:
    """The same on a phone and a desk, by day and by night, with everything unfolded."""

    def check(page: Page) -> None:
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page, COLOUR_RULES if scheme == "dark" else ALL_RULES)

    return check


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page], None]:
    """Keeps a picture of the whole page in $SCREENSHOTS, when that is set; for a person to look at."""
    folder = os.environ.get("SCREENSHOTS")

    def keep(page: Page) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{request.node.name}.png", full_page=True)

    return keep

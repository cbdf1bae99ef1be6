"""Works in a browser: every page open to everyone, and a day of the diary written on a telephone without scripts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.integration import evidence_samples as made
from tests.integration.work_samples import HEAD, OFFICER, Site

from chungtay.core.jobs import queue
from chungtay.core.jobs.worker import run_leased
from chungtay.evidence import actions as evidence
from chungtay.people import queries as people
from chungtay.works import actions as works
from chungtay.works import queries, subjects

HEAD_USER, OFFICER_USER = "truongxom.khecoc", "canbo.votranh"
NAMES = {HEAD: HEAD_USER, OFFICER: OFFICER_USER}


class Acting:
    """The browser's world as the samples ask for it."""

    def __init__(self, demo: Any) -> None:
        self.places = demo.places

    def place(self, key: str) -> int:
        return int(self.places[key])

    def post(self, persona: str) -> Any:
        user = people.user_named(NAMES[persona])
        assert user is not None
        return people.posts_held(user, timezone.localdate())[0]


@pytest.fixture
def site(demo: Any) -> Site:
    """A drain being built, half of it done, with two photographs from one spot, and a second work only asked for."""
    now = timezone.now()
    site = Site.proposed(Acting(demo), now, position=(21_721_300, 105_754_600))
    site.building()
    site.diary(date(2026, 1, 21), {"1": "200", "2": "120"}, words="Trời mưa buổi chiều")
    site.watched().do(
        works.note, by=HEAD, on=date(2026, 1, 22), words="Nắp rãnh kê chưa khít", to_whom="chủ đầu tư"
    )
    site.do(works.pay, on=date(2026, 1, 23), amount_dong=60_000_000, source="commune", document="UNC 07")
    point = works.add_point(by=site.demo.post(HEAD), at=now, work_id=site.work.pk, name="Từ cổng nhà văn hóa")
    view = queries.work(site.work.pk)
    for n, stage in enumerate(("before", "during")):
        evidence.keep_file(
            by=site.demo.post(HEAD),
            at=now - timedelta(minutes=n),
            place_id=site.work.place_id,
            content=made.photo(40 + n, size=(1200, 900)),
            name=f"IMG_{n}.jpg",
            proves=[subjects.shot(view, view.points[0], stage)],
        )
    while lease := queue.take(now=timezone.now()):
        run_leased(lease)
    assert point.name == view.points[0].name
    Site.proposed(Acting(demo), now, "Đường ngõ 5", kind="road")
    return site


def test_every_page_of_works_is_open_to_everyone(
    site: Site, officer: Callable[..., Page], assert_accessible: Callable[..., None]
) -> None:
    place, work = f"/dia-ban/{site.work.place_id}/cong-trinh/", f"/cong-trinh/{site.work.pk}/"
    pages = [place, f"{place}tien-do/", f"{place}ban-do/", f"{place}nguon-von/", f"{place}de-xuat/"]
    pages += [work, f"{work}ho-so/", f"{work}nhat-ky/", f"{work}nguon-von/", f"{work}nghiem-thu/"]
    for width, dark in ((360, False), (1280, True)):
        page = officer(OFFICER_USER, pages[0], width=width, dark=dark)
        for address in pages:
            page.goto(address)
            assert_accessible(page)


def test_the_head_writes_a_day_on_a_telephone(site: Site, officer: Callable[..., Page]) -> None:
    page = officer(HEAD_USER, f"/cong-trinh/{site.work.pk}/", width=360, scripts=False)
    expect(page.locator(".stages [aria-current]")).to_contain_text("đang làm")
    expect(page.locator(".shot img")).to_have_count(2)
    page.get_by_role("link", name="Ghi nhật ký").click()
    page.get_by_label("Số người làm").fill("8")
    page.get_by_label("2. Rãnh bê tông").fill("300")
    page.get_by_role("button", name="Ghi nhật ký").click()
    expect(page.locator("#loi")).to_contain_text("vượt 400 m")
    expect(page.get_by_label("2. Rãnh bê tông")).to_have_value("300")
    page.get_by_label("2. Rãnh bê tông").fill("280")
    page.get_by_role("button", name="Ghi nhật ký").click()
    expect(page.locator(".notices")).to_contain_text("Đã ghi nhật ký.")
    expect(page.locator(".facts")).to_contain_text("100%")

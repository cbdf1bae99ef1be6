"""Titles in a browser: every page open to everyone by day and night, and a review written on a telephone."""

import os
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.recognition.titles import papers, queries, reviewing, withdrawals
from rulebook import Mark, Period

SYSTEM = SystemActor(label="Người dựng thử")
OFFICER, HEAD = "canbo.votranh", "truongxom.khecoc"
MODEL = "xom-kieu-mau-thai-nguyen"


@pytest.fixture
def kept(demo: Any) -> tuple[int, int, int]:
    """The title of the story with a figure that falls, a paper that ends, a late review and an open withdrawal."""
    now, place = timezone.now(), demo.places["khe_coc"]
    today = timezone.localdate(now)
    by: dict[str, Any] = {"by": SYSTEM, "at": now}
    rows = [
        BulkFigure(place, "hamlet_roads_bright_clean_share", Period.year(year), Decimal(value))
        for year, value in ((2023, 99), (2024, 96), (2025, 92))
    ]
    assert not load_figures(**by, rows=rows, mark=Mark.MEASURED, source="thử").faults
    (title,) = queries.titles(place, by=today)
    asked = reviewing.criteria_of(MODEL, place, today)
    papers.keep_paper(
        **by,
        place_id=place,
        name="Giấy chứng nhận OCOP 3 sao",
        standard_code=MODEL,
        criterion=asked[0][0],
        valid_until=today + timedelta(days=40),
    )
    told = [reviewing.Told(code, None if n == 1 else True) for n, (code, _name) in enumerate(asked)]
    review = reviewing.review(
        **by, title_id=title.id, held_on=date(2024, 5, 20), due_on=date(2024, 5, 24), told=told
    )
    case = withdrawals.open_case(
        **by, title_id=title.id, opened_on=today, reason="Theo phản ánh", uid=uuid.uuid4()
    )
    withdrawals.explain(**by, case_id=case.pk, text="Đường đang sửa lại.")
    return title.id, review.pk, case.pk


def test_every_page_of_titles_is_open_to_everyone(
    kept: tuple[int, int, int],
    demo: Any,
    officer: Callable[..., Page],
    assert_accessible: Callable[..., None],
) -> None:
    title, review, case = kept
    place, commune = demo.places["khe_coc"], demo.places["vo_tranh"]
    pages = [
        f"/dia-ban/{commune}/danh-hieu-cong-nhan/",
        f"/danh-hieu-cong-nhan/{title}/",
        f"/dia-ban/{commune}/danh-hieu-nguy-co/",
        f"/danh-hieu-cong-nhan/{title}/ra-soat/",
        f"/ra-soat-danh-hieu/{review}/",
        f"/thu-hoi-danh-hieu/{case}/",
        f"/dia-ban/{commune}/thu-hang-danh-hieu/",
        f"/dia-ban/{place}/",
    ]
    for width, dark in ((360, False), (1280, True)):
        page = officer(OFFICER, pages[0], width=width, dark=dark)
        for n, address in enumerate(pages):
            page.goto(address)
            if os.environ.get("SHOTS"):
                page.screenshot(path=f"{os.environ['SHOTS']}/{n}-{width}.png", full_page=True)
            assert_accessible(page)


def test_the_head_reviews_the_title_on_a_telephone_and_the_officer_agrees(
    kept: tuple[int, int, int], officer: Callable[..., Page]
) -> None:
    title, _review, _case = kept
    page = officer(HEAD, f"/danh-hieu-cong-nhan/{title}/", width=360, scripts=False)
    page.get_by_role("link", name="Rà soát việc giữ danh hiệu").click()
    for choice in page.get_by_role("radio", name="còn giữ", exact=True).all():
        choice.check()
    page.get_by_role("radio", name="không còn giữ").first.check()
    page.get_by_role("button", name="Ghi rà soát").click()
    expect(page.locator("#loi")).to_contain_text("ghi vì sao")
    page.get_by_label("Vì sao, bằng chứng gì").first.fill("Đường bê tông đang sửa, xong trong tháng")
    page.get_by_role("button", name="Ghi rà soát").click()
    expect(page.locator("main")).to_contain_text("không còn giữ: 1")
    address = page.url
    above = officer(OFFICER, address, width=1280)
    above.get_by_label("nhất trí").check()
    above.get_by_role("button", name="Trả lời").click()
    expect(above.locator("main")).to_contain_text("nhất trí")

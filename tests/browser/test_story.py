"""A story in a browser: from the place to the article, from a figure to its records, in both languages."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

OFFICER = "canbo.votranh"


def test_an_officer_has_an_article_written_and_asks_why_one_figure_is_so(
    demo: Any, officer: Callable[..., Page], assert_accessible: Callable[..., None]
) -> None:
    place = f"/dia-ban/{demo.places['khe_coc']}/"
    page = officer(OFFICER, place, width=360)
    page.get_by_role("link", name="Bài viết từ số liệu").click()
    page.get_by_label("Đến ngày").fill("24/05/2023")
    page.get_by_role("button", name="Viết", exact=True).click()
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", level=2)).to_have_text(
        "Xóm Khe Cốc: xóm đạt chuẩn nông thôn mới kiểu mẫu năm 2023"
    )
    assert_accessible(page)
    article.get_by_role("link", name="143 hộ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Số hộ")
    assert_accessible(page)
    page.get_by_role("link", name="Về bảng số liệu").click()
    expect(page.get_by_role("heading", name="Chưa có số liệu")).to_be_visible()
    assert_accessible(page)

    page = officer(OFFICER, f"{place}bai-viet/?den=24/05/2023&tieng=en", width=1280, dark=True)
    expect(page.get_by_role("article")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="143 households")).to_be_visible()
    page.get_by_text("Chép bài").click()
    expect(page.get_by_label("Bài kèm ghi chú đánh số, để dán vào nơi khác")).to_contain_text(
        "143 households ["
    )
    assert_accessible(page)
    page.goto(f"{place}bai-viet/so-lieu/?den=24/05/2023&tieng=en")
    assert_accessible(page)

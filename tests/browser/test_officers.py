"""What officers above the hamlet do: freeze, set the stated beside the measured, find places, read the law."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.territory.actions import change_place

MODEL = "xom-kieu-mau-thai-nguyen"
ADVANCED = "xa-ntm-nang-cao-2021-2025"

Officer = Callable[..., Page]


def test_a_frozen_assessment_stays_as_it_was_when_figures_change_later(officer: Officer, demo: Any) -> None:
    khe_coc = demo.places["khe_coc"]
    page = officer("canbo.votranh", f"/dia-ban/{khe_coc}/?ngay=2023-12-31")
    page.get_by_label("Mục đích").fill("Tự đánh giá cuối năm")
    page.get_by_role("button", name="Chốt bản đánh giá này").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tự đánh giá cuối năm")
    expect(page.locator(".standing")).to_contain_text("3/9")
    expect(page.locator("main")).to_contain_text("Cán bộ nông thôn mới cấp xã · xã Vô Tranh")
    expect(page.locator(".notice-error")).to_have_count(0)
    frozen_at = page.url

    head = officer("truongxom.khecoc", f"/dia-ban/{khe_coc}/{MODEL}/tieu-chi/1/nhap/")
    head.get_by_label("Tỷ lệ đường trục xóm").fill("100")
    head.get_by_role("button", name="Lưu tất cả").click()
    head.goto(f"/dia-ban/{khe_coc}/")
    expect(head.locator(".standing")).to_contain_text("4/9")
    head.get_by_role("link", name="Tự đánh giá cuối năm").click()
    assert head.url == frozen_at
    expect(head.locator(".notice-error")).to_have_count(0)
    expect(head.locator(".standing")).to_contain_text("3/9")


def test_what_was_stated_of_quang_lac_stands_beside_what_was_measured(officer: Officer, demo: Any) -> None:
    page = officer("canbo.quanglac", f"/dia-ban/{demo.places['quang_lac']}/")
    page.get_by_label("Xét theo bộ tiêu chí").select_option(ADVANCED)
    page.get_by_label("Số liệu đến ngày").fill("31/12/2022")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".standing")).to_have_text(
        "Chưa xét được tiêu chí nào trong 19 tiêu chí: chưa đủ số liệu hoặc mức của luật; "
        "cơ bản đạt 19/19 theo công bố."
    )
    expect(page.locator(".fact", has_text="Đạt theo số liệu")).to_contain_text("Chưa xét được")
    expect(page.locator(".fact", has_text="Theo công bố")).to_contain_text("19/19 tiêu chí (19 cơ bản đạt)")
    expect(page.locator(".tile", has_text="công bố: cơ bản đạt")).to_have_count(19)

    page.get_by_role("table", name="Theo số liệu và theo công bố").get_by_role(
        "link", name="01/01/2022"
    ).click()
    expect(page.locator(".standing")).to_contain_text("Chưa xét được tiêu chí nào")
    expect(page.locator(".fact", has_text="Theo công bố")).to_contain_text("13/19")
    expect(page.locator(".tile", has_text="công bố: chưa đạt")).to_have_count(6)
    expect(page.locator(".tile", has_text="(dựng lại)")).to_have_count(19)


def test_places_are_found_without_marks_by_names_of_now_and_then(officer: Officer, demo: Any) -> None:
    page = officer("kiemtra", "/dia-ban/")
    search = page.get_by_role("search")
    search.get_by_role("searchbox").fill("khe coc")
    search.get_by_role("button", name="Tìm").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="xóm Khe Cốc"))
    expect(row).to_contain_text("xã Vô Tranh, tỉnh Thái Nguyên")

    page.get_by_label("Tên, có dấu hay không dấu").fill("tuc tranh")
    page.locator("form.filters").get_by_role("button", name="Tìm").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="xã Tức Tranh"))
    expect(row).to_contain_text("đến trước 01/07/2025")
    row.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Nay là: xã Vô Tranh")


def test_a_place_is_found_by_a_name_it_no_longer_bears(officer: Officer, demo: Any) -> None:
    change_place(
        place=demo.places["khe_coc"],
        on=date(2024, 1, 1),
        name="Chè Xanh",
        by=SystemActor(),
        at=timezone.now(),
        source="tên dựng để thử",
    )
    page = officer("kiemtra", "/dia-ban/?tim=khe+coc")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="xóm Chè Xanh"))
    expect(row).to_contain_text("(trước là xóm Khe Cốc)")
    page.goto("/dia-ban/?tim=khe+coc&ngay=24/05/2023")
    expect(page.get_by_role("link", name="xóm Khe Cốc")).to_be_visible()


def test_a_search_that_finds_nothing_says_what_to_try(officer: Officer, demo: Any) -> None:
    page = officer("kiemtra", "/dia-ban/?tim=khong+co+dau+nhe")
    expect(page.locator(".empty")).to_contain_text("Không tìm thấy nơi nào")
    expect(page.locator(".empty")).to_contain_text("viết tên cũ trước khi sáp nhập")


def test_lists_and_boards_download_as_tables_that_keep_their_letters(officer: Officer, demo: Any) -> None:
    page = officer("kiemtra", "/dia-ban/?tim=khe+coc")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng CSV").click()
    assert download.value.suggested_filename == "dia-ban.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("Tên,Loại,Thuộc,Mã")
    assert "Khe Cốc,xóm," in text

    page.goto(f"/dia-ban/{demo.places['khe_coc']}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Số năm liên tục đạt danh hiệu Xóm văn hóa,đạt,8 năm" in text


def test_the_law_says_how_far_each_threshold_may_be_trusted(officer: Officer, demo: Any) -> None:
    page = officer("kiemtra", "/")
    page.get_by_role("link", name="Bộ tiêu chí").click()
    page.get_by_role("link", name="Bộ tiêu chí xóm nông thôn mới kiểu mẫu tỉnh Thái Nguyên").click()
    expect(page.locator(".notice-warning").first).to_contain_text("Bộ mẫu")
    expect(page.locator(".indicator .chip-illustrative")).to_have_count(19)

    page.goto(f"/bo-tieu-chi/{ADVANCED}/")
    expect(page.locator(".standing")).to_contain_text("chưa xác nhận")
    expect(page.locator(".indicator .chip-recalled").first).to_contain_text("chưa xác nhận")
    unknown = page.locator("#ct-2\\.1")
    expect(unknown.locator(".chip-unknown")).to_contain_text("chưa biết")
    expect(unknown).to_contain_text("Mức đạt giao cho UBND cấp tỉnh")
    expect(unknown).to_contain_text("Giá trị minh họa, không phải luật")

"""What the head of xóm Khe Cốc does: sees where the hamlet stands and why, records, corrects, is told what is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.figures import queries as figures

HEAD = "truongxom.khecoc"
MODEL = "xom-kieu-mau-thai-nguyen"
PAVED = "hamlet_main_roads_paved_share"
ROADS = "Tỷ lệ đường trục xóm, liên xóm được bê tông hóa hoặc nhựa hóa"

Officer = Callable[..., Page]


def entry_of(criterion: str, place_id: int) -> str:
    return f"/dia-ban/{place_id}/{MODEL}/tieu-chi/{criterion}/nhap/"


def standing(page: Page, place_id: int) -> Any:
    page.goto(f"/dia-ban/{place_id}/")
    return page.locator(".standing")


def test_signing_in_one_sees_where_the_hamlet_stands_and_follows_a_verdict_down_to_its_source(
    open_page: Officer, demo: Any
) -> None:
    page = open_page("/")
    page.get_by_role("link", name="Cán bộ đăng nhập").click()
    page.get_by_label("Tên đăng nhập").fill(HEAD)
    page.get_by_label("Mật khẩu").fill(demo.passwords[HEAD])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("xóm Khe Cốc")
    page.get_by_role("link", name="Bộ tiêu chí xóm nông thôn mới kiểu mẫu tỉnh Thái Nguyên").click()

    expect(page.locator(".standing")).to_have_text("3/9 tiêu chí đạt theo số liệu (6 chưa biết).")
    recognised = page.locator(".fact", has_text="Được công nhận")
    expect(recognised).to_contain_text("xóm đạt chuẩn nông thôn mới kiểu mẫu, 2023")
    expect(recognised).to_contain_text("Chủ tịch UBND huyện Phú Lương")
    tiles = page.get_by_role("list", name="Bảng tiêu chí").get_by_role("listitem")
    expect(tiles).to_have_count(9)
    expect(tiles.filter(has_text="Đạt")).to_have_count(3)
    expect(tiles.nth(3)).to_contain_text("3/3 chỉ tiêu")

    tiles.nth(3).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4. Văn hóa")
    page.get_by_role("link", name="Vì sao chỉ tiêu 4.3 như vậy").click()
    why = page.locator(".trace")
    expect(why).to_contain_text("Giá trị: 8 năm")
    expect(why).to_contain_text("Ngưỡng: từ 5 năm trở lên")
    expect(why).to_contain_text("tiêu chí 4, chỉ tiêu 4.3")
    expect(why).to_contain_text("Nguồn: Bài viết về lễ đón bằng công nhận xóm Khe Cốc, 24/5/2023")

    page.get_by_role("navigation", name="Đường dẫn").get_by_role("link", name="xóm Khe Cốc").click()
    expect(page.locator(".standing")).to_contain_text("3/9")


def test_the_verdict_moves_while_typing_and_only_saving_moves_the_board(officer: Officer, demo: Any) -> None:
    khe_coc = demo.places["khe_coc"]
    page = officer(HEAD, entry_of("1", khe_coc))
    result = page.locator("#ket-qua")
    expect(result).to_contain_text("Kết quả hiện nay")
    expect(result.locator(".verdict-unknown")).to_have_count(1)

    page.get_by_label(ROADS).press_sequentially("100")
    expect(result).to_contain_text("Nếu lưu, kết quả sẽ là")
    expect(result.locator(".verdict").first).to_have_text("Đạt")
    expect(page.locator("#vi-sao")).to_contain_text("100% chiều dài đường trục xóm")
    assert figures.history(khe_coc, PAVED) == []

    page.get_by_label("Nguồn").fill("Biên bản đo đường của xóm")
    page.get_by_role("button", name="Lưu tất cả").click()
    expect(page.locator(".notice-success")).to_have_text(
        "Đã ghi 1 số liệu. Tiêu chí 1: từ “chưa biết” thành “đạt”."
    )
    expect(standing(page, khe_coc)).to_contain_text("4/9 tiêu chí đạt theo số liệu")
    expect(page.get_by_role("list", name="Bảng tiêu chí").get_by_role("listitem").first).to_contain_text(
        "Đạt"
    )


def test_a_correction_strikes_the_old_figure_through_and_says_who_and_when(
    officer: Officer, demo: Any
) -> None:
    khe_coc = demo.places["khe_coc"]
    page = officer(HEAD, entry_of("1", khe_coc))
    for typed in ("100", "95,5"):
        page.goto(entry_of("1", khe_coc))
        page.get_by_label(ROADS).fill(typed)
        page.get_by_role("button", name="Lưu tất cả").click()
        expect(page.locator(".notice-success")).to_contain_text("Đã ghi 1 số liệu.")
    expect(page.locator(".notice-success")).to_contain_text("từ “đạt” thành “chưa đạt”")
    expect(page.locator(".trace").first).to_contain_text("4,5")

    page.locator(".trace").get_by_role("link", name=ROADS).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ROADS)
    rows = page.locator("tbody tr").filter(has=page.get_by_role("cell", name="Trưởng xóm · xóm Khe Cốc"))
    old = page.locator("tr.superseded")
    expect(rows).to_have_count(2)
    expect(old.locator("s")).to_contain_text("100%")
    expect(old).to_contain_text("đã được thay")
    written = min(row.at for row in figures.history(khe_coc, PAVED))
    expect(old).to_contain_text(f"{timezone.localtime(written):%d/%m/%Y %H:%M}")
    expect(rows.first.locator("strong")).to_contain_text("95,5%")


@pytest.mark.parametrize(
    ("typed", "sentence", "mended"),
    [
        ("105", "105% vượt quá 100%. Hãy xem lại, hoặc nhập dạng a/b (ví dụ 137/143).", "100"),
        (
            "150/143",
            "Tử số 150 lớn hơn mẫu số 143: một phần không thể lớn hơn toàn bộ. Hãy xem lại hai số.",
            "143/143",
        ),
        ("1.234", "“1.234” có thể đọc là 1234 hoặc 1,234. Hãy viết 1234 hoặc 1,234.", "12,34"),
        ("nhiều", "“nhiều” không phải là một con số. Hãy chỉ viết chữ số, ví dụ 1234,5.", "99,5"),
    ],
    ids=["over 100 %", "part over whole", "dot that may mean two things", "words"],
)
def test_a_figure_that_cannot_be_gets_one_clear_sentence_and_nothing_typed_is_lost(
    officer: Officer, demo: Any, typed: str, sentence: str, mended: str
) -> None:
    khe_coc = demo.places["khe_coc"]
    before = len(figures.recent(khe_coc, limit=100))
    page = officer(HEAD, entry_of("1", khe_coc))
    page.get_by_label("Nguồn").fill("Sổ đường của xóm")
    page.get_by_label("sáng - xanh - sạch - đẹp").fill("97,25")
    field = page.get_by_label(ROADS)
    field.press_sequentially(typed)
    expect(page.locator("#ket-qua .error")).to_contain_text(sentence)

    page.get_by_role("button", name="Lưu tất cả").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Có 1 chỗ cần sửa")
    expect(summary.get_by_role("link", name=sentence)).to_have_count(1)
    expect(field).to_have_value(typed)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("sáng - xanh - sạch - đẹp")).to_have_value("97,25")
    expect(page.get_by_label("Nguồn")).to_have_value("Sổ đường của xóm")
    assert len(figures.recent(khe_coc, limit=100)) == before

    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    field.fill(mended)
    page.get_by_role("button", name="Lưu tất cả").click()
    expect(page.locator(".notice-success")).to_contain_text("Đã ghi 2 số liệu.")


def test_a_period_that_cannot_be_is_refused_where_it_was_typed(officer: Officer, demo: Any) -> None:
    page = officer(HEAD, entry_of("1", demo.places["khe_coc"]))
    page.get_by_label(ROADS).fill("100")
    for period, sentence in (("31/02/2026", "31/02/2026"), ("2999", "sau hôm nay")):
        page.get_by_label("Kỳ số liệu").fill(period)
        page.get_by_role("button", name="Lưu tất cả").click()
        expect(page.locator("#o-period-error")).to_contain_text(sentence)
        expect(page.get_by_label(ROADS)).to_have_value("100")
    assert figures.history(demo.places["khe_coc"], PAVED) == []


def test_without_scripts_the_same_figures_are_recorded_refused_and_mended(
    officer: Officer, demo: Any
) -> None:
    khe_coc = demo.places["khe_coc"]
    page = officer(HEAD, entry_of("1", khe_coc), scripts=False)
    page.get_by_label(ROADS).fill("105")
    page.get_by_role("button", name="Lưu tất cả").click()
    expect(page.get_by_role("alert")).to_contain_text("105% vượt quá 100%")
    expect(page.get_by_label(ROADS)).to_have_value("105")

    page.get_by_label(ROADS).fill("100")
    page.get_by_role("button", name="Lưu tất cả").click()
    expect(page.locator(".notice-success")).to_contain_text("Tiêu chí 1: từ “chưa biết” thành “đạt”.")
    expect(standing(page, khe_coc)).to_contain_text("4/9")


def test_saving_an_empty_form_says_what_to_do(officer: Officer, demo: Any) -> None:
    page = officer(HEAD, entry_of("1", demo.places["khe_coc"]))
    page.get_by_role("button", name="Lưu tất cả").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Chưa nhập số liệu nào. Hãy nhập ít nhất một ô, rồi lưu."
    )


def test_a_deed_of_another_post_stands_shut_with_its_sentence(officer: Officer, demo: Any) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/")
    button = page.get_by_role("button", name="Chốt bản đánh giá này")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(
        "Chức danh “Trưởng xóm · xóm Khe Cốc” không được chốt số liệu của kỳ báo cáo. Người được làm: Cán bộ nông thôn "
        "mới cấp xã; Lãnh đạo Uỷ ban nhân dân cấp xã; Văn phòng Điều phối nông thôn mới cấp tỉnh; Văn phòng Điều "
        "phối nông thôn mới Trung ương."
    )
    expect(page.get_by_label("Mục đích")).to_have_count(0)
    button.click(force=True)
    expect(page.locator(".standing")).to_be_visible()
    assert figures.assessments(demo.places["khe_coc"]) == []

"""A certificate from the register to a stranger's telephone: issued, looked at, fetched, brought back to be checked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

OFFICE = "vpdp.thainguyen"


def test_an_office_issues_a_certificate_and_anybody_checks_it_without_scripts(
    demo: Any,
    officer: Callable[..., Page],
    open_page: Callable[..., Page],
    assert_accessible_in_every_look: Callable[[Page], None],
    tmp_path: Path,
    screenshot: Callable[[Page], None],
) -> None:
    register = f"/dia-ban/{demo.places['khe_coc']}/bang-cong-nhan/"
    page = officer(OFFICE, register)
    page.get_by_text("Cấp bằng cho một danh hiệu").click()
    page.get_by_label("Danh hiệu").select_option(index=0)
    page.get_by_label("Nơi ký").fill("Phú Lương")
    page.get_by_role("button", name="Cấp bằng").click()
    expect(page.get_by_text("Đã cấp bằng số 01/")).to_be_visible()
    assert_accessible_in_every_look(page)

    page.get_by_role("link", name="01/").first.click()
    expect(page.get_by_role("img", name="Bằng công nhận xóm Khe Cốc")).to_be_visible()
    page.get_by_text("Gửi bằng chứng đã ký").click()
    page.get_by_label("Bản giấy đang giữ ở đâu").check()
    page.get_by_label("Cơ quan, phòng giữ bản giấy").fill("Nhà văn hóa xóm Khe Cốc")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_text("Nhà văn hóa xóm Khe Cốc")).to_be_visible()
    assert_accessible_in_every_look(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Tải bằng (PDF)").click()
    file = tmp_path / "bang.pdf"
    fetched.value.save_as(file)
    check = page.get_by_role("link", name="Trang kiểm tra").get_attribute("href")
    assert check is not None

    stranger = open_page(check, width=360)
    expect(stranger.get_by_text("Chưa bị thay hay thu hồi, nhưng trên bằng có chữ “Bản mẫu”")).to_be_visible()
    assert_accessible_in_every_look(stranger)
    screenshot(stranger)
    bare = open_page("/kiem-tra-bang/", scripts=False)
    for content, told in (
        (file.read_bytes(), "đúng bản đã cấp"),
        (_changed(file.read_bytes()), "đã bị sửa sau khi cấp"),
    ):
        file.write_bytes(content)
        bare.get_by_label("Tệp PDF của bằng").set_input_files(file)
        bare.get_by_role("button", name="Kiểm tra").click()
        expect(bare.get_by_text(told)).to_be_visible()


def _changed(content: bytes) -> bytes:
    """The same with one byte changed, far from the beginning."""
    changed = bytearray(content)
    changed[5000] ^= 1
    return bytes(changed)

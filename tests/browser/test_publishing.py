"""The head of Khe Cốc tells of the ceremony and posts the notice; anybody reads it by telephone and asks a name off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from tests.browser.test_evidence import work
from tests.integration.evidence_samples import photo

Check = Callable[[Page], None]
HEAD = "truongxom.khecoc"
PHONE = 360


def test_the_ceremony_is_told_posted_read_without_scripts_and_a_name_asked_off(
    officer: Callable[..., Page],
    open_page: Callable[..., Page],
    demo: Any,
    tmp_path: Path,
    assert_accessible_in_every_look: Check,
    screenshot: Check,
) -> None:
    place = demo.places["khe_coc"]
    picture = tmp_path / "IMG_2023.jpg"
    picture.write_bytes(photo().getvalue())
    desk = officer(HEAD, f"/dia-ban/{place}/tin/", width=PHONE)
    desk.get_by_text("Viết tin, thông báo").click()
    desk.get_by_label("Loại").last.select_option("notice")
    desk.get_by_label("Tiêu đề").fill("Lễ đón bằng xóm kiểu mẫu")
    desk.get_by_label("Nội dung").fill("Mời các hộ dự lễ.\n\nÔng Người Thử hiến đất làm đường.")
    desk.get_by_role("button", name="Lưu bản nháp").click()
    desk.get_by_role("link", name="Lễ đón bằng xóm kiểu mẫu").click()
    desk.get_by_text("Gửi ảnh hoặc giấy tờ").click()
    desk.get_by_label("Chọn một hay nhiều tệp").set_input_files(picture)
    desk.get_by_role("button", name="Gửi", exact=True).click()
    expect(desk.locator(".notices")).to_contain_text("Đã nhận 1 tệp.")
    work()
    desk.get_by_label("Lời tả hình").fill("Dân xóm đứng trước nhà văn hoá")
    desk.get_by_role("button", name="Lưu lời tả").click()
    desk.get_by_text("Đăng cho mọi người đọc").click()
    desk.get_by_role("button", name="Đăng", exact=True).click()
    expect(desk.locator(".notices")).to_contain_text("Đã đăng")
    assert_accessible_in_every_look(desk)
    desk.goto(f"/dia-ban/{place}/niem-yet/")
    desk.get_by_text("Ghi niêm yết, phát loa").click()
    desk.get_by_label("Công khai điều gì").fill("Thư mời dự lễ")
    desk.get_by_label("Bằng cách nào").select_option("loudspeaker")
    desk.get_by_label("Ở đâu").fill("Cụm loa đầu xóm")
    desk.get_by_label("Thông báo trên cổng").select_option(label="Lễ đón bằng xóm kiểu mẫu")
    desk.get_by_role("button", name="Ghi", exact=True).click()
    expect(desk.locator(".notices")).to_contain_text("đủ 3 ngày")

    page = open_page(f"/noi/{place}/tin/", width=PHONE, scripts=False)
    page.get_by_role("link", name="Lễ đón bằng xóm kiểu mẫu").click()
    expect(page.get_by_alt_text("Dân xóm đứng trước nhà văn hoá")).to_have_js_property("naturalWidth", 640)
    expect(page.locator("main")).to_contain_text("Loa truyền thanh: Cụm loa đầu xóm")
    page.get_by_role("link", name="Tin có tên tôi, tôi muốn rút tên").click()
    page.get_by_label("Tên cần rút").fill("Người Thử")
    page.get_by_role("button", name="Gửi yêu cầu").click()
    number, secret = page.locator("section.card strong").inner_text(), page.locator(".secret").inner_text()

    desk.goto(f"/dia-ban/{place}/rut-ten/")
    desk.get_by_role("link", name=number).click()
    desk.get_by_text("Rút tên khỏi tin").click()
    desk.get_by_role("button", name="Rút tên").click()
    desk.get_by_label("Kết quả").select_option("done")
    desk.get_by_label("Câu trả lời").fill("Đã rút tên khỏi tin.")
    desk.get_by_role("button", name="Trả lời").click()
    expect(desk.locator(".notices")).to_contain_text("Đã trả lời")

    page.get_by_role("link", name="Theo dõi yêu cầu đã gửi").click()
    page.get_by_label("Số", exact=True).fill(number)
    page.get_by_label("Mã theo dõi").fill(secret.lower())
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("main")).to_contain_text("Đã rút tên khỏi tin.")
    page.goto(f"/noi/{place}/tin/")
    page.get_by_role("link", name="Lễ đón bằng xóm kiểu mẫu").click()
    expect(page.locator("article")).to_contain_text("[tên đã rút]")
    address = page.url
    screenshot(page)

    look = open_page(address)
    assert_accessible_in_every_look(look)
    for path in (
        f"/noi/{place}/niem-yet/",
        f"/sau-quyen/?noi={place}",
        f"/xin-rut-ten/?noi={place}",
        "/gioi-han/",
        f"/kiem-tra-giay/?noi={place}",
    ):
        look.goto(path)
        assert_accessible_in_every_look(look)

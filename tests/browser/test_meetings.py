"""A hamlet head holds a meeting on a telephone: list of households, call, roll, formula, votes, minutes, decision."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW

from chungtay.community.households import actions as books
from chungtay.community.meetings.models import Meeting
from chungtay.people import queries as people

Officer = Callable[..., Page]


def test_a_head_holds_a_meeting_from_the_call_to_the_decision(
    officer: Officer,
    demo: Any,
    open_page: Callable[..., Page],
    assert_accessible_in_every_look: Callable[[Page], None],
) -> None:
    here = demo.places["khe_coc"]
    user = people.user_named("truongxom.khecoc")
    assert user is not None
    head = people.posts_held(user, timezone.localdate())[0]
    for number in range(1, 6):
        who = {"by": head, "at": timezone.now(), "place_id": here}
        books.enter(**who, code="", representative=f"Đại diện số {number}", head_count=number + 1)

    def looked_at(name: str) -> None:
        assert_accessible_in_every_look(page)
        page.set_viewport_size({"width": NARROW, "height": 900})
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"meeting-{name}.png", full_page=True)

    page = officer("truongxom.khecoc", f"/dia-ban/{here}/ho/", width=NARROW)
    expect(page.locator(".standing")).to_have_text("Có 5 hộ trong sổ của xóm Khe Cốc.")
    looked_at("households")
    page.get_by_role("link", name="H001").click()
    looked_at("household")

    page.goto(f"/dia-ban/{here}/hop/")
    page.get_by_role("link", name="Mời họp").click()
    page.get_by_label("Tên cuộc họp").fill("Họp bàn làm đường ngõ 3")
    page.get_by_label("Ngày họp").fill(timezone.localdate().strftime("%d/%m/%Y"))
    page.get_by_label("Giờ họp").fill("0:05")
    page.get_by_label("Nơi họp").fill("Nhà văn hóa xóm")
    expect(page.get_by_label("Tổng số hộ")).to_have_value("5")
    page.get_by_label("Loại việc").select_option("contribution")
    page.get_by_label("Nội dung cần bàn").fill("Góp làm đường ngõ 3")
    page.get_by_label("Phương án").fill("Mỗi hộ góp 2.500.000 đồng")
    looked_at("call")
    page.get_by_role("button", name="Ghi cuộc họp").click()
    meeting = page.url

    page.get_by_role("link", name="Điểm danh").click()
    for number in range(1, 5):
        page.get_by_label(f"Đại diện số {number}").check()
    looked_at("roll")
    page.get_by_role("button", name="Lưu điểm danh").click()
    expect(page.locator("main")).to_contain_text("4/5 hộ (80%) có đại diện dự họp")

    page.get_by_role("link", name="Cách tính mức đóng góp").click()
    page.get_by_label("Mức mỗi phần").fill("2.500.000")
    page.get_by_role("button", name="Tính thử").click()
    page.get_by_label("Cách tính", exact=True).select_option("percent")
    page.get_by_role("button", name="Đổi cách").click()
    page.get_by_label("Giá trị công trình").fill("50.000.000")
    page.get_by_label("Phần dân góp").fill("30")
    page.get_by_role("button", name="Tính thử").click()
    expect(page.get_by_role("row", name="Cộng")).to_contain_text("12.500.000")
    expect(page.get_by_role("row", name="Cộng")).to_contain_text("15.000.000")
    looked_at("shares")
    page.get_by_role("button", name="Chọn cách này").first.click()

    page.goto(meeting)
    page.get_by_role("link", name="Ghi kết quả").click()
    page.get_by_label("Hỏi bằng cách nào").select_option("online")
    page.get_by_label("Số hộ đồng ý").fill("4")
    page.get_by_label("Không đồng ý").fill("0")
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.locator("#loi")).to_contain_text("Điều 17, 10/2022/QH15")
    looked_at("votes-refused")
    page.get_by_label("Hỏi bằng cách nào").select_option("meeting")
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.locator(".criterion")).to_contain_text("Thông qua")

    page.get_by_role("link", name="Người ký biên bản").click()
    for number in range(1, 5):
        page.locator(f"#o-name-{number}").fill(f"Người số {number}")
    looked_at("signatories")
    page.get_by_role("button", name="Lưu").click()
    looked_at("meeting")
    page.get_by_role("button", name="Chốt biên bản").click()
    expect(page.locator(".notice-success")).to_contain_text("Đã chốt biên bản")

    address = page.get_by_role("link", name="Quyết định, bản công khai").get_attribute("href")
    page = open_page(str(address), width=NARROW)  # a visitor who never signed in
    expect(page.locator("main")).to_contain_text("Mỗi hộ như nhau: 2.500.000 đồng mỗi hộ")
    expect(page.locator("main")).to_contain_text("12.500.000 đồng")
    expect(page.locator("main")).not_to_contain_text("Đại diện số")
    looked_at("decision")
    page.goto(f"/cong-khai/hop/{Meeting.objects.latest('pk').uid}/")
    expect(page.locator("main")).to_contain_text("Góp làm đường ngõ 3")
    looked_at("public-call")

"""One officer begins from nothing, a second one compares, it is published, and a hamlet is judged by it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.people import actions as people
from chungtay.territory import queries as territory

from .conftest import Demo, OpenPage

WRITER, SECOND = "vpdp.thainguyen", "vpdp.thainguyen.hai"


@pytest.fixture
def second(demo: Demo) -> Iterator[str]:
    """A second person in the province's office."""
    by, at = SystemActor(label="Dữ liệu minh họa"), timezone.now()
    user = people.create_user(username=SECOND, display_name="Cán bộ thứ hai", by=by, at=at).user
    province = territory.resolve("tỉnh Thái Nguyên").id
    people.grant_post(
        user=user, role="province_office", place_id=province, valid_from=date(2025, 7, 1), by=by, at=at
    )
    yield SECOND


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"[name='{name}']").fill(value)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).first.click()


def add_criterion(page: Page, number: str, name: str) -> None:
    page.get_by_role("link", name="Thêm tiêu chí").click()
    fill(page, number=number, name=name)
    press(page, "Lưu tiêu chí")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_hamlet_set_goes_from_nothing_to_judging_a_hamlet(
    demo: Demo, officer: OpenPage, second: str, scripts: bool, assert_accessible: Callable[[Page], None]
) -> None:
    page = officer(WRITER, "/soan-luat/", scripts=scripts)
    page.get_by_role("link", name="Bắt đầu dự thảo").click()
    fill(page, name="Thôn an ninh", code="thon-an-ninh")
    page.locator("[name='level']").select_option("hamlet")
    press(page, "Bắt đầu")
    expect(page.get_by_role("heading", name="Thôn an ninh", level=1)).to_be_visible()
    address = page.url

    page.get_by_role("link", name="Sửa phần đầu").click()
    fill(page, title="thôn an ninh", version="2023-01-01", period_from="2023")
    page.locator("[name='from']").fill("01/01/2023")
    page.locator("[name='doc.0.number']").fill("1/2023/QĐ-UBND")
    press(page, "Lưu phần đầu")

    add_criterion(page, "1", "Camera")
    page.get_by_role("link", name="Thêm chỉ tiêu vào tiêu chí 1").click()
    fill(page, text="Số camera an ninh hoạt động")
    page.locator("[name='r.measure']").fill("security_cameras")
    page.locator("[name='r.shape']").select_option("by_region")
    page.locator("[value='again:r']").last.click()
    page.get_by_label("Trung du miền núi phía Bắc").fill("5")
    page.get_by_label("Đồng bằng sông Hồng").fill("8")
    assert_accessible(page) if scripts else None
    press(page, "Lưu chỉ tiêu")

    add_criterion(page, "2", "Kết nối")
    page.get_by_role("link", name="Thêm chỉ tiêu vào tiêu chí 2").click()
    fill(page, text="Camera nối với xã")
    page.locator("[name='r.kind']").select_option("is_true")
    page.locator("[name='r.measure']").fill("cameras_linked")
    press(page, "Lưu chỉ tiêu")
    expect(page.get_by_text("từ 5 camera trở lên")).to_be_visible()
    expect(page.get_by_text("chỗ cần sửa")).to_have_count(0)

    page.get_by_role("link", name="Ban hành").click()
    expect(page.get_by_text("Người ban hành phải là người khác")).to_be_visible()

    other = officer(second, f"{address}doi-chieu/", scripts=scripts)
    for _part in range(3):
        for yes in other.get_by_label("Đúng với bản gốc").all():
            yes.check()
        press(other, "Lưu và sang phần sau")
        expect(other.locator(".notice-success")).to_contain_text("Đã ghi")
    expect(other.get_by_text("Đã đối chiếu 6/6 số.")).to_be_visible()
    other.get_by_role("link", name="Ban hành").click()
    press(other, "Ban hành")
    expect(other.locator(".notice-success")).to_contain_text("Đã ban hành Thôn an ninh")
    expect(other.get_by_text("Đối chiếu với bản gốc lần cuối").first).to_be_visible()

    head = officer(
        "truongxom.khecoc",
        f"/dia-ban/{demo.places['khe_coc']}/thon-an-ninh/vi-sao/?ngay=24/05/2023",
        scripts=scripts,
    )
    expect(head.get_by_role("main")).to_contain_text("Thôn an ninh")
    expect(head.get_by_role("main").locator(".verdict-met").first).to_be_visible()


def test_every_page_of_the_desk_is_accessible_on_a_phone_and_a_desk(
    demo: Demo,
    officer: OpenPage,
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    page = officer(WRITER, "/soan-luat/moi/")
    assert_accessible_in_every_look(page)
    page.get_by_label("Chép một bộ đã có").check()
    fill(page, name="Xóm chép lại", code="xom-chep")
    page.locator("[name='base']").select_option(index=page.locator("[name='base'] option").count() - 1)
    press(page, "Bắt đầu")
    address = page.url
    first = page.locator(".leaves a").first.get_attribute("href")
    for path in (
        "",
        "phan-dau/",
        "tieu-chi/",
        "so-do/?tim=camera",
        "doi-chieu/",
        "doi-chieu/?phan=1",
        "xem-truoc/",
        "ban-hanh/",
        "lich-su/",
        "nhap-tep/",
    ):
        page.goto(f"{address}{path}")
        assert_accessible_in_every_look(page)
    page.goto(str(first))
    assert_accessible_in_every_look(page)
    screenshot(page)
    expect(page.locator(".tabs")).to_be_visible()

"""A tea group on a telephone without scripts, from its entry to a day of its diary; then every page, to everyone."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.demo.joining.teller import Teller
from chungtay.demo.livelihood import tell_livelihood
from chungtay.registers.livelihood import queries

HEAD = "truongxom.khecoc"


def test_a_tea_group_is_kept_on_a_telephone_and_every_page_is_open_to_everyone(
    demo: Any,
    officer: Callable[..., Page],
    open_page: Callable[..., Page],
    assert_accessible: Callable[..., None],
    screenshot: Callable[[Page], None],
) -> None:
    tell_livelihood(Teller(demo.places, timezone.now()))
    here = f"/dia-ban/{demo.places['khe_coc']}/san-xuat/"
    page = officer(HEAD, f"{here}ocop/", width=360, scripts=False)
    page.get_by_text("Ghi thêm", exact=True).click()
    page.get_by_label("Tên", exact=True).fill("Chè Khe Cốc")
    page.get_by_label("Nhóm", exact=True).last.select_option("drink")
    page.get_by_label("Của hợp tác xã, tổ hợp tác").select_option(label="HTX chè an toàn Khe Cốc")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_role("link", name="Chè Khe Cốc").click()
    page.get_by_text("Ghi hạng sao", exact=True).click()
    page.get_by_label("Số sao").select_option("4")
    page.get_by_label("Ngày quyết định").fill("29/02/2024")
    page.locator("details[open]").get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("28/02/2027")).to_be_visible()

    [code] = queries.records(demo.places["khe_coc"], "code", timezone.localdate())
    page.goto(f"/san-xuat/ma-vung-trong/{code.id}/nhat-ky/")
    page.get_by_label("Thửa, lô").fill("Lô 1")
    page.get_by_label("Việc").select_option("fertiliser")
    page.get_by_label("Ai làm").fill("Tổ 1")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Lượng dùng còn trống").first).to_be_visible()
    assert page.get_by_label("Ai làm").input_value() == "Tổ 1"
    page.get_by_label("Thuốc, phân, vật tư").fill("Phân chuồng")
    page.get_by_label("Lượng dùng").fill("5 tấn/ha")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_role("cell", name="Phân chuồng")).to_be_visible()

    record, public = f"/san-xuat/ma-vung-trong/{code.id}/", f"/noi/{demo.places['khe_coc']}/san-xuat/"
    for width, dark in ((360, False), (1280, True)):
        page = officer(HEAD, here, width=width, dark=dark)
        for address in (here, f"{here}hop-tac-xa/", record, f"{record}nhat-ky/"):
            page.goto(address)
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
            assert_accessible(page)
        page = open_page(public, width=width, dark=dark)
        assert_accessible(page)
    screenshot(page)

"""A gift on a telephone without scripts: its receipt with words and QR, taken back by the officer, totals after."""

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW

from chungtay.ledger import actions as ledger
from chungtay.ledger.actions import Giving, LabourRow
from chungtay.ledger.counting import drain
from chungtay.people import queries as people


def dong(text: str) -> int:
    return int(text.replace(".", "") or 0)


def test_a_head_receives_a_gift_and_the_officer_takes_it_back(
    demo: Any, officer: Callable[..., Page], assert_accessible: Callable[..., None]
) -> None:
    here = demo.places["khe_coc"]
    user = people.user_named("truongxom.khecoc")
    assert user is not None
    who: dict[str, Any] = {"by": people.posts_held(user, timezone.localdate())[0], "at": timezone.now()}
    road = ledger.open_purpose(**who, place_id=here, name="Đường ngõ 3")
    ledger.allow_gifts(**who, purpose_id=road.pk, on=timezone.localdate(), document="Biên bản họp xóm")

    def look(page: Page, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"gift-{name}.png", full_page=True)

    def cash(page: Page) -> str:
        """What the people gave in cash, as the page of resources says; "" where it says nothing of it."""
        drain(at=timezone.now())
        page.goto(f"/dia-ban/{here}/nguon-luc/")
        cells = page.locator("a[href*='nguon=people&loai=cash']")
        return cells.first.inner_text() if cells.count() else ""

    page = officer("truongxom.khecoc", f"/dia-ban/{here}/dong-gop/", width=NARROW, scripts=False)
    before = cash(page)
    page.goto(f"/dia-ban/{here}/dong-gop/")
    page.get_by_label("Cho việc gì").select_option(label=f"{road.label} Đường ngõ 3")
    page.get_by_label("Số tiền").fill("2.500.000")
    page.locator("#o-giver").fill("Người cho thứ nhất")
    page.get_by_role("button", name="Ghi và cấp biên nhận").click()
    expect(page.locator("main")).to_contain_text("2.500.000 đồng")
    expect(page.locator("main")).to_contain_text("Hai triệu năm trăm nghìn đồng chẵn")
    expect(page.locator(".qr svg")).to_be_visible()
    receipt = page.url
    look(page, "receipt")
    assert dong(cash(page)) == dong(before) + 2_500_000

    page = officer("canbo.votranh", receipt, width=NARROW)
    assert_accessible(page)
    page.get_by_text("Huỷ hoặc hoàn trả").click()
    page.locator("#huy-vi").fill("Ghi nhầm số tiền")
    page.get_by_role("button", name="Ghi nhầm, huỷ").click()
    expect(page.locator("main")).to_contain_text("Biên nhận này đã huỷ")
    expect(page.locator("main")).to_contain_text("Ghi nhầm số tiền")
    look(page, "reversed")
    assert dong(cash(page)) == dong(before)

    user = people.user_named("canbo.votranh")
    assert user is not None
    who["by"] = people.posts_held(user, timezone.localdate())[0]
    today = timezone.localdate()
    for source, year in (("province", today.year), ("commune", today.year), ("credit", today.year - 1)):
        money = {
            "purpose_id": road.pk,
            "source": source,
            "value_dong": 400_000_000,
            "on": today,
            "year": year,
        }
        ledger.commit_money(**who, **money, paper="QĐ 12/QĐ-UBND")
    paid = {"purpose_id": road.pk, "source": "province", "value_dong": 150_000_000, "on": today}
    ledger.disburse(**who, **paid, paper="UNC 07")
    rule = {"place_id": here, "unit": "labour_day", "rate_dong": 200_000, "valid_from": today}
    ledger.set_valuation(**who, **rule, legal_basis="NQ 05/NQ-HĐND")
    rows = [LabourRow("Người làm thứ nhất", date(2025, 5, 6), Decimal(8))]
    giving = Giving(place_id=here, purpose_id=road.pk, on=date(2025, 5, 6))
    ledger.receive_labour(**who, giving=giving, rows=rows)
    ledger.pledge(
        **who, purpose_id=road.pk, kind="labour", quantity=Decimal(120), on=today, paper="Biên bản họp xóm"
    )

    pages = {"allotments": "von", "valuation": "quy-doi", "pledges": "cung-gop", "told": "theo-tai-lieu"}
    for name, slug in pages.items():
        page.goto(f"/dia-ban/{here}/{slug}/")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        assert_accessible(page)
        look(page, name)

"""Reports in a browser: a section keeps itself while it is written, a figure leads to its records, pages fit a phone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.community.outreach import actions as outreach
from chungtay.ledger import actions as ledger
from chungtay.people import queries as people
from chungtay.reports import actions

OFFICER = "canbo.votranh"


@pytest.fixture
def report(demo: Any) -> Any:
    """The second half-year of 2025 of Vô Tranh, with money of two sources and sessions of a hamlet."""
    now = timezone.now()
    user = people.user_named(OFFICER)
    assert user is not None
    by = people.posts_held(user, timezone.localdate())[0]
    place = demo.places["vo_tranh"]
    for source, dong in (("province", 1_250_000_000), ("commune", 340_500_000), ("credit", 900_000_000)):
        told = {
            "by": by,
            "at": now,
            "source": source,
            "on": date(2025, 10, 20),
            "paper": "Quyết định 12/QĐ-UBND",
        }
        purpose = ledger.open_purpose(by=by, at=now, place_id=place, name=f"Vốn {source}", kind="programme")
        ledger.commit_money(purpose_id=purpose.pk, value_dong=dong, **told)
        ledger.disburse(purpose_id=purpose.pk, value_dong=dong * 3 // 5, **told)
    ledger.tell_total(
        by=by,
        at=now,
        place_id=place,
        line="all",
        from_day=date(2025, 7, 1),
        until=date(2025, 11, 30),
        amount=2_000_000_000,
        qualifier="over",
        paper="Báo cáo 15/BC-UBND ngày 01/12/2025",
    )
    for n, attendances in enumerate((42, None), 1):
        outreach.record_session(
            by=by,
            at=now,
            place_id=demo.places["khe_coc"],
            kind="outreach",
            topic=f"Phân loại rác tại nhà, lần {n}",
            organiser="Chi hội phụ nữ xóm",
            held_from=date(2025, 9, n),
            attendances=attendances,
        )
    return actions.make(by=by, at=now, place_id=place, kind="half_year", year=2025, number=2)


def test_a_report_is_written_looked_into_and_frozen(
    report: Any,
    officer: Callable[..., Page],
    assert_accessible_in_every_look: Callable[[Page], None],
    assert_accessible: Callable[..., None],
) -> None:
    here = f"/bao-cao/{report.pk}/"
    page = officer(OFFICER, here)
    page.get_by_label("Công tác chỉ đạo, điều hành").fill("Xã đã họp ban chỉ đạo ba lần.")
    expect(page.locator("#muc-steering .saved")).to_contain_text("Đã tự ghi")
    page.reload()
    expect(page.get_by_label("Công tác chỉ đạo, điều hành")).to_have_value("Xã đã họp ban chỉ đạo ba lần.")
    assert_accessible_in_every_look(page)
    page.goto(f"{here}bieu/01/")
    assert_accessible_in_every_look(page)
    page.goto(f"{here}bieu/03/")
    assert_accessible_in_every_look(page)
    page.locator("tfoot").get_by_role("link", name="954.300.000").first.click()
    assert_accessible_in_every_look(page)
    for address in (f"/dia-ban/{report.place_id}/bao-cao/", f"{here}chot/"):
        page.set_viewport_size({"width": 360, "height": 900})
        page.goto(address)
        assert_accessible(page)
    page.get_by_role("button", name="Chốt, không sửa nữa").click()
    expect(page.get_by_text("đã chốt", exact=True)).to_be_visible()
    expect(page.get_by_label("Công tác chỉ đạo, điều hành")).to_have_count(0)

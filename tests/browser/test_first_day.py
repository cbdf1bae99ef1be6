"""An officer brings in what the commune had before: form, trial with a refused row, all written."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.firstday import queries
from chungtay.people import queries as people

OFFICER, FIRST = "canbo.votranh", 6
Check = Callable[[Page], None]


def titles(place_id: int, *years: int) -> bytes:
    """The form of titles with a smart hamlet's title of Khe Cốc in each of those years."""
    today = timezone.localdate()
    user = people.user_named(OFFICER)
    assert user is not None
    data = queries.form(place_id, "danh-hieu", by=people.posts_held(user, today)[0], today=today)
    made = openpyxl.load_workbook(io.BytesIO(data))
    page = made.worksheets[0]
    for row, year in enumerate(years, FIRST + 1):
        for column, value in ((2, "xóm Khe Cốc"), (3, "xom-thong-minh-thai-nguyen"), (4, year)):
            page.cell(row, column).value = value
        page.cell(row, 5).value, page.cell(row, 9).value = "UBND huyện Phú Lương", "Bằng công nhận"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_officer_brings_in_titles_from_before(
    demo: Any,
    officer: Any,
    assert_accessible_in_every_look: Check,
    screenshot: Callable[[Page], None],
    scripts: bool,
) -> None:
    commune = demo.places["vo_tranh"]
    page: Page = officer(OFFICER, f"/dia-ban/{commune}/ngay-dau/", scripts=scripts)

    def look() -> None:
        if scripts:
            assert_accessible_in_every_look(page)

    def send(*years: int) -> None:
        file = {"name": "danh-hieu.xlsx", "mimeType": "", "buffer": titles(commune, *years)}
        page.get_by_label("Mẫu đã điền").set_input_files(file)
        page.get_by_role("button", name="Xem thử").click()

    look()
    page.get_by_role("link", name="Danh hiệu đã được công nhận", exact=True).click()
    page.wait_for_url("**/ngay-dau/danh-hieu/")
    look()
    send(2023, 2999)
    expect(page.get_by_text("Còn 1 dòng không nhận được")).to_be_visible()
    page.get_by_role("link", name="Không nhận được: 1").click()
    expect(page.get_by_text("chưa đến")).to_be_visible()
    look()
    screenshot(page)
    page.get_by_role("link", name="Danh hiệu đã được công nhận").click()
    send(2022, 2023)
    page.get_by_role("button", name="Ghi tất cả").click()
    expect(page.get_by_text("Đã ghi 2 mục mới từ tệp này.")).to_be_visible()
    look()

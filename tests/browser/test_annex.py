"""An officer brings an annex into a draft, with scripts and without; every step is open to everyone."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.standards.desk import actions as desk
from chungtay.standards.desk.content import blank
from chungtay.territory import queries as territory

sys.path.append(str(Path(__file__).resolve().parents[1] / "annex"))  # the makers of files

import files

OFFICER = "vpdp.thainguyen"
REGIONAL = [
    "TT",
    "Tên tiêu chí",
    "Nội dung",
    "Chỉ tiêu chung",
    "Trung du miền núi phía Bắc",
    "Đồng bằng sông Hồng",
]
ROWS = [
    REGIONAL,
    ["4", "Điện", "4.1. Có hệ thống điện đạt chuẩn", "Đạt", "", ""],
    ["", "", "4.2. Tỷ lệ hộ dùng điện an toàn", "", "≥ 95%", "99%"],
    ["17", "Môi trường", "Tỷ lệ hộ dùng nước sạch", "100% (≥60% từ hệ thống tập trung)(*)", "", ""],
]
MERGES = [(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 1, 5), (3, 3, 3, 5)]
Check = Callable[[Page], None]


@pytest.fixture
def draft_id(demo: Any) -> int:
    content = blank(code="xa-thu", name="Xã thử", level="commune", province="19")
    return desk.begin(
        by=SystemActor(label="Người dựng thử"),
        at=timezone.now(),
        place_id=territory.resolve("tỉnh Thái Nguyên").id,
        content=content,
        uid=uuid4(),
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_officer_brings_an_annex_into_a_draft(
    officer: Any, draft_id: int, assert_accessible_in_every_look: Check, scripts: bool
) -> None:
    page: Page = officer(OFFICER, f"/soan-luat/{draft_id}/phu-luc/", scripts=scripts)

    def look() -> None:
        if scripts:
            assert_accessible_in_every_look(page)

    look()
    data = files.word(ROWS, MERGES, "Phụ lục I", ["(*) Trừ xã đảo."])
    page.get_by_label("Tệp phụ lục").set_input_files({"name": "phu-luc.docx", "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_text("2 tiêu chí, 3 chỉ tiêu")).to_be_visible()
    look()
    page.get_by_label("Con số không kèm dấu").select_option("at_least")
    if not scripts:
        page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_label("Con số không kèm dấu")).to_have_value("at_least")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", name="Chỉ tiêu nào dùng số đo nào?")).to_be_visible()
    look()
    page.get_by_label("Số đo", exact=True).last.select_option("new")
    page.get_by_label("Số đo của mức thứ 1").select_option("other")
    page.get_by_label("Mã số đo khác cho chỉ tiêu 17").first.fill("clean_water_share")
    page.get_by_label("Số đo của mức thứ 2").select_option("other")
    page.get_by_label("Mã số đo khác cho chỉ tiêu 17").last.fill("centralised_water_share")
    page.get_by_role("button", name="Xác nhận và xem trước").click()
    expect(page.get_by_role("heading", name="Sẽ vào dự thảo như sau")).to_be_visible()
    expect(page.get_by_text("Trừ xã đảo").first).to_be_visible()
    look()
    page.get_by_role("button", name="Đưa vào dự thảo").click()
    expect(page.get_by_text("Đã đưa 3 chỉ tiêu vào dự thảo")).to_be_visible()

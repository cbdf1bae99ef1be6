"""A hamlet's dossier is opened, its criteria are told and its papers brought; the whole file is bound for who asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.integration.evidence_samples import pdf

from chungtay.core.jobs import queue
from chungtay.core.jobs.worker import run_leased

Check = Callable[[Page], None]
PHONE = 360


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_dossier_is_opened_assessed_by_criterion_and_its_file_bound(
    officer: Callable[..., Page],
    demo: Any,
    scripts: bool,
    assert_accessible_in_every_look: Check,
    screenshot: Check,
) -> None:
    place = demo.places["khe_coc"]
    page = officer("canbo.votranh", f"/dia-ban/{place}/cong-nhan/", scripts=scripts, width=PHONE)
    page.get_by_role("link", name="Mở hồ sơ cho nơi này").click()
    page.get_by_label("Danh hiệu theo bộ tiêu chí").select_option("xom-kieu-mau-thai-nguyen")
    page.get_by_label("Năm xét").fill("hai nghìn")
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.locator("#loi")).to_contain_text("không phải là một con số")
    page.get_by_label("Năm xét").fill(str(timezone.localdate().year))
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.locator("main")).to_contain_text("ai làm bước “Quyết định công nhận”")
    dossier = page.url
    page.get_by_role("link", name="Ghi kết quả: Ban Chỉ đạo xã chọn xóm").click()
    page.get_by_role("button", name="Ghi bước này").click()

    head = officer("truongxom.khecoc", dossier, scripts=scripts, width=PHONE)
    head.get_by_role("link", name="Ghi kết quả từng tiêu chí").click()
    head.get_by_label("Kết quả, 1", exact=True).select_option("met")
    head.get_by_role("button", name="Ghi kết quả từng tiêu chí").click()
    head.get_by_role("link", name="Kết luận: Ban phát triển xóm tự đánh giá").click()
    head.get_by_role("button", name="Ghi bước này").click()
    expect(head.locator(".next")).to_contain_text("Họp xóm thông qua")

    page.goto(f"{dossier}giay/choice/")
    page.get_by_label("Tệp", exact=True).first.set_input_files(
        {"name": "thong-bao.pdf", "mimeType": "application/pdf", "buffer": pdf().getvalue()}
    )
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.locator("main")).to_contain_text("Chưa có bằng chứng nào là văn bản này đã được ký.")
    page.goto(f"{dossier}ca-bo/")
    page.get_by_role("button", name="Đóng cả bộ hồ sơ").click()
    expect(page.locator("#ca-bo")).to_contain_text("Đã nhận yêu cầu")
    for lease in iter(lambda: queue.take(now=timezone.now()), None):
        run_leased(lease)
    if not scripts:
        page.get_by_role("link", name="Tải lại trang").click()
    expect(page.get_by_role("link", name="Mở cả bộ (PDF)")).to_be_visible()
    if scripts:
        for tail in (
            "",
            "giay/choice/",
            "tieu-chi/",
            "tieu-chi/self_assess/",
            "ca-bo/",
            "hoi-dong/",
            "ke/notice/",
        ):
            head.goto(dossier + tail)
            assert_accessible_in_every_look(head)
        head.goto(f"/dia-ban/{place}/cong-nhan/?xep=-nam")
        assert_accessible_in_every_look(head)
        screenshot(head)

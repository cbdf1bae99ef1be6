"""The Front surveys a commune: cards, a ballot filled in where there is no signal, papers typed in, the count."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE

from chungtay.community.households import actions as books
from chungtay.core.actors import SystemActor
from chungtay.recognition.surveys import secrets
from chungtay.recognition.surveys.models import SurveySlip


def test_the_front_surveys_a_commune_from_the_cards_to_the_published_result(
    officer: Callable[..., Page],
    demo: Any,
    open_page: Callable[..., Page],
    assert_accessible_in_every_look: Callable[[Page], None],
) -> None:
    commune, hamlet = demo.places["vo_tranh"], demo.places["khe_coc"]
    for number in range(6):
        who = {"by": SystemActor(label="Sổ hộ"), "at": timezone.now(), "place_id": hamlet}
        books.enter(**who, code="", representative=f"Đại diện số {number}")

    def looked_at(page: Page, name: str, width: int = NARROW) -> None:
        assert_accessible_in_every_look(page)
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("SCREENSHOTS"):
            for wide in (NARROW, WIDE):
                page.set_viewport_size({"width": wide, "height": 900})
                page.screenshot(path=Path(folder) / f"survey-{name}-{wide}.png", full_page=True)

    page = officer("mattran.votranh", f"/dia-ban/{commune}/hai-long/")
    expect(page.locator(".empty")).to_contain_text("Chưa có cuộc lấy ý kiến nào")
    page.get_by_text("Mở cuộc lấy ý kiến").first.click()
    page.locator("#o-mo-standard").select_option("xa-ntm-2021-2025")
    page.locator("#o-mo-year").fill("2025")
    page.get_by_role("button", name="Mở", exact=True).click()
    expect(page.locator(".notice-success")).to_contain_text("Đã mở cuộc lấy ý kiến")
    page.get_by_role("link", name="Xã đạt chuẩn nông thôn mới", exact=False).first.click()
    survey = page.url
    page.get_by_role("link", name="Sổ phát và thu phiếu").click()
    page.get_by_role("button", name="Phát mỗi hộ một thẻ").click()
    expect(page.locator(".standing")).to_have_text("Đã phát 6 thẻ, 0 hộ đã trả lời.")
    looked_at(page, "slips")
    cards = [
        secrets.token_of(uid)
        for uid in SurveySlip.objects.order_by("household_id").values_list("uid", flat=True)
    ]

    # On a telephone in a valley: filled in without a signal, sent by itself when it comes back.
    phone = open_page("/gop-y/", width=NARROW)
    phone.get_by_label("Mã trên thẻ").fill("ABCD-EFGH")
    phone.get_by_role("button", name="Mở phiếu").click()
    expect(phone.locator("#loi")).to_contain_text("Không có thẻ nào mang mã này")
    expect(phone.get_by_label("Mã trên thẻ")).to_have_value("ABCD-EFGH")
    looked_at(phone, "door")
    phone.get_by_label("Mã trên thẻ").fill(secrets.as_printed(cards[0]))
    phone.get_by_role("button", name="Mở phiếu").click()
    phone.get_by_label("Hài lòng", exact=True).first.check()
    phone.get_by_label("Ý kiến khác").fill("Ngõ 3 thiếu đèn")
    looked_at(phone, "ballot")
    expect(phone.locator("form[data-kept-here]")).to_be_visible()
    phone.context.set_offline(True)
    phone.reload()  # opened again in the valley: the page is there, and what was filled in
    expect(phone.get_by_label("Hài lòng", exact=True).first).to_be_checked()
    expect(phone.get_by_label("Ý kiến khác")).to_have_value("Ngõ 3 thiếu đèn")
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.locator("[data-ballot-told]")).to_contain_text("Phiếu đã giữ trên máy này")
    assert not SurveySlip.objects.exclude(returned_at=None).exists()
    phone.context.set_offline(False)
    expect(phone.locator("[data-ballot-told]")).to_contain_text("Đã nhận phiếu của hộ")
    expect(phone.get_by_role("button", name="Gửi phiếu")).to_be_hidden()
    phone.reload()
    expect(phone.locator("[data-ballot-told]")).to_contain_text("Hộ đã trả lời lúc")

    plain = open_page(f"/phieu-hai-long/{cards[1]}/", width=NARROW, scripts=False)
    plain.get_by_role("button", name="Gửi phiếu").click()
    expect(plain.locator("#loi")).to_contain_text("chưa trả lời câu nào")
    for question in plain.locator("fieldset").all():
        question.get_by_label("Hài lòng", exact=True).check()
    plain.get_by_role("button", name="Gửi phiếu").click()
    expect(plain.locator("[data-ballot-told]")).to_contain_text("Đã nhận phiếu của hộ")

    for card in cards[2:]:
        page.get_by_label("Mã trên thẻ").fill(secrets.as_printed(card))
        page.get_by_role("button", name="Ghi thu").click()
        expect(page.locator(".notice-success")).to_contain_text("Đã ghi thu")
    page.goto(survey)
    looked_at(page, "running")
    page.get_by_role("link", name="Nhập 4 phiếu còn lại").click()
    expect(page.locator("#noi-dung .digit").first).to_be_visible()
    page.wait_for_load_state("load")  # the module that goes on to the next box has run by then
    page.locator("#noi-dung .digit").first.click()
    page.keyboard.type("1" * 13 + "1" * 12 + "2")  # each digit goes on to the next box
    for row in (3, 4):
        page.locator(f"[name=p{row}-roads]").fill("2")
    looked_at(page, "entry", WIDE)
    page.get_by_role("button", name="Ghi các phiếu này").click()
    expect(page.locator(".empty")).to_contain_text("Đã nhập hết phiếu")

    page.goto(survey)
    page.get_by_text("Đóng nhận phiếu ngay").click()
    page.get_by_role("button", name="Tôi đã hiểu, đóng nhận phiếu").click()
    page.get_by_role("button", name="Kiểm phiếu, chốt và công bố").click()
    expect(page.locator(".notice-success")).to_contain_text("Đã kiểm phiếu")
    expect(page.locator("main")).to_contain_text("Ngõ 3 thiếu đèn")

    visitor = open_page(survey.removeprefix(page.url.split("/hai-long/")[0]), width=NARROW)
    expect(visitor.locator("main")).to_contain_text("6/6 (100%) hộ tham gia")
    expect(visitor.locator("main")).not_to_contain_text("Ngõ 3")
    looked_at(visitor, "result")

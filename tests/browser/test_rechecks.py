"""An office of the province draws a sample by the value named before, and checks a claim without seeing it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.figures import confirming
from chungtay.figures.actions import Entry, record
from chungtay.people import queries as people
from chungtay.recognition.rechecks import actions
from rulebook import Period

Check = Callable[[Page], None]
PHONE = 360


def test_a_sample_is_drawn_a_claim_checked_blind_and_the_gap_is_public(
    officer: Callable[..., Page],
    open_page: Callable[..., Page],
    demo: Any,
    assert_accessible_in_every_look: Check,
    screenshot: Check,
) -> None:
    now, place = timezone.now() - timedelta(days=1), demo.places["khe_coc"]

    def post(name: str) -> Any:
        user = people.user_named(name)
        assert user is not None
        return people.posts_held(user, timezone.localdate(now))[0]

    year = Period.year(timezone.localdate(now).year - 1)
    entries = [Entry("security_cameras", "7", year), Entry("households", "143", year)]
    rows = record(by=post("truongxom.khecoc"), at=now, place_id=place, entries=entries)
    confirming.confirm(by=post("canbo.votranh"), at=now, figure_ids=[row.pk for row in rows])
    sample = actions.fix_sample(
        by=post("vpdp.thainguyen"),
        at=now,
        place_id=place,
        start=year.start,
        end=year.end,
        seed_source="Giải đặc biệt xổ số miền Bắc",
        seed_on=timezone.localdate(),
    )
    page = officer("vpdp.thainguyen", f"/dia-ban/{place}/kiem-tra-lai/", scripts=False)
    page.get_by_role("link", name=str(year)).click()
    page.get_by_label("Giá trị đã công bố").fill("41786")
    page.get_by_role("button", name="Rút mẫu").click()
    expect(page.locator("main")).to_contain_text("python3 rut-lai.py danh-sach.tsv 41786 2")
    page.get_by_role("row", name="Số camera an ninh").get_by_role("link").first.click()
    expect(page.locator("main")).not_to_contain_text("7 camera")
    page.locator("[name=found]").fill("5")
    page.get_by_label("Ngày kiểm tra").fill("mai")
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.locator("#loi")).to_contain_text("không phải là một ngày")
    page.get_by_label("Ngày kiểm tra").fill(timezone.localdate().strftime("%d/%m/%Y"))
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.get_by_role("row", name="7 camera 5 camera lệch")).to_be_visible()

    look = officer("vpdp.thainguyen", page.url, width=PHONE)
    for address in (
        page.url,
        f"/kiem-tra-lai/mau/{sample.pk}/",
        f"/dia-ban/{place}/kiem-tra-lai/lap/?tu=01/01/{year}&den=31/12/{year}",
    ):
        look.goto(address)
        assert_accessible_in_every_look(look)
    visitor = open_page(f"/dia-ban/{place}/kiem-tra-lai/chenh-lech/", width=PHONE)
    expect(visitor.locator("main")).to_contain_text("1/1")
    assert_accessible_in_every_look(visitor)
    screenshot(visitor)

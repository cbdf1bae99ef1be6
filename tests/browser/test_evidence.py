"""Evidence in a browser: the head of Khe Cốc sends photographs from a telephone, an officer looks and blurs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.integration import evidence_samples as made

from chungtay.core.jobs import queue
from chungtay.core.jobs.worker import run_leased
from chungtay.evidence.models import File, Redaction

HEAD, OFFICER = "truongxom.khecoc", "canbo.votranh"
CRITERION = "/dia-ban/{khe_coc}/xom-thong-minh-thai-nguyen/tieu-chi/3/?ngay=24/05/2023"


def work() -> None:
    """What a worker of background jobs does."""
    while lease := queue.take(now=timezone.now()):
        run_leased(lease)


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two photographs on a telephone: one of the time, one of years before."""
    paths = [tmp_path / "IMG_1.jpg", tmp_path / "IMG_2.jpg"]
    paths[0].write_bytes(made.photo(91, size=(1200, 900)).getvalue())
    paths[1].write_bytes(made.photo(92, exif=made.exif_of("2019:01:01 08:00:00")).getvalue())
    return paths


def send(page: Page, paths: list[Path]) -> None:
    shelf = page.locator(".shelf").first
    shelf.get_by_text("Gửi ảnh hoặc giấy tờ").click()
    shelf.get_by_label("Hoặc chọn tệp có sẵn").set_input_files(paths)
    shelf.get_by_role("button", name="Gửi", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "bare"])
def test_photographs_are_sent_from_a_telephone(
    scripts: bool, officer: Callable[..., Page], demo: Any, photos: list[Path]
) -> None:
    page = officer(HEAD, CRITERION.format(**demo.places), width=360, scripts=scripts)
    shelf = page.locator(".shelf").first
    expect(shelf.locator(".strip li")).to_have_count(1)  # the drawn one of the story
    send(page, photos)
    expect(page.locator(".notices")).to_contain_text("Đã nhận 2 tệp.")
    expect(page.locator(".notices")).to_contain_text("cần người khác xem lại")
    expect(shelf.locator(".strip li")).to_have_count(3)
    expect(shelf).to_contain_text("có tệp minh chứng")
    expect(shelf.locator(".chip-waiting")).to_have_count(1)
    work()
    page.reload()
    thumbs = shelf.locator(".strip img")
    expect(thumbs).to_have_count(3)
    thumbs.first.scroll_into_view_if_needed()
    expect(thumbs.first).to_have_js_property("naturalWidth", 320)


def test_a_broken_line_is_said_and_the_files_stay_chosen(
    officer: Callable[..., Page], demo: Any, photos: list[Path]
) -> None:
    page = officer(HEAD, CRITERION.format(**demo.places), width=360)
    form = page.locator("form[data-sends]").first
    page.get_by_text("Gửi ảnh hoặc giấy tờ").first.click()
    form.get_by_label("Hoặc chọn tệp có sẵn").set_input_files(photos)
    form.dispatch_event("htmx:beforeRequest")
    expect(form.get_by_role("progressbar")).to_be_visible()
    form.dispatch_event("htmx:sendError")
    expect(form.get_by_role("alert")).to_contain_text("Chưa gửi được. Tệp vẫn ở trong máy bạn")
    expect(form.get_by_role("progressbar")).to_be_hidden()
    form.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator(".notices")).to_contain_text("Đã nhận 2 tệp.")


@pytest.fixture
def seen(officer: Callable[..., Page], demo: Any, photos: list[Path]) -> File:
    """The photograph of 2019, sent by the head, with its copies."""
    page = officer(HEAD, CRITERION.format(**demo.places), scripts=False)
    send(page, photos)
    expect(page.locator(".notices")).to_contain_text("Đã nhận")
    work()
    return File.objects.get(name="IMG_2.jpg")


def test_a_rectangle_is_drawn_with_a_finger_and_the_picture_made_anew(
    officer: Callable[..., Page], demo: Any, seen: File
) -> None:
    page = officer(OFFICER, f"/minh-chung/{seen.pk}/", width=360)
    page.get_by_text("Che mờ mặt người").click()
    page.get_by_role("button", name="Vẽ ô trên ảnh").click()
    picture = page.locator(".canvas svg")
    picture.scroll_into_view_if_needed()
    frame = picture.bounding_box()
    assert frame is not None
    for left, right in ((0.1, 0.4), (0.6, 0.9)):
        page.mouse.move(frame["x"] + frame["width"] * left, frame["y"] + frame["height"] * 0.1)
        page.mouse.down()
        page.mouse.move(frame["x"] + frame["width"] * right, frame["y"] + frame["height"] * 0.5, steps=4)
        page.mouse.up()
    expect(page.get_by_role("status")).to_have_text("2 ô đã vẽ")
    page.get_by_role("button", name="Bỏ ô cuối").click()
    expect(page.get_by_role("status")).to_have_text("1 ô đã vẽ")
    page.get_by_role("button", name="Che các ô này").click()
    expect(page.locator("main")).to_contain_text("Ảnh xem đang được làm.")
    ((left, top, width, height),) = Redaction.objects.get().boxes
    assert abs(left - 100) < 15
    assert abs(top - 100) < 15
    assert abs(width - 300) < 15
    assert abs(height - 400) < 15
    work()
    page.reload()
    expect(page.locator(".canvas img")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 ô, Cán bộ nông thôn mới cấp xã · xã Vô Tranh che lúc")


def test_without_scripts_a_rectangle_is_typed_and_a_flag_settled(
    officer: Callable[..., Page], demo: Any, seen: File
) -> None:
    page = officer(OFFICER, "/co-nghi-van/", width=360, scripts=False)
    page.get_by_role("link", name="Xem tệp và kết luận").click()
    page.get_by_label("Không có gì sai").check()
    page.get_by_label("Vì sao").fill("Máy chỉnh sai năm, đã xem tại chỗ")
    page.get_by_role("button", name="Ghi kết luận").click()
    expect(page.locator(".flag")).to_contain_text("đã xem, không sai")
    page.get_by_text("Che mờ mặt người").click()
    for label, percent in (("Cách mép trái", "10"), ("Cách mép trên", "20"), ("Rộng", "30"), ("Cao", "40")):
        page.get_by_label(label).fill(percent)
    page.get_by_role("button", name="Che các ô này").click()
    expect(page.locator(".notices")).to_contain_text("Đã che.")
    assert Redaction.objects.get().boxes == [[100, 200, 300, 400]]


def test_the_pages_of_evidence_are_open_to_everyone(
    officer: Callable[..., Page],
    demo: Any,
    seen: File,
    assert_accessible_in_every_look: Callable[[Page], None],
) -> None:
    page = officer(OFFICER, "about:blank")
    for path in (CRITERION.format(**demo.places), f"/minh-chung/{seen.pk}/", "/co-nghi-van/"):
        page.goto(path)
        assert_accessible_in_every_look(page)

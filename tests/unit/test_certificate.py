"""The certificate as a paper: what it says, what it leaves to the hand, the same bytes each time."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from paper import Certificate, certificate_pdf, certificate_png

DAY = date(2023, 5, 24)
FULL = Certificate(
    authority="Chủ tịch Ủy ban nhân dân huyện Phú Lương",
    place="xóm Khe Cốc",
    address="xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên",
    title="xóm đạt chuẩn nông thôn mới kiểu mẫu",
    year=2023,
    decision_number="2511/QĐ-UBND",
    decided_on=DAY,
    decided_by="Chủ tịch Ủy ban nhân dân huyện Phú Lương",
    signed_in="Phú Lương",
    signed_on=DAY,
    signer="Chủ tịch",
    register="01/2023",
    check="https://chungtay.example/kiem-tra-bang/abc/",
)


def text_of(it: Certificate) -> str:
    (page,) = PdfReader(BytesIO(certificate_pdf(it, on=DAY))).pages
    return " ".join(page.extract_text().split())


def test_it_says_who_recognised_whom_as_what_by_which_decision() -> None:
    said = text_of(FULL)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÓM KHE CỐC",
        "XÓM ĐẠT CHUẨN NÔNG THÔN MỚI KIỂU MẪU NĂM 2023",
        "Quyết định số 2511/QĐ-UBND ngày 24 tháng 5 năm 2023",
        "Phú Lương, ngày 24 tháng 5 năm 2023",
        "01/2023",
    ):
        assert words in said, words


def test_what_is_not_known_is_left_to_the_hand_and_nothing_is_made_up() -> None:
    said = text_of(replace(FULL, decision_number="", decided_on=None, signed_on=None, register=""))
    assert "24 tháng 5" not in said and "/QĐ" not in said
    assert "ngày ..... tháng ....." in said


def test_the_same_certificate_gives_the_same_bytes_and_declares_its_standards() -> None:
    one = certificate_pdf(FULL, on=DAY)
    assert one == certificate_pdf(FULL, on=DAY)
    assert b"pdfuaid:part" in one and b"pdfaid:conformance" in one


@pytest.mark.parametrize(
    "more",
    [
        {"place": "khu dân cư thôn Trung Thành và thôn Đồng Tâm mới sáp nhập"},
        {"title": "xã đạt chuẩn nông thôn mới nâng cao kiểu mẫu về chuyển đổi số và du lịch"},
        {"stamp": "Bản mẫu", "marks": ("Bộ tiêu chí là bộ mẫu." * 4, "Số liệu mô phỏng.")},
        {"place": "xóm 😀\u0007"},
    ],
)
def test_however_long_or_odd_its_words_it_stays_on_one_sheet(more: dict[str, object]) -> None:
    assert text_of(replace(FULL, **more))  # type: ignore[arg-type]


def test_its_picture_is_a_sheet_of_a4_on_its_side() -> None:
    with Image.open(BytesIO(certificate_png(FULL, on=DAY, width=600))) as picture:
        assert abs(picture.width - 600) <= 1 and abs(picture.width / picture.height - 297 / 210) < 0.01

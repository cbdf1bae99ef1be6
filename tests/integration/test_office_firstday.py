"""The pages of the first day: kinds of records, a form out, a filled one in, its trial, writing."""

import csv
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chungtay.firstday import running
from chungtay.firstday.models import Intake
from chungtay.recognition.models import Title
from chungtay.territory import queries as territory

OFFICER, FIRST = "cán bộ Vô Tranh", 6


@pytest.fixture
def officer(demo: Any) -> Client:
    client: Client = demo.visit(OFFICER)
    return client


@pytest.fixture
def room(demo: Any) -> str:
    return f"/dia-ban/{territory.latest(demo.place('khe_coc')).parent_id}/ngay-dau/"


def sent(officer: Client, room: str, *years: int) -> Any:
    """The form of titles with a smart hamlet's title in each of those years, sent in; the page of its trial."""
    data = officer.get(f"{room}danh-hieu.xlsx").content
    made = openpyxl.load_workbook(io.BytesIO(data))
    page = made.worksheets[0]
    page.delete_rows(FIRST, 20)
    for row, year in enumerate(years, FIRST):
        for column, value in ((2, "xóm Khe Cốc"), (3, "xom-thong-minh-thai-nguyen"), (4, year)):
            page.cell(row, column).value = value
        page.cell(row, 5).value, page.cell(row, 9).value = "UBND huyện", "Bằng công nhận"
    file = io.BytesIO()
    made.save(file)
    upload = SimpleUploadedFile("danh-hiệu.xlsx", file.getvalue())
    return officer.post(f"{room}danh-hieu/", {"file": upload, "uid": ""}, follow=True)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_room_counts_what_is_on_record_and_gives_the_forms_its_visitor_may_fill(
    demo: Any, officer: Client, room: str
) -> None:
    page = words(officer.get(room))
    assert page.count("Tải mẫu") == 5 and "Sổ hộ gia đình" in page
    assert "Hồ sơ ngày đầu" in words(officer.get(room.removesuffix("ngay-dau/")))
    shut = words(demo.visit("đoàn kiểm tra").get(room))
    assert "Tải mẫu" not in shut and "Sổ hộ gia đình" in shut
    assert demo.visit("đoàn kiểm tra").get(f"{room}danh-hieu.xlsx").status_code == 403


def test_a_form_is_sent_tried_filtered_and_written(officer: Client, room: str) -> None:
    before = Title.objects.count()
    page = words(sent(officer, room, 2023, 2022))
    assert "Từng dòng sẽ ra sao" in page and "Mới: 2" in page
    intake = Intake.objects.get()
    assert Title.objects.count() == before
    done = words(officer.post(f"/ngay-dau/{intake.pk}/ghi/", follow=True))
    assert "Đã ghi 2 mục mới từ tệp này." in done and "Tệp được giữ làm minh chứng" in done
    assert Title.objects.count() == before + 2
    assert "Mọi dòng trong tệp đã có từ trước" in words(sent(officer, room, 2023, 2022))


def test_refused_rows_stand_alone_when_asked_for_and_shut_the_button(officer: Client, room: str) -> None:
    page = sent(officer, room, 2023, 2999)
    assert "Còn 1 dòng không nhận được" in words(page)
    intake = Intake.objects.get()
    only = words(officer.get(f"/ngay-dau/{intake.pk}/?xem=refused"))
    assert "chưa đến" in only and '<td class="number" data-label="Dòng">6</td>' not in only
    assert "Còn 1 dòng" in words(officer.post(f"/ngay-dau/{intake.pk}/ghi/"))
    lines = list(
        csv.reader(io.StringIO(officer.get(f"/ngay-dau/{intake.pk}.csv").content.decode("utf-8-sig")))
    )
    assert [line[:4] for line in lines[1:]] == [
        ["Mới", "Danh hiệu đã được công nhận", "6", "B6"],
        ["Không nhận được", "Danh hiệu đã được công nhận", "7", "D7"],
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "Chưa chọn tệp"),
        ("a.xlsx", b"PK\x03\x04 broken", "bị hỏng"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kiểu cũ"),
    ],
)
def test_a_hostile_file_is_refused_on_the_page_it_was_sent_from(
    officer: Client, room: str, name: str, data: bytes, said: str
) -> None:
    more = {"file": SimpleUploadedFile(name, data)} if data else {}
    answer = officer.post(f"{room}danh-hieu/", {**more, "uid": ""})
    assert answer.status_code == 422 and said in words(answer)
    assert not Intake.objects.exists()


def test_a_long_sheet_shows_its_progress_until_it_is_done(
    officer: Client, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SHORT", 0)
    page = words(sent(officer, room, 2023))
    assert "hx-trigger" in page and "Đọc thử hồ sơ ngày đầu" in page
    intake = Intake.objects.get()
    part = words(officer.get(f"/ngay-dau/{intake.pk}/", headers={"HX-Request": "true"}))
    assert part.startswith('<div id="dang-lam"') and f"/ngay-dau/{intake.pk}/" in part
    running.try_sheet.call(intake_id=intake.pk)
    assert "Mới: 1" in words(officer.get(f"/ngay-dau/{intake.pk}/"))


def test_the_room_asks_a_fixed_number_of_queries(
    officer: Client, room: str, queries_of: Any, now: datetime
) -> None:
    assert queries_of(lambda: officer.get(room)) <= 24

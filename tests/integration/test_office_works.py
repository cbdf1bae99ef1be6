"""Screens of works: the list and its files, time line, map, money, a work's page, forms, photographs, the report."""

import io
import re
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.integration import evidence_samples as made
from tests.integration.work_samples import HEAD, MILLION, OFFICER, Site

from chungtay.community.supervision import queries as supervision
from chungtay.core.actors import SystemActor
from chungtay.evidence import jobs
from chungtay.evidence.models import File, Proof
from chungtay.works import actions as works
from chungtay.works.models import Step, Work
from chungtay.works.states import State


@pytest.fixture
def site(demo: Any, now: datetime) -> Site:
    return Site.proposed(demo, now, position=(21_721_300, 105_754_600))


@pytest.fixture
def head(demo: Any) -> Client:
    return demo.visit(HEAD)  # type: ignore[no-any-return]


@pytest.fixture
def officer(demo: Any) -> Client:
    return demo.visit(OFFICER)  # type: ignore[no-any-return]


def text(response: Any) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def test_a_work_is_proposed_on_a_phone_and_has_its_number_at_once(head: Client, demo: Any) -> None:
    address = f"/dia-ban/{demo.place('khe_coc')}/cong-trinh/de-xuat/"
    sent = {
        "name": "Rãnh ngõ 3",
        "kind": "drain",
        "on": "05/01/2026",
        "position": "21,7213; 105,7546",
        "need": "",
    }
    wrong = head.post(address, sent | {"on": "31/02/2026"})
    assert wrong.status_code == 422
    assert "không có trong lịch" in text(wrong)
    assert 'value="Rãnh ngõ 3"' in text(wrong)
    page = text(head.post(address, sent, follow=True))
    assert "số hiệu CT-2026-01" in page
    assert "Việc tiếp theo: ghi quyết định của dân." in page
    assert Work.objects.get().lat_e6 == 21_721_300


def test_the_whole_way_is_walked_by_forms(head: Client, officer: Client, site: Site, demo: Any) -> None:
    here = f"/cong-trinh/{site.work.pk}/"

    def send(client: Client, slug: str, **sent: str) -> str:
        answer = client.post(f"{here}{slug}/", sent, follow=True)
        assert answer.status_code == 200, text(answer)
        return text(answer)

    send(head, "quyet-dinh", on="08/01/2026", document="Biên bản 01", decision="", words="")
    bill = {"item-1": "1", "name-1": "Rãnh bê tông", "unit-1": "m", "quantity-1": "400", "price-1": "450.000"}
    more = officer.post(f"{here}ho-so/", bill | {"product-1": "drain", "viec": "them", "on": "10/01/2026"})
    assert more.status_code == 200
    assert 'name="item-7"' in text(more)
    assert 'value="Rãnh bê tông"' in text(more)
    send(
        officer,
        "ho-so",
        **bill,
        **{"product-1": "drain", "item-2": "2", "name-2": "", "quantity-2": ""},  # a row left as it stood
        on="10/01/2026",
        document="",
        other="",
        reserve="",
    )
    send(officer, "nguon-von", on="12/01/2026", document="", commune="180.000.000")
    contract = {"on": "15/01/2026", "builder": "Tổ thợ xóm", "builder_kind": "crew", "value": "180.000.000"}
    page = send(officer, "hop-dong", **contract, number="", start="20/01/2026", end="")
    assert "Vốn còn thiếu 180.000.000 đồng" in page
    blocked = officer.post(f"{here}khoi-cong/", {"on": "20/01/2026", "document": ""})
    assert blocked.status_code == 422
    assert "thiếu 180.000.000 đồng" in text(blocked)
    site.committed(180 * MILLION)
    send(officer, "khoi-cong", on="20/01/2026", document="")
    day = {"on": "21/01/2026", "crew": "Tổ thợ xóm", "people": "12", "words": ""}
    over = head.post(f"{here}nhat-ky/", day | {"kl-1": "400,5"})
    assert "vượt 400 m" in text(over)
    assert 'value="400,5"' in text(over)
    assert "100%" in send(head, "nhat-ky", **day, **{"kl-1": "400"})
    send(officer, "nghiem-thu", on="15/02/2026", party="UBND xã", value="180.000.000", document="")
    blank = {"year": "", "over_reason": ""}
    send(officer, "ban-giao", on="16/02/2026", party="Xóm Khe Cốc", document="")
    send(
        officer,
        "thanh-toan",
        on="17/02/2026",
        amount="100.000.000",
        source="commune",
        document="UNC 01",
        **blank,
    )
    send(officer, "quyet-toan", on="18/02/2026", value="180.000.000", document="QT 01")
    page = send(officer, "bao-tri", on="19/02/2026", party="Xóm Khe Cốc", words="Quỹ xóm", yearly="")
    assert "Không còn việc nào phải làm tiếp" in page
    assert "80.000.000" in page
    assert Work.objects.get(pk=site.work.pk).state == State.KEPT


def test_a_button_that_is_shut_says_why(head: Client, site: Site, demo: Any) -> None:
    site.decided()
    page = text(head.get(f"/cong-trinh/{site.work.pk}/nghiem-thu/"))
    assert 'aria-disabled="true"' in page
    assert "Chức danh “Trưởng xóm · xóm Khe Cốc” không được nghiệm thu" in page
    stranger = demo.visit("cán bộ Quảng Lạc")
    page = text(stranger.get(f"/cong-trinh/{site.work.pk}/"))
    assert "nằm ngoài địa bàn" in page
    refused = stranger.post(
        f"/cong-trinh/{site.work.pk}/ho-so/", {"item-1": "1", "name-1": "x", "on": "10/01/2026"}
    )
    assert refused.status_code in (403, 422)
    assert Step.objects.filter(work=site.work).count() == 2


def test_the_list_filters_sums_and_comes_as_files(
    officer: Client, site: Site, demo: Any, now: datetime
) -> None:
    site.accepted()
    Site.proposed(demo, now, "Đường ngõ 5", kind="road")
    here = f"/dia-ban/{demo.post(OFFICER).place_id}/cong-trinh/"
    page = text(officer.get(here))
    assert "2 công trình, hợp đồng 200.000.000 đồng" in page
    assert "1 công trình nợ 200.000.000 đồng" in page
    narrowed = text(officer.get(f"{here}?loai=road&xep=-arrears"))
    table = narrowed[narrowed.index("<tbody>") :]
    assert "Đường ngõ 5" in table
    assert "Rãnh thoát nước" not in table
    assert "Không có công trình nào như vậy" in text(officer.get(f"{here}?nam=1999"))
    lines = officer.get(f"{here}bang.csv?no=co").content.decode("utf-8-sig").splitlines()
    assert any(line.startswith("Bộ lọc,đang nợ") for line in lines)
    assert any("CT-2026-01,Rãnh thoát nước ngõ 3,Rãnh thoát nước,xóm Khe Cốc,2026" in line for line in lines)
    book = load_workbook(io.BytesIO(officer.get(f"{here}bang.xlsx").content))
    values = [cell for row in book.active.values for cell in row]
    assert 200 * MILLION in values


def test_works_stand_on_a_line_of_time_and_on_a_map(
    officer: Client, site: Site, demo: Any, now: datetime
) -> None:
    site.accepted()
    Site.proposed(demo, now, "Đường ngõ 5", kind="road")
    here = f"/dia-ban/{demo.post(OFFICER).place_id}/cong-trinh/"
    page = text(officer.get(f"{here}tien-do/"))
    assert "dự kiến 20/01/2026 → 20/02/2026, thực tế 20/01/2026 → 15/02/2026" in page
    assert "<table>" in page
    page = text(officer.get(f"{here}ban-do/"))
    assert '<circle class="dot"' in page
    assert "Chưa biết vị trí" in page
    page = text(officer.get(f"{here}nguon-von/"))
    assert "Ngân sách xã" in page
    assert "200.000.000" in page


def test_photographs_from_one_spot_stand_side_by_side(head: Client, site: Site) -> None:
    site.building()
    address = f"/cong-trinh/{site.work.pk}/anh/"
    for n, stage in enumerate(("before", "during")):
        picture = SimpleUploadedFile("anh.jpg", made.photo(70 + n).getvalue())
        sent = {"name": "Từ cổng nhà văn hóa", "stage": stage, "files": picture}
        assert "Đã nhận 1 tệp" in text(head.post(address, sent, follow=True))
    for file in File.objects.order_by("-pk")[:2]:
        jobs.make_copies.call(file_id=file.pk)
    assert site.work.points.count() == 1
    assert Proof.objects.filter(kind="work", ref__startswith=str(site.work.points.get().uid)).count() == 2
    page = text(head.get(f"/cong-trinh/{site.work.pk}/"))
    assert page.count("/anh/display/") == 2
    assert "chưa có ảnh" in page
    refused = head.post(
        address, {"stage": "noon", "files": SimpleUploadedFile("a.jpg", made.photo(80).getvalue())}
    )
    assert refused.status_code == 422


def test_one_click_gives_the_report_as_pdf_and_xlsx(officer: Client, site: Site, head: Client) -> None:
    site.accepted()
    picture = SimpleUploadedFile("anh.jpg", made.photo(75).getvalue())
    sent = {"name": "Từ cổng nhà văn hóa", "stage": "after", "files": picture}
    head.post(f"/cong-trinh/{site.work.pk}/anh/", sent)
    jobs.make_copies.call(file_id=File.objects.latest("pk").pk)
    pdf = officer.get(f"/cong-trinh/{site.work.pk}/bao-cao.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    book = load_workbook(io.BytesIO(officer.get(f"/cong-trinh/{site.work.pk}/bao-cao.xlsx").content))
    cells = [cell for sheet in book for row in sheet.values for cell in row if cell is not None]
    assert "Rãnh bê tông" in cells
    assert any("200.000.000 đồng" in str(cell) for cell in cells)
    assert officer.get(f"/cong-trinh/{site.work.pk}/bao-cao.doc").status_code == 404


def test_pages_keep_their_queries_however_many_works_there_are(
    officer: Client, site: Site, demo: Any, now: datetime, queries_of: Any
) -> None:
    here = f"/dia-ban/{demo.post(OFFICER).place_id}/cong-trinh/"
    site.accepted()
    pages = ["", "tien-do/", "ban-do/", "nguon-von/"]
    few = {page: queries_of(lambda page=page: officer.get(here + page)) for page in pages}
    for n in range(4):
        Site.proposed(demo, now, f"Rãnh ngõ {n + 4}", position=(21_722_000 + n, 105_755_000)).accepted()
    assert {page: queries_of(lambda page=page: officer.get(here + page)) for page in pages} == few
    assert max(few.values()) <= 32
    one = queries_of(lambda: officer.get(f"/cong-trinh/{site.work.pk}/"))
    site.do(works.pay, on=date(2026, 2, 17), amount_dong=MILLION, source="commune", document="UNC 01")
    site.watched().do(works.note, by=HEAD, on=date(2026, 2, 17), words="Chưa khít", to_whom="chủ đầu tư")
    assert queries_of(lambda: officer.get(f"/cong-trinh/{site.work.pk}/")) <= one + 1 <= 45


def test_a_board_is_linked_on_the_page_of_its_work_and_its_notes_stand_on_both(
    officer: Client, site: Site, demo: Any
) -> None:
    site.contracted()
    board = site.board(site.work.place_id)
    here = f"/cong-trinh/{site.work.pk}/"
    page = text(officer.get(here))
    assert "không được lập ban giám sát" in page
    works.link_board(by=SystemActor(), at=site.now, work_id=site.work.pk, board_id=board.pk)
    seen = {"on": "20/01/2026", "words": "Nắp rãnh kê chưa khít", "to_whom": "chủ đầu tư"}
    assert "chờ trả lời" in text(demo.visit(HEAD).post(f"{here}giam-sat/", seen, follow=True))
    assert "Nắp rãnh kê chưa khít" in text(officer.get(f"/giam-sat/{board.pk}/"))
    [note] = supervision.notes_of_work(site.work.uid)
    answered = officer.post(f"{here}giam-sat/{note.id}/tra-loi/", {"words": "Đã kê lại"}, follow=True)
    assert "Đã kê lại" in text(answered) and "chờ trả lời" not in text(answered)

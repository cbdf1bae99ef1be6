"""Screens of money that is not given, of values, pledges and told totals: what they write, refuse and never show."""

import re
import uuid
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.integration import evidence_samples as made
from tests.integration.conftest import Demo
from tests.integration.work_samples import MILLION, Site

from chungtay.core.language import day_words
from chungtay.evidence import queries as evidence
from chungtay.ledger import actions as ledger
from chungtay.ledger import queries
from chungtay.ledger.actions import Giving, LabourRow, Land, Line
from chungtay.ledger.models import Entry, LandRegistered, Pledge, Purpose, ToldTotal
from chungtay.works import actions as works

TODAY = timezone.localdate()
NAME = "Người làm thứ nhất"


@pytest.fixture
def place(demo: Demo) -> int:
    return demo.place("khe_coc")


@pytest.fixture
def officer(demo: Demo) -> Client:
    return demo.visit("cán bộ Vô Tranh")


@pytest.fixture
def head(demo: Demo) -> Client:
    return demo.visit("trưởng xóm Khe Cốc")


@pytest.fixture
def road(demo: Demo, place: int) -> Purpose:
    who: dict[str, Any] = {"by": demo.post("trưởng xóm Khe Cốc"), "at": timezone.now()}
    purpose = ledger.open_purpose(**who, place_id=place, name="Đường bê tông xóm")
    ledger.allow_gifts(**who, purpose_id=purpose.pk, on=TODAY, document="Biên bản họp xóm")
    return purpose


@pytest.fixture
def labour(demo: Demo, road: Purpose) -> Entry:
    """One day and a half of work, worth nobody knows what."""
    giving = Giving(place_id=road.place_id, purpose_id=road.pk, on=TODAY)
    rows = [LabourRow(NAME, TODAY, Decimal(8)), LabourRow("Người làm thứ hai", TODAY, Decimal(4))]
    return ledger.receive_labour(
        by=demo.post("trưởng xóm Khe Cốc"), at=timezone.now(), giving=giving, rows=rows
    )


def text(answer: Any) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


def photo(seed: int, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, made.photo(seed).getvalue())


def state_money(road: Purpose, deed: str, dong: str, **more: str) -> dict[str, Any]:
    told = {"viec": deed, "uid": uuid.uuid4(), "purpose": road.pk, "source": "province", "value_dong": dong}
    return told | {"on": day_words(TODAY), "year": str(TODAY.year), "paper": "QĐ 12/QĐ-UBND"} | more


# ── State and other money ─────────────────────────────────────────────────────


def test_money_is_committed_and_paid_and_above_it_the_sentence_says_by_how_much(
    officer: Client, road: Purpose, place: int
) -> None:
    address = reverse("office:allotments", args=[place])
    assert officer.post(address, state_money(road, "cam-ket", "100.000.000")).status_code == 302
    over = officer.post(address, state_money(road, "giai-ngan", "130.000.000"))
    assert over.status_code == 422 and "vượt vốn cam kết 30.000.000 đồng (Ngân sách tỉnh" in text(over)
    assert 'value="130.000.000"' in over.content.decode()
    officer.post(address, state_money(road, "giai-ngan", "60.000.000"))
    page = text(officer.get(address))
    assert "Cam kết 100.000.000 đồng, đã giải ngân 60.000.000 đồng, còn lại 40.000.000 đồng." in page
    more = state_money(road, "giai-ngan", "50.000.000", over_reason="Ứng trước kế hoạch năm sau")
    assert officer.post(address, more).status_code == 302
    assert "vượt 10.000.000" in text(officer.get(address))


def test_credit_stands_apart_and_in_no_sum(officer: Client, road: Purpose, place: int) -> None:
    address = reverse("office:allotments", args=[place])
    officer.post(address, state_money(road, "cam-ket", "100.000.000"))
    officer.post(address, state_money(road, "cam-ket", "900.000.000", source="credit"))
    page = text(officer.get(address))
    assert "Cam kết 100.000.000 đồng" in page and "1.000.000.000" not in page
    assert "Là tiền vay, không cộng với nguồn khác." in page and "900.000.000" in page


def test_every_fault_of_money_is_told_at_once_and_a_head_may_not_write_it(
    officer: Client, head: Client, road: Purpose, place: int
) -> None:
    address = reverse("office:allotments", args=[place])
    wrong = {"viec": "cam-ket", "uid": uuid.uuid4(), "value_dong": "nhiều", "year": "26", "on": "hôm qua"}
    page = text(officer.post(address, wrong))
    for sentence in ("“nhiều” không phải", "Năm gồm bốn chữ số", "Hãy chọn nguồn vốn", "Hãy chọn tiền cho"):
        assert sentence in page
    assert head.post(address, state_money(road, "cam-ket", "1.000.000")).status_code == 403
    assert not Entry.objects.filter(kind="committed", place_id=place).exists()


def test_the_list_is_taken_away_as_a_file_and_asks_a_fixed_number_of_queries(
    demo: Demo, officer: Client, road: Purpose, place: int, queries_of: Any
) -> None:
    address = reverse("office:allotments", args=[place])
    officer.post(address, state_money(road, "cam-ket", "100.000.000"))
    first = queries_of(lambda: officer.get(address))
    for year in range(TODAY.year - 3, TODAY.year):
        officer.post(address, state_money(road, "cam-ket", "5.000.000", year=str(year)))
    assert queries_of(lambda: officer.get(address)) == first <= 22
    file = officer.get(reverse("office:allotments_csv", args=[place]) + f"?nam={TODAY.year}")
    assert "Đường bê tông xóm,Ngân sách tỉnh,100.000.000,0,100.000.000" in file.content.decode()
    assert officer.get(reverse("office:allotments_xlsx", args=[place])).content.startswith(b"PK")


def test_a_commitment_is_reversed_on_its_own_page_with_a_reason(
    officer: Client, road: Purpose, place: int
) -> None:
    officer.post(reverse("office:allotments", args=[place]), state_money(road, "cam-ket", "100.000.000"))
    entry = Entry.objects.get(kind="committed", purpose=road)
    address = reverse("office:ledger_entry", args=[entry.uid])
    told = {"viec": "huy", "uid": uuid.uuid4()}
    assert "Hãy ghi lý do" in text(officer.post(address, told | {"reason": ""}))
    officer.post(address, told | {"reason": "Ghi nhầm số"})
    assert "Khoản này đã huỷ" in text(officer.get(address))
    assert queries.allotted(place) == ()


def test_a_payment_of_a_work_is_undone_at_the_work(demo: Demo, officer: Client) -> None:
    site = Site.proposed(demo, timezone.now()).building()
    site.do(works.pay, on=TODAY, amount_dong=60 * MILLION, source="commune", document="UNC 07", year=2026)
    entry = Entry.objects.get(kind="disbursed", purpose=site.work.purpose_id)
    address = reverse("office:ledger_entry", args=[entry.uid])
    assert reverse("office:work", args=[site.work.pk]) in officer.get(address).content.decode()
    told = {"viec": "huy", "uid": uuid.uuid4(), "reason": "Ghi nhầm"}
    assert "Hãy huỷ ở trang công trình" in text(officer.post(address, told))
    assert not Entry.objects.filter(of=entry).exists()


# ── Values ────────────────────────────────────────────────────────────────────


def test_a_rule_values_what_had_no_value_and_never_what_had_one(
    officer: Client, labour: Entry, road: Purpose, place: int, queries_of: Any
) -> None:
    address = reverse("office:valuation", args=[place])
    asked = queries_of(lambda: officer.get(address))
    page = text(officer.get(address))
    assert "chưa quy đổi" in page and "01/" in page
    rule = {"viec": "dat", "uid": uuid.uuid4(), "unit": "labour_day", "legal_basis": "NQ 05/NQ-HĐND"}
    rule |= {"valid_from": day_words(TODAY - timedelta(days=30))}
    assert "Hãy ghi căn cứ" in text(officer.post(address, rule | {"rate_dong": "200.000", "legal_basis": ""}))
    assert officer.post(address, rule | {"rate_dong": "200.000"}).status_code == 302
    assert queries.entry(labour.pk).value_dong is None  # a rule alone changes nothing
    officer.post(address, {"viec": "quy-doi"})
    assert queries.entry(labour.pk).value_dong == 300_000
    later = rule | {"uid": uuid.uuid4(), "rate_dong": "250.000", "valid_from": day_words(TODAY)}
    officer.post(address, later)
    officer.post(address, {"viec": "quy-doi"})
    page = text(officer.get(address))
    assert queries_of(lambda: officer.get(address)) <= asked <= 22
    assert queries.entry(labour.pk).value_dong == 300_000
    assert "đang dùng" in page and f"đã thay từ {day_words(TODAY)}" in page
    kept = reverse("office:ledger_entry", args=[labour.uid])
    newest = max(queries.rules(place, TODAY), key=lambda each: each.valid_from)
    told = {"viec": "quy-doi", "uid": uuid.uuid4(), "rule": newest.id, "reason": "Theo nghị quyết mới"}
    assert officer.post(kept, told).status_code == 302
    assert queries.entry(labour.pk).value_dong == 375_000
    assert Entry.objects.get(pk=labour.pk).value_dong is None  # what was written stays as it was


def test_a_gift_of_a_day_without_a_rule_stays_without_a_value(
    officer: Client, labour: Entry, place: int
) -> None:
    address = reverse("office:valuation", args=[place])
    rule = {"viec": "dat", "uid": uuid.uuid4(), "unit": "labour_day", "rate_dong": "200.000"}
    rule |= {"legal_basis": "NQ 05", "valid_from": day_words(TODAY + timedelta(days=1))}
    officer.post(address, rule)
    assert "1 khoản vẫn chưa quy đổi" in text(officer.post(address, {"viec": "quy-doi"}, follow=True))
    assert "sẽ dùng" in text(officer.get(address))
    assert queries.entry(labour.pk).value_dong is None


# ── Pledges ───────────────────────────────────────────────────────────────────


def test_pledges_stand_beside_what_came_as_totals_without_names(
    head: Client, labour: Entry, road: Purpose, place: int, queries_of: Any
) -> None:
    address = reverse("office:pledges", args=[place])
    told = {
        "purpose": road.pk,
        "kind": "labour",
        "source": "people",
        "quantity": "120",
        "on": day_words(TODAY),
    }
    assert "Hãy ghi biên bản họp nào" in text(head.post(address, told | {"uid": uuid.uuid4()}))
    head.post(address, told | {"uid": uuid.uuid4(), "paper": "Biên bản họp xóm"})
    first = queries_of(lambda: head.get(address))
    more = {"uid": uuid.uuid4(), "kind": "cash", "quantity": "", "value_dong": "250.000.000"}
    head.post(address, told | more | {"paper": "Biên bản họp xóm"})
    assert Pledge.objects.filter(purpose=road).count() == 2
    page = text(head.get(address))
    assert "120 công" in page and "1,5 công" in page and "1 khoản chưa quy đổi" in page
    assert "250.000.000 đồng" in page and NAME not in page
    assert not re.search(r"còn thiếu|còn nợ|chưa đóng", page)
    assert queries_of(lambda: head.get(address)) == first


# ── What papers tell ──────────────────────────────────────────────────────────


def told_form(**more: str) -> dict[str, Any]:
    told = {"line": "state", "qualifier": "over", "amount": "6.000.000.000", "measured": "dong"}
    told |= {"from_day": "01/01/2020", "until": "31/12/2023", "paper": "Báo cáo tổng kết 2023"}
    return {"uid": uuid.uuid4()} | told | more


def test_a_told_total_keeps_its_word_its_paper_and_parts_that_sum_to_it(
    officer: Client, place: int, queries_of: Any
) -> None:
    address = reverse("office:told_totals", args=[place])
    parts = {"source-1": "central", "kind-1": "disbursed", "value_dong-1": "4.000.000.000"}
    parts |= {"source-3": "commune", "kind-3": "disbursed", "value_dong-3": "1.000.000.000"}
    page = officer.post(address, told_form(**parts))
    assert re.search(r"lệch .1\.000\.000\.000 so với tổng", text(page))
    assert 'value="4.000.000.000"' in page.content.decode()
    wrong = parts | {"source-3": "people"}
    assert "Phần này không thuộc dòng báo cáo" in text(officer.post(address, told_form(**wrong)))
    assert not ToldTotal.objects.filter(place_id=place, amount=6_000_000_000).exists()
    right = parts | {"value_dong-3": "2.000.000.000"}
    answer = officer.post(address, told_form(**right))
    page = text(officer.get(answer.url))  # type: ignore[attr-defined]
    assert "trên 6.000.000.000 đồng" in page and "Báo cáo tổng kết 2023" in page and "dựng lại" in page
    told = ToldTotal.objects.get(place_id=place, amount=6_000_000_000)
    withdraw = reverse("office:withdraw_told", args=[told.uid])
    assert "Hãy ghi lý do" in text(officer.post(withdraw, {"reason": ""}))
    officer.post(withdraw, {"reason": "Có số chi tiết"})
    assert queries_of(lambda: officer.get(address)) <= 22
    page = text(officer.get(answer.url))  # type: ignore[attr-defined]
    assert "Các phần của tổng này đã bỏ" in page and "trên 6.000.000.000 đồng" in page


def test_opening_entries_lead_to_the_first_day_and_carry_their_papers(
    demo: Demo, officer: Client, place: int
) -> None:
    line = Line(
        source="people", kind="balance", on=TODAY, value_dong=12_500_000, held_in="cash", paper="Sổ quỹ cũ"
    )
    [entry] = ledger.enter_opening(
        by=demo.post("cán bộ Vô Tranh"), at=timezone.now(), place_id=place, lines=[line]
    )
    page = officer.get(reverse("office:told_totals", args=[place])).content.decode()
    assert reverse("office:firstday", args=[place]) in page and "12.500.000" in page
    send = reverse("office:send_entry_files", args=[entry.uid])
    officer.post(send, {"files": [photo(7, "so-quy-cu.jpg")]})
    strip = evidence.strips([("opening", str(entry.uid))], seen_by=demo.post("cán bộ Vô Tranh"))
    assert strip["opening", str(entry.uid)].count == 1


def test_land_waits_for_its_statement_and_the_register(demo: Demo, head: Client, road: Purpose) -> None:
    who: dict[str, Any] = {"by": demo.post("trưởng xóm Khe Cốc"), "at": timezone.now()}
    giving = Giving(place_id=road.place_id, purpose_id=road.pk, on=TODAY)
    land = Land("thửa 9", "Đơn tự nguyện", Decimal(300), "none")
    entry = ledger.receive_land(**who, giving=giving, area=Decimal("12.5"), land=land)
    kept = reverse("office:kept_receipt", args=[entry.uid])
    page = text(head.get(kept))
    assert "Chưa có bản chụp văn bản tự nguyện" in page and "Chưa chỉnh lý sổ địa chính" in page
    head.post(reverse("office:send_entry_files", args=[entry.uid]), {"files": [photo(8, "don.jpg")]})
    assert "Chưa có bản chụp" not in text(head.get(kept))
    deed = reverse("office:ledger_entry", args=[entry.uid])
    told = {"viec": "dia-chinh", "uid": uuid.uuid4(), "on": day_words(TODAY)}
    assert "Hãy ghi giấy tờ chỉnh lý" in text(head.post(deed, told))
    head.post(deed, told | {"document": "QĐ 45/QĐ-UBND"})
    assert "Đã chỉnh lý sổ địa chính: QĐ 45/QĐ-UBND" in text(head.get(kept))
    assert LandRegistered.objects.get(land_id=entry.pk).on == date.today()


def test_files_of_gifts_are_private_and_names_stay_in_the_place(
    demo: Demo, head: Client, labour: Entry
) -> None:
    head.post(
        reverse("office:send_entry_files", args=[labour.uid]), {"files": [photo(9, "bang-cham-cong.jpg")]}
    )
    key = "gift", str(labour.uid)
    assert evidence.strips([key], seen_by=demo.post("trưởng xóm Khe Cốc"))[key].count == 1
    [piece] = evidence.strips([key], seen_by=demo.post("trưởng xóm Khe Cốc"))[key].pieces
    assert evidence.file(piece.file_id, seen_by=demo.post("trưởng xóm Khe Cốc")).is_private
    outsider = demo.visit("cán bộ Quảng Lạc")
    for name in ("ledger_entry", "kept_receipt"):
        page = text(outsider.get(reverse(f"office:{name}", args=[labour.uid])))
        assert NAME not in page and "bang-cham-cong" not in page

"""The ledger on screens: a gift on a phone, its receipt for anybody, totals down to entries, the cash book."""

import re
import uuid
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.integration.conftest import Demo

from chungtay.core.language import day_words
from chungtay.ledger.cards import key_of, new_card
from chungtay.ledger.counting import drain
from chungtay.ledger.models import Entry, Gift, Purpose
from chungtay.ledger.queries import receipt

NAME = "Người cho thứ nhất"


@pytest.fixture
def head(demo: Demo) -> Client:
    return demo.visit("trưởng xóm Khe Cốc")


@pytest.fixture
def place(demo: Demo) -> int:
    return demo.place("khe_coc")


@pytest.fixture
def road(head: Client, place: int) -> Purpose:
    """Opened and decided on the screen."""
    address = reverse("office:purposes", args=[place])
    head.post(address, {"viec": "mo", "uid": uuid.uuid4(), "name": "Đường bê tông xóm", "kind": "work"})
    purpose = Purpose.objects.get(place_id=place, name="Đường bê tông xóm")
    told = {
        "viec": "quyet-dinh",
        "uid": uuid.uuid4(),
        "purpose": purpose.pk,
        "on": day_words(timezone.localdate()),
    }
    head.post(address, told | {"document": "Biên bản họp xóm"})
    return purpose


def text(answer: Any) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


def cash(road: Purpose, dong: str, **more: Any) -> dict[str, Any]:
    told = {"uid": uuid.uuid4(), "purpose": road.pk, "source": "people", "value_dong": dong, "giver": NAME}
    return told | {"on": day_words(timezone.localdate())} | more


def test_a_gift_on_a_phone_is_a_receipt_at_once_and_sent_twice_is_one(
    head: Client, road: Purpose, place: int
) -> None:
    address, told = reverse("office:give", args=[place]), cash(road, "2.500.000")
    first = head.post(address, told)
    assert head.post(address, told).url == first.url  # type: ignore[attr-defined]
    assert Entry.objects.get(purpose=road).value_dong == 2_500_000
    page = text(head.get(first.url))  # type: ignore[attr-defined]
    assert "2.500.000" in text(head.get(reverse("office:receipts_issued")))
    assert "Biên nhận số 01/" in page and NAME in page
    assert head.get(first.url + "giay.pdf").content.startswith(b"%PDF")  # type: ignore[attr-defined]


def test_a_wrong_gift_keeps_what_was_typed_and_says_why(head: Client, road: Purpose, place: int) -> None:
    answer = head.post(reverse("office:give", args=[place]), cash(road, "hai triệu"))
    assert answer.status_code == 422
    assert "“hai triệu” không phải là một con số" in text(answer)
    assert 'value="hai triệu"' in answer.content.decode() and NAME in answer.content.decode()
    roll = cash(road, "", rows="Người thứ nhất; 8\nNgười thứ hai; 40")
    answer = head.post(reverse("office:give", args=[place]) + "?loai=labour", roll)
    assert "Dòng 2: Người thứ hai làm 40 giờ" in text(answer) and "Người thứ nhất; 8" in text(answer)
    assert not Entry.objects.filter(purpose=road).exists()


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("labour", {"rows": "Người thứ nhất; 8\nNgười thứ hai; 4"}),
        ("goods", {"item": "xi măng PCB30", "quantity": "20", "unit_word": "bao"}),
        (
            "land",
            {
                "area": "12,5",
                "area_before": "300",
                "plot": "thửa 9",
                "statement": "Đơn tự nguyện",
                "co_owners": "none",
            },
        ),
    ],
)
def test_every_kind_of_gift_is_received(
    head: Client, road: Purpose, place: int, kind: str, typed: dict[str, str]
) -> None:
    answer = head.post(reverse("office:give", args=[place]) + f"?loai={kind}", cash(road, "") | typed)
    assert answer.status_code == 302, text(answer)
    assert Entry.objects.get(purpose=road).kind == kind
    assert head.get(answer.url).status_code == 200  # type: ignore[attr-defined]


def test_anybody_checks_a_receipt_and_finds_no_name_on_it(
    head: Client, road: Purpose, place: int, client: Client
) -> None:
    head.post(reverse("office:give", args=[place]), cash(road, "100000"))
    entry = Entry.objects.get(purpose=road)
    address = reverse("office:receipt", args=[entry.uid])
    page = text(client.get(address, {"ct": receipt(entry.uid).qr}))
    assert "Mã trên giấy khớp với sổ" in page and NAME not in page
    assert "KHÔNG khớp" in text(client.get(address, {"ct": receipt(entry.uid).qr[:-3] + "AAA"}))
    assert client.get(address + "giay.pdf").content.startswith(b"%PDF")
    assert client.get(reverse("office:receipt", args=[uuid.uuid4()])).status_code == 404


def test_a_card_shows_its_own_receipts(head: Client, road: Purpose, place: int, client: Client) -> None:
    card = new_card()
    head.post(reverse("office:give", args=[place]), cash(road, "100000", card=card))
    head.post(reverse("office:give", args=[place]), cash(road, "700000"))
    page = text(client.post(reverse("office:receipts_of_card"), {"card": card}))
    assert "100.000 đồng" in page and "700.000" not in page and card not in page
    assert "Chưa có khoản nào" in text(client.post(reverse("office:receipts_of_card"), {"card": new_card()}))


def test_a_sheet_of_cards_is_new_each_time_and_leaves_nothing(
    head: Client, place: int, unchanged: Any
) -> None:
    def codes() -> set[str]:
        sheet = head.get(reverse("office:giving_cards", args=[place])).content
        return set(
            re.findall(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}", PdfReader(BytesIO(sheet)).pages[0].extract_text())
        )

    with unchanged():
        first, second = codes(), codes()
    assert len(first) == 8 and not first & second
    assert all(not key_of(code)[1] for code in first)


def test_totals_lead_down_to_entries_and_outsiders_read_no_name(
    demo: Demo, head: Client, road: Purpose, place: int, queries_of: Any
) -> None:
    head.post(reverse("office:give", args=[place]), cash(road, "2.500.000"))
    drain(at=timezone.now())
    outsider = demo.visit("cán bộ Quảng Lạc")
    address = reverse("office:resources", args=[place])
    page = outsider.get(address)
    assert "2.500.000" in text(page)
    assert queries_of(lambda: outsider.get(address)) <= 22
    way = re.search(r'href="([^"]*/khoan/\?[^"]*)"', page.content.decode())
    assert way is not None
    entries = text(outsider.get(unescape(way[1])))
    assert "2.500.000" in entries and NAME not in entries
    assert NAME in text(head.get(unescape(way[1])))
    assert (
        outsider.get(reverse("office:kept_receipt", args=[Entry.objects.get(purpose=road).uid])).status_code
        == 200
    )
    assert NAME not in text(
        outsider.get(reverse("office:kept_receipt", args=[Entry.objects.get(purpose=road).uid]))
    )


def test_the_cash_book_pays_out_and_refuses_what_is_not_there(
    head: Client, road: Purpose, place: int
) -> None:
    head.post(reverse("office:give", args=[place]), cash(road, "2.500.000"))
    address, today = reverse("office:cash_book", args=[place]), day_words(timezone.localdate())
    told = {
        "viec": "chi",
        "uid": uuid.uuid4(),
        "purpose": road.pk,
        "on": today,
        "held_in": "cash",
        "paper": "HĐ 1",
    }
    assert "thiếu 500.000 đồng" in text(head.post(address, told | {"value_dong": "3.000.000"}))
    assert head.post(address, told | {"value_dong": "1.000.000"}).status_code == 302
    assert "1.500.000" in text(head.get(address))
    assert head.get(address + "in.pdf").content.startswith(b"%PDF")
    file = b"".join(head.get(address + "cong-khai.jsonl").streaming_content)  # type: ignore[attr-defined]
    assert file.count(b"\n") == 3 and NAME.encode() not in file


def test_a_receipt_is_taken_back_on_its_page_with_a_reason(head: Client, road: Purpose, place: int) -> None:
    head.post(reverse("office:give", args=[place]), cash(road, "100000"))
    uid = Entry.objects.get(purpose=road).uid
    address = reverse("office:undo_receipt", args=[uid])
    assert "Hãy ghi lý do" in text(head.post(address, {"viec": "huy"}))
    head.post(address, {"viec": "huy", "reason": "Ghi hai lần"})
    assert "Biên nhận này đã huỷ" in text(head.get(reverse("office:kept_receipt", args=[uid])))
    assert Gift.objects.filter(entry__uid=uid).exists()

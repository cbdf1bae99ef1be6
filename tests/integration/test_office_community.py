"""Households and meetings on screen: who sees what, forms that lose nothing, papers, exports, the public's pages."""

import io
import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordFile
from tests.integration.evidence_samples import photo

from chungtay.community.households import actions as books
from chungtay.community.meetings import actions, ballots
from chungtay.community.meetings.models import Ballot, Decision, Meeting

CALL = {
    "title": "Họp bàn làm đường ngõ",
    "day": "01/03/2026",
    "clock": "19:30",
    "venue": "Nhà văn hóa xóm",
    "scope_households": "10",
    "form": "resolution",
    "kind": "contribution",
    "item": "Góp làm đường ngõ 3",
    "proposal": "Mỗi hộ góp 2.500.000 đồng",
    "amount": "25.000.000",
}
SIGNED = [
    ("head", "Ký Kín Một"),
    ("front", "Ký Kín Hai"),
    ("household", "Ký Kín Ba"),
    ("household", "Ký Kín Bốn"),
]


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def here(demo: Any) -> int:
    return int(demo.place("khe_coc"))


@pytest.fixture
def client(demo: Any) -> Client:
    found: Client = demo.visit("trưởng xóm Khe Cốc")
    return found


@pytest.fixture
def listed(demo: Any, here: int) -> list[int]:
    head, now = demo.post("trưởng xóm Khe Cốc"), timezone.now()
    made = [
        books.enter(
            by=head,
            at=now,
            place_id=here,
            code=f"H{n:03d}",
            representative=f"Tên Kín {n}",
            head_count=n,
            address=f"Ngõ Kín {n}",
        ).pk
        for n in range(1, 11)
    ]
    books.set_restricted(by=head, at=now, household_id=made[2], exemption="Lý do kín")
    return made


@pytest.fixture
def held(client: Client, here: int, listed: list[int]) -> Meeting:
    answer = client.post(f"/dia-ban/{here}/hop/moi/", CALL | {"uid": str(uuid.uuid4())})
    assert answer.status_code == 302, text(answer)
    return Meeting.objects.get()


def item_of(meeting: Meeting) -> int:
    return int(meeting.items.get().pk)


def test_a_household_is_entered_mended_found_and_exported(client: Client, here: int) -> None:
    form = {
        "code": "H001",
        "representative": "Hoàng Thị Thử",
        "head_count": "4",
        "address": "Ngõ 3",
        "valid_from": "",
    }
    wrong = client.post(f"/dia-ban/{here}/ho/them/", form | {"head_count": "0", "valid_from": "32/01/2026"})
    page = text(wrong)
    assert wrong.status_code == 422
    assert 'value="Hoàng Thị Thử"' in page
    assert "Chưa biết thì bỏ trống" in page or "ngày" in page
    answer = client.post(f"/dia-ban/{here}/ho/them/", form, follow=True)
    address = answer.redirect_chain[0][0]
    assert "Hoàng Thị Thử" in text(answer)
    saved = client.post(address, form | {"representative": "Hoàng Văn Thử"}, follow=True)
    assert "Hoàng Văn Thử" in text(saved)
    assert "Hoàng Văn Thử" in text(client.get(f"/dia-ban/{here}/ho/?tim=hoang van"))
    assert "Không có hộ nào như vậy" in text(client.get(f"/dia-ban/{here}/ho/?tim=khong"))
    sheet = client.get(f"/dia-ban/{here}/ho/so-ho.csv").content.decode("utf-8-sig").splitlines()
    assert sheet[1] == "H001,Hoàng Văn Thử,4,Ngõ 3,,"


def test_restricted_data_moves_copies_and_erasing_have_their_forms(
    client: Client, here: int, listed: list[int], demo: Any
) -> None:
    address = f"/dia-ban/{here}/ho/{listed[0]}/"
    assert "Tày" in text(client.post(address + "viec/", {"viec": "han-che", "ethnicity": "Tày"}, follow=True))
    lost = client.post(address + "viec/", {"viec": "chuyen", "to": "Không Có", "on": "01/03/2026"})
    assert (lost.status_code, "Không tìm thấy" in text(lost), 'value="Không Có"' in text(lost)) == (
        422,
        True,
        True,
    )
    beyond = client.post(
        address + "viec/", {"viec": "chuyen", "to": "Quảng Lạc, Lạng Sơn", "on": "01/03/2023"}
    )
    assert beyond.status_code == 403
    copy = client.post(address + "viec/", {"viec": "ban-sao"})
    assert copy.json()["representative"] == "Tên Kín 1"
    erased = client.post(address + "viec/", {"viec": "xoa", "request": "Đơn của hộ"}, follow=True)
    assert "Tên Kín 1" not in text(erased)
    left = client.post(
        f"/dia-ban/{here}/ho/{listed[1]}/viec/",
        {"viec": "ra-so", "ending": "left", "on": "01/02/2026"},
        follow=True,
    )
    assert "ra khỏi sổ" in text(left)


def test_outside_the_hamlets_posts_nobody_reads_a_name_a_roll_or_a_share(
    demo: Any, here: int, listed: list[int], held: Meeting
) -> None:
    head, now = demo.post("trưởng xóm Khe Cốc"), timezone.now()
    actions.take_roll(by=head, at=now, meeting_id=held.pk, household_ids=listed[:9])
    actions.record_votes(by=head, at=now, item_id=item_of(held), votes_for=9, votes_against=0)
    actions.name_signatories(by=head, at=now, meeting_id=held.pk, names=SIGNED)
    (made,) = actions.close(by=head, at=now, meeting_id=held.pk)
    item = item_of(held)
    addresses = [
        f"/dia-ban/{here}/ho/",
        f"/dia-ban/{here}/ho/so-ho.csv",
        f"/dia-ban/{here}/ho/{listed[0]}/",
        f"/dia-ban/{here}/hop/",
        f"/dia-ban/{here}/hop/quyet-dinh.csv",
        f"/hop/{held.pk}/",
        f"/hop/{held.pk}/diem-danh/",
        f"/hop/{held.pk}/phieu/",
        f"/hop/{held.pk}/noi-dung/{item}/cach-tinh/",
        f"/hop/{held.pk}/noi-dung/{item}/cach-tinh.csv",
        f"/hop/{held.pk}/nguoi-ky/",
        f"/cong-khai/quyet-dinh/{made.uid}/",
        f"/cong-khai/hop/{held.uid}/",
    ]
    visitors = [demo.visit(who) for who in ("văn phòng Thái Nguyên", "cán bộ Quảng Lạc", "đoàn kiểm tra")]
    for visitor in (*visitors, Client()):
        for address in addresses:
            page = text(visitor.get(address))
            for secret in ("Tên Kín", "Ngõ Kín", "Lý do kín", "Ký Kín", "H001", "H003"):
                assert secret not in page, (address, secret)
    own = text(demo.visit("trưởng xóm Khe Cốc").get(f"/hop/{held.pk}/"))
    assert "Ký Kín Một" in own


def test_a_wrong_call_loses_nothing_and_the_day_and_hour_are_read(
    client: Client, here: int, unchanged: Any
) -> None:
    with unchanged():
        answer = client.post(f"/dia-ban/{here}/hop/moi/", CALL | {"clock": "9" * 30, "kind": "", "venue": ""})
    page = text(answer)
    assert answer.status_code == 422
    assert 'value="Họp bàn làm đường ngõ"' in page
    assert f'value="{"9" * 30}"' in page
    assert "Mỗi hộ góp 2.500.000 đồng" in page


def test_a_meeting_goes_from_the_roll_to_signed_minutes_on_screen(
    client: Client, here: int, listed: list[int], held: Meeting
) -> None:
    page = text(client.get(f"/hop/{held.pk}/"))
    assert "Chưa biết" in page
    more = client.post(f"/hop/{held.pk}/noi-dung/", {"kind": "", "item": "", "uid": ""})
    assert (more.status_code, "Hãy chọn loại việc" in text(more)) == (422, True)
    client.post(f"/hop/{held.pk}/diem-danh/", {"ho": [str(each) for each in listed[:9]]})
    online = {"way": "online", "agreed": "1", "votes_for": "9", "votes_against": "0", "statement": "Góp"}
    address = f"/hop/{held.pk}/noi-dung/{item_of(held)}/ket-qua/"
    refused = client.post(address, online)
    assert (refused.status_code, "Điều 17, 10/2022/QH15" in text(refused)) == (422, True)
    many = client.post(address, online | {"way": "meeting", "votes_for": "10"})
    assert "Có 10 phiếu mà chỉ 9 hộ dự họp" in text(many)
    done = client.post(address, online | {"way": "meeting"}, follow=True)
    assert "9/10 hộ (90%) đồng ý" in text(done)
    assert "chưa xác nhận" in text(done)
    assert client.post(f"/hop/{held.pk}/chot/").status_code == 422
    names = {"capacity": [code for code, _name in SIGNED], "name": [name for _code, name in SIGNED]}
    client.post(f"/hop/{held.pk}/nguoi-ky/", names)
    closed = client.post(f"/hop/{held.pk}/chot/", follow=True)
    assert "Đã chốt biên bản" in text(closed)
    decision = Decision.objects.get()
    public = text(Client().get(f"/cong-khai/quyet-dinh/{decision.uid}/"))
    assert "Thông qua" in public
    assert "9/10 hộ" in public
    assert "25.000.000 đồng" in public
    assert Client().get(f"/pdf/cong-khai/quyet-dinh/{decision.uid}/").content.startswith(b"%PDF")
    listing = text(client.get(f"/dia-ban/{here}/hop/?loai=contribution&kq=met"))
    assert "Góp làm đường ngõ 3" in listing
    assert "Chưa có quyết định nào" in text(client.get(f"/dia-ban/{here}/hop/?kq=not_met"))
    csv = client.get(f"/dia-ban/{here}/hop/quyet-dinh.csv").content.decode("utf-8-sig")
    assert "Góp làm đường ngõ 3" in csv
    assert client.post(address, online | {"way": "meeting"}).status_code == 422


def test_the_call_is_pasted_printed_and_read_by_anybody_with_the_link(
    client: Client, here: int, listed: list[int]
) -> None:
    day = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1).strftime("%d/%m/%Y")
    client.post(f"/dia-ban/{here}/hop/moi/", CALL | {"day": day, "uid": str(uuid.uuid4())})
    meeting = Meeting.objects.get()
    page = text(client.get(f"/hop/{meeting.pk}/"))
    assert "MỜI HỌP XÓM KHE CỐC" in page
    link = f"/cong-khai/hop/{meeting.uid}/"
    assert link in page
    assert "Góp làm đường ngõ 3" in text(Client().get(link))
    assert client.get(f"/hop/{meeting.pk}/giay-moi.pdf").content.startswith(b"%PDF")
    assert Client().get(f"/cong-khai/hop/{uuid.uuid4()}/").status_code == 404
    assert Client().get(f"/cong-khai/quyet-dinh/{uuid.uuid4()}/").status_code == 404


def test_ballots_are_printed_scanned_back_and_taken_once(
    client: Client, demo: Any, listed: list[int], held: Meeting
) -> None:
    client.post(f"/hop/{held.pk}/diem-danh/", {"cach": "so", "present": "4"})
    client.post(f"/hop/{held.pk}/phieu/", {"viec": "phat"})
    code = Ballot.objects.order_by("pk")[0].code
    pdf = client.get(f"/hop/{held.pk}/phieu.pdf").content
    assert pdf.startswith(b"%PDF")
    assert f'value="{code}"' in text(client.get(f"/hop/{held.pk}/phieu/?ma={code}"))
    assert client.post(f"/hop/{held.pk}/phieu/", {"code": code}).status_code == 302
    again = client.post(f"/hop/{held.pk}/phieu/", {"code": code})
    assert (again.status_code, "không nhận lần thứ hai" in text(again)) == (422, True)
    assert client.post(f"/hop/{held.pk}/phieu/", {"code": "SAI"}).status_code == 422
    assert code not in text(client.get(f"/hop/{held.pk}/phieu/?tt=chua"))


def test_minutes_in_word_name_signatories_and_what_is_not_confirmed(
    demo: Any, client: Client, listed: list[int], held: Meeting
) -> None:
    head, now = demo.post("trưởng xóm Khe Cốc"), timezone.now()
    actions.count_present(by=head, at=now, meeting_id=held.pk, present=9)
    actions.record_votes(by=head, at=now, item_id=item_of(held), votes_for=7, votes_against=2)
    actions.name_signatories(by=head, at=now, meeting_id=held.pk, names=SIGNED[:2])
    word = WordFile(io.BytesIO(client.get(f"/hop/{held.pk}/bien-ban.docx").content))
    told = "\n".join(
        [p.text for p in word.paragraphs] + [c.text for t in word.tables for r in t.rows for c in r.cells]
    )
    assert "7/10 hộ (70%) đồng ý; cần từ 2/3 tổng số hộ trở lên, tức từ 7 hộ" in told
    assert "Quy định chưa xác nhận với bản gốc" in told
    assert "Ký Kín Một" in told
    assert told.count("ĐẠI DIỆN HỘ GIA ĐÌNH") >= 2
    assert "Tên Kín" not in told
    above = demo.visit("văn phòng Thái Nguyên")
    other = WordFile(io.BytesIO(above.get(f"/hop/{held.pk}/bien-ban.docx").content))
    assert not any("Ký Kín" in c.text for t in other.tables for r in t.rows for c in r.cells)
    assert client.get(f"/hop/{held.pk}/bien-ban.exe").status_code == 404


def test_formulas_are_tried_side_by_side_and_one_is_chosen_on_screen(
    client: Client, listed: list[int], held: Meeting
) -> None:
    address = f"/hop/{held.pk}/noi-dung/{item_of(held)}/cach-tinh/"
    assert "Chưa thử cách tính nào" in text(client.get(address))
    client.post(address, {"viec": "thu", "kind": "household", "rate": "2.500.000", "uid": str(uuid.uuid4())})
    client.post(
        address,
        {"viec": "thu", "kind": "person", "rate": "250.000", "cap": "2.400.000", "uid": str(uuid.uuid4())},
    )
    page = text(client.get(address))
    assert "22.500.000" in page
    assert "1 hộ không tính" in page
    assert "1 hộ vượt mức trần" in page
    assert "H003" not in page
    assert "Lý do kín" not in page
    measured = text(client.get(address + "?cach=frontage"))
    assert f'name="m-{listed[0]}"' in measured
    assert f'name="m-{listed[2]}"' not in measured
    metres = {f"m-{each}": "12,5" for each in listed if each != listed[2]}
    wrong = client.post(
        address, {"viec": "thu", "kind": "frontage", "total": "80.000.000", **metres, f"m-{listed[1]}": ""}
    )
    assert (wrong.status_code, "Hộ H002 chưa có số mét" in text(wrong)) == (422, True)
    assert 'value="12,5"' in text(wrong)
    trial = re.search(r'name="trial" value="(\d+)"', page)
    assert trial
    client.post(address, {"viec": "chon", "trial": trial[1]})
    assert "Mỗi hộ như nhau: 2.500.000 đồng mỗi hộ" in text(client.get(f"/hop/{held.pk}/"))
    sheet = client.get(address[:-1] + ".csv").content.decode("utf-8-sig").splitlines()
    assert sheet[1] == "H001,2.500.000,250.000"
    assert len(sheet) == 11


def test_an_earlier_decision_is_entered_from_its_papers(client: Client, here: int) -> None:
    address = f"/dia-ban/{here}/hop/quyet-dinh-cu/"
    told = {
        "kind": "contribution",
        "subject": "Góp 2,5 triệu đồng mỗi hộ",
        "decided_on": "01/06/2022",
        "passed": "met",
        "form": "resolution",
        "source": "",
    }
    wrong = client.post(address, told)
    assert (wrong.status_code, "Hãy ghi nguồn" in text(wrong), told["subject"] in text(wrong)) == (
        422,
        True,
        True,
    )
    page = text(client.post(address, told | {"source": "Báo Lạng Sơn"}, follow=True))
    assert told["subject"] in page
    assert "theo tài liệu" in page


def test_photos_prove_the_meeting(client: Client, held: Meeting) -> None:
    sent = SimpleUploadedFile("hop.jpg", photo().getvalue(), content_type="image/jpeg")
    answer = client.post(f"/hop/{held.pk}/anh/", {"files": [sent]}, follow=True)
    assert "Đã nhận 1 tệp" in text(answer)
    assert "hop.jpg" in text(answer)
    assert client.post(f"/hop/{held.pk}/anh/", {}).status_code == 422


@pytest.mark.parametrize("name", ["households", "meetings", "call_meeting", "enter_decision"])
def test_pages_of_a_place_say_what_is_not_there_yet_and_speak_english(
    demo: Any, here: int, name: str
) -> None:
    for language in ("vi", "en"):
        client = demo.visit("trưởng xóm Khe Cốc", language=language)
        assert client.get(reverse(f"office:{name}", kwargs={"place_id": here})).status_code == 200


def test_the_page_of_a_meeting_asks_a_fixed_number_of_queries(
    demo: Any, client: Client, listed: list[int], held: Meeting, queries_of: Any
) -> None:
    address = f"/hop/{held.pk}/"
    client.get(address)
    before = queries_of(lambda: client.get(address))
    head, now = demo.post("trưởng xóm Khe Cốc"), timezone.now()
    for number in range(5):
        item = actions.Matter("other", f"Việc {number}")
        actions.add_item(by=head, at=now, meeting_id=held.pk, item=item)
    ballots.issue(by=head, at=now, meeting_id=held.pk)
    assert queries_of(lambda: client.get(address)) == before <= 30

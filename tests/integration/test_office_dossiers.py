"""Screens of dossiers: the list, a dossier's page and its forms, papers to take away, the council."""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.integration.evidence_samples import pdf

from chungtay.core.actors import SystemActor
from chungtay.people.models import Post, User
from chungtay.recognition.dossiers import actions, queries, whole_files
from chungtay.recognition.dossiers.models import CouncilMeeting, Dossier, DossierEvent, Registration
from rulebook.standings import Said

MODEL, COMMUNE = "xom-kieu-mau-thai-nguyen", "xa-ntm-2026-2030"
HEAD, OFFICER, OFFICE, STRANGER = (
    "trưởng xóm Khe Cốc",
    "cán bộ Vô Tranh",
    "văn phòng Thái Nguyên",
    "cán bộ Quảng Lạc",
)
SYSTEM = SystemActor(label="Người dựng thử")
PAPER = "Hồ sơ lưu tại UBND xã"
LIST_BOUND, PAGE_BOUND = 20, 50  # queries of a page, whatever the number of dossiers


def text(response: Any) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def today() -> str:
    return timezone.localdate().strftime("%d/%m/%Y")


@pytest.fixture
def told(demo: Any) -> Dossier:
    """Khe Cốc's dossier as the story tells it: decided."""
    return Dossier.objects.get(place_id=demo.place("khe_coc"), year=2023)


@pytest.fixture
def opened(demo: Any, now: datetime) -> Dossier:
    """A dossier of Khe Cốc for this year, with nothing recorded yet."""
    return actions.open_dossier(
        by=demo.post(HEAD),
        at=timezone.now(),
        place_id=demo.place("khe_coc"),
        standard_code=MODEL,
        year=timezone.localdate().year,
        opened_on=timezone.localdate(),
    )


def send(client: Client, dossier: Dossier, tail: str, **sent: Any) -> Any:
    return client.post(f"/ho-so/{dossier.pk}/{tail}", {"on": today()} | sent, follow=True)


PAGES = (
    "",
    "tieu-chi/",
    "tieu-chi/self_assess/",
    "viec/register/",
    "ke/notice/",
    "tra/verify/",
    "rut/",
    "quyet-dinh/",
    "dieu-kien/criteria/",
    "giay/choice/",
    "giay/choice/word/",
    "hoi-dong/",
    "ca-bo/",
    "muc-luc.pdf",
    "giay-moi/notice.docx",
)


def test_a_dossier_is_for_the_posts_over_its_place_and_not_there_for_others(
    demo: Any, opened: Dossier
) -> None:
    head, stranger = demo.visit(HEAD), demo.visit(STRANGER)
    for tail in PAGES:
        assert head.get(f"/ho-so/{opened.pk}/{tail}").status_code == 200, tail
        shut = stranger.get(f"/ho-so/{opened.pk}/{tail}")
        assert shut.status_code == 404, tail
        assert "kiểu mẫu" not in text(shut)
    assert head.get(f"/ho-so/{opened.pk}/viec/khong-co/").status_code == 404
    assert head.get(f"/ho-so/{opened.pk}/giay/khong-co/").status_code == 404
    assert demo.visit("người dân").get(f"/ho-so/{opened.pk}/").status_code == 403


def test_one_reads_what_comes_next_whose_it_is_and_why_nobody_decides(demo: Any, opened: Dossier) -> None:
    page = text(demo.visit(HEAD).get(f"/ho-so/{opened.pk}/"))
    assert "Ban Chỉ đạo xã chọn xóm" in page
    assert "không làm thay được" in page  # its button is shut for the head, in a sentence
    assert "ai làm bước “Quyết định công nhận”" in page
    assert "không có hiệu lực vào ngày" in page  # the standard's period is over: said on the first page
    assert re.search(r"Chức danh của bạn lập.*Báo cáo kết quả", page)
    officer = text(demo.visit(OFFICER).get(f"/ho-so/{opened.pk}/"))
    assert f"/ho-so/{opened.pk}/viec/register/" in officer


def test_a_told_dossier_says_until_when_and_misses_nothing(demo: Any, told: Dossier) -> None:
    page = text(demo.visit(HEAD).get(f"/ho-so/{told.pk}/"))
    assert "đến 24/05/2023" in page
    assert "còn thiếu" not in page
    assert "Rà soát ở trang danh hiệu" in page
    assert "chậm" not in page  # the yearly review is the title's
    assert "Chữ ký của văn bản: quyết định công nhận" in page


def test_pages_ask_a_fixed_number_of_queries(demo: Any, opened: Dossier, told: Dossier) -> None:
    office = demo.visit(OFFICE)
    province = demo.post(OFFICE).place_id

    def cost(address: str) -> int:
        office.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(address).status_code == 200
        return len(asked)

    listed, shown = f"/dia-ban/{province}/cong-nhan/", f"/ho-so/{opened.pk}/"
    before, page = cost(listed), cost(shown)
    send(demo.visit(OFFICER), opened, "viec/register/")
    actions.open_dossier(
        by=demo.post(OFFICER),
        at=timezone.now(),
        place_id=demo.post(OFFICER).place_id,
        standard_code=COMMUNE,
        year=2026,
        opened_on=timezone.localdate(),
    )
    assert cost(listed) <= before + 1  # a procedure not met before is read once
    assert cost(listed) <= LIST_BOUND
    assert cost(shown) <= page + 1
    assert page <= PAGE_BOUND


def test_the_list_sorts_filters_and_says_where_no_day_is_set(
    demo: Any, opened: Dossier, told: Dossier
) -> None:
    office, province = demo.visit(OFFICE), demo.post(OFFICE).place_id
    address = f"/dia-ban/{province}/cong-nhan/"
    page = text(office.get(address))
    assert "không đặt hạn" in page
    assert "đúng hạn" not in page
    rising, falling = (text(office.get(f"{address}?xep={order}")) for order in ("nam", "-nam"))
    assert rising.index(f"/ho-so/{told.pk}/") < rising.index(f"/ho-so/{opened.pk}/")
    assert falling.index(f"/ho-so/{told.pk}/") > falling.index(f"/ho-so/{opened.pk}/")
    assert f"/ho-so/{opened.pk}/" not in text(office.get(f"{address}?trang-thai=decided"))
    assert "Không có hồ sơ nào như vậy" in text(office.get(f"{address}?tim=khongco&xep=lạ&trang=x"))
    assert office.get(f"{address}bang.csv?xep=nam").status_code == 200
    assert office.get(f"/dia-ban/{province}/cong-nhan/lich/?thang=99999-99").status_code == 200
    assert f'href="/ho-so/{opened.pk}/"' in text(office.get(f"/dia-ban/{opened.place_id}/"))


NONSENSE = ("", "x", "31/02/2026", "9" * 40, "-1", "1,5", "<b>\u0000", "01/01/0001")


@pytest.mark.parametrize(
    "tail",
    [
        "viec/hamlet_meeting/",
        "ke/notice/",
        "ke/decide/",
        "tra/verify/",
        "rut/",
        "quyet-dinh/",
        "dieu-kien/criteria/",
        "tieu-chi/verify/",
        "giay/choice/",
        "hoi-dong/",
    ],
)
def test_nonsense_in_any_field_is_a_sentence_and_what_was_typed_stays(
    demo: Any, opened: Dossier, unchanged: Callable[..., Any], tail: str
) -> None:
    client = demo.visit(OFFICER if not tail.startswith(("quyet", "hoi")) else OFFICE)
    page = client.get(f"/ho-so/{opened.pk}/{tail}").content.decode()
    page = page[page.index("<main") : page.index("</main")]
    names = set(re.findall(r'<(?:input(?! type="hidden")|select|textarea)[^>]* name="([^"]+)"', page))
    assert names, page
    words = NONSENSE[:-1] if tail == "giay/choice/" else NONSENSE  # an original may be as old as it likes
    for word in words:
        sent = dict.fromkeys(names, word) | {"source": "Công văn 9/CV-UBND"}
        with unchanged():
            answer = client.post(f"/ho-so/{opened.pk}/{tail}", sent)
        assert answer.status_code in (403, 422), (word, text(answer)[:900])
        if answer.status_code == 422 and 'name="source"' in page:
            assert "Công văn 9/CV-UBND" in text(answer)


@pytest.mark.parametrize("tail", ["dang-ky", "mo-ho-so"])
def test_opening_and_registering_keep_what_was_typed(
    demo: Any, unchanged: Callable[..., Any], tail: str
) -> None:
    address = f"/dia-ban/{demo.place('khe_coc')}/cong-nhan/{tail}/"
    head = demo.visit(HEAD)
    for word in NONSENSE:
        fields = ("standard_code", "year", "due_on", "opened_on", "note")
        with unchanged():
            answer = head.post(address, dict.fromkeys(fields, word) | {"source": "Kế hoạch 12"})
        assert answer.status_code == 422, word
        assert 'value="Kế hoạch 12"' in text(answer)


def test_a_form_sent_twice_is_written_once(demo: Any, opened: Dossier) -> None:
    officer, uid = demo.visit(OFFICER), str(uuid.uuid4())
    for _time in range(2):
        assert send(officer, opened, "viec/register/", uid=uid, note="Chọn").status_code == 200
    assert DossierEvent.objects.filter(dossier=opened).count() == 1
    year = {"standard_code": MODEL, "year": "2026", "source": "Kế hoạch 12", "uid": str(uuid.uuid4())}
    for _time in range(2):
        demo.visit(HEAD).post(f"/dia-ban/{opened.place_id}/cong-nhan/dang-ky/", year)
    assert Registration.objects.filter(source="Kế hoạch 12").count() == 1


def test_criteria_are_written_before_a_step_is_concluded_and_sending_back_gives_the_reason(
    demo: Any, opened: Dossier
) -> None:
    head, officer = demo.visit(HEAD), demo.visit(OFFICER)
    send(officer, opened, "viec/register/")
    numbers = list(queries.criteria_of(opened.pk, on=timezone.localdate()))
    met = {f"verdict-{number}": "met" for number in numbers} | {f"way-{number}": "desk" for number in numbers}
    assert "Kết luận" in text(send(head, opened, "tieu-chi/self_assess/", **met))
    send(head, opened, "viec/self_assess/")
    counts = {"households": "140", "present": "120", "for": "118", "against": "2"}
    assert "118" in text(send(head, opened, "viec/hamlet_meeting/", **counts))
    for paper in ("choice", "results_report", "proofs", "hamlet_minutes"):
        assert "Đã lập văn bản" in text(send(officer, opened, f"giay/{paper}/lap/")), paper
    wrong = send(officer, opened, "tieu-chi/verify/", **met | {f"verdict-{numbers[0]}": "not_met"})
    assert wrong.status_code == 422
    assert "hãy nêu lý do" in text(wrong)
    assert f'name="reason-{numbers[0]}"' in text(wrong)
    wrong = send(officer, opened, "viec/verify/")
    assert wrong.status_code == 422
    assert "Hãy ghi kết quả từng tiêu chí trước." in text(wrong)
    page = text(send(officer, opened, "tra/verify/", to="self_assess", reason="Thiếu số liệu thu nhập"))
    assert "Thiếu số liệu thu nhập" in page
    assert "Đã trả lại 1 lần" in page
    assert "Đã rút" in text(send(head, opened, "rut/", reason="Để sang năm"))
    assert "Hồ sơ này đã rút" in text(send(officer, opened, "giay/choice/lap/"))


@pytest.fixture
def before_council(demo: Any) -> Dossier:
    """A commune's dossier of this year that a council may be called for."""
    officer = demo.post(OFFICER)
    return actions.open_dossier(
        by=officer,
        at=timezone.now(),
        place_id=officer.place_id,
        standard_code=COMMUNE,
        year=2026,
        opened_on=timezone.localdate(),
    )


def test_a_council_is_called_the_roll_taken_and_a_ballot_cast_once(
    demo: Any, before_council: Dossier
) -> None:
    office, province = demo.visit(OFFICE), demo.post(OFFICE).place_id
    user = User.objects.create(username="uyvien", display_name="Ủy viên", created=timezone.now())
    seat = Post.objects.create(
        user=user, role="council_member", place_id=province, label="Ủy viên", valid_from=date(2020, 1, 1)
    )
    member = Client()
    member.force_login(user)
    typed = {"held_on": today(), "basis": "QĐ 15/QĐ-UBND", "chair": str(seat.pk)}
    wrong = office.post(
        f"/ho-so/{before_council.pk}/hoi-dong/", typed | {"held_on": "mai", "members": seat.pk}
    )
    assert wrong.status_code == 422
    assert 'value="QĐ 15/QĐ-UBND"' in text(wrong)
    page = text(office.post(f"/ho-so/{before_council.pk}/hoi-dong/", typed, follow=True))
    assert "Chưa kiểm tra lại khai báo nào" in page
    sitting = CouncilMeeting.objects.get()
    address = f"/hoi-dong/{sitting.pk}/"
    assert demo.visit(STRANGER).get(address).status_code == 404
    assert "chưa có mặt" in text(member.post(address, {"viec": "bo-phieu", "says": "for"}))
    office.post(address, {"viec": "diem-danh", f"attendance-{seat.pk}": "present"})
    uid = str(uuid.uuid4())
    for _time in range(2):
        assert member.post(address, {"viec": "bo-phieu", "says": "for", "uid": uid}).status_code == 302
    again = member.post(address, {"viec": "bo-phieu", "says": "against", "uid": str(uuid.uuid4())})
    assert "mỗi thành viên một phiếu" in text(again)
    for word in NONSENSE[1:]:
        typed = {"viec": "ket-qua", "paper-for": word, "note": "Họp tại trụ sở"}
        wrong = office.post(address, typed)
        assert wrong.status_code == 422, word
        assert "Họp tại trụ sở" in text(wrong)
    assert office.post(address, {"viec": "la"}).status_code == 404
    assert "Giấy mời" in text(office.get(address))
    assert office.get(f"/ho-so/{before_council.pk}/giay-moi/{sitting.step}.pdf").status_code == 200


def test_the_whole_file_opens_at_once_until_a_scan_is_brought_and_is_then_bound_for_who_asked(
    demo: Any, opened: Dossier
) -> None:
    head, officer = demo.visit(HEAD), demo.visit(OFFICER)
    address = f"/ho-so/{opened.pk}/ca-bo"
    assert "Mở cả bộ (PDF)" in text(head.get(f"{address}/"))
    made = head.get(f"{address}.pdf")
    assert made.content.startswith(b"%PDF")
    file = SimpleUploadedFile("bien-ban.pdf", pdf().getvalue(), "application/pdf")
    sent = officer.post(f"/ho-so/{opened.pk}/giay/choice/tep/", {"files": file}, follow=True)
    assert "Đã nhận tệp" in text(sent)
    assert head.get(f"{address}.pdf").status_code == 404
    assert "Đóng cả bộ hồ sơ" in text(head.get(f"{address}/"))
    assert "Đã nhận yêu cầu" in text(head.post(f"{address}/", follow=True))
    whole_files.bind.call(dossier_id=opened.pk, post_id=demo.post(HEAD).pk)
    bound = head.get(f"{address}.pdf")
    assert b"".join(bound.streaming_content).startswith(b"%PDF")
    assert officer.get(f"{address}.pdf").status_code == 404  # bound with what the head may see


def test_a_paper_page_shuts_what_is_not_of_the_post_and_shows_its_signatures(
    demo: Any, opened: Dossier
) -> None:
    head = demo.visit(HEAD)
    shut = text(head.get(f"/ho-so/{opened.pk}/giay/choice/"))
    assert "không làm thay được" in shut
    assert "Lập văn bản</button>" not in shut
    located = {"name": "Thông báo 3/TB-UBND", "location": "Tủ 2"}
    send(demo.visit(OFFICER), opened, "giay/choice/", **located)
    page = text(head.get(f"/ho-so/{opened.pk}/giay/choice/"))
    assert "Nơi lưu bản giấy: Tủ 2" in page
    assert "Chưa có bằng chứng nào là văn bản này đã được ký." in page
    assert queries.standing(opened.pk, on=timezone.localdate()).events == ()
    assert Said.DONE.value not in page

"""Evidence on officers' screens: the shelf of an indicator, sending, the page of a file, flags, the bytes."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.integration import evidence_samples as made

from chungtay.evidence import jobs
from chungtay.evidence.kinds import MB
from chungtay.evidence.models import File, Flag, Proof, Withdrawal
from chungtay.figures import actions as figures_deeds
from chungtay.figures import queries as figures
from chungtay.figures.ruling import rule_on
from chungtay.figures.rulings import rulings_asked
from chungtay.standards import queries as standards
from chungtay.territory.actions import found_place
from rulebook import StatedGrade, Verdict

SMART = "xom-thong-minh-thai-nguyen"
COMMUNE = "xa-ntm-2021-2025"
AREA = "khu-dan-cu-kieu-mau-ha-tinh"
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
HEAD, OFFICER, AUDITOR, STRANGER = (
    "trưởng xóm Khe Cốc",
    "cán bộ Vô Tranh",
    "đoàn kiểm tra",
    "cán bộ Quảng Lạc",
)
ON = date(2023, 5, 24)


@pytest.fixture
def criterion(demo: Any) -> str:
    """The page of criterion 3 of the smart hamlet, where the cameras stand."""
    return f"/dia-ban/{demo.place('khe_coc')}/{SMART}/tieu-chi/3/"


@pytest.fixture
def head(demo: Any) -> Client:
    return demo.visit(HEAD)  # type: ignore[no-any-return]


@pytest.fixture
def cameras(demo: Any) -> str:
    """The uid of the figure: seven cameras."""
    return str(figures.current(demo.place("khe_coc"), ["security_cameras"], ON)["security_cameras", ""].uid)


def upload(content: io.BytesIO, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.getvalue())


def text(response: Any) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def sent(head: Client, criterion: str, cameras: str) -> File:
    """A photograph of 2019, sent by the head, with its copies made."""
    picture = made.photo(51, exif=made.exif_of("2019:01:01 00:00:00"))
    head.post(criterion + "minh-chung/", {"figure": cameras, "files": [upload(picture)]})
    file = File.objects.latest("pk")
    jobs.make_copies.call(file_id=file.pk)
    file.refresh_from_db()
    return file


def test_each_indicator_shows_how_strongly_it_is_proved(head: Client, criterion: str) -> None:
    page = text(head.get(criterion + "?ngay=24/05/2023"))
    assert page.count('class="shelf"') >= 2
    assert "Số camera an ninh hoạt động hiệu quả: 7 camera (24/05/2023)" in page
    assert 'grade-documented">có tệp minh chứng' in page  # the drawn photograph of the story
    assert 'grade-stated">chỉ có lời ghi' in page
    assert "minh-hoa-cameras.jpg" in page


def test_the_page_of_a_figure_and_its_history_show_how_strongly_it_is_proved(demo: Any, head: Client) -> None:
    cameras = figures.current(demo.place("khe_coc"), ["security_cameras"], ON)["security_cameras", ""]
    page = text(head.get(f"/so-lieu/{cameras.id}/"))
    assert 'grade-documented">có tệp minh chứng' in page and "minh-hoa-cameras.jpg" in page
    history = text(head.get(f"/dia-ban/{demo.place('khe_coc')}/so-do/security_cameras/"))
    assert 'grade-documented">có tệp minh chứng' in history


def test_a_stated_verdict_is_proved_by_the_paper_that_states_it(demo: Any) -> None:
    place, officer = demo.place("quang_lac"), demo.visit(STRANGER)
    address = f"/dia-ban/{place}/{COMMUNE}/tieu-chi/2/"
    row = figures_deeds.state_verdict(
        by=demo.post(STRANGER),
        at=AT,
        place_id=place,
        standard_code=COMMUNE,
        kind="criterion",
        code="2",
        grade=StatedGrade.BASICALLY_MET,
        on=date(2024, 5, 24),
        source="Biên bản thẩm tra của huyện",
    )
    page = text(officer.get(address + "?ngay=24/05/2024"))
    assert "Công bố: cơ bản đạt (24/05/2024)" in page
    shelf = page.split('id="minh-chung-cong-bo"')[1].split("</p>")[0]
    assert "chỉ có lời ghi" in shelf
    sent = {"figure": str(row.uid), "files": [upload(made.docx(), "bien-ban.docx")]}
    answer = officer.post(address + "minh-chung/?ngay=24/05/2024", sent)
    assert answer["Location"].endswith("#minh-chung-cong-bo")
    proof = Proof.objects.latest("pk")
    assert (proof.kind, proof.ref, proof.place_id) == ("verdict", str(row.uid), place)
    assert proof.label.startswith("2. ") and proof.label.endswith("Công bố: cơ bản đạt (24/05/2024)")
    page = text(officer.get(address + "?ngay=24/05/2024"))
    assert "có tệp minh chứng" in page.split('id="minh-chung-cong-bo"')[1].split("</p>")[0]
    assert "bien-ban.docx" in page
    assert (
        figures.judge_place(place, COMMUNE, on=date(2024, 5, 24)).finding.criterion("2").stated
        == "basically_met"
    )


def test_a_ruling_is_proved_by_files_and_only_by_who_may_send_there(demo: Any) -> None:
    area = found_place(
        name="Xóm Trên", kind="khu dân cư", level="area", parent=demo.place("khe_coc"), valid_from=None,
        by=demo.post(OFFICER), at=AT,
    ).id  # fmt: skip
    (asked,) = rulings_asked(standards.adopted(AREA).standard)
    row = rule_on(
        by=demo.post(OFFICER),
        at=AT,
        place_id=area,
        standard_code=AREA,
        code=asked.code,
        verdict=Verdict.MET,
        evidence="Biên bản thẩm định số 3",
        on=date(2024, 5, 1),
    )
    address, day = f"/dia-ban/{area}/{AREA}/ket-luan/{asked.code}/", "?ngay=01/11/2024"
    officer = demo.visit(OFFICER)
    page = text(officer.get(address + day))
    assert "Kết luận: đạt (01/05/2024)" in page and "chỉ có lời ghi" in page

    def send(by: Client) -> Any:
        sent = {"figure": str(row.uid), "files": [upload(made.docx(), "bien-ban.docx")]}
        return by.post(address + "minh-chung/" + day, sent)

    send(demo.visit(STRANGER))
    assert not Proof.objects.filter(kind="ruling").exists()
    answer = send(officer)
    assert f"#minh-chung-{asked.code}" in answer["Location"]
    page = text(officer.get(address + day))
    assert "có tệp minh chứng" in page and "bien-ban.docx" in page
    assert officer.post(address + "minh-chung/" + day, {"figure": "khác"}).status_code == 404
    assert officer.get(address + "minh-chung/" + day).status_code == 405


def test_several_files_are_sent_at_once_and_each_stands_for_itself(
    head: Client, criterion: str, cameras: str
) -> None:
    files = [
        upload(made.photo(61)),
        upload(io.BytesIO(b"MZ" * 50), "virus.jpg"),
        upload(made.docx(), "bb.docx"),
    ]
    before = File.objects.count()
    answer = head.post(criterion + "minh-chung/", {"figure": cameras, "files": files}, follow=True)
    page = text(answer)
    assert answer.redirect_chain[0][0].endswith("#minh-chung-3.1")
    assert File.objects.count() == before + 2
    assert "Đã nhận 2 tệp." in page
    assert "“virus.jpg”: không phải loại tệp nhận được" in page
    assert {proof.label for proof in Proof.objects.filter(ref=cameras)} >= {
        "Số camera an ninh hoạt động hiệu quả: 7 camera (24/05/2023)"
    }


def test_what_is_odd_is_said_at_once_and_the_file_is_kept(head: Client, criterion: str, cameras: str) -> None:
    old = upload(made.photo(62, exif=made.exif_of("2019:01:01 00:00:00")))
    page = text(head.post(criterion + "minh-chung/", {"figure": cameras, "files": [old]}, follow=True))
    assert "Đã nhận 1 tệp." in page
    assert "Có 1 điểm cần người khác xem lại; tệp vẫn được tính." in page


def test_a_file_that_is_too_large_is_let_go_of_on_the_way(
    head: Client, criterion: str, cameras: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    receive = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, raw, start: kept.append(len(raw)) or receive(self, raw, start),
    )
    huge = SimpleUploadedFile("to.jpg", made.photo().getvalue()[:1000] + bytes(40 * MB))
    small = upload(made.photo(63))
    before = File.objects.count()
    answer = head.post(criterion + "minh-chung/", {"figure": cameras, "files": [huge, small]}, follow=True)
    page = text(answer)
    assert "“to.jpg” lớn hơn 30 MB, mức cao nhất cho ảnh JPEG" in page
    assert "Đã nhận 1 tệp." in page
    assert File.objects.count() == before + 1
    assert sum(kept) <= 31 * MB


@pytest.mark.parametrize(
    ("form", "told"), [({}, "Chưa chọn tệp nào"), ({"files": "text"}, "Chưa chọn tệp nào")]
)
def test_sending_nothing_is_said(
    form: dict[str, str], told: str, head: Client, criterion: str, cameras: str
) -> None:
    assert told in text(head.post(criterion + "minh-chung/", {"figure": cameras, **form}, follow=True))


@pytest.mark.parametrize("ref", ["", "1", "c0ffee00-0000-4000-8000-000000000000", "'; DROP TABLE"])
def test_a_figure_that_is_not_here_gets_no_evidence(
    ref: str, head: Client, criterion: str, unchanged: Callable[[], Any]
) -> None:
    with unchanged():
        answer = head.post(criterion + "minh-chung/", {"figure": ref, "files": [upload(made.photo(64))]})
    assert answer.status_code == 404
    assert "Số liệu này không còn" in text(answer)


@pytest.mark.parametrize("by", [AUDITOR, STRANGER])
def test_who_may_not_send_is_told_so_on_the_shelf_and_by_the_deed(
    by: str, demo: Any, criterion: str, cameras: str, unchanged: Callable[[], Any]
) -> None:
    client = demo.visit(by)
    page = text(client.get(criterion + "?ngay=24/05/2023"))
    assert "không được gửi tệp minh chứng" in page or "chỉ được gửi tệp minh chứng trong địa bàn" in page
    assert 'type="file"' not in page
    with unchanged():
        answer = client.post(
            criterion + "minh-chung/", {"figure": cameras, "files": [upload(made.photo(65))]}
        )
    assert answer.status_code == 403


def test_sending_needs_the_token_of_a_form(demo: Any, criterion: str, cameras: str) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(demo.post(HEAD).user)
    before = File.objects.count()
    answer = careful.post(criterion + "minh-chung/", {"figure": cameras, "files": [upload(made.photo(66))]})
    assert (answer.status_code, File.objects.count()) == (403, before)


def test_htmx_is_led_back_to_the_page(head: Client, criterion: str, cameras: str) -> None:
    answer = head.post(
        criterion + "minh-chung/",
        {"figure": cameras, "files": [upload(made.photo(67))]},
        headers={"HX-Request": "true"},
    )
    assert "#minh-chung-3.1" in answer["HX-Redirect"]


# The page of a file


def test_the_page_says_what_is_read_and_what_is_odd(demo: Any, sent: File) -> None:
    page = text(demo.visit(OFFICER).get(f"/minh-chung/{sent.pk}/"))
    assert "00:00 01/01/2019" in page
    assert "21,70440; 105,77200" in page
    assert "Chụp ngày 01/01/2019, còn điều cần chứng minh là của 24/05/2023." in page
    assert sent.sha256 in page
    assert "Ghi kết luận" in page


def test_the_sender_reads_why_another_must_settle(head: Client, sent: File) -> None:
    page = text(head.get(f"/minh-chung/{sent.pk}/"))
    assert "không được xem xét cờ nghi vấn" in page
    assert "Ghi kết luận" not in page


def test_a_flag_is_settled_on_the_page(demo: Any, sent: File) -> None:
    officer, flag = demo.visit(OFFICER), Flag.objects.get(proof__file=sent)
    assert "Chụp ngày 01/01/2019" in text(officer.get("/co-nghi-van/"))
    address = f"/minh-chung/{sent.pk}/co/{flag.pk}/"
    wrong = officer.post(address, {"outcome": "", "reason": "Đã xem"})
    assert (wrong.status_code, Flag.objects.filter(settlement=None).count()) == (422, 1)
    page = text(officer.post(address, {"outcome": "fine", "reason": "Đã xem tại chỗ"}, follow=True))
    assert "đã xem, không sai" in page
    assert "Đã xem tại chỗ" in page
    assert "Không có cờ nào đang chờ" in text(officer.get("/co-nghi-van/"))


def test_flags_are_listed_for_who_settles_them(demo: Any, sent: File) -> None:
    assert demo.visit(HEAD).get("/co-nghi-van/").status_code == 403
    assert "Không có cờ nào đang chờ" in text(demo.visit(STRANGER).get("/co-nghi-van/"))
    assert "Cờ nghi vấn" in text(demo.visit(OFFICER).get("/"))
    assert "Cờ nghi vấn" not in text(demo.visit(HEAD).get("/"))


def test_a_proof_is_withdrawn_on_the_page(head: Client, sent: File) -> None:
    proof = Proof.objects.get(file=sent)
    address = f"/minh-chung/{sent.pk}/rut/{proof.pk}/"
    assert head.post(address, {"reason": ""}).status_code == 422
    assert "Gửi nhầm" in text(head.post(address, {"reason": "Gửi nhầm"}, follow=True))
    assert Withdrawal.objects.get().proof_id == proof.pk


@pytest.mark.parametrize(
    ("form", "boxes"),
    [
        ({"boxes": "10,20,300,400;500,500,100,100"}, [[10, 20, 300, 400], [500, 500, 100, 100]]),
        ({"left": "10", "top": "20 %", "width": "30", "height": "40"}, [[100, 200, 300, 400]]),
        (
            {"boxes": "0,0,5,5", "left": "0", "top": "0", "width": "100", "height": "100"},
            [[0, 0, 5, 5], [0, 0, 1000, 1000]],
        ),
    ],
    ids=["drawn", "typed", "both"],
)
def test_rectangles_are_drawn_or_typed(
    form: dict[str, str], boxes: list[list[int]], head: Client, sent: File
) -> None:
    answer = head.post(f"/minh-chung/{sent.pk}/che/", form, follow=True)
    assert answer.status_code == 200
    assert [row.boxes for row in sent.redactions.all()] == [boxes]
    assert "Ảnh xem đang được làm." in text(answer)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"boxes": "x"},
        {"boxes": "1,2,3"},
        {"boxes": "9999,0,1,1"},
        {"left": "10"},
        {"left": "1", "top": "-1", "width": "1,5", "height": "a"},
        {"left": "90", "top": "0", "width": "20", "height": "10"},
    ],
)
def test_a_rectangle_that_is_none_is_said_and_what_was_typed_stays(
    form: dict[str, str], head: Client, sent: File, unchanged: Callable[[], Any]
) -> None:
    with unchanged():
        answer = head.post(f"/minh-chung/{sent.pk}/che/", form)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert all(f'value="{typed}"' in text(answer) for typed in form.values())


def test_another_s_file_is_not_there_by_any_address(demo: Any, sent: File) -> None:
    stranger, flag, proof = (
        demo.visit(STRANGER),
        Flag.objects.get(proof__file=sent),
        Proof.objects.get(file=sent),
    )
    base = f"/minh-chung/{sent.pk}/"
    for address in (base, base + "tep-goc/", base + "anh/display/", base + "anh/thumb/"):
        answer = stranger.get(address)
        assert answer.status_code == 404
        assert sent.name not in text(answer)
    posts = {
        base + "che/": {"boxes": "0,0,9,9"},
        base + f"co/{flag.pk}/": {"outcome": "fine", "reason": "x"},
        base + f"rut/{proof.pk}/": {"reason": "x"},
    }
    assert {stranger.post(address, form).status_code for address, form in posts.items()} == {404}


@pytest.mark.parametrize("path", ["che/", "co/1/", "rut/1/"])
def test_a_deed_is_not_done_by_looking(path: str, head: Client, sent: File) -> None:
    assert head.get(f"/minh-chung/{sent.pk}/{path}").status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/minh-chung/999999/", "/minh-chung/999999/tep-goc/", "/minh-chung/999999999999999999/anh/thumb/"],
)
def test_a_file_that_never_was_is_not_there(address: str, head: Client) -> None:
    assert head.get(address).status_code == 404


def test_there_is_no_copy_of_a_size_nobody_made(head: Client, sent: File) -> None:
    assert head.get(f"/minh-chung/{sent.pk}/anh/huge/").status_code == 404


# Bytes


def test_an_original_is_only_ever_a_download(head: Client, sent: File) -> None:
    answer = head.get(f"/minh-chung/{sent.pk}/tep-goc/")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert answer["Content-Disposition"] == 'attachment; filename="anh.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["ETag"] == f'"{sent.sha256}"'
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_name_cannot_reach_into_the_headers(head: Client, criterion: str, cameras: str) -> None:
    photo = upload(made.photo(71), 'Đường "xóm"; a=b.jpg')
    head.post(criterion + "minh-chung/", {"figure": cameras, "files": [photo]})
    answer = head.get(f"/minh-chung/{File.objects.latest('pk').pk}/tep-goc/")
    told = answer["Content-Disposition"]
    assert told.startswith("attachment; filename*=utf-8''")
    assert not set(told.partition("''")[2]) & set('";\n ')
    assert b"".join(answer.streaming_content)


def test_a_copy_is_shown_in_the_page_and_not_sent_twice(head: Client, sent: File) -> None:
    address = f"/minh-chung/{sent.pk}/anh/thumb/"
    answer = head.get(address, headers={"Accept-Encoding": "gzip"})
    body = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"].startswith("inline")
    assert len(body) == int(answer["Content-Length"])
    again = head.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=5-999999999", 206, slice(5, None)),
        ("bytes=99999999-", 200, slice(None)),
        ("bytes=9-1", 200, slice(None)),
        ("bytes=-5", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
    ],
)
def test_a_part_may_be_asked_for(asked: str, status: int, part: slice, head: Client, sent: File) -> None:
    address = f"/minh-chung/{sent.pk}/tep-goc/"
    whole = b"".join(head.get(address).streaming_content)
    answer = head.get(address, headers={"Range": asked, "Accept-Encoding": "gzip"})
    body = b"".join(answer.streaming_content)
    assert (answer.status_code, body) == (status, whole[part])
    assert int(answer["Content-Length"]) == len(body)
    assert answer["Content-Disposition"].startswith("attachment")
    if status == 206:
        assert answer["Content-Range"].endswith(f"/{len(whole)}")


def test_the_page_of_a_criterion_costs_the_same_however_many_files_there_are(
    head: Client, criterion: str, cameras: str, queries_of: Callable[..., int]
) -> None:
    def look() -> None:
        assert head.get(criterion + "?ngay=24/05/2023").status_code == 200

    few = queries_of(look)
    files = [upload(made.photo(seed)) for seed in range(81, 89)]
    head.post(criterion + "minh-chung/", {"figure": cameras, "files": files}, follow=True)
    assert queries_of(look) == few

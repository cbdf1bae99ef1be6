"""Which files are kept and what is read from them; which are refused, and that the sentence says what to do."""

import io
import os
import random
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, BinaryIO

import pytest
from PIL import Image, PngImagePlugin
from tests.integration import evidence_samples as made

from chungtay.core.refusals import Refusal
from chungtay.evidence import pictures, videos
from chungtay.evidence.examining import clean_name, examine
from chungtay.evidence.grading import Grade, grade_of, weakest
from chungtay.evidence.kinds import KINDS, MB, sniff


class Huge(io.RawIOBase):
    """A file with a true beginning and an untrue size: what is larger than may be kept is never read through."""

    def __init__(self, head: bytes, size: int) -> None:
        self.head, self.size, self.where, self.read_in_all = head, size, 0, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.where = offset + (self.size if whence == 2 else 0)
        return self.where

    def read(self, size: int = -1) -> bytes:
        got = self.head[self.where : self.where + size] if size > 0 else self.head[self.where :]
        self.read_in_all += len(got)
        self.where += len(got)
        return got


def refused(content: BinaryIO, name: str = "anh.jpg") -> str:
    with pytest.raises(Refusal) as told:
        examine(content, name)
    (fault,) = told.value.faults
    assert fault.field == "files"
    return fault.sentence


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (made.photo, "jpeg"),
        (lambda: made.saved(made.drawn(), "PNG"), "png"),
        (lambda: made.saved(made.drawn(), "WEBP"), "webp"),
        (made.heic, "heic"),
        (made.pdf, "pdf"),
        (made.docx, "docx"),
        (made.xlsx, "xlsx"),
        (made.odt, "odt"),
        (made.video, "mp4"),
        (lambda: made.video(b"qt  "), "mov"),
    ],
)
def test_a_file_is_known_by_its_content_whatever_it_is_called(
    make: Callable[[], BinaryIO], kind: str
) -> None:
    found = examine(make(), "biên bản.exe")
    assert (found.kind.code, found.name) == (kind, "biên bản.exe")
    assert len(found.sha256) == 64


@pytest.mark.parametrize("make", [made.photo, made.heic])
def test_time_place_and_device_are_read_from_a_picture(make: Callable[[], BinaryIO]) -> None:
    read = examine(make(), "a").reading
    assert read.taken_at is not None
    assert read.taken_at.isoformat() == "2023-05-20T09:30:00+07:00"
    assert abs((read.lat_e6 or 0) - 21_704_400) < 5
    assert abs((read.lon_e6 or 0) - 105_772_000) < 5
    assert read.device.startswith("Phone")
    assert not read.lost_exif


def test_a_zone_written_by_the_device_is_believed() -> None:
    read = examine(made.photo(exif=made.exif_of(offset="+09:00")), "a").reading
    assert read.taken_at is not None
    assert read.taken_at.astimezone(UTC) == datetime(2023, 5, 20, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "2023-05-20", "2023:13:40 25:61:00", "    ", "x" * 5000]
)
def test_a_time_that_is_none_is_no_time(taken: str) -> None:
    read = examine(made.photo(exif=made.exif_of(taken)), "a").reading
    assert read.taken_at is None
    assert read.lost_exif  # the device is named, and writes one


@pytest.mark.parametrize("at", [(0.0, 0.0), (95.0, 200.0)])
def test_a_position_that_is_none_is_no_position(at: tuple[float, float]) -> None:
    read = examine(made.photo(exif=made.exif_of(at=at)), "a").reading
    assert (read.lat_e6, read.lon_e6) == (None, None)


def test_broken_words_in_a_picture_do_not_cost_the_picture() -> None:
    bytes_ = made.photo().getvalue()
    at = bytes_.index(b"Exif\0\0") + 6
    broken = bytes_[:at] + b"\xff" * 60 + bytes_[at + 60 :]
    read = examine(io.BytesIO(broken), "a").reading
    assert (read.taken_at, read.lat_e6, read.width) == (None, None, 640)


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("IMG_20230520_093000.jpg", True),
        ("20230520_093000.jpg", True),
        ("DSC_0012.JPG", True),
        ("ban-do.jpg", False),
    ],
)
def test_a_name_only_cameras_give_tells_that_the_time_was_lost(name: str, lost: bool) -> None:
    assert examine(made.photo(exif=Image.Exif()), name).reading.lost_exif is lost


def test_a_picture_lying_on_its_side_is_stood_up() -> None:
    found = examine(made.photo(exif=made.exif_of(orientation=6)), "a")
    assert (found.reading.width, found.reading.height) == (480, 640)
    copy = pictures.copies(made.photo(exif=made.exif_of(orientation=6)), KINDS["jpeg"], [])["display"]
    assert Image.open(io.BytesIO(copy)).size == (480, 640)


def test_a_video_says_when_it_was_made() -> None:
    assert examine(made.video(), "a").reading.taken_at == datetime(2023, 5, 20, 2, tzinfo=UTC)
    unset = datetime(1904, 1, 1, tzinfo=UTC)
    assert examine(made.video(made=unset), "a").reading.taken_at is None


# Refused


def test_a_photograph_of_500_mb_is_refused_without_being_read() -> None:
    huge = Huge(made.photo().getvalue()[:4096], 500 * MB)
    sentence = refused(huge, "anh-lon.jpg")  # type: ignore[arg-type]
    assert sentence == (
        "“anh-lon.jpg” lớn hơn 30 MB, mức cao nhất cho ảnh JPEG. Hãy chụp lại ở cỡ thường, hoặc gửi bản ảnh nhỏ hơn."
    )
    assert huge.read_in_all <= 4096


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_each_kind_has_a_largest_size(kind: Any) -> None:
    assert 0 < kind.cap <= 200 * MB


@pytest.mark.parametrize(
    "content", [b"MZ\x90\0", b"GIF89a", b"#!/bin/sh", b"\0" * 40, b"<html>", b"{}", b"\x7fELF"]
)
def test_what_is_none_of_the_kinds_is_refused_with_the_kinds_that_are(content: bytes) -> None:
    sentence = refused(io.BytesIO(content * 10), "anh.jpg")
    assert "không phải loại tệp nhận được" in sentence
    assert "PDF" in sentence


def test_an_empty_file_is_refused() -> None:
    assert "rỗng" in refused(io.BytesIO())


def test_a_zip_bomb_is_refused_unopened() -> None:
    bomb = made.xlsx(xl__sheet1=bytes(80 * MB))
    assert len(bomb.getvalue()) < MB
    sentence = refused(bomb, "so-lieu.xlsx")
    assert "nén quá chặt: mở ra sẽ thành 81 MB" in sentence


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = made.xlsx(xl__sheet1=bytes(30 * MB)).getvalue()
    true_size, told = struct.pack("<I", 30 * MB), struct.pack("<I", 1000)
    assert bomb.count(true_size) == 2
    assert "hỏng" in refused(io.BytesIO(bomb.replace(true_size, told)), "so-lieu.xlsx")


def test_an_office_file_with_too_many_parts_is_refused() -> None:
    assert "nén quá chặt" in refused(made.xlsx(**{f"xl__{n}": b"" for n in range(10_001)}))


def test_a_list_of_parts_too_long_to_read_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    many = made.xlsx(**{f"xl__{n}": b"" for n in range(70_000)})
    monkeypatch.setattr("zipfile.ZipFile.__init__", lambda *_: pytest.fail("was opened"))
    assert "hỏng" in refused(io.BytesIO(many.getvalue()), "a.xlsx")
    assert "vừa là ZIP" in refused(_joined(made.photo(), many))


def test_a_zip_that_is_no_office_file_is_refused() -> None:
    assert "không phải loại tệp nhận được" in refused(made.packed({"anh.jpg": b"x"}))
    assert "không phải loại tệp nhận được" in refused(
        made.packed({"[Content_Types].xml": b"", "ppt/presentation.xml": b""})
    )


@pytest.mark.parametrize(
    "content",
    [
        made.packed({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"}),
        made.packed(
            {
                "[Content_Types].xml": b'<Override ContentType="application/vnd.ms-word.macroEnabled+xml"/>',
                "word/document.xml": b"",
            }
        ),
        made.packed(
            {
                "[Content_Types].xml": b" " * 2 * MB + b"application/vnd.ms-word.macroEnabled",
                "word/document.xml": b"",
            }
        ),
        made.packed({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""}),
        made.odt(**{"Basic/Standard/Module1.xml": b"<script/>"}),
    ],
    ids=["vba", "declared", "declared late", "excel 4", "odt"],
)
def test_an_office_file_with_macros_is_refused(content: BinaryIO) -> None:
    sentence = refused(content, "biên bản.docx")
    assert "có chương trình (macro)" in sentence
    assert "Hãy lưu lại thành" in sentence


def _with_locked_flag(content: io.BytesIO) -> io.BytesIO:
    """The same package with the flag that says its parts are locked."""
    out = bytearray(content.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(mark, at + 4)
    return io.BytesIO(bytes(out))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    "content",
    [
        io.BytesIO(OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)),
        _with_locked_flag(made.xlsx()),
        made.odt(**{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
    ],
    ids=["office", "zip", "odt"],
)
def test_a_locked_office_file_is_refused(content: BinaryIO) -> None:
    assert "có mật khẩu" in refused(content, "so-lieu.xlsx")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_asks_for_a_password_is_refused(algorithm: str) -> None:
    sentence = refused(made.locked_pdf("bi mat", algorithm), "bien-ban.pdf")
    assert "có mật khẩu" in sentence
    assert "bỏ mật khẩu rồi lưu lại" in sentence


def test_a_pdf_that_only_forbids_printing_is_kept() -> None:
    assert examine(made.locked_pdf(""), "quyet-dinh.pdf").kind.code == "pdf"


def test_a_pdf_that_speaks_of_locks_is_kept_and_one_whose_lock_nobody_knows_is_refused() -> None:
    whole = made.pdf().getvalue()
    spoken = whole.replace(b"\nstartxref", b"\n% see /Encrypt in the manual\nstartxref")
    assert spoken != whole
    assert examine(io.BytesIO(spoken), "a.pdf").kind.code == "pdf"
    strange = made.locked_pdf("").getvalue().replace(b"/Filter /Standard", b"/Filter /Unknown0")
    assert "có mật khẩu" in refused(io.BytesIO(strange), "a.pdf")


def test_word_and_excel_of_the_old_form_are_sent_back_to_be_saved_anew() -> None:
    sentence = refused(io.BytesIO(OLE + bytes(5000)), "bang.xls")
    assert "kiểu cũ" in sentence
    assert ".xlsx" in sentence


def _joined(*parts: BinaryIO) -> io.BytesIO:
    return io.BytesIO(b"".join(part.getvalue() for part in parts))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "other"),
    [
        (_joined(made.photo(), made.packed({"x.exe": b"MZ"})), "ZIP"),
        (_joined(made.pdf(), made.packed({"x.exe": b"MZ"})), "ZIP"),
        (
            io.BytesIO(
                made.photo(exif=Image.Exif()).getvalue()[:20] + b"%PDF-1.4" + made.photo().getvalue()[20:]
            ),
            "PDF",
        ),
        (io.BytesIO(b"%PDF-1.4\n<html><script>alert(1)</script>\n%%EOF"), "HTML"),
    ],
    ids=["jpeg and zip", "pdf and zip", "jpeg and pdf", "pdf and html"],
)
def test_a_file_with_two_faces_is_refused(content: BinaryIO, other: str) -> None:
    assert f"vừa là {other} trong cùng một tệp" in refused(content)


def test_an_office_file_behind_something_else_is_refused() -> None:
    program = io.BytesIO(b"PK\x03\x04" + b"MZ" * 400)
    assert "hỏng" in refused(_joined(program, made.docx()), "a.docx")


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (made.photo, "a.jpg"),
        (made.heic, "a.heic"),
        (lambda: made.saved(made.drawn(), "PNG"), "a.png"),
        (lambda: made.saved(made.drawn(), "WEBP"), "a.webp"),
        (made.pdf, "a.pdf"),
        (made.docx, "a.docx"),
        (made.video, "a.mp4"),
    ],
)
def test_a_file_cut_off_is_refused(make: Callable[[], BinaryIO], name: str) -> None:
    whole = make().getvalue()  # type: ignore[attr-defined]
    sentence = refused(io.BytesIO(whole[: len(whole) * 2 // 3]), name)
    assert "hỏng" in sentence or "cắt cụt" in sentence or "không đọc được" in sentence


def test_a_picture_with_too_many_points_is_refused_before_it_is_unpacked() -> None:
    bomb = made.saved(Image.new("1", (12_000, 12_000)), "PNG")
    assert "12000 × cao 12000 điểm ảnh" in refused(bomb)


def test_words_hidden_in_a_picture_cannot_swell() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x" * (20 * MB), zip=True)
    assert refused(made.saved(made.drawn(), "PNG", pnginfo=info), "a.png")


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_is_refused_or_survived_and_never_a_crash(seed: int) -> None:
    chance = random.Random(seed)
    makers: list[Callable[[], Any]] = [made.photo, made.heic, made.docx, made.odt, made.video, made.pdf]
    content = bytearray(makers[seed % len(makers)]().getvalue())
    for _ in range(chance.randrange(1, 60)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        examine(io.BytesIO(bytes(content)), "a")
    except Refusal as told:
        assert told.faults[0].sentence.endswith(".")


# Names, looks, grades


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Anh\\họp xóm.jpg", "họp xóm.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nX: y\0.jpg", "aX: y.jpg"),
        ("", "tệp không tên"),
        ("đ" * 300 + ".jpeg", "đ" * 195 + ".jpeg"),
    ],
)
def test_a_name_is_kept_as_words_and_nothing_else(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def test_a_picture_saved_again_smaller_and_worse_looks_the_same_and_others_do_not() -> None:
    prints = []
    for seed in range(12):
        whole = made.drawn(seed, (1200, 900))
        worse = Image.open(made.saved(whole.resize((480, 360)), "JPEG", quality=40))
        one, other = (pictures.fingerprint_of(each.convert("L")) for each in (whole, worse))
        assert pictures.is_near(one, other)
        assert set(pictures.bands_of(one)) & set(pictures.bands_of(other))
        prints.append(one)
    assert not any(pictures.is_near(a, b) for n, a in enumerate(prints) for b in prints[:n])


def test_two_prints_within_reach_always_share_a_band() -> None:
    for seed in range(300):
        chance = random.Random(seed)
        bits = chance.getrandbits(64)
        other = bits
        for bit in chance.sample(range(64), pictures.NEAR):
            other ^= 1 << bit
        one, two = f"{bits:016x}", f"{other:016x}"
        assert pictures.is_near(one, two)
        assert set(pictures.bands_of(one)) & set(pictures.bands_of(two))


def test_a_blank_sheet_looks_like_nothing() -> None:
    assert pictures.fingerprint_of(Image.new("L", (800, 600), 250)) == ""


def test_copies_hold_nothing_of_the_file_s_own_words() -> None:
    for size, copy in pictures.copies(made.photo(size=(2400, 1800)), KINDS["jpeg"], []).items():
        image = Image.open(io.BytesIO(copy))
        assert image.format == "WEBP"
        assert not dict(image.getexif())
        assert max(image.size) == pictures.SIZES[size]
        assert b"X100" not in copy


def test_a_blurred_rectangle_is_unreadable_and_the_rest_is_as_it_was() -> None:
    board = Image.new("RGB", (1000, 1000), "white")
    for x in range(0, 1000, 10):
        board.paste("black", (x, 0, x + 5, 1000))
    copy = pictures.copies_of(board, [(200, 200, 400, 400)])["display"]
    seen = Image.open(io.BytesIO(copy)).convert("L")
    low, high = seen.crop((230, 230, 570, 570)).getextrema()
    assert high - low < 40
    low, high = seen.crop((700, 700, 990, 990)).getextrema()
    assert high - low > 200


def test_a_still_is_made_by_ffmpeg_where_there_is_one(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert videos.still_copies(made.video()) == {}
    made.drawn().save(tmp_path / "one.png")
    stand_in = tmp_path / "ffmpeg"
    stand_in.write_text(f'#!/bin/sh\nfor last; do :; done\n/bin/cp {tmp_path}/one.png "$last"\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert set(videos.still_copies(made.video())) == set(pictures.SIZES)


def test_avif_is_not_taken_for_heic() -> None:
    assert sniff(made.box(b"ftyp", b"mif1" + bytes(4) + b"mif1avif")) == ""
    assert sniff(made.box(b"ftyp", b"mif1" + bytes(4) + b"mif1heic")) == "heic"


@pytest.mark.parametrize(
    ("claimed", "files", "confirmed", "grade"),
    [
        (False, 0, False, Grade.NONE),
        (False, 3, True, Grade.NONE),
        (True, 0, False, Grade.STATED),
        (True, 1, False, Grade.DOCUMENTED),
        (True, 0, True, Grade.CHECKED),
        (True, 5, True, Grade.CHECKED),
    ],
)
def test_the_four_grades(claimed: bool, files: int, confirmed: bool, grade: Grade) -> None:
    assert grade_of(claimed=claimed, files=files, confirmed=confirmed) is grade


def test_what_rests_on_several_claims_is_as_strong_as_the_weakest() -> None:
    assert weakest([Grade.CHECKED, Grade.STATED, Grade.DOCUMENTED]) is Grade.STATED
    assert weakest([]) is Grade.NONE

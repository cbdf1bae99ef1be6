"""PDF and office files: only those that anybody can open and that run nothing."""

import zipfile
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from chungtay.evidence.kinds import MB, Kind
from chungtay.evidence.reading import Unreadable

MOST_PARTS: Final = 10_000
MOST_UNPACKED: Final = 300 * MB
MOST_RATIO: Final = 100  # how often smaller than its content an honest office file may be …
_SMALL: Final = 20 * MB  # … once the content is larger than this

_ENCRYPTED: Final = 0x1
_LARGEST_LIST: Final = 2 * MB  # of parts; longer ones are not even read
_END_OF_LIST: Final = b"PK\x05\x06"
_LOCKED_PACKAGE: Final = "EncryptedPackage".encode(
    "utf-16-le"
)  # the stream in which Office keeps a locked file
_MACRO_PARTS: Final = ("vbaproject.bin", "macrosheets/", "activex/", "basic/", "scripts/")


def kind_of_zip(content: BinaryIO) -> str:
    """docx, xlsx or odt by what is inside; "" for any other ZIP, which is not opened further."""
    with _open(content) as package:
        names = set(package.namelist())
        if "[Content_Types].xml" in names:
            main = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
            return next((code for part, code in main.items() if part in names), "")
        if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
            told = _part(package, "mimetype")
            return "odt" if told == b"application/vnd.oasis.opendocument.text" else ""
    return ""


def check(content: BinaryIO, kind: Kind, size: int) -> None:
    """Unreadable unless the file can be kept. A PDF needs no more than what `examining` asks of every file."""
    if kind.code == "pdf":
        return
    with _open(content) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        if (
            len(parts) > MOST_PARTS
            or unpacked > MOST_UNPACKED
            or (unpacked > _SMALL and unpacked > size * MOST_RATIO)
        ):
            raise Unreadable(
                _(
                    "nén quá chặt: mở ra sẽ thành %(size)s MB. Tệp như vậy làm treo máy người mở nên không nhận. "
                    "Hãy bỏ phần trống thừa rồi lưu lại."
                )
                % {"size": f"{-(-unpacked // MB)}"}
            )
        if any(part.flag_bits & _ENCRYPTED for part in parts) or _is_locked(package):
            raise Unreadable(_say_locked())
        if any(mark in part.filename.lower() for part in parts for mark in _MACRO_PARTS) or _has_macros(
            package
        ):
            raise Unreadable(_say_macros())
        if min(part.header_offset for part in parts) != 0:
            raise Unreadable(_say_broken())
        try:
            broken = package.testzip()  # also finds a part that is larger than it says
        except Exception:  # a broken file breaks its reader in any way
            broken = "?"
        if broken:
            raise Unreadable(_say_broken())


def say_old_office(content: BinaryIO) -> str:
    """Why a file of Office's old form is not kept: locked, or of a kind that may carry macros unseen."""
    content.seek(0)
    before = b""
    while chunk := content.read(MB):
        if _LOCKED_PACKAGE in before + chunk:
            return _say_locked()
        before = chunk[-64:]
    return _(
        "là tệp Word hoặc Excel kiểu cũ (.doc, .xls), có thể giấu chương trình nên không nhận. "
        "Hãy mở ra và lưu lại thành .docx, .xlsx hoặc PDF."
    )


def is_zip(content: BinaryIO) -> bool:
    """Whether another program would find a ZIP with something in it here, wherever it begins."""
    try:
        with _open(content) as package:
            return bool(package.infolist())
    except Unreadable:
        return _length_of_list(content) > _LARGEST_LIST


def _length_of_list(content: BinaryIO) -> int:
    """How many bytes the list of parts takes, as its end says; 0 when there is none."""
    size = content.seek(0, 2)
    content.seek(max(size - 66_000, 0))  # 22 bytes, and a comment of 65.535 at most
    end = content.read()
    at = end.rfind(_END_OF_LIST)
    return int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0


def _open(content: BinaryIO) -> zipfile.ZipFile:
    if _length_of_list(content) > _LARGEST_LIST:
        raise Unreadable(_say_broken())
    content.seek(0)
    try:
        return zipfile.ZipFile(content)
    except Exception:  # a broken file breaks its reader in any way
        raise Unreadable(_say_broken()) from None


def _is_locked(package: zipfile.ZipFile) -> bool:
    """ODT keeps its parts locked one by one, and says so in its list of parts."""
    return b"encryption-data" in _part(package, "META-INF/manifest.xml")


def _has_macros(package: zipfile.ZipFile) -> bool:
    return b"macroenabled" in _part(package, "[Content_Types].xml").lower()


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a small part, b"" when it is not there or cannot be read."""
    try:
        with package.open(name) as part:
            return part.read(MB)
    except Exception:  # a broken file breaks its reader in any way; `testzip` will say so
        return b""


def _say_locked() -> str:
    return _("có mật khẩu nên không ai kiểm tra được. Hãy mở ra, bỏ mật khẩu rồi lưu lại và gửi.")


def _say_macros() -> str:
    return _(
        "có chương trình (macro) bên trong nên không nhận. Hãy lưu lại thành .docx hoặc .xlsx không macro, hay PDF."
    )


def _say_broken() -> str:
    return _("hỏng hoặc bị cắt cụt, không mở được đến hết. Hãy mở bằng Word hoặc Excel, lưu lại rồi gửi.")

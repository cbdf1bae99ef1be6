"""Bytes somebody sent → tables. Its kind is told by its bytes, never by its name; what is unsafe is refused."""

import zipfile
from fractions import Fraction
from xml.parsers import expat

from chungtay.core import packages
from chungtay.core.packages import Unsafe, Why
from chungtay.core.refusals import Fault, Refusal
from chungtay.standards.annex import excel, word
from chungtay.standards.annex.tables import Table
from viet.numbers import format_number

MAX_BYTES = 10_000_000
MAX_UNPACKED = 60_000_000  # all XML parts of one file; a set of a hundred indicators unpacks to about 1 MB
MAX_PARTS = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files, and of encrypted new ones
_SAVE_AS = (
    "Hãy mở tệp bằng Word hoặc Excel, chọn Lưu thành (Save As) dạng .docx hoặc .xlsx, rồi tải lên bản đó."
)


def read_tables(data: bytes, name: str) -> tuple[Table, ...]:
    """Every table (DOCX) or sheet (XLSX) of a file, spans resolved and footnotes attached. `name` only names it.

    Raises Refusal with a sentence when the file is not one of the two, unsafe, too big, damaged or without a table.
    """
    kind = kind_of(data, name)
    try:
        tables = word.tables(data) if kind == "docx" else excel.tables(data)
    except Refusal:
        raise
    except Exception:  # the libraries raise anything over a damaged file
        raise _refusal(
            f"Tệp “{name[:80]}” bị hỏng hoặc không đúng dạng {kind.upper()}, không đọc được bảng nào. {_SAVE_AS}"
        ) from None
    if not tables:
        raise _refusal(
            f"Tệp “{name[:80]}” không có bảng nào. Nếu phụ lục là ảnh chụp hoặc bản quét thì không đọc được: "
            "hãy xin bản Word hoặc Excel của văn bản, hoặc nhập từng chỉ tiêu."
        )
    return tables


def kind_of(data: bytes, name: str, *, most: int = MAX_BYTES, unpacked: int = MAX_UNPACKED) -> str:
    """“docx” or “xlsx”, after everything that makes a file unfit has been refused.

    most, unpacked: bytes of the file, and of what it unpacks to.
    """
    shown = f"Tệp “{name[:80]}”"
    if not data:
        raise _refusal(f"{shown} trống (0 byte). Hãy chọn lại tệp.")
    if len(data) > most:
        raise _refusal(f"{shown} nặng quá {_megabytes(most)} MB. Hãy tách riêng phần cần nhập rồi tải lên.")
    if data.startswith(_OLE):
        raise _refusal(f"{shown} {_old(data)}")
    if data.startswith(b"%PDF"):
        raise _refusal(
            f"{shown} là PDF. Bảng trong PDF không đọc chắc chắn được. "
            "Hãy xin bản Word hoặc Excel của văn bản, hoặc nhập từng chỉ tiêu."
        )
    if data.startswith(b"{\\rtf") or data[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(
        (b"<html", b"<!doctype", b"mime-version", b"<?xml", b"<table")
    ):
        raise _refusal(f"{shown} là trang web hoặc văn bản kiểu cũ mang đuôi Word, Excel. {_SAVE_AS}")
    if not data.startswith(b"PK"):
        raise _refusal(f"{shown} không phải là tệp Word (.docx) hay Excel (.xlsx). {_SAVE_AS}")
    try:
        with packages.opened(data, parts=MAX_PARTS, unpacked=unpacked) as parts:
            return _kind_of_package(parts, shown)
    except Unsafe as unsafe:
        raise _refusal(f"{shown} {_why(unsafe, unpacked)}") from None


def _why(unsafe: Unsafe, unpacked: int) -> str:
    if unsafe.why is Why.SWELLS:
        return (
            f"bung ra quá {_megabytes(unpacked)} MB nên không được mở. "
            "Hãy chép riêng bảng cần nhập (không kèm ảnh) sang một tệp mới."
        )
    if unsafe.why is Why.LOCKED:
        return "được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên."
    return "bị hỏng, không mở được. Hãy tải lại từ nguồn rồi thử lại."


def _kind_of_package(parts: zipfile.ZipFile, shown: str) -> str:
    if packages.beginning(parts, "mimetype").startswith(b"application/vnd.oasis"):
        raise _refusal(f"{shown} là tệp LibreOffice (.odt, .ods). {_SAVE_AS}")
    types = packages.beginning(parts, "[Content_Types].xml")
    if packages.has_macros(parts):
        raise _refusal(
            f"{shown} có macro (mã chạy được) nên không được mở. Hãy lưu lại dạng .docx hoặc .xlsx thường."
        )
    for info in parts.infolist():
        _check_prolog(parts, info, shown)
    if b"wordprocessingml.document.main+xml" in types:
        return "docx"
    if b"spreadsheetml.sheet.main+xml" in types:
        return "xlsx"
    raise _refusal(f"{shown} là tệp nén nhưng không phải Word (.docx) hay Excel (.xlsx). {_SAVE_AS}")


class _Begun(Exception):
    """The root element has begun: no document type can follow."""


def _check_prolog(parts: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> None:
    """Refuse a part that declares a document type: Office never writes one, and entities make a small file huge."""

    def declared(*_: object) -> None:
        raise _refusal(f"{shown} chứa khai báo XML không an toàn nên không được mở. {_SAVE_AS}")

    def begun(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        with parts.open(info) as stream:
            while chunk := stream.read(4096):
                parser.Parse(chunk, False)
    except _Begun:
        return
    except expat.ExpatError:  # a picture, or a broken part
        if not info.filename.lower().endswith((".xml", ".rels")):
            return
        raise _refusal(f"{shown} bị hỏng ở phần “{info.filename[:80]}”. {_SAVE_AS}") from None


def _old(data: bytes) -> str:
    """What an OLE container holds, by the names in its directory."""
    held = packages.held_by_old_office(data)
    if "EncryptedPackage" in held:
        return "được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lên."
    kind = "Word kiểu cũ (.doc)" if "WordDocument" in held else "Excel kiểu cũ (.xls)"
    if not held:
        kind = "Office kiểu cũ"
    return f"là tệp {kind}, không đọc được. {_SAVE_AS}"


def _megabytes(size: int) -> str:
    return format_number(Fraction(size, 1_000_000), 1)


def _refusal(sentence: str) -> Refusal:
    return Refusal(Fault(sentence, field="file"))

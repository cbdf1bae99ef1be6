"""PDF and office files: only those that anybody can open and that run nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final
from zipfile import ZipFile

from django.utils.translation import gettext as _
from pypdf import PdfReader

from chungtay.core import packages
from chungtay.core.packages import MB, OFFICE_RATIO, Unsafe, Why
from chungtay.evidence.kinds import Kind
from chungtay.evidence.reading import Unreadable

_LOCK: Final = b"/encrypt"  # in the trailer of a PDF, which is never itself locked or packed


def kind_of_zip(content: BinaryIO) -> str:
    """docx, xlsx or odt by what is inside; "" for any other ZIP, which is not opened further."""
    with _opened(content) as package:
        names = set(package.namelist())
        if "[Content_Types].xml" in names:
            main = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
            return next((code for part, code in main.items() if part in names), "")
        told = packages.beginning(package, "mimetype")
        return "odt" if told == b"application/vnd.oasis.opendocument.text" else ""


def check(content: BinaryIO, kind: Kind) -> None:
    """Unreadable unless the file can be kept."""
    if kind.code == "pdf":
        return _check_pdf(content)
    with _opened(content) as package:
        if packages.is_locked_odt(package):
            raise Unreadable(_say_locked())
        if packages.has_macros(package):
            raise Unreadable(_say_macros())
        if (
            packages.begins_with_more(package) or package.testzip()
        ):  # which also finds a part larger than it says
            raise Unreadable(_say_broken())
    return None


def say_old_office(content: BinaryIO) -> str:
    """Why a file of Office's old form is not kept: locked, or of a kind that may carry macros unseen."""
    if "EncryptedPackage" in packages.held_by_old_office(content):
        return _say_locked()
    return _(
        "là tệp Word hoặc Excel kiểu cũ (.doc, .xls), có thể giấu chương trình nên không nhận. "
        "Hãy mở ra và lưu lại thành .docx, .xlsx hoặc PDF."
    )


def _check_pdf(content: BinaryIO) -> None:
    """Refuse a PDF that asks for a password. One that only forbids printing opens for everybody, and is kept."""
    content.seek(0)
    if not packages.marks_in(content, [_LOCK]):  # most files are never parsed at all
        return
    content.seek(0)
    try:
        reader = PdfReader(content)
        opens = not reader.is_encrypted or bool(reader.decrypt(""))
    except (
        Exception
    ):  # a hostile file breaks its reader in any way; a lock nobody knows cannot be opened either
        opens = False
    if not opens:
        raise Unreadable(_say_locked())


@contextmanager
def _opened(content: BinaryIO) -> Iterator[ZipFile]:
    """The package inside, or Unreadable."""
    try:
        with packages.opened(content, ratio=OFFICE_RATIO) as package:
            yield package
    except Unsafe as unsafe:
        raise Unreadable(_say(unsafe)) from None


def _say(unsafe: Unsafe) -> str:
    if unsafe.why is Why.LOCKED:
        return _say_locked()
    if unsafe.why is Why.BROKEN:
        return _say_broken()
    return _(
        "nén quá chặt: mở ra sẽ thành %(size)s MB. Tệp như vậy làm treo máy người mở nên không nhận. "
        "Hãy bỏ phần trống thừa rồi lưu lại."
    ) % {"size": f"{-(-unsafe.unpacked // MB)}"}


def _say_locked() -> str:
    return _("có mật khẩu nên không ai kiểm tra được. Hãy mở ra, bỏ mật khẩu rồi lưu lại và gửi.")


def _say_macros() -> str:
    return _(
        "có chương trình (macro) bên trong nên không nhận. Hãy lưu lại thành .docx hoặc .xlsx không macro, hay PDF."
    )


def _say_broken() -> str:
    return _("hỏng hoặc bị cắt cụt, không mở được đến hết. Hãy mở bằng Word hoặc Excel, lưu lại rồi gửi.")

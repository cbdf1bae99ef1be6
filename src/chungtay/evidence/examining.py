"""What bytes really are: read by content, refused with a sentence when they are not what may be kept.

Nothing here writes anything or asks the database, so it is done before a deed's transaction begins.
"""

import hashlib
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from chungtay.core import packages
from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence import papers, pictures, videos
from chungtay.evidence.kinds import HEAD, KINDS, MB, OLD_OFFICE, ZIPPED, Kind, sniff
from chungtay.evidence.reading import Reading, Unreadable

CHUNK: Final = 1024 * 1024
_TAIL: Final = 2048
_MARKUP: Final = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php")


@dataclass(frozen=True)
class Examined:
    """A file that may be kept. name: as sent, cleaned. fingerprint: of a picture, else ""."""

    kind: Kind
    size: int
    sha256: str
    name: str
    reading: Reading = field(default_factory=Reading)
    fingerprint: str = ""


def examine(content: BinaryIO, name: str) -> Examined:
    """Say what a file is, or refuse it. `content` can be read from anywhere; it is left at its beginning."""
    name = clean_name(name)
    size = content.seek(0, 2)
    head = _at(content, 0, HEAD)
    if not size:
        raise _refusal(_("“%(name)s” rỗng, không có gì bên trong. Hãy chọn lại tệp."), name)
    code = sniff(head)
    try:
        if code == OLD_OFFICE:
            raise Unreadable(papers.say_old_office(content))
        if code == ZIPPED:
            check_size(size, KINDS["docx"], name)
            code = papers.kind_of_zip(content)
        if not code:
            raise Unreadable(
                _(
                    "không phải loại tệp nhận được. Nhận ảnh (JPEG, PNG, WebP, HEIC), PDF, Word (.docx), "
                    "Excel (.xlsx), ODT và video (MP4, MOV). Hãy lưu lại theo một trong các loại đó."
                )
            )
        kind = KINDS[code]
        check_size(size, kind, name)
        _check_one_face(content, kind, head, size)
        reading, fingerprint = _read(content, kind, size, name)
    except Unreadable as problem:
        raise _refusal(_("“%(name)s”: %(why)s"), name, why=str(problem)) from None
    return Examined(kind, size, _digest(content), name, reading, fingerprint)


def check_size(size: int, kind: Kind, name: str) -> None:
    """Refuse what is larger than its kind may be; also asked while a file still arrives."""
    if size <= kind.cap:
        return
    cure = {
        "image": _("Hãy chụp lại ở cỡ thường, hoặc gửi bản ảnh nhỏ hơn."),
        "video": _("Hãy quay ngắn lại hoặc chọn chất lượng thấp hơn."),
    }.get(kind.family, _("Hãy chia tệp thành nhiều phần, hoặc giảm cỡ ảnh trong tệp."))
    raise _refusal(
        _("“%(name)s” lớn hơn %(cap)s MB, mức cao nhất cho %(kind)s. %(cure)s"),
        name,
        cap=str(kind.cap // MB),
        kind=str(kind.name),
        cure=cure,
    )


def clean_name(name: str) -> str:
    """The last part of a name, without anything that is not for reading; at most 200 letters, its ending kept."""
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip()
    if len(plain) > 200:
        stem, dot, ending = plain.rpartition(".")
        ending = f"{dot}{ending}"[:20]
        plain = f"{(stem or plain)[: 200 - len(ending)]}{ending}"
    return plain or _("tệp không tên")


def _read(content: BinaryIO, kind: Kind, size: int, name: str) -> tuple[Reading, str]:
    content.seek(0)
    if kind.family == "image":
        return pictures.read(content, kind, name)
    if kind.family == "video":
        return videos.read(content, size), ""
    papers.check(content, kind)
    return Reading(), ""


def _check_one_face(content: BinaryIO, kind: Kind, head: bytes, size: int) -> None:
    """A file that another program would read as something else is made to deceive, or will be misread."""
    start = head[:1024].lower()
    if kind.code != "pdf" and b"%pdf-" in start:
        raise Unreadable(_say_two_faces(kind, "PDF"))
    if any(mark in start for mark in _MARKUP):
        raise Unreadable(_say_two_faces(kind, "HTML"))
    if kind.code in ("docx", "xlsx", "odt"):
        return
    if packages.lies_within(content):
        raise Unreadable(_say_two_faces(kind, "ZIP"))
    if kind.code == "pdf" and b"%%EOF" not in _at(content, max(size - _TAIL, 0), _TAIL):
        raise Unreadable(_("bị cắt cụt, không đọc được đến hết. Hãy gửi lại tệp đầy đủ."))


def _say_two_faces(kind: Kind, other: str) -> str:
    return _(
        "vừa là %(kind)s vừa là %(other)s trong cùng một tệp. Tệp như vậy có thể dùng để lừa máy nên không nhận. "
        "Hãy chụp hoặc lưu lại từ đầu."
    ) % {"kind": kind.name, "other": other}


def _at(content: BinaryIO, start: int, length: int) -> bytes:
    content.seek(start)
    return content.read(length)


def _digest(content: BinaryIO) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def _refusal(sentence: str, name: str, **words: str) -> Refusal:
    return Refusal(Fault(sentence % {"name": name, **words}, field="files"))

"""What may be kept, told by the first bytes and never by the name, and how large it may be."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MB: Final = 1024 * 1024
HEAD: Final = 4096  # how many first bytes `sniff` wants


@dataclass(frozen=True)
class Kind:
    """One kind of file. family: "image", "paper" or "video". cap: bytes. format: Pillow's name of an image."""

    code: str
    family: str
    name: str | Promise
    media_type: str
    cap: int
    format: str = ""


_OPENXML = "application/vnd.openxmlformats-officedocument"
KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind("jpeg", "image", _("ảnh JPEG"), "image/jpeg", 30 * MB, "JPEG"),
        Kind("png", "image", _("ảnh PNG"), "image/png", 30 * MB, "PNG"),
        Kind("webp", "image", _("ảnh WebP"), "image/webp", 30 * MB, "WEBP"),
        Kind("heic", "image", _("ảnh HEIC"), "image/heic", 30 * MB, "HEIF"),
        Kind("pdf", "paper", _("tệp PDF"), "application/pdf", 50 * MB),
        Kind("docx", "paper", _("tệp Word"), f"{_OPENXML}.wordprocessingml.document", 25 * MB),
        Kind("xlsx", "paper", _("tệp Excel"), f"{_OPENXML}.spreadsheetml.sheet", 25 * MB),
        Kind("odt", "paper", _("tệp văn bản ODT"), "application/vnd.oasis.opendocument.text", 25 * MB),
        Kind("mp4", "video", _("video MP4"), "video/mp4", 200 * MB),
        Kind("mov", "video", _("video MOV"), "video/quicktime", 200 * MB),
    )
}
LARGEST: Final = max(kind.cap for kind in KINDS.values())

ZIPPED: Final = "zip"  # some office file: which one, `papers` finds inside
OLD_OFFICE: Final = "ole"  # Word and Excel up to 2003, and newer ones locked with a password

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"}
_MP4_BRANDS |= {b"3gp4", b"3gp5", b"3gp6"}


def sniff(head: bytes) -> str:
    """The code of the kind that begins with `head`, ZIPPED, OLD_OFFICE, or "" for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return ZIPPED
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLD_OFFICE
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    return ""


def _by_brand(head: bytes) -> str:
    """HEIC, MP4 and MOV are one family of boxes: the first box says which."""
    length = min(int.from_bytes(head[:4], "big"), 256)
    major, others = head[8:12], {head[at : at + 4] for at in range(16, length, 4)}
    if major in _HEIC_BRANDS and not {b"avif", b"avis"} & others:
        return "heic"
    if major == b"qt  ":
        return "mov"
    return "mp4" if major in _MP4_BRANDS else ""

"""What kind of file it is by its content, and what stands in a zip, within limits."""

from pathlib import PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

from chungtay.core import packages
from chungtay.core.refusals import Fault, Refusal

BYTES_AT_MOST: Final = 20_000_000
UNPACKED_AT_MOST: Final = 100_000_000
ENTRIES_AT_MOST: Final = 500

_WANTED: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".kml", ".gpkg", ".geojson", ".json")


def kind_of(data: bytes) -> str:
    """zip, gpkg, kml, geojson, shp, dbf or "" when it is nothing known."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if data[:16] == b"SQLite format 3\x00":
        return "gpkg"
    if data[:4] == b"\x00\x00\x27\x0a":
        return "shp"
    plain = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain[:1] in (b"{", b"["):
        return "geojson"
    if plain[:1] == b"<" and (b"<kml" in plain or b":kml" in plain):
        return "kml"
    return "dbf" if head[:1] == b"\x03" else ""


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a zip that map files are made of, by name. A Refusal for a zip that is none, locked or a bomb."""
    found: dict[str, bytes] = {}
    try:
        with packages.opened(data, parts=ENTRIES_AT_MOST, unpacked=UNPACKED_AT_MOST) as box:
            for entry in box.infolist():
                path = PurePosixPath(entry.filename.replace("\\", "/"))
                is_mac = "__MACOSX" in path.parts or path.name.startswith("._")
                if path.suffix.lower() in _WANTED and not is_mac and not entry.is_dir():
                    found[str(path)] = box.read(entry)
    except packages.Unsafe as unsafe:
        raise Refusal(Fault(_why_words(unsafe.why), "file")) from None
    return found


def _why_words(why: packages.Why) -> str:
    match why:
        case packages.Why.LOCKED:
            return _("Tệp nén có mật khẩu. Hãy nén lại không đặt mật khẩu.")
        case packages.Why.SWELLS:
            told = _(
                "Tệp nén bung ra quá %(size)s MB hoặc quá %(parts)s tệp nên không được mở. Hãy tách nhỏ."
            )
            return told % {"size": UNPACKED_AT_MOST // 1_000_000, "parts": ENTRIES_AT_MOST}
        case packages.Why.BROKEN:
            return _("Tệp nén bị hỏng hoặc tải lên chưa đủ. Hãy nén và tải lại.")

"""What kind of file it is by its content, and what stands in a zip, within limits."""

import io
import lzma
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            entries = [entry for entry in box.infolist() if not entry.is_dir()]
            if len(entries) > ENTRIES_AT_MOST:
                told = _("Tệp nén có %(n)s tệp bên trong, mỗi lần nhận tối đa %(most)s.")
                raise _refused(told % {"n": len(entries), "most": ENTRIES_AT_MOST})
            found: dict[str, bytes] = {}
            room = UNPACKED_AT_MOST
            for entry in entries:
                path = PurePosixPath(entry.filename.replace("\\", "/"))
                if (
                    path.suffix.lower() not in _WANTED
                    or "__MACOSX" in path.parts
                    or path.name.startswith("._")
                ):
                    continue
                if entry.flag_bits & 0x1:
                    raise _refused(_("Tệp nén có mật khẩu. Hãy nén lại không đặt mật khẩu."))
                with box.open(entry) as member:
                    content = member.read(room + 1)  # what the list says of its size is not believed
                room -= len(content)
                if room < 0:
                    told = _("Tệp nén bung ra quá %(most)s MB nên không được mở. Hãy tách nhỏ.")
                    raise _refused(told % {"most": UNPACKED_AT_MOST // 1_000_000})
                found[str(path)] = content
            return found
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
    ):
        raise _refused(_("Tệp nén bị hỏng hoặc tải lên chưa đủ. Hãy nén và tải lại.")) from None


def _refused(sentence: str) -> Refusal:
    return Refusal(Fault(sentence, "file"))

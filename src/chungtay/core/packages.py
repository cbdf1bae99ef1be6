"""Zip packages that others made (.docx, .xlsx, .odt, an archive of law), opened only where they can do no harm.

Every package from outside is opened by `opened` and nowhere else. A hostile one has a list of parts too long to read,
unpacks to more than a memory holds, lies about how much that is, hides what it holds behind a password, carries
programs, or is no package at all. Nothing is ever unpacked to a disk, so the names of parts can lead nowhere.
Who opens one says why it is refused, in the words of its own screen.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from typing import IO, BinaryIO, Final

MB: Final = 1024 * 1024
MOST_PARTS: Final = 10_000
MOST_UNPACKED: Final = 300 * MB
OFFICE_RATIO: Final = 100  # how often smaller than its content an honest office file is at most …
_SMALL: Final = 20 * MB  # … where the content is larger than this

_LOCKED_PART: Final = 0x1
_LARGEST_LIST: Final = 2 * MB  # of parts; longer ones are not even read
_END_OF_LIST: Final = b"PK\x05\x06"
_MACRO_PARTS: Final = ("vbaproject.bin", "macrosheets/", "activex/", "basic/", "scripts/")
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    OverflowError,
    ValueError,
    OSError,
    RuntimeError,
)
_OLD_NAMES: Final = ("EncryptedPackage", "WordDocument", "Workbook", "Book")  # Excel 97 and 95


class Why(StrEnum):
    BROKEN = "broken"
    SWELLS = "swells"  # too many parts, too large unpacked, or packed too tightly to be honest
    LOCKED = "locked"  # a part asks for a password


class Unsafe(Exception):
    """A package that is not opened. unpacked: the bytes it says it unpacks to, where that is why."""

    def __init__(self, why: Why, unpacked: int = 0) -> None:
        self.why, self.unpacked = why, unpacked
        super().__init__(why)


@contextmanager
def opened(
    content: BinaryIO | bytes,
    *,
    parts: int = MOST_PARTS,
    unpacked: int = MOST_UNPACKED,
    ratio: int | None = None,
) -> Iterator[zipfile.ZipFile]:
    """The package, its parts to be read one by one. Unsafe says why not, also when it breaks while it is read.

    parts, unpacked: how many, and how many bytes in all, at most. ratio: how often smaller than its content it may be.
    A part never gives more bytes than its list of parts said: what lies about its size breaks at that point.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    if _length_of_list(stream) > _LARGEST_LIST:
        raise Unsafe(Why.BROKEN)
    size = stream.seek(0, 2)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as package:
            _check(package, size, parts, unpacked, ratio)
            yield package
    except _DAMAGED:
        raise Unsafe(Why.BROKEN) from None


def _check(package: zipfile.ZipFile, size: int, parts: int, unpacked: int, ratio: int | None) -> None:
    held = package.infolist()
    whole = sum(part.file_size for part in held)
    too_tight = ratio is not None and whole > _SMALL and whole > size * ratio
    if len(held) > parts or whole > unpacked or too_tight:
        raise Unsafe(Why.SWELLS, whole)
    if any(part.flag_bits & _LOCKED_PART for part in held):
        raise Unsafe(Why.LOCKED)


def begins_with_more(package: zipfile.ZipFile) -> bool:
    """Whether something else stands before the first part: another program may take the file for that."""
    return min((part.header_offset for part in package.infolist()), default=0) != 0


def has_macros(package: zipfile.ZipFile) -> bool:
    """Whether an office file carries programs, by the names of its parts or by what it says of them."""
    if any(mark in part.filename.lower() for part in package.infolist() for mark in _MACRO_PARTS):
        return True
    return _part_holds(package, "[Content_Types].xml", b"macroenabled")


def is_locked_odt(package: zipfile.ZipFile) -> bool:
    """OpenDocument keeps its parts locked one by one, and says so in its list of parts."""
    return _part_holds(package, "META-INF/manifest.xml", b"encryption-data")


def _part_holds(package: zipfile.ZipFile, name: str, mark: bytes) -> bool:
    if name not in package.NameToInfo:
        return False
    with package.open(name) as part:
        return bool(marks_in(part, [mark]))


def beginning(package: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a part, b"" when it is not there."""
    if name not in package.NameToInfo:
        return b""
    with package.open(name) as part:
        return part.read(MB)


def lies_within(content: BinaryIO) -> bool:
    """Whether a program would find a package with something in it here, wherever it begins. Nothing of it is read."""
    if _length_of_list(content) > _LARGEST_LIST:
        return True
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as package:
            return bool(package.infolist())
    except _DAMAGED:
        return False


def held_by_old_office(content: BinaryIO | bytes) -> frozenset[str]:
    """Which streams that matter an OLE container names: "EncryptedPackage" is a newer file under a password."""
    stream = BytesIO(content) if isinstance(content, bytes) else content
    stream.seek(0)
    wanted = {name.encode("utf-16-le").lower(): name for name in _OLD_NAMES}
    return frozenset(wanted[mark] for mark in marks_in(stream, list(wanted)))


def marks_in(stream: IO[bytes], marks: Sequence[bytes]) -> set[bytes]:
    """Which of those small-lettered marks stand in a stream from where it is read, in letters of any size."""
    longest = max(len(mark) for mark in marks)
    found, before = set[bytes](), b""
    while chunk := stream.read(MB):
        seen = before + chunk.lower()
        found |= {mark for mark in marks if mark in seen}
        before = seen[-longest:]
    return found


def _length_of_list(content: BinaryIO) -> int:
    """How many bytes the list of parts takes, as its end says; 0 when there is none."""
    size = content.seek(0, 2)
    content.seek(max(size - 66_000, 0))  # 22 bytes, and a comment of 65.535 at most
    end = content.read()
    at = end.rfind(_END_OF_LIST)
    return int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0

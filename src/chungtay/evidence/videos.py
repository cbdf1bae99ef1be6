"""MP4 and MOV: a chain of boxes, walked without decoding. When it was made is read from them, and a still by ffmpeg."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from PIL import Image

from chungtay.evidence.pictures import copies_of
from chungtay.evidence.reading import Reading, Unreadable

_MOST_BOXES: Final = 10_000
_EPOCH: Final = datetime(1904, 1, 1, tzinfo=UTC)  # from which these files count seconds
_LONGEST_STILL: Final = 60  # seconds that ffmpeg may take


def read(content: BinaryIO, size: int) -> Reading:
    """What the video says of itself; Unreadable when it is cut off or is no video."""
    found: dict[bytes, tuple[int, int]] = {}
    for name, start, end in _boxes(content, 0, size):
        found.setdefault(name, (start, end))
    if b"moov" not in found or b"mdat" not in found:
        raise Unreadable(_say_broken())
    taken = None
    for name, start, _end in _boxes(content, *found[b"moov"]):
        if name == b"mvhd":
            taken = _made_at(content, start)
    return Reading(taken_at=taken)


def still_copies(content: BinaryIO) -> dict[str, bytes]:
    """Copies for the eye of one picture of the video; {} where ffmpeg is not installed."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        return {}
    with TemporaryDirectory() as folder:
        video, still = Path(folder) / "video", Path(folder) / "still.png"
        with video.open("wb") as out:
            content.seek(0)
            shutil.copyfileobj(content, out)
        asked = [ffmpeg, "-nostdin", "-loglevel", "error", "-protocol_whitelist", "file", "-i", str(video)]
        asked += ["-vf", "thumbnail", "-frames:v", "1", str(still)]
        subprocess.run(asked, check=True, timeout=_LONGEST_STILL, capture_output=True)
        with Image.open(still, formats=["PNG"]) as image:
            return copies_of(image)


def _boxes(content: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, first and last byte of what is inside, box by box; every byte must belong to one."""
    for _count in range(_MOST_BOXES):
        if start == end:
            return
        content.seek(start)
        head = content.read(16)
        length, body = int.from_bytes(head[:4], "big"), 8
        if length == 1:  # the length did not fit
            length, body = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:  # up to the end
            length = end - start
        if length < body or start + length > end:
            raise Unreadable(_say_broken())
        yield head[4:8], start + body, start + length
        start += length
    raise Unreadable(_say_broken())


def _made_at(content: BinaryIO, start: int) -> datetime | None:
    """When the video was made, from its movie header: 4 or 8 bytes of seconds; devices without a clock write 0."""
    content.seek(start)
    head = content.read(12)
    long = head[:1] == b"\x01"
    seconds = int.from_bytes(head[4:12] if long else head[4:8], "big")
    try:
        made = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return made if made.year >= 1990 else None


def _say_broken() -> str:
    return _("là video nhưng hỏng hoặc bị cắt cụt. Hãy gửi lại tệp đầy đủ.")

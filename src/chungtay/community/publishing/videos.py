"""What a video tells of whoever made it — place, device, time, tracks that nobody sees — left out as it is handed on.

MP4 and MOV are a chain of boxes. Such a box is blanked where it stands, so that every other byte stays in its place and
no second copy of a large file is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

_WORDS: Final = frozenset((b"udta", b"meta", b"uuid"))
_SEEN_OR_HEARD: Final = frozenset((b"vide", b"soun"))
_MOST_BOXES: Final = 10_000
_MOST_SAMPLES: Final = 2_000_000
_PIECE: Final = 64 * 1024


@dataclass(frozen=True)
class Blank:
    """Bytes start … start + length that are handed on as zeros, after `head`."""

    start: int
    length: int
    head: bytes = b""


@dataclass(frozen=True)
class _Box:
    name: bytes
    start: int  # of the box
    body: int
    end: int


def blanks(content: BinaryIO, size: int) -> tuple[Blank, ...]:
    """What is to be left out of a video that `evidence` has examined."""
    found: list[Blank] = []
    for box in _boxes(content, 0, size):
        if box.name in _WORDS:
            found.append(_whole(box))
        elif box.name == b"moov":
            found += _of_movie(content, box)
    return tuple(sorted(found, key=lambda each: each.start))


def handed_on(content: BinaryIO, left_out: Sequence[Blank], first: int, last: int) -> Iterator[bytes]:
    """The bytes first … last, both included, with what is left out as zeros."""
    at = first
    while at <= last:
        content.seek(at)
        piece = bytearray(content.read(min(_PIECE, last - at + 1)))
        if not piece:
            return
        for blank in left_out:
            begin, end = max(at, blank.start), min(at + len(piece), blank.start + blank.length)
            if begin < end:
                said = blank.head[begin - blank.start : end - blank.start]
                piece[begin - at : end - at] = said + bytes(end - begin - len(said))
        yield bytes(piece)
        at += len(piece)


def _of_movie(content: BinaryIO, movie: _Box) -> Iterator[Blank]:
    for box in _boxes(content, movie.body, movie.end):
        if box.name in _WORDS:
            yield _whole(box)
        elif box.name == b"mvhd":
            yield _times(content, box)
        elif box.name == b"trak":
            yield from _of_track(content, box)


def _of_track(content: BinaryIO, track: _Box) -> Iterator[Blank]:
    inner = {box.name: box for box in _boxes(content, track.body, track.end)}
    media = {box.name: box for box in _within(content, inner.get(b"mdia"))}
    if _handler(content, media.get(b"hdlr")) not in _SEEN_OR_HEARD:
        table = {box.name: box for box in _within(content, media.get(b"minf"))}
        yield from _samples(content, {box.name: box for box in _within(content, table.get(b"stbl"))})
        yield _whole(track)
        return
    for box in (*inner.values(), *media.values()):
        if box.name in _WORDS:
            yield _whole(box)
        elif box.name in (b"tkhd", b"mdhd"):
            yield _times(content, box)


def _samples(content: BinaryIO, table: dict[bytes, _Box]) -> Iterator[Blank]:
    """The bytes of a track, chunk by chunk: where each begins, and the sizes of the samples in it."""
    if not {b"stsc", b"stsz"} <= table.keys() or not {b"stco", b"co64"} & table.keys():
        return
    sizes_box = _read(content, table[b"stsz"])
    same, count = _number(sizes_box, 4), min(_number(sizes_box, 8), _MOST_SAMPLES)
    long = b"co64" in table
    offsets_box = _read(content, table[b"co64" if long else b"stco"])
    width = 8 if long else 4
    offsets = [int.from_bytes(offsets_box[at : at + width]) for at in range(8, len(offsets_box), width)]
    runs_box = _read(content, table[b"stsc"])
    runs = [(_number(runs_box, at), _number(runs_box, at + 4)) for at in range(8, len(runs_box) - 11, 12)]
    sample, run = 0, 0
    for chunk, offset in enumerate(offsets, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= chunk:
            run += 1
        here = min(runs[run][1] if runs else 0, count - sample)
        length = same * here or sum(_number(sizes_box, 12 + 4 * (sample + n)) for n in range(here))
        sample += here
        if length:
            yield Blank(offset, length)


def _times(content: BinaryIO, box: _Box) -> Blank:
    """When it was made and changed: two numbers of 4 or 8 bytes after version and flags."""
    content.seek(box.body)
    wide = content.read(1) == b"\x01"
    return Blank(box.body + 4, 16 if wide else 8)


def _whole(box: _Box) -> Blank:
    """The box as free space of the same length, which stands before its name, or after it where it is long."""
    long = (box.end - box.start).to_bytes(8) if box.body - box.start == 16 else b""
    return Blank(box.start + 4, box.end - box.start - 4, b"free" + long)


def _handler(content: BinaryIO, box: _Box | None) -> bytes:
    return b"" if box is None else _read(content, box)[8:12]


def _within(content: BinaryIO, box: _Box | None) -> Iterator[_Box]:
    return iter(()) if box is None else _boxes(content, box.body, box.end)


def _read(content: BinaryIO, box: _Box) -> bytes:
    content.seek(box.body)
    return content.read(box.end - box.body)


def _number(held: bytes, at: int) -> int:
    return int.from_bytes(held[at : at + 4])


def _boxes(content: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    for _count in range(_MOST_BOXES):
        if start + 8 > end:
            return
        content.seek(start)
        head = content.read(16)
        length, body = int.from_bytes(head[:4]), 8
        if length == 1:
            length, body = int.from_bytes(head[8:16]), 16
        elif length == 0:
            length = end - start
        if length < body or start + length > end:
            return
        yield _Box(head[4:8], start, start + body, start + length)
        start += length

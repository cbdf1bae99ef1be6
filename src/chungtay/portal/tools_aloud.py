"""A public page as sound, for browsers without a Vietnamese voice: what stands on our pages, and nothing else.

A page is asked for by its address and a part of it by its number: nobody hands over words to be said.
"""

import subprocess
import sys
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Final

from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound, Refusal
from chungtay.ui import reading

PROGRAM: Final = Path(__file__).with_name("tools_voice.py")
PART: Final = 300
"""Letters from which on a part is not made longer."""
LONGEST: Final = 600
MOST_PARTS: Final = 60
SECONDS: Final = 20  # for the program to speak a part
WAIT: Final = 1  # second for a turn
KEPT_BYTES: Final = 16 * 1024 * 1024
_speaking: Final = BoundedSemaphore(2)


def parts_of(said: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """What is read in one go: paragraphs together up to some 300 letters, a very long one in pieces; 60 at most."""
    parts: list[tuple[str, ...]] = []
    together: list[str] = []
    for paragraph in said:
        for piece in _pieces(paragraph):
            if together and sum(map(len, together)) + len(piece) > PART:
                parts.append(tuple(together))
                together = []
            together.append(piece)
    if together:
        parts.append(tuple(together))
    return tuple(parts[:MOST_PARTS])


def _pieces(paragraph: str) -> Iterator[str]:
    while len(paragraph) > LONGEST:
        cut = max(paragraph.rfind(sign, 0, LONGEST) for sign in (". ", "; ", ", ", " "))
        cut = cut + 1 if cut > 0 else LONGEST
        yield paragraph[:cut].strip()
        paragraph = paragraph[cut:].strip()
    if paragraph:
        yield paragraph


def sound_of(parts: tuple[tuple[str, ...], ...], number: int, language: str) -> bytes:
    """Part `number`, counted from 1, as WAV. Refuses where there is no voice, none free now, or no such part."""
    if not reading.has_voice():
        raise Refusal(no_voice())
    if not 1 <= number <= len(parts):
        raise NotFound(_("Trang này không có đoạn số %(number)s để đọc.") % {"number": number})
    text = "\n".join(parts[number - 1])
    if (kept := _kept.get((text, language))) is not None:
        return kept
    if not _speaking.acquire(timeout=WAIT):
        raise Refusal(_("Máy chủ đang đọc cho nhiều người khác. Hãy thử lại sau ít phút."))
    try:
        sound = _speak(text, language)
    finally:
        _speaking.release()
    _kept.put((text, language), sound)
    return sound


def no_voice() -> str:
    return _(
        "Máy chủ này chưa cài giọng đọc. Trình duyệt của bạn có thể tự đọc: bấm “Đọc to” ở đầu trang. Người quản trị "
        "cài thêm bằng gói “voice”."
    )


def _speak(text: str, language: str) -> bytes:
    command = [sys.executable, "-I", str(PROGRAM), language]
    try:
        done = subprocess.run(
            command, input=text.replace("\0", "").encode(), capture_output=True, timeout=SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as fault:
        raise Refusal(_("Giọng đọc của máy chủ đang hỏng. Hãy dùng giọng đọc của trình duyệt.")) from fault
    return done.stdout


class _Sounds:
    """The last spoken, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._sounds: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> bytes | None:
        with self._lock:
            return self._sounds.get(key)

    def put(self, key: tuple[str, str], sound: bytes) -> None:
        with self._lock:
            if key not in self._sounds:
                self._sounds[key] = sound
                self._bytes += len(sound)
            while self._bytes > self._most:
                self._bytes -= len(self._sounds.popitem(last=False)[1])


_kept: Final = _Sounds(KEPT_BYTES)

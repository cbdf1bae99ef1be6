"""The board of a hamlet's infrastructure, to be printed large and hung at the culture house: A1 or A3, landscape.

The map comes as a drawing of its own; everything else is laid out in `signboard.typ`, for A3, and twice as large for
A1. What nobody has recorded is left as dots, to be written by hand.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from paper.pdf import STANDARDS, compiled, drawn
from paper.pictures import qr_svg

Size = Literal["a1", "a3"]
SCALE: Final[dict[Size, int]] = {"a3": 1, "a1": 2}
MAP_WIDTH, MAP_HEIGHT = 292, 214  # millimetres of the map on A3: the drawing's own shape
_FORM: Final = Path(__file__).with_name("signboard.typ").read_bytes()
_MAIN: Final = b'#import "signboard.typ": signboard\n#signboard(json("signboard.json"))'


@dataclass(frozen=True)
class Sign:
    """One line of the legend: its little drawing as SVG, what it means, how many or how much ("12", "3,4 km")."""

    drawing: bytes
    words: str
    amount: str


@dataclass(frozen=True)
class Contact:
    """A post and how it is reached; "" leaves dots to be filled in by hand. Never a person's name."""

    post: str
    reached: str = ""


@dataclass(frozen=True)
class Signboard:
    """What a board says. drawing: the map as SVG, alt: what it shows. facts: large figures with their words.

    qr, address: where the QR leads, and the same to be typed. foot: as of when, from what. marks: warnings.
    """

    title: str
    place: str
    drawing: bytes
    alt: str
    signs: tuple[Sign, ...]
    facts: tuple[tuple[str, str], ...]
    contacts: tuple[Contact, ...]
    qr: str
    foot: str
    marks: tuple[str, ...] = ()


def signboard_pdf(it: Signboard, *, size: Size, on: date) -> bytes:
    """The board as PDF/A-2a and PDF/UA-1, dated `on`: the same bytes for the same board and day."""
    return compiled(_files(it, size, on), format="pdf", pdf_standards=STANDARDS)


def _files(it: Signboard, size: Size, on: date) -> dict[str, bytes]:
    data: dict[str, Any] = {
        "scale": SCALE[size],
        "on": [on.year, on.month, on.day],
        "title": drawn(it.title),
        "title_size": 13 if len(it.title) <= 40 else 9 if len(it.title) <= 62 else 5,
        "place": drawn(it.place),
        "alt": drawn(it.alt),
        "legend": "Chú giải",
        "signs": [
            {"file": f"sign{n}.svg", "words": drawn(each.words), "amount": drawn(each.amount)}
            for n, each in enumerate(it.signs)
        ],
        "facts": [[drawn(figure), drawn(words)] for figure, words in it.facts],
        "contacts_head": "Liên hệ",
        "contacts": [[drawn(each.post), drawn(each.reached)] for each in it.contacts],
        "qr_words": "Quét mã để xem trên điện thoại: từng công trình, số liệu và cách góp ý",
        "qr_alt": f"Mã QR: {drawn(it.qr)}",
        "address": drawn(it.qr),
        "foot": drawn(it.foot),
        "marks": [drawn(mark) for mark in it.marks],
    }
    return {
        "main.typ": _MAIN,
        "signboard.typ": _FORM,
        "signboard.json": json.dumps(data, ensure_ascii=False).encode(),
        "map.svg": it.drawing,
        "qr.svg": qr_svg(it.qr),
        **{f"sign{n}.svg": each.drawing for n, each in enumerate(it.signs)},
    }

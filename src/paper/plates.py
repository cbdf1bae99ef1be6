"""Plates of digital addresses on sheets of A4, ten a sheet, to be cut along the dashes: each a code and a QR."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from paper.pdf import STANDARDS, compiled, drawn
from paper.pictures import qr_svg

A_SHEET: Final = 10
_FORM: Final = Path(__file__).with_name("plates.typ").read_bytes()
_MAIN: Final = b'#import "plates.typ": plates\n#plates(json("plates.json"))'
_MASK: Final = 2  # any serves; trying all eight takes five times as long


@dataclass(frozen=True)
class Plate:
    """One household's: its code and where its QR leads. Never a person's name."""

    code: str
    place: str
    link: str


def plates_pdf(held: Sequence[Plate], *, title: str, foot: str, on: date) -> bytes:
    """The sheets as PDF/A-2a and PDF/UA-1, dated `on`. foot: one line on every plate, what scanning it shows."""
    data: dict[str, Any] = {
        "on": [on.year, on.month, on.day],
        "title": drawn(title),
        "head": "Địa chỉ số",
        "foot": drawn(foot),
        "sheets": [
            [
                {
                    "code": drawn(each.code),
                    "place": drawn(each.place),
                    "file": f"qr{start + n}.svg",
                    "alt": f"Mã QR: {drawn(each.link)}",
                }
                for n, each in enumerate(held[start : start + A_SHEET])
            ]
            for start in range(0, len(held), A_SHEET)
        ],
    }
    files = {
        "main.typ": _MAIN,
        "plates.typ": _FORM,
        "plates.json": json.dumps(data, ensure_ascii=False).encode(),
        **{f"qr{n}.svg": qr_svg(each.link, mask=_MASK) for n, each in enumerate(held)},
    }
    return compiled(files, format="pdf", pdf_standards=STANDARDS)

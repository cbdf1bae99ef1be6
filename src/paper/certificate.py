"""The certificate of a title, A4 landscape, to be hung on a wall: PDF/A-2a and PDF/UA-1, or a picture of it.

The form and its ornaments are in `certificate.typ`. The national emblem is not drawn: only the authority's own printed
form may bear it. What is not known is left as dots, to be written by hand.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from paper.pdf import STANDARDS, compiled, drawn
from paper.pictures import qr_svg
from paper.plain import QUOC_HIEU, TIEU_NGU
from viet.dates import long_day

HEAD: Final = "Bằng công nhận"
_FORM: Final = Path(__file__).with_name("certificate.typ").read_bytes()
_MAIN: Final = b'#import "certificate.typ": certificate\n#certificate(json("certificate.json"))'
_MASK: Final = 3  # many certificates are drawn at once, and their codes are large
_QUIET: Final = ("Quét mã để kiểm tra bằng này:", "đúng bản đã cấp, còn hiệu lực hay không.")


@dataclass(frozen=True)
class Certificate:
    """What a certificate says.

    authority: who recognises, the authority of its day ("Chủ tịch UBND huyện Phú Lương"). place, address: "xóm Khe
    Cốc" and what stands above it. title: in the words of the decision, with its year beside. decision_number "" and
    decided_on None are not known. signed_in, signed_on: of the paper itself. signer: the post that signs. register:
    the number in the register of certificates. check: the address its QR leads to. stamp: a word across the paper,
    marks: sentences at its foot; both "" for a certificate with nothing to be warned of. record: one word of ASCII
    that programs find in the file.
    """

    authority: str
    place: str
    address: str
    title: str
    year: int
    decision_number: str
    decided_on: date | None
    decided_by: str
    signed_in: str
    signed_on: date | None
    signer: str
    register: str
    check: str
    stamp: str = ""
    marks: tuple[str, ...] = ()
    record: str = ""


def certificate_pdf(it: Certificate, *, on: date) -> bytes:
    """The certificate as PDF/A-2a and PDF/UA-1, dated `on`: the same bytes for the same certificate and day."""
    return compiled(_files(it, on), format="pdf", pdf_standards=STANDARDS)


def certificate_png(it: Certificate, *, on: date, width: int = 1200) -> bytes:
    """A picture of it, `width` pixels wide."""
    return compiled(_files(it, on), format="png", ppi=width / (297 / 25.4))


def _files(it: Certificate, on: date) -> dict[str, bytes]:
    data: dict[str, Any] = {
        "title": drawn(f"{HEAD}: {it.place}, {it.title} năm {it.year}"),
        "keywords": [it.record] if it.record else [],
        "on": [on.year, on.month, on.day],
        "stamp": drawn(it.stamp.upper()),
        "marks": [drawn(mark) for mark in it.marks],
        "quoc_hieu": QUOC_HIEU,
        "tieu_ngu": TIEU_NGU,
        "head": HEAD.upper(),
        "authority": drawn(it.authority),
        "recognises": "công nhận",
        "place": drawn(it.place),
        "place_size": _size(it.place, (34, 22), (27, 30), (22, 999)),
        "address": drawn(it.address),
        "attains": "đạt danh hiệu",
        "named": drawn(f"{it.title} năm {it.year}"),
        "named_size": _size(it.title, (21, 46), (18, 56), (16, 999)),
        "decision": _decision(it),
        "register": [drawn(f"Vào sổ cấp bằng số: {it.register}")] if it.register else ["Vào sổ cấp bằng số: ", None],
        "check": list(_QUIET),
        "qr": {"file": "qr.svg", "alt": f"Mã QR: {drawn(it.check)}"},
        "day": _day(it),
        "signer": drawn(it.signer),
        "hint": "(Ký tên, đóng dấu)",
    }  # fmt: skip
    return {
        "main.typ": _MAIN,
        "certificate.typ": _FORM,
        "certificate.json": json.dumps(data, ensure_ascii=False).encode(),
        "qr.svg": qr_svg(it.check, mask=_MASK),
    }


def _decision(it: Certificate) -> list[str | None]:
    """The words of the decision; None where something is to be written by hand."""
    day = long_day(it.decided_on) if it.decided_on else None
    tail = drawn(f" của {it.decided_by}")
    if day is None:
        return ["Theo Quyết định số ", drawn(it.decision_number) or None, " ngày ", None, tail]
    return ["Theo Quyết định số ", drawn(it.decision_number) or None, f" {day}{tail}"]


def _day(it: Certificate) -> list[str | None]:
    where = drawn(f"{it.signed_in}, ") if it.signed_in else ""
    if it.signed_on is None:
        return [f"{where}ngày ..... tháng ..... năm ........"]
    return [f"{where}{long_day(it.signed_on)}"]


def _size(words: str, *steps: tuple[int, int]) -> int:
    """The size in points at which words stand on one line, or on two at the smallest."""
    return next(size for size, most in steps if len(words) <= most)

"""P9: certificates as PDF/A, one after the other, against WeasyPrint of the same words: ≥ 10×, ≥ 100 per core-second.

Both sides draw the same page with the same letters and a QR code of its own, each keeping between papers what it can.
Afterwards both must hold the same words, read back from the PDF. WeasyPrint needs Pango of the system.

    PYTHONPATH=src python bench/p9_papers.py [--size small|medium|full]
"""

import io
import sys
from argparse import Namespace
from datetime import date
from html import escape
from importlib.util import find_spec
from itertools import count

from _common import Line, Size, Took, in_turn, main, report

from paper import (
    A4_LANDSCAPE,
    SEAL_HERE,
    Align,
    Document,
    Letterhead,
    Paragraph,
    Qr,
    Run,
    Signatures,
    Signer,
    to_pdf,
)

DAY = date(2025, 12, 30)
PAPERS = {"tiny": 2, "small": 100, "medium": 300, "full": 1000}  # a round; WeasyPrint makes a tenth of them
BOUND, EACH_SECOND = 10.0, 100


def run(asked: Namespace, size: Size, database: str) -> None:
    made = PAPERS[size.name]
    other = max(1, made // 10)
    numbers, others = count(1), count(1)
    weasy = _Weasy()
    (ours, last), (reference, read) = in_turn(
        size,
        lambda: [to_pdf(_certificate(next(numbers)), on=DAY) for _ in range(made)][-1],
        lambda: [weasy.pdf(next(others)) for _ in range(other)][-1],
    )
    assert _words(last) == _words(to_pdf(_certificate(next(numbers) - 1), on=DAY))
    assert _words(weasy.pdf(7)) == _words(to_pdf(_certificate(7), on=DAY)) != _words(read)
    one, theirs = (Took(took.wall / n, took.cpu / n) for took, n in ((ours, made), (reference, other)))
    ratio, rate = theirs.cpu / one.cpu, 1 / one.cpu
    report(
        Line(
            "P9", "typst", f"{made} papers a round", one, theirs, f"{ratio:.0f}× (CPU), {rate:.0f} a core-second",
            f"≥ {BOUND:g}×, ≥ {EACH_SECOND}", ratio >= BOUND and rate >= EACH_SECOND,
        ),
        size,
    )  # fmt: skip


def _texts(number: int) -> tuple[str, str, str]:
    return (
        f"Xóm Khe Cốc số {number}, xã Tân Cương",
        "đạt chuẩn xóm nông thôn mới kiểu mẫu năm 2025.",
        f"Vào sổ số {number:05d}. Quét mã để xem hồ sơ và số liệu của xóm.",
    )


def _certificate(number: int) -> Document:
    name, met, check = _texts(number)
    return Document(
        page=A4_LANDSCAPE,
        letterhead=Letterhead("Chủ tịch UBND xã Tân Cương"),
        kind="Quyết định công nhận",
        blocks=(
            Paragraph((Run(name, bold=True),), Align.CENTRE, indent=False),
            Paragraph(met, Align.CENTRE, indent=False),
            Qr(_address(number), (check,)),
            Signatures((Signer("Chủ tịch", hint=SEAL_HERE),)),
        ),
    )


def _address(number: int) -> str:
    return f"https://chungtay.example/cong-nhan/{number}"


class _Weasy:
    """The same page by WeasyPrint, fonts read once."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration

        spec = find_spec("rinoh_typeface_texgyretermes")
        assert spec is not None and spec.submodule_search_locations
        folder = spec.submodule_search_locations[0]
        faces = [("regular", "normal", "normal"), ("bold", "bold", "normal"), ("italic", "normal", "italic")]
        self.fonts = FontConfiguration()
        self.style = "".join(
            f'@font-face {{ font-family: T; src: url("file://{folder}/texgyretermes-{file}.otf"); '
            f"font-weight: {weight}; font-style: {style} }}"
            for file, weight, style in faces
        )
        self.style += (
            "@page { size: A4 landscape; margin: 25mm 20mm 20mm } body { font: 13pt T; text-align: center }"
            "td { width: 50%; vertical-align: top; text-align: center } table { width: 100% }"
        )

    def pdf(self, number: int) -> bytes:
        import segno
        from weasyprint import CSS, HTML

        if not hasattr(self, "css"):
            self.css = CSS(string=self.style, font_config=self.fonts)
        name, met, check = map(escape, _texts(number))
        qr = segno.make(_address(number), error="m", micro=False).svg_data_uri(border=1)
        page = f"""<html lang="vi"><title>x</title><table><tr><td><b>CHỦ TỊCH UBND XÃ TÂN CƯƠNG</b><td>
            <b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b></table>
            <h1>QUYẾT ĐỊNH CÔNG NHẬN</h1><p><b>{name}</b><p>{met}
            <table><tr><td><img src="{qr}" width="98" alt="QR"><td>{check}</table>
            <table><tr><td><td><b>CHỦ TỊCH</b><br><i>(Ký tên, đóng dấu)</i></table>"""
        made: bytes = HTML(string=page).write_pdf(
            stylesheets=[self.css], font_config=self.fonts, pdf_variant="pdf/a-2b"
        )
        return made


def _words(file: bytes) -> str:
    """All letters of a PDF in the order of the page, without spaces: each side breaks lines where it likes."""
    from pypdf import PdfReader

    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(file)).pages)


if __name__ == "__main__":
    sys.exit(main(__file__, run, databases=("sqlite",)))

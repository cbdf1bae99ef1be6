"""A paper as PDF/A-2a, tagged for readers of screens (PDF/UA-1): the same bytes for the same document and day."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from paper.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Document,
    Fields,
    Heading,
    Note,
    PageOf,
    Paragraph,
    Picture,
    Pictures,
    Qr,
    Recipients,
    Signatures,
    Table,
    Text,
)
from paper.pages import Page
from paper.pictures import as_svg, qr_millimetres, qr_svg, row_height
from paper.plain import (
    NO_PICTURE,
    QUOC_HIEU,
    TIEU_NGU,
    TO,
    alignment,
    cell_words,
    clean,
    day_line,
    head_rows,
    number_line,
    recipient_lines,
    runs,
    signer_rows,
)

STANDARDS: Final = ["a-2a", "ua-1"]
_FONT_PACKAGES: Final = ("rinoh_typeface_texgyretermes", "fontpkg_be_vietnam_pro")
_FORM: Final = Path(__file__).with_name("form.typ").read_bytes()
_compiling = Lock()  # the compiler is one and keeps what it has read


def to_pdf(document: Document, *, on: date) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1, dated `on`. Letters no font of ours has are drawn as □."""
    files: dict[str, bytes] = {}
    return written("paper", {**drawing(document, files), **dated(document.title, on)}, files)


def drawing(document: Document, files: dict[str, bytes]) -> dict[str, Any]:
    """The paper as `form.typ` reads it; its pictures are put into `files`."""
    return _Data(files, document.page, 1 if document.kind or document.subject else 0).document(document)


def dated(title: str, on: date) -> dict[str, Any]:
    """What the file is called and when it was made."""
    return {"title": drawn(title), "on": [on.year, on.month, on.day]}


def written(form: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """What the function `form` of `form.typ` makes of the data, as PDF/A. files: the pictures it names."""
    main = f'#import "form.typ": {form}\n#{form}(json("data.json"))'
    plain = json.dumps(data, ensure_ascii=False).encode()
    own = {"main.typ": main.encode(), "form.typ": _FORM, "data.json": plain}
    return compiled({**files, **own}, format="pdf", pdf_standards=STANDARDS)


def compiled(files: dict[str, bytes], **how: Any) -> bytes:
    """What the typesetter makes of `main.typ` and the files beside it, all held in memory."""
    with _compiling:
        made: bytes = _compiler().compile(files, **how)
    return made


@cache
def _compiler() -> Any:
    """Fonts from wheels only: the same letters on every machine."""
    folders = [str(Path(_folder(name))) for name in _FONT_PACKAGES]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
    return typst.Compiler(font_paths=fonts)


def _folder(package: str) -> str:
    """Found, not imported: the package of TeX Gyre Termes wants a typesetter of its own when it is imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"the package {package} is not installed")
    return spec.submodule_search_locations[0]


_UNDRAWABLE = re.compile(
    "[^\\n\u0020-\u007e\u00a0-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u0300-\u0304\u0306-\u030c\u0323"
    "\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0410-\u044f\u1e00-\u1eff\u2000-\u200b\u2010-\u2015\u2018-\u201e"
    "\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u2070\u2074-\u2079\u2080-\u2089\u20ab\u20ac\u2116\u2122"
    "\u2190-\u2195\u2200-\u2265\u25a0-\u25cf\u2610-\u2612\u2713\u2717]"
)


_ENDLESS = re.compile(r"\S{30}(?=\S{10})")


def drawn(text: str) -> str:
    """The text as it can be drawn, and only so does it go to the template.

    What none of the fonts has would stop the whole paper, for PDF/A allows no letter that is not drawn; and a word
    without end, such as a digest, may be broken wherever its line ends.
    """
    return _ENDLESS.sub(lambda part: part[0] + "\u200b", _UNDRAWABLE.sub("□", clean(text)))


class _Data:
    """A document as the template reads it: plain values, with its pictures as files beside them."""

    def __init__(self, files: dict[str, bytes], page: Page, under: int) -> None:
        self.files = files
        self.page = page
        self.under = under  # how many heads the title of the paper stands over those of its text

    def document(self, it: Document) -> dict[str, Any]:
        page, head = it.page, it.letterhead
        marks = [drawn(mark) for mark in it.marks]
        blocks = list(_even(it.blocks))
        return {
            "page": {
                "width": page.width,
                "height": page.height,
                "top": page.top,
                "bottom": page.bottom,
                "left": page.left,
                "right": page.right,
                "body": page.body_pt,
                "head": page.head_pt,
                "indent": page.indent,
                "inner_height": page.inner_height,
                "signing": page.signing,
                "gap": page.gap_pt,
            },
            "numbered": not any(isinstance(block, Cards) for block in it.blocks),
            "letterhead": None
            if head is None
            else {
                "above": drawn(head.above),
                "issuer": self.words(head.issuer),
                "number": drawn(number_line(head)),
                "day": drawn(day_line(head)),
                "quoc_hieu": QUOC_HIEU,
                "tieu_ngu": TIEU_NGU,
            },
            "kind": drawn(it.kind),
            "subject": self.words(it.subject),
            "marks": marks,
            "foot": [*marks, *([drawn(it.foot)] if it.foot else [])],
            "blocks": [
                {
                    "block": type(each).__name__.lower(),
                    "closing": isinstance(after, Signatures),
                    **self.block(each),
                }
                for each, after in zip_longest(blocks, blocks[1:])
            ],
        }

    def words(self, text: Text) -> list[dict[str, Any]]:
        return [{**asdict(run), "text": drawn(run.text)} for run in runs(text) if run.text]

    def block(self, it: Block) -> dict[str, Any]:
        match it:
            case Heading():
                return {"text": drawn(it.text), "level": it.level, "depth": it.level + self.under}
            case Paragraph():
                return {"words": self.words(it.text), "align": it.align, "indent": it.indent}
            case Bullets():
                return {"items": [self.words(item) for item in it.items], "numbered": it.numbered}
            case Fields():
                return {
                    "fields": [{"label": drawn(what), "words": self.words(text)} for what, text in it.fields]
                }
            case Blank():
                return {"lines": it.lines}
            case Table():
                return self.table(it)
            case Signatures():
                return {
                    "rows": [
                        [{key: drawn(words) for key, words in asdict(signer).items()} for signer in row]
                        for row in signer_rows(it)
                    ],
                    "alone": len(it.signers) == 1,
                    "recipients": None if it.recipients is None else self.recipients(it.recipients),
                }
            case Recipients():
                return self.recipients(it)
            case Pictures():
                return {
                    "pictures": [self.picture(each) for each in it.pictures],
                    "caption": drawn(it.caption),
                    "height": self.row_height(it),
                }
            case Qr():
                return {
                    **self.qr(it.content),
                    "words": [self.words(each) for each in it.words],
                    "size": qr_millimetres(it.content, it.size),
                }
            case Note():
                return {"words": self.words(it.text)}
            case Cards():
                return {"cards": [self.card(each) for each in it.cards], "across": it.across, "down": it.down}
            case _:
                return {}

    def table(self, it: Table) -> dict[str, Any]:
        return {
            "caption": drawn(it.caption),
            "unit": drawn(it.unit),
            "size": it.size_pt or min(self.page.body_pt, 12),
            "row": it.row_mm,
            "widths": [column.width for column in it.columns],
            "align": [alignment(it, at) for at in range(len(it.columns))],
            "head": [
                [{"title": drawn(title), "across": across, "down": down} for title, across, down in row]
                for row in head_rows(it.columns)
            ],
            "rows": [self.row(row, it) for row in it.rows],
            "totals": None if it.totals is None else self.row(it.totals, it),
        }

    def row(self, row: tuple[Cell, ...], it: Table) -> list[str | int]:
        """Words; a whole number is that of a part, whose page the template finds."""
        return [
            cell.part if isinstance(cell, PageOf) else drawn(cell_words(cell, column))
            for cell, column in zip(row, it.columns, strict=True)
        ]

    def recipients(self, it: Recipients) -> dict[str, Any]:
        return {"head": TO, "lines": [drawn(line) for line in recipient_lines(it)]}

    def picture(self, it: Picture) -> dict[str, Any]:
        file = None if it.image is None else self.file(as_svg(it.image))
        return {"file": file, "alt": drawn(it.alt), "caption": drawn(it.caption), "empty": NO_PICTURE}

    def row_height(self, it: Pictures) -> float:
        wide = self.page.inner_width / max(len(it.pictures), 1) - 3
        return row_height([each.image for each in it.pictures], wide, it.height)

    def qr(self, content: str) -> dict[str, Any]:
        return {"file": self.file(qr_svg(content)), "alt": f"Mã QR: {drawn(content)}"}

    def card(self, it: Card) -> dict[str, Any]:
        return {
            "title": drawn(it.title),
            "over": drawn(it.over),
            "texts": [self.words(each) for each in it.texts],
            "questions": [
                {"words": self.words(each.text), "options": [drawn(option) for option in each.options]}
                for each in it.questions
            ],
            "code": drawn(it.code),
            "foot": drawn(it.foot),
            **(self.qr(it.qr) if it.qr else {"file": None, "alt": ""}),
        }

    def file(self, content: bytes) -> str:
        name = f"{len(self.files)}.svg"
        self.files[name] = content
        return name


def _even(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """One picture is a row of one; heads skip no level, as PDF/UA asks."""
    above = 0
    for block in blocks:
        match block:
            case Picture():
                yield Pictures((block,), height=90)
            case Heading():
                above = min(block.level, above + 1)
                yield Heading(block.text, above)
            case _:
                yield block

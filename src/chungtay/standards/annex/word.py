"""DOCX → tables: what a person sees in Word, with spans resolved, numbers Word counts itself, footnotes, ≥ as a symbol.

The library opens the package; the tree is walked here, since it leaves out inserted text, content controls,
footnotes and automatic numbers, and an annex has them all.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from chungtay.core.refusals import Refusal
from chungtay.standards.annex.grid import Placed, grid_of, resolved
from chungtay.standards.annex.notes import LOWERED, RAISED, footnote_lines, without_signals
from chungtay.standards.annex.numbering import Numbering
from chungtay.standards.annex.tables import Table
from viet.numbers import format_number

MAX_CELLS = 60_000
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPERS = {
    qn("w:sdt"),
    qn("w:sdtContent"),
    qn("w:ins"),
    qn("w:moveTo"),
    qn("w:customXml"),
    qn("w:smartTag"),
}
_GONE = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_TEXTS = {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_SYMBOLS = {
    "\uf0b3": "≥",
    "\uf0a3": "≤",
    "\uf03e": ">",
    "\uf03c": "<",
    "\uf02b": "+",
    "\uf02d": "-",
    "\uf0b4": "×",
}
_BEFORE, _AFTER = 6, 30  # paragraphs looked at above a table for its title, below it for its notes

_PICTURE = "Ô có hình hoặc công thức dạng hình, không đọc được thành chữ."
_STRUCK = "Ô có chữ bị gạch ngang: chưa rõ chữ nào còn hiệu lực."
_OLD_FONT = "Ô dùng phông chữ cũ (.VnTime, VNI), không phải Unicode: hãy chuyển mã rồi tải lại."
_NESTED = "Ô có bảng lồng bên trong: chữ được đọc nối tiếp."


@dataclass
class _Words:
    """Text of one cell or paragraph while it is gathered."""

    parts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()


def tables(data: bytes) -> tuple[Table, ...]:
    """The tables of a DOCX in reading order; those without any text left out."""
    document = docx.Document(io.BytesIO(data))
    body: Any = document.element.body
    if sum(1 for _ in body.iter(_TC)) > MAX_CELLS:
        most = format_number(MAX_CELLS)
        raise Refusal(f"Các bảng có quá {most} ô. Hãy tách riêng phần phụ lục rồi tải lên.")
    numbering = Numbering(_part(document.part, RELATIONSHIP_TYPE.NUMBERING))
    known = _real_notes(document.part)
    blocks: list[tuple[str, Any]] = []
    for block in _blocks(body):
        if block.tag == _P:
            words = _Words()
            _paragraph(block, words, numbering)
            blocks.append(("words", words.text))
        else:
            blocks.append(("table", _placed(block, numbering)))
    found: list[Table] = []
    number = 0
    for at, (kind, content) in enumerate(blocks):
        if kind != "table":
            continue
        number += 1
        before = _lines(reversed(blocks[:at]), _BEFORE)
        below = _lines(blocks[at + 1 :], _AFTER)
        place = f"bảng {number}"
        grid = grid_of(content, _places(place))
        if not any(cell.text for row in grid for cell in row):
            continue
        notes = footnote_lines([*below, *_foot(grid)])
        rows = resolved(grid, {**notes, **known})
        found.append(
            Table(
                place=place,
                rows=rows,
                row_places=tuple(f"hàng {row + 1}" for row in range(len(rows))),
                title=" · ".join(reversed(before[:3])),
                notes=tuple(notes.values()),
                follows_closely=number > 1 and not before,
            )
        )
    return tuple(found)


def _places(place: str) -> Callable[[int, int], str]:
    return lambda row, column: f"{place}, hàng {row + 1}, cột {column + 1}"


def _foot(grid: list[list[Any]]) -> list[str]:
    """The words of rows that are one cell across: footnotes may be typed there."""
    return [row[0].text for row in grid if len({id(cell) for cell in row}) == 1]


def _lines(blocks: Any, most: int) -> list[str]:
    """Paragraphs with words up to the next table, at most so many."""
    found: list[str] = []
    for kind, content in blocks:
        if kind == "table" or len(found) == most:
            break
        if content:
            found.append(" ".join(content.split("\n")))
    return found


def _part(part: Any, relationship: str) -> Any:
    """The root of a related part, or nothing."""
    try:
        related = part.part_related_by(relationship)
    except KeyError:
        return None
    return parse_xml(related.blob)  # the library's own parser resolves no entities


def _real_notes(part: Any) -> dict[str, str]:
    """Word's own footnotes and endnotes by the mark that `_run` writes for them."""
    found: dict[str, str] = {}
    for prefix, relationship in (("f", RELATIONSHIP_TYPE.FOOTNOTES), ("e", RELATIONSHIP_TYPE.ENDNOTES)):
        root = _part(part, relationship)
        for note in root if root is not None else ():
            text = " ".join("".join(each.text or "" for each in note.iter(*_TEXTS)).split())
            if text:
                found[f"{prefix}{note.get(qn('w:id'))}"] = text
    return found


# --- walking ----------------------------------------------------------------------------------------------------


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables directly in `element`, looking through wrappers."""
    yield from _through(element, {_P, _TBL})


def _through(element: Any, wanted: set[str]) -> Iterator[Any]:
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _through(child, wanted)


def _value(element: Any, path: str) -> str | None:
    """The w:val of the element at that path; "" when the element stands without one; None when there is none."""
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else str(found.get(qn("w:val")) or "")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _placed(table: Any, numbering: Numbering) -> list[Placed]:
    """The cells of a table with their spans; a cell continued from above lengthens the one above."""
    placed: list[Placed] = []
    open_above: dict[int, Placed] = {}
    row = 0
    for line in _through(table, {_TR}):
        if line.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        column = _whole(_value(line, "w:trPr/w:gridBefore"))
        still_open: dict[int, Placed] = {}
        for element in _through(line, {_TC}):
            columns = max(1, _whole(_value(element, "w:tcPr/w:gridSpan")))
            merge = _value(element, "w:tcPr/w:vMerge")
            above = open_above.get(column)
            if merge in ("", "continue") and above:
                above.rows += 1
                still_open[column] = above
            else:
                words = _Words()
                _cell(element, words, numbering)
                cell = Placed(row, column, words.text, 1, columns, tuple(dict.fromkeys(words.remarks)))
                placed.append(cell)
                if merge is not None:
                    still_open[column] = cell
            column += columns
        open_above = still_open
        row += 1
    return placed


def _cell(cell: Any, words: _Words, numbering: Numbering) -> None:
    for at, block in enumerate(_blocks(cell)):
        if at:
            words.parts.append("\n")
        if block.tag == _P:
            _paragraph(block, words, numbering)
        else:
            words.remarks.append(_NESTED)
            for inner in block.iter(_P):
                _paragraph(inner, words, numbering)
                words.parts.append(" ")


def _paragraph(paragraph: Any, words: _Words, numbering: Numbering) -> None:
    if label := numbering.label(paragraph):
        words.parts.append(f"{label} ")
    _inline(paragraph, words)


def _inline(element: Any, words: _Words) -> None:
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == qn("w:r"):
            _run(child, words)
        elif child.tag in _TEXTS:
            words.parts.append(child.text or "")
        elif isinstance(child.tag, str) and child.tag != qn("w:pPr"):
            _inline(child, words)


def _run(run: Any, words: _Words) -> None:
    style = run.find(qn("w:rPr"))
    if style is not None:
        if _on(style, "w:vanish"):
            return
        if _on(style, "w:strike") or _on(style, "w:dstrike"):
            words.remarks.append(_STRUCK)
        fonts = style.find(qn("w:rFonts"))
        if fonts is not None and any(
            str(name).lower().startswith((".vn", "vni-")) for name in fonts.values()
        ):
            words.remarks.append(_OLD_FONT)
    raised = style is not None and _value(style, "w:vertAlign") == "superscript"
    parts: list[str] = []
    for child in run:
        tag = child.tag
        if tag in _TEXTS:
            parts.append(_symbols(without_signals(child.text or "")))
        elif tag in (qn("w:tab"), qn("w:ptab")):
            parts.append(" ")
        elif tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif tag == qn("w:sym"):
            parts.append(_symbol(child, words))
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            prefix = "f" if tag == qn("w:footnoteReference") else "e"
            parts.append(f"{RAISED}{prefix}{child.get(qn('w:id'))}{LOWERED}")
        elif tag in _PICTURES:
            inner = _Words()
            for paragraph in child.iter(_P):  # a text box
                _inline(paragraph, inner)
            parts.append(inner.text)
            if not inner.text:
                words.remarks.append(_PICTURE)
        elif tag not in _GONE and isinstance(tag, str) and len(child):
            inner = _Words()
            _inline(child, inner)
            parts.append(inner.text)
    text = "".join(parts)
    words.parts.append(f"{RAISED}{text}{LOWERED}" if raised and text.strip() and RAISED not in text else text)


def _on(style: Any, name: str) -> bool:
    value = _value(style, name)
    return value is not None and value not in ("0", "false", "none")


def _symbols(text: str) -> str:
    """Signs of the font Symbol (≥ is often typed so), as Unicode."""
    return "".join(_SYMBOLS.get(char, char) for char in text)


def _symbol(element: Any, words: _Words) -> str:
    code = str(element.get(qn("w:char")) or "")
    char = chr(int(code, 16)) if code and len(code) <= 5 else ""
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    words.remarks.append(_PICTURE)
    return ""

"""A paper as DOCX: to be corrected, numbered and signed in the office's own programs."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from paper.blocks import (
    Align,
    Blank,
    Block,
    Bullets,
    Card,
    Cards,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Qr,
    Recipients,
    Run,
    Signatures,
    Signer,
    Table,
    Text,
)
from paper.pages import Page
from paper.pictures import qr_millimetres, qr_png, upright
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
    words,
)

FONT: Final = "Times New Roman"
_ALIGN: Final = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)


def to_docx(document: Document, *, on: date) -> bytes:
    """The paper as DOCX, dated `on`; the font is named, not embedded: Times New Roman is in every office."""
    return _Word(document.page).write(document, on)


class _Word:
    """One Word file being written. `at` is where the next paragraph goes: the body, or a cell of a table."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.file: Any = docx.Document()
        self.at: Any = self.file

    def write(self, it: Document, on: date) -> bytes:
        self._set_up(it, on)
        if it.letterhead:
            self._letterhead(it.letterhead)
        self._title(it)
        for block, after in zip_longest(it.blocks, it.blocks[1:]):
            self._block(block)
            if isinstance(after, Signatures) and isinstance(block, Paragraph | Note):
                self.file.paragraphs[-1].paragraph_format.keep_with_next = True
        held = io.BytesIO()
        self.file.save(held)
        return _without_clock(held.getvalue())

    # --- the page ---

    def _set_up(self, it: Document, on: date) -> None:
        page, section = self.page, self.file.sections[0]
        section.page_width, section.page_height = Mm(page.width), Mm(page.height)
        section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
        section.header_distance = section.footer_distance = Mm(min(10, page.top // 2))
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Title"):
            style: Any = self.file.styles[name]
            style.font.name, style.font.size = FONT, Pt(page.body_pt)
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for each in list(fonts.attrib):
                if "Theme" in each or "theme" in each:
                    del fonts.attrib[each]
            for each in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(each), FONT)
            style.paragraph_format.space_before = Pt(0)
            style.paragraph_format.space_after = Pt(0)
        language = self.file.styles["Normal"].element.get_or_add_rPr()
        language.append(_element("w:lang", val="vi-VN"))
        about: Any = self.file.core_properties
        about.title, about.language, about.author, about.comments = clean(it.title), "vi-VN", "", ""
        about.created = about.modified = datetime(on.year, on.month, on.day)
        if not any(isinstance(block, Cards) for block in it.blocks):
            section.different_first_page_header_footer = True
            self._page_number(section.header.paragraphs[0])
        foot = [*it.marks, *([it.foot] if it.foot else [])]
        for footer in (section.footer, section.first_page_footer) if foot else ():
            for at, line in enumerate(foot):
                paragraph = footer.paragraphs[0] if at == 0 else footer.add_paragraph()
                self._runs(paragraph, line, size=8)

    def _page_number(self, paragraph: WordParagraph) -> None:
        paragraph.alignment = _CENTRE
        run = paragraph.add_run()
        run.font.size = Pt(min(self.page.body_pt, 13))
        for kind, code in (("begin", None), (None, "PAGE"), ("end", None)):
            if kind:
                run._r.append(_element("w:fldChar", fldCharType=kind))
            else:
                said = OxmlElement("w:instrText")
                said.text = code
                run._r.append(said)

    # --- pieces ---

    def _paragraph(
        self,
        text: Text = "",
        align: Align = Align.LEFT,
        *,
        size: float | None = None,
        bold: bool = False,
        italic: bool = False,
        before: float = 0,
        after: float | None = None,
        indent: float = 0,
    ) -> WordParagraph:
        paragraph: WordParagraph = self.at.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        form = paragraph.paragraph_format
        form.space_before = Pt(before)
        form.space_after = Pt(self.page.gap_pt if after is None else after)
        form.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        form.line_spacing = 1.15
        if indent:
            form.first_line_indent = Mm(indent)
        self._runs(paragraph, text, size=size, bold=bold, italic=italic)
        return paragraph

    def _runs(
        self,
        paragraph: WordParagraph,
        text: Text,
        *,
        size: float | None = None,
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        for part in runs(text):
            run = paragraph.add_run(part.text)
            run.bold, run.italic = part.bold or bold or None, part.italic or italic or None
            run.font.size = Pt(size) if size else None

    def _grid(self, rows: int, widths: Iterable[float], *, lines: bool = False) -> Any:
        """A table as wide as the page's text, shared as `widths`; without lines it only sets things side by side."""
        shares = list(widths)
        table = self.file.add_table(rows, len(shares))
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        if lines:
            table.style = self.file.styles["Table Grid"]
        for at, share in enumerate(shares):
            width = Mm(self.page.inner_width * share / sum(shares))
            table.columns[at].width = width
            for row in table.rows:
                row.cells[at].width = width
        for row in table.rows:
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        return table

    def _inside(self, cell: Any) -> "_Word":
        """The same file, writing into a cell, whose empty first paragraph goes when something is written."""
        inner = _Word.__new__(_Word)
        inner.page, inner.file, inner.at = self.page, self.file, _Cell(cell)
        return inner

    def _gap(self) -> None:
        """A thin empty line: two tables with nothing between grow together in Word."""
        paragraph = self._paragraph(after=0)
        paragraph.paragraph_format.line_spacing = Pt(6)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY

    def _rule(self, share: float, width: float) -> None:
        """A line under what stands before, `share` of `width` millimetres."""
        paragraph = self._paragraph(after=2)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(3)
        paragraph.paragraph_format.left_indent = Mm(width * (1 - share) / 2)
        paragraph.paragraph_format.right_indent = Mm(width * (1 - share) / 2)
        borders = OxmlElement("w:pBdr")
        borders.append(_element("w:top", val="single", sz="6", space="1", color="000000"))
        _into_order(paragraph._p.get_or_add_pPr(), borders)

    # --- the head ---

    def _letterhead(self, head: Letterhead) -> None:
        page = self.page
        right_share = 0.58 if page.width > 148 or page.landscape else 0.62
        if page.landscape and page.width > 210:
            right_share = 0.45
        table = self._grid(2, (1 - right_share, right_share))
        wide = page.inner_width - 4
        left, right = self._inside(table.cell(0, 0)), self._inside(table.cell(0, 1))
        if head.above:
            left._paragraph(head.above.upper(), Align.CENTRE, size=page.head_pt, after=0)
        left._paragraph(head.issuer.upper(), Align.CENTRE, size=page.head_pt, bold=True, after=0)
        left._rule(0.35, wide * (1 - right_share))
        right._paragraph(QUOC_HIEU, Align.CENTRE, size=page.head_pt, bold=True, after=0)
        right._paragraph(TIEU_NGU, Align.CENTRE, size=page.head_pt + 1, bold=True, after=0)
        right._rule(0.6, wide * right_share)
        number, day = self._inside(table.cell(1, 0)), self._inside(table.cell(1, 1))
        number._paragraph(number_line(head), Align.CENTRE, size=page.head_pt + 1, after=0)
        day._paragraph(day_line(head), Align.CENTRE, size=page.head_pt + 1, italic=True, after=0)
        self._gap()

    def _title(self, it: Document) -> None:
        if it.kind:
            title = self._paragraph(it.kind.upper(), Align.CENTRE, bold=True, before=6, after=0)
            title.style = self.file.styles["Heading 1"]
        if it.subject:
            self._paragraph(it.subject, Align.CENTRE, bold=True, after=2)
            self._rule(0.25, self.page.inner_width)
        if it.marks:
            (cell,) = self._grid(1, (1,), lines=True).rows[0].cells
            inner = self._inside(cell)
            for mark in it.marks:
                inner._paragraph(mark, Align.CENTRE, italic=True, after=2)
            self._gap()

    # --- the body ---

    def _block(self, it: Block) -> None:
        match it:
            case Heading():
                heading = self._paragraph(it.text, bold=it.level < 3, italic=it.level > 1, before=6)
                heading.style = self.file.styles[f"Heading {min(it.level + 1, 3)}"]
                heading.paragraph_format.keep_with_next = True
            case Paragraph():
                self._paragraph(it.text, it.align, indent=self.page.indent if it.indent else 0)
            case Bullets():
                for at, item in enumerate(it.items, 1):
                    start = f"{at}. " if it.numbered else "- "
                    self._paragraph(
                        (Run(start), *runs(item)), Align.JUSTIFY, indent=self.page.indent, after=2
                    )
            case Fields():
                for what, text in it.fields:
                    line = self._paragraph((Run(f"{what}: "), *runs(text)), indent=self.page.indent)
                    if not words(text):
                        self._dots(line)
            case Blank():
                for _ in range(it.lines):
                    self._dots(self._paragraph())
            case Table():
                self._table(it)
            case Signatures():
                self._signatures(it)
            case Recipients():
                self._recipients(it)
            case Picture():
                self._pictures(Pictures((it,), height=90))
            case Pictures() if it.pictures:
                self._pictures(it)
            case Qr():
                self._qr(it)
            case Note():
                self._paragraph(it.text, italic=True, size=self.page.body_pt - 2)
            case PageBreak():
                self._paragraph(after=0).add_run().add_break(WD_BREAK.PAGE)
            case Cards():
                self._cards(it)

    def _dots(self, paragraph: WordParagraph) -> None:
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(self.page.inner_width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run("\t")

    def _table(self, it: Table) -> None:
        size = it.size_pt or min(self.page.body_pt, 12)
        if it.caption:
            self._paragraph(
                it.caption, Align.CENTRE, bold=True, size=size
            ).paragraph_format.keep_with_next = True
        if it.unit:
            unit = self._paragraph(it.unit, Align.RIGHT, italic=True, size=size, after=2)
            unit.paragraph_format.keep_with_next = True
        head = head_rows(it.columns)
        lines = [
            [cell_words(cell, column) for cell, column in zip(row, it.columns, strict=True)]
            for row in it.rows
        ]
        if it.totals is not None:
            lines.append(
                [cell_words(cell, column) for cell, column in zip(it.totals, it.columns, strict=True)]
            )
        table = self._grid(len(head) + len(lines), (column.width for column in it.columns), lines=True)
        self._head(table, head, size)
        align = [alignment(it, at) for at in range(len(it.columns))]
        last = len(lines) - 1 if it.totals is not None else -1
        for down, (row, line) in enumerate(zip(table.rows[len(head) :], lines, strict=True)):
            if it.row_mm and down != last:
                row.height, row.height_rule = Mm(it.row_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
            for at, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                self._inside(cell)._paragraph(text, align[at], size=size, bold=down == last, after=0)
        self._gap()

    def _head(self, table: Any, head: list[list[tuple[str, int, int]]], size: float) -> None:
        taken: set[tuple[int, int]] = set()
        for down, row in enumerate(head):
            table.rows[down]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
            at = 0
            for title, across, deep in row:
                while (down, at) in taken:
                    at += 1
                cell = table.cell(down, at).merge(table.cell(down + deep - 1, at + across - 1))
                taken |= {(down + y, at + x) for y in range(deep) for x in range(across)}
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                self._inside(cell)._paragraph(title, Align.CENTRE, size=size, bold=True, after=0)

    def _signatures(self, it: Signatures) -> None:
        for at, row in enumerate(signer_rows(it)):
            beside = at == 0 and it.recipients is not None
            signers = [None, *row] if beside or len(it.signers) == 1 else list(row)
            table = self._grid(2, (1,) * len(signers))
            for signer, role, name in zip(signers, table.rows[0].cells, table.rows[1].cells, strict=True):
                if signer:
                    self._inside(role)._role(signer)
                    self._inside(name)._name(signer)
            if beside and it.recipients is not None:
                left = table.cell(0, 0).merge(table.cell(1, 0))
                self._inside(left)._recipients(it.recipients)
            self._gap()

    def _role(self, it: Signer) -> None:
        for line in filter(None, (*it.capacity.split("\n"), it.role)):
            self._paragraph(
                line.upper(), Align.CENTRE, bold=True, after=0
            ).paragraph_format.keep_with_next = True

    def _name(self, it: Signer) -> None:
        """Under the roles of all who sign beside him, however many lines they take."""
        self._paragraph(it.hint, Align.CENTRE, italic=True, after=Mm(self.page.signing).pt)
        self._paragraph(it.name, Align.CENTRE, bold=True, after=0)

    def _recipients(self, it: Recipients) -> None:
        self._paragraph(TO, bold=True, italic=True, size=min(self.page.body_pt - 2, 12), after=0)
        for line in recipient_lines(it):
            self._paragraph(line, size=min(self.page.body_pt - 3, 11), after=0)

    def _pictures(self, it: Pictures) -> None:
        cells = self._grid(1, (1,) * len(it.pictures)).rows[0].cells
        room = self.page.inner_width / len(it.pictures) - 5
        for cell, picture in zip(cells, it.pictures, strict=True):
            inner = self._inside(cell)
            if picture.image is None:
                inner._paragraph(f"({NO_PICTURE})", Align.CENTRE, italic=True)
            else:
                image, w, h = upright(picture.image)
                inner._drawing(image, min(room, it.height * w / h), picture.alt)
            if picture.caption:
                inner._paragraph(picture.caption, Align.CENTRE, italic=True, size=self.page.body_pt - 2)
        if it.caption:
            self._paragraph(it.caption, Align.CENTRE, size=self.page.body_pt - 1)
        else:
            self._gap()

    def _drawing(self, image: bytes, width: float, alt: str, align: Align = Align.CENTRE) -> None:
        drawn = (
            self._paragraph(align=align, after=2).add_run().add_picture(io.BytesIO(image), width=Mm(width))
        )
        drawn._inline.docPr.set("descr", clean(alt))
        for side in ("distT", "distB", "distL", "distR"):
            drawn._inline.set(side, "0")

    def _qr(self, it: Qr) -> None:
        size = qr_millimetres(it.content, it.size)
        cells = self._grid(1, (size + 6, self.page.inner_width - size - 6)).rows[0].cells
        self._inside(cells[0])._drawing(qr_png(it.content), size, f"Mã QR: {it.content}", Align.LEFT)
        cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        inner = self._inside(cells[1])
        for text in it.words:
            inner._paragraph(text, size=self.page.body_pt - 2, after=2)
        self._gap()

    def _cards(self, it: Cards) -> None:
        rows = -(-len(it.cards) // it.across)
        table = self._grid(rows, (1,) * it.across, lines=True)
        table._tbl.tblPr.append(_dashed())
        for row in table.rows:
            row.height, row.height_rule = (
                Mm(self.page.inner_height / it.down - 1),
                WD_ROW_HEIGHT_RULE.AT_LEAST,
            )
        cells = [cell for row in table.rows for cell in row.cells]
        for cell, card in zip(cells, it.cards, strict=False):
            self._inside(cell)._card(card)

    def _card(self, it: Card) -> None:
        if it.over:
            self._paragraph(it.over, Align.CENTRE, size=self.page.body_pt - 1.5, after=0)
        self._paragraph(it.title.upper(), Align.CENTRE, bold=True)
        for text in it.texts:
            self._paragraph(text)
        for question in it.questions:
            self._paragraph(question.text, after=0)
            self._paragraph("    ".join(f"☐ {option}" for option in question.options))
        if it.qr:
            self._drawing(qr_png(it.qr), 23, f"Mã QR: {it.qr}", Align.RIGHT)
        if it.code:
            self._paragraph(it.code, Align.RIGHT, bold=True)
        if it.foot:
            self._paragraph(it.foot, Align.CENTRE, size=self.page.body_pt - 1.5)


class _Cell:
    """A cell that is written into; the empty paragraph every cell is born with is used first."""

    def __init__(self, cell: Any) -> None:
        self.cell = cell
        self.born: Any = cell.paragraphs[0]

    def add_paragraph(self) -> Any:
        if self.born is not None:
            born, self.born = self.born, None
            return born
        return self.cell.add_paragraph()


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _into_order(properties: Any, borders: Any) -> None:
    """Word wants the properties of a paragraph in the order of the schema: borders before spacing."""
    for child in properties:
        if child.tag in {qn("w:spacing"), qn("w:ind"), qn("w:jc")}:
            child.addprevious(borders)
            return
    properties.append(borders)


def _dashed() -> Any:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="dashed", sz="4", space="0", color="808080"))
    return borders


def _without_clock(file: bytes) -> bytes:
    """The same package, no part of it dated: equal papers are equal files."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write,
    ):
        for each in read.infolist():
            part = zipfile.ZipInfo(each.filename, _ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(part, read.read(each))
    return out.getvalue()

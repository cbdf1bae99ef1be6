"""Makers of DOCX and XLSX files for the tests."""

import io
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl
from docx.table import Table
from docx.text.paragraph import Paragraph

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column


def saved(document: Any) -> bytes:
    """The bytes of a document or a workbook."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_table(document: Any, rows: Sequence[Sequence[str]], merges: Sequence[Merge] = ()) -> Table:
    """A table of these words. Words inside a merge stand once, at its top left; `^…^` is raised."""
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            if text:
                write(table.cell(row, column).paragraphs[0], text)
    for top, left, bottom, right in merges:
        table.cell(top, left).merge(table.cell(bottom, right))
    return table


def write(paragraph: Paragraph, text: str) -> None:
    for at, piece in enumerate(text.split("^")):
        run = paragraph.add_run(piece)
        run.font.superscript = bool(at % 2)


def word(
    rows: Sequence[Sequence[str]], merges: Sequence[Merge] = (), before: str = "", after: Sequence[str] = ()
) -> bytes:
    document = docx.Document()
    if before:
        document.add_paragraph(before)
    add_table(document, rows, merges)
    for line in after:
        write(document.add_paragraph(), line)
    return saved(document)


def excel(
    rows: Sequence[Sequence[Any]],
    merges: Sequence[str] = (),
    name: str = "Phụ lục I",
    formats: dict[str, str] | None = None,
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append([None if value == "" else value for value in row])
    for area in merges:
        sheet.merge_cells(area)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    return saved(book)

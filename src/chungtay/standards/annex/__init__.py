"""A criteria set's annex from a Word or Excel file to draft content: bytes → tables → mapping → criteria in plain form.

    tables = join_split(read_tables(data, name))
    mapping = guess(tables[0], regions)          # every guess with its reason; the person changes what is wrong
    imported = apply(tables[0], mapping, catalogue, answers)

Knows no database and decides nothing for the person: what cannot be read stays unknown, with the cell it stands in.
"""

from chungtay.standards.annex.answers import NEW, Answers
from chungtay.standards.annex.applying import apply
from chungtay.standards.annex.guessing import guess
from chungtay.standards.annex.imported import (
    CellProblem,
    Imported,
    ImportedIndicator,
    RowReport,
    RowUse,
    Source,
)
from chungtay.standards.annex.joining import join_split
from chungtay.standards.annex.mapping import Column, Mapping, Role
from chungtay.standards.annex.measuring import Catalogue, Likeness, texts_of
from chungtay.standards.annex.opening import MAX_BYTES, read_tables
from chungtay.standards.annex.tables import Cell, Table
from chungtay.standards.annex.thresholds import Shape, Threshold, read_threshold

__all__ = [
    "MAX_BYTES",
    "NEW",
    "Answers",
    "Catalogue",
    "Cell",
    "CellProblem",
    "Column",
    "Imported",
    "ImportedIndicator",
    "Likeness",
    "Mapping",
    "Role",
    "RowReport",
    "RowUse",
    "Shape",
    "Source",
    "Table",
    "Threshold",
    "apply",
    "guess",
    "join_split",
    "read_tables",
    "read_threshold",
    "texts_of",
]

"""What the person decided, beside the mapping of the columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NEW = "new"
"""Stands for the code of a measure when a new one is wanted."""


@dataclass(frozen=True)
class Answers:
    """By row of the table (0-based).

    measures: the codes for its indicator, one for each part of its threshold; `NEW` asks for a new measure.
    typed: (row, column) → words typed in place of a threshold's cell, read like the cell itself.
    left_out: rows that are not to be imported.
    """

    measures: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    typed: Mapping[tuple[int, int], str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

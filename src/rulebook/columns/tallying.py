"""Verdicts counted: how many places of each group stand how, under the standard and under every criterion.

A vector of counts: places; met, not met, unknown, excused; the same four of each criterion in legal order; then how
many places hold exactly 0, 1, 2 … criteria (met or excused). Whole numbers of Python, ready to be added up.
"""

from collections.abc import Sequence

import numpy as np

from rulebook.columns.results import Verdicts
from rulebook.columns.table import EXCUSED, MET, NOT_MET, UNKNOWN, VERDICT_OF, Codes
from rulebook.standard import Standard
from rulebook.verdicts import Verdict

_ORDER = [int(code) for code in (MET, NOT_MET, UNKNOWN, EXCUSED)]


def tallies(verdicts: Verdicts, rows: Sequence[int], groups: Sequence[int], number: int) -> list[list[int]]:
    """A vector of counts for each of `number` groups.

    rows, groups: pairs (row of a place, group it counts in); a place may count in many groups, or in none.
    """
    row, group = np.array(rows, np.int64), np.array(groups, np.int64)
    members = [verdicts.standard, *verdicts.criteria.values()]
    parts = [np.bincount(group, minlength=number)[:, np.newaxis]]
    for codes in members:
        counted = np.bincount(group * 4 + codes[row], minlength=4 * number).reshape(number, 4)
        parts.append(counted[:, _ORDER])
    steps = len(members)  # from none to all of the criteria
    holding = verdicts.counts.holding.astype(np.int64)[row]
    parts.append(np.bincount(group * steps + holding, minlength=steps * number).reshape(number, steps))
    vectors: list[list[int]] = np.concatenate(parts, axis=1).tolist()
    return vectors


def verdict_rows(verdicts: Verdicts) -> list[tuple[Verdict, ...]]:
    """By place: the standard's own verdict, then each criterion's in legal order."""
    codes = np.stack([verdicts.standard, *verdicts.criteria.values()], axis=1)
    return [tuple(VERDICT_OF[code] for code in row) for row in codes.tolist()]


def as_rows(verdicts: Verdicts) -> list[bytes]:
    """`Verdicts.bits`, one value a place, as a database keeps it."""
    packed = verdicts.bits()
    width, whole = packed.shape[1], packed.tobytes()
    return [whole[start : start + width] for start in range(0, len(whole), width)]


def from_rows(standard: Standard, rows: Sequence[bytes]) -> Verdicts:
    """What `as_rows` gave under the same standard."""
    width = len(rows[0]) if rows else 0
    packed: Codes = np.frombuffer(b"".join(rows), np.uint8).reshape(len(rows), width)
    return Verdicts.from_bits(standard, packed)


def count_rows(verdicts: Verdicts) -> list[tuple[int, int, int, int, int]]:
    """By place: the code of its verdict, and how many criteria are met, not met, unknown, excused."""
    counts = verdicts.counts
    members = (counts.met, counts.not_met, counts.unknown, counts.excused)
    met, not_met, unknown, excused = (each.tolist() for each in members)
    return list(zip(verdicts.standard.tolist(), met, not_met, unknown, excused, strict=True))

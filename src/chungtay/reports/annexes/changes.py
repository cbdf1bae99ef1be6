"""What differs between two makings of the same tables, cell by cell: late corrections of a report that was frozen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chungtay.reports.annexes.cells import Annex, Cell, plain_cell, read_cell

Key = tuple[int, str, str, str]
"""Which cell: report, annex, row, column."""


@dataclass(frozen=True)
class LaterDeed:
    """A deed done after the freeze that may be why. deed: its code."""

    deed: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Adjustment:
    """One cell that stands otherwise now. report: the frozen one, window: its name. label: of row and column.

    before, after: None where there was, or is no more, such a row. because: deeds since, the latest first; more: how
    many others.
    """

    report: int
    window: str
    annex: str
    row: str
    column: str
    label: str
    before: Cell | None
    after: Cell | None
    because: tuple[LaterDeed, ...] = ()
    more: int = 0

    @property
    def key(self) -> Key:
        return self.report, self.annex, self.row, self.column

    @property
    def place(self) -> int | None:
        """The place whose records the cell is about, where it is about one."""
        why = (self.after and self.after.why) or (self.before and self.before.why)
        found = why.about.get("place") if why else None
        return int(found) if found is not None else None


def changes(
    report: int, window: str, frozen: Sequence[Annex], now: Sequence[Annex], told: Mapping[Key, Cell | None]
) -> Iterable[Adjustment]:
    """Cells of a frozen report that stand otherwise now. told: those of which a later report told already."""
    after = {annex.number: annex for annex in now}
    for annex in frozen:
        new = after[annex.number]
        rows = dict.fromkeys([row.key for row in annex.all_rows] + [row.key for row in new.all_rows])
        for row in rows:
            for column in annex.columns:
                key = report, annex.number, row, column.key
                old_cell = (
                    told.get(key, annex.cell(row, column.key)) if key in told else annex.cell(row, column.key)
                )
                cell = new.cell(row, column.key)
                if (old_cell and old_cell.same) != (cell and cell.same):
                    label = f"{_row_words(annex, row) or _row_words(new, row)}: {_column_words(column)}"
                    yield Adjustment(report, window, annex.number, row, column.key, label, old_cell, cell)


def with_deeds(one: Adjustment, deeds: Sequence[LaterDeed], shown: int = 3) -> Adjustment:
    return replace(one, because=tuple(deeds[:shown]), more=max(0, len(deeds) - shown))


def _row_words(annex: Annex, key: str) -> str:
    row = next((row for row in annex.all_rows if row.key == key), None)
    if row is None:
        return ""
    texts = [cell.value for cell in row.cells[:2] if isinstance(cell.value, str) and cell.value]
    return ", ".join(texts)


def _column_words(column: Any) -> str:
    return f"{column.group}, {column.title.lower()}" if column.group else column.title.lower()


# ── As JSON ───────────────────────────────────────────────────────────────────


def freeze(one: Adjustment) -> dict[str, Any]:
    return {
        **{
            name: getattr(one, name)
            for name in ("report", "window", "annex", "row", "column", "label", "more")
        },
        "before": plain_cell(one.before) if one.before else None,
        "after": plain_cell(one.after) if one.after else None,
        "because": [{"deed": each.deed, "at": each.at.isoformat(), "by": each.by} for each in one.because],
    }


def thaw(plain: Mapping[str, Any]) -> Adjustment:
    return Adjustment(
        **{
            **plain,
            "before": read_cell(plain["before"]) if plain["before"] else None,
            "after": read_cell(plain["after"]) if plain["after"] else None,
            "because": tuple(
                LaterDeed(each["deed"], datetime.fromisoformat(each["at"]), each["by"])
                for each in plain["because"]
            ),
        }
    )

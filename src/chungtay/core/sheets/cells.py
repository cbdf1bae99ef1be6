"""The cells of a sheet as somebody sent it: values, and what a value alone does not tell."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils.cell import get_column_letter

At = tuple[int, int]  # row and column, 0-based


@dataclass(frozen=True)
class RawSheet:
    """One sheet. cells: rows from A1 on, each a list of "", str, bool, int, float, or a date Excel made.

    computed: cells that hold a formula. unanswered: those of them whose result was not stored.
    """

    name: str
    cells: list[list[Any]]
    computed: frozenset[At] = frozenset()
    unanswered: frozenset[At] = frozenset()
    percents: frozenset[At] = frozenset()
    merged: tuple[tuple[At, At], ...] = field(default=())

    def at(self, row: int, column: int) -> Any:
        """The value of a cell; "" where there is none. A number shown in percent is what is shown: 95, not 0.95."""
        line = self.cells[row] if row < len(self.cells) else ()
        value = line[column] if column < len(line) else ""
        if isinstance(value, float):
            number = exact(value)
            return number * 100 if (row, column) in self.percents else number
        return value.strip() if isinstance(value, str) else value

    def unreadable(self, row: int, column: int, value: Any) -> str:
        """Why a cell's value is none: a formula without a result, or in error; "" when it can be read."""
        if (row, column) in self.unanswered:
            return _(
                "Ô có công thức nhưng tệp không lưu kết quả. Hãy mở tệp bằng Excel, lưu lại, rồi tải lên."
            )
        if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
            return _("Ô báo lỗi công thức %(value)s. Hãy sửa công thức hoặc gõ số.") % {"value": value[:20]}
        return ""


def exact(value: float) -> Decimal:
    """The number as people see it, without the tail a binary fraction has."""
    return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))


def place_of(row: int, column: int) -> str:
    """ "C12"."""
    return f"{get_column_letter(column + 1)}{row + 1}"

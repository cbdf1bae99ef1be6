"""A row against the record it names: where the two say different things."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault
from chungtay.core.sheets.columns import Column, Kind, Row, Sheet
from viet.numbers import format_number


def differences(row: Row, known: Mapping[str, Any], sheet: Sheet) -> list[Fault]:
    """A fault for each column of `known` that says something else than the row; empty text and nothing are alike."""
    told = _(
        "%(heading)s: trong sổ là “%(before)s”, trong tệp là “%(after)s”. Không ghi đè; hãy đối chiếu hai nơi."
    )
    return [
        Fault(
            told
            % {
                "heading": column.heading,
                "before": in_words(known[column.key], column),
                "after": in_words(row[column.key], column),
            },
            column.key,
            row.number,
        )
        for column in sheet.columns
        if column.key in known and _bare(known[column.key]) != _bare(row[column.key])
    ]


def _bare(value: Any) -> Any:
    return None if value is None or value == "" else value


def in_words(value: Any, column: Column) -> str:
    """A value as people read it; "" for none."""
    if _bare(value) is None:
        return ""
    match column.kind:
        case Kind.CHOICE:
            return str(dict(column.choices).get(value, value))
        case Kind.FLAG:
            return _("có") if value else _("không")
    if isinstance(value, date):
        return day_words(value)
    number = isinstance(value, int | Decimal) and column.kind is Kind.MONEY
    return format_number(value) if number else str(value)

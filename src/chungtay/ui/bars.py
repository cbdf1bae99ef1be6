"""One whole and its parts, drawn to exact length and told in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext

from viet.numbers import format_number

from .read import part, word

_STYLES = 6


@dataclass(frozen=True)
class Part:
    """x and width are in percent of the whole, as text for SVG."""

    label: str
    amount: str
    share: str
    style: str
    x: str
    width: str

    def words(self, unit: str) -> str:
        share = f" ({self.share})" if self.share else ""
        return f"{self.label}: {self.amount}{' ' + unit if unit and self.share else ''}{share}"


def read_parts(items: Iterable[object]) -> list[Part]:
    """The parts in the order given, each in a colour of its own unless it names its `kind` ("against", "silent").

    An unknown value takes no length and says that it is unknown.
    """
    rows = [(item, _exact(part(item, "value", None))) for item in items]
    if any(value is not None and value < 0 for _, value in rows):
        raise ValueError("a part of a whole cannot be less than nothing")
    whole = sum((value for _, value in rows if value is not None), Fraction(0))
    found: list[Part] = []
    reached = Fraction(0)
    for index, (item, value) in enumerate(rows):
        width = value * 100 / whole if value is not None and whole else Fraction(0)
        known = value is not None
        found.append(
            Part(
                label=word(item, "label"),
                amount=format_number(value) if value is not None else gettext("chưa biết"),
                share=f"{format_number(width, 1)}%" if known and whole else "",
                style=f"part-{part(item, 'kind', None) or index % _STYLES + 1}" if known else "part-unknown",
                x=_decimal(reached),
                width=_decimal(width),
            )
        )
        reached += width
    return found


def _exact(value: object) -> Fraction | None:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal | Fraction | int):
        return Fraction(value)
    raise TypeError(f"{value!r} is not an exact figure: hand over Decimal, Fraction or int")


def _decimal(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.3f}"

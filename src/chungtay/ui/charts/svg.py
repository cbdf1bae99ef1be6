"""What every chart shares: exact coordinates, escaped text, a name for screen readers, a table instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from zlib import crc32

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

Number = Decimal | Fraction | int

NOTHING = SafeString("")

HATCH = SafeString(
    '<defs><pattern id="ui-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" class="hatch-ground"/><line x1="0" y1="0" x2="0" y2="6" class="hatch-line"/>'
    "</pattern></defs>"
)


def at(value: Fraction) -> str:
    """A coordinate as SVG text, to a tenth of a unit."""
    return f"{float(value):.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Span:
    """A straight map from values to coordinates."""

    low: Fraction
    high: Fraction
    start: int
    end: int

    def __call__(self, value: Fraction | int) -> Fraction:
        if self.high == self.low:
            return Fraction(self.start + self.end, 2)
        return self.start + (Fraction(value) - self.low) * (self.end - self.start) / (self.high - self.low)


def ticks(low: Fraction, high: Fraction, wanted: int = 4) -> list[Fraction]:
    """Round values that cover low … high, about `wanted` of them."""
    reach = high - low or max(abs(high), Fraction(1))
    step = Fraction(1)
    while step > reach:
        step /= 10
    while step * 10 <= reach:
        step *= 10
    step = min((step * m / 10 for m in (1, 2, 5, 10, 20, 50, 100)), key=lambda s: abs(reach / s - wanted))
    first = low // step
    last = -((-high) // step)
    return [step * n for n in range(int(first), int(max(last, first + 1)) + 1)]


def text(
    x: Fraction | int, y: Fraction | int, words: object, css: str = "", anchor: str = "start"
) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>',
        at(Fraction(x)), at(Fraction(y)), css, anchor, words,
    )  # fmt: skip


def line(
    x1: Fraction | int, y1: Fraction | int, x2: Fraction | int, y2: Fraction | int, css: str
) -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>',
        at(Fraction(x1)), at(Fraction(y1)), at(Fraction(x2)), at(Fraction(y2)), css,
    )  # fmt: skip


def block(kind: str, x: Fraction, y: Fraction, width: Fraction, height: Fraction) -> SafeString:
    """A box drawn as a verdict is: filled, outlined, hatched, dashed. `HATCH` must stand before it in the drawing."""
    fill = SafeString(' fill="url(#ui-hatch)"') if kind == "unknown" else ""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"{}/>',
        kind,
        at(x),
        at(y),
        at(width),
        at(height),
        fill,
    )  # fmt: skip


def drawing(
    width: int, height: int, title: str, words: str, shapes: Iterable[SafeString], css: str = ""
) -> SafeString:
    """The <svg> itself, named by its title and described in words."""
    token = f"{crc32(f'{title}|{words}'.encode()):08x}"
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-labelledby="t{} d{}">'
        '<title id="t{}">{}</title><desc id="d{}">{}</desc>{}</svg>',
        css, width, height, token, token, token, title, token, words,
        mark_safe("".join(shapes)),
    )  # fmt: skip


def data_table(caption: str, headers: Sequence[object], rows: Iterable[Sequence[object]]) -> SafeString:
    """The figures of a chart as a table that can be opened under it."""
    head = format_html_join("", '<th scope="col">{}</th>', ((h,) for h in headers))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        ((r[0], format_html_join("", '<td class="number">{}</td>', ((c,) for c in r[1:]))) for r in rows),
    )
    return format_html(
        '<details class="chart-numbers"><summary>{}</summary>'
        '<div class="table-frame" tabindex="0" role="region" aria-label="{}">'
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>",
        gettext("Xem bằng bảng số"), caption, caption, head, body,
    )  # fmt: skip


def figure(title: str, chart: SafeString, table: SafeString = NOTHING) -> SafeString:
    """A chart under its title with its table."""
    return format_html(
        '<figure class="chart-figure"><figcaption>{}</figcaption>{}{}</figure>', title, chart, table
    )

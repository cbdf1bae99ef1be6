"""Charts as SVG, drawn by pure functions from plain data. Colours come from `data.css`; shapes and hatches
carry the meaning, so that black-and-white paper says the same."""

from .counts import counts_chart, counts_table
from .history import history_chart, history_table
from .scale import Direction, scale
from .svg import data_table, figure

__all__ = [
    "Direction",
    "counts_chart",
    "counts_table",
    "data_table",
    "figure",
    "history_chart",
    "history_table",
    "scale",
]

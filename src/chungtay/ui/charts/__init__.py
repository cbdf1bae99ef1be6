"""Charts as SVG, drawn by pure functions from plain data. Colours come from `data.css`; shapes and hatches
carry the meaning, so that black-and-white paper says the same."""

from .counts import counts_chart, counts_table
from .gantt import Bar, gantt_chart, gantt_table
from .history import history_chart, history_table
from .scale import Direction, scale
from .shares import Shares, mini_years, share_bar, shares_words
from .spots import Spot, spots_chart
from .spread import spread_chart, spread_table
from .svg import data_table, figure
from .years import YearShare, law_changes, years_chart, years_table

__all__ = [
    "Bar",
    "Direction",
    "Shares",
    "Spot",
    "YearShare",
    "counts_chart",
    "counts_table",
    "data_table",
    "figure",
    "gantt_chart",
    "gantt_table",
    "history_chart",
    "history_table",
    "law_changes",
    "mini_years",
    "scale",
    "share_bar",
    "shares_words",
    "spots_chart",
    "spread_chart",
    "spread_table",
    "years_chart",
    "years_table",
]

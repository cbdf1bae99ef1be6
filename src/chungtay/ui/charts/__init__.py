"""Charts as SVG, drawn by pure functions from plain data. Colours come from `data.css`; shapes and hatches
carry the meaning, so that black-and-white paper says the same."""

from .counts import counts_chart, counts_table
from .gantt import Bar, gantt_chart, gantt_table
from .ground import LegendLine, Sheet, Thing, box_of, ground_map, legend_icon
from .history import history_chart, history_table
from .scale import Direction, scale
from .shares import Shares, mini_years, share_bar, shares_words
from .signs import SIGNS, sign_of
from .spots import Spot, spots_chart
from .spread import spread_chart, spread_table
from .svg import data_table, figure
from .years import YearShare, law_changes, years_chart, years_table

__all__ = [
    "SIGNS",
    "Bar",
    "Direction",
    "LegendLine",
    "Shares",
    "Sheet",
    "Spot",
    "Thing",
    "YearShare",
    "box_of",
    "counts_chart",
    "counts_table",
    "data_table",
    "figure",
    "gantt_chart",
    "gantt_table",
    "ground_map",
    "history_chart",
    "history_table",
    "law_changes",
    "legend_icon",
    "mini_years",
    "scale",
    "share_bar",
    "shares_words",
    "sign_of",
    "spots_chart",
    "spread_chart",
    "spread_table",
    "years_chart",
    "years_table",
]

"""Many places judged at once: `judge_all` means what `rulebook.judge` means, node for node, and keeps no trace.

    columns = Columns.gather(standard, places, on)      # or built from packed blocks
    verdicts = judge_all(standard, columns, on=on)
    verdicts.criteria["4"]                              # uint8 (places,): 0 unknown, 1 met, 2 not met, 3 excused

`judge` is the reading of the law; this is the same reading turned by ninety degrees: one rule over all places
instead of all rules over one place. No float stands anywhere. The only package that imports numpy, and not imported
by `rulebook` itself, so that the engine alone needs no numpy.

Read on: `figures` (what goes in) · `limits` (thresholds resolved once) · `exact` (comparing whole numbers) · `table`
(the truth table) · `reading` (the rules) · `results` (what comes out) · `packing` (figures as bytes) · `unpacking`
(many blocks as columns) · `tallying` (verdicts counted).
"""

from rulebook.columns.asking import figures_asked, told_asked
from rulebook.columns.figures import (
    MISSING,
    NOT_GIVEN,
    NUMBER,
    SHARE,
    UNRECORDED,
    Column,
    Columns,
    judged_by_reference,
)
from rulebook.columns.packing import NO_SHARE, Packable, Packed, pack, put, unpack
from rulebook.columns.reading import judge_all
from rulebook.columns.results import CountsOfPlaces, Verdicts
from rulebook.columns.table import CODE_OF, EXCUSED, MET, NOT_MET, UNKNOWN, VERDICT_OF
from rulebook.columns.tallying import as_rows, count_rows, from_rows, tallies, verdict_rows
from rulebook.columns.unpacking import Blocks, Kinds

__all__ = [
    "CODE_OF",
    "EXCUSED",
    "MET",
    "MISSING",
    "NOT_GIVEN",
    "NOT_MET",
    "NO_SHARE",
    "NUMBER",
    "SHARE",
    "UNKNOWN",
    "UNRECORDED",
    "VERDICT_OF",
    "Blocks",
    "Column",
    "Columns",
    "CountsOfPlaces",
    "Kinds",
    "Packable",
    "Packed",
    "Verdicts",
    "as_rows",
    "count_rows",
    "figures_asked",
    "from_rows",
    "judge_all",
    "judged_by_reference",
    "pack",
    "put",
    "tallies",
    "told_asked",
    "unpack",
    "verdict_rows",
]

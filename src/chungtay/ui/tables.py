"""What the big tables of verdicts are handed: plain words, kinds of verdict and addresses."""

from collections.abc import Sequence
from dataclasses import dataclass

from .charts import Shares


@dataclass(frozen=True)
class Links:
    """Where the places behind each part of `Shares` are listed; "" where nothing is."""

    met: str = ""
    not_met: str = ""
    unknown: str = ""
    excused: str = ""


@dataclass(frozen=True)
class HeatColumn:
    """One column of marks. key: what the address sorts by. number: what stands in the head; name: read aloud."""

    key: str
    number: str
    name: str


@dataclass(frozen=True)
class HeatRow:
    """One place. counts: the words of the columns before the marks. cells: (kind of verdict, address of its why)."""

    name: str
    href: str
    note: str
    verdict: str
    counts: Sequence[str]
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Heat:
    """A table of marks. what: the head of the names. counts: (sort key, kind) of each count. order: the sort in use."""

    label: str
    what: str
    counts: Sequence[tuple[str, str]]
    columns: Sequence[HeatColumn]
    rows: Sequence[HeatRow]
    order: str


@dataclass(frozen=True)
class Multiple:
    """One of many small pictures of the same kind. headline: the figure, with its whole and the share unknown."""

    name: str
    href: str
    headline: str
    note: str
    counts: Shares = (0, 0, 0, 0)
    years: Sequence[tuple[int, Shares]] = ()


@dataclass(frozen=True)
class RankRow:
    """rank: "3/65", "đồng hạng 12–14/65", "" for a place that is not ranked; then `why` says why not."""

    rank: str
    name: str
    href: str
    grade: str
    counts: Shares
    share: str
    unknown: str
    why: str = ""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a kind of verdict, words beside it, the address of its why."""

    verdict: str
    words: str = ""
    href: str = ""


@dataclass(frozen=True)
class VersusRow:
    """One line of a comparison. change: up, down, lost (no longer known), found (now known), same, or ""."""

    name: str
    href: str
    left: Side
    right: Side
    change: str
    change_words: str
    note: str = ""

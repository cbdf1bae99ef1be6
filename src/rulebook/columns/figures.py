"""What is known of many places, column by column: what `judge_all` reads. `Columns.gather` builds it from Facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from rulebook.columns.asking import Told, figures_asked, standards_met, told_asked
from rulebook.columns.exact import LARGEST
from rulebook.columns.table import CODE_OF, Codes, Ints
from rulebook.facts import Facts
from rulebook.judging import judge
from rulebook.measures import Kind, Measure, Share
from rulebook.standard import Criterion, Indicator, Provenance, Standard
from rulebook.texts import EMPTY
from rulebook.verdicts import Verdict

MISSING, NUMBER, SHARE = (np.uint8(state) for state in range(3))
NOT_GIVEN = np.uint8(255)
UNRECORDED = -1  # of a region, a group or the classes of a place
MAX_CLASSES = 62


def scale_of(measure: Measure) -> int:
    """How many units of `Column.scaled` make one unit of the measure."""
    return 1 if measure.kind in (Kind.FLAG, Kind.GRADE) else 10**measure.decimals


@dataclass(frozen=True)
class Column:
    """The figures of one measure (one part of it) of n places.

    state: uint8 (n,), MISSING, NUMBER or SHARE. scaled: int64 (n,), read where NUMBER: whole numbers of
    10^-decimals; a flag is 0 or 1, a grade its rank from the lowest, 1. numerator, denominator: int64 (n,), read
    where SHARE; None when no place has one. What is not read may hold anything.
    """

    scaled: Ints
    state: Codes
    numerator: Ints | None = None
    denominator: Ints | None = None

    def __post_init__(self) -> None:
        shares = self.state == SHARE
        if self.numerator is None or self.denominator is None:
            if shares.any():
                raise ValueError("shares need a numerator and a denominator")
        elif (shares & (self.denominator < 0)).any():
            raise ValueError("a denominator is never below zero")
        if (self.state > SHARE).any():
            raise ValueError("a state is 0 missing, 1 number or 2 share")

    def stored(self) -> list[tuple[int | None, int | None, int | None]]:
        """By place: scaled, numerator, denominator, with None for what the figure is not; all None where missing."""
        nothing: list[int] = [0] * len(self.state)
        above = nothing if self.numerator is None else self.numerator.tolist()
        below = nothing if self.denominator is None else self.denominator.tolist()
        return [
            (number, None, None)
            if state == NUMBER
            else (None, a, b)
            if state == SHARE
            else (None, None, None)
            for state, number, a, b in zip(
                self.state.tolist(), self.scaled.tolist(), above, below, strict=True
            )
        ]

    @classmethod
    def empty(cls, places: int) -> "Column":
        """A measure that nobody has a figure of."""
        return cls(np.zeros(places, np.int64), np.full(places, MISSING))


@dataclass(frozen=True)
class Columns:
    """n places. All arrays: (n,).

    region, group: index into `regions`, `groups`, −1 where not recorded. classes: bit i set = of the class
    class_codes[i], −1 where not recorded (not "none": that is 0). figures: by (measure's code, part).
    told: verdict codes by the key of a rule over child places or of a ruling (`told_asked`). standards: verdict codes
    by the id of a standard, settled elsewhere, NOT_GIVEN where it is not; the others are judged here.
    """

    region: Ints
    regions: tuple[str, ...]
    group: Ints
    groups: tuple[str, ...]
    classes: Ints
    class_codes: tuple[str, ...]
    figures: Mapping[tuple[str, str], Column]
    told: Mapping[str, Codes] = field(default_factory=dict)
    standards: Mapping[str, Codes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arrays: list[Ints | Codes] = [self.region, self.group, self.classes]
        arrays += [*self.told.values(), *self.standards.values()]
        for column in self.figures.values():
            shares = [each for each in (column.numerator, column.denominator) if each is not None]
            arrays += [column.scaled, column.state, *shares]
        if any(each.shape != (self.places,) for each in arrays):
            raise ValueError("every column needs one row a place")
        if len(self.class_codes) > MAX_CLASSES:
            raise ValueError(f"at most {MAX_CLASSES} classes fit a mask")

    @property
    def places(self) -> int:
        return len(self.region)

    @classmethod
    def gather(cls, standard: Standard, places: Sequence[Facts], on: date) -> "Columns":
        """All that `standard`, and those it refers to, ask of the places by `on`: the figures that `judge` takes.

        Rulings and rules over child places are judged here by the reference reading, one place at a time.
        """
        regions = tuple(sorted({facts.place.region for facts in places if facts.place.region is not None}))
        groups = tuple(sorted({facts.place.group for facts in places if facts.place.group is not None}))
        classes = tuple(sorted(set().union(*(facts.place.classes or () for facts in places))))
        return cls(
            region=indices_of([facts.place.region for facts in places], regions),
            regions=regions,
            group=indices_of([facts.place.group for facts in places], groups),
            groups=groups,
            classes=np.array([mask_of(facts.place.classes, classes) for facts in places], np.int64),
            class_codes=classes,
            figures={
                (code, part): _column(measure, part, places, on)
                for (code, part), measure in figures_asked(standard).items()
            },
            told={told.key: as_codes(judged_by_reference(told, places, on)) for told in told_asked(standard)},
            standards={other.id: _given(other.id, places) for other in standards_met(standard)},
        )


def indices_of(codes: Sequence[str | None], known: tuple[str, ...]) -> Ints:
    """Each code's position among the known ones, −1 where none is recorded."""
    position = {code: index for index, code in enumerate(known)}
    return np.array([UNRECORDED if code is None else position[code] for code in codes], np.int64)


def mask_of(classes: frozenset[str] | None, known: tuple[str, ...]) -> int:
    """Bit i set where known[i] is among the classes; −1 where nobody recorded them."""
    if classes is None:
        return UNRECORDED
    return sum(1 << index for index, code in enumerate(known) if code in classes)


def _column(measure: Measure, part: str, places: Sequence[Facts], on: date) -> Column:
    """The newest usable figure of each place."""
    scaled, state = np.zeros(len(places), np.int64), np.full(len(places), MISSING)
    shares: dict[int, Share] = {}
    for row, facts in enumerate(places):
        fact = facts.find(measure.code, part, on)
        if fact is None:
            continue
        if isinstance(fact.value, Share):
            shares[row], state[row] = fact.value, SHARE
        else:
            scaled[row], state[row] = whole_number(fact.value, measure), NUMBER
    if not shares:
        return Column(scaled, state)
    numerator, denominator = np.zeros(len(places), np.int64), np.ones(len(places), np.int64)
    for row, share in shares.items():
        numerator[row], denominator[row] = share.numerator, share.denominator
    return Column(scaled, state, numerator, denominator)


def whole_number(value: Decimal | bool | str, measure: Measure) -> int:
    """A value as a whole number at its measure's scale. ValueError for one that the measure refuses anyway."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return measure.rank(value)
    exact = Fraction(value) * scale_of(measure)
    if exact.denominator != 1 or abs(exact.numerator) > LARGEST:
        raise ValueError(f"{value} is not a figure of {measure.code}: {measure.decimals} decimals are kept")
    return exact.numerator


def judged_by_reference(told: Told, places: Sequence[Facts], on: date) -> list[Verdict]:
    """What the reference reading says of one rule alone, as the only one of its standard."""
    indicator = Indicator(told.code, EMPTY, told.rule, Provenance(), EMPTY)
    alone = replace(told.standard, criteria=(Criterion("", EMPTY, (indicator,), EMPTY),), prerequisites=())
    return [judge(alone, facts, on=on).verdict for facts in places]


def as_codes(verdicts: Sequence[Verdict]) -> Codes:
    """Verdicts as their codes."""
    return np.array([CODE_OF[verdict] for verdict in verdicts], np.uint8)


def _given(standard: str, places: Sequence[Facts]) -> Codes:
    given = [facts.standards.get(standard) for facts in places]
    return np.array([NOT_GIVEN if verdict is None else CODE_OF[verdict] for verdict in given], np.uint8)

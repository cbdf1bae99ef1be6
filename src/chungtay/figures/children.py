"""The figures of the places below, for a standard that asks how many of them meet something.

A fixed number of queries, whatever the number of places, and none for a standard that asks nothing of them. A child
place is one of the level asked anywhere below, on that day. One without figures is there, and unknown. Where the rule
names a standard, the child is judged by it with its own figures and the rulings made on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chungtay.figures.grading import Sieve, sieve_of, strong_only
from chungtay.figures.models import Observation, StatedVerdict
from chungtay.figures.rows import about, fact_of, stated_of
from chungtay.figures.rulings import Asked, rulings_asked, rulings_of
from chungtay.figures.work_rows import only_counting
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.paths import ids_of
from chungtay.territory.queries import PlaceView, Standing
from rulebook import Facts, Standard
from rulebook.rules import Children, MeetsStandard, Rule, measures_of, walk


def with_children(facts: Facts, place: PlaceView, standard: Standard, on: date) -> Facts:
    """`facts` with those of the places below that the standard asks about, each with its own below it."""
    below = _asked_of(standard.rules)
    if not below.levels:
        return facts
    level = next(iter(below.levels)) if len(below.levels) == 1 else ""
    found = [
        each
        for each in territory.subtree(place.id, on, level=level)
        if each.level in below.levels and each.id != place.id
    ]
    return replace(facts, children=_nested(_facts_of(found, below, on), [place, *found])[place.id])


def asks_below(standard: Standard) -> bool:
    """Whether the standard, or one it refers to, asks anything of places below."""
    return bool(_asked_of(standard.rules).levels)


def children_of(
    places: Sequence[Standing], standard: Standard, on: date, *, sieve: Sieve | None = None
) -> dict[int, tuple[Facts, ...]]:
    """The same for many places at once, by id. A fixed number of queries. sieve: what claims must pass."""
    below, ids = _asked_of(standard.rules), {place.id for place in places}
    found = [
        each
        for each in territory.living_of_levels(below.levels, on)
        if not ids.isdisjoint(ids_of(each.path)[:-1])
    ]
    every: dict[int, PlaceView | Standing] = {place.id: place for place in places}
    every |= {each.id: each for each in found}
    own = sieve_of([each.id for each in found], sieve.grade) if sieve else None
    nested = _nested(_facts_of(found, below, on, own), list(every.values()))
    return {place.id: nested[place.id] for place in places}


@dataclass(frozen=True)
class _Below:
    """What a standard asks of places below, at any depth."""

    levels: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    rulings: tuple[Asked, ...] = ()


def _asked_of(rules: Iterable[Rule]) -> _Below:
    levels, measures, rulings = set[str](), set[str](), list[Asked]()
    waiting = [node for node in _with_referred(rules) if isinstance(node, Children)]
    while waiting:
        asked = waiting.pop()
        levels.add(asked.level)
        for node in _with_referred([asked.where]):
            measures |= {measure.code for measure, _ in measures_of(node)}
            if isinstance(node, Children):
                waiting.append(node)
            if isinstance(node, MeetsStandard):
                rulings += rulings_asked(node.standard)
    return _Below(frozenset(levels), frozenset(measures), tuple(dict.fromkeys(rulings)))


def _with_referred(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Every rule a place is judged by, those of the standards it must meet too."""
    for rule in rules:
        for node in walk(rule):
            yield node
            if isinstance(node, MeetsStandard):
                yield from _with_referred(node.standard.rules)


def _facts_of(
    places: Sequence[PlaceView], below: _Below, on: date, sieve: Sieve | None = None
) -> dict[int, Facts]:
    """What is recorded of many places, by id."""
    ids = [place.id for place in places]
    measures = standards.measures()
    found = {place.id: Facts(about(place, region)) for place, region in _with_regions(places, on)}
    current = Observation.objects.filter(
        place_id__in=ids, measure_id__in=below.measures, superseded_by__isnull=True
    )
    figures: dict[int, list[Observation]] = {}
    counting = only_counting(current)
    for row in strong_only(counting, sieve, on) if sieve else counting:
        figures.setdefault(row.place_id, []).append(row)
    stated: dict[int, list[StatedVerdict]] = {}
    for said in StatedVerdict.objects.filter(place_id__in=ids, superseded_by__isnull=True):
        stated.setdefault(said.place_id, []).append(said)
    rulings = rulings_of(ids, below.rulings, on, sieve=sieve)
    return {
        place_id: replace(
            known,
            facts=tuple(fact_of(row, measures[row.measure_id]) for row in figures.get(place_id, ())),
            stated=tuple(stated_of(said) for said in stated.get(place_id, ())),
            rulings=rulings.get(place_id, {}),
        )
        for place_id, known in found.items()
    }


def _with_regions(places: Sequence[PlaceView], on: date) -> Iterator[tuple[PlaceView, str]]:
    above = territory.views_of({i for place in places for i in ids_of(place.path)[:-1]}, on)
    for place in places:
        line = (above[i].region for i in reversed(ids_of(place.path)[:-1]) if i in above)
        yield place, place.region or next((region for region in line if region), "")


def _nested(facts: dict[int, Facts], places: Sequence[PlaceView | Standing]) -> dict[int, tuple[Facts, ...]]:
    """The facts of all that stands below each place, each with its own below it."""
    below: dict[int, list[int]] = {}
    for place in places:
        for above in ids_of(place.path)[:-1]:
            below.setdefault(above, []).append(place.id)
    nested: dict[int, tuple[Facts, ...]] = {}
    for place in sorted(places, key=lambda each: len(ids_of(each.path)), reverse=True):  # the deepest first
        ids = below.get(place.id, ())
        nested[place.id] = tuple(replace(facts[i], children=nested[i]) for i in ids)
    return nested

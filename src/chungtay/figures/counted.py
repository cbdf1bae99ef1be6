"""Stored roll-ups: the results below each place, counted, kept right by what changes and equal to counting afresh.

A result counts for every place on its line but its own: the places above it on the day it was judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from chungtay.core.batches import rows_kept
from chungtay.core.bulk import insert_many, update_many
from chungtay.figures.dirty import hold_drain
from chungtay.figures.models import Result, RollUp
from chungtay.figures.results import Differing
from chungtay.figures.totals import Totals
from chungtay.standards import queries as standards
from chungtay.territory.paths import ids_of
from rulebook.columns import from_rows, tallies

_PLACES_AT_ONCE = 5_000


class Node(NamedTuple):
    """One roll-up: the results of a standard's level below a place at the end of a year."""

    place: int
    code: str
    year: int
    level: str


@dataclass(frozen=True)
class Miscounted:
    """A roll-up that is not what counting afresh gives; None: there is, or ought to be, none."""

    node: Node
    kept: Totals | None
    fresh: Totals | None


Lines = dict[tuple[int, int], list[tuple[str, bytes]]]
"""By (version, year): the lines of results and their bits."""


def apply_changes(changes: Sequence[Differing], at: datetime) -> int:
    """Add what became of results to the roll-ups above them, and take away what they were. Returns how many changed."""
    before: Lines = {}
    after: Lines = {}
    for key, old, new in ((change.key, change.before, change.after) for change in changes):
        if old is not None:
            before.setdefault((key.version, key.year), []).append((old.line, old.bits))
        if new is not None:
            after.setdefault((key.version, key.year), []).append((new.line, new.bits))
    moved = _counted(after)
    for node, totals in _counted(before).items():
        moved[node] = moved.get(node, Totals()).plus(totals, -1)
    return _write({node: totals for node, totals in moved.items() if any(totals.counts)}, at)


def stored_totals(code: str, places: Sequence[int], years: Sequence[int]) -> dict[tuple[int, int], Totals]:
    """By (place, year): what is stored of a standard. One query."""
    rows = RollUp.objects.filter(code=code, place_id__in=set(places), year__in=set(years))
    return {
        (place, year): Totals.decode(criteria, bytes(counts))
        for place, year, criteria, counts in rows.values_list("place_id", "year", "criteria", "counts")
    }


@rows_kept()
def check_rollups() -> list[Miscounted]:
    """The roll-ups that differ from all results counted afresh. Changes nothing."""
    fresh = _counted(_all_results())
    kept = {
        Node(place, code, year, level): Totals.decode(criteria, bytes(counts))
        for place, code, year, level, criteria, counts in RollUp.objects.values_list(
            "place_id", "code", "year", "level", "criteria", "counts"
        )
    }
    return [
        Miscounted(node, kept.get(node), fresh.get(node))
        for node in sorted(kept.keys() | fresh.keys())
        if _said(kept.get(node)) != _said(fresh.get(node))
    ]


@transaction.atomic
def rebuild_rollups(at: datetime) -> int:
    """Count every result afresh, no drain running meanwhile. Returns how many roll-ups there are."""
    hold_drain()
    RollUp.objects.all().delete()
    return _write(_counted(_all_results()), at)


def _counted(results: Lines) -> dict[Node, Totals]:
    found: dict[Node, Totals] = {}
    for (version, year), rows in sorted(results.items()):
        adopted = standards.by_id(version)
        numbers = tuple(criterion.number for criterion in adopted.standard.criteria)
        position: dict[int, int] = {}
        above: dict[str, list[int]] = {}
        pairs: list[int] = []
        groups: list[int] = []
        for row, (line, _) in enumerate(rows):
            higher = line[: line.rindex("/", 0, -1)]
            if higher not in above:
                above[higher] = [position.setdefault(place, len(position)) for place in ids_of(higher)]
            groups += above[higher]
            pairs += [row] * len(above[higher])
        verdicts = from_rows(adopted.standard, [bits for _, bits in rows])
        vectors = tallies(verdicts, pairs, groups, len(position))
        for place, at in position.items():
            node = Node(place, adopted.view.code, year, adopted.view.level)
            totals = Totals(numbers, tuple(vectors[at]))
            found[node] = found[node].plus(totals) if node in found else totals
    return found


def _write(moved: dict[Node, Totals], at: datetime) -> int:
    """Add those counts to what is stored; a roll-up of no places is none."""
    kept = _kept(sorted({node.place for node in moved}))
    new, changed, gone = [], [], []
    for node, totals in moved.items():
        pk, before = kept.get(node, (None, Totals()))
        after = before.plus(totals)
        criteria, counts = after.encode()
        if not after.places:
            gone.append(pk)
        elif pk is None:
            new.append((*node, criteria, counts, at))
        else:
            changed.append((criteria, counts, at, pk))
    insert_many(RollUp, ("place", "code", "year", "level", "criteria", "counts", "as_of"), new)
    update_many(RollUp, ("criteria", "counts", "as_of"), changed)
    RollUp.objects.filter(pk__in=[pk for pk in gone if pk is not None]).delete()
    return len(moved)


def _kept(places: Sequence[int]) -> dict[Node, tuple[int | None, Totals]]:
    found: dict[Node, tuple[int | None, Totals]] = {}
    for start in range(0, len(places), _PLACES_AT_ONCE):
        rows = RollUp.objects.filter(place_id__in=places[start : start + _PLACES_AT_ONCE])
        for pk, place, code, year, level, criteria, counts in rows.values_list(
            "pk", "place_id", "code", "year", "level", "criteria", "counts"
        ):
            found[Node(place, code, year, level)] = pk, Totals.decode(criteria, bytes(counts))
    return found


def _all_results() -> Lines:
    found: Lines = {}
    rows = Result.objects.values_list("version_id", "year", "line", "bits")
    for version, year, line, bits in rows.iterator(chunk_size=20_000):
        found.setdefault((version, year), []).append((line, bytes(bits)))
    return found


def _said(totals: Totals | None) -> tuple[list[str], bytes] | None:
    return None if totals is None else totals.encode()

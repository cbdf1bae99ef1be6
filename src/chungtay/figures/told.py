"""What blocks cannot hold: rulings of persons, and rules over the places below, read rule by rule as the law reads."""

from collections.abc import Sequence
from datetime import date

from chungtay.figures.children import asks_below, children_of
from chungtay.figures.grading import Sieve
from chungtay.figures.rulings import rulings_asked, rulings_of
from chungtay.standards import queries as standards
from chungtay.territory.queries import Standing
from rulebook import Facts, Standard, Verdict
from rulebook.columns import judged_by_reference, told_asked


def told_of(
    standard: Standard, places: Sequence[Standing], on: date, *, sieve: Sieve | None = None
) -> dict[str, list[Verdict]]:
    """By `Told.key`, the verdict of each place. No query for a standard that asks neither of persons nor below.

    sieve: rulings, and figures of places below, that do not pass are unknown.
    """
    asked = told_asked(standard)
    if not asked:
        return {}
    questions = rulings_asked(standard)
    rulings = rulings_of([place.id for place in places], questions, on, sieve=sieve) if questions else {}
    below = children_of(places, standard, on, sieve=sieve) if asks_below(standard) else {}
    facts = [
        Facts(rulings=rulings.get(p.id, {}), children=below.get(p.id) if below else None) for p in places
    ]
    return {told.key: judged_by_reference(told, facts, on) for told in asked}


def levels_asking_below() -> frozenset[str]:
    """The levels of places whose verdict may hang on places below them."""
    asking = (view for view in standards.versions() if asks_below(standards.by_id(view.id).standard))
    return frozenset(view.level for view in asking)

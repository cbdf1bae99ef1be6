"""Recognised, meets today, at risk: three facts side by side, for many titles at once, never mixed.

Recognised comes from the acts, meets today from the figures of the day, at risk from a look ahead to the next review.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures.picked import Picked, judged_places
from chungtay.figures.risk import Risk, risks_of
from chungtay.recognition.titles import queries
from chungtay.recognition.titles.dues import Due, DueState
from chungtay.recognition.titles.papers import PaperView, ending, papers_of
from chungtay.recognition.titles.queries import Held, State, TitleView
from chungtay.recognition.titles.reviewing import ReviewView, dues_of, reviews_of
from chungtay.recognition.titles.withdrawals import open_cases
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Finding, Verdict, withdraw
from rulebook.calendar import months_after
from viet.numbers import format_number

MOST_AHEAD: Final = 300
"""More titles than this are not looked ahead for while somebody waits."""
AHEAD_MONTHS: Final = 12
"""How far is looked ahead where no review can be counted, or where it is late already."""


@dataclass(frozen=True)
class Upkeep:
    """One title with the three facts. place: the living place that holds it, None when none does.

    picked: how the place meets the standard of the title today; withdrawal: the two-band rule on the same criteria.
    Both None where there is nothing to judge. ahead: the day up to which was looked; None when nobody looked.
    """

    held: Held
    place: PlaceView | None
    reviews: tuple[ReviewView, ...] = ()
    due: Due | None = None
    picked: Picked | None = None
    withdrawal: Finding | None = None
    risks: tuple[Risk, ...] = ()
    papers: tuple[PaperView, ...] = ()
    ahead: date | None = None

    @property
    def title(self) -> TitleView:
        return self.held.title

    @property
    def name(self) -> str:
        """The place as it is now, or as it was called when it was given the title."""
        return self.place.full_name if self.place else self.held.of

    @property
    def verdict(self) -> Verdict | None:
        return self.picked.verdict if self.picked else None

    @property
    def is_at_risk(self) -> bool:
        return bool(self.risks or self.papers)

    @property
    def falls_below(self) -> bool:
        """Recognised, and measured today as not meeting the standard."""
        return self.held.state.is_held and self.verdict is Verdict.NOT_MET


@dataclass(frozen=True)
class Filters:
    """Which titles; "" and None are all. fact: one of `FACTS`; answer: a review that waits for the office above; case:
    a withdrawal that is not concluded."""

    standard: str = ""
    year: int | None = None
    state: str = ""
    fact: str = ""
    order: str = "year"


@dataclass(frozen=True)
class Counts:
    """Of all titles that fit the standard and the year."""

    titles: int
    held: int
    not_acknowledged: int
    ended: int
    late: int


@dataclass(frozen=True)
class FoundTitles:
    """A page of titles, how many there are in all, and what may be chosen among. standards: code → words."""

    rows: tuple[Upkeep, ...]
    total: int
    counts: Counts
    standards: dict[str, str]
    years: tuple[int, ...]


ORDERS: Final = ("year", "place", "title", "due")
FACTS: Final = ("meets", "falls", "unknown", "risk", "late", "soon", "answer", "case")


ALL: Final = Filters()


def found(
    root_id: int, filters: Filters = ALL, *, on: date, start: int = 0, limit: int | None = 50
) -> FoundTitles:
    """The titles given to places that are or were at or below one, with the three facts of a page of them.

    The number of queries grows with the standards among them, never with the titles. Refused when too many would have
    to be looked ahead for (`MOST_AHEAD`).
    """
    given = queries.given_under(root_id, by=on)
    standards = {view.standard_code: view.title for view in reversed(given)}
    years = tuple(sorted({view.year for view in given}, reverse=True))
    asked = [
        view
        for view in given
        if filters.standard in ("", view.standard_code) and filters.year in (None, view.year)
    ]
    known = upkeep(queries.standing(asked, on=on), on=on)
    counts = _counts(known)
    fitting = [each for each in known if _fits_state(each, filters.state)]
    if filters.fact in ("late", "soon"):
        state = DueState.LATE if filters.fact == "late" else DueState.SOON
        fitting = [each for each in fitting if each.due and each.due.state is state]
    elif filters.fact == "answer":
        fitting = [each for each in fitting if any(review.agreed is None for review in each.reviews)]
    elif filters.fact == "case":
        open_now = open_cases(each.title.id for each in fitting)
        fitting = [each for each in fitting if each.title.id in open_now]
    elif filters.fact:
        fitting = [each for each in fitting if each.held.state.is_held]
        if filters.fact == "risk":
            fitting = [each for each in looked_ahead(fitting, on=on) if each.is_at_risk]
        else:
            fitting = [each for each in measured(fitting, on=on) if _fits_fact(each, filters.fact)]
    fitting.sort(key=_key(filters.order))
    page = fitting[start:] if limit is None else fitting[start : start + limit]
    if limit is None and len(page) > MOST_AHEAD:
        rows = measured(page, on=on)
    else:
        rows = looked_ahead(measured(page, on=on), on=on)
    return FoundTitles(tuple(rows), len(fitting), counts, standards, years)


def of_title(title_id: int, *, on: date) -> Upkeep:
    """One title with the three facts."""
    given = upkeep(queries.standing([queries.title(title_id)], on=on), on=on)
    (row,) = looked_ahead(measured(given, on=on), on=on)
    return row


def of_place(place_id: int, *, on: date) -> list[Upkeep]:
    """The titles of a place and of those before it, its own first, with the three facts."""
    return looked_ahead(measured(upkeep(queries.history(place_id, on=on), on=on), on=on), on=on)


def upkeep(held: Sequence[Held], *, on: date) -> list[Upkeep]:
    """Those titles with their holders and reviews, nothing measured yet."""
    views = territory.views_of((place for each in held for place in each.holders), on)
    reviews = reviews_of([each.title.id for each in held])
    dues = dues_of(held, reviews, today=on)
    return [
        Upkeep(
            held=each,
            place=views.get(each.holders[0]) if each.holders else None,
            reviews=tuple(reviews.get(each.title.id, ())),
            due=dues.get(each.title.id),
        )
        for each in held
    ]


def measured(rows: Iterable[Upkeep], *, on: date) -> list[Upkeep]:
    """The same with what is measured today of the places that hold them; by standard, six queries at most."""
    given = list(rows)
    picked: dict[str, dict[int, Picked]] = {}
    for code in {each.title.standard_code for each in given}:
        ids = [each.place.id for each in given if each.place and each.title.standard_code == code]
        picked[code] = judged_places(ids, code, on=on) if ids else {}
    found = []
    for each in given:
        seen = picked[each.title.standard_code].get(each.place.id) if each.place else None
        found.append(
            replace(each, picked=seen, withdrawal=withdraw(seen.standard, seen.finding) if seen else None)
        )
    return found


def looked_ahead(rows: Iterable[Upkeep], *, on: date) -> list[Upkeep]:
    """The same with what may cost a criterion before the next review, or within a year where none can be counted."""
    given = list(rows)
    if len(given) > MOST_AHEAD:
        raise Refusal(
            _(
                "Có hơn %(most)s danh hiệu nên không xem nguy cơ cùng lúc được. Hãy chọn một địa bàn hẹp hơn, hoặc "
                "một bộ tiêu chí, một năm."
            )
            % {"most": format_number(MOST_AHEAD)}
        )
    papers = papers_of([each.place.id for each in given if each.place])
    ahead = {each.title.id: horizon(each.due, on) for each in given if each.place}
    risks: dict[tuple[str, int], tuple[Risk, ...]] = {}
    for code in {each.title.standard_code for each in given}:
        mine = [each for each in given if each.title.standard_code == code]
        places = {each.place.id: each.place for each in mine if each.place}
        until = {each.place.id: ahead[each.title.id] for each in mine if each.place}
        seen = risks_of(list(places.values()), code, on=on, until=until)
        risks |= {(code, place_id): told for place_id, told in seen.items()}
    found = []
    for each in given:
        if each.place is None:
            found.append(each)
            continue
        code, day = each.title.standard_code, ahead[each.title.id]
        kept = ending(papers.get(each.place.id, ()), code, by=day)
        found.append(replace(each, risks=risks.get((code, each.place.id), ()), papers=kept, ahead=day))
    return found


def horizon(due: Due | None, on: date) -> date:
    """The day of the next review, or a year from today where none can be counted or where it is late."""
    return (due.horizon if due else None) or months_after(on, AHEAD_MONTHS)


def _counts(rows: Sequence[Upkeep]) -> Counts:
    states = [each.held.state for each in rows]
    return Counts(
        titles=len(rows),
        held=sum(state.is_held for state in states),
        not_acknowledged=states.count(State.NOT_ACKNOWLEDGED),
        ended=states.count(State.WITHDRAWN) + states.count(State.GIVEN_UP),
        late=sum(each.due is not None and each.due.state is DueState.LATE for each in rows),
    )


def _fits_state(each: Upkeep, state: str) -> bool:
    return state in ("", each.held.state.value) or (state == "held" and each.held.state.is_held)


def _fits_fact(each: Upkeep, fact: str) -> bool:
    if fact == "falls":
        return each.verdict is Verdict.NOT_MET
    if fact == "meets":
        return each.verdict in (Verdict.MET, Verdict.EXCUSED)
    return each.verdict in (None, Verdict.UNKNOWN)


def _key(order: str) -> Callable[[Upkeep], Any]:
    if order == "place":
        return lambda each: (each.name.casefold(), -each.title.year)
    if order == "title":
        return lambda each: (each.title.title.casefold(), each.name.casefold())
    if order == "due":
        return lambda each: (each.due.day or date.max if each.due else date.max, each.name.casefold())
    return lambda each: (-each.title.year, each.name.casefold(), each.title.id)

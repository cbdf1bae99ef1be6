"""Who was first to hold a title, or several; and ranks by number of titled places. Where a day is not known, so is the
rank, and it is said why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from chungtay.recognition.models import ToldRank
from chungtay.recognition.titles import queries
from chungtay.recognition.titles.queries import Held, TitleView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView


@dataclass(frozen=True)
class Completed:
    """A place that was given all the titles asked for. earliest, latest: between which days it got the last of them;
    the same where the day of the decision is known."""

    place_id: int
    name: str
    earliest: date
    latest: date
    titles: tuple[TitleView, ...]

    @property
    def on(self) -> date | None:
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True)
class First:
    """Who was first. places: those that were, for sure (several on one day); empty when it cannot be said, then
    `possible` names who it may have been. completed: all that got there, the earliest first."""

    places: tuple[Completed, ...]
    possible: tuple[Completed, ...]
    completed: tuple[Completed, ...]


@dataclass(frozen=True)
class Rank:
    """Of one place: between which ranks it stands among those beside it, by number of titled places.

    least, most: between which numbers its titled places lie; they differ where a title of that year has no day.
    """

    place: PlaceView
    least: int
    most: int
    first: int
    last: int
    among: int

    @property
    def is_known(self) -> bool:
        return self.least == self.most and self.first == self.last


@dataclass(frozen=True)
class ToldRankView:
    """A rank that a paper tells, never counted with."""

    id: int
    place_id: int
    root_id: int
    root_name: str
    standards: tuple[str, ...]
    rank: int
    words: str
    source: str


def first_with(root_id: int, codes: Iterable[str], *, on: date) -> First:
    """Which place, of all that are or ever were at or below one, was first to have been given all those titles.

    Five queries at most. A title withdrawn later was still given: first is first.
    """
    wanted = sorted(set(codes))
    by_place: dict[int, dict[str, TitleView]] = {}
    for view in reversed(queries.given_under(root_id, by=on)):
        if view.standard_code not in wanted:
            continue
        own = by_place.setdefault(view.place_id, {})
        if view.standard_code not in own or _bounds(view) < _bounds(own[view.standard_code]):
            own[view.standard_code] = view
    whole = {place: own for place, own in by_place.items() if len(own) == len(wanted)}
    names = territory.names_of(whole)
    completed = []
    for place_id, own in whole.items():
        bounds = [_bounds(view) for view in own.values()]
        earliest, latest = max(low for low, _high in bounds), max(high for _low, high in bounds)
        told = tuple(own[code] for code in wanted)
        completed.append(Completed(place_id, names[place_id], earliest, min(latest, on), told))
    completed.sort(key=lambda each: (each.earliest, each.latest, each.name))
    possible = _may_be_first(completed)
    sure = possible if len({(each.earliest, each.latest) for each in possible}) == 1 else []
    if len(sure) > 1 and sure[0].on is None:
        sure = []
    return First(tuple(sure), () if sure else tuple(possible), tuple(completed))


def ranks(root_id: int, code: str, *, on: date) -> list[Rank]:
    """The places directly below one, ranked by how many places at or below each hold the title of a standard on a day;
    ties share a rank. A title of that day's own year without a day may or may not be held by then."""
    children = territory.children(root_id, on)
    standing = [
        each
        for each in queries.standing(queries.given_under(root_id, by=on), on=on)
        if each.title.standard_code == code
    ]
    below = territory.views_of((holder for each in standing for holder in each.holders), on)
    sure = _holders(each for each in standing if each.title.known_on or each.title.year < on.year)
    maybe = _holders(standing)

    def under(child: PlaceView, ids: frozenset[int]) -> int:
        return sum(place in below and below[place].path.startswith(child.path) for place in ids)

    counted = [(child, under(child, sure), under(child, maybe)) for child in children]
    found = []
    for child, least, most in counted:
        others = [(low, high) for other, low, high in counted if other is not child]
        first = 1 + sum(low > most for low, _high in others)
        last = 1 + sum(high > least for _low, high in others)
        found.append(Rank(child, least, most, first, last, len(children)))
    found.sort(key=lambda rank: (rank.first, rank.last))
    return found


def told_ranks(place_id: int) -> list[ToldRankView]:
    """What papers tell of a place's rank. Two queries."""
    rows = list(ToldRank.objects.filter(place_id=place_id).order_by("rank", F("pk")))
    names = territory.names_of(row.root_id for row in rows)
    return [
        ToldRankView(
            row.pk,
            row.place_id,
            row.root_id,
            names[row.root_id],
            tuple(row.standards),
            row.rank,
            row.words,
            row.source,
        )
        for row in rows
    ]


def _bounds(view: TitleView) -> tuple[date, date]:
    """Between which days a title was given: a ceremony without a day of decision says no more than "by then"."""
    if view.decided_on:
        return view.decided_on, view.decided_on
    start = date(view.year, 1, 1)
    if view.ceremony_on:
        return min(start, view.ceremony_on), view.ceremony_on
    return start, date(view.year, 12, 31)


def _may_be_first(completed: Sequence[Completed]) -> list[Completed]:
    """Those that nobody else was surely before."""
    soonest = min((each.latest for each in completed), default=date.max)
    return [each for each in completed if each.earliest <= soonest]


def _holders(standing: Iterable[Held]) -> frozenset[int]:
    return frozenset(place for each in standing for place in each.holders)

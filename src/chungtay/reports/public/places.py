"""The facts of the page of a place, whatever its level: one skeleton from the hamlet to the nation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from chungtay.community.meetings import queries as meetings
from chungtay.community.meetings.queries import DecisionView, NoticeView
from chungtay.core.refusals import Refusal
from chungtay.evidence.public import Picture, pictures
from chungtay.evidence.queries import Key
from chungtay.figures import known
from chungtay.figures import queries as figures
from chungtay.figures.board_views import Tally
from chungtay.figures.judgements import Judged
from chungtay.figures.known import Known
from chungtay.figures.queries import FigureView
from chungtay.figures.ranking import Ranked, Standing, rank
from chungtay.figures.states import State
from chungtay.ledger import queries as ledger
from chungtay.ledger.queries import AsOf, Totals
from chungtay.recognition.titles import queries as titles
from chungtay.recognition.titles.queries import Held, TitleView
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import Around, PlaceView
from chungtay.works import briefs
from chungtay.works import queries as works
from chungtay.works.briefs import Brief
from chungtay.works.queries import PointView, WorkRow
from chungtay.works.subjects import STAGES, shot_key

MOST_WORKS = 4
MOST_CHANGES = 6
MOST_TITLES = 6

_BELOW = {"nation": "commune", "province": "commune", "district": "commune", "commune": "hamlet"}
"""Whose places are counted on the page of a level."""


@dataclass(frozen=True)
class Shown:
    """A work with its photographs by stage: the first spot that has any."""

    row: WorkRow | Brief
    shots: dict[str, Picture]


@dataclass(frozen=True)
class Child:
    """A place directly below, with what is stored of it: of its own criteria, or of the places counted under it."""

    place: PlaceView
    counts: tuple[int, int, int, int] | None


@dataclass(frozen=True)
class Below:
    """The places below counted under a standard. tally: None where nothing is stored of them."""

    view: VersionView
    level: str
    tally: Tally | None
    children: tuple[Child, ...]
    titled: int
    newest: tuple[tuple[TitleView, str], ...]


@dataclass(frozen=True)
class PlacePage:
    """All of a page. offered: the standards of its level, the chosen one judged. ranked: among its neighbours.

    standing: what the rank is made of; None where nothing is stored of the place. as_of: of what is stored.
    """

    around: Around
    on: date
    offered: tuple[VersionView, ...]
    judged: Judged | None
    standing: Standing | None
    ranked: Ranked | None
    below: Below | None
    as_of: datetime | None
    titles: tuple[Held, ...]
    decisions: tuple[DecisionView, ...]
    changes: tuple[FigureView, ...]
    money: Totals
    works: tuple[Shown, ...]
    coming: tuple[NoticeView, ...]

    @property
    def place(self) -> PlaceView:
        return self.around.place

    @property
    def shown_code(self) -> str:
        """The standard the board is of; "" where there is none."""
        if self.judged:
            return self.judged.version.code
        return self.below.view.code if self.below else ""


def judging_day(near: Around, today: date) -> date:
    """Today, or the last day of a place that is no more."""
    ended = near.latest.ended
    return ended - timedelta(days=1) if ended and ended <= today else today


def whole_before(near: Around) -> list[int]:
    """The places that went wholly into this one: what was given there was given here."""
    return [step.place.id for step in near.before if step.kind == "whole"]


def surroundings(place_id: int, today: date) -> Around:
    """A place today, or on its last day."""
    return territory.around(
        place_id, lambda ended: ended - timedelta(days=1) if ended and ended <= today else today
    )


def judged(near: Around, today: date, code: str = "") -> Judged | None:
    """A living place judged by the standard asked for, "" for the first of its level; None where there is none."""
    everything = standards.versions()
    offered = _offered(everything, near, near.place.level)
    return _judge(near, _chosen(offered, code, today), everything, today)


def _judge(
    near: Around,
    chosen: VersionView | None,
    everything: Sequence[VersionView],
    today: date,
    rows: Sequence[Any] | None = None,
) -> Judged | None:
    if chosen is None:
        return None
    among = [view for view in everything if view.code == chosen.code]
    here = replace(near.place, region=near.region)
    return figures.judge_place(here, chosen.code, on=today, among=among, rows=rows)


def page(near: Around, *, now: datetime, today: date, code: str = "") -> PlacePage:
    """The facts of the page of a place that lives today.

    code: the standard asked for; "" for the first of its level, and for none where places below are counted instead.
    """
    place = near.place
    everything = standards.versions()
    own, lower = (_offered(everything, near, level) for level in (place.level, _BELOW.get(place.level, "")))
    counts_only = place.level in ("nation", "province")
    asked_below = code in {view.code for view in lower}
    chosen = None if asked_below or (counts_only and not code) else _chosen(own, code, today)
    counted = _chosen(lower, code if asked_below else "", today) if lower else None
    results, results_of = _results(near, chosen, counted, today)
    standing, ranked = _rank(near, chosen, results)
    below, below_of = _below(near, counted, results, today) if counted else (None, None)
    rows = figures.standing_rows(place.id)
    return PlacePage(
        around=near,
        on=today,
        offered=tuple(lower + own if counts_only else own),
        judged=_judge(near, chosen, everything, today, rows),
        standing=standing,
        ranked=ranked,
        below=below,
        as_of=below_of or results_of,
        titles=tuple(titles.history(place.id, on=today, alone=None if near.before else near.latest)),
        decisions=tuple(each for each in meetings.decisions_of(place.id) if not each.replaced_by)[
            :MOST_CHANGES
        ],
        changes=_changes(rows),
        money=ledger.totals_together(place.id, whole_before(near), counted=AsOf(now, 0)),
        works=newest_works(near),
        coming=meetings.coming([place.id], after=now),
    )


def newest_works(near: Around) -> tuple[Shown, ...]:
    """The works of a place and below that moved last, each with the photographs of its first spot. Two queries."""
    rows = briefs.newest(near.paths, limit=MOST_WORKS)
    points = {row.id: (row.point,) for row in rows if row.point}
    return _with_pictures(rows, points)


def with_pictures(rows: Sequence[WorkRow]) -> tuple[Shown, ...]:
    """Works with the photographs anybody may look at. Two queries."""
    return _with_pictures(rows, works.points_of(row.id for row in rows))


def _with_pictures(
    rows: Sequence[WorkRow | Brief], points: Mapping[int, tuple[PointView, ...]]
) -> tuple[Shown, ...]:
    spots = [point for each in points.values() for point in each]
    found = pictures(shot_key(point, stage) for point in spots for stage in STAGES) if spots else {}
    return tuple(Shown(row, _shots(points.get(row.id, ()), found)) for row in rows)


def _shots(points: Sequence[PointView], found: Mapping[Key, tuple[Picture, ...]]) -> dict[str, Picture]:
    for point in points:
        shots = {stage: found[key][-1] for stage in STAGES if (key := shot_key(point, stage)) in found}
        if shots:
            return shots
    return {}


def _changes(rows: Sequence[Any]) -> tuple[FigureView, ...]:
    """The figures recorded last that were not sent back."""
    counting = (row for row in rows if row.stands != State.RETURNED)
    return tuple(figures.views_of(islice(counting, MOST_CHANGES)))


def _offered(everything: Sequence[VersionView], near: Around, level: str) -> list[VersionView]:
    """The standards that judge places of a level here, one version each: national, or of a province above."""
    codes = {each.code for each in (*near.above, near.place)}
    found: dict[str, VersionView] = {}
    for view in everything:
        if view.level == level and (not view.province or view.province in codes):
            found.setdefault(view.code, view)
    return list(found.values())


def _chosen(offered: Sequence[VersionView], code: str, today: date) -> VersionView | None:
    if code and code not in {view.code for view in offered}:  # only what an address asks for can be so
        raise Refusal(_("Bộ tiêu chí này không dùng cho địa bàn cấp này. Hãy chọn bộ khác."))
    return next((view for view in offered if view.code == code), None) or _first(offered, today)


def _first(offered: Sequence[VersionView], today: date) -> VersionView | None:
    """The standard shown first: one that may hold today, law before samples, the base standard before the others."""
    order = lambda view: (not view.period[0] <= today.year <= view.period[1], view.sample, view.code)  # noqa: E731
    return min(offered, key=order, default=None)


def _results(
    near: Around, chosen: VersionView | None, counted: VersionView | None, today: date
) -> tuple[list[Known], datetime | None]:
    """What is stored of the neighbours under the same standard, and of the places directly below."""
    wanted = []
    if chosen and near.parent:
        wanted.append((near.parent.path, chosen.code, last_year(chosen, today)))
    if counted and counted.level in {child.level for child in near.below}:
        wanted.append((near.place.path, counted.code, last_year(counted, today)))
    return known.results_under(wanted) if wanted else ([], None)


def last_year(view: VersionView, today: date) -> int:
    """The last year of which results of a standard are stored: this one, or the last of its period."""
    return min(today.year, view.period[1])


def _rank(
    near: Around, chosen: VersionView | None, results: Sequence[Known]
) -> tuple[Standing | None, Ranked | None]:
    """Among the places of the same level and parent, by how much of what is known holds."""
    if chosen is None:
        return None, None
    beside = [
        Standing(each.place_id, each.met + each.excused, each.not_met, each.unknown)
        for each in results
        if each.code == chosen.code
    ]
    ranking = rank(beside)
    own = next((each for each in beside if each.key == near.place.id), None)
    return own, next((each for each in ranking.ranked if each.standing.key == near.place.id), None)


def _below(
    near: Around, view: VersionView, results: Sequence[Known], today: date
) -> tuple[Below, datetime | None]:
    """The places below counted, and as of when."""
    place = near.place
    single = {each.place_id: each.counts for each in results if each.code == view.code}
    adopted = standards.adopted(view.code, on=today, among=[view])
    ids = [place.id, *(child.id for child in near.below if child.level != view.level)]
    tallies, as_of = known.tallies_below(adopted, ids, last_year(view, today))
    children = []
    for child in near.below:
        told = tallies.get(child.id)
        counts = (
            single.get(child.id) or (told and (told.met, told.not_met, told.unknown, told.excused)) or None
        )
        children.append(Child(child, counts))
    return Below(
        view,
        view.level,
        tallies.get(place.id),
        tuple(children),
        len(titles.titled(place, view.code, on=today)),
        tuple(titles.newest_under(near.paths, by=today, limit=MOST_TITLES)),
    ), as_of

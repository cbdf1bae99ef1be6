"""The facts of the page of a place, whatever its level: one skeleton from the hamlet to the nation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from chungtay.community.meetings import queries as meetings
from chungtay.community.meetings.queries import DecisionView, NoticeView
from chungtay.core.asking import Asking, abreast, asked
from chungtay.core.refusals import Refusal
from chungtay.evidence.public import Picture, asking_pictures
from chungtay.evidence.queries import Key
from chungtay.figures import known
from chungtay.figures import queries as figures
from chungtay.figures.board_views import Tally
from chungtay.figures.judgements import Judged, Records
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
    records: Records | None = None,
) -> Judged | None:
    if chosen is None:
        return None
    among = [view for view in everything if view.code == chosen.code]
    here = replace(near.place, region=near.region)
    return figures.judge_place(here, chosen.code, on=today, among=among, records=records)


def page(near: Around, *, now: datetime, today: date, code: str = "") -> PlacePage:
    """The facts of the page of a place that lives today. Three queries, whatever its size.

    code: the standard asked for; "" for the first of its level, and for none where places below are counted instead.
    """
    return asked(asking_page(near, now=now, today=today, code=code))


def asking_page(near: Around, *, now: datetime, today: date, code: str = "") -> Asking[PlacePage]:
    """`page`, for whoever asks other things with it."""
    place = near.place
    compared, records, held, decisions, money, built, coming = yield from abreast(
        _compared(near, today, code),
        figures.asking_records(place.id),
        titles.asking_history(
            place.id, near.forerunners, on=today, alone=None if near.before else near.latest
        ),
        meetings.asking_newest_decisions(place.id, limit=MOST_CHANGES),
        ledger.asking_totals_together(place.id, whole_before(near), counted=AsOf(now, 0)),
        _newest_works(near),
        meetings.asking_coming([place.id], after=now),
    )
    return PlacePage(
        around=near,
        on=today,
        offered=compared.offered,
        judged=_judge(near, compared.chosen, compared.everything, today, records),
        standing=compared.standing,
        ranked=compared.ranked,
        below=compared.below,
        as_of=compared.as_of,
        titles=tuple(held),
        decisions=decisions,
        changes=_changes(records.figures),
        money=money,
        works=built,
        coming=coming,
    )


@dataclass(frozen=True)
class _Compared:
    """What is stored of a place, of its neighbours and of the places below under the standards of the page."""

    everything: Sequence[VersionView]
    offered: tuple[VersionView, ...]
    chosen: VersionView | None
    standing: Standing | None
    ranked: Ranked | None
    below: Below | None
    as_of: datetime | None


def _compared(near: Around, today: date, code: str) -> Asking[_Compared]:
    place = near.place
    everything = yield from standards.asking_versions()
    own, lower = (_offered(everything, near, level) for level in (place.level, _BELOW.get(place.level, "")))
    counts_only = place.level in ("nation", "province")
    asked_below = code in {view.code for view in lower}
    chosen = None if asked_below or (counts_only and not code) else _chosen(own, code, today)
    counted = _chosen(lower, code if asked_below else "", today) if lower else None
    (results, results_of), told = yield from abreast(
        _results(near, chosen, counted, today), _told_below(near, counted, today)
    )
    standing, ranked = _rank(near, chosen, results)
    below, below_of = _below(near, counted, results, told) if counted and told else (None, None)
    return _Compared(
        everything,
        tuple(lower + own if counts_only else own),
        chosen,
        standing,
        ranked,
        below,
        below_of or results_of,
    )


def newest_works(near: Around) -> tuple[Shown, ...]:
    """The works of a place and below that moved last, each with the photographs of its first spot. Two queries."""
    return asked(_newest_works(near))


def _newest_works(near: Around) -> Asking[tuple[Shown, ...]]:
    rows = yield from briefs.asking_newest(near.paths, limit=MOST_WORKS)
    return (yield from _with_pictures(rows, {row.id: (row.point,) for row in rows if row.point}))


def with_pictures(rows: Sequence[WorkRow]) -> tuple[Shown, ...]:
    """Works with the photographs anybody may look at. Two queries."""
    return asked(_with_pictures(rows, works.points_of(row.id for row in rows)))


def _with_pictures(
    rows: Sequence[WorkRow | Brief], points: Mapping[int, tuple[PointView, ...]]
) -> Asking[tuple[Shown, ...]]:
    spots = [point for each in points.values() for point in each]
    found: dict[Key, tuple[Picture, ...]] = {}
    if spots:
        found = yield from asking_pictures(shot_key(point, stage) for point in spots for stage in STAGES)
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
) -> Asking[tuple[list[Known], datetime | None]]:
    """What is stored of the neighbours under the same standard, and of the places directly below."""
    wanted = []
    if chosen and near.parent:
        wanted.append((near.parent.path, chosen.code, last_year(chosen, today)))
    if counted and counted.level in {child.level for child in near.below}:
        wanted.append((near.place.path, counted.code, last_year(counted, today)))
    return (yield from known.asking_results_under(wanted)) if wanted else ([], None)


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


@dataclass(frozen=True)
class _Told:
    """What is stored of the places below, apart from their own results."""

    tallies: Mapping[int, Tally]
    as_of: datetime | None
    titled: frozenset[int]
    newest: tuple[tuple[TitleView, str], ...]


def _told_below(near: Around, view: VersionView | None, today: date) -> Asking[_Told | None]:
    if view is None:
        return None
    adopted = standards.adopted(view.code, on=today, among=[view])
    ids = [near.place.id, *(child.id for child in near.below if child.level != view.level)]
    (tallies, as_of), titled, newest = yield from abreast(
        known.asking_tallies_below(adopted, ids, last_year(view, today)),
        titles.asking_titled(near.place, view.code, on=today),
        titles.asking_newest_under(near.paths, by=today, limit=MOST_TITLES),
    )
    return _Told(tallies, as_of, titled, tuple(newest))


def _below(
    near: Around, view: VersionView, results: Sequence[Known], told: _Told
) -> tuple[Below, datetime | None]:
    """The places below counted, and as of when."""
    single = {each.place_id: each.counts for each in results if each.code == view.code}
    children = []
    for child in near.below:
        tally = told.tallies.get(child.id)
        counts = (
            single.get(child.id)
            or (tally and (tally.met, tally.not_met, tally.unknown, tally.excused))
            or None
        )
        children.append(Child(child, counts))
    tally = told.tallies.get(near.place.id)
    return Below(view, view.level, tally, tuple(children), len(told.titled), told.newest), told.as_of

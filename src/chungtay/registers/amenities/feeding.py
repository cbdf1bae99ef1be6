"""From the register into figures: what each figure would be, beside what stands, and the deed that records it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.asking import Asking, abreast, asked
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import actions as figures
from chungtay.figures import queries as known
from chungtay.figures.actions import Entry
from chungtay.figures.models import Observation
from chungtay.figures.queries import FigureView
from chungtay.figures.states import COUNTING
from chungtay.people.policies import check_acts_for
from chungtay.registers.amenities import policies, queries
from chungtay.registers.amenities.measures import FEEDS, Counted, Feed, count, words_of
from chungtay.registers.amenities.policies import KEEP
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark, Measure, Period, Share, Value, show_value
from viet.dates import format_day

HOUSEHOLDS = "households"
_GUESSES = (Mark.RECONSTRUCTED, Mark.SIMULATED)
COVERAGE = ("fibre_households_share", "mobile_households_share")
"""What of the net is told as figures of households, not as things of a place."""


@dataclass(frozen=True)
class Fed:
    """One figure the register gives on a day. value: None while unknown, with its gaps or why_not.

    current: the figure that stands, begun by that day. words: what it is made of.
    """

    feed: Feed
    measure: Measure
    counted: Counted
    value: Value | None
    why_not: str
    current: FigureView | None

    @property
    def words(self) -> str:
        return words_of(self.feed)

    @property
    def changes(self) -> bool:
        """Whether recording it would say something that does not stand already."""
        if self.value is None:
            return False
        return self.current is None or (self.current.value, self.current.mark) != (
            self.value,
            self.counted.mark,
        )


def fed(place_id: int, on: date) -> tuple[Fed, ...]:
    """What the register of a place and below gives on a day, of the kinds it has something of. Seven queries."""
    policies.refuse_if(policies.faults_of_feeding(on))
    assets = queries.assets(place_id, on=on, kinds={feed.kind for feed in FEEDS})
    held = {asset.kind for asset in assets}
    feeds = [feed for feed in FEEDS if feed.kind in held]
    measures = standards.measures({feed.measure for feed in feeds})
    current = known.current(place_id, {*measures, HOUSEHOLDS}, on)
    found = []
    for feed in feeds:
        if measure := measures.get(feed.measure):  # a site adopts the measures of its own law
            counted = count(feed, assets, measure.decimals)
            stands = current.get((feed.measure, ""))
            value, why_not = _value(feed, counted, current.get((HOUSEHOLDS, "")))
            if value is not None and _is_weaker(counted.mark, stands):
                told = _("Sổ có mục dựng lại hoặc mô phỏng; số tính từ đó không thay số đang có (%(value)s).")
                assert stands is not None
                value, why_not = None, told % {"value": show_value(stands.value, measure)}
            found.append(Fed(feed, measure, counted, value, why_not, stands))
    return tuple(found)


def coverage(
    place_id: int, on: date, *, public_only: bool = False
) -> dict[str, tuple[Measure, FigureView | None]]:
    """How many households the net reaches, by day and source: figures, kept where every figure is.

    public_only: what was never handed on, or was returned, is unknown, as it is to the judge.
    """
    return asked(asking_coverage(place_id, on, public_only=public_only))


def asking_coverage(
    place_id: int, on: date, *, public_only: bool = False
) -> Asking[dict[str, tuple[Measure, FigureView | None]]]:
    """As `coverage`."""
    measures, current = yield from abreast(
        standards.asking_measures(COVERAGE), known.asking_current(place_id, COVERAGE, on)
    )
    if public_only:
        current = {key: each for key, each in current.items() if each.state in COUNTING}
    return {code: (measure, current.get((code, ""))) for code, measure in measures.items()}


@transaction.atomic
def push_figures(
    *, by: Actor, at: datetime, place_id: int, on: date, measures: Collection[str]
) -> list[Observation]:
    """Record what the register says of a place on a day, for the measures chosen; what stands already stays.

    Refuses a measure whose figure is not known, naming what is missing. The source names the register and the day.
    """
    check_acts_for(by, KEEP, place_id)
    if not measures:
        raise Refusal(Fault(_("Chưa chọn số liệu nào để đưa vào."), "measures"))
    policies.refuse_if(policies.faults_of_feeding(on, policies.today_of(at)))
    offered = {each.measure.code: each for each in fed(place_id, on)}
    faults = [fault for code in sorted(set(measures)) for fault in _faults_of(code, offered.get(code))]
    policies.refuse_if(faults)
    place = territory.latest(place_id).full_name
    about = f"Sổ hạ tầng {place} ngày {format_day(on)}"  # a record keeps one language
    entries = [
        Entry(
            code,
            each.value,
            Period.day(on),
            source=f"{about}: {each.counted.things} mục",
            mark=each.counted.mark,
            field="measures",
        )
        for code, each in offered.items()
        if code in measures and each.value is not None
    ]
    rows = figures.record(by=by, at=at, place_id=place_id, entries=entries)
    if rows:
        detail = {"on": on.isoformat(), "measures": sorted(row.measure_id for row in rows)}
        write_event(
            by=by, deed="registers.push_figures", subject=rows[0], at=at, place_id=place_id, detail=detail
        )
    return rows


def _value(feed: Feed, counted: Counted, households: FigureView | None) -> tuple[Value | None, str]:
    if feed.way != "addresses" or counted.value is None:
        return counted.value, counted.why_not
    number = int(counted.whole)
    if households is None or not isinstance(households.value, Decimal):
        return None, _("Chưa biết số hộ của địa bàn. Hãy nhập số liệu “số hộ” trước.")
    if number > households.value:
        told = _("Sổ có %(n)s địa chỉ, nhiều hơn %(all)s. Hãy xem lại sổ hoặc số hộ.")
        return None, told % {"n": number, "all": show_value(households.value, households.measure)}
    return Share(number, int(households.value)), ""


def _is_weaker(mark: Mark, stands: FigureView | None) -> bool:
    """Whether what the register says is a guess where something better is known."""
    return stands is not None and mark in _GUESSES and stands.mark not in _GUESSES


def _faults_of(code: str, offered: Fed | None) -> list[Fault]:
    if offered is None:
        return [Fault(_("Sổ hạ tầng không cho số liệu “%(code)s”.") % {"code": code[:60]}, "measures")]
    if offered.value is not None:
        return []
    name = offered.measure.name.vi
    if not offered.counted.gaps:
        return [Fault(f"{name}: {offered.why_not}", "measures")]
    gaps = "; ".join(f"{gap.name} ({gap.why})" for gap in offered.counted.gaps[:5])
    sentence = _("“%(name)s” còn thiếu ở %(n)s mục, nên chưa đưa vào được: %(gaps)s.")
    return [Fault(sentence % {"name": name, "n": len(offered.counted.gaps), "gaps": gaps}, "measures")]

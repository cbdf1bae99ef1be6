"""The run: notice, hamlets, figures, in batches that are each written whole and remembered, so that it can be stopped.

Run again with the same wishes it goes on where it was, or finds that nothing is left to do.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from chungtay.core import notices
from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Fault, Refusal
from chungtay.demo.models import SimulatedBatch
from chungtay.demo.simulation import places as who
from chungtay.demo.simulation.breaking import break_some
from chungtay.demo.simulation.figures import Figure, SimulatedPlace, figures_of
from chungtay.demo.simulation.subjects import Subject, subjects_of
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.figures.models import Observation
from chungtay.standards import queries as standards
from chungtay.territory import actions as territory_actions
from chungtay.territory import queries as territory
from rulebook import Mark, Period

SOURCE = gettext_noop("Mô phỏng")
NOTICE = gettext_noop(
    "Dữ liệu mô phỏng: thôn và số liệu trên trang này do máy đặt ra để thử, không phải số thật."
)
BY = SystemActor(label=gettext_noop("Chương trình mô phỏng"))
DEMO_LABEL = "Dữ liệu minh họa"
WHOLE_COUNTRY = 120_000
"""Hamlets in the whole country when nobody says how many; a part of it gets its share."""

COMMUNE_STANDARDS = ("xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025", "xa-ntm-kieu-mau-2021-2025")
HAMLET_STANDARDS = ("xom-kieu-mau-thai-nguyen", "xom-thong-minh-thai-nguyen")

_COMMUNES_A_BATCH = 100  # about 37,000 figures
_HAMLETS_A_BATCH = 250  # about 43,000

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wishes:
    """What to simulate. provinces: names as of the first year, none for all. broken: percent of rows to spoil."""

    years: tuple[int, ...] = (2021, 2022, 2023, 2024, 2025)
    hamlets: int | None = None
    communes: int | None = None
    provinces: tuple[str, ...] = ()
    broken: int = 0
    seed: int = 2021

    @property
    def key(self) -> str:
        """The same for the same wishes: what batches are remembered by."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass
class Report:
    """What a run did. faults: (batch, fault) of every row named as broken; spoilt: rows spoilt on purpose."""

    communes: int = 0
    hamlets: int = 0
    offered: int = 0
    written: int = 0
    spoilt: int = 0
    batches: int = 0
    batches_there: int = 0
    faults: list[tuple[int, Fault]] = field(default_factory=list)


def simulate(wishes: Wishes, *, at: datetime, say: Say) -> Report:
    """Simulate what is wished for. A Refusal when this is no place for invented figures."""
    check_may_simulate()
    nation = territory.resolve("Việt Nam").id if wishes.years else 0
    notices.post_notice(by=BY, at=at, code=notices.SIMULATED, sentence=NOTICE)
    country = who.choose(nation, wishes.years, wishes.provinces, wishes.communes, wishes.seed)
    report = Report(communes=len(country.first))
    how_many = wishes.hamlets
    if how_many is None:
        how_many = round(WHOLE_COUNTRY * len(country.first) / max(country.total, 1))
    say(f"{len(country.first)} xã, {how_many} thôn, {wishes.years[0]}–{wishes.years[-1]}.")
    _describe(country, wishes.seed, at)
    hamlets = _found(country, how_many, wishes, at, say)
    report.hamlets = len(hamlets)
    communes = list(who.commune_places(country))
    of_communes, of_hamlets = _subjects(COMMUNE_STANDARDS), _subjects(HAMLET_STANDARDS)
    batches = [(places, of_communes) for places in _batches(communes, _COMMUNES_A_BATCH)]
    batches += [(places, of_hamlets) for places in _batches(hamlets, _HAMLETS_A_BATCH)]
    total = len(batches)
    there = set(SimulatedBatch.objects.filter(key__startswith=wishes.key).values_list("key", flat=True))
    for number, (places, subjects) in enumerate(batches, start=1):
        report.batches += 1
        key = f"{wishes.key}/{number}"
        if key in there:
            report.batches_there += 1
            continue
        _load(number, key, places, subjects, wishes, at, report)
        if number * 20 // total != (number - 1) * 20 // total:
            say(f"  lô {number}/{total} ({number * 100 // total}%), {report.written} số liệu đã ghi.")
    return report


def check_may_simulate() -> None:
    """Refuse outside demo mode, and beside figures that somebody recorded in earnest."""
    if not (settings.DEMO or settings.DEBUG):
        raise Refusal(
            "Số liệu mô phỏng không bao giờ được lẫn vào hệ thống thật, nên chỉ làm khi CHUNGTAY_DEMO=1, "
            "trong một cơ sở dữ liệu riêng."
        )
    real = Observation.objects.exclude(mark=Mark.SIMULATED).filter(post__user__is_demo=False)
    loaded = Observation.objects.exclude(mark=Mark.SIMULATED).filter(post=None).exclude(by_label=DEMO_LABEL)
    if real.exists() or loaded.exists():
        raise Refusal(
            "Cơ sở dữ liệu này có số liệu thật. Số liệu mô phỏng không đứng cạnh số liệu thật: hãy làm trong một cơ sở "
            "dữ liệu khác (đặt DATABASE_URL hoặc CHUNGTAY_VAR)."
        )


def _describe(country: who.Country, seed: int, at: datetime) -> None:
    classes = {view.id: who.classes_of(view, seed) for view in country.every if view.classes is None}
    if classes:
        territory_actions.describe_places(by=BY, at=at, classes=classes, source=SOURCE)


def _found(
    country: who.Country, how_many: int, wishes: Wishes, at: datetime, say: Say
) -> list[SimulatedPlace]:
    """Found the hamlets that are not there yet; all of them as the simulation needs them."""
    found: list[SimulatedPlace] = []
    communes = zip(country.first, who.hamlets_of(country, how_many, wishes.seed), strict=True)
    while some := list(islice(communes, _COMMUNES_A_BATCH)):
        new = [place for _, places in some for place in places]
        ids = territory_actions.found_places(by=BY, at=at, level="hamlet", places=new, source=SOURCE)
        found += [
            SimulatedPlace(ids[place.uid], place.uid, commune.region, wishes.years, commune.uid)
            for commune, places in some
            for place in places
        ]
        say(f"  {len(found)}/{how_many} thôn.")
    return found


def _subjects(codes: Iterable[str]) -> tuple[Subject, ...]:
    return subjects_of(standards.adopted(code).standard for code in codes)


def _batches(places: Sequence[SimulatedPlace], size: int) -> list[list[SimulatedPlace]]:
    """Places in batches of about `size`; the hamlets of one commune, which are kept together, stay together."""
    batches: list[list[SimulatedPlace]] = []
    for _, group in groupby(places, key=lambda place: place.above or place.uid):
        if not batches or len(batches[-1]) >= size:
            batches.append([])
        batches[-1] += group
    return batches


def _load(
    number: int,
    key: str,
    places: Sequence[SimulatedPlace],
    subjects: tuple[Subject, ...],
    wishes: Wishes,
    at: datetime,
    report: Report,
) -> None:
    """Write one batch and remember it. Rows refused are named and left out; the good ones among them are written."""
    figures = (figure for place in places for figure in figures_of(place, subjects, wishes.seed))
    rows: list[BulkFigure] = []
    spoilt = 0
    periods = {year: Period.year(year) for year in wishes.years}
    marked = (
        break_some(figures, wishes.broken, wishes.seed + number)
        if wishes.broken
        else ((each, None) for each in figures)
    )
    for row, (figure, flaw) in enumerate(marked, start=1):
        spoilt += flaw is not None
        rows.append(_row(figure, periods, row))
    with transaction.atomic():
        loaded = load_figures(by=BY, at=at, rows=rows, mark=Mark.SIMULATED, source=SOURCE)
        if loaded.faults:
            report.faults += [(number, fault) for fault in loaded.faults]
            named = {fault.row for fault in loaded.faults}
            good = [row for row in rows if row.row not in named]
            loaded = load_figures(by=BY, at=at, rows=good, mark=Mark.SIMULATED, source=SOURCE)
            if loaded.faults:
                raise Refusal(*loaded.faults)
        SimulatedBatch.objects.create(key=key, written=loaded.written)
    report.offered += len(rows)
    report.written += loaded.written
    report.spoilt += spoilt


def _row(figure: Figure, periods: dict[int, Period], row: int) -> BulkFigure:
    period = periods.get(figure.year) or Period.year(figure.year)
    return BulkFigure(figure.place_id, figure.measure, period, figure.value, figure.part, row)

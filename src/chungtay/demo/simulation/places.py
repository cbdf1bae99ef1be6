"""Who is simulated: real communes of the wanted provinces and what followed them, and hamlets made up for them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from random import Random

from chungtay.core.refusals import Refusal
from chungtay.demo.simulation.figures import SimulatedPlace
from chungtay.demo.simulation.hamlet_names import hamlet_names
from chungtay.territory import queries as territory
from chungtay.territory.actions import NewPlace
from chungtay.territory.queries import PlaceView
from viet.letters import fold

COMMUNE = "xã"
"""Wards, towns and special zones are no rural communes and have no figures here."""

_NAMESPACE = uuid.UUID("0b9bde4c-51d9-4c43-9d0a-6a2c9cf0f0c4")
_HARDSHIP = {"TDMNPB": 0.3, "TN": 0.3, "BTB": 0.15, "DHNTB": 0.12, "DBSCL": 0.06, "DNB": 0.03, "DBSH": 0.01}
"""The part of a region's communes given the class `dac_biet_kho_khan`."""


@dataclass(frozen=True)
class Country:
    """The chosen communes. first: as they were at the end of the first year. years: by id, those at whose end it lived.

    total: how many communes the whole country had at the end of the first year.
    """

    first: tuple[PlaceView, ...]
    every: tuple[PlaceView, ...]
    years: dict[int, tuple[int, ...]]
    followers: dict[int, tuple[int, ...]]
    total: int


def choose(
    nation: int, years: Sequence[int], provinces: Sequence[str], communes: int | None, seed: int
) -> Country:
    """The communes to simulate: those of the first year, and what followed them in later ones.

    provinces: names, as they were in the first year; none for all. communes: how many at most.
    """
    days = {year: date(year, 12, 31) for year in years}
    there = _communes(nation, days[years[0]])
    first = _within(nation, days[years[0]], there, provinces)
    if communes is not None and communes < len(first):
        first = sorted(Random(f"{seed}/communes").sample(first, communes), key=lambda view: view.id)
    followers = territory.followers(view.id for view in first)
    lived: dict[int, list[int]] = {}
    views = {view.id: view for view in first}
    for year, day in days.items():
        now = {view.id: view for view in (there if year == years[0] else _communes(nation, day))}
        chosen = {view.id for view in first}
        chosen |= {after for view in first if view.id not in now for after in followers.get(view.id, ())}
        for place_id in sorted(chosen & now.keys()):
            lived.setdefault(place_id, []).append(year)
            views.setdefault(place_id, now[place_id])
    return Country(
        first=tuple(first),
        every=tuple(views[place_id] for place_id in lived),
        years={place_id: tuple(known) for place_id, known in lived.items()},
        followers=followers,
        total=len(there),
    )


def classes_of(commune: PlaceView, seed: int) -> tuple[str, ...]:
    """The classes a commune is given."""
    hard = Random(f"{seed}/{commune.uid}/classes").random() < _HARDSHIP.get(commune.region, 0.1)
    return ("dac_biet_kho_khan",) if hard else ()


def hamlets_of(country: Country, hamlets: int, seed: int) -> Iterator[list[NewPlace]]:
    """Commune by commune the hamlets to found, `hamlets` in all, some communes with twice as many as others."""
    weights = [Random(f"{seed}/{view.uid}/hamlets").uniform(0.6, 1.4) for view in country.first]
    all_weight, given, so_far = sum(weights), 0, 0.0
    for commune, weight in zip(country.first, weights, strict=True):
        so_far += weight
        upto = round(hamlets * so_far / all_weight)
        yield _hamlets(commune, upto - given, country.followers.get(commune.id, ()), seed)
        given = upto


def commune_places(country: Country) -> Iterator[SimulatedPlace]:
    for view in country.every:
        yield SimulatedPlace(view.id, view.uid, view.region, country.years[view.id])


def hamlet_uid(commune: uuid.UUID, number: int) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, f"{commune}/{number}")


def _hamlets(commune: PlaceView, how_many: int, followers: tuple[int, ...], seed: int) -> list[NewPlace]:
    named = hamlet_names(commune.region, Random(f"{seed}/{commune.uid}/names"))
    return [
        NewPlace(
            uid=hamlet_uid(commune.uid, number),
            name=name,
            kind=kind,
            parent=commune.id,
            code=f"MP-{commune.code}-{number:02d}",
            classes=(),
            successor=followers[0] if len(followers) > 1 else None,
        )
        for number, (kind, name) in enumerate(islice(named, how_many), start=1)
    ]


def _communes(nation: int, day: date) -> list[PlaceView]:
    found = territory.subtree(nation, day, level="commune")
    return sorted((view for view in found if view.kind == COMMUNE), key=lambda view: view.id)


def _within(nation: int, day: date, communes: list[PlaceView], provinces: Sequence[str]) -> list[PlaceView]:
    if not provinces:
        return communes
    there = {fold(view.name): view.id for view in territory.children(nation, day)}
    unknown = [name for name in provinces if fold(name) not in there]
    if unknown:
        raise Refusal(
            f"Cuối năm {day.year} không có tỉnh {', '.join(f'“{name}”' for name in unknown)}. "
            "Hãy ghi tên tỉnh của năm đầu, ngăn nhau bằng dấu phẩy."
        )
    wanted = {there[fold(name)] for name in provinces}
    return [view for view in communes if wanted & {int(part) for part in view.path.split("/") if part}]

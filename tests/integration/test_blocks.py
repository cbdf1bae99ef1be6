"""Packed blocks say what the observation log says, after every deed, for every day."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.figures import actions as figures
from chungtay.figures.actions import Entry
from chungtay.figures.blocks import check_blocks, read_blocks, rebuild_blocks
from chungtay.figures.judgements import facts_of
from chungtay.figures.measure_sets import key_list
from chungtay.figures.models import Block, MeasureSet, Observation, Packing
from chungtay.standards import queries as standards
from chungtay.territory import actions as territory_deeds
from chungtay.territory import queries as territory
from rulebook import Facts, Kind, Mark, Measure, Period, Share, Value
from rulebook.columns import Columns, Kinds, judge_all

TODAY = date(2026, 3, 2)
PERIODS = [
    *[Period.year(year) for year in (2019, 2021, 2022, 2023, 2023, 2024, 2025)],
    Period(date(2022, 7, 1), date(2023, 6, 30)),
    Period(date(2023, 1, 1), date(2023, 6, 30)),
    Period.day(date(2023, 12, 31)),
    Period.day(date(2008, 5, 1)),
]
MARKS = [*[Mark.MEASURED] * 4, Mark.TOLD, Mark.STATED, Mark.RECONSTRUCTED, Mark.RECONSTRUCTED]
DAYS = [date(2008, 6, 1), date(2021, 12, 31), date(2023, 3, 1), date(2023, 12, 31), date(2025, 6, 1), TODAY]


def any_value(measure: Measure, chance: random.Random) -> Value:
    if measure.kind is Kind.FLAG:
        return chance.random() < 0.5
    if measure.kind is Kind.GRADE:
        return chance.choice(measure.grades).code
    if measure.kind is Kind.PERCENT and chance.random() < 0.5:
        return Share(chance.randint(0, 90), chance.choice([90, 143, 10**12]))
    if measure.kind is Kind.MONEY:
        return Decimal(chance.choice(["0", "52.8", "99999999999"]))
    return Decimal(chance.randint(0, 100))


def deeds(demo: Any, chance: random.Random, number: int) -> Iterator[None]:
    """Figures recorded and corrected at random, over two hamlets and a commune."""
    measures = standards.measures()
    places = [demo.place(key) for key in ("khe_coc", "quang_lac", "hoang_dong")]
    codes = chance.sample(sorted(measures), 12)
    for step in range(number):
        entries = []
        for _ in range(chance.randint(1, 4)):
            measure = measures[chance.choice(codes)]
            part = chance.choice(["", *measure.parts])
            value = any_value(measure, chance)
            entries.append(
                Entry(measure.code, value, chance.choice(PERIODS), part, mark=chance.choice(MARKS))
            )
        at = datetime.fromisoformat("2026-03-02T09:00:00+07:00") + timedelta(seconds=step)
        figures.record(by=SystemActor(), at=at, place_id=chance.choice(places), entries=entries)
        yield


def gathered(place_id: int, on: date) -> Facts:
    return facts_of(territory.latest(place_id), on)


def plain(columns: Columns) -> dict[str, Any]:
    """Columns as lists, to be compared at once."""
    return {
        f"{key} {name}": None if array is None else array.tolist()
        for key, column in columns.figures.items()
        for name, array in vars(column).items()
    }


@pytest.mark.parametrize("seed", range(6))
def test_columns_of_any_day_are_the_same_from_blocks_as_from_the_log(demo: Any, seed: int) -> None:
    for _ in deeds(demo, random.Random(seed), 25):
        pass
    assert check_blocks() == []
    for code in ("lang-son-kieu-mau-2021-2025", "thai-nguyen-xom-thong-minh", None):
        view = next(
            (v for v in standards.versions() if v.code == code), standards.versions(level="hamlet")[0]
        )
        standard = standards.by_id(view.id).standard
        ids = [demo.place("khe_coc"), demo.place("quang_lac")]
        positions, blocks = key_list("hamlet").positions, read_blocks("hamlet", ids)
        for on in DAYS:
            facts = [gathered(place, on) for place in ids]
            about = Kinds([each.place for each in facts], [0, 1])
            packed = blocks.columns(standard, positions, ids, about, on)
            direct = Columns.gather(standard, facts, on)
            assert plain(packed) == plain(direct)
            one, other = (judge_all(standard, each, on=on).bits().tolist() for each in (packed, direct))
            assert one == other


@pytest.mark.parametrize("seed", range(3))
def test_blocks_rebuilt_from_the_log_are_the_blocks_patched_by_the_deeds(demo: Any, seed: int) -> None:
    for _ in deeds(demo, random.Random(100 + seed), 30):
        pass
    assert rebuild_blocks() == 0
    Block.objects.update(numbers=b"", states=b"", keys=0, years=0, places=b"", shares=b"", apart=b"")
    differing = check_blocks()
    assert {each.block_id for each in differing} == set(Block.objects.values_list("pk", flat=True))
    assert rebuild_blocks() == len(differing)
    assert check_blocks() == []


def test_a_log_written_past_the_deeds_is_found_and_packed(demo: Any) -> None:
    place = demo.place("khe_coc")
    (row,) = demo.record("security_cameras", "5", period=Period.year(2025))
    Observation.objects.filter(pk=row.pk).update(scaled=6)
    assert [each.owner_id for each in check_blocks()] == [Packing.objects.get(place_id=place).block.owner_id]
    assert rebuild_blocks([place]) == 1
    assert check_blocks() == []


def test_hamlets_and_areas_of_a_commune_share_one_block_and_a_commune_has_its_own(demo: Any) -> None:
    demo.record("security_cameras", "5", period=Period.year(2025))
    demo.record("security_cameras", "5", period=Period.year(2025), place="cum_3")
    packings = {p.place_id: p.block for p in Packing.objects.select_related("block")}
    assert packings[demo.place("cum_3")].level == packings[demo.place("khe_coc")].level == "hamlet"
    commune = territory.latest(demo.place("khe_coc")).parent_id
    assert commune is not None
    other = territory.as_of(demo.place("cum_3"), date(2025, 1, 1))
    assert f"/{packings[other.id].owner_id}/" in other.path


def test_a_place_that_moves_stays_in_the_block_where_it_was_first_packed(demo: Any, now: datetime) -> None:
    place = demo.place("khe_coc")
    before = Packing.objects.get(place_id=place).block_id
    here = territory.latest(place)
    parent = territory.latest(here.parent_id or 0)
    sister = next(each for each in territory.children(parent.parent_id or 0, TODAY) if each.id != parent.id)
    territory_deeds.change_place(place=place, on=date(2026, 2, 1), parent=sister.id, by=SystemActor(), at=now)
    demo.record("security_cameras", "9", period=Period.day(date(2026, 2, 20)), at=now)
    assert Packing.objects.get(place_id=place).block_id == before
    assert check_blocks() == []


def test_a_list_of_measures_only_grows(demo: Any) -> None:
    before = key_list("hamlet")
    unused = sorted(set(standards.measures()) - {code for code, _ in before.keys})[0]
    measure = standards.measure(unused)
    value = any_value(measure, random.Random(1))
    demo.record(unused, value, period=Period.year(2025), part=measure.parts[0])
    after = key_list("hamlet")
    assert after.keys[: len(before.keys)] == before.keys
    assert after.keys[len(before.keys) :] == ((unused, measure.parts[0]),)
    assert list(
        MeasureSet.objects.filter(level="hamlet").values_list("version", flat=True).order_by("version")
    ) == [*range(1, len(after.sizes) + 1)]


def test_recording_a_figure_costs_a_fixed_number_of_queries_more(
    demo: Any, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    demo.record("security_cameras", "5", period=Period.year(2025))
    few = queries_of(lambda: demo.record("security_cameras", "6", period=Period.year(2025)))
    assert few <= 16

"""Whatever deeds follow one another, in whatever order they are recorded, every place keeps one unbroken life."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Refusal
from chungtay.territory import queries
from chungtay.territory.actions import (
    Part,
    abolish_place,
    absorb_places,
    change_place,
    follow_successor,
    found_place,
    merge_places,
    split_place,
)
from chungtay.territory.models import PARENT_LEVELS, Level, Place, PlaceState, Succession

pytestmark = pytest.mark.django_db

BY: dict[str, Any] = {"by": SystemActor(), "at": datetime(2026, 5, 2, 1, tzinfo=UTC)}
DEED: dict[str, Any] = {"instrument": "NQ 1", **BY}
BEGIN = date(2018, 1, 1)
DAYS = [date(year, month, 1) for year in (2019, 2020, 2021) for month in (1, 7)]


def found(name: str, level: str, parent: int, day: date | None) -> int:
    view = found_place(name=name, kind="", level=level, parent=parent, valid_from=day, **BY)
    return view.id


@pytest.fixture
def country() -> int:
    """Two provinces, four communes, six hamlets, areas in one another. The id of the nation."""
    nation = Place.objects.create(level=Level.NATION)
    PlaceState.objects.create(place=nation, name="Việt Nam", path=f"/{nation.pk}/", sort_key="v")
    for p in range(2):
        province = found(f"tỉnh {p}", Level.PROVINCE, nation.pk, None)
        for c in range(2):
            commune = found(f"xã {p}{c}", Level.COMMUNE, province, None)
            for h in range(2 - c):
                hamlet = found(f"xóm {p}{c}{h}", Level.HAMLET, commune, BEGIN)
                if h == 0:
                    area = found(f"cụm {p}{c}", Level.AREA, hamlet, BEGIN)
                    found(f"nhóm {p}{c}", Level.AREA, area, BEGIN)
    return nation.pk


@dataclass(frozen=True)
class Atlas:
    """Every place on every day on which anything changes, and on the days before those."""

    places: dict[int, Place]
    states: dict[int, list[PlaceState]]
    days: list[date]

    def living(self, day: date) -> dict[int, PlaceState]:
        return {
            place_id: state
            for place_id, states in self.states.items()
            for state in states
            if (state.valid_from or date.min) <= day < (state.valid_to or date.max)
        }


def drawn_up() -> Atlas:
    states: dict[int, list[PlaceState]] = {}
    for state in PlaceState.objects.all():
        states.setdefault(state.place_id, []).append(state)
    for of_place in states.values():
        of_place.sort(key=lambda s: s.valid_from or date.min)
    turns = {
        day for of_place in states.values() for s in of_place for day in (s.valid_from, s.valid_to) if day
    }
    days = sorted(turns | {day - timedelta(days=1) for day in turns} | {date(1990, 1, 1), date(2030, 1, 1)})
    return Atlas(Place.objects.in_bulk(), states, days)


def check_lives(atlas: Atlas) -> None:
    """No state overlaps another, no gap, and the life begins and ends with the place."""
    steps = list(Succession.objects.all())
    for place_id, place in atlas.places.items():
        states = atlas.states[place_id]
        for one, two in pairwise(states):
            assert one.valid_to is not None and one.valid_to == two.valid_from, (place_id, one, two)
        if place.valid_from is not None:
            assert states[0].valid_from == place.valid_from
        last = states[-1]
        if last.valid_to == place.valid_to:
            continue
        assert place.valid_to is None, "an ended place has states after its end"
        assert last.parent_id is not None, "waiting for whom?"
        followed = [s for s in steps if (s.predecessor_id, s.on) == (last.parent_id, last.valid_to)]
        assert len(followed) != 1 or followed[0].kind == "part", "it had one place to follow"
    for step in steps:
        assert step.on == atlas.places[step.predecessor_id].valid_to
        assert step.successor_id in atlas.living(step.on)


def check_lines(atlas: Atlas) -> None:
    """On every day every living place stands once, below a living parent that fits, on its parent's path."""
    for day in atlas.days:
        living = atlas.living(day)
        for place_id, state in living.items():
            if state.parent_id is None:
                assert state.path == f"/{place_id}/"
                continue
            assert state.parent_id in living, (place_id, day)
            assert state.path == f"{living[state.parent_id].path}{place_id}/", (place_id, day)
            assert max(Counter(state.path.strip("/").split("/")).values()) == 1
            levels = PARENT_LEVELS[atlas.places[place_id].level]
            assert atlas.places[state.parent_id].level in levels


def check_nothing_else_changed(before: Atlas, after: Atlas, on: date, done: "Done") -> None:
    ended, begun = set(done.ended), set(done.begun)
    for day in sorted({*before.days, *after.days}):
        was, now = before.living(day), after.living(day)
        if day < on:
            assert {i: s.path for i, s in was.items()} == {
                i: s.path for i, s in now.items() if i not in begun
            }
            assert not begun & set(now)
        else:
            assert not ended & set(now)
            assert set(was) - ended <= set(now)
            assert set(now) - set(was) <= begun | set(done.appeared), (day, done)
            assert not ended & set(was) or begun <= set(now), "the new place is there where the old ones were"
        for place_id in set(was) & set(now) - {done.renamed}:
            assert str(was[place_id]) == str(now[place_id])


def check_reads(after: Atlas, places: Iterable[int]) -> None:
    for place_id in places:
        for day in after.days:
            living = after.living(day)
            if place_id in living:
                view = queries.as_of(place_id, day)
                assert (view.path, view.name) == (living[place_id].path, living[place_id].name)
                assert [v.id for v in queries.current_of(place_id, day)] == [place_id]
                assert len(queries.ancestors(place_id, day)) == view.path.count("/") - 2
            else:
                with pytest.raises(Refusal):
                    queries.as_of(place_id, day)
                assert {v.id for v in queries.current_of(place_id, day)} <= set(living) - {place_id}


@dataclass(frozen=True)
class Done:
    """What a deed is expected to have done. appeared: places that may live where they did not."""

    ended: tuple[int, ...] = ()
    begun: tuple[int, ...] = ()
    renamed: int = 0
    appeared: tuple[int, ...] = ()


class Clerk:
    """Does one drawn deed on a drawn day, on places that live that day."""

    def __init__(self, dice: Random, number: int) -> None:
        self.dice, self.number = dice, number
        self.atlas = drawn_up()
        self.on = dice.choice(DAYS)
        self.living = self.atlas.living(self.on)
        self.held = [i for i, s in self.living.items() if s.parent_id is not None]

    def one(self, among: list[int]) -> int:
        return self.dice.choice(sorted(among))

    def some(self, among: list[int]) -> list[int]:
        return self.dice.sample(sorted(among), min(len(among), self.dice.choice((1, 1, 2))))

    def beside(self, place_id: int) -> list[int]:
        state = self.living[place_id]
        kin = [i for i, s in self.living.items() if s.parent_id == state.parent_id and i != place_id]
        level = self.atlas.places[place_id].level
        return [i for i in kin if self.atlas.places[i].level == level]

    def fitting_parents(self, place_id: int) -> list[int]:
        levels = PARENT_LEVELS[self.atlas.places[place_id].level]
        return [i for i in self.living if self.atlas.places[i].level in levels]

    def merge(self) -> Done:
        first = self.one(self.held)
        level = self.atlas.places[first].level
        anywhere = [i for i in self.held if self.atlas.places[i].level == level and i != first]
        far = self.dice.random() < 0.5
        others = anywhere if far else self.beside(first)
        if not others:
            raise Refusal("alone")
        places = [first, *self.some(others)]
        parent = self.one(self.fitting_parents(first)) if far else None
        new = merge_places(
            places=places, into_name=f"nhập {self.number}", kind="", on=self.on, parent=parent, **DEED
        )
        return Done(tuple(places), (new.id,))

    def absorb(self) -> Done:
        place = self.one(self.held)
        level = self.atlas.places[place].level
        inside = [
            i for i, s in self.living.items() if s.parent_id == place and self.atlas.places[i].level == level
        ]
        others = [*self.beside(place), *inside]
        if not others:
            raise Refusal("alone")
        absorbed = self.some(others)
        absorb_places(place=place, absorbed=absorbed, on=self.on, **DEED)
        return Done(tuple(absorbed))

    def split(self) -> Done:
        place = self.one(self.held)
        later = [s for states in self.atlas.states.values() for s in states if s.parent_id == place]
        children = {s.place_id for s in later if s.valid_to is None or s.valid_to > self.on}
        shares: list[list[int]] = [[], []]
        for child in sorted(children):
            shares[self.dice.randrange(2)].append(child)
        parts = [Part(f"phần {self.number}-{n}", "", tuple(share)) for n, share in enumerate(shares)]
        made = split_place(place=place, parts=parts, on=self.on, **DEED)
        return Done((place,), tuple(view.id for view in made))

    def abolish(self) -> Done:
        above = {s.parent_id for s in self.living.values()}
        place = self.one([i for i in self.held if i not in above])
        abolish_place(place=place, on=self.on, **DEED)
        return Done((place,))

    def move(self) -> Done:
        place = self.one(self.held)
        change_place(place=place, parent=self.one(self.fitting_parents(place)), on=self.on, **DEED)
        return Done()

    def rename(self) -> Done:
        place = self.one(self.held)
        change_place(place=place, name=f"tên {self.number}", on=self.on, **DEED)
        return Done(renamed=place)

    def found(self) -> Done:
        level = self.dice.choice([Level.COMMUNE, Level.HAMLET, Level.AREA])
        parents = [i for i in self.living if self.atlas.places[i].level in PARENT_LEVELS[level]]
        if not parents:
            raise Refusal("nowhere")
        gone = [i for i in parents if self.atlas.places[i].valid_to is not None]
        among = gone or parents
        new = found(f"lập {self.number}", level, self.one(among), self.on)
        return Done(begun=(new,))

    def follow(self) -> Done:
        waiting = {
            i: states[-1]
            for i, states in self.atlas.states.items()
            if states[-1].valid_to is not None and self.atlas.places[i].valid_to is None
        }
        steps = [
            s for s in Succession.objects.all() if s.predecessor_id in {w.parent_id for w in waiting.values()}
        ]
        if not steps:
            raise Refusal("nobody waits")
        step = self.dice.choice(sorted(steps, key=lambda s: s.pk))
        place = self.one([i for i, w in waiting.items() if w.parent_id == step.predecessor_id])
        self.on = waiting[place].valid_to
        follow_successor(place=place, successor=step.successor_id, **BY)
        below = [i for i, states in self.atlas.states.items() if f"/{place}/" in states[-1].path]
        return Done(appeared=tuple(below))


DEEDS = ["merge", "absorb", "split", "abolish", "move", "rename", "found", "found", "follow", "follow"]


@given(seed=st.integers(0, 2**32))  # dice of our own: they reach deeper than drawing each step
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
def test_every_place_keeps_one_unbroken_life_on_one_path(country: int, seed: int) -> None:
    dice = Random(seed)
    with transaction.atomic():
        before, done = drawn_up(), Done()
        for number in range(12):
            clerk = Clerk(dice, number)
            try:
                with transaction.atomic():
                    done = getattr(clerk, dice.choice(DEEDS))()
            except Refusal:
                continue
            after = drawn_up()
            check_lives(after)
            check_lines(after)
            check_nothing_else_changed(before, after, clerk.on, done)
            before = after
        check_reads(before, [dice.choice(sorted(before.places)), *done.ended[:1], *done.begun[:1]])
        transaction.set_rollback(True)

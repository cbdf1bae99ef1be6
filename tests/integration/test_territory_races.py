"""Many writers on the same places at once: no deed works from what another has just changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Refusal
from chungtay.territory.actions import change_place, found_place, merge_places
from chungtay.territory.models import Level, Place, PlaceState, lives_on

BY: dict[str, Any] = {"by": SystemActor(), "at": datetime(2026, 5, 2, 1, tzinfo=UTC)}
BEGIN, ON = date(2018, 1, 1), date(2024, 1, 1)


def found(name: str, level: str, parent: int, day: date | None = BEGIN) -> int:
    return found_place(name=name, kind="", level=level, parent=parent, valid_from=day, **BY).id


@pytest.mark.django_db(transaction=True)
def test_deeds_at_the_same_time_leave_every_place_on_its_parents_path() -> None:
    nation = Place.objects.create(level=Level.NATION)
    PlaceState.objects.create(place=nation, name="Việt Nam", path=f"/{nation.pk}/", sort_key="v")
    province = found("Mẫu", Level.PROVINCE, nation.pk, None)
    communes = [found(f"xã {n}", Level.COMMUNE, province) for n in range(3)]
    hamlets = [found(f"xóm {n}", Level.HAMLET, communes[n % 3]) for n in range(9)]
    areas = [found(f"cụm {n}", Level.AREA, hamlets[n % 9]) for n in range(18)]

    def rename(dice: Random) -> None:
        change_place(place=dice.choice(areas), on=ON, name=f"tên {dice.random()}", **BY)

    def move(dice: Random) -> None:
        change_place(place=dice.choice(areas), on=ON, parent=dice.choice(hamlets), **BY)

    def move_hamlet(dice: Random) -> None:
        change_place(place=dice.choice(hamlets), on=ON, parent=dice.choice(communes), **BY)

    def merge(dice: Random) -> None:
        new = {"into_name": f"nhập {dice.random()}", "kind": "", "parent": dice.choice(communes)}
        merge_places(places=dice.sample(hamlets, 2), on=ON, instrument="NQ 1", **new, **BY)

    broken: list[Exception] = []

    def work(deed: Callable[[Random], None], seed: int) -> None:
        dice = Random(seed)
        for _ in range(10):
            try:
                deed(dice)
            except Refusal:
                continue
            except Exception as problem:
                broken.append(problem)
        connection.close()

    threads = [
        Thread(target=work, args=(d, n)) for n, d in enumerate((rename, move, move_hamlet, merge, merge))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    for day in (BEGIN, ON):
        living = {state.place_id: state for state in PlaceState.objects.filter(lives_on(day))}
        for place_id, state in living.items():
            if state.parent_id is not None:
                assert state.path == f"{living[state.parent_id].path}{place_id}/"

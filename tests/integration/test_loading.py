"""The bulk door: a batch is written whole or not at all, and says which rows are wrong and why."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted
from chungtay.figures import queries
from chungtay.figures.blocks import check_blocks
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.figures.models import Dirty, Observation
from chungtay.territory import queries as territory
from rulebook import Mark, Period, Share

SYSTEM = SystemActor(label="Người dựng thử")
YEAR = Period.year(2025)


def load(at: datetime, *rows: BulkFigure, by: Any = SYSTEM, mark: Mark = Mark.MEASURED) -> Any:
    return load_figures(by=by, at=at, rows=rows, mark=mark, source="Báo cáo năm 2025 của tỉnh")


def test_a_batch_is_recorded_packed_and_waits_to_be_counted(demo: Any, now: datetime) -> None:
    places = [demo.place("khe_coc"), territory.latest(demo.place("khe_coc")).parent_id]
    Dirty.objects.all().delete()
    found = load(
        now,
        BulkFigure(places[0], "security_cameras", YEAR, "7", row=2),
        BulkFigure(places[1], "poverty_rate", YEAR, "3,5", row=3),
        BulkFigure(places[0], "poverty_rate", Period.day(date(2025, 6, 1)), Share(1, 90), row=4),
    )
    assert (found.written, found.faults) == (3, ())
    assert queries.current(places[0], ["security_cameras"], now.date())["security_cameras", ""].value == 7
    poverty = queries.history(places[1], "poverty_rate")[0]
    assert (poverty.value, poverty.source, poverty.mark) == (
        Decimal("3.5"),
        "Báo cáo năm 2025 của tỉnh",
        Mark.MEASURED,
    )
    assert check_blocks() == []
    assert set(Dirty.objects.values_list("place_id", flat=True)) == set(places)


def test_sending_a_batch_twice_changes_nothing(
    demo: Any, now: datetime, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    rows = [BulkFigure(demo.place("khe_coc"), "security_cameras", YEAR, Decimal(7))]
    assert load(now, *rows).written == 1
    with unchanged():
        assert load(now, *rows).written == 0


def test_another_value_supersedes_the_current_one(demo: Any, now: datetime) -> None:
    place = demo.place("khe_coc")
    load(now, BulkFigure(place, "security_cameras", YEAR, "7"))
    load(now, BulkFigure(place, "security_cameras", YEAR, "8"))
    newest, oldest = (f for f in queries.history(place, "security_cameras") if f.period == YEAR)
    assert (newest.value, newest.supersedes, oldest.superseded_by) == (8, oldest.id, newest.id)
    assert check_blocks() == []


def test_every_bad_row_is_named_and_nothing_is_written(
    demo: Any, now: datetime, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    place = demo.place("khe_coc")
    with unchanged():
        found = load(
            now,
            BulkFigure(place, "security_cameras", YEAR, "7", row=1),
            BulkFigure(place, "security_cameras", YEAR, "8", row=2),
            BulkFigure(place, "no_such_measure", YEAR, "8", row=3),
            BulkFigure(place, "poverty_rate", YEAR, "101", row=4),
            BulkFigure(place, "poverty_rate", YEAR, "nhiều", row=5),
            BulkFigure(place, "security_cameras", Period.year(2030), "1", row=6),
            BulkFigure(place, "security_cameras", YEAR, "1", part="male", row=7),
            BulkFigure(10**15, "security_cameras", YEAR, "1", row=8),
        )
    assert found.written == 0
    assert [(fault.row, fault.field) for fault in found.faults] == [
        (2, "value"),
        (3, "measure"),
        (4, "value"),
        (5, "value"),
        (6, "period"),
        (7, "part"),
        (8, "place"),
    ]
    assert "dòng 1" in found.faults[0].sentence
    assert str(found.faults[2]).startswith("Dòng 4: ")


def test_five_in_a_hundred_broken_rows_are_told_and_the_others_are_not_half_written(
    demo: Any, now: datetime, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    day = now.date()
    province = territory.resolve("mã:19", day=day).id
    places = territory.subtree_ids(province, day, level="commune")
    rows = [
        BulkFigure(place, "poverty_rate", Period.year(year), "-1" if (at + year) % 20 == 0 else "4", row=at)
        for at, place in enumerate(places)
        for year in (2025,)
    ]
    broken = [row.row for row in rows if row.value == "-1"]
    with unchanged():
        found = load(now, *rows)
    assert [fault.row for fault in found.faults] == broken != []
    good = [row for row in rows if row.value != "-1"]
    assert load(now, *good).written == len(good)


def test_reconstructed_figures_are_recorded_and_never_packed(demo: Any, now: datetime) -> None:
    place = demo.place("khe_coc")
    load(now, BulkFigure(place, "security_cameras", YEAR, "7"))
    load(now, BulkFigure(place, "security_cameras", YEAR, "7"), mark=Mark.RECONSTRUCTED)
    assert check_blocks() == []
    assert Observation.objects.filter(place_id=place, mark="reconstructed", period_end=YEAR.end).exists()


def test_a_post_loads_only_where_it_may_record(demo: Any, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        load(
            now,
            BulkFigure(demo.place("quang_lac"), "security_cameras", YEAR, "7"),
            by=demo.post("trưởng xóm Khe Cốc"),
        )


def test_the_number_of_queries_does_not_grow_with_the_batch(
    demo: Any, now: datetime, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    place = demo.place("khe_coc")
    load(now, BulkFigure(place, "security_cameras", YEAR, "1"))

    def rows(year: int, value: str) -> list[BulkFigure]:
        return [BulkFigure(place, "security_cameras", Period.year(y), value) for y in range(year, 2026)]

    load(now, *rows(2011, "1"))
    assert queries_of(lambda: load(now, *rows(2025, "2"))) == queries_of(lambda: load(now, *rows(2011, "3")))

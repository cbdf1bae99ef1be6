"""Integrity checks at work: a warning beside the field, a refusal of what cannot be, and the page of what was found."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from chungtay.core.refusals import Refusal
from chungtay.figures import integrity, locking
from chungtay.figures.integrity import Filters
from chungtay.figures.jobs import check_integrity
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.figures.work_rows import IntegrityFinding
from chungtay.territory.actions import found_place
from chungtay.territory.models import Level, Place
from rulebook import Mark, Period

from .conftest import BUILT_AT, SYSTEM, Demo

pytestmark = pytest.mark.django_db

YEAR, LAST = Period.year(2025), Period.year(2024)
HEAD, OFFICER, PROVINCE = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh", "văn phòng Thái Nguyên"


def looked(demo: Demo, code: str) -> list[IntegrityFinding]:
    commune = demo.post(OFFICER).place_id or 0
    integrity.look_at(place_ids=[demo.place("khe_coc")], above_id=commune, at=BUILT_AT)
    return list(IntegrityFinding.objects.filter(check_code=code))


def test_more_poor_households_than_households_is_refused_at_its_field(
    demo: Demo, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    demo.record("households", "143", period=YEAR, by=demo.post(HEAD))
    with unchanged(), pytest.raises(Refusal) as told:
        demo.record("poor_households", "144", period=YEAR, by=demo.post(HEAD))
    assert "Số hộ nghèo 144 nhiều hơn số hộ 143" in str(told.value)
    demo.record("poor_households", "143", period=YEAR, by=demo.post(HEAD))
    with pytest.raises(Refusal, match="nhiều hơn số hộ 142"):
        demo.record("households", "142", period=YEAR, by=demo.post(HEAD))


def test_a_batch_with_what_cannot_be_names_its_row_and_writes_nothing(demo: Demo) -> None:
    here = demo.place("khe_coc")
    rows = [
        BulkFigure(here, "households", YEAR, "143", row=2),
        BulkFigure(here, "poor_households", YEAR, "144", row=3),
    ]
    loaded = load_figures(by=demo.post(HEAD), at=BUILT_AT, rows=rows, mark=Mark.MEASURED, source="")
    assert loaded.written == 0
    assert "Dòng 3" in str(loaded.faults[0])


def test_an_unusual_figure_is_written_and_warned_of_while_typing(demo: Demo) -> None:
    demo.record("households", "143", period=LAST, by=demo.post(HEAD))
    here = demo.place("khe_coc")
    (warned,) = integrity.warnings(here, {("households", "", YEAR): 1430})
    assert "1.430, kỳ trước 143" in warned.sentence
    demo.record("households", "1430", period=YEAR, by=demo.post(HEAD))
    (row,) = looked(demo, "jump_of_people")
    assert (row.place_id, row.value, row.limit, row.who) == (here, "1430", "143", demo.post(HEAD).label)


def test_a_hamlet_with_more_households_than_its_commune_is_found(demo: Demo) -> None:
    demo.record("households", "143", period=YEAR, by=demo.post(HEAD))
    assert looked(demo, "households_within_parent") == []
    officer = demo.post(OFFICER)
    load_figures(
        by=officer,
        at=BUILT_AT,
        rows=[BulkFigure(officer.place_id or 0, "households", YEAR, "100")],
        mark=Mark.MEASURED,
        source="",
    )
    assert len(looked(demo, "households_within_parent")) == 1


def test_looking_again_replaces_what_was_found(demo: Demo) -> None:
    demo.record("households", "143", period=LAST, by=demo.post(HEAD))
    demo.record("households", "1430", period=YEAR, by=demo.post(HEAD))
    assert len(looked(demo, "jump_of_people")) == 1
    demo.record("households", "144", period=YEAR, by=demo.post(HEAD))
    assert looked(demo, "jump_of_people") == []


def test_one_that_is_far_from_its_neighbours_is_found_and_they_are_not(demo: Demo) -> None:
    commune = demo.post(OFFICER).place_id or 0
    beside = [
        found_place(
            name=f"Xóm {n}", kind="xóm", level=Level.HAMLET, parent=commune, valid_from=None,
            by=SYSTEM, at=BUILT_AT,
        ).id
        for n in range(6)
    ]  # fmt: skip
    rows = [BulkFigure(place, "households", YEAR, str(100 + 7 * n)) for n, place in enumerate(beside)]
    rows.append(BulkFigure(demo.place("khe_coc"), "households", YEAR, "9000"))
    load_figures(by=SYSTEM, at=BUILT_AT, rows=rows, mark=Mark.MEASURED, source="")
    integrity.look_at(place_ids=[*beside, demo.place("khe_coc")], above_id=commune, at=BUILT_AT)
    far = IntegrityFinding.objects.filter(check_code="far_from_neighbours")
    assert [row.place_id for row in far] == [demo.place("khe_coc")]


def test_the_year_and_its_last_day_may_not_say_different_things(demo: Demo) -> None:
    demo.record("households", "143", period=YEAR, by=demo.post(HEAD))
    demo.record("households", "150", period=Period.day(date(2025, 12, 31)), by=demo.post(HEAD))
    (row,) = looked(demo, "said_twice")
    assert (row.value, row.limit) == ("143", "150")


def test_places_over_their_day_are_silent_or_late_until_they_answer(demo: Demo) -> None:
    province = demo.post(PROVINCE)
    locking.call_period(
        by=province,
        at=BUILT_AT,
        place_id=province.place_id or 0,
        period=YEAR,
        hamlet_by=date(2026, 1, 15),
        commune_by=date(2026, 12, 30),
        province_by=date(2026, 12, 31),
    )
    assert len(looked(demo, "silent_place")) == 1
    demo.record("livestock_households", "3", period=YEAR, by=demo.post(HEAD))
    assert looked(demo, "silent_place") == []
    assert len(looked(demo, "late_place")) == 1
    locked = demo.record("livestock_households", "4", period=YEAR, by=demo.post(HEAD))
    assert locked


def test_a_post_of_a_place_that_is_no_more_and_a_place_left_behind_are_found(demo: Demo) -> None:
    commune, here = demo.post(OFFICER).place_id or 0, demo.place("khe_coc")
    Place.objects.filter(pk=commune).update(valid_to=date(2026, 2, 1))
    integrity.look_at(place_ids=[here, commune], above_id=None, at=BUILT_AT)
    posts = IntegrityFinding.objects.filter(check_code="orphan_post")
    assert (commune, demo.post(OFFICER).label) in {(row.place_id, row.value) for row in posts}
    assert IntegrityFinding.objects.filter(check_code="orphan_place", place_id=here).exists()


def test_the_nightly_job_looks_at_the_whole_country_and_again_without_harm(demo: Demo) -> None:
    demo.record("households", "143", period=LAST, by=demo.post(HEAD))
    demo.record("households", "1430", period=YEAR, by=demo.post(HEAD))
    for _again in range(2):
        check_integrity.call()
        assert IntegrityFinding.objects.filter(check_code="jump_of_people").count() == 1


def test_the_page_shows_what_is_wrong_where_and_who_mends_it(
    demo: Demo, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    demo.record("households", "143", period=LAST, by=demo.post(HEAD))
    demo.record("households", "1430", period=YEAR, by=demo.post(HEAD))
    looked(demo, "")
    visit, path = demo.visit(OFFICER), reverse("office:integrity")
    page = visit.get(path).content.decode()
    assert "1.430, kỳ trước 143" in page
    assert "Trưởng xóm · xóm Khe Cốc" in page
    assert "1.430" not in visit.get(f"{path}?muc=impossible").content.decode()
    assert "1.430" not in demo.visit("cán bộ Quảng Lạc").get(path).content.decode()
    sheet = visit.get(reverse("office:integrity_sheet")).content.decode("utf-8-sig")
    assert "xóm Khe Cốc" in sheet
    few = queries_of(lambda: visit.get(path))
    demo.record("population", "5000", period=YEAR, by=demo.post(HEAD), at=BUILT_AT + timedelta(minutes=1))
    demo.record("population", "508", period=LAST, by=demo.post(HEAD), at=BUILT_AT + timedelta(minutes=1))
    looked(demo, "")
    assert IntegrityFinding.objects.count() > 1
    assert queries_of(lambda: visit.get(path)) == few
    assert integrity.found(demo.post(OFFICER), Filters(check="jump_of_people")).count() == 2


def test_the_form_warns_while_one_types_and_keeps_what_was_typed(demo: Demo) -> None:
    demo.record("households", "143", period=YEAR, by=demo.post(HEAD))
    visit, typed = demo.visit(HEAD), {"poor_households": "144", "period": "2025"}
    asked = [demo.place("khe_coc"), "xom-kieu-mau-thai-nguyen", "6"]
    shown = visit.post(reverse("office:preview", args=asked), typed).content.decode()
    assert "nhiều hơn số hộ 143" in shown
    refused = visit.post(reverse("office:enter", args=asked), typed)
    assert refused.status_code == 422
    assert 'value="144"' in refused.content.decode()

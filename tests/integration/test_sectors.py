"""A post bound to one field works on the criteria of that field alone, with the law as it stands."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chungtay.core.refusals import NotPermitted
from chungtay.figures import actions as figures
from chungtay.people import queries as people
from chungtay.people.models import Post
from chungtay.standards import queries as standards
from rulebook import Period, StatedGrade

COMMUNE = "xa-ntm-2021-2025"
SCHOOLS = "sogddt.thainguyen"  # Sở Giáo dục và Đào tạo
FRONT = "mattran.votranh"


def post_of(username: str) -> Post:
    user = people.user_named(username)
    assert user is not None
    return people.posts_ever(user)[0]


def measure_of(sector: str, only: bool = True) -> str:
    """A measure that indicators of this field ask for; only: and of no other."""
    asked = standards.sectors_of_measures(standards.measures())
    return min(
        code for code, sectors in asked.items() if sector in sectors and (not only or len(sectors) == 1)
    )


def enter(by: Post, measure: str, place_id: int) -> None:
    value = {"percent": "90", "count": "1", "flag": "true"}.get(standards.measures()[measure].kind.value, "1")
    entry = figures.Entry(measure, value, Period.year(2025), source="Báo cáo của ngành")
    figures.record(by=by, at=timezone.now(), place_id=place_id, entries=[entry])


def test_the_law_names_its_fields_and_which_measures_belong_to_them(demo: Any) -> None:
    assert standards.sectors("vi")["GDDT"] == "Giáo dục và Đào tạo"
    assert standards.sectors("en")["GDDT"] == "Education and Training"
    assert standards.sectors_of_measures(["khong_co"]) == {"khong_co": {}}
    used = [sectors for sectors in standards.sectors_of_measures(standards.measures()).values() if sectors]
    assert len(used) > 50


@pytest.mark.parametrize(("username", "own"), [(SCHOOLS, "GDDT"), (FRONT, "MTTQ")])
def test_figures_of_ones_own_field_are_recorded_and_of_others_refused(
    demo: Any, username: str, own: str, unchanged: Any
) -> None:
    by = post_of(username)
    assert by.sector == own
    commune = demo.post("cán bộ Vô Tranh").place_id
    enter(by, measure_of(own), commune)
    with unchanged(), pytest.raises(NotPermitted, match="lĩnh vực: Y tế"):
        enter(by, measure_of("YT"), commune)


def test_a_whole_sheet_is_refused_for_one_figure_of_another_field(demo: Any, unchanged: Any) -> None:
    by = post_of(SCHOOLS)
    entries = [
        figures.Entry(measure_of(sector), "1", Period.year(2025), source="Báo cáo")
        for sector in ("GDDT", "YT")
    ]
    with unchanged(), pytest.raises(NotPermitted):
        figures.record(
            by=by,
            at=timezone.now(),
            place_id=demo.post("cán bộ Vô Tranh").place_id,
            entries=entries,
        )


def state(by: Post, place_id: int, code: str, kind: str = "criterion") -> Any:
    return figures.state_verdict(
        by=by,
        at=timezone.now(),
        place_id=place_id,
        standard_code=COMMUNE,
        kind=kind,
        code=code,
        grade=StatedGrade.MET,
        on=date(2025, 9, 1),
        source="Văn bản xác nhận của Sở",
    )


def test_a_department_confirms_its_own_criteria_and_no_others(demo: Any) -> None:
    by, commune = post_of(SCHOOLS), demo.post("cán bộ Vô Tranh").place_id
    assert state(by, commune, "5").code == "5"  # Trường học
    with pytest.raises(NotPermitted, match="thuộc lĩnh vực: Giao thông vận tải"):
        state(by, commune, "2")
    with pytest.raises(NotPermitted):
        state(by, commune, COMMUNE, kind="standard")


def test_posts_of_every_field_are_asked_nothing_about_fields(demo: Any) -> None:
    officer = demo.post("cán bộ Vô Tranh")
    enter(officer, measure_of("YT"), officer.place_id)
    enter(officer, measure_of("GDDT"), officer.place_id)


def test_a_page_says_whose_field_it_is_and_keeps_what_was_typed(demo: Any) -> None:
    user = people.user_named(SCHOOLS)
    assert user is not None
    client = Client()
    client.force_login(user)
    commune = demo.post("cán bộ Vô Tranh").place_id
    address = f"/dia-ban/{commune}/{COMMUNE}/tieu-chi/15/nhap/"  # Y tế
    page = client.get(address).content.decode()
    asked = standards.sectors_of_measures(standards.measures())
    field = next(
        name
        for name in re.findall(r'name="([\w.]+)"', page)
        if set(asked.get(name.partition(".")[0], {})) == {"YT"}
    )
    sent = {"period": "2025", "source": "Báo cáo", field: "91", "seen": "0"}
    answer = client.post(address, sent)
    told = answer.content.decode()
    assert answer.status_code in (403, 422)
    assert "chỉ làm những tiêu chí thuộc lĩnh vực của mình" in told
    assert 'value="91"' in told

"""Loading the units of the country: what stands in the database afterwards."""

from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.figures.models import Dirty
from chungtay.territory import queries, unit_changes, units
from chungtay.territory.actions import change_place
from chungtay.territory.models import Level, Place, PlaceState, Succession, lives_on
from chungtay.territory.unit_data import UnitDataError

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 2, 1, tzinfo=UTC)
BEFORE, REFORM, CITY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 5, 1)


def load(*provinces: str) -> units.Loaded:
    return units.load_units(by=SystemActor(), at=AT, provinces=set(provinces) or None)


def kinds_on(day: date, level: str) -> dict[str, int]:
    states = PlaceState.objects.filter(lives_on(day), place__level=level)
    return dict(Counter(states.values_list("kind", flat=True)))


def rows() -> tuple[int, int, int, int]:
    return tuple(model.objects.count() for model in (Place, PlaceState, Succession, AuditEvent))  # type: ignore[return-value]


def test_the_whole_country_is_there_before_and_since_the_reform_and_again_without_effect() -> None:
    loaded = load()
    assert (loaded.places, loaded.states, loaded.successions, loaded.changes) == (14014, 14139, 10529, 11)

    assert kinds_on(BEFORE, Level.PROVINCE) == {"tỉnh": 57, "thành phố": 6}
    assert kinds_on(BEFORE, Level.DISTRICT) == {"huyện": 508, "thành phố": 87, "thị xã": 52, "quận": 49}
    assert kinds_on(BEFORE, Level.COMMUNE) == {"xã": 7692, "phường": 1726, "thị trấn": 617}  # 10,035

    assert kinds_on(REFORM, Level.PROVINCE) == {"tỉnh": 28, "thành phố": 6}
    assert kinds_on(REFORM, Level.DISTRICT) == {}
    assert kinds_on(REFORM, Level.COMMUNE) == {"xã": 2621, "phường": 687, "đặc khu": 13}

    assert kinds_on(CITY, Level.PROVINCE) == {"tỉnh": 27, "thành phố": 7}
    assert kinds_on(CITY, Level.COMMUNE) == {"xã": 2611, "phường": 697, "đặc khu": 13}

    codes = PlaceState.objects.filter(lives_on(CITY), place__level=Level.COMMUNE).values_list("official_code")
    assert codes.distinct().count() == 3321
    assert not PlaceState.objects.filter(source="").exists()
    before = rows()
    assert load() == units.Loaded(0, 0, 0, 0)
    assert rows() == before


@pytest.mark.parametrize(
    ("old", "address", "new_name", "new_code"),
    [
        ("05641", "huyện Phú Lương, tỉnh Thái Nguyên", "xã Vô Tranh", "05641"),
        ("05989", "thành phố Lạng Sơn, tỉnh Lạng Sơn", "phường Lương Văn Tri", "05983"),
        ("05986", "thành phố Lạng Sơn, tỉnh Lạng Sơn", "phường Tam Thanh", "05986"),
    ],
)
def test_the_communes_of_the_two_stories_lead_to_their_successors(
    old: str, address: str, new_name: str, new_code: str
) -> None:
    load("19", "20")
    commune = queries.resolve(f"mã:{old}", day=BEFORE)
    (step,) = queries.successors(commune.id)
    assert commune.address == address
    assert (step.place.full_name, step.place.code, step.kind, step.on) == (
        new_name,
        new_code,
        "whole",
        REFORM,
    )
    assert commune.id in {step.place.id for step in queries.predecessors(step.place.id)}


def test_dong_nai_becomes_a_city_and_its_communes_wards_as_the_same_places_with_the_same_codes() -> None:
    load("75")
    before, since = queries.states_of(queries.resolve("Đồng Nai").id)
    assert (before.full_name, since.full_name) == ("tỉnh Đồng Nai", "thành phố Đồng Nai")
    assert (before.valid_to, since.valid_from) == (date(2026, 4, 30), date(2026, 4, 30))
    assert "30/2026/QH16" in since.instrument
    commune, ward = queries.states_of(queries.resolve("Trảng Bom").id)
    assert (commune.full_address, ward.full_address) == (
        "xã Trảng Bom, tỉnh Đồng Nai",
        "phường Trảng Bom, thành phố Đồng Nai",
    )
    assert commune.code == ward.code == "26248"


def test_regions_come_from_the_law_folder_and_reach_the_communes() -> None:
    load("19")
    commune = queries.resolve("05641")
    assert commune.region == queries.region_of(commune.id, CITY) == "TDMNPB"


def test_more_provinces_may_be_loaded_later_into_the_same_nation() -> None:
    load("20")
    load("19")
    assert Place.objects.filter(level=Level.NATION).count() == 1
    assert load("19", "20") == units.Loaded(0, 0, 0, 0)


def test_two_sites_give_the_same_unit_the_same_id_of_its_own() -> None:
    load("20")
    first = set(Place.objects.values_list("uid", flat=True))
    for rows in (Dirty, Succession, PlaceState, Place):
        rows.objects.all().delete()
    load("20")
    assert set(Place.objects.values_list("uid", flat=True)) == first


def test_what_an_officer_changed_stays_when_units_are_loaded_again() -> None:
    load("19")
    commune = queries.resolve("05641")
    change_place(place=commune.id, on=REFORM, group="2", by=SystemActor(), at=AT)
    load("19")
    assert queries.latest(commune.id).group == "2"


def test_a_load_that_breaks_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*args: object, **kwargs: object) -> int:
        raise RuntimeError("the power went")

    monkeypatch.setattr(units, "carry_out", break_off)
    with pytest.raises(RuntimeError, match="power"):
        load("20")
    assert rows() == (0, 0, 0, 0)


def test_a_change_of_a_unit_that_is_not_there_stops_the_load() -> None:
    load("75")
    change = unit_changes.read_changes()[1]
    strange = unit_changes.UnitChange(
        change.instrument, change.day, change.province, change.level, "xã", "phường", ("Không Có",)
    )
    with pytest.raises(UnitDataError, match="Không Có"):
        unit_changes.carry_out(strange, by=SystemActor(), at=AT)


def test_the_command_says_each_step_and_what_it_added() -> None:
    out = StringIO()
    call_command("load_units", provinces=["20"], stdout=out)
    assert out.getvalue().splitlines()[-1].startswith("Xong: thêm ")
    assert queries.resolve("05983").full_name == "phường Lương Văn Tri"


def test_the_command_names_a_missing_region_file_and_writes_nothing(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CommandError, match=r"chưa ghi gì.*regions\.yaml"):
        call_command("load_units", regions=tmp_path / "regions.yaml", stdout=StringIO())
    assert rows() == (0, 0, 0, 0)

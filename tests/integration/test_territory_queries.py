"""Reading places: as of a day, above and below, before and after, and by what people write."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound, Refusal
from chungtay.territory import queries
from chungtay.territory.actions import change_place, found_place
from chungtay.territory.models import Level
from chungtay.territory.units import load_units

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 2, 1, tzinfo=UTC)
BY = {"by": SystemActor(), "at": AT}
THEN, NOW = date(2023, 5, 24), date(2026, 5, 1)


@pytest.fixture(autouse=True)
def two_provinces() -> None:
    load_units(**BY, provinces={"19", "20"})


@pytest.fixture
def khe_coc() -> queries.PlaceView:
    commune = queries.resolve("Tức Tranh")
    return found_place(
        name="Khe Cốc", kind="xóm", level=Level.HAMLET, parent=commune.id, valid_from=None, **BY
    )


def test_a_place_is_named_and_addressed_as_on_the_day_asked(khe_coc: queries.PlaceView) -> None:
    then, now = queries.as_of(khe_coc.id, THEN), queries.as_of(khe_coc.id, NOW)
    assert then.full_address == "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"
    assert now.full_address == "xóm Khe Cốc, xã Vô Tranh, tỉnh Thái Nguyên"
    assert (then.full_name, then.address) == (
        "xóm Khe Cốc",
        "xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên",
    )


def test_a_day_after_a_place_ended_is_refused_with_the_way_on() -> None:
    ended = queries.resolve("Tức Tranh")
    with pytest.raises(Refusal, match=r"^Xã Tức Tranh không còn từ ngày 01/07/2025.*chọn nơi kế tiếp"):
        queries.as_of(ended.id, NOW)


def test_a_day_before_a_place_began_is_refused() -> None:
    commune = queries.resolve("Vô Tranh", day=NOW)
    with pytest.raises(Refusal, match=r"^Xã Vô Tranh chỉ có từ ngày 01/07/2025"):
        queries.as_of(commune.id, THEN)


def test_a_place_that_is_not_there_is_not_found() -> None:
    for read in (queries.as_of, queries.subtree, queries.children, queries.ancestors, queries.region_of):
        with pytest.raises(NotFound, match="số 999999"):
            read(999999, NOW)
    with pytest.raises(NotFound, match="số 999999"):
        queries.latest(999999)


def test_the_ancestors_run_from_the_nation_down_to_the_parent(khe_coc: queries.PlaceView) -> None:
    assert [place.full_name for place in queries.ancestors(khe_coc.id, THEN)] == [
        "nước Việt Nam",
        "tỉnh Thái Nguyên",
        "huyện Phú Lương",
        "xã Tức Tranh",
    ]


def test_children_and_subtree_are_those_of_the_day(khe_coc: queries.PlaceView) -> None:
    province = queries.resolve("Lạng Sơn, Việt Nam", day=NOW)
    assert len(queries.children(province.id, NOW)) == 65
    assert {place.level for place in queries.children(province.id, THEN)} == {Level.DISTRICT}
    assert len(queries.subtree(province.id, NOW)) == 66
    assert len(queries.subtree(province.id, THEN, level=Level.COMMUNE)) == 194
    commune = queries.resolve("Vô Tranh", day=NOW)
    assert [place.name for place in queries.subtree(commune.id, NOW)] == ["Vô Tranh", "Khe Cốc"]
    assert set(queries.subtree_ids(commune.id, NOW)) == {commune.id, khe_coc.id}


def test_children_stand_in_dictionary_order() -> None:
    province = queries.resolve("Lạng Sơn, Việt Nam", day=NOW)
    folded = [place.name for place in queries.children(province.id, NOW)]
    assert folded[:3] == ["Ba Sơn", "Bắc Sơn", "Bằng Mạc"]


def test_a_prefix_of_an_id_is_not_an_ancestor(khe_coc: queries.PlaceView) -> None:
    """The path /1/23/ must not be found under /1/2/."""
    for province in queries.subtree(queries.resolve("Việt Nam").id, NOW, level=Level.PROVINCE):
        assert all(p.path.startswith(province.path) for p in queries.subtree(province.id, NOW))


def test_a_place_is_contained_by_whatever_was_ever_above_it(khe_coc: queries.PlaceView) -> None:
    for name, day in (("Tức Tranh", THEN), ("Phú Lương, Thái Nguyên", THEN), ("Vô Tranh", NOW)):
        assert queries.contains(queries.resolve(name, day=day).id, khe_coc.id)
    assert queries.contains(khe_coc.id, khe_coc.id)
    assert not queries.contains(queries.resolve("Lạng Sơn, Việt Nam").id, khe_coc.id)
    assert not queries.contains(999999, khe_coc.id)


def test_a_hamlet_lies_in_the_region_of_its_nearest_known_ancestor(khe_coc: queries.PlaceView) -> None:
    assert khe_coc.region == ""
    assert queries.region_of(khe_coc.id, THEN) == queries.region_of(khe_coc.id, NOW) == "TDMNPB"


def test_many_places_are_read_at_once_and_those_not_living_are_left_out(khe_coc: queries.PlaceView) -> None:
    ended = queries.resolve("Tức Tranh")
    assert set(queries.views_of([khe_coc.id, ended.id], NOW)) == {khe_coc.id}


def test_a_place_is_found_by_its_own_id(khe_coc: queries.PlaceView) -> None:
    assert queries.place_by_uid(khe_coc.uid).address == "xã Vô Tranh, tỉnh Thái Nguyên"
    assert queries.place_by_uid(khe_coc.uid, THEN) == queries.as_of(khe_coc.id, THEN)


@pytest.mark.parametrize("text", ["Khe Cốc", "khe coc", "KHE CỐC", "xom khe", "ê cố", "khe cốc, tức tranh"])
def test_a_place_is_found_with_or_without_marks(khe_coc: queries.PlaceView, text: str) -> None:
    assert [place.id for place in queries.search(text).places] == [khe_coc.id]


def test_equal_names_come_before_beginnings_and_those_before_the_rest() -> None:
    names = [place.name for place in queries.search("an", day=THEN, level=Level.COMMUNE, limit=100).places]
    ranks = [0 if n.lower() == "an" else 1 if n.lower().startswith(("an", "ân")) else 2 for n in names]
    assert ranks == sorted(ranks)
    assert {1, 2} <= set(ranks)


def test_an_ended_place_is_found_without_a_day_and_not_on_a_later_one() -> None:
    assert queries.search("tuc tranh").total == 1
    assert queries.search("tuc tranh", day=NOW).total == 0


def test_an_earlier_name_is_found_and_told(khe_coc: queries.PlaceView) -> None:
    change_place(place=khe_coc.id, on=date(2026, 1, 1), name="Khe Chè", **BY)
    (hit,) = queries.search("khe coc", day=NOW).hits
    assert (hit.place.full_name, hit.matched) == ("xóm Khe Chè", "xóm Khe Cốc")


def test_a_search_is_narrowed_by_level_kind_and_place_and_counted() -> None:
    province = queries.resolve("Lạng Sơn, Việt Nam", day=NOW)
    page = queries.search("", day=NOW, kind="phường", within=province.id, limit=3, page=2)
    assert (page.total, page.pages, len(page.hits)) == (4, 2, 1)
    assert queries.search("", day=NOW, level=Level.COMMUNE, within=province.id).total == 65


def test_signs_with_a_meaning_to_the_database_are_only_signs() -> None:
    assert queries.search("%").total == queries.search("_").total == 0
    assert queries.search("vô\0 tranh").total == queries.search("vô tranh").total


@pytest.mark.parametrize(
    "text", ["Khe Cốc", "khe coc, tuc tranh", "xóm Khe Cốc, xã Vô Tranh", "Khe Cốc, Phú Lương"]
)
def test_a_name_path_resolves_to_the_one_place(khe_coc: queries.PlaceView, text: str) -> None:
    assert queries.resolve(text).id == khe_coc.id


def test_an_id_a_uid_and_a_code_resolve(khe_coc: queries.PlaceView) -> None:
    assert queries.resolve(f"id:{khe_coc.id}").id == queries.resolve(str(khe_coc.uid)).id == khe_coc.id
    assert queries.resolve("mã:05641").full_name == "xã Vô Tranh"
    assert queries.resolve("05641", day=THEN).full_name == "xã Tức Tranh"


def test_a_number_that_is_one_places_id_and_anothers_code_is_refused(khe_coc: queries.PlaceView) -> None:
    change_place(place=queries.resolve("Vô Tranh", day=NOW).id, on=NOW, code=str(khe_coc.id), **BY)
    with pytest.raises(Refusal, match=r"2 nơi(.|\n)*Khe Cốc(.|\n)*Vô Tranh"):
        queries.resolve(str(khe_coc.id))


def test_an_ambiguous_name_is_refused_with_its_candidates(khe_coc: queries.PlaceView) -> None:
    other = queries.resolve("Vô Tranh", day=THEN)
    found_place(name="Khe Cốc", kind="xóm", level=Level.HAMLET, parent=other.id, valid_from=None, **BY)
    with pytest.raises(Refusal, match="có thể là 2 nơi") as refused:
        queries.resolve("Khe Cốc", day=THEN)
    assert "xóm Khe Cốc, xã Tức Tranh" in str(refused.value)
    assert "xóm Khe Cốc, xã Vô Tranh" in str(refused.value)


def test_a_missing_name_is_refused_with_the_nearest_ones(khe_coc: queries.PlaceView) -> None:
    with pytest.raises(NotFound, match=r"(?s)Không tìm thấy.*xóm Khe Cốc"):
        queries.resolve("Khe Cốc, Lạng Sơn")
    with pytest.raises(NotFound, match="xem lại cách viết"):
        queries.resolve("Không Đâu Có")
    with pytest.raises(Refusal, match="Hãy ghi tên"):
        queries.resolve("  ")


def test_marks_that_are_written_count() -> None:
    commune = queries.resolve("Vô Tranh", day=NOW)
    for name in ("Dinh", "Đình"):
        found_place(name=name, kind="xóm", level="hamlet", parent=commune.id, valid_from=NOW, **BY)
    assert queries.resolve("Đình, Vô Tranh").name == "Đình"
    with pytest.raises(Refusal, match="2 nơi"):
        queries.resolve("xom dinh, vo tranh")


@pytest.mark.parametrize(
    ("most", "read"),
    [
        (2, lambda province, hamlet: queries.as_of(hamlet, NOW)),
        (2, lambda province, hamlet: queries.views_of([province, hamlet], NOW)),
        (3, lambda province, hamlet: queries.subtree(province, NOW)),
        (2, lambda province, hamlet: queries.subtree_ids(province, NOW)),
        (3, lambda province, hamlet: queries.children(province, NOW)),
        (3, lambda province, hamlet: queries.ancestors(hamlet, NOW)),
        (2, lambda province, hamlet: queries.region_of(hamlet, NOW)),
        (1, lambda province, hamlet: queries.contains(province, hamlet)),
        (1, lambda province, hamlet: queries.predecessors(province)),
        (4, lambda province, hamlet: queries.search("an", limit=50)),
    ],
)
def test_a_read_takes_the_same_few_queries_however_many_places_it_gives(
    khe_coc: queries.PlaceView, django_assert_num_queries: Any, most: int, read: Any
) -> None:
    province = queries.resolve("Thái Nguyên, Việt Nam", day=NOW)
    with django_assert_num_queries(most):
        read(province.id, khe_coc.id)

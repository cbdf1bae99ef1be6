"""Names and paths: pure, no database."""

import pytest

from chungtay.territory import names
from chungtay.territory.paths import ids_of, path_below


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Xã Tức Tranh", "xã", "Tức Tranh"),
        ("Thị Trấn Prao", "thị trấn", "Prao"),
        ("Thị xã Kỳ Anh", "thị xã", "Kỳ Anh"),
        ("Thành phố Huế", "thành phố", "Huế"),
        ("Đặc khu Trường Sa", "đặc khu", "Trường Sa"),
        ("Phường 5", "phường", "5"),
    ],
)
def test_a_unit_name_is_split_into_its_kind_and_the_name_proper(text: str, kind: str, name: str) -> None:
    assert names.split_unit(text) == (kind, name)


def test_a_name_without_a_kind_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="Tức Tranh"):
        names.split_unit("Tức Tranh")


def test_a_name_is_kept_in_composed_letters_with_single_spaces() -> None:
    decomposed = "  Khe   Cô\u0301c "
    assert names.clean(decomposed) == names.clean("Khe\tCốc\u200b\0") == "Khe Cốc"


def test_numbered_hamlets_stand_in_the_order_of_their_numbers() -> None:
    hamlets = ["10", "2", "1", "Ao Sen", "Đồng Tâm", "Dinh"]
    assert sorted(hamlets, key=names.order_key) == ["1", "2", "10", "Ao Sen", "Dinh", "Đồng Tâm"]


def test_a_path_runs_from_the_nation_to_the_place_itself() -> None:
    nation = path_below("", 1)
    province = path_below(nation, 23)
    assert (nation, province) == ("/1/", "/1/23/")
    assert ids_of(province) == [1, 23]

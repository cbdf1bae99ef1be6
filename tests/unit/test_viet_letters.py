"""Searching without marks, sorting with them."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet.letters import fold, sort_key, spelled


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đức", "duc"), ("đức", "duc"), ("ĐỨC", "duc"), ("Hoà Đức  H’Leo", "hoa duc h'leo"), ("Hoà", "hoa"), ("Hòa", "hoa"),
        ("Thuỷ Nguyên", "thuy nguyen"), ("Ý Yên", "y yen"), ("  Lạng   Sơn ", "lang son"), ("Ea H`Leo", "ea h'leo"),
        ("Xã số 1", "xa so 1"), ("", ""), ("Lạng\u00a0Sơn", "lang son"),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_composed_and_decomposed_letters_are_the_same() -> None:
    name = "Nguyễn Thị Ưỡn Đặng"
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, name)) == "nguyen thi uon dang"
        assert sort_key(unicodedata.normalize(form, name)) == sort_key(name)


def test_the_letters_stand_in_the_order_of_the_alphabet() -> None:
    alphabet = [
        "a",
        "ă",
        "â",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "g",
        "h",
        "i",
        "k",
        "l",
        "m",
        "n",
        "o",
        "ô",
        "ơ",
        "p",
        "q",
        "r",
        "s",
        "t",
        "u",
        "ư",
        "v",
        "x",
        "y",
    ]
    assert sorted(set(alphabet), key=sort_key) == alphabet


def test_the_tones_stand_in_the_order_of_dictionaries() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(set(words), key=sort_key) == words


def test_letters_weigh_more_than_tones() -> None:
    names = [
        "An",
        "Ân",
        "Bà",
        "Bả",
        "Bạc",
        "Dung",
        "Đào",
        "Lang",
        "Lạng",
        "Lạng Giang",
        "Lạng Sơn",
        "Lăng",
        "Lâm",
    ]
    expected = [
        "An",
        "Ân",
        "Bà",
        "Bả",
        "Bạc",
        "Dung",
        "Đào",
        "Lang",
        "Lạng",
        "Lạng Giang",
        "Lạng Sơn",
        "Lăng",
        "Lâm",
    ]
    assert sorted(set(names), key=sort_key) == expected


def test_a_shorter_name_stands_before_what_continues_it() -> None:
    assert sorted(["An Bình", "An", "Anh"], key=sort_key) == ["An", "An Bình", "Anh"]


def test_case_does_not_matter() -> None:
    assert sort_key("ĐÀ NẴNG") == sort_key("Đà Nẵng")


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20))
def test_any_text_has_a_key(text: str) -> None:
    assert isinstance(sort_key(text), str)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hoà Bình", "Hòa Bình", True),
        ("xã Thuỵ Hải", "Xã  Thụy Hải", True),
        ("Mỹ Lý", "Mĩ Lí", True),
        ("Hoà", "Hoá", False),
        ("Hoà", "Hoa", False),
        ("Thuý", "Thủy", False),
        ("Quý", "Quí", False),  # a syllable with another vowel keeps its y: nothing is guessed
        ("Yên", "Iên", False),
    ],
)
def test_two_spellings_of_one_name_are_alike_and_two_names_are_not(one: str, other: str, same: bool) -> None:
    assert (spelled(one) == spelled(other)) is same

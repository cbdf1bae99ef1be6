"""Days as people write them: day first; as machines do: year first; nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet.dates import DateProblem, format_day, long_day, parse_day


@pytest.mark.parametrize(
    "text",
    [
        "24/05/2023",
        "24/5/2023",
        "24-05-2023",
        "24.5.2023",
        "2023-05-24",
        "2023/5/24",
        "2023.05.24",
        " 24/05/2023 ",
    ],
)
def test_both_orders_are_read(text: str) -> None:
    assert parse_day(text) == date(2023, 5, 24)


def test_a_day_that_could_be_a_month_is_read_day_first() -> None:
    assert parse_day("03/08/2022") == date(2022, 8, 3)


@pytest.mark.parametrize("text", ["05/24/2023", "2023-24-05"])
def test_month_first_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(DateProblem, match=r"có phải 24/05/2023\?"):
        parse_day(text)


@pytest.mark.parametrize(
    "text",
    ["", "24/05/23", "24 05 2023", "20230524", "31/02/2023", "00/01/2023", "29/02/2023", "32/13/2023", "1/1/0000",
     "hôm nay", "24/05/2023 08:00", "²4/05/2023", "٢٤/٠٥/٢٠٢٣", "2023-W21-3", "24/05-"],
)  # fmt: skip
def test_what_is_not_one_clear_day_is_refused_by_a_sentence(text: str) -> None:
    with pytest.raises(DateProblem, match=r"Hãy .*\.$") as refused:
        parse_day(text)
    assert refused.value.in_("en").endswith((".", "?"))
    assert "Hãy" not in refused.value.in_("en")


def test_leap_days_exist_in_leap_years() -> None:
    assert parse_day("29/02/2024") == date(2024, 2, 29)


@given(st.dates())
def test_a_day_is_read_back_from_either_form(day: date) -> None:
    assert parse_day(format_day(day)) == parse_day(format_day(day, "en")) == day


def test_english_writes_days_so_that_nobody_takes_the_month_for_the_day() -> None:
    assert format_day(date(2023, 4, 3), "en") == "2023-04-03"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 5, 24), "ngày 24 tháng 5 năm 2023"),
        (date(2023, 2, 1), "ngày 01 tháng 02 năm 2023"),
        (date(2023, 3, 9), "ngày 09 tháng 3 năm 2023"),
        (date(2023, 12, 31), "ngày 31 tháng 12 năm 2023"),
    ],
)
def test_the_long_form_of_official_papers(day: date, text: str) -> None:
    assert long_day(day) == text


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    try:
        assert isinstance(parse_day(text), date)
    except DateProblem as problem:
        assert str(problem)

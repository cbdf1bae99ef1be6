"""Working days: what is off, where a number of days ends, and what nobody can say."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.calendar import months_after
from rulebook.loading.calendar import read_calendar
from rulebook.problems import Bad

FILE = Path(__file__).parents[3] / "law" / "calendar.yaml"
CALENDAR = read_calendar(FILE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 5, 24), True),  # a Wednesday
        (date(2023, 5, 27), False),  # a Saturday
        (date(2023, 1, 26), False),  # instead of a Tết day on a weekend
        (date(2024, 5, 4), True),  # a Saturday worked for 29 April
        (date(2024, 4, 29), False),
        (date(2026, 1, 2), None),  # nobody is sure
        (date(2021, 5, 24), None),  # no data
    ],
)
def test_a_day_is_worked_off_or_not_known(day: date, works: bool | None) -> None:
    assert CALENDAR.is_working(day) is works


def test_five_working_days_over_tet_end_a_week_later_than_on_paper() -> None:
    told = CALENDAR.after(date(2023, 1, 18), 5, working=True)
    assert told.day == date(2023, 2, 1)
    assert not told.confirmed, "the days of Tết are recalled"


def test_five_working_days_of_a_plain_week_are_confirmed() -> None:
    told = CALENDAR.after(date(2023, 5, 22), 5, working=True)
    assert (told.day, told.confirmed) == (date(2023, 5, 29), True)


def test_what_ends_on_a_sunday_ends_on_monday() -> None:
    assert CALENDAR.after(date(2023, 5, 24), 60, working=False).day == date(2023, 7, 24)


@pytest.mark.parametrize("start", [date(2026, 12, 29), date(2021, 12, 30), date(9999, 12, 30)])
def test_a_count_that_reaches_a_year_without_holidays_says_so(start: date) -> None:
    told = CALENDAR.after(start, 5, working=True)
    assert told.day is None
    assert not told.known
    assert "Chưa có lịch nghỉ lễ năm" in told.reason.vi


def test_a_count_across_a_doubted_day_is_unknown_and_names_the_day() -> None:
    told = CALENDAR.working_days_between(date(2026, 1, 1), date(2026, 1, 6))
    assert told.days is None
    assert "02/01/2026" in told.reason.vi


@given(
    st.dates(date(2022, 1, 1), date(2025, 11, 30)), st.integers(0, 15)
)  # stays clear of the doubted days of 2026
def test_counting_days_and_counting_back_agree(start: date, days: int) -> None:
    end = CALENDAR.after(start, days, working=True).day
    assert end is not None
    assert CALENDAR.working_days_between(start, end).days == days
    assert days == 0 or CALENDAR.is_working(end)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 5, 24), 12, date(2024, 5, 24)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 11, 30), 1, date(2023, 12, 30)),
    ],
)
def test_a_year_after_29_february_is_28_february(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_every_year_has_the_days_of_the_labour_code_and_no_more() -> None:
    tet = date(2024, 2, 10)
    assert all(CALENDAR.is_working(tet + timedelta(days=each)) is False for each in range(-2, 3))
    assert CALENDAR.years == {2022, 2023, 2024, 2025, 2026}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("public_days: 11", "public_days: 10", "năm 2022 có 11 ngày lễ"),
        ("on: 2022-01-03, kind", "on: 2022-01-01, kind", "khai hai lần"),
        ("on: 2022-01-03, kind", "on: 2023-01-03, kind", "không thuộc năm 2022"),
        ("on: 2024-05-04", "on: 2024-05-06", "vốn là ngày làm việc"),
        ("{on: 2022-01-03, ", "{", "không rõ ngày nào"),
        ("from: 2022-05-02, to: 2022-05-03", "from: 2022-05-03, to: 2022-05-02", "ngày cuối trước ngày đầu"),
        ("- year: 2023", "- year: 2022", "năm 2022 khai hai lần"),
    ],
)
def test_a_calendar_written_wrong_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "calendar.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Bad) as refused:
        read_calendar(path)
    assert any(said in each.what and each.line for each in refused.value.problems)

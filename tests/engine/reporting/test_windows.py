"""Windows of reports: no day twice, none left out, a deadline that leaves the working day the decree asks for."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.loading.calendar import read_calendar
from rulebook.loading.reporting import read_reporting
from rulebook.problems import Bad

LAW = Path(__file__).parents[3] / "law"
REPORTING = read_reporting(LAW / "reports.yaml")


@pytest.mark.parametrize(
    ("kind", "number", "start", "cut_off"),
    [
        ("month", 1, date(2025, 12, 15), date(2026, 1, 14)),
        ("quarter", 2, date(2026, 3, 15), date(2026, 6, 14)),
        ("half_year", 1, date(2025, 12, 15), date(2026, 6, 14)),
        ("half_year", 2, date(2026, 6, 15), date(2026, 12, 14)),
        ("year", 1, date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_the_windows_are_those_of_the_decree(kind: str, number: int, start: date, cut_off: date) -> None:
    window = REPORTING.window(kind, 2026, number)
    assert (window.start, window.cut_off) == (start, cut_off)


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.sampled_from(sorted(REPORTING.kinds)))
def test_every_day_lies_in_one_window_and_the_next_begins_when_it_ends(day: date, kind: str) -> None:
    window = REPORTING.window_on(kind, day)
    assert window.start <= day <= window.cut_off
    assert REPORTING.before(window).cut_off == window.start - timedelta(days=1)
    assert REPORTING.stage_start(window) <= window.start


def test_a_deadline_leaves_a_working_day_and_is_unknown_without_a_calendar() -> None:
    calendar = read_calendar(LAW / "calendar.yaml")
    assert REPORTING.earliest_deadline(REPORTING.window("half_year", 2025, 1), calendar).day == date(
        2025, 6, 16
    )
    told = REPORTING.earliest_deadline(REPORTING.window("year", 2031, 1), calendar)
    assert told.day is None
    assert "2031" in told.reason.vi


def test_what_only_recall_tells_says_so() -> None:
    confirmed = {kind.code for kind in REPORTING.kinds.values() if kind.ground.confirmed}
    assert confirmed == {"month", "half_year", "year"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: quarter", "code: month", "khai hai lần"),
        ("cut_off_day: 14", "cut_off_day: 31", "không phải tháng nào"),
        ("{from: 2016", "{from: 2015", "lẫn vào nhau"),
        ("sources: [R02]", "sources: [R09]", "R09"),
    ],
)
def test_a_file_written_wrong_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (LAW / "reports.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "reports.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Bad) as refused:
        read_reporting(path)
    assert any(said in each.what and each.line for each in refused.value.problems)

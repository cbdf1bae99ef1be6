"""Years in a row, and the working days within which an answer is due."""

from datetime import date

import pytest

from chungtay.community.feedback.states import MOVES, Move, State
from chungtay.community.feedback.working_days import after_working_days
from chungtay.community.honours.streaks import Told, streak

EIGHT = Told(8, 2022, "bài viết")


@pytest.mark.parametrize(
    ("held", "told", "year", "years", "at_least"),
    [
        ({2021: False, 2022: True, 2023: True}, [], 2023, 2, False),  # a year without it breaks the row
        ({2022: True, 2023: True}, [], 2023, 2, True),  # nothing is known before
        ({2020: True, 2022: True, 2023: True}, [], 2023, 2, True),  # an unknown year stops the counting
        ({2023: False}, [], 2023, 0, False),
        ({2022: True}, [], 2023, None, False),  # the year itself is unknown
        ({}, [EIGHT], 2022, 8, False),  # told as told
        ({2023: True, 2024: True}, [EIGHT], 2024, 10, False),  # the years on record lead back into it
        ({2014: True, 2023: True}, [EIGHT], 2023, 10, True),  # and may go on before it
        ({2014: False, 2023: True}, [EIGHT], 2023, 9, False),
        ({2024: True}, [EIGHT], 2024, 1, True),  # 2023 is unknown: the told row is not reached
        ({2023: True}, [EIGHT], 2025, None, False),
    ],
)
def test_a_row_of_years_is_as_long_as_is_known(
    held: dict[int, bool], told: list[Told], year: int, years: int | None, at_least: bool
) -> None:
    found = streak(held, told, year)
    assert (found.years, found.at_least) == (years, at_least)
    assert not found.contradicted


def test_a_told_row_that_a_record_contradicts_is_set_beside_and_not_used() -> None:
    found = streak({2019: False, 2022: True}, [EIGHT], 2022)
    assert (found.years, found.at_least, found.told) == (1, True, None)
    assert found.contradicted == (EIGHT,)


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 9)),  # a Monday: over one weekend
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # a Friday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # said on a Saturday
        (date(2026, 4, 29), 1, date(2026, 5, 4)),  # the two holidays and the weekend
        (date(2099, 4, 29), 1, date(2099, 4, 30)),  # a year of which nobody told the holidays
    ],
)
def test_an_answer_is_due_after_working_days(day: date, count: int, due: date) -> None:
    assert after_working_days(day, count) == due


def test_every_state_but_the_last_leads_on_and_an_answer_can_be_questioned() -> None:
    assert {state for state, _move in MOVES} == set(State) - {State.CLOSED}
    assert MOVES[State.ANSWERED, Move.REOPEN] is State.REOPENED
    reached = {State.RECEIVED, *MOVES.values()}
    assert reached == set(State)

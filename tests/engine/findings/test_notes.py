"""Notes of a standard: what a reader must know of judging by it on that day."""

from datetime import date

import pytest
from tiny_law import tiny_book, tiny_finding

UNKNOWN_START = "{from: unknown, to: unknown, provenance: unknown}"


def note(on: date, **law) -> str:
    return tiny_finding(tiny_book(**law), on=on).note.vi


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2022, 3, 7), False),
        (date(2022, 3, 8), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_days_in_force_are_half_open(day: date, in_force: bool) -> None:
    assert tiny_book().standard("tiny").is_in_force(day) is in_force
    assert ("không có hiệu lực" in note(day)) is not in_force


def test_judging_by_a_standard_not_in_force_is_allowed_and_labelled() -> None:
    finding = tiny_finding(tiny_book(), "power: 95", on=date(2021, 1, 1))
    assert "không có hiệu lực vào ngày 01/01/2021; đây là xét tham khảo" in finding.note.vi
    assert "not in force on 2021-01-01" in finding.note.en


def test_an_unknown_day_of_force_is_said_and_the_period_is_believed() -> None:
    assert "Chưa biết ngày có hiệu lực" in note(date(2023, 1, 1), in_force=UNKNOWN_START)
    assert "không có hiệu lực" in note(date(2026, 1, 1), in_force=UNKNOWN_START)


def test_a_sample_says_so_first() -> None:
    finding = tiny_finding(tiny_book(status="sample"))
    assert finding.note.vi.startswith("Bộ mẫu: nội dung không phải nguyên văn quyết định")
    assert finding.provenance == "illustrative"


AMENDED = (
    "amendments: [{id: qd-2, on: 2024-03-01, loaded: LOADED, note: {vi: Có sửa đổi chưa nạp, en: Amended}}]\n"
)


def test_an_amendment_that_was_not_loaded_is_told_from_its_day_on() -> None:
    law = {"more": AMENDED.replace("LOADED", "false")}
    assert note(date(2024, 2, 29), **law) == ""
    assert "Có sửa đổi chưa nạp (2/QĐ-TTg, 01/03/2024)" in note(date(2024, 3, 1), **law)


def test_an_amendment_that_was_loaded_needs_no_note() -> None:
    assert note(date(2024, 3, 1), more=AMENDED.replace("LOADED", "true")) == ""

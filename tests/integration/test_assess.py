"""`chungtay assess`: the same judgement on a terminal, as text, JSON or a sheet; a refusal is a sentence and exit 2."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.management import base

from chungtay.config import cli
from chungtay.figures import queries as figures
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Finding

MODEL, SMART, ADVANCED = (
    "xom-kieu-mau-thai-nguyen",
    "xom-thong-minh-thai-nguyen",
    "xa-ntm-nang-cao-2021-2025",
)
CEREMONY = date(2023, 5, 24)
DAY = ("--figures-on", "24/05/2023")
KHE_COC = "Khe Cốc, Tức Tranh"


@dataclass(frozen=True)
class Said:
    """What the terminal showed."""

    exit: int
    out: str
    err: str


@pytest.fixture
def assess(
    demo: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """`chungtay assess …` as typed. Django closes the connection at the end; the test's world needs it."""
    monkeypatch.setattr(base.connections, "close_all", lambda: None)

    def run(*args: str) -> Said:
        code = 0
        try:
            cli.main(["assess", *args])
        except SystemExit as left:
            code = int(left.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Said(code, told.out, told.err)

    return run


# Text


def test_khe_coc_is_judged_on_the_terminal_with_a_reason_for_every_verdict(
    assess: Callable[..., Said],
) -> None:
    said = assess(KHE_COC, MODEL, *DAY)
    assert (said.exit, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"
    assert "sample-1" in lines[1] and standards.adopted(MODEL).standard.digest[:12] in lines[1]
    assert "Số liệu đến 24/05/2023" in said.out
    assert "Còn thiếu gì, gần nhất trước:" in said.out
    for indicator in standards.adopted(MODEL).standard.indicators:
        assert f"{indicator.code}" in said.out


def test_the_terminal_speaks_english_when_asked(assess: Callable[..., Said]) -> None:
    said = assess(KHE_COC, MODEL, *DAY, "--language", "en")
    assert "What is missing, nearest first:" in said.out
    assert "Model new rural hamlet" in said.out


@pytest.mark.parametrize(
    ("place", "standard", "day"),
    [
        (KHE_COC, MODEL, "24/05/2023"),
        (KHE_COC, SMART, "24/05/2025"),
        ("Quảng Lạc, Lạng Sơn", ADVANCED, "30/11/2022"),
    ],
)
def test_english_on_the_terminal_has_no_vietnamese_words_of_ours_and_one_form_of_days(
    assess: Callable[..., Said], place: str, standard: str, day: str
) -> None:
    said = assess(place, standard, "--figures-on", day, "--language", "en")
    assert (said.exit, said.err) == (0, "")
    address, *rest = said.out.splitlines()
    assert address.startswith(("xóm Khe Cốc", "xã Quảng Lạc"))
    for ours in ("dấu số", "Số liệu", "cần ", "luật", "công bố", "đạt"):
        assert ours not in "\n".join(rest)
    assert not re.search(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", "\n".join(rest))


def test_a_refusal_on_the_terminal_is_told_in_the_language_asked_for(assess: Callable[..., Said]) -> None:
    for typed in ("soon", "2999-01-01"):
        vietnamese, english = (
            assess(KHE_COC, MODEL, "--figures-on", typed, "--language", language) for language in ("vi", "en")
        )
        assert vietnamese.exit == english.exit == 2
        assert "Hãy" in vietnamese.err
    assert "is not a day" in assess(KHE_COC, MODEL, "--figures-on", "soon", "--language", "en").err


def test_figures_two_years_old_are_called_so_and_still_count(assess: Callable[..., Said]) -> None:
    young, old = (
        next(line for line in assess(KHE_COC, MODEL, "--figures-on", day).out.splitlines() if " 5.1 " in line)
        for day in ("23/05/2025", "24/05/2025")
    )
    assert "70,2 triệu đồng/người/năm" in young
    assert old == young.replace("; [bộ mẫu]", "; Số liệu đã 2 năm; [bộ mẫu]")


def test_a_sample_set_is_called_so_on_the_terminal(assess: Callable[..., Said]) -> None:
    assert "bộ mẫu" in assess(KHE_COC, MODEL, *DAY).out.lower()


@pytest.mark.parametrize("typed", ["24/05/2023", "2023-05-24", "24-5-2023"])
def test_the_day_of_the_figures_is_read_in_either_order(assess: Callable[..., Said], typed: str) -> None:
    assert assess(KHE_COC, MODEL, "--figures-on", typed) == assess(KHE_COC, MODEL, *DAY)


@pytest.mark.parametrize("place", ["khe coc, tuc tranh", "xóm Khe Cốc, xã Tức Tranh", "Khe Cốc, Vô Tranh"])
def test_a_place_is_found_without_marks_and_by_any_name_above_it(
    assess: Callable[..., Said], place: str
) -> None:
    said = assess(place, MODEL, *DAY)
    assert (said.exit, said.out.splitlines()[:1]) == (
        0,
        ["xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"],
    ), said.err


def test_a_place_is_found_by_its_number(assess: Callable[..., Said], demo: Any) -> None:
    assert assess(f"id:{demo.place('khe_coc')}", MODEL, *DAY) == assess(KHE_COC, MODEL, *DAY)


# JSON


def test_json_holds_the_whole_finding_and_both_counts(assess: Callable[..., Said], demo: Any) -> None:
    said = assess(KHE_COC, MODEL, *DAY, "--json")
    told = json.loads(said.out)
    judged = figures.judge_place(demo.place("khe_coc"), MODEL, on=CEREMONY)
    assert told["criteria"] == {"met": 3, "not_met": 0, "unknown": 6, "excused": 0, "total": 9}
    assert (told["standard"], told["version"], told["sample"]) == (MODEL, "sample-1", True)
    assert told["place"]["uid"] == str(territory.as_of(demo.place("khe_coc"), CEREMONY).uid)
    assert (told["figures_on"], told["digest"]) == ("2023-05-24", judged.standard.digest)
    assert Finding.from_plain(told["finding"]) == judged.finding


def test_json_tells_the_stated_counts_beside_the_measured_ones(assess: Callable[..., Said]) -> None:
    for day, met, basically in (("2022-01-01", 13, 0), ("2022-11-30", 19, 19)):
        told = json.loads(assess("Quảng Lạc, Lạng Sơn", ADVANCED, "--figures-on", day, "--json").out)
        assert told["stated"] == {
            "met": met,
            "of_which_basically": basically,
            "not_met": 19 - met,
            "silent": 0,
        }
        assert told["criteria"]["met"] == 0


def test_json_labels_a_law_that_came_later(assess: Callable[..., Said]) -> None:
    early = assess("Quảng Lạc, Lạng Sơn", ADVANCED, "--figures-on", "2021-12-31", "--json")
    assert json.loads(early.out)["retrospective"] is True


def test_json_keeps_vietnamese_letters_as_they_are(assess: Callable[..., Said]) -> None:
    assert "xóm Khe Cốc" in assess(KHE_COC, MODEL, *DAY, "--json").out


# A sheet


def test_csv_has_a_heading_and_a_row_for_each_criterion_and_indicator(assess: Callable[..., Said]) -> None:
    heading, *rows = csv.reader(io.StringIO(assess(KHE_COC, MODEL, *DAY, "--csv").out, newline=""))
    assert heading[:4] == ["Tiêu chí", "Chỉ tiêu", "Nội dung", "Kết quả theo số liệu"]
    rows = [row for row in rows if row]
    assert len(rows) == 9 + 19
    assert {len(row) for row in rows} == {len(heading)}


def test_csv_and_json_are_not_asked_for_together(assess: Callable[..., Said]) -> None:
    assert assess(KHE_COC, MODEL, "--csv", "--json").exit == 2


# Refusals


def refusal(said: Said) -> str:
    assert (said.exit, said.out) == (2, "")
    return said.err


def test_a_name_of_several_places_lists_the_candidates(assess: Callable[..., Said]) -> None:
    told = refusal(assess("Bắc Sơn", "xa-ntm-2021-2025", "--figures-on", "2023-05-24"))
    assert "có thể là" in told and "Hãy ghi rõ là nơi nào" in told
    assert told.count("\n- ") >= 2 and "(id:" in told


def test_a_name_of_no_place_offers_near_ones(assess: Callable[..., Said]) -> None:
    assert "Không tìm thấy “Khe Cốcc”" in refusal(assess("Khe Cốcc", MODEL))


def test_an_unknown_standard_lists_those_there_are(assess: Callable[..., Said]) -> None:
    told = refusal(assess(KHE_COC, "xa-ntm-1999", *DAY))
    assert "Không có bộ tiêu chí “xa-ntm-1999”" in told and MODEL in told


def test_a_wrong_version_lists_those_there_are(assess: Callable[..., Said]) -> None:
    told = refusal(assess(KHE_COC, MODEL, *DAY, "--law", "2099-01-01"))
    assert "không có phiên bản “2099-01-01”" in told and "sample-1" in told


def test_the_right_version_can_be_named(assess: Callable[..., Said]) -> None:
    assert assess(KHE_COC, MODEL, *DAY, "--law", "sample-1") == assess(KHE_COC, MODEL, *DAY)


@pytest.mark.parametrize("typed", ["hôm qua", "05/24/2023", "31/02/2023", "2023"])
def test_a_day_that_is_none_is_refused_with_a_sentence(assess: Callable[..., Said], typed: str) -> None:
    assert f"“{typed}”" in refusal(assess(KHE_COC, MODEL, "--figures-on", typed))


def test_a_district_is_not_judged_by_a_commune_s_standard(assess: Callable[..., Said]) -> None:
    told = refusal(assess("huyện Phú Lương", "xa-ntm-2021-2025", *DAY))
    assert "không dùng cho huyện Phú Lương" in told and "Hãy chọn bộ tiêu chí khác" in told


def test_a_day_on_which_the_place_does_not_live_is_refused(assess: Callable[..., Said], demo: Any) -> None:
    told = refusal(assess(f"id:{demo.place('quang_lac')}", ADVANCED, "--figures-on", "2025-07-01"))
    assert "Quảng Lạc" in told or "Không tìm thấy" in told


@pytest.mark.parametrize("place", ["", " ", "id:999999", "id:0", "9" * 40, "'; DROP TABLE", "mã:"])
def test_an_odd_place_is_refused_with_a_sentence(assess: Callable[..., Said], place: str) -> None:
    assert refusal(assess(place, MODEL, *DAY)).strip()


def test_assessing_writes_nothing(assess: Callable[..., Said], unchanged: Callable[..., Any]) -> None:
    with unchanged():
        for form in ((), ("--json",), ("--csv",)):
            assess(KHE_COC, SMART, *DAY, *form)


def test_what_was_reconstructed_is_called_so_in_the_text_and_in_the_sheet(
    assess: Callable[..., Said],
) -> None:
    asked = ("Quảng Lạc, Lạng Sơn", "xa-ntm-nang-cao-2021-2025", "--figures-on", "2022-01-15")
    lines = [line for line in assess(*asked).out.splitlines() if "công bố: chưa đạt" in line]
    assert len(lines) == 6
    assert all("dựng lại" in line for line in lines)
    rows = list(csv.DictReader(io.StringIO(assess(*asked, "--csv").out)))
    stated = [row for row in rows if row["Kết quả công bố"]]
    assert len(stated) == 19
    assert {row["Loại công bố"] for row in stated} == {"dựng lại"}
    assert {row["Ngày công bố (năm-tháng-ngày)"] for row in stated} == {"2022-01-01"}
    assert all(row["Nguồn công bố"] for row in stated)

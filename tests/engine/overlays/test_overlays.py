"""A province fills in what the centre leaves to it, and nothing else; the result is that standard for its places."""

import json
from datetime import date
from pathlib import Path

import pytest
from tiny_law import DAY, STANDARD, criterion, indicator, read_figures, write_law, write_standard

from rulebook import Bad, Finding, Lawbook, Problem, judge, read_law, thaw
from rulebook.__main__ import main
from rulebook.standard import Standard

LEFT = "delegated_to: {vi: UBND cấp tỉnh, en: Province}, sample_threshold: {vi: 80%, en: 80%}"
PARTS = (
    "all_of: [{compare: {measure: water, at_least: unknown}}, {is_true: {measure: plan}}, "
    "{share: {of: good_schools, in: schools, at_least: unknown}}]"
)
CRITERIA = {
    "01": criterion(
        "1",
        indicator("1.1", "compare: {measure: power, at_least: unknown}", threshold="unknown", more=LEFT),
        indicator("1.2", "compare: {measure: water, at_least: unknown}", threshold="unknown"),
        indicator("1.3", "compare: {measure: water, at_least: 90}", more=LEFT),
        indicator("1.4", PARTS, threshold="unknown", more=LEFT),
        indicator(
            "1.5",
            "compare: {measure: water, at_least: unknown}",
            more="delegated_to: {vi: Bộ Y tế, en: Ministry}",
        ),
        indicator("1.6", "is_true: {measure: plan}", more=LEFT),
        indicator(
            "1.7",
            "compare: {measure: water, at_least: {by_region: {NORTH: 9}, otherwise: unknown}}",
            more=LEFT,
        ),
    )
}
OVERLAY = """\
overlay: tiny-2021-2025
province: "20"
version: "2022-06-01"
in_force: {from: 2022-06-01, to: open, provenance: found}
instruments: [{id: qd-2}]
sources: [{id: P01, title: Quyết định của tỉnh}]
fills:
  - {indicator: "1.1", threshold: 80, provenance: {threshold: found, sources: [P01]}}
"""
ALL_PARTS = """\
  - {indicator: "1.4", part: 1, threshold: 60, clause: Điều 2, provenance: {threshold: found}}
  - {indicator: "1.4", part: 3, threshold: 70, provenance: {threshold: recalled}}
"""


def write(folder: Path, *overlays: str, province: str = "20", more: str = "") -> Path:
    law = write_law(folder / "law")
    write_standard(law / "own", CRITERIA, more=more, counts=(1, 7))
    (law / "provinces" / province / "overlays").mkdir(parents=True, exist_ok=True)
    for place, text in enumerate(overlays):
        name = "tiny-2021-2025.yaml" if not place else f"tiny-{place}.yaml"
        (law / "provinces" / province / "overlays" / name).write_text(text, encoding="utf-8")
    return law


def overlaid(book: Lawbook) -> Standard:
    return book.overlaid[STANDARD, "20"]


@pytest.fixture
def book(tmp_path: Path) -> Lawbook:
    return read_law(write(tmp_path, OVERLAY + ALL_PARTS))


def judged(standard: Standard, book: Lawbook, figures: str) -> Finding:
    return judge(standard, read_figures(book, figures), on=DAY)


# --- what it gives ----------------------------------------------------------------------------------------------------


def test_the_province_judges_by_its_own_value_and_others_still_by_none(book: Lawbook) -> None:
    for figure, verdict in (("power: 80", "met"), ("power: 79.99", "not_met")):
        assert judged(overlaid(book), book, figure).indicator("1.1").verdict == verdict
        assert judged(book.standard(STANDARD), book, figure).indicator("1.1").verdict == "unknown"


def test_the_result_is_the_same_standard_under_a_version_of_its_own(book: Lawbook) -> None:
    base, own = book.standard(STANDARD), overlaid(book)
    assert (own.id, own.version, own.province) == (base.id, "2022-03-08+2022-06-01", "20")
    assert own.digest != base.digest
    assert own.legal_basis.vi == "Phụ lục I, 1/QĐ-TTg; 2/QĐ-TTg"
    assert [source.id for source in own.sources] == ["P01"]
    assert own.name == base.name


def test_a_filled_indicator_says_from_where_its_value_comes(book: Lawbook) -> None:
    found = overlaid(book).indicator("1.1")
    assert (found.clause.vi, found.provenance.threshold, found.provenance.sources) == (
        "2/QĐ-TTg, chỉ tiêu 1.1",
        "found",
        ("P01",),
    )
    assert found.sample_threshold.vi == ""
    assert found.delegated_to.vi == "UBND cấp tỉnh"


def test_what_is_not_filled_stays_as_it_was(book: Lawbook) -> None:
    for code in ("1.2", "1.3", "1.5", "1.6", "1.7"):
        assert overlaid(book).indicator(code) == book.standard(STANDARD).indicator(code)


def test_parts_are_filled_one_by_one_with_their_own_clause(book: Lawbook) -> None:
    finding = judged(overlaid(book), book, "water: 60, plan: true, good_schools: 7, schools: 10").indicator(
        "1.4"
    )
    water, _, schools = finding.children[0].children
    assert finding.verdict == "met"
    assert (water.clause.vi, water.provenance) == ("Điều 2", "found")
    assert (schools.clause.vi, schools.provenance) == ("2/QĐ-TTg, chỉ tiêu 1.4", "recalled")
    assert finding.provenance == "recalled"  # no better than its weakest part


def test_a_part_left_open_stays_unknown(tmp_path: Path) -> None:
    book = read_law(write(tmp_path, OVERLAY + ALL_PARTS.splitlines()[0] + "\n"))
    finding = judged(overlaid(book), book, "water: 60, plan: true, good_schools: 7, schools: 10").indicator(
        "1.4"
    )
    assert (finding.verdict, finding.provenance) == ("unknown", "unknown")
    assert overlaid(book).indicator("1.4").sample_threshold.vi == "80%"


def test_a_threshold_may_be_by_year_as_in_any_standard(tmp_path: Path) -> None:
    text = OVERLAY.replace("threshold: 80", "threshold: {by_year: {2022: 70, 2023: 75}}")
    book = read_law(write(tmp_path, text))
    assert judged(overlaid(book), book, "power: 75").indicator("1.1").verdict == "met"


def test_it_thaws_to_equality_without_its_base(book: Lawbook) -> None:
    own = overlaid(book)
    frozen = json.loads(json.dumps(book.frozen_as[own.digest]))
    assert thaw(frozen, {})[0] == own


def test_the_standard_itself_does_not_change(tmp_path: Path) -> None:
    with_it = read_law(write(tmp_path / "a", OVERLAY))
    alone = read_law(write(tmp_path / "b"))
    assert with_it.standards == alone.standards
    assert with_it.frozen == alone.frozen


def test_it_holds_on_its_own_days_within_those_of_its_standard(book: Lawbook) -> None:
    own = overlaid(book)
    assert (own.in_force.start, own.in_force.end) == (date(2022, 6, 1), date(2026, 1, 1))
    for day, version in ((date(2022, 5, 31), "2022-03-08"), (date(2022, 6, 1), own.version)):
        assert book.standard_on("tiny", day, province="20").version == version
    assert book.standard_on("tiny", date(2023, 1, 1), province="21").version == "2022-03-08"
    assert book.named("tiny+20") == own


def test_an_overlay_begins_no_earlier_than_its_standard(tmp_path: Path) -> None:
    book = read_law(write(tmp_path, OVERLAY.replace("from: 2022-06-01", "from: 2020-01-01")))
    assert overlaid(book).in_force.start == date(2022, 3, 8)


def test_a_later_overlay_takes_over_on_its_day(tmp_path: Path) -> None:
    first = OVERLAY.replace("to: open", "to: 2024-01-01")
    second = OVERLAY.replace("2022-06-01", "2024-01-01").replace("threshold: 80", "threshold: 85")
    book = read_law(write(tmp_path, first, second))
    assert book.standard_on("tiny", date(2023, 12, 31), province="20").version.endswith("+2022-06-01")
    assert book.standard_on("tiny", date(2024, 1, 1), province="20").version.endswith("+2024-01-01")
    assert overlaid(book).version.endswith("+2024-01-01")
    assert len(book.overlays) == 2


# --- what is refused --------------------------------------------------------------------------------------------------


def problems(law: Path) -> tuple[Problem, ...]:
    with pytest.raises(Bad) as refused:
        read_law(law)
    assert all(each.why and each.mend for each in refused.value.problems)
    return refused.value.problems


FILL = '{indicator: "1.1", threshold: 80, provenance: {threshold: found, sources: [P01]}}'
REFUSED = [
    # text replaced, by, what is wrong, line
    ('indicator: "1.1"', 'indicator: "1.2"', "chỉ tiêu 1.2 không được giao cho tỉnh", 8),
    ('indicator: "1.1"', 'indicator: "1.3"', "chỉ tiêu 1.3 đã có mức trong bộ gốc", 8),
    ('indicator: "1.1"', 'indicator: "1.4"', "chỉ tiêu 1.4 có 3 phần", 8),
    ('indicator: "1.1"', 'indicator: "1.4", part: 4', "chỉ có 3 phần", 8),
    ('indicator: "1.1"', 'indicator: "1.4", part: 0', "từ 1 trở lên", 8),
    ('indicator: "1.1"', 'indicator: "1.4", part: 2', "chỉ tiêu 1.4, phần 2, đã có mức", 8),
    ('indicator: "1.1"', 'indicator: "1.1", part: 1', "không có các phần", 8),
    ('indicator: "1.1"', 'indicator: "1.5"', "giao cho Bộ Y tế, không phải cho tỉnh", 8),
    ('indicator: "1.1"', 'indicator: "1.6"', "chỉ tiêu 1.6 đã có mức", 8),
    ('indicator: "1.1"', 'indicator: "1.7"', "chỉ tiêu 1.7 đã có mức", 8),
    ('indicator: "1.1"', 'indicator: "9.9"', "không có chỉ tiêu 9.9", 8),
    ("threshold: 80", "threshold: unknown", "mức là unknown", 8),
    ("threshold: 80", "threshold: 180", "ngưỡng “180”", 8),
    ("threshold: 80", "threshold: [80]", "phải là các mục", 8),
    ("threshold: found", "threshold: unknown", "tin được đến đâu", 8),
    ("{threshold: found, sources: [P01]}", "{}", "tin được đến đâu", 8),
    ("sources: [P01]}}", "sources: [P09]}}", "nguồn “P09” không có", 8),
    (FILL, f"{FILL}\n  - {FILL}", "điền hai lần", 9),
    ("fills:\n  - " + FILL, "fills: []", "không điền gì", 7),
    ("fills:\n  - " + FILL, "filled: []", "mục “filled” không có trong mẫu", 7),
    ("overlay: tiny-2021-2025", "overlay: tiny-2021-2026", "“tiny-2021-2026” không dùng được", 1),
    ('province: "20"', 'province: "21"', "ghi tỉnh 21", 2),
    ("id: qd-2", "id: qd-9", "không có văn bản “qd-9”", 5),
    ("[{id: qd-2}]", "[]", "không có văn bản nào", 5),
    ("to: open", "to: 2022-06-01", "hết hiệu lực trước khi có hiệu lực", 4),
    ("from: 2022-06-01", "from: June", "không phải là một ngày", 4),
]


@pytest.mark.parametrize(("old", "new", "what", "line"), REFUSED, ids=[each[2] for each in REFUSED])
def test_anything_else_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, what: str, line: int
) -> None:
    assert old in OVERLAY
    (problem,) = problems(write(tmp_path, OVERLAY.replace(old, new)))
    assert (problem.file, problem.line) == ("law/provinces/20/overlays/tiny-2021-2025.yaml", line)
    assert what in problem.what


def test_an_unknown_standard_is_named_with_the_nearest(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path, OVERLAY.replace("tiny-2021-2025", "tiny-2021-2026")))
    assert "Có phải “tiny-2021-2025”?" in problem.mend


def test_a_source_may_not_take_the_code_of_one_of_the_standard(tmp_path: Path) -> None:
    law = write(tmp_path, OVERLAY, more="sources: [{id: P01, title: Quyết định của trung ương}]\n")
    assert "nguồn “P01” trùng mã" in problems(law)[0].what


def test_another_provinces_own_standard_cannot_be_filled(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path, OVERLAY, more='province: "19"\n'))
    assert "là của tỉnh 19" in problem.what


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    more = "".join(f"  - {FILL.replace('1.1', code)}\n" for code in ("1.2", "1.3", "1.5"))
    assert len(problems(write(tmp_path, OVERLAY + more))) == 3


def test_two_overlays_of_one_standard_and_province_at_once_are_refused(tmp_path: Path) -> None:
    later = OVERLAY.replace("2022-06-01", "2024-01-01")
    (problem,) = problems(write(tmp_path, OVERLAY, later))
    assert "hai bản của “tiny-2021-2025” của tỉnh 20 có hiệu lực cùng lúc" in problem.what


def test_overlays_of_two_provinces_stand_side_by_side(tmp_path: Path) -> None:
    write(tmp_path, OVERLAY)
    book = read_law(write(tmp_path, OVERLAY.replace('"20"', '"21"'), province="21"))
    assert set(book.overlaid) == {(STANDARD, "20"), (STANDARD, "21")}


# --- on the command line ----------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def asked(tmp_path: Path):
    law = write(tmp_path, OVERLAY)
    (tmp_path / "facts.yaml").write_text(
        "facts: [{measure: power, value: 79, period: 2023}]", encoding="utf-8"
    )
    return ("tiny", tmp_path / "facts.yaml", "--law", law)


def test_judge_and_explain_take_the_provinces_values(asked, capsys) -> None:
    code, out, err = run(capsys, "judge", *asked, "--on", "2023-12-31", "--province", "20")
    assert (code, err) == (0, "")
    assert "1.1 Chỉ tiêu 1.1 — chưa đạt; 79% số hộ; cần từ 80% số hộ trở lên" in out
    code, out, _ = run(capsys, "explain", *asked, "--on", "2023-12-31", "--province", "20")
    assert "1.1 Tỷ lệ hộ dùng điện — thiếu 1 điểm %" in out
    _, out, _ = run(capsys, "judge", "tiny+20", *asked[1:], "--on", "2023-12-31", "--json")
    assert json.loads(out)["version"] == "2022-03-08+2022-06-01"


@pytest.mark.parametrize(("day", "province"), [("2022-05-31", "20"), ("2023-12-31", "21")])
def test_a_province_without_values_on_that_day_is_told_so_and_judged_by_the_common_set(
    asked, capsys, day: str, province: str
) -> None:
    code, out, err = run(capsys, "judge", *asked, "--on", day, "--province", province)
    assert code == 0
    assert f"Tỉnh {province} không có mức riêng" in err
    assert "1.1 Chỉ tiêu 1.1 — chưa biết" in out


def test_a_province_may_not_be_judged_by_anothers_own_standard(tmp_path: Path, capsys) -> None:
    law = write(tmp_path, more='province: "19"\n')
    (tmp_path / "facts.yaml").write_text("facts: []", encoding="utf-8")
    words = ("judge", "tiny", tmp_path / "facts.yaml", "--on", "2023-12-31", "--law", law)
    code, _, err = run(capsys, *words, "--province", "20")
    assert code == 2
    assert "là của tỉnh 19, không phải của tỉnh 20" in err
    assert run(capsys, *words, "--province", "19")[0] == 0


def test_check_lists_what_provinces_fill_in(asked, capsys) -> None:
    _, out, _ = run(capsys, "check", asked[-1])
    assert "tiny-2021-2025 2022-03-08+2022-06-01 (tỉnh 20): 1 tiêu chí" in out
    _, out, _ = run(capsys, "check", asked[-1], "--province", "20")
    assert "tiny-2021-2025 2022-03-08:" not in out

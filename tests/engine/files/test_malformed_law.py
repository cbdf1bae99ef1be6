"""Malformed law: every mistake gets file, line, what is wrong, why, and how to mend it. Never a traceback."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

from pathlib import Path

import pytest
from tiny_law import INSTRUMENTS, MEASURES, REGIONS, criterion, indicator, write_law, write_standard

from rulebook import Bad, Problem, read_law


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(Bad) as refused:
        read_law(folder)
    for problem in refused.value.problems:
        assert problem.file.strip()
        assert problem.what.strip()
        assert problem.why.strip()
        assert problem.mend.strip()
        assert "cách sửa" in str(problem)
    return refused.value.problems


RULES = [
    # rule, what is wrong, how to mend
    ("compare: {measure: powr, at_least: 95}", "“powr” không dùng được", "Có phải “power”?"),
    ("compare: {measure: power, at_leas: 95}", "mục “at_leas” không có trong mẫu", "Có phải “at_least”?"),
    ("compare: {measure: power}", "đúng một phép so", "at_least, at_most"),
    ("compare: {measure: power, at_least: 95, at_most: 99}", "đúng một phép so", "at_least"),
    ("compare: {at_least: 95}", "thiếu mục “measure”", "Thêm “measure: …”"),
    ("compare: {measure: power, at_least: 101}", "ngưỡng “101”", "Xem lại con số"),
    ("compare: {measure: power, at_least: -1}", "ngưỡng “-1”", "Xem lại con số"),
    ("compare: {measure: power, at_least: 95.123}", "ngưỡng “95.123”", "Xem lại con số"),
    ("compare: {measure: schools, at_least: 1.5}", "ngưỡng “1.5”", "Xem lại con số"),
    ("compare: {measure: power, at_least: \"95,5\"}", "“95,5” không phải là một con số", "Viết như 70.2"),
    ("compare: {measure: power, at_least: 9e1}", "“9e1” không phải là một con số", "Viết như 70.2"),
    ("compare: {measure: power, at_least: nan}", "“nan” không phải là một con số", "unknown"),
    ("compare: {measure: power, at_least: }", "giá trị bỏ trống", "unknown nếu chưa biết"),
    ("compare: {measure: power, at_least: [95]}", "chỗ này phải là các mục", "mỗi mục một dòng"),
    ("compare: {measure: plan, at_least: true}", "“plan” là có/không", "is_true hoặc equals"),
    ("compare: {measure: plan, equals: maybe}", "“maybe” không dùng được", "true, false"),
    ("compare: {measure: security, at_least: excellent}", "“excellent” không dùng được", "weak, fair, good"),
    ("compare: {measure: security, at_least: {times: 2, measure: schools}}", "không phải là con số", "Viết thẳng"),
    ("compare: {measure: plan, equals: {times: 2, measure: schools}}", "không phải là con số", "Viết thẳng"),
    ("compare: {measure: insured, at_least: 90}", "tách nam và nữ", "per: sex"),
    ("compare: {measure: power, at_least: 90, per: sex}", "không tách nam và nữ", "per: sex"),
    ("compare: {measure: power, at_least: {by_region: {EAST: 90}}}", "“EAST” không dùng được", "Có phải “COAST”?"),
    ("compare: {measure: power, at_least: {by_year: {20221: 90}}}", "không phải là một năm", "2022"),
    ("compare: {measure: power, at_least: {by_year: {1.5: 90}}}", "không phải là một năm", "2022"),
    ("compare: {measure: power, at_least: {by_region: {NORTH: 9}, by_year: {2022: 9}}}", "không có trong mẫu", "times"),
    ("compare: {measure: power, at_least: {by_region: {NORTH: 9}, else: 5}}", "mục “else”", "otherwise"),
    ("compare: {measure: power, at_least: {times: 1.1, measure: schools}}", "khác đơn vị", "cùng đơn vị"),
    ("compare: {measure: power, at_least: {times: 1.1, standard: x, indicator: \"1\"}}", "không có bộ tiêu chí “x”", "Các bộ"),
    ("is_true: {measure: power}", "thuộc loại percent", "Chọn số đo khác"),
    ("share: {of: power, in: schools, at_least: 70}", "thuộc loại percent", "Chọn số đo khác"),
    ("share: {of: schools, at_least: 70}", "thiếu mục “in”", "Thêm"),
    ("share: {of: good_schools, in: schools, at_least: 170}", "ngưỡng “170”", "Xem lại con số"),
    ("all_of: []", "nhóm không có quy tắc nào", "Thêm quy tắc"),
    ("all_of: {is_true: {measure: plan}}", "phải là một danh sách", "- "),
    ("at_least_n: {n: 3, of: [{is_true: {measure: plan}}]}", "đòi 3 trong 1", "Giảm n"),
    ("at_least_n: {n: 0, of: [{is_true: {measure: plan}}]}", "số nguyên từ 1 trở lên", "số nguyên"),
    ("by_case: []", "không có trường hợp nào", "Thêm"),
    ("by_case: [{when: {}, rule: {is_true: {measure: plan}}}]", "điều kiện trống", "otherwise"),
    ("by_case: [{otherwise: {is_true: {measure: plan}}}, {otherwise: {is_true: {measure: plan}}}]", "không đứng cuối", "Chuyển xuống cuối"),
    ("by_case: [{when: {region: [MARS]}, rule: {is_true: {measure: plan}}}]", "“MARS” không dùng được", "NORTH"),
    ("by_case: [{when: {class: [rich]}, rule: {is_true: {measure: plan}}}]", "“rich” không dùng được", "poor"),
    ("by_case: [{when: {year_from: soon}, rule: {is_true: {measure: plan}}}]", "“soon” không phải là một con số", "1234"),
    ("children: {level: planet, where: {is_true: {measure: plan}}, at_least: {count: 1}}", "“planet” không dùng được", "hamlet"),
    ("children: {level: hamlet, where: {is_true: {measure: plan}}, at_least: {}}", "đúng một trong count, percent", "count: 1"),
    ("children: {level: hamlet, where: {is_true: {measure: plan}}, at_least: {count: 0}}", "từ 1 trở lên", "số nguyên"),
    ("children: {level: hamlet, where: {is_true: {measure: plan}}, at_least: {percent: 150}}", "“150” không phải là một tỷ lệ", "Sửa"),
    ("standard: {id: nowhere}", "không có bộ tiêu chí “nowhere”", "Các bộ đã đọc được"),
    ("standard: {id: tiny-2021-2025}", "không có bộ tiêu chí", "Các bộ"),
    ("ruling: {question: {vi: Có đẹp không}}", "thiếu mục “en”", "Thêm “en: …”"),
    ("ruling: {question: Có đẹp không}", "phải là các mục", "vi, en"),
    ("evaluate: \"1 + 1\"", "không có quy tắc “evaluate”", "Dùng một trong: compare"),
    ("is_true: {measure: plan}, share: {of: schools, in: schools, at_least: 1}", "đúng một khóa quy tắc", "compare"),
    ("label: {vi: a, en: b}", "đúng một khóa quy tắc", "compare"),
    ("is_true: {measure: plan}, provenance: {threshold: sure}", "“sure” không dùng được", "found"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "what", "mend"), RULES, ids=[rule[:60] for rule, _, _ in RULES])
def test_a_rule_that_is_not_one_is_refused_where_it_stands(
    tmp_path: Path, rule: str, what: str, mend: str
) -> None:
    write_law(tmp_path / "law")
    write_standard(
        tmp_path / "law/own", {"01": criterion("1", "\n  " + indicator("1.1", rule))}, counts=(1, 1)
    )
    (problem,) = problems(tmp_path / "law")
    assert problem.file == "law/own/criteria/01.yaml"
    assert problem.line == 4
    assert what in problem.what
    assert mend in problem.mend


PARTS = [
    # file, text replaced, by, what is wrong, line
    ("own/standard.yaml", "level: commune", "level: moon", "“moon” không dùng được", 5),
    ("own/standard.yaml", "level: commune\n", "", "thiếu mục “level”", 1),
    ("own/standard.yaml", "level:", "levle:", "mục “levle” không có trong mẫu", 5),
    ("own/standard.yaml", "status: law", "status: maybe", "“maybe” không dùng được", 6),
    ("own/standard.yaml", "standard: tiny-2021-2025", "standard: ../../etc", "mã “../../etc” không dùng được", 1),
    ("own/standard.yaml", "standard: tiny-2021-2025", "standard: {id: x}", "phải là một dòng chữ", 1),
    ("own/standard.yaml", "from: 2022-03-08", "from: 08/03/2022", "“08/03/2022” không phải là một ngày", 8),
    ("own/standard.yaml", "from: 2022-03-08", "from: 2022-02-30", "“2022-02-30” không phải là một ngày", 8),
    ("own/standard.yaml", "from: 2022-03-08", "from: 20220308", "“20220308” không phải là một ngày", 8),
    ("own/standard.yaml", "to: 2026-01-01", "to: 2022-03-08", "hết hiệu lực trước khi có hiệu lực", 8),
    ("own/standard.yaml", "from: 2021, to: 2025", "from: 2025, to: 2021", "kết thúc trước khi bắt đầu", 7),
    ("own/standard.yaml", "criteria: 1", "criteria: 19", "khai 19 nhưng đọc được 1", 10),
    ("own/standard.yaml", "indicators: 1", "indicators: 57", "khai 57 nhưng đọc được 1", 10),
    ("own/standard.yaml", "en: Tiny standard", "de: Klein", "mục “de” không có trong mẫu", 3),
    ("own/standard.yaml", ", en: Tiny standard", "", "thiếu mục “en”", 3),
    ("own/standard.yaml", "id: qd-1", "id: qd-9", "không có văn bản “qd-9”", 9),
    ("own/criteria/01.yaml", 'code: "1.1"', 'code: ""', "giá trị bỏ trống", 3),
    ("own/criteria/01.yaml", "threshold: found", "threshold: fond", "“fond” không dùng được", 3),
    ("own/criteria/01.yaml", "threshold: found", "sources: [S1]", "nguồn “S1” không có", 3),
    ("own/criteria/01.yaml", "rule: {", "sector: [XX], rule: {", "“XX” không dùng được", 3),
    ("own/criteria/01.yaml", "rule: {", "resource: gold, rule: {", "“gold” không dùng được", 3),
    ("own/criteria/01.yaml", "name: {vi: Tiêu chí 1, en: Criterion 1}", "name: Điện", "phải là các mục", 2),
    ("own/criteria/01.yaml", "indicators: [", "indicators: x\nmore: [", "mục “more” không có trong mẫu", 4),
    ("measures.yaml", "kind: count", "kind: cuont", "“cuont” không dùng được", 5),
    ("measures.yaml", "code: water", "code: power", "số đo “power” khai hai lần", 3),
    ("measures.yaml", "kind: money, unit: {vi: triệu đồng, en: million dong}", "kind: money", "thiếu đơn vị", 8),
    ("measures.yaml", "kind: flag", "kind: grade", "phải có danh sách mức", 11),
    ("measures.yaml", "kind: count, unit", "kind: count, decimals: 2, unit", "không có phần thập phân", 5),
    ("measures.yaml", "kind: percent, unit", "kind: percent, decimals: 99, unit", "quá nhiều chữ số thập phân", 2),
    ("measures.yaml", "measures:", "measure:", "mục “measure” không có trong mẫu", 2),
    ("regions.yaml", "regions: [", "regions: abc\nother: [", "mục “other”", 2),
    ("regions.yaml", "{code: NORTH, vi: Miền Bắc, en: North}", "NORTH", "phải là các mục", 1),
    ("regions.yaml", "{code: SOUTH, vi: Miền Nam", "{code: NORTH, vi: Miền Nam", "mã “NORTH” khai hai lần", 1),
    ("instruments.yaml", "number: 1/QĐ-TTg", "number: unknown", "thiếu mục “title”", 1),
    ("instruments.yaml", "id: qd-2", "id: qd-1", "văn bản “qd-1” khai hai lần", 1),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "what", "line"), PARTS, ids=[f"{p[0]} {p[3]}" for p in PARTS])
def test_a_part_of_the_law_that_is_not_as_it_must_be(
    tmp_path: Path, file: str, old: str, new: str, what: str, line: int
) -> None:
    folder = write_law(tmp_path / "law")
    write_standard(folder / "own", {"01": criterion("1", indicator("1.1", "is_true: {measure: plan}"))})
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    first = problems(folder)[0]
    assert (first.file, first.line) == (f"law/{file}", line)
    assert what in first.what


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    folder = write_law(tmp_path / "law")
    bad = [indicator(f"1.{n}", "compare: {measure: nothing, at_least: 1}") for n in (1, 2, 3)]
    write_standard(folder / "own", {"01": criterion("1", *bad)})
    write_standard(folder / "two", {"01": criterion("1", bad[0])}, key="two")
    assert len(problems(folder)) == 4


def test_the_same_standard_twice_is_refused(tmp_path: Path) -> None:
    folder = write_law(tmp_path / "law")
    for name in ("a", "b"):
        write_standard(folder / name, {"01": criterion("1", indicator("1.1", "is_true: {measure: plan}"))})
    assert "hai bộ tiêu chí cùng mã" in problems(folder)[0].what


def test_the_same_indicator_or_criterion_twice_is_refused(tmp_path: Path) -> None:
    folder = write_law(tmp_path / "law")
    again = indicator("1.1", "is_true: {measure: plan}")
    write_standard(folder / "own", {"01": criterion("1", again, again)})
    assert "chỉ tiêu 1.1 viết hai lần" in problems(folder)[0].what
    write_standard(folder / "own", {"01": criterion("1", again), "02": criterion("1")})
    assert "tiêu chí 1 viết hai lần" in problems(folder)[0].what


def test_standards_that_refer_in_a_circle_are_refused(tmp_path: Path) -> None:
    folder = write_law(tmp_path / "law")
    write_standard(folder / "a", {"01": criterion("1", indicator("1.1", "standard: {id: b}"))}, key="a")
    times = 'compare: {measure: power, at_least: {times: 1, standard: a, indicator: "1.1"}}'
    write_standard(folder / "b", {"01": criterion("1", indicator("1.1", times))}, key="b")
    (problem,) = problems(folder)
    assert "dẫn vòng" in problem.what
    assert "a, b" in problem.why


def test_only_a_number_of_another_standard_can_be_taken_as_measure(tmp_path: Path) -> None:
    folder = write_law(tmp_path / "law")
    write_standard(
        folder / "a", {"01": criterion("1", indicator("1.1", "is_true: {measure: plan}"))}, key="a"
    )
    for code, what in (("1.1", "không có một ngưỡng bằng số"), ("9.9", "không có chỉ tiêu này")):
        times = f'compare: {{measure: power, at_least: {{times: 1, standard: a, indicator: "{code}"}}}}'
        write_standard(folder / "b", {"01": criterion("1", indicator("1.1", times))}, key="b")
        assert what in problems(folder)[0].what


def test_a_folder_that_is_not_law_is_named(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert "không phải thư mục luật" in problem.what
    assert problem.file == str(tmp_path)


@pytest.mark.parametrize("name", ["instruments.yaml", "regions.yaml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_law(tmp_path / "law")
    (folder / name).unlink()
    (problem,) = problems(folder)
    assert (problem.file, problem.what) == (f"law/{name}", "không đọc được tệp")


CASES = """\
cases:
  - case: Có quy hoạch thì đạt.
    on: 2023-12-31
    facts: {plan: true}
    expect: {"1.1": met}
"""


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ('"1.1": met', '"1.2": met', "“1.2” không dùng được", 5),
        ('"1.1": met', '"1.1": good', "“good” không dùng được", 5),
        ("2023-12-31", "31/12/2023", "không phải là một ngày", 3),
        ("plan: true", "plna: true", "không có số đo “plna”", 4),
        ("plan: true", "plan: maybe", "giá trị “maybe”", 4),
        ("    on: 2023-12-31\n", "", "thiếu mục “on”", 2),
    ],
)
def test_a_worked_case_is_held_to_the_same_care(
    tmp_path: Path, old: str, new: str, what: str, line: int
) -> None:
    folder = write_law(tmp_path / "law")
    write_standard(folder / "own", {"01": criterion("1", indicator("1.1", "is_true: {measure: plan}"))})
    (folder / "own/cases").mkdir()
    (folder / "own/cases/01.yaml").write_text(CASES.replace(old, new), encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == ("law/own/cases/01.yaml", line)
    assert what in problem.what


def test_the_words_of_every_tiny_law_are_themselves_sound(tmp_path: Path) -> None:
    book = read_law(write_law(tmp_path / "law"))
    assert len(book.measures) == MEASURES.count("code:") - 3  # three grades
    assert (len(book.regions), len(book.classes)) == (3, 2)
    assert set(book.instruments) == {"qd-1", "qd-2"}
    assert INSTRUMENTS and REGIONS

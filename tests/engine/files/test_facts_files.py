"""A facts file: each bad figure gets a sentence naming the line, the field, the reason and the cure."""

import pytest
from tiny_law import tiny_book

from rulebook import Bad, Share, parse_tree, read_facts

MEASURES = tiny_book().measures

HEAD = """\
place: {name: Xã Một, level: commune, region: NORTH}
facts:
  - {measure: plan, value: có, period: 2022}
"""


def refused(*lines: str) -> list[str]:
    text = HEAD + "".join(f"  - {{{line}}}\n" for line in lines)
    with pytest.raises(Bad) as error:
        read_facts(parse_tree(text.encode(), "xa-mot.yaml"), MEASURES)
    assert all(problem.file == "xa-mot.yaml" and problem.mend for problem in error.value.problems)
    return [
        f"{problem.line}: {problem.what} / {problem.why} / {problem.mend}" for problem in error.value.problems
    ]


FIGURES = [
    # figure, field named, reason, cure
    ("measure: powr, value: 95, period: 2022", "không có số đo “powr”", "danh mục", "Có phải “power”?"),
    ("measure: power, value: 101, period: 2022", "power", "vượt quá 100%", "137/143"),
    ("measure: power, value: 5/4, period: 2022", "power", "Tử số 5 lớn hơn mẫu số 4", "Hãy xem lại hai số"),
    ("measure: power, value: -5/4, period: 2022", "power", "không thể âm", "xem lại tử số"),
    ("measure: power, value: 1.5/4, period: 2022", "power", "số nguyên", "Sửa giá trị"),
    ("measure: power, value: 1/2/3, period: 2022", "power", "không phải là một con số", "Hãy chỉ viết chữ số"),
    ("measure: power, value: -1, period: 2022", "power", "không thể âm", "xem lại dấu"),
    ("measure: schools, value: -1, period: 2022", "schools", "không thể âm", "xem lại dấu"),
    ("measure: schools, value: 1.5, period: 2022", "schools", "phải là số nguyên", "Sửa giá trị"),
    ("measure: schools, value: 1/5, period: 2022", "schools", "không nhận dạng a/b", "một con số"),
    ("measure: power, value: 95.1234, period: 2022", "power", "quá 2 chữ số thập phân", "làm tròn"),
    ("measure: power, value: nhiều, period: 2022", "power", "% số hộ", "137/143"),
    ("measure: power, value: unknown, period: 2022", "power", "% số hộ", "Viết như"),
    ('measure: income, value: "1.234,5,6", period: 2022', "income", "viết lẫn dấu chấm và dấu phẩy", "1.234,5"),
    ('measure: income, value: "1,2.3", period: 2022', "income", "viết lẫn", "1.234,5"),
    ("measure: income, value: 123456789012345678, period: 2022", "income", "quá lớn", "đơn vị"),
    ("measure: income, value: 30, unit: đồng, period: 2022", "income", "triệu đồng", "Đổi số ra đơn vị đó"),
    ("measure: plan, value: 95, period: 2022", "plan", "“có” hoặc “không”", "Sửa giá trị"),
    ("measure: security, value: Xuất sắc, period: 2022", "security", "Yếu, Khá, Tốt", "Sửa giá trị"),
    ("measure: power, value: 95", "power", "không biết số liệu của ngày hay năm nào", "period: 2022"),
    ("measure: power, value: 95, period: 05/24/2023", "05/24/2023", "có tháng 24", "có phải 24/05/2023?"),
    ("measure: power, value: 95, period: 2023-02-30", "2023-02-30", "không có trong lịch", "xem lại ngày"),
    ("measure: power, value: 95, period: 0000", "0000", "không phải là một ngày", "24/05/2023"),
    ("measure: power, value: 95, period: ²²²²", "²²²²", "không phải là một ngày", "24/05/2023"),
    ("measure: income, value: 1.234, period: 2022", "income", "có thể đọc là 1234 hoặc 1,234", "Hãy viết 1234"),
    (f"measure: schools, value: {'9' * 35}, period: 2022", "schools", "có quá 18 chữ số", "xem lại đơn vị"),
    ("measure: power, value: {male: 9, female: 9}, period: 2022", "power", "chỉ có một số", "Viết một giá trị"),
    ("measure: power, value: 9, part: male, period: 2022", "power", "chỉ có một số", "Bỏ mục part"),
    ("measure: insured, value: {men: 9}, period: 2022", "men", "mẫu", "male, female"),
    ("measure: power, value: 95, period: 2022, mark: guessed", "guessed", "danh sách", "measured"),
    ("measure: power, vlaue: 95, period: 2022", "vlaue", "mẫu", "Có phải “value”?"),
    ("measure: power, value: , period: 2022", "bỏ trống", "bằng 0", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "field", "reason", "cure"), FIGURES, ids=[f[0] for f in FIGURES])
def test_a_bad_figure_names_row_field_reason_and_cure(
    figure: str, field: str, reason: str, cure: str
) -> None:
    (said,) = refused(figure)
    assert said.startswith("4: ")
    assert field in said
    assert reason in said
    assert cure in said


def test_every_bad_row_is_told_at_once() -> None:
    said = refused(*[f"measure: power, value: {value}, period: 2022" for value in ("101", "95", "-1")])
    assert [line.split(":")[0] for line in said] == ["4", "6"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("95", "95"), ("95.5", "95.5"), ('"95,5"', "95.5"), ("95%", "95"), ('"95,5%"', "95.5"), ('"95,5 %"', "95.5"),
        ("100", "100"), ("0", "0"), ("0.10", "0.1"),
    ],
)  # fmt: skip
def test_numbers_may_be_written_either_way(typed: str, meant: str) -> None:
    text = HEAD + f"  - {{measure: power, value: {typed}, period: 2022}}\n"
    facts = read_facts(parse_tree(text.encode(), "f"), MEASURES).facts
    assert str(facts[1].value) == meant


@pytest.mark.parametrize("typed", ["24/05/2023", "2023-05-24"])
def test_a_period_is_a_day_in_either_order(typed: str) -> None:
    text = HEAD + f"  - {{measure: power, value: 95, period: {typed}}}\n"
    assert str(read_facts(parse_tree(text.encode(), "f"), MEASURES).facts[1].period) == "2023-05-24"


def test_two_figures_of_one_measure_and_period_are_refused_and_both_rows_named() -> None:
    twice = "measure: power, value: {}, period: 2022"
    (said,) = refused(twice.format(95), twice.format(90))
    assert "viết hai lần (dòng 4 và 5)" in said


def test_the_same_measure_of_another_period_is_another_figure() -> None:
    text = HEAD + "".join(f"  - {{measure: power, value: 95, period: {year}}}\n" for year in (2022, 2023))
    assert len(read_facts(parse_tree(text.encode(), "f"), MEASURES).facts) == 3


@pytest.mark.parametrize(
    ("typed", "meant"), [('"1.234,5"', "1234.5"), ('"1,234.5"', "1234.5"), ("1234.5", "1234.5")]
)
def test_mixed_formats_that_only_one_number_fits_are_read(typed: str, meant: str) -> None:
    text = HEAD + f"  - {{measure: income, value: {typed}, period: 2022}}\n"
    assert str(read_facts(parse_tree(text.encode(), "f"), MEASURES).facts[1].value) == meant


def test_a_share_keeps_both_its_counts() -> None:
    text = HEAD + "  - {measure: power, value: 137 / 143, period: 2022}\n"
    assert read_facts(parse_tree(text.encode(), "f"), MEASURES).facts[1].value == Share(137, 143)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("facts: 5", "các mục"),
        ("fact: {}", "Có phải “facts”?"),
        ("[]", "các mục"),
        ("stated: [{verdict: met, on: 2023-01-01}]", "criterion, indicator"),
        ('stated: [{criterion: "1", verdict: good, on: 2023-01-01}]', "met, basically_met, not_met"),
        ('stated: [{criterion: "1", verdict: met, on: 32/01/2023}]', "không có trong lịch"),
        ("children: [5]", "các mục"),
        ("children: [{facts: [{measure: power, value: 101, period: 2022}]}]", "vượt quá 100%"),
        ("standards: {x: maybe}", "met"),
        ("rulings: {x: {evidence: y}}", "verdict"),
        ("place: {region: []}", "một dòng chữ"),
        ("place: {country: VN}", "country"),
    ],
)  # fmt: skip
def test_other_parts_are_held_to_the_same_care(text: str, what: str) -> None:
    with pytest.raises(Bad) as error:
        read_facts(parse_tree(text.encode(), "f"), MEASURES)
    assert what in str(error.value)

"""A mapped table → draft content: what is read, what waits for the person, and what became of every row."""

from dataclasses import replace
from typing import Any

import pytest
from files import Merge, excel, word

from chungtay.core.refusals import Refusal
from chungtay.standards.annex import (
    Answers,
    Catalogue,
    Imported,
    Mapping,
    Role,
    RowUse,
    Source,
    Table,
    apply,
    guess,
    join_split,
    read_tables,
)
from rulebook.rules import Op

HEAD = ["TT", "Tên tiêu chí", "Nội dung", "Mức đạt"]
REGIONAL = ["TT", "Tên tiêu chí", "Nội dung", "Chỉ tiêu chung", "Tây Nguyên", "Đông Nam Bộ"]


class Desk:
    """A table on the desk: `imported()` is what comes out under the mapping guessed, or one changed."""

    def __init__(self, table: Table, regions: dict[str, str], catalogue: Catalogue, source: Source) -> None:
        self.table, self.catalogue, self.source = table, catalogue, source
        self.mapping: Mapping = guess(table, regions)

    def imported(self, answers: Answers | None = None, mapping: Mapping | None = None) -> Imported:
        return apply(self.table, mapping or self.mapping, self.catalogue, self.source, answers)


@pytest.fixture
def desk(regions: dict[str, str], catalogue: Catalogue, source: Source) -> Any:
    def of(rows: list[list[str]], merges: list[Merge] | None = None, after: list[str] | None = None) -> Desk:
        table = join_split(read_tables(word(rows, merges or [], "Phụ lục I", after or []), "x"))[0]
        return Desk(table, regions, catalogue, source)

    return of


def indicators(imported: Imported) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for criterion in imported.criteria for each in criterion["indicators"]}


def rule(imported: Imported, code: str) -> Any:
    return indicators(imported)[code]["rule"]


def told(imported: Imported) -> list[str]:
    return [str(problem) for problem in imported.problems]


def test_the_likeliest_measure_is_proposed_with_its_score_and_never_taken_unasked(desk: Any) -> None:
    on = desk([HEAD, ["4", "Điện", "Có hệ thống điện đạt chuẩn", "Đạt"]])
    (found,) = on.imported().indicators
    assert (found.alike[0].code, found.alike[0].score) == ("power_system_standard", 100)
    assert found.measures == ("co_he_thong_dien_dat_chuan",)
    assert not found.chosen
    decided = on.imported(Answers({1: ("power_system_standard",)}))
    assert rule(decided, "4") == {"is_true": {"measure": "power_system_standard"}}
    assert decided.measures == ()


@pytest.mark.parametrize(
    ("text", "threshold", "kind", "unit"),
    [
        ("Tỷ lệ hộ có hố xí mới", "≥ 95", "percent", "%"),
        ("Tỷ lệ hộ có hố xí mới", "≥ 95%", "percent", "%"),
        ("Mô hình mới", "≥ 01 mô hình", "count", "mô hình"),
        ("Thu nhập mới (triệu đồng/người)", "≥ 50", "money", "triệu đồng/người"),
        ("Diện tích mới", "≥ 2,5 m²/người", "number", "m²/người"),
        ("Có điều mới", "Đạt", "flag", None),
        ("Nhà tạm mới", "Không", "count", "trường hợp"),
    ],
)
def test_a_new_measure_takes_its_kind_and_unit_from_the_words(
    desk: Any, text: str, threshold: str, kind: str, unit: str | None
) -> None:
    (measure,) = desk([HEAD, ["1", "Mới", text, threshold]]).imported().measures
    assert measure["kind"] == kind
    assert (measure["unit"]["vi"] if "unit" in measure else None) == unit


def test_a_number_without_a_sign_stays_unknown_until_the_person_says_what_it_means(desk: Any) -> None:
    on = desk([HEAD, ["1", "Điện", "Tỷ lệ hộ có điện", "98%"]])
    waiting = on.imported()
    assert rule(waiting, "1")["compare"]["at_least"] == "unknown"
    assert told(waiting) == [
        "Bảng 1, hàng 2, cột 4: “98%”: Con số không kèm dấu ≥ hay ≤: chưa rõ phải từ mức này trở lên hay trở xuống."
    ]
    settled = on.imported(mapping=replace(on.mapping, unsigned=Op.AT_LEAST))
    assert rule(settled, "1")["compare"]["at_least"] == "98"
    assert told(settled) == []


def test_words_typed_by_the_person_take_the_place_of_a_doubtful_cell(desk: Any) -> None:
    on = desk([HEAD, ["1", "Điện", "Tỷ lệ hộ có điện", "khoảng 98 phần trăm"]])
    assert rule(on.imported(), "1")["compare"]["at_least"] == "unknown"
    settled = on.imported(Answers(typed={(1, 3): "≥ 98%"}))
    assert rule(settled, "1")["compare"]["at_least"] == "98"
    assert "≥ 98%" in indicators(settled)["1"]["provenance"]["note"]["vi"]


def test_two_thresholds_in_one_cell_need_two_measures(desk: Any) -> None:
    on = desk([HEAD, ["17", "Nước", "Tỷ lệ hộ dùng nước sạch", "100% (≥60% từ hệ thống tập trung)"]])
    assert rule(on.imported(), "17")["compare"]["at_least"] == "unknown"
    settled = on.imported(Answers({1: ("clean_water_share", "centralised_water_share")}))
    parts = rule(settled, "17")["all_of"]
    assert [part["compare"] for part in parts] == [
        {"measure": "clean_water_share", "at_least": "100"},
        {"measure": "centralised_water_share", "at_least": "60"},
    ]
    assert told(settled) == []


def test_men_and_women_are_asked_apart_where_the_measure_is(desk: Any) -> None:
    on = desk([HEAD, ["15", "Y tế", "Bảo hiểm y tế", "≥ 90%"]])
    compare = rule(on.imported(Answers({1: ("health_insurance_share",)})), "15")["compare"]
    assert compare == {"measure": "health_insurance_share", "at_least": "90", "per": "sex"}


def test_a_grade_is_read_by_the_names_of_the_measure(desk: Any) -> None:
    on = desk([HEAD, ["14", "Giáo dục", "Xóa mù chữ", "Mức độ 2 trở lên"]])
    settled = on.imported(Answers({1: ("literacy_level",)}))
    assert rule(settled, "14")["compare"] == {"measure": "literacy_level", "at_least": "level_2"}
    assert told(settled) == []
    wrong = desk([HEAD, ["14", "Giáo dục", "Xóa mù chữ", "Mức độ 9"]]).imported(
        Answers({1: ("literacy_level",)})
    )
    assert rule(wrong, "14")["compare"]["at_least"] == "unknown"
    assert "không phải là một trong các mức" in "".join(told(wrong))


@pytest.mark.parametrize(
    ("measure", "threshold", "why"),
    [
        ("power_system_standard", "≥ 90%", "chỉ có đạt hay không"),
        ("power_households_share", "Đạt", "là con số, mà ô chỉ ghi “Đạt”"),
        ("power_households_share", "≥ 2 m²/người", "đơn vị"),
        ("power_households_share", "≥ 120%", "vượt quá 100%"),
        ("temporary_houses", "≤ 1,5", "số nguyên"),
    ],
)
def test_a_threshold_that_does_not_fit_the_measure_stays_unknown(
    desk: Any, measure: str, threshold: str, why: str
) -> None:
    imported = desk([HEAD, ["1", "Điện", "Lời văn", threshold]]).imported(Answers({1: (measure,)}))
    assert "unknown" in str(rule(imported, "1"))
    (problem,) = imported.problems
    assert problem.unknown
    assert why in problem.sentence
    assert problem.place == "bảng 1, hàng 2, cột 4"


def test_regions_left_blank_are_unknown_and_the_common_threshold_is_not_slipped_in(desk: Any) -> None:
    on = desk([REGIONAL, ["4", "Điện", "Tỷ lệ hộ có điện", "≥ 98%", "≥ 95%", ""]])
    imported = on.imported()
    assert rule(imported, "4")["compare"]["at_least"] == {"by_region": {"TN": "95"}, "otherwise": "unknown"}
    assert told(imported) == ["Bảng 1, hàng 2, cột 6: Ô để trống ở: Đông Nam Bộ. Chưa biết mức."]
    assert "Mức đạt" not in indicators(imported)["4"]["provenance"]["note"]["vi"]
    assert "“≥ 98%”" in indicators(imported)["4"]["provenance"]["note"]["vi"]


def test_a_common_threshold_beside_blank_regions_holds_for_all_and_is_to_be_confirmed(desk: Any) -> None:
    imported = desk([REGIONAL, ["4", "Điện", "Tỷ lệ hộ có điện", "≥ 98%", "", ""]]).imported()
    assert rule(imported, "4")["compare"]["at_least"] == "98"
    (problem,) = imported.problems
    assert not problem.unknown


def test_regions_that_point_both_ways_are_unknown(desk: Any) -> None:
    imported = desk([REGIONAL, ["4", "Điện", "Tỷ lệ hộ có điện", "", "≥ 95%", "≤ 5%"]]).imported()
    assert rule(imported, "4")["compare"]["at_least"] == "unknown"
    assert all(problem.unknown for problem in imported.problems)
    assert len(imported.problems) == 2


def test_none_at_all_in_one_region_and_a_little_in_another_are_one_ceiling(desk: Any) -> None:
    imported = desk([REGIONAL, ["4", "Nhà tạm", "Tỷ lệ nhà tạm", "", "≤ 5%", "Không"]]).imported()
    assert rule(imported, "4")["compare"]["at_most"] == {"by_region": {"TN": "5", "DNB": "0"}}


def test_one_region_left_to_the_province_is_unknown_and_the_other_stands(desk: Any) -> None:
    imported = desk(
        [REGIONAL, ["4", "Điện", "Tỷ lệ hộ có điện", "", "≥ 95%", "UBND tỉnh quy định"]]
    ).imported()
    assert rule(imported, "4")["compare"]["at_least"] == {"by_region": {"TN": "95"}, "otherwise": "unknown"}
    assert "delegated_to" not in indicators(imported)["4"]


def test_a_note_on_a_threshold_is_kept_and_shown_as_a_possible_condition(desk: Any) -> None:
    imported = desk(
        [HEAD, ["4", "Điện", "Tỷ lệ hộ có điện", "≥ 95%(*)"]], after=["(*) Trừ xã đảo."]
    ).imported()
    assert "Trừ xã đảo." in imported.problems[0].sentence
    assert "Trừ xã đảo." in indicators(imported)["4"]["provenance"]["note"]["vi"]


def test_a_note_on_two_thresholds_is_still_told_once_both_have_their_measures(desk: Any) -> None:
    rows = [HEAD, ["17", "Nước", "Tỷ lệ hộ dùng nước sạch", "100% (≥60% từ hệ thống tập trung)(*)"]]
    answers = Answers({1: ("clean_water_share", "centralised_water_share")})
    (problem,) = desk(rows, after=["(*) Trừ xã đảo."]).imported(answers).problems
    assert "Trừ xã đảo." in problem.sentence
    assert not problem.unknown


def test_criteria_and_indicators_in_one_column(desk: Any) -> None:
    imported = desk(
        [
            ["TT", "Nội dung tiêu chí", "Mức đạt"],
            ["I", "HẠ TẦNG", ""],
            ["1", "Giao thông", ""],
            ["1.1", "Đường trục thôn", "≥ 80%"],
            ["1.10", "Đường ngõ xóm", "≥ 70%"],
            ["2", "Có nhà văn hóa", "Đạt"],
        ]
    ).imported()
    assert [(each["criterion"], each["name"]["vi"], each["group"]) for each in imported.criteria] == [
        ("1", "Giao thông", "G1"),
        ("2", "Có nhà văn hóa", "G1"),
    ]
    assert list(indicators(imported)) == ["1.1", "1.10", "2"]
    assert [each.use for each in imported.rows] == [
        RowUse.HEADER, RowUse.GROUP, RowUse.CRITERION, RowUse.IMPORTED, RowUse.IMPORTED, RowUse.IMPORTED,
    ]  # fmt: skip


def test_indicators_without_numbers_are_numbered_by_order_and_said_so(desk: Any) -> None:
    imported = desk(
        [HEAD, ["1", "Giao thông", "Đường trục thôn", "≥ 80%"], ["", "", "Đường ngõ xóm", "≥ 70%"]],
        [(1, 0, 2, 0), (1, 1, 2, 1)],
    ).imported()
    assert list(indicators(imported)) == ["1.1", "1.2"]
    assert sum("đánh số" in problem.sentence for problem in imported.problems) == 2


def test_a_number_used_twice_is_told_and_both_are_kept(desk: Any) -> None:
    imported = desk(
        [HEAD, ["1", "Giao thông", "1.1 Đường trục thôn", "≥ 80%"], ["", "", "1.1 Đường ngõ xóm", "≥ 70%"]],
        [(1, 0, 2, 0), (1, 1, 2, 1)],
    ).imported()
    assert [each["text"]["vi"] for each in indicators(imported).values()] == [
        "Đường trục thôn",
        "Đường ngõ xóm",
    ]
    assert any("đã dùng" in problem.sentence for problem in imported.problems)


def test_words_that_go_on_in_the_next_row_are_joined_to_their_indicator(desk: Any) -> None:
    imported = desk(
        [HEAD, ["1", "Giao thông", "Đường trục thôn", "≥ 80%"], ["", "", "ô tô đi lại thuận tiện", ""]],
        [(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3)],
    ).imported()
    assert indicators(imported)["1"]["text"]["vi"] == "Đường trục thôn\nô tô đi lại thuận tiện"
    assert imported.rows[2].use is RowUse.CONTINUED


def test_a_row_nobody_understands_is_skipped_with_its_reason_and_its_cell(desk: Any) -> None:
    imported = desk(
        [
            HEAD,
            ["1", "Điện", "Hộ có điện", "≥ 80%"],
            ["Ghi rõ thêm điều gì đó", "", "", ""],
            ["", "", "", ""],
        ],
        [(2, 0, 2, 3)],
    ).imported()
    assert [each.use for each in imported.rows[2:]] == [RowUse.SKIPPED, RowUse.SKIPPED]
    assert imported.rows[3].why == "Hàng trống."
    assert told(imported) == [
        "Bảng 1, hàng 3, cột 1: Hàng chỉ có một ô trải ngang, không có số thứ tự: không rõ là nhóm hay tiêu chí."
    ]


def test_footnotes_at_the_foot_and_rows_left_out_are_reported(desk: Any) -> None:
    on = desk(
        [
            HEAD,
            ["1", "Điện", "Hộ có điện", "≥ 80%"],
            ["2", "Nước", "Hộ có nước", "≥ 80%"],
            ["(*) Trừ xã đảo.", "", "", ""],
        ],
        [(3, 0, 3, 3)],
    )
    imported = on.imported(Answers(left_out=frozenset({2})))
    assert [each.use for each in imported.rows] == [
        RowUse.HEADER,
        RowUse.IMPORTED,
        RowUse.SKIPPED,
        RowUse.FOOTNOTE,
    ]
    assert list(indicators(imported)) == ["1"]


def test_years_as_rows_and_groups_as_columns(desk: Any) -> None:
    imported = desk(
        [
            ["TT", "Tên tiêu chí", "Nội dung", "Nhóm 1", "Nhóm 2"],
            ["10", "Thu nhập", "Thu nhập bình quân (triệu đồng/người)", "", ""],
            ["", "", "Năm 2026", "≥ 60", "≥ 50"],
            ["", "", "Năm 2027", "≥ 65", ""],
        ],
        [(1, 0, 3, 0), (1, 1, 3, 1)],
    ).imported()
    assert rule(imported, "10")["compare"]["at_least"] == {
        "by_group": {
            "1": {"by_year": {"2026": "60", "2027": "65"}, "otherwise": "unknown"},
            "2": {"by_year": {"2026": "50"}, "otherwise": "unknown"},
        },
        "otherwise": "unknown",
    }


def test_columns_that_give_nothing_are_refused_with_every_reason(desk: Any) -> None:
    on = desk([HEAD, ["1", "Điện", "Hộ có điện", "≥ 80%"]])
    with pytest.raises(Refusal) as refused:
        on.imported(mapping=on.mapping.changed(3, Role.IGNORED))
    assert refused.value.faults[0].field == "columns"


def test_an_excel_annex_is_cited_by_its_sheet_and_row(
    regions: dict[str, str], catalogue: Catalogue, source: Source
) -> None:
    rows = [["TT", "Tên tiêu chí", "Nội dung", "ĐVT", "Mức đạt"], [4, "Điện", "Hộ dùng điện", "%", "≥ 98"]]
    table = read_tables(excel(rows), "x")[0]
    imported = apply(table, guess(table, regions), catalogue, source)
    assert indicators(imported)["4"]["clause"] == "Phụ lục I, hàng 2"
    assert imported.measures[0]["kind"] == "percent"


def test_a_cell_whose_figure_is_in_doubt_is_never_read(
    regions: dict[str, str], catalogue: Catalogue, source: Source
) -> None:
    rows = [["TT", "Tên tiêu chí", "Nội dung", "Mức đạt"], [4, "Điện", "Hộ dùng điện", 0.165]]
    table = read_tables(excel(rows, formats={"D2": "0%"}), "x")[0]
    imported = apply(table, guess(table, regions), catalogue, source)
    assert "unknown" in str(rule(imported, "4"))
    assert "Ô hiện 17 nhưng tệp lưu 16,5" in imported.problems[0].sentence


def test_a_table_of_ten_thousand_rows_is_not_a_set_of_criteria(
    regions: dict[str, str], catalogue: Catalogue, source: Source
) -> None:
    rows = [
        ["TT", "Nội dung", "Mức"],
        *([number % 99 + 1, f"Chỉ tiêu {number}", "≥ 90%"] for number in range(10_000)),
    ]
    table = read_tables(excel(rows), "x")[0]
    with pytest.raises(Refusal, match="nhầm bảng"):
        apply(table, guess(table, regions), catalogue, source)

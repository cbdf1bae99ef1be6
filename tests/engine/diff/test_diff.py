"""What changed from one standard to another, in sentences an official can check against the two decisions."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

import json
from pathlib import Path
from typing import Any

import pytest
from tiny_law import STANDARD, criterion, indicator, write_law, write_standard

from rulebook import Change, Lawbook, differ, mapping, read_law
from rulebook.__main__ import main

OTHER = "tiny-2026-2030"
POWER = "compare: {measure: power, at_least: 90}"


def law_of(folder: Path, before: dict[str, Any], after: dict[str, Any]) -> Lawbook:
    law = write_law(folder / "law")
    for key, told in ((STANDARD, before), (OTHER, after)):
        text = told.get("text", ("", ""))
        write_standard(law / key, told["criteria"], key=key, **told.get("head", {}))
        head = law / key / "standard.yaml"
        head.write_text(head.read_text(encoding="utf-8").replace(*text), encoding="utf-8")
    return read_law(law)


@pytest.fixture
def diff(tmp_path: Path):
    """The changes between two laws; each side is a rule, the criteria by file, or {criteria, head, text}."""

    def of(before: Any, after: Any) -> list[Change]:
        book = law_of(tmp_path, *(_side(each) for each in (before, after)))
        return differ(book.standards[STANDARD], book.standards[OTHER], book.names)

    return of


def _side(given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        given = {"01": criterion("1", indicator("1.1", given))}
    return given if "criteria" in given else {"criteria": given}


def vi(changes: list[Change]) -> list[str]:
    return [change.text.vi for change in changes]


# --- nothing ----------------------------------------------------------------------------------------------------------


def test_no_difference_is_one_sentence(diff) -> None:
    (only,) = diff(POWER, POWER)
    assert only.kind == "none"
    assert only.text.vi.startswith("Tiêu chí, chỉ tiêu và mức không thay đổi")
    assert only.text.en.startswith("Criteria, indicators and thresholds stayed")


def test_a_standard_beside_itself_is_one_and_the_same(tmp_path: Path) -> None:
    standard = law_of(tmp_path, _side(POWER), _side(POWER)).standards[STANDARD]
    assert vi(differ(standard, standard, {})) == ["Hai bộ tiêu chí là một."]


# --- thresholds -------------------------------------------------------------------------------------------------------

THRESHOLDS = [
    # before, after, what is said
    (POWER, "compare: {measure: power, at_least: 95}", ["Chỉ tiêu 1.1: từ 90% lên 95%."]),
    (POWER, "compare: {measure: power, at_least: 89.5}", ["Chỉ tiêu 1.1: từ 90% xuống 89,5%."]),
    (POWER, "compare: {measure: power, at_least: unknown}", ["Chỉ tiêu 1.1: trước 90%, nay chưa biết."]),
    ("compare: {measure: power, at_least: unknown}", POWER, ["Chỉ tiêu 1.1: trước chưa biết, nay 90%."]),
    ("compare: {measure: income, at_least: 36}", "compare: {measure: income, at_least: 48}", ["Chỉ tiêu 1.1: từ 36 triệu đồng lên 48 triệu đồng."]),
    ("compare: {measure: security, at_least: fair}", "compare: {measure: security, at_least: good}", ["Chỉ tiêu 1.1: từ Khá lên Tốt."]),
    ("compare: {measure: security, at_least: good}", "compare: {measure: security, at_least: weak}", ["Chỉ tiêu 1.1: từ Tốt xuống Yếu."]),
    ("is_true: {measure: plan}", "compare: {measure: plan, equals: false}", ["Chỉ tiêu 1.1: từ “cần có” thành “không được có”."]),
    ("compare: {measure: insured, at_least: 90, per: sex}", "compare: {measure: insured, at_least: 95, per: sex}", ["Chỉ tiêu 1.1: từ 90% lên 95%."]),
    ("share: {of: good_schools, in: schools, at_least: 70}", "share: {of: good_schools, in: schools, at_least: 100}", ["Chỉ tiêu 1.1: từ 70% lên 100%."]),
    (
        "compare: {measure: power, at_least: {by_region: {NORTH: 90, SOUTH: 95}, otherwise: 98}}",
        "compare: {measure: power, at_least: {by_region: {NORTH: 92, SOUTH: 95}, otherwise: 98}}",
        ["Chỉ tiêu 1.1: vùng Miền Bắc: từ 90% lên 92%."],
    ),
    (
        "compare: {measure: power, at_least: {by_region: {NORTH: 90, SOUTH: 90, COAST: 90}, otherwise: 98}}",
        "compare: {measure: power, at_least: {by_region: {NORTH: 95, SOUTH: 95, COAST: 91}}}",
        [
            "Chỉ tiêu 1.1: vùng Ven biển: từ 90% lên 91%.",
            "Chỉ tiêu 1.1: vùng Miền Bắc, vùng Miền Nam: từ 90% lên 95%.",
            "Chỉ tiêu 1.1: còn lại: trước 98%, nay chưa biết.",
        ],
    ),
    (
        POWER,
        "compare: {measure: power, at_least: {by_region: {NORTH: 80}, otherwise: 90}}",
        ["Chỉ tiêu 1.1: vùng Miền Bắc: từ 90% xuống 80%."],
    ),
    (
        "compare: {measure: income, at_least: {by_year: {2022: 39, 2023: 42}}}",
        "compare: {measure: income, at_least: {by_year: {2022: 39, 2023: 45}}}",
        ["Chỉ tiêu 1.1: năm 2023: từ 42 triệu đồng lên 45 triệu đồng."],
    ),
    (
        "compare: {measure: income, at_least: {by_region_year: {NORTH: {2022: 39}}}}",
        "compare: {measure: income, at_least: {by_region_year: {NORTH: {2022: 40}}}}",
        ["Chỉ tiêu 1.1: vùng Miền Bắc năm 2022: từ 39 triệu đồng lên 40 triệu đồng."],
    ),
    (
        'compare: {measure: power, at_least: {by_group: {"1": 80}, otherwise: 90}}',
        'compare: {measure: power, at_least: {by_group: {"1": 85}, otherwise: 90}}',
        ["Chỉ tiêu 1.1: xã nhóm 1: từ 80% lên 85%."],
    ),
    (
        "compare: {measure: power, at_least: {by_region: {NORTH: 80}, otherwise: 90}}",
        'compare: {measure: power, at_least: {by_group: {"1": 80}, otherwise: 90}}',
        ["Chỉ tiêu 1.1: từ “Miền Bắc: từ 80% số hộ trở lên; còn lại: từ 90% số hộ trở lên” thành “1: từ 80% số hộ trở lên; còn lại: từ 90% số hộ trở lên”."],
    ),
    (
        "compare: {measure: income, at_least: 36}",
        "compare: {measure: income, at_least: {times: 1.1, measure: district_income}}",
        ["Chỉ tiêu 1.1: từ “36 triệu đồng” thành “từ 1,1 lần “Thu nhập bình quân cả huyện””."],
    ),
    (
        "all_of: [{compare: {measure: power, at_least: 90}}, {compare: {measure: water, at_least: 60}, label: {vi: Nước sạch, en: Water}}]",
        "all_of: [{compare: {measure: power, at_least: 91}}, {compare: {measure: water, at_least: 65}, label: {vi: Nước sạch, en: Water}}]",
        ["Chỉ tiêu 1.1: “Tỷ lệ hộ dùng điện”: từ 90% lên 91%.", "Chỉ tiêu 1.1: “Nước sạch”: từ 60% lên 65%."],
    ),
    (
        "by_case: [{when: {group: [\"1\"]}, rule: {compare: {measure: power, at_least: 90}}}, {otherwise: {compare: {measure: power, at_least: 95}}}]",
        "by_case: [{when: {group: [\"1\"]}, rule: {compare: {measure: power, at_least: 90}}}, {otherwise: {compare: {measure: power, at_least: 99}}}]",
        ["Chỉ tiêu 1.1: “Tỷ lệ hộ dùng điện”: từ 95% lên 99%."],
    ),
    (
        "children: {level: hamlet, where: {compare: {measure: water, at_least: 90}}, at_least: {count: 1}}",
        "children: {level: hamlet, where: {compare: {measure: water, at_least: 95}}, at_least: {count: 1}}",
        ["Chỉ tiêu 1.1: từ 90% lên 95%."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), THRESHOLDS, ids=[each[2][0] for each in THRESHOLDS])
def test_a_threshold_that_changed_is_told_cell_by_cell(
    diff, before: str, after: str, said: list[str]
) -> None:
    changes = diff(before, after)
    assert vi(changes) == said
    assert {(change.kind, change.code) for change in changes} == {("threshold", "1.1")}


def test_english_says_raised_and_lowered(diff) -> None:
    assert diff(POWER, "compare: {measure: power, at_least: 95}")[0].text.en == (
        "Indicator 1.1: raised from 90% to 95%."
    )
    assert diff(POWER, "compare: {measure: power, at_least: 80}")[0].text.en.endswith(
        "lowered from 90% to 80%."
    )


RULES = [
    (POWER, "compare: {measure: power, above: 90}", "“Tỷ lệ hộ dùng điện: từ 90% số hộ trở lên”; nay: “Tỷ lệ hộ dùng điện: trên 90% số hộ”"),
    (POWER, "all_of: [{compare: {measure: power, at_least: 90}}, {is_true: {measure: plan}}]", "nay: “tất cả: từ 90% số hộ trở lên; cần có”"),
    ("any_of: [{compare: {measure: power, at_least: 90}}, {is_true: {measure: plan}}]", "at_least_n: {n: 2, of: [{compare: {measure: power, at_least: 90}}, {is_true: {measure: plan}}]}", "nay: “ít nhất 2 trong 2:"),
    (
        "children: {level: hamlet, where: {compare: {measure: water, at_least: 90}}, at_least: {count: 1}}",
        "children: {level: hamlet, where: {compare: {measure: water, at_least: 90}}, at_least: {percent: 50}}",
        "nay: “ít nhất 50% đơn vị trực thuộc đạt:",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), RULES, ids=[each[2] for each in RULES])
def test_another_kind_of_rule_is_told_whole(diff, before: str, after: str, said: str) -> None:
    (change,) = diff(before, after)
    assert (change.kind, change.code) == ("rule", "1.1")
    assert change.text.vi.startswith("Chỉ tiêu 1.1: cách xét đổi, trước: “")
    assert said in change.text.vi


# --- the heads --------------------------------------------------------------------------------------------------------

HEADS = [
    ("name", ("vi: Bộ tiêu chí nhỏ", "vi: Bộ tiêu chí lớn"), "Tên: trước “Bộ tiêu chí nhỏ”, nay “Bộ tiêu chí lớn”."),
    ("title", ("vi: xã nhỏ", "vi: xã lớn"), "Danh hiệu: trước “xã nhỏ”, nay “xã lớn”."),
    ("level", ("level: commune", "level: hamlet"), "Cấp: trước “xã”, nay “thôn”."),
    ("status", ("status: law", "status: sample"), "Tình trạng: trước “văn bản luật”, nay “bộ mẫu”."),
    ("period", ("to: 2025", "to: open"), "Giai đoạn: trước “2021–2025”, nay “từ 2021”."),
    ("in_force", ("from: 2022-03-08", "from: 2023-01-01"), "Hiệu lực: trước “từ 08/03/2022 đến trước 01/01/2026”, nay “từ 01/01/2023 đến trước 01/01/2026”."),
    ("legal_basis", ("id: qd-1", "id: qd-2"), "Căn cứ: trước “Phụ lục I, 1/QĐ-TTg”, nay “Phụ lục I, 2/QĐ-TTg”."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "said"), HEADS, ids=[each[0] for each in HEADS])
def test_a_change_of_the_head_is_one_sentence(diff, kind: str, text: tuple[str, str], said: str) -> None:
    same = _side(POWER)
    (change,) = diff(same, {**same, "text": text})
    assert (change.kind, change.text.vi) == (kind, said)


BLOCKS = [
    ("province", 'province: "19"\n', "Tỉnh: trước không nêu, nay “19”."),
    ("withdrawal", "withdrawal: {clause: Điều 4, provenance: {threshold: found}, bands: [{code: V, from: 50}]}\n", "Thu hồi: trước không nêu, nay “từ 50% trở lên số tiêu chí chưa đạt”."),
    ("region_override", "region_overrides: [{classes: [poor], use: NORTH, text: {vi: xã nghèo, en: poor}, provenance: {}}]\n", "Áp dụng vùng khác: trước không nêu, nay “xã nghèo”."),
    ("recognition", "recognition: {conditions: [{code: R1, text: {vi: không nợ đọng, en: no debt}}]}\n", "Điều kiện công nhận: trước không nêu, nay “không nợ đọng”."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "block", "said"), BLOCKS, ids=[each[0] for each in BLOCKS])
def test_what_only_one_of_two_names_is_said_not_to_be_named_by_the_other(diff, kind, block, said) -> None:
    same = _side(POWER)
    (change,) = diff(same, {**same, "head": {"more": block}})
    assert (change.kind, change.text.vi) == (kind, said)
    (change,) = diff({**same, "head": {"more": block}}, same)
    assert change.text.vi.endswith(", nay không nêu.")


# --- criteria ---------------------------------------------------------------------------------------------------------


def named(number: str, name: str, *indicators: str) -> str:
    return criterion(number, *indicators).replace(f"vi: Tiêu chí {number}", f"vi: {name}", 1)


def test_a_criterion_may_come_go_or_take_another_name(diff) -> None:
    before = {"01": named("1", "Điện"), "02": named("2", "Nước")}
    after = {"01": named("1", "Điện lực"), "03": named("3", "Y tế")}
    assert vi(diff(before, after)) == [
        "Bỏ tiêu chí 2 “Nước”.",
        "Tiêu chí 1, tên: trước “Điện”, nay “Điện lực”.",
        "Thêm tiêu chí 3 “Y tế”.",
    ]


def test_a_name_under_another_number_is_the_same_criterion_moved(diff) -> None:
    before = {"01": named("14", "Giáo dục"), "02": named("15", "Y tế")}
    after = {"01": named("14", "Y tế"), "02": named("15", "Hành chính công")}
    assert vi(diff(before, after)) == [
        "Bỏ tiêu chí 14 “Giáo dục”.",
        "Tiêu chí “Y tế” từ số 15 thành số 14.",
        "Thêm tiêu chí 15 “Hành chính công”.",
    ]


# --- indicators -------------------------------------------------------------------------------------------------------

WATER = "compare: {measure: water, at_least: 60}"


def one(*indicators: str, more: str = "") -> dict[str, str]:
    return {"01": criterion("1", *indicators, more=more)}


def test_an_indicator_added_says_what_it_asks(diff) -> None:
    (change,) = diff(one(indicator("1.1", POWER)), one(indicator("1.1", POWER), indicator("1.2", WATER)))
    assert (change.kind, change.code) == ("indicator_added", "1.2")
    assert change.text.vi == "Thêm chỉ tiêu 1.2 “Chỉ tiêu 1.2”: từ 60% số hộ trở lên."
    assert change.text.en == "Indicator 1.2 “Indicator 1.2” is added: at least 60% of households."


def test_an_indicator_removed_is_named(diff) -> None:
    (change,) = diff(one(indicator("1.1", POWER), indicator("1.2", WATER)), one(indicator("1.1", POWER)))
    assert (change.kind, change.text.vi) == ("indicator_removed", "Bỏ chỉ tiêu 1.2 “Chỉ tiêu 1.2”.")


def test_the_same_measure_under_another_number_is_a_move(diff) -> None:
    (moved, words) = diff(one(indicator("14.3", POWER)), one(indicator("12.1", POWER)))
    assert (moved.kind, moved.code) == ("indicator_moved", "12.1")
    assert moved.text.vi == "Chỉ tiêu 12.1 “Chỉ tiêu 12.1”: trước là 14.3."
    assert words.kind == "text"


def test_the_same_number_over_another_measure_is_another_indicator(diff) -> None:
    changes = diff(
        one(indicator("1.1", POWER)), one(indicator("1.1", WATER).replace("vi: Chỉ tiêu 1.1", "vi: Y tế"))
    )
    assert [change.kind for change in changes] == ["indicator_removed", "indicator_added"]


def test_numbers_that_changed_places_are_two_moves(diff) -> None:
    changes = diff(
        one(indicator("1.1", POWER), indicator("1.2", WATER)),
        one(indicator("1.1", WATER), indicator("1.2", POWER)),
    )
    moves = [change for change in changes if change.kind == "indicator_moved"]
    assert [(change.code, change.text.vi[-4:-1]) for change in moves] == [("1.1", "1.2"), ("1.2", "1.1")]


def test_where_no_measure_tells_like_words_under_one_number_are_one_indicator(diff) -> None:
    ruling = "ruling: {question: {vi: Có đẹp không, en: Is it}}"
    (change,) = diff(one(indicator("1.1", ruling)), one(indicator("1.1", POWER)))
    assert change.kind == "rule"


MORE = [
    ("text", {}, {"text": ("vi: Chỉ tiêu 1.1", "vi: Lời mới")}, "Chỉ tiêu 1.1, lời văn: trước “Chỉ tiêu 1.1”, nay “Lời mới”."),
    ("sector", {}, {"more": "sector: [CT]"}, "Chỉ tiêu 1.1, ngành phụ trách: trước không nêu, nay “Công Thương”."),
    ("resource", {"more": "resource: state"}, {"more": "resource: community"}, "Chỉ tiêu 1.1, nguồn lực: trước “Nhà nước”, nay “cộng đồng”."),
    ("delegated", {"more": "delegated_to: {vi: UBND cấp tỉnh, en: Province}"}, {}, "Chỉ tiêu 1.1, giao quy định mức: trước “UBND cấp tỉnh”, nay không nêu."),
    ("excuse", {}, {"more": "excused_when: {text: {vi: không có làng nghề, en: none}, provenance: found, rule: {compare: {measure: villages, equals: 0}}}"}, "Chỉ tiêu 1.1, không áp dụng khi: trước không nêu, nay “không có làng nghề”."),
    ("provenance", {"threshold": "recalled"}, {"threshold": "found"}, "Chỉ tiêu 1.1, xuất xứ của mức: trước “chưa xác nhận”, nay “đã thấy ở nguồn”."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "after", "said"), MORE, ids=[each[0] for each in MORE])
def test_what_stands_beside_a_rule_is_compared_too(diff, kind: str, before, after, said: str) -> None:
    def side(given: dict[str, Any]) -> dict[str, str]:
        kept = {key: value for key, value in given.items() if key != "text"}
        return one(indicator("1.1", POWER, **kept).replace(*given.get("text", ("", "")), 1))

    (change,) = diff(side(before), side(after))
    assert (change.kind, change.code, change.text.vi) == (kind, "1.1", said)


def test_words_that_differ_only_in_translation_are_the_same_law(diff) -> None:
    other = indicator("1.1", POWER).replace("en: Indicator 1.1", "en: Something else")
    assert [change.kind for change in diff(one(indicator("1.1", POWER)), one(other))] == ["none"]


def test_a_condition_is_told_as_one(diff) -> None:
    same = _side(POWER)
    block = f"prerequisites: [{indicator('DK1', WATER)}]\n"
    told = {**same, "head": {"more": block, "counts": (1, 1)}}
    (change,) = diff(same, told)
    assert change.text.vi == "Thêm điều kiện DK1 “Chỉ tiêu DK1”: từ 60% số hộ trở lên."


# --- skeletons --------------------------------------------------------------------------------------------------------


def skeleton(*indicators: str, unlisted: int = 4) -> dict[str, Any]:
    told = one(*indicators, more=f"unlisted: {unlisted}\n")
    return {"criteria": told, "head": {"status": "skeleton", "counts": (1, len(indicators) + unlisted)}}


def test_what_a_skeleton_does_not_list_is_not_said_to_be_dropped(diff) -> None:
    changes = diff(POWER, skeleton())
    assert [change.kind for change in changes] == ["status", "unlisted", "indicator_not_seen"]
    assert changes[1].text.vi == "Tiêu chí 1: trước không nêu, nay “4 chỉ tiêu chưa có nội dung”."
    assert "chưa thấy trong bộ sau" in changes[2].text.vi


def test_what_follows_a_skeleton_is_not_said_to_be_new(diff) -> None:
    changes = diff(skeleton(), POWER)
    assert changes[-1].kind == "indicator_newly_seen"
    assert "chưa rõ trước có hay không" in changes[-1].text.vi


# --- mapping ----------------------------------------------------------------------------------------------------------


def test_indicators_map_by_the_measures_they_share(tmp_path: Path) -> None:
    before = one(indicator("11", POWER), indicator("14.3", WATER), indicator("9", "is_true: {measure: plan}"))
    both = "all_of: [{compare: {measure: water, at_least: 1}}, {compare: {measure: power, at_least: 1}}]"
    after = one(indicator("11", POWER), indicator("12.1", both))
    book = law_of(tmp_path, _side(before), _side(after))
    assert [str(each) for each in mapping(book.standards[STANDARD], book.standards[OTHER])] == [
        "11 → 11 (power)",
        "11 → 12.1 (power)",
        "14.3 → 12.1 (water)",
    ]


def test_what_a_share_is_counted_in_and_what_a_guard_asks_join_nothing(tmp_path: Path) -> None:
    share = "share: {of: good_schools, in: schools, at_least: 70}"
    guarded = "by_case: [{when: {compare: {measure: schools, above: 3}}, rule: {is_true: {measure: plan}}}]"
    before, after = one(indicator("1", share)), one(indicator("1", guarded))
    book = law_of(tmp_path, _side(before), _side(after))
    assert mapping(book.standards[STANDARD], book.standards[OTHER]) == []


# --- the real law -----------------------------------------------------------------------------------------------------

LAW = Path(__file__).parents[3] / "law"
REAL = read_law(LAW, with_cases=False)
COMMUNE, ADVANCED = REAL.standards["xa-ntm-2021-2025"], REAL.standards["xa-ntm-nang-cao-2021-2025"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Danh hiệu: trước “xã đạt chuẩn nông thôn mới”, nay “xã đạt chuẩn nông thôn mới nâng cao”.",
        "Tiêu chí “Y tế” từ số 15 thành số 14.",
        "Thêm tiêu chí 15 “Hành chính công”.",
        "Chỉ tiêu 11: vùng Trung du miền núi phía Bắc: từ 13% xuống 8%.",
        "Chỉ tiêu 12.1: vùng Trung du miền núi phía Bắc: từ 70% lên 75%.",
        "Chỉ tiêu 17.11: từ 2 m²/người lên 4 m²/người.",
    ],
)
def test_from_new_rural_commune_to_advanced(sentence: str) -> None:
    assert sentence in vi(differ(COMMUNE, ADVANCED, REAL.names))


def test_health_insurance_moved_from_15_1_to_14_1() -> None:
    pairs = [str(each) for each in mapping(COMMUNE, ADVANCED)]
    assert "11 → 11 (poverty_rate)" in pairs
    assert "15.1 → 14.1 (health_insurance_share)" in pairs


@pytest.mark.parametrize("standard", REAL.standards.values(), ids=REAL.standards.keys())
def test_every_two_standards_can_be_compared_and_told_alike_twice(standard) -> None:
    told = differ(COMMUNE, standard, REAL.names)
    assert told == differ(COMMUNE, standard, REAL.names)
    for change in told:
        assert change.text.vi.endswith(".") and change.text.en.endswith(".")
        assert change.kind


# --- on the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def law(tmp_path: Path) -> Path:
    law_of(tmp_path, _side(POWER), _side("compare: {measure: power, at_least: 95}"))
    return tmp_path / "law"


def test_diff_prints_sentences_and_the_mapping(law: Path, capsys) -> None:
    assert main(["diff", STANDARD, OTHER, "--law", str(law)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("tiny-2021-2025 2022-03-08 → tiny-2026-2030 2022-03-08\n")
    assert "- Chỉ tiêu 1.1: từ 90% lên 95%.\n" in out
    assert "  1.1 → 1.1 (power)\n" in out


def test_diff_in_english_and_as_json(law: Path, capsys) -> None:
    assert main(["diff", STANDARD, OTHER, "--law", str(law), "--language", "en"]) == 0
    assert "- Indicator 1.1: raised from 90% to 95%." in capsys.readouterr().out
    assert main(["diff", STANDARD, OTHER, "--law", str(law), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["changes"][0]["kind"] == "threshold"
    assert plain["mapping"] == [{"before": "1.1", "after": "1.1", "measures": ["power"]}]
    assert len(plain["before"]["digest"]) == 64


@pytest.mark.parametrize("name", ["tiny", "nowhere", "tiny-2021@2020-01-01", "tiny-2021+20"])
def test_a_name_that_is_not_clear_is_answered_with_the_choices(law: Path, capsys, name: str) -> None:
    assert main(["diff", name, OTHER, "--law", str(law)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"Không rõ bộ tiêu chí “{name}”" in told.err


def test_a_version_or_a_province_may_be_named(law: Path, capsys) -> None:
    overlays = law / "provinces/20/overlays"
    overlays.mkdir(parents=True)
    left = indicator(
        "1.1", "compare: {measure: power, at_least: unknown}", more="delegated_to: {vi: UBND cấp tỉnh, en: P}"
    )
    write_standard(law / STANDARD, one(left))
    (overlays / "a.yaml").write_text(
        'overlay: tiny-2021-2025\nprovince: "20"\nversion: "1"\ninstruments: [{id: qd-2}]\n'
        "in_force: {from: 2022-06-01, to: open, provenance: found}\n"
        'fills: [{indicator: "1.1", threshold: 80, provenance: {threshold: found}}]\n',
        encoding="utf-8",
    )
    assert main(["diff", "tiny-2021@2022-03-08", "tiny-2021+20", "--law", str(law)]) == 0
    out = capsys.readouterr().out
    assert "Tỉnh: trước không nêu, nay “20”." in out
    assert "Chỉ tiêu 1.1: trước chưa biết, nay 80%." in out

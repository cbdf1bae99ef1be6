"""A frozen standard carries all it uses: it thaws to equality, and its digest tells any change."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

import json
from pathlib import Path

import pytest
from tiny_law import MEASURES, STANDARD, criterion, indicator, tiny_book, write_law, write_standard

from rulebook import Bad, thaw

RULES = {
    "compare": "compare: {measure: power, at_least: {by_region: {NORTH: 90}, otherwise: unknown}}",
    "per sex": "compare: {measure: insured, at_least: 90, per: sex}",
    "share": "share: {of: good_schools, in: schools, at_least: 70}",
    "groups": "any_of: [{is_true: {measure: plan}}, {all_of: [{compare: {measure: security, at_least: fair}}]}]",
    "by case": "by_case: [{when: {compare: {measure: income, at_least: {times: 2, measure: district_income}}}, rule: {is_true: {measure: plan}}}]",
    "relative": "compare: {measure: income, at_least: {times: 1.1, measure: district_income}}",
    "child places": "children: {level: hamlet, where: {compare: {measure: water, at_least: 95}}, at_least: {percent: 50}}",
    "another standard": "standard: {id: base-2021-2025}",
    "another's threshold": 'compare: {measure: power, at_least: {times: 1, standard: base-2021-2025, indicator: "1.1"}}',
    "ruling": "ruling: {question: {vi: Có đẹp không, en: Is it}}",
}
BASE = {"base-2021-2025": {"01": criterion("1", indicator("1.1", "compare: {measure: power, at_least: 90}"))}}
EXCUSE = "sector: [CT], excused_when: {text: {vi: a, en: b}, provenance: recalled, rule: {compare: {measure: villages, equals: 0}}}"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_thawed_standard_equals_the_one_frozen(rule: str) -> None:
    book = tiny_book(rule, others=BASE, of_indicator=EXCUSE)
    frozen = json.loads(json.dumps(book.frozen[STANDARD]))
    standard, used = thaw(frozen, book.standards)
    assert standard == book.standards[STANDARD]
    assert standard.digest == book.standards[STANDARD].digest
    assert {code: book.measures[code] for code in used.measures} == used.measures


def digest_of(rule: str = "compare: {measure: power, at_least: 95}", measures: str = MEASURES, **law) -> str:
    import tempfile

    with tempfile.TemporaryDirectory() as new:
        folder = write_law(Path(new) / "law")
        (folder / "measures.yaml").write_text(measures, encoding="utf-8")
        from rulebook import read_law

        write_standard(folder / "own", {"01": criterion("1", indicator("1.1", rule))}, **law)
        return read_law(folder).standard(STANDARD).digest


def test_the_same_law_has_the_same_digest() -> None:
    assert digest_of() == digest_of()


@pytest.mark.parametrize(
    "changed",
    [
        {"rule": "compare: {measure: power, at_least: 95.01}"},
        {"rule": "compare: {measure: power, above: 95}"},
        {"rule": "compare: {measure: water, at_least: 95}"},
        {"measures": MEASURES.replace("Tỷ lệ hộ dùng điện", "Tỷ lệ hộ có điện")},
        {"measures": MEASURES.replace("code: power,", "code: power, decimals: 3,")},
        {"in_force": "{from: 2022-03-08, to: unknown, provenance: found}"},
        {"more": "notes: [{vi: a, en: b}]\n"},
    ],
    ids=str,
)
def test_any_change_of_a_threshold_or_a_used_measure_changes_the_digest(changed: dict) -> None:
    assert digest_of(**changed) != digest_of()


def test_a_measure_asked_of_child_places_is_used_too() -> None:
    changed = MEASURES.replace("Tỷ lệ hộ dùng nước sạch", "Tỷ lệ hộ có nước")
    assert digest_of(RULES["child places"]) != digest_of(RULES["child places"], changed)


def test_a_measure_nobody_uses_changes_nothing() -> None:
    assert digest_of() == digest_of(measures=MEASURES.replace("Số trường đạt chuẩn", "Trường chuẩn"))


def test_thawing_beside_another_version_of_what_it_refers_to_is_refused() -> None:
    mine = tiny_book(RULES["another standard"], others=BASE)
    theirs = tiny_book(
        RULES["another standard"],
        others={
            "base-2021-2025": {
                "01": criterion("1", indicator("1.1", "compare: {measure: power, at_least: 91}"))
            }
        },
    )
    with pytest.raises(Bad, match="không phải bản đã dẫn"):
        thaw(mine.frozen[STANDARD], theirs.standards)
    with pytest.raises(Bad, match="không phải bản đã dẫn"):
        thaw(mine.frozen[STANDARD], {})
    assert mine.standards[STANDARD].digest != theirs.standards[STANDARD].digest

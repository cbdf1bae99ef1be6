"""The worked case: the commune set typed as an annex comes back as the rules of law/2021-2025/commune."""

from collections.abc import Iterator
from typing import Any

import pytest
from commune_annex import BY_HAND, typed

from chungtay.standards.annex import (
    Answers,
    Catalogue,
    Imported,
    RowUse,
    Source,
    apply,
    guess,
    join_split,
    read_tables,
)
from chungtay.standards.annex.mapping import Mapping
from chungtay.standards.annex.tables import Table
from rulebook import Lawbook
from rulebook.loading.book import vocabulary
from rulebook.loading.standards import read_standard
from rulebook.loading.tree import Node
from rulebook.rules import measures_of

SET = "xa-ntm-2021-2025"


@pytest.fixture(scope="module")
def table(book: Lawbook) -> Table:
    (table,) = join_split(read_tables(typed(book), "phu-luc.docx"))
    return table


@pytest.fixture(scope="module")
def mapping(table: Table, regions: dict[str, str]) -> Mapping:
    return guess(table, regions)


@pytest.fixture(scope="module")
def first_look(table: Table, mapping: Mapping, book: Lawbook) -> Imported:
    """What comes out before a person has decided anything."""
    return apply(table, mapping, Catalogue(book.measures), Source("phu-luc.docx", "ab" * 32))


@pytest.fixture(scope="module")
def decided(table: Table, mapping: Mapping, book: Lawbook, first_look: Imported) -> Imported:
    """What comes out after a person has chosen for each indicator the measure that law/ asks for."""
    asked = {each.code: each.rule for each in book.standards[SET].indicators}
    chosen = {
        each.row: tuple(measure.code for measure, guard in measures_of(asked[each.code]) if not guard)
        for each in first_look.indicators
        if each.code not in BY_HAND
    }
    return apply(table, mapping, Catalogue(book.measures), Source("phu-luc.docx", "ab" * 32), Answers(chosen))


def indicators(criteria: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for criterion in criteria:
        for indicator in criterion["indicators"]:
            yield indicator["code"], indicator


def test_two_tables_cut_by_a_page_break_are_one_set(table: Table, mapping: Mapping) -> None:
    assert table.joined == ("bảng 1", "bảng 2")
    assert mapping.header == 2
    assert len(mapping.repeated) == 2
    assert mapping.part == "Phụ lục I"
    assert not mapping.problems()


def test_every_region_is_known_by_its_column(mapping: Mapping, regions: dict[str, str]) -> None:
    assert [column.key for column in mapping.columns[4:]] == list(regions)


def test_the_set_comes_back_with_its_shape_and_its_words(decided: Imported, book: Lawbook) -> None:
    law = book.frozen[SET]["criteria"]
    assert [each["criterion"] for each in decided.criteria] == [each["criterion"] for each in law]
    assert [each["name"]["vi"] for each in decided.criteria] == [each["name"]["vi"] for each in law]
    assert [each["group"] for each in decided.criteria] == [each["group"] for each in law]
    found, known = dict(indicators(decided.criteria)), dict(indicators(law))
    assert list(found) == list(known)
    assert {code: each["text"]["vi"] for code, each in found.items()} == {
        code: each["text"]["vi"] for code, each in known.items()
    }


def test_every_plain_threshold_gives_the_rule_of_the_law(decided: Imported, book: Lawbook) -> None:
    found = dict(indicators(decided.criteria))
    plain = {code: each for code, each in indicators(book.frozen[SET]["criteria"]) if code not in BY_HAND}
    assert {code: found[code]["rule"] for code in plain} == {
        code: each["rule"] for code, each in plain.items()
    }
    assert len(plain) == 53


def test_what_is_left_to_the_province_names_the_province_and_stays_unknown(decided: Imported) -> None:
    found = dict(indicators(decided.criteria))
    assert found["2.1"]["delegated_to"]["vi"] == "UBND cấp tỉnh"
    assert found["2.1"]["rule"] == {
        "compare": {"measure": "commune_roads_paved_share", "at_least": "unknown"}
    }
    assert found["2.1"]["provenance"]["threshold"] == "unknown"


def test_how_much_is_left_to_the_person(decided: Imported, first_look: Imported, book: Lawbook) -> None:
    """53 of 57 thresholds need nobody; two mean more than their words; two cannot be read and stay unknown."""
    unread = {each.code for each in decided.indicators if not each.known}
    asked = {problem.row for problem in decided.problems if problem.unknown}
    codes = {each.row: each.code for each in decided.rows}
    unreadable = {codes[row] for row in asked} & set(BY_HAND)
    assert unreadable == {"5", "17.1"}
    assert unreadable <= unread
    law = {each.code: each.rule for each in book.standards[SET].indicators}
    right = [
        each.code
        for each in first_look.indicators
        if each.code not in BY_HAND
        and each.alike
        and each.alike[0].code in {m.code for m, _ in measures_of(law[each.code])}
    ]
    assert len(right) >= 50  # of 53: the likeliest measure by name alone is the one of the law
    sure = {each.code for each in first_look.indicators if each.alike and each.alike[0].score >= 80}
    assert sure - set(BY_HAND) <= set(right)  # none of those the wizard puts forward is another
    assert len(sure - set(BY_HAND)) >= 45
    assert not any(each.chosen for each in first_look.indicators)


def test_every_row_is_accounted_for_once(table: Table, decided: Imported) -> None:
    assert [each.row for each in decided.rows] == list(range(len(table.rows)))
    uses = [each.use for each in decided.rows]
    assert uses.count(RowUse.IMPORTED) == 57
    assert uses.count(RowUse.GROUP) == 5
    assert uses.count(RowUse.HEADER) == 4
    assert uses.count(RowUse.CONTINUED) == 4  # the years of income after the first
    assert RowUse.SKIPPED not in uses


def test_every_indicator_says_where_it_stands_and_who_has_not_yet_checked_it(decided: Imported) -> None:
    found = dict(indicators(decided.criteria))
    assert found["4.2"]["clause"] == "Phụ lục I, bảng 1, hàng 14"
    note = found["9.1"]["provenance"]
    assert note["threshold"] == "found"
    assert note["sources"] == [decided.source["id"]]
    assert (
        note["note"]["vi"] == "Mức ghi trong phụ lục: “Không”. Nhập từ tệp, chưa có người thứ hai đối chiếu."
    )


@pytest.mark.parametrize("which", ["first_look", "decided"])
def test_the_engine_reads_the_draft(which: str, book: Lawbook, request: pytest.FixtureRequest) -> None:
    imported: Imported = request.getfixturevalue(which)
    measures = dict(book.measures)
    from rulebook.loading.measures import read_measure

    for plain in imported.measures:
        measures[plain["code"]] = read_measure(Node.from_plain(plain, "annex"))
    frozen = book.frozen[SET]
    head = {**frozen["standard"], "sources": [imported.source], "groups": list(imported.groups)}
    head.pop("withdrawal", None), head.pop("prerequisites", None)
    head["provenance"] = None
    head = {
        key: each
        for key, each in head.items()
        if key not in ("provenance", "region_overrides", "recognition", "in_force")
    }
    head["in_force"] = {"from": "unknown", "to": "unknown", "provenance": "unknown"}
    words = vocabulary(Lawbook(**{**vars(book), "measures": measures}))
    criteria = [Node.from_plain(each, "annex") for each in imported.criteria]
    standard = read_standard(Node.from_plain(head, "annex"), criteria, words, book.instruments)
    assert len(standard.indicators) == 57

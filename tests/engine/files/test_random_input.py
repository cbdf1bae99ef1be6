"""Whatever is written in a file, reading ends in data or in Bad: never in another exception."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

from dataclasses import replace
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tiny_law import DAY, HEAD, IN_FORCE, tiny_book

from rulebook import Bad, Facts, explain, judge, parse_tree, read_facts, thaw
from rulebook.loading.book import freeze, vocabulary
from rulebook.loading.cases import read_cases
from rulebook.loading.measures import read_measures
from rulebook.loading.rules import _READERS, read_rule
from rulebook.loading.standards import read_standard
from rulebook.loading.tree import Node

BOOK = tiny_book()
WORDS = vocabulary(BOOK)
KEYS = [
    *_READERS, "measure", "at_least", "at_most", "equals", "per", "of", "in", "n", "when", "rule", "otherwise",
    "level", "where", "count", "percent", "id", "question", "vi", "en", "by_region", "by_year", "by_group",
    "by_region_year", "times", "indicator", "region", "class", "year_from", "label", "clause", "provenance",
    "threshold", "facts", "place", "children", "stated", "rulings", "standards", "value", "period", "unit", "part",
    "mark", "source", "male", "female", "power", "insured", "plan", "verdict", "on", "criterion", "evidence",
    "classes", "NORTH", "2022", "code", "text", "name", "indicators", "kind", "cases", "case", "expect", "<<", "",
]  # fmt: skip
SCALARS = [
    *KEYS, "95", "-1", "101", "1e999", "nan", "1.234,5", "1.234", "1,2,3", "1/3", "4/3", "1/0", "0/0", "a/b", "-1/2",
    "9" * 40, "true", "không", "met", "not_met", "unknown", "excused", "sex", "hamlet", "good", "tiny-2021-2025", "1.1",
    "2023-05-24", "24/05/2023", "0000", "²²²²", "٢٠٢٢", "2023-02-30", "measured", "reconstructed", "95%", "3 xã",
]  # fmt: skip
scalars = st.sampled_from(SCALARS) | st.text(max_size=12)
keys = st.sampled_from(KEYS) | st.text(max_size=6)
trees = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=4),
    max_leaves=25,
)
alphabet = st.sampled_from(
    [*":-?[]{},#&*!|>'\"%@`~<= \n\t", "a", "1", "ệ", "---", "...", "\r\n", "\x00", "\ufeff", "\x85", "  "]
)


@given(st.binary(max_size=400))
def test_bytes(content: bytes) -> None:
    _read(content)


@given(st.lists(alphabet, max_size=60).map("".join))
def test_text_that_looks_like_yaml(text: str) -> None:
    _read(text.encode())


@given(trees)
def test_trees(tree: object) -> None:
    _try_all(tree)


@given(trees)
def test_trees_written_as_yaml(tree: object) -> None:
    _read(yaml.safe_dump(tree, allow_unicode=True).encode())


@pytest.mark.long
@given(trees, trees)
def test_many_pairs_of_trees(first: object, second: object) -> None:
    _try_all([first, second])
    _try_all({"facts": first, "place": second})
    _try_all({"facts": [{"measure": "power", "value": first, "period": second}]})


@given(st.dictionaries(st.sampled_from(sorted(BOOK.measures)), trees, max_size=3), trees)
def test_figures(figures: dict, place: object) -> None:
    _facts({"facts": figures, "place": place})


@given(st.sampled_from(sorted(BOOK.measures)), st.text(max_size=30) | scalars)
def test_values_as_typed(code: str, typed: str) -> None:
    from viet.numbers import NumberProblem

    try:
        value = BOOK.measures[code].parse(typed)
    except NumberProblem as problem:
        assert str(problem).strip()
    else:
        assert BOOK.measures[code].problems_with(value) == []


SOUND = {
    "compare": {"measure": "power", "at_least": {"by_region": {"NORTH": "90"}, "otherwise": {"by_year": {"2022": "95"}}}},
    "share": {"of": "good_schools", "in": "schools", "above": "50"},
    "at_least_n": {"n": "1", "of": [{"is_true": {"measure": "plan"}}, {"compare": {"measure": "security", "equals": "good"}}]},
    "by_case": [
        {"when": {"region": ["NORTH"], "compare": {"measure": "villages", "above": "1"}}, "rule": {"is_true": {"measure": "plan"}}},
        {"otherwise": {"compare": {"measure": "insured", "at_least": "90", "per": "sex"}}},
    ],
    "children": {"level": "hamlet", "where": {"is_true": {"measure": "plan"}}, "at_least": {"percent": "50"}},
    "ruling": {"question": {"vi": "a", "en": "b"}},
}  # fmt: skip


@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_sound_law_with_one_part_changed(kind: str, data: st.DataObject) -> None:
    """Near misses find more than noise: what is read after all must judge, explain, freeze and thaw."""
    indicator = {
        "code": "1.1", "text": {"vi": "a", "en": "b"}, "provenance": {"threshold": "found"}, "sector": ["CT"],
        "excused_when": {"text": {"vi": "a", "en": "b"}, "provenance": "found", "rule": {"compare": {"measure": "villages", "equals": "0"}}},
        "rule": {kind: SOUND[kind]},
    }  # fmt: skip
    head = yaml.load(
        HEAD.format(id="x", status="law", in_force=IN_FORCE, criteria=1, indicators=1), yaml.BaseLoader
    )
    whole = [head, {"criterion": "1", "name": {"vi": "a", "en": "b"}, "indicators": [indicator]}]
    place = data.draw(st.integers(0, 1))
    whole[place] = _change(whole[place], data)
    nodes = [Node.from_plain(part, "changed.yaml") for part in whole]
    try:
        standard = read_standard(nodes[0], nodes[1:], WORDS, BOOK.instruments)
    except Bad as bad:
        assert str(bad)
        return
    explain(judge(standard, Facts(children=(Facts(),)), on=DAY))
    frozen = freeze(nodes[0], nodes[1:], standard, BOOK)
    assert replace(thaw(frozen, BOOK.standards)[0], digest="") == standard


def _change(part: object, data: st.DataObject) -> object:
    """`part` with something in it replaced, left out or renamed."""
    if isinstance(part, list) and part and data.draw(st.integers(0, 5)):
        place = data.draw(st.integers(0, len(part) - 1))
        return [_change(each, data) if n == place else each for n, each in enumerate(part)]
    if isinstance(part, dict) and part and data.draw(st.integers(0, 5)):
        key = data.draw(st.sampled_from(sorted(part)))
        rest = {other: value for other, value in part.items() if other != key}
        match data.draw(st.integers(0, 9)):
            case 0:
                return rest
            case 1:
                return {**rest, data.draw(keys): part[key]}
            case _:
                return {**part, key: _change(part[key], data)}
    return data.draw(trees)


def _read(content: bytes) -> None:
    try:
        tree = parse_tree(content, "random.yaml")
    except Bad as bad:
        assert all(problem.what and problem.why and problem.mend for problem in bad.problems)
    else:
        _try_all(tree.plain())


def _facts(plain: object) -> None:
    try:
        facts = read_facts(Node.from_plain(plain, "random.yaml"), BOOK.measures, day=DAY)
    except Bad as bad:
        assert str(bad)
        return
    explain(judge(BOOK.standard("tiny"), facts, on=date(2023, 1, 1)))


def _try_all(plain: object) -> None:
    node = Node.from_plain(plain, "random.yaml")
    _facts(plain)
    head = Node.from_plain(
        yaml.load(
            HEAD.format(id="x", status="law", in_force="{}", criteria=1, indicators=1), yaml.BaseLoader
        ),
        "h",
    )
    for read in (
        lambda: read_rule(node, WORDS),
        lambda: read_measures(node),
        lambda: read_cases(node, BOOK.measures, BOOK.standard("tiny")),
        lambda: read_standard(node, [], WORDS, BOOK.instruments),
        lambda: read_standard(head, [node], WORDS, BOOK.instruments),
    ):
        try:
            read()
        except Bad as bad:
            assert str(bad)
    assert Facts() == Facts()

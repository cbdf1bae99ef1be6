"""Exact numbers: fractions and decimals, compared without dividing or rounding; never float."""

import ast
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_law import DAY, tiny_book, tiny_finding

import rulebook
import viet
from rulebook import Fact, Facts, Period, Share, decode_value, encode_value, judge

SOURCES = [file for package in (rulebook, viet) for file in Path(package.__file__).parent.rglob("*.py")]
OPS = {
    "at_least": lambda a, b: a >= b,
    "at_most": lambda a, b: a <= b,
    "above": lambda a, b: a > b,
    "below": lambda a, b: a < b,
    "equals": lambda a, b: a == b,
}
whole = st.integers(0, 10**9)
hundredths = st.integers(0, 10_000)


def of_power(value, on=DAY) -> Facts:
    return Facts(facts=(Fact("power", value, Period.day(on)),))


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_float_anywhere_in_the_engine(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"line {node.lineno}"
        assert not (isinstance(node, ast.Name) and node.id == "float"), f"line {node.lineno}"
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _plain_numbers(node))


def _plain_numbers(node: ast.BinOp) -> bool:
    return isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant)


@given(part=whole, rest=whole, edge=hundredths, op=st.sampled_from(list(OPS)))
def test_a_share_is_compared_as_fractions_are(part: int, rest: int, edge: int, op: str) -> None:
    _share_agrees(part, part + rest, Fraction(edge, 100), op)


@pytest.mark.long
@given(
    part=st.integers(0, 10**18 - 1),
    over=st.integers(1, 10**18 - 1),
    edge=hundredths,
    op=st.sampled_from(list(OPS)),
)
def test_a_share_of_any_size_is_compared_as_fractions_are(part: int, over: int, edge: int, op: str) -> None:
    _share_agrees(min(part, over), max(part, over), Fraction(edge, 100), op)


def _share_agrees(part: int, total: int, edge: Fraction, op: str) -> None:
    book = _book(op, f"{Decimal(edge.numerator) / edge.denominator:f}")
    finding = judge(book.standard("tiny"), of_power(Share(part, total)), on=DAY).indicator("1.1")
    if total == 0:
        assert finding.verdict == "excused"
    else:
        assert (finding.verdict == "met") == OPS[op](Fraction(100 * part, total), edge)


_BOOKS: dict = {}


def _book(op: str, edge: str):
    if (op, edge) not in _BOOKS:
        _BOOKS[op, edge] = tiny_book(f"compare: {{measure: power, {op}: {edge}}}")
    return _BOOKS[op, edge]


@given(part=st.integers(1, 10**6), total=st.integers(1, 10**6))
def test_moving_one_household_across_the_edge_turns_the_verdict(part: int, total: int) -> None:
    """The gap told is enough, and one household less is not."""
    part, total = min(part, total), max(part, total)
    finding = judge(_book("at_least", "95").standard("tiny"), of_power(Share(part, total)), on=DAY)
    leaf = finding.indicator("1.1").children[0]
    if leaf.verdict == "met":
        return
    lacking = int(leaf.gap_text.vi.removeprefix("thiếu ").removesuffix(" hộ").replace(".", ""))
    assert Fraction(100 * (part + lacking), total) >= 95 > Fraction(100 * (part + lacking - 1), total)


@pytest.mark.parametrize(
    ("rule", "figure", "expected"),
    [
        ("compare: {measure: power, at_least: 33.33}", "power: 1/3", "met"),
        ("compare: {measure: power, at_least: 33.34}", "power: 1/3", "not_met"),
        ("compare: {measure: power, at_most: 33.33}", "power: 1/3", "not_met"),
        ("compare: {measure: power, equals: 33.33}", "power: 1/3", "not_met"),
        ("compare: {measure: power, at_least: 70}", "power: 699999999/1000000000", "not_met"),
        ("compare: {measure: power, at_least: 0.3}", "power: 0.3", "met"),
        ("compare: {measure: power, at_least: 0.1}", "power: 1/1000", "met"),
        ("compare: {measure: power, at_least: 95.00}", "power: 95.0", "met"),
    ],
)
def test_no_verdict_turns_on_a_rounding_error(rule: str, figure: str, expected: str) -> None:
    assert tiny_finding(tiny_book(rule), figure).verdict == expected


def test_rounding_is_for_display_only() -> None:
    leaf = (
        tiny_finding(tiny_book("compare: {measure: power, at_least: 70}"), "power: 699999/1000000")
        .indicator("1.1")
        .children[0]
    )
    assert "(70%)" in leaf.value_text.vi
    assert (leaf.value, leaf.verdict.value, leaf.gap_text.vi) == ("699999/1000000", "not_met", "thiếu 1 hộ")


VALUES = st.one_of(
    st.booleans(),
    st.sampled_from(["weak", "fair", "good"]),
    st.tuples(whole, whole).map(lambda pair: Share(min(pair), max(pair))),
    st.decimals(min_value=0, max_value=100, places=2),
)


@given(VALUES)
def test_a_value_written_down_is_read_back_to_equality(value) -> None:
    measures = tiny_book().measures
    code = "plan" if isinstance(value, bool) else "security" if isinstance(value, str) else "power"
    assert measures[code].problems_with(value) == []
    assert decode_value(encode_value(value), measures[code]) == value


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_any_decimal_gets_a_sentence_or_is_taken_never_a_traceback(value: Decimal) -> None:
    for measure in _MEASURES.values():
        for sentence in measure.problems_with(value):
            assert sentence.endswith(".") or ")" in sentence


_MEASURES = tiny_book().measures

"""Every deed that the source can write stands in the trail in words, and the trail keeps back what names people."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import chungtay
from chungtay.community.feedback.states import Move as FeedbackMove
from chungtay.ledger.kinds import Act
from chungtay.office import trail_words
from chungtay.works.states import TABLE

SOURCE = Path(chungtay.__file__).parent
DEED = re.compile(rf"({'|'.join(trail_words.PACKAGES)})\.[a-z_]+")
NOT_DEEDS = {"figures.receiving"}  # a module that is named as text
# Deeds put together from a word: the word as the source has it, and all it can be.
PUT_TOGETHER = {
    "f'community.{move}_feedback'": [f"community.{move}_feedback" for move in FeedbackMove],
    "f'ledger.{entry.act}'": [f"ledger.{act}" for act in Act],
    "f'works.{move.value}'": sorted({f"works.{each.move.value}" for each in TABLE}),
    "f'standards.{deed}'": [],  # a permission
}


def expressions() -> Iterator[ast.expr]:
    for file in SOURCE.rglob("*.py"):
        if "migrations" not in file.parts and file.name != "trail_words.py":
            yield from (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.expr))


@pytest.fixture(scope="module")
def written() -> tuple[set[str], set[str]]:
    """Deeds that stand in the source whole, and texts that are put together from the name of a package."""
    whole, parts = set[str](), set[str]()
    for node in expressions():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DEED.fullmatch(node.value):
            whole.add(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            package, dot, _rest = str(node.values[0].value).partition(".")
            if dot and package in trail_words.PACKAGES:
                parts.add(ast.unparse(node))
    return whole - NOT_DEEDS - {each for each in whole if each.endswith(".yaml")}, parts


def test_every_deed_in_the_source_has_words(written: tuple[set[str], set[str]]) -> None:
    whole, _parts = written
    assert len(whole) > 100
    deeds = whole | {deed for each in PUT_TOGETHER.values() for deed in each}
    assert [deed for deed in sorted(deeds) if trail_words.of(deed) == deed] == []


def test_no_deed_is_put_together_that_this_test_does_not_know(written: tuple[set[str], set[str]]) -> None:
    assert written[1] == set(PUT_TOGETHER)


def test_every_word_belongs_to_a_deed_that_can_be_written(written: tuple[set[str], set[str]]) -> None:
    deeds = written[0] | {deed for each in PUT_TOGETHER.values() for deed in each}
    assert set(trail_words.DEEDS) - deeds == set()


def test_deeds_are_chosen_by_package_in_words() -> None:
    found = trail_words.by_package(["works.start", "ledger.receive", "works.accept"])
    assert [(package, [deed for deed, _words in own]) for package, _name, own in found] == [
        ("ledger.", ["ledger.receive"]),
        ("works.", ["works.start", "works.accept"]),
    ]

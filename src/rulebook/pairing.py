"""Which indicator of one standard answers to which of another: by the measures they ask, never by number alone.

Numbers are used again with a new meaning from period to period; a measure keeps its meaning for ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from rulebook.rules import AllOf, AtLeast, ByCase, Children, Compare, Rule, ShareOf
from rulebook.standard import Criterion, Indicator, Standard


@dataclass(frozen=True)
class Mapped:
    """An indicator of the first standard and one of the second that ask the same measures."""

    before: str
    after: str
    measures: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} ({', '.join(self.measures)})"


def mapping(a: Standard, b: Standard) -> list[Mapped]:
    """Every two indicators that ask a measure in common, in legal order: what a trend chart may join."""
    asked = [(each.code, measures_asked(each.rule)) for each in b.indicators]
    found: list[Mapped] = []
    for each in a.indicators:
        own = measures_asked(each.rule)
        for code, others in asked:
            if shared := tuple(measure for measure in own if measure in others):
                found.append(Mapped(each.code, code, shared))
    return found


def measures_asked(rule: Rule) -> tuple[str, ...]:
    """The codes of the measures a rule judges: not its guards, nor what a share is counted in."""
    found: dict[str, None] = {}

    def visit(node: Rule) -> None:
        match node:
            case Compare():
                found[node.measure.code] = None
            case ShareOf():
                found[node.part.code] = None
            case AllOf() | AtLeast():
                for part in node.rules:
                    visit(part)
            case ByCase():
                for case in node.cases:
                    visit(case.rule)
            case Children():
                visit(node.where)

    visit(rule)
    return tuple(found)


Pairs = list[tuple[int, int]]


def pair_indicators(before: Sequence[Indicator], after: Sequence[Indicator]) -> Pairs:
    """Places of the indicators that are the same one: the most measures in common first, then the same number."""
    asked = [set(measures_asked(each.rule)) for each in before]
    others = [set(measures_asked(each.rule)) for each in after]
    ranked = sorted(
        (-Fraction(len(own & other), len(own | other)), before[i].code != after[j].code, i, j)
        for i, own in enumerate(asked)
        for j, other in enumerate(others)
        if own & other
    )
    pairs = _first_come((i, j) for _, _, i, j in ranked)
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    return sorted(
        pairs
        + _first_come(
            (i, j)
            for i, one in enumerate(before)
            for j, other in enumerate(after)
            if i not in taken[0] and j not in taken[1] and _same_words(one, other)
        )
    )


def pair_criteria(before: Sequence[Criterion], after: Sequence[Criterion]) -> Pairs:
    """Places of the criteria that are the same one: by number and name, else by name, else by number."""

    def rank(one: Criterion, other: Criterion) -> int | None:
        number, name = one.number == other.number, one.name.vi == other.name.vi
        return 0 if number and name else 1 if name else 2 if number else None

    ranked = [
        (found, i, j)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
        if (found := rank(one, other)) is not None
    ]
    return sorted(_first_come((i, j) for _, i, j in sorted(ranked)))


def _same_words(one: Indicator, other: Indicator) -> bool:
    """Where no measure tells: the same text, or one number and three fifths of the letters alike."""
    if one.text.vi == other.text.vi:
        return True
    if one.code != other.code:
        return False
    alike = SequenceMatcher(None, one.text.vi, other.text.vi, autojunk=False).get_matching_blocks()
    return 10 * sum(block.size for block in alike) >= 3 * (len(one.text.vi) + len(other.text.vi))


def _first_come(candidates: Iterable[tuple[int, int]]) -> Pairs:
    """The candidates in order, each place used once."""
    pairs: Pairs = []
    left: set[int] = set()
    right: set[int] = set()
    for i, j in candidates:
        if i not in left and j not in right:
            pairs.append((i, j))
            left.add(i)
            right.add(j)
    return pairs

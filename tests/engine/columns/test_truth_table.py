"""The tables over arrays are those of `rulebook.verdicts`, over every combination."""

from itertools import product

import numpy as np
import pytest

from rulebook import Verdict, verdicts
from rulebook.columns import CODE_OF, VERDICT_OF, table

MET, NOT_MET, UNKNOWN, EXCUSED = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.EXCUSED


def columns_of(groups: list[tuple[Verdict, ...]]) -> list[np.ndarray]:
    """One group a place: its first members in the first array, and so on."""
    return list(np.array([[CODE_OF[verdict] for verdict in group] for group in groups], np.uint8).T)


def words(codes: np.ndarray) -> list[Verdict]:
    return [VERDICT_OF[code] for code in codes]


def test_a_code_and_its_verdict_lead_to_each_other() -> None:
    assert [CODE_OF[verdict] for verdict in VERDICT_OF] == [0, 1, 2, 3]
    assert VERDICT_OF == (UNKNOWN, MET, NOT_MET, EXCUSED)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_all_of_and_at_least_over_every_group(size: int) -> None:
    groups = list(product(Verdict, repeat=size))
    columns = columns_of(groups)
    assert words(table.all_of(columns, len(groups))) == [verdicts.all_of(group) for group in groups]
    for n in range(size + 2):
        together = words(table.at_least(n, columns, len(groups)))
        assert together == [verdicts.at_least(n, group) for group in groups]


def test_an_empty_group_is_unknown() -> None:
    assert words(table.all_of([], 2)) == words(table.at_least(1, [], 2)) == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_agreed_over_every_group_and_every_choice_of_its_members(size: int) -> None:
    groups = list(product(product(Verdict, (True, False)), repeat=size))
    columns = columns_of([tuple(verdict for verdict, _ in group) for group in groups])
    counts = list(np.array([[counts for _, counts in group] for group in groups]).T)
    together = words(table.agreed(list(zip(counts, columns, strict=True)), len(groups)))
    assert together == [verdicts.agreed([v for v, counted in group if counted]) for group in groups]


def first_case(cases: tuple[tuple[Verdict, Verdict], ...]) -> Verdict:
    """(guard, verdict) by (guard, verdict), as law/README.md puts it."""
    open_: list[Verdict] = []
    for guard, verdict in cases:
        if guard.holds:
            return verdicts.agreed([*open_, verdict])
        if guard is UNKNOWN:
            open_.append(verdict)
    return verdicts.agreed(open_) if len(open_) > 1 else UNKNOWN


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_the_case_that_applies_over_every_guard_and_verdict(size: int) -> None:
    groups = list(product(product(Verdict, Verdict), repeat=size))
    guards = columns_of([tuple(guard for guard, _ in group) for group in groups])
    inside = columns_of([tuple(verdict for _, verdict in group) for group in groups])
    together = table.case_that_applies(list(zip(guards, inside, strict=True)), len(groups))
    assert words(together) == [first_case(group) for group in groups]


def test_an_excuse_over_every_pair() -> None:
    pairs = list(product(Verdict, Verdict))
    codes, why = columns_of(pairs)
    for (before, reason), after in zip(pairs, words(table.with_excuse(codes, why)), strict=True):
        if reason is MET:
            assert after is EXCUSED
        elif reason is UNKNOWN and before is NOT_MET:
            assert after is UNKNOWN
        else:
            assert after is before

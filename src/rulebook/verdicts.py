"""The four verdicts and the one truth table that combines them. Nothing else combines verdicts.

Unknown is never zero, never failed, never passed. Excused ("không áp dụng") counts as met and stays visible.
"""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    EXCUSED = "excused"

    @property
    def holds(self) -> bool:
        """Whether this counts as met in a group."""
        return self in (Verdict.MET, Verdict.EXCUSED)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Every member must hold. An empty group is unknown; one whose members are all excused is excused."""
    members = list(verdicts)
    if not members or Verdict.UNKNOWN in members:
        return Verdict.NOT_MET if Verdict.NOT_MET in members else Verdict.UNKNOWN
    if Verdict.NOT_MET in members:
        return Verdict.NOT_MET
    return Verdict.EXCUSED if set(members) == {Verdict.EXCUSED} else Verdict.MET


def at_least(n: int, verdicts: Iterable[Verdict]) -> Verdict:
    """At least `n` members must hold: met when met + excused ≥ n, not met when unknowns cannot help either."""
    members = list(verdicts)
    if not members:
        return Verdict.UNKNOWN
    if set(members) == {Verdict.EXCUSED}:
        return Verdict.EXCUSED
    holding = sum(member.holds for member in members)
    if holding >= n:
        return Verdict.MET
    if holding + members.count(Verdict.UNKNOWN) < n:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """At least one member must hold."""
    return at_least(1, verdicts)


def agreed(verdicts: Iterable[Verdict]) -> Verdict:
    """What is sure when it is not known which of several cases applies: their verdict if they all agree."""
    members = set(verdicts)
    return members.pop() if len(members) == 1 else Verdict.UNKNOWN

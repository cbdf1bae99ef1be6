"""Claims checked again: how many are drawn, and whether what was found agrees with what was claimed.

Read from `law/rechecks.yaml` by `rulebook.loading.rechecks`. Exact: whole numbers and fractions, never a float.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rulebook.democracy import Ground
from rulebook.measures import Kind, Measure, Share, Value, as_fraction


@dataclass(frozen=True)
class SizeRule:
    """How many claims are drawn. shares: (score above which, part of the claims), rising; unblemished: where nothing
    differed; untested: where nothing was checked yet. least, most: bounds in claims."""

    least: int
    most: int
    untested: Fraction
    unblemished: Fraction
    shares: tuple[tuple[Fraction, Fraction], ...]
    ground: Ground

    def share_after(self, checked: int, mismatched: int) -> Fraction:
        """The part of the claims to draw after the last score, mismatched of checked."""
        if not checked:
            return self.untested
        score = Fraction(mismatched, checked)
        return next((share for above, share in reversed(self.shares) if score > above), self.unblemished)

    def size(self, claims: int, checked: int, mismatched: int) -> int:
        """How many of so many claims are drawn: the part rounded up, within the bounds, never more than there are."""
        share = self.share_after(checked, mismatched)
        wanted = -(-claims * share.numerator // share.denominator)
        return min(claims, max(self.least, min(wanted, self.most)))


@dataclass(frozen=True)
class Rechecks:
    """All of law/rechecks.yaml. score_years: how far back checks count in a score. tolerances: by kind of measure, the
    most that may lie between claim and check, as a part of the check; 0 is exact."""

    size: SizeRule
    score_years: int
    score_ground: Ground
    tolerances: Mapping[Kind, Fraction]
    tolerances_ground: Ground

    def agrees(self, measure: Measure, claimed: Value, found: Value) -> bool:
        """Whether a claim stands beside what was found. A share of nothing agrees only with a share of nothing."""
        within = self.tolerances[measure.kind]
        if isinstance(claimed, (bool, str)) or isinstance(found, (bool, str)):
            return claimed == found
        if within == 0 and isinstance(claimed, Share) and isinstance(found, Share):
            return claimed == found
        said, seen = as_fraction(claimed), as_fraction(found)
        if said is None or seen is None:
            return said is seen
        return abs(said - seen) <= within * abs(seen)

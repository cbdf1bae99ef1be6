"""`withdraw`: whether a title falls under a case for withdrawal, from the measured criteria.

Exact, and honest about what is not known: every way the unknown criteria could turn out is tried. It applies when it
applies in all of them, does not when it does in none, and otherwise the criteria that decide it are named.
"""

from collections.abc import Iterable
from fractions import Fraction

from rulebook import reasons
from rulebook.findings import Finding
from rulebook.standard import Band, Standard, Withdrawal
from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict
from viet.numbers import format_number

WORDS = {
    Verdict.MET: Text("thuộc trường hợp thu hồi", "a case for withdrawal"),
    Verdict.NOT_MET: Text("không thuộc trường hợp thu hồi", "no case for withdrawal"),
    Verdict.UNKNOWN: Text("chưa xác định được", "not settled"),
}
"""What the verdict of a withdrawal means: “met” is bad news here."""

LABEL = Text("Thu hồi quyết định công nhận", "Withdrawal of the title")


def withdraw(standard: Standard, finding: Finding) -> Finding:
    """Whether the title of `standard` falls under a case for withdrawal, given the finding of `judge`.

    kind "withdrawal"; met: it does; `code` is the case that applies, or may. One child (kind "band") a case.
    """
    terms = standard.withdrawal
    if terms is None:
        return Finding(
            kind="withdrawal", label=LABEL, verdict=Verdict.UNKNOWN, reason=reasons.NO_WITHDRAWAL_TERMS
        )
    if [each.code for each in finding.criteria] != [each.number for each in standard.criteria]:
        raise ValueError(f"not a finding of {standard.id}: its criteria are others")
    counted = _Counted(terms, finding.criteria)
    bands = tuple(
        Finding(
            kind="band",
            code=band.code,
            label=band_text(band),
            verdict=counted.verdict([band]),
            clause=terms.clause,
            provenance=terms.provenance.threshold,
        )
        for band in terms.bands
    )
    verdict = counted.verdict(terms.bands)
    named = [band for band in bands if band.verdict is Verdict.MET] or [
        band for band in bands if band.verdict is Verdict.UNKNOWN
    ]
    return Finding(
        kind="withdrawal",
        code=", ".join(band.code for band in named),
        label=LABEL,
        verdict=verdict,
        clause=terms.clause,
        provenance=terms.provenance.threshold,
        note=terms.provenance.note,
        value=f"{len(counted.failing)}/{counted.total}" if counted.total else "",
        value_text=counted.words(),
        threshold_text=Text(
            "; hoặc ".join(band.label.vi for band in named), "; or ".join(band.label.en for band in named)
        ),
        reason=counted.to_settle() if verdict is Verdict.UNKNOWN else EMPTY,
        children=bands,
    )


def band_text(band: Band) -> Text:
    """ "từ 30% đến dưới 50% số tiêu chí chưa đạt, trong đó có ít nhất 1 tiêu chí trọng yếu"."""
    start = format_number(band.start)
    vi, en = f"từ {start}%", f"from {start}%"
    if band.below is None:
        vi, en = f"{vi} trở lên", f"{start}% or more"
    else:
        vi, en = f"{vi} đến dưới {format_number(band.below)}%", f"{en} to below {format_number(band.below)}%"
    vi, en = f"{vi} số tiêu chí chưa đạt", f"{en} of the criteria not met"
    if band.key:
        vi += f", trong đó có ít nhất {band.key} tiêu chí trọng yếu"
        en += f", at least {band.key} key {'criteria' if band.key > 1 else 'criterion'} among them"
    return Text(vi, en)


class _Counted:
    """The criteria of one finding by verdict. Excused counts as met."""

    def __init__(self, terms: Withdrawal, criteria: list[Finding]) -> None:
        self.total = len(criteria)
        self.failing = [each.code for each in criteria if each.verdict is Verdict.NOT_MET]
        self.open = [each.code for each in criteria if each.verdict is Verdict.UNKNOWN]
        self.failing_keys = [code for code in self.failing if code in terms.key_criteria]
        self.open_keys = [code for code in self.open if code in terms.key_criteria]
        self.terms = terms

    def verdict(self, bands: Iterable[Band]) -> Verdict:
        outcomes = set(self._outcomes(tuple(bands)).values())
        if not self.total or len(outcomes) > 1:
            return Verdict.UNKNOWN
        return Verdict.MET if outcomes == {True} else Verdict.NOT_MET

    def _outcomes(self, bands: tuple[Band, ...]) -> dict[tuple[int, int], bool]:
        """Whether a band applies when so many unknown key criteria and so many unknown others turn out not met."""
        others = len(self.open) - len(self.open_keys)
        return {
            (keys, rest): any(self._applies(band, keys, rest) for band in bands)
            for keys in range(len(self.open_keys) + 1)
            for rest in range(others + 1)
        }

    def _applies(self, band: Band, keys: int, rest: int) -> bool:
        times_100 = 100 * (len(self.failing) + keys + rest)  # shares are cross-multiplied, never divided
        if times_100 < Fraction(band.start) * self.total:
            return False
        if band.below is not None and times_100 >= Fraction(band.below) * self.total:
            return False
        return len(self.failing_keys) + keys >= band.key

    def deciding(self) -> list[str]:
        """The unknown criteria that can still turn the outcome, in legal order."""
        outcomes = self._outcomes(self.terms.bands)
        keys = any(outcomes.get((k + 1, r), told) is not told for (k, r), told in outcomes.items())
        rest = any(outcomes.get((k, r + 1), told) is not told for (k, r), told in outcomes.items())
        return [code for code in self.open if (keys if code in self.open_keys else rest)]

    def words(self) -> Text:
        """ "6/19 tiêu chí chưa đạt (31,58%), trong đó tiêu chí trọng yếu: 17; 2 tiêu chí chưa biết"."""
        if not self.total:
            return EMPTY
        share = self._share(len(self.failing))
        vi = f"{len(self.failing)}/{self.total} tiêu chí chưa đạt ({share})"
        en = f"{len(self.failing)}/{self.total} criteria not met ({share})"
        if self.failing_keys:
            vi += f", trong đó tiêu chí trọng yếu: {', '.join(self.failing_keys)}"
            en += f", key criteria among them: {', '.join(self.failing_keys)}"
        if self.open:
            vi += f"; {len(self.open)} tiêu chí chưa biết"
            en += f"; {len(self.open)} unknown"
        return Text(vi, en)

    def to_settle(self) -> Text:
        if not self.total:
            return reasons.EMPTY_STANDARD
        low, high = self._share(len(self.failing)), self._share(len(self.failing) + len(self.open))
        codes = ", ".join(self.deciding())
        return Text(
            f"Tỷ lệ tiêu chí chưa đạt có thể từ {low} đến {high}. Cần làm rõ tiêu chí: {codes}.",
            f"Between {low} and {high} of the criteria may be unmet. To be settled: criteria {codes}.",
        )

    def _share(self, failing: int) -> str:
        return f"{format_number(Fraction(100 * failing, self.total), 2)}%"

"""Counting a meeting: whether enough households came, whether a matter passed, and the sentence that says why.

The denominator is all households in scope, never those present. Whole numbers are compared; nothing is divided.
What is not known gives unknown, never a pass or a failure.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rulebook.democracy import Bar, Democracy, Ground, Way
from rulebook.texts import Text
from rulebook.verdicts import Verdict
from viet.numbers import format_number


@dataclass(frozen=True)
class Tally:
    """What a count comes to. numerator, denominator: households; None when not known."""

    verdict: Verdict
    numerator: int | None
    denominator: int | None
    bar: Bar
    sentence: Text

    def to_plain(self) -> dict[str, Any]:
        """As JSON, to be frozen with the decision; `thaw` reads it back."""
        ground = self.bar.ground
        return {
            "verdict": self.verdict.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "share": str(self.bar.share),
            "strict": self.bar.strict,
            "clause": {"vi": ground.clause.vi, "en": ground.clause.en},
            "provenance": ground.provenance,
            "note": {"vi": ground.note.vi, "en": ground.note.en},
            "sentence": {"vi": self.sentence.vi, "en": self.sentence.en},
            **({"sources": list(ground.sources)} if ground.sources else {}),
        }


def thaw(plain: dict[str, Any]) -> Tally:
    """A tally from its JSON, to equality."""
    clause, note, sentence = (
        Text(plain[key]["vi"], plain[key]["en"]) for key in ("clause", "note", "sentence")
    )
    ground = Ground(clause, plain["provenance"], note, tuple(plain.get("sources", ())))
    bar = Bar(Fraction(plain["share"]), plain["strict"], ground)
    return Tally(Verdict(plain["verdict"]), plain["numerator"], plain["denominator"], bar, sentence)


def quorum(law: Democracy, *, present: int | None, households: int | None) -> Tally:
    """Whether the households represented make the meeting quorate."""
    came = _share_words(present, households)
    if came is None:
        sentence = _not_known(present, households, "số hộ có đại diện dự họp", "how many households came")
    else:
        sentence = _sentence(
            law.quorum, households or 0, f"{came} có đại diện dự họp", f"{came} were represented"
        )
    return counted(law.quorum, present, households, sentence)


def decide(
    law: Democracy,
    matter: str,
    *,
    in_favour: int | None,
    households: int | None,
    way: Way = Way.MEETING,
    present: int | None = None,
) -> Tally:
    """Whether a matter passed. At a meeting that is not quorate, or not known to be, nothing is decided: unknown."""
    bar = law.matters[matter].bar
    if way is Way.MEETING:
        came = quorum(law, present=present, households=households)
        if came.verdict is not Verdict.MET:
            return Tally(Verdict.UNKNOWN, in_favour, households, bar, _undecided(came))
    share = _share_words(in_favour, households)
    if share is None:
        sentence = _not_known(in_favour, households, "số hộ đồng ý", "how many households agreed")
    else:
        sentence = _sentence(bar, households or 0, f"{share} đồng ý", f"{share} agreed")
    return counted(bar, in_favour, households, sentence)


def counted(bar: Bar, numerator: int | None, denominator: int | None, sentence: Text) -> Tally:
    """The verdict of a count over its denominator, whatever is counted; unknown where either is not known."""
    if numerator is None or not denominator:
        return Tally(Verdict.UNKNOWN, numerator, denominator, bar, sentence)
    verdict = Verdict.MET if numerator >= bar.least(denominator) else Verdict.NOT_MET
    return Tally(verdict, numerator, denominator, bar, sentence)


def _share_words(numerator: int | None, denominator: int | None) -> str | None:
    """ "98/143 hộ (68,53%)"; None when it is not known."""
    if numerator is None or not denominator:
        return None
    return f"{numerator}/{denominator} hộ ({format_number(Fraction(100 * numerator, denominator), 2)}%)"


def _sentence(bar: Bar, households: int, vi: str, en: str) -> Text:
    least = bar.least(households)
    en = en.replace(" hộ (", " households (")
    return Text(
        f"{vi}; cần {bar.words.vi}, tức từ {least} hộ ({bar.ground.clause.vi}).",
        f"{en}; {bar.words.en} needed, that is {least} or more ({bar.ground.clause.en}).",
    )


def _not_known(numerator: int | None, households: int | None, vi: str, en: str) -> Text:
    if not households:
        return Text(
            "Chưa biết tổng số hộ trong phạm vi họp nên chưa kết luận được. Hãy ghi tổng số hộ.",
            "The number of all households in scope is not known, so nothing can be concluded. Record it.",
        )
    return Text(
        f"Chưa ghi {vi} nên chưa kết luận được.", f"It is not recorded {en}, so nothing can be concluded."
    )


def _undecided(came: Tally) -> Text:
    if came.verdict is Verdict.UNKNOWN:
        return came.sentence
    return Text(
        f"Cuộc họp không đủ số hộ nên chưa quyết định được: {came.sentence.vi} Hãy phát phiếu lấy ý kiến từng hộ.",
        f"Too few households came, so nothing was decided: {came.sentence.en} Give out household ballots.",
    )

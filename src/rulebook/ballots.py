"""Counting what a procedure asks to be counted: ballots of a meeting, a satisfaction survey, a public notice.

Shares are compared by `tally`: whole numbers, each over the denominator that its pass mark names. Counts that
contradict each other, a count that was not told and a mark the law leaves unknown all give unknown, with a sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from rulebook.procedure import Basically, Notice, PassMark, Survey, Vote, Whole, cited
from rulebook.tally import Tally, counted
from rulebook.texts import Text
from rulebook.verdicts import Verdict, all_of
from viet.numbers import format_number

Counts = Mapping[str, int]
"""members, present, issued, returned, valid, for, basically, against; households, answered; broadcasts."""

OVERALL = "overall"
"""The code of the answers to all questions together."""

NAMES = {
    **{each.value: each.word for each in Whole},
    "for": Text("số phiếu đồng ý", "ballots in favour"),
    "basically": Text("số phiếu “cơ bản đạt”", "ballots for “basically met”"),
    "against": Text("số phiếu không đồng ý", "ballots against"),
    "broadcasts": Text("số lần phát thanh", "broadcasts"),
    "participants": Text("số hộ tham gia", "households taking part"),
}


@dataclass(frozen=True)
class Outcome:
    """What one pass mark makes of a count. law_known: false where the mark itself is not known; then no tally."""

    code: str
    verdict: Verdict
    sentence: Text
    law_known: bool = True
    tally: Tally | None = None

    def to_plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "code": self.code,
            "verdict": self.verdict.value,
            "sentence": {"vi": self.sentence.vi, "en": self.sentence.en},
            "law_known": self.law_known,
            "tally": self.tally.to_plain() if self.tally else None,
        }


def verdict_of(outcomes: Iterable[Outcome]) -> Verdict:
    """All of them must be met."""
    return all_of(each.verdict for each in outcomes)


def contradictions(counts: Counts) -> tuple[Text, ...]:
    """Sentences for counts that cannot be: more ballots returned than issued, more in favour than valid."""
    found = [
        Text(
            f"{NAMES[code].vi.capitalize()} là số âm ({counts[code]}).",
            f"{NAMES[code].en} is below zero ({counts[code]}).",
        )
        for code in counts
        if code in NAMES and counts[code] < 0
    ]
    asked = "issued" if "issued" in counts else "present"  # who is absent may be sent a ballot
    given = [code for code in ("members", asked, "returned", "valid") if code in counts]
    for wide, narrow in pairwise(given):
        found += _more(NAMES[narrow], counts[narrow], NAMES[wide], counts[wide])
    if "members" in counts and "present" in counts and asked == "issued":
        found += _more(NAMES["present"], counts["present"], NAMES["members"], counts["members"])
    votes = [code for code in ("for", "basically", "against") if code in counts]
    if votes and given:
        name = Text("số phiếu đã chia theo ý kiến", "ballots by opinion")
        found += _more(name, sum(counts[code] for code in votes), NAMES[given[-1]], counts[given[-1]])
    return tuple(found)


def _more(narrow: Text, many: int, wide: Text, limit: int) -> list[Text]:
    if many <= limit:
        return []
    return [
        Text(
            f"{narrow.vi.capitalize()} ({many}) nhiều hơn {wide.vi} ({limit}). Hãy xem lại biên bản kiểm phiếu.",
            f"{narrow.en.capitalize()} ({many}) are more than {wide.en} ({limit}). Check the minutes of the count.",
        )
    ]


def count_mark(
    code: str, mark: PassMark, numerator: int | None, whole: int | None, counting: Text
) -> Outcome:
    """A count over the denominator of its mark. counting: what the numerator is, for the sentence."""
    bar = mark.bar
    if bar is None:
        return Outcome(
            code,
            Verdict.UNKNOWN,
            Text(
                f"Chưa biết mức phải đạt ({cited(mark.ground).vi}) nên chưa kết luận được.",
                f"What must be reached is not known ({cited(mark.ground).en}), so nothing can be concluded.",
            ),
            law_known=False,
        )
    if numerator is None or not whole:
        missing = counting if numerator is None else mark.of.word
        sentence = Text(
            f"Chưa ghi {missing.vi} nên chưa kết luận được; cần {mark.words.vi} ({cited(mark.ground).vi}).",
            f"Not recorded: {missing.en}; {mark.words.en} needed ({cited(mark.ground).en}).",
        )
    else:
        share = format_number(Fraction(100 * numerator, whole), 2)
        least = format_number(bar.least(whole))
        tally = f"{format_number(numerator)}/{format_number(whole)} ({share}%)"
        sentence = Text(
            f"{tally} {counting.vi}, tính trên {mark.of.word.vi}; cần {mark.words.vi}, "
            f"tức từ {least} ({cited(mark.ground).vi}).",
            f"{tally} {counting.en}, over {mark.of.word.en}; {mark.words.en} needed, "
            f"that is {least} or more ({cited(mark.ground).en}).",
        )
    told = counted(bar, numerator, whole, sentence)
    return Outcome(code, told.verdict, sentence, tally=told)


def count_vote(vote: Vote, counts: Counts) -> tuple[Outcome, ...]:
    """The quorum, where one is known, and the vote."""
    wrong = contradictions(counts)
    if wrong:
        return (Outcome(vote.code, Verdict.UNKNOWN, wrong[0]),)
    outcomes = []
    if vote.quorum is not None:
        came = Text("người dự họp", "attending")
        outcomes.append(
            count_mark("quorum", vote.quorum, counts.get("present"), counts.get(vote.quorum.of), came)
        )
    agreeing = Text("đồng ý", "in favour")
    whole, plain, basically = counts.get(vote.passes.of), counts.get("for"), counts.get("basically", 0)
    strict = count_mark(vote.code, vote.passes, plain, whole, agreeing)
    if not basically or plain is None or vote.basically is Basically.NOT_COUNTED:
        return (*outcomes, strict)
    wide = count_mark(vote.code, vote.passes, plain + basically, whole, agreeing)
    if vote.basically is Basically.COUNTED or strict.verdict is wide.verdict:
        return (*outcomes, wide if vote.basically is Basically.COUNTED else strict)
    sentence = Text(
        f"{basically} phiếu “cơ bản đạt”: chưa biết có tính là đồng ý hay không, mà kết quả phụ thuộc vào đó. "
        f"{strict.sentence.vi}",
        f"{basically} ballots say “basically met”: whether they count is not known, and it decides. "
        f"{strict.sentence.en}",
    )
    return (*outcomes, Outcome(vote.code, Verdict.UNKNOWN, sentence, law_known=False))


def count_survey(
    survey: Survey,
    standard: str,
    *,
    households: int | None,
    participants: int | None,
    answers: Mapping[str, tuple[int | None, int | None]],
) -> tuple[Outcome, ...]:
    """Taking part, satisfaction over all answers, and each question. answers: (satisfied, answered) by question;
    OVERALL is all answers together, summed from the questions where it is not given."""
    took = Text("hộ tham gia", "households took part")
    outcomes = [count_mark("floor", survey.floor, participants, households, took)]
    if households is not None and participants is not None and participants > households:
        wrong = _more(NAMES["participants"], participants, NAMES["households"], households)[0]
        return (Outcome("floor", Verdict.UNKNOWN, wrong),)
    marks = survey.of(standard)
    if marks is None:
        none = Text("Chưa biết mức hài lòng của danh hiệu này.", "The marks for this title are not known.")
        return (*outcomes, Outcome(OVERALL, Verdict.UNKNOWN, none, law_known=False))
    asked = {code: each for code, each in answers.items() if code != OVERALL}
    overall = answers.get(OVERALL) or (
        _sum(each[0] for each in asked.values()),
        _sum(each[1] for each in asked.values()),
    )
    said = Text("hài lòng", "satisfied")
    for code, (satisfied, answered) in {OVERALL: overall, **asked}.items():
        mark = marks.overall if code == OVERALL else marks.own.get(code, marks.each)
        if satisfied is not None and answered is not None and satisfied > answered:
            wrong = _more(
                Text("số ý kiến hài lòng", "satisfied answers"), satisfied, NAMES["answered"], answered
            )[0]
            outcomes.append(Outcome(code, Verdict.UNKNOWN, wrong))
        else:
            outcomes.append(count_mark(code, mark, satisfied, answered, said))
    if not asked and marks.each.bar is not None:
        silent = Text(
            f"Chưa ghi kết quả từng câu hỏi; mỗi câu cần {marks.each.words.vi} ({cited(marks.each.ground).vi}).",
            f"No question is recorded; each needs {marks.each.words.en} ({cited(marks.each.ground).en}).",
        )
        outcomes.append(Outcome("each", Verdict.UNKNOWN, silent))
    return tuple(outcomes)


def _sum(numbers: Iterable[int | None]) -> int | None:
    """None where one is not known, or where there is none."""
    told = list(numbers)
    return None if not told or None in told else sum(each for each in told if each is not None)


def count_notice(
    notice: Notice, *, began: date | None, ended: date | None, broadcasts: int | None
) -> tuple[Outcome, ...]:
    """Whether something stood before the public long enough and was broadcast often enough; the first day does not
    count."""
    ground = cited(notice.ground)
    stood = (ended - began).days if began and ended else None
    told = (
        ("days", notice.days, stood, Text("ngày công khai", "days of notice")),
        ("broadcasts", notice.broadcasts, broadcasts, Text("lần phát thanh", "broadcasts")),
    )
    outcomes = []
    for code, least, many, name in told:
        if least is None:
            sentence = Text(
                f"Chưa biết phải có bao nhiêu {name.vi} ({ground.vi}).",
                f"How many {name.en} is not known ({ground.en}).",
            )
            outcomes.append(Outcome(code, Verdict.UNKNOWN, sentence, law_known=False))
        elif many is None:
            sentence = Text(
                f"Chưa ghi số {name.vi}; cần ít nhất {least} ({ground.vi}).",
                f"Not recorded: {name.en}; at least {least} needed ({ground.en}).",
            )
            outcomes.append(Outcome(code, Verdict.UNKNOWN, sentence))
        else:
            sentence = Text(
                f"{many} {name.vi}; cần ít nhất {least} ({ground.vi}).",
                f"{many} {name.en}; at least {least} needed ({ground.en}).",
            )
            outcomes.append(Outcome(code, Verdict.MET if many >= least else Verdict.NOT_MET, sentence))
    return tuple(outcomes)

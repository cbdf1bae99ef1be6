"""Tables and sentences that several papers share. A share is told with both of its numbers, never alone."""

from collections.abc import Iterable
from fractions import Fraction

from chungtay.recognition.papers.facts import NO_FIGURE, CriterionLine, Facts, MeetingFacts
from paper import Align, Block, Column, Paragraph, Run, Table
from rulebook import Verdict
from rulebook.printing import STATED_WORDS, WORDS
from viet.numbers import format_number

BASICALLY = "basically_met"


def opened(words: str) -> str:
    """The words as they open a sentence."""
    return words[:1].upper() + words[1:]


def verdict_word(verdict: str) -> str:
    """ "Đạt", "Cơ bản đạt", "Chưa đạt"; what is not known says that there are no figures."""
    if verdict == Verdict.UNKNOWN:
        return NO_FIGURE.capitalize()
    word = STATED_WORDS[verdict] if verdict == BASICALLY else WORDS[verdict]
    return word.vi.capitalize()


def outcome_word(verdict: Verdict, met: str = "đạt") -> str:
    """What was concluded: "đạt", "không đạt", "chưa kết luận được"."""
    match verdict:
        case Verdict.MET | Verdict.EXCUSED:
            return met
        case Verdict.NOT_MET:
            return f"không {met}"
        case Verdict.UNKNOWN:
            return "chưa kết luận được"


def share_words(part: int | None, whole: int | None) -> str:
    """ "98,5%"; NO_FIGURE where one of the two is not known or there is nothing to share."""
    if part is None or not whole:
        return NO_FIGURE
    return f"{format_number(Fraction(100 * part, whole), 2)}%"


def count_words(count: int | None, of: str = "") -> str:
    return NO_FIGURE if count is None else " ".join(part for part in (format_number(count), of) if part)


def digest_words(digest: str) -> str:
    """A digest in lines of sixteen letters."""
    return "\n".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def criteria_table(lines: Iterable[CriterionLine], caption: str) -> Table:
    """By criterion: what is asked, what the figures say, and what the applicant says, side by side and apart."""
    return Table(
        (
            Column("TT", 0.55, Align.CENTRE),
            Column("Tiêu chí, chỉ tiêu", 2.7),
            Column("Yêu cầu", 2),
            Column("Kết quả", 1.9),
            Column("Theo số liệu", 1.15, Align.CENTRE, "Kết luận"),
            Column("Tự đánh giá", 1.15, Align.CENTRE, "Kết luận"),
            Column("Minh chứng", 0.9, Align.CENTRE),
        ),
        tuple(
            (
                line.number,
                f"{line.name} ({line.note})" if line.note else line.name,
                line.asked,
                line.result or NO_FIGURE,
                verdict_word(line.verdict),
                verdict_word(line.stated) if line.stated else "Chưa tự đánh giá",
                "" if line.proofs is None else line.proofs,
            )
            for line in lines
        ),
        caption=caption,
        name="Biểu chi tiết",
        size_pt=10.5,
    )


def criteria_summary(facts: Facts) -> list[Block]:
    """How many criteria are met by the figures, and beside it by the applicant's own word."""
    whole = [line for line in facts.criteria if line.depth == 0]
    if not whole:
        return [Paragraph(f"Kết quả theo từng tiêu chí: {NO_FIGURE}.")]
    by = {verdict: sum(line.verdict is verdict for line in whole) for verdict in Verdict}
    parts = [f"đạt {by[Verdict.MET]}/{len(whole)} tiêu chí"]
    for verdict, words in (
        (Verdict.EXCUSED, "không áp dụng"),
        (Verdict.NOT_MET, "chưa đạt"),
        (Verdict.UNKNOWN, NO_FIGURE),
    ):
        if by[verdict]:
            parts.append(f"{words} {by[verdict]} tiêu chí")
    said = sum(line.stated == Verdict.MET for line in whole)
    basically = sum(line.stated == BASICALLY for line in whole)
    silent = sum(not line.stated for line in whole)
    stated = [f"đạt {said}/{len(whole)} tiêu chí"]
    if basically:
        stated.append(f"cơ bản đạt {basically} tiêu chí")
    if silent:
        stated.append(f"chưa tự đánh giá {silent} tiêu chí")
    return [
        Paragraph((Run("Theo số liệu: ", bold=True), Run("; ".join(parts) + "."))),
        Paragraph((Run("Theo tự đánh giá: ", bold=True), Run("; ".join(stated) + "."))),
    ]


def vote_table(meeting: MeetingFacts) -> Table:
    """The votes over all and over those present, each count with both shares."""
    counts = meeting.counts
    members, present = counts.get("members"), counts.get("present")

    def row(code: str, words: str, *, of_all: bool = True, of_present: bool = True) -> tuple[str, ...]:
        count = counts.get(code)
        return (
            words,
            count_words(count),
            share_words(count, members) if of_all else "",
            share_words(count, present) if of_present else "",
        )

    rows = [
        row("members", f"Tổng số {meeting.whole}", of_all=False, of_present=False),
        row("present", f"Số {meeting.whole} có mặt", of_present=False),
        row("for", "Đồng ý"),
        *([row("basically", "“Cơ bản đạt”")] if "basically" in counts else []),
        row("against", "Không đồng ý"),
    ]
    return Table(
        (
            Column("Nội dung", 3),
            Column("Số lượng", 1.3, Align.CENTRE),
            Column(f"Trên tổng số {meeting.whole}", 1.6, Align.CENTRE, "Tỷ lệ"),
            Column("Trên số có mặt", 1.6, Align.CENTRE, "Tỷ lệ"),
        ),
        tuple(rows),
    )


def gate_table(facts: Facts) -> Table:
    return Table(
        (
            Column("TT", 0.4, Align.CENTRE),
            Column("Điều kiện", 2.4),
            Column("Kết quả", 1.1, Align.CENTRE),
            Column("Căn cứ", 2.6),
        ),
        tuple(
            (at, gate.name, verdict_word(gate.verdict), gate.words) for at, gate in enumerate(facts.gates, 1)
        ),
        size_pt=12,
    )

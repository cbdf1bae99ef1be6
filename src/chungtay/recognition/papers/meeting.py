"""Minutes of meetings and of counts. Every count stands over all members or households and over those present."""

from dataclasses import replace

from chungtay.recognition.papers.facts import Facts, MeetingFacts
from chungtay.recognition.papers.offices import Office, confirmation, letterhead, office_of
from chungtay.recognition.papers.tables import count_words, outcome_word, share_words, vote_table
from paper import (
    Align,
    Blank,
    Block,
    Bullets,
    Column,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Signatures,
    Signer,
    Table,
)
from rulebook.procedure import Component, Verb
from viet.dates import long_day

_MINUTES = "Biên bản"


def minutes(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Biên bản họp; where ballots were cast, biên bản kiểm phiếu beside it."""
    told = facts.meetings.get(component.step) or _unwritten(facts, component)
    office = office_of(component.producer, facts)
    papers = [
        Document(
            letterhead=_head(facts, component, told, office),
            kind=_MINUTES,
            subject=f"{told.name} về việc đề nghị công nhận {facts.names.place.full} {facts.achieving} "
            f"năm {facts.year}",
            blocks=(
                *_opening(told),
                Heading("I. THÀNH PHẦN"),
                *_attended(told),
                Heading("II. NỘI DUNG"),
                *([Bullets(told.matters, numbered=True)] if told.matters else []),
                Paragraph(told.course) if told.course else Blank(6),
                Heading("III. KẾT QUẢ BIỂU QUYẾT"),
                vote_table(told),
                *(Paragraph(sentence) for sentence in told.sentences),
                Paragraph(f"Kết luận: {outcome_word(told.verdict, 'thông qua')}."),
                Paragraph(
                    "Biên bản được đọc cho những người dự họp cùng nghe, thống nhất và ký tên dưới đây."
                ),
                *_signed(facts, office, told),
                *([Note(f"Biên bản đã chốt. Dấu số: {told.digest}.")] if told.digest else []),
            ),
            marks=facts.marks,
            foot=facts.foot,
        )
    ]
    if _by_ballot(facts, component, told):
        papers.append(_count(facts, component, told, office))
    return tuple(papers)


def _head(facts: Facts, component: Component, told: MeetingFacts, office: Office) -> Letterhead:
    """Minutes bear the day of the meeting."""
    head = letterhead(office, _MINUTES, facts, component.code)
    return replace(head, day=head.day or told.on)


def _by_ballot(facts: Facts, component: Component, told: MeetingFacts) -> bool:
    ballots = {"issued", "returned", "valid"} & set(told.counts)
    return bool(ballots) or facts.procedure.steps[component.step].verb is Verb.DELIBERATE


def _count(facts: Facts, component: Component, told: MeetingFacts, office: Office) -> Document:
    """Biên bản kiểm phiếu."""
    counts = told.counts
    members, present = counts.get("members"), counts.get("present")
    returned, valid = counts.get("returned"), counts.get("valid")
    spoiled = None if returned is None or valid is None else returned - valid

    def row(words: str, count: int | None) -> tuple[str, ...]:
        return words, count_words(count, "phiếu"), share_words(count, members), share_words(count, present)

    return Document(
        letterhead=_head(facts, component, told, office),
        kind="Biên bản kiểm phiếu",
        subject=f"Xét công nhận {facts.names.place.full} {facts.achieving} năm {facts.year}",
        blocks=(
            *_opening(told),
            Fields(
                (
                    (f"Tổng số {told.whole}", count_words(members)),
                    (f"Số {told.whole} có mặt", count_words(present)),
                    ("Ban kiểm phiếu", ", ".join(told.tellers)),
                )
            ),
            Table(
                (
                    Column("Nội dung", 2.6),
                    Column("Số phiếu", 1.3, Align.CENTRE),
                    Column(f"Trên tổng số {told.whole}", 1.6, Align.CENTRE, "Tỷ lệ"),
                    Column("Trên số có mặt", 1.6, Align.CENTRE, "Tỷ lệ"),
                ),
                (
                    row("Số phiếu phát ra", counts.get("issued")),
                    row("Số phiếu thu về", returned),
                    row("Số phiếu hợp lệ", valid),
                    row("Số phiếu không hợp lệ", spoiled),
                    row("Đồng ý", counts.get("for")),
                    *([row("“Cơ bản đạt”", counts["basically"])] if "basically" in counts else []),
                    row("Không đồng ý", counts.get("against")),
                ),
            ),
            *(Paragraph(sentence) for sentence in told.sentences),
            Paragraph(f"Kết luận: {outcome_word(told.verdict)}."),
            Signatures(
                (
                    Signer("Trưởng ban kiểm phiếu", told.tellers[0] if told.tellers else ""),
                    Signer(_chair(office), told.chair),
                )
            ),
        ),
        marks=facts.marks,
        foot=facts.foot,
    )


def _unwritten(facts: Facts, component: Component) -> MeetingFacts:
    """A meeting nobody has recorded yet: minutes to be written by hand."""
    step = facts.procedure.steps[component.step]
    return MeetingFacts(step.name.vi, _whole(facts, component))


def _whole(facts: Facts, component: Component) -> str:
    vote = facts.procedure.votes.get(facts.procedure.steps[component.step].vote)
    return "hộ" if vote and vote.passes.of.value == "households" else "thành viên"


def _opening(told: MeetingFacts) -> tuple[Block, ...]:
    when = ", ".join(part for part in (told.starts, long_day(told.on) if told.on else "") if part)
    return (
        Fields(
            (
                ("Thời gian", when),
                ("Địa điểm", told.venue),
                ("Chủ trì", told.chair),
                ("Thư ký", told.clerk),
            )
        ),
    )


def _attended(told: MeetingFacts) -> tuple[Block, ...]:
    counts = told.counts
    members, present = counts.get("members"), counts.get("present")
    share = share_words(present, members)
    said = f"Có mặt {count_words(present)} trên tổng số {count_words(members, told.whole)} ({share})."
    return (Paragraph(said), *([Bullets(told.attended)] if told.attended else []))


def _chair(office: Office) -> str:
    return office.head if office.body == "Hội đồng" else "Chủ trì"


def _signed(facts: Facts, office: Office, told: MeetingFacts) -> tuple[Block, ...]:
    """Clerk and chair; under what a hamlet writes, the commune's confirmation."""
    both = Signatures((Signer("Thư ký", told.clerk), Signer(_chair(office), told.chair)))
    if office.short:
        return (both,)
    return (both, Signatures((confirmation(facts),)))

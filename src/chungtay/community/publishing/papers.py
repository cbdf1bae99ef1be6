"""The record of posting as a paper: what was posted where, that it was put up, and how it came down. In Vietnamese."""

from datetime import date

from chungtay.community.publishing import rules
from chungtay.community.publishing.policies import days_between, enough_on
from chungtay.community.publishing.postings import PostingView
from chungtay.territory.queries import PlaceView
from paper import Block, Document, Fields, Heading, Letterhead, Paragraph, Signatures, Signer
from rulebook import Mark
from rulebook.printing import MARKS
from viet.dates import format_day, long_day
from viet.numbers import format_number


def record_of_posting(told: PostingView, place: PlaceView, on: date) -> Document:
    """Biên bản niêm yết: the beginning, and the end once it has come; to be signed by hand.

    on: the day it is printed; until the posting has ended the second half is left to be filled in.
    """
    least = rules.publishing().channels[told.channel].least
    blocks: list[Block] = [
        Heading("I. Bắt đầu"),
        Paragraph(f"{long_day(told.posted_from).capitalize()}, tại {told.where}, chúng tôi đã công khai:"),
        Fields(
            (
                ("Nội dung", told.what),
                (
                    "Hình thức, nơi công khai",
                    f"{rules.publishing().channels[told.channel].name.vi}: {told.where}",
                ),
                *((("Số lần phát mỗi ngày", format_number(told.times)),) if told.times else ()),
                *((("Ngày có quyết định", format_day(told.known_on)),) if told.known_on else ()),
                ("Dự định đến hết ngày", format_day(told.planned_to)),
            )
        ),
    ]
    if least is not None:
        blocks.append(
            Paragraph(
                f"Thời gian công khai ít nhất {least.days} ngày liên tục, đến hết ngày "
                f"{format_day(enough_on(told.posted_from, least.days))} ({least.ground.clause.vi})."
            )
        )
    blocks += [_signed(), Heading("II. Kết thúc"), *_ending(told), _signed()]
    marks = []
    if told.mark is not Mark.MEASURED:
        marks.append(f"Loại hồ sơ: {MARKS[told.mark].vi}. Nguồn: {told.source}.")
    if least is not None and not least.ground.confirmed:
        marks.append(f"Quy định chưa xác nhận với bản gốc: {least.ground.clause.vi}.")
    above = place.address.split(", ")[0]
    return Document(
        letterhead=Letterhead(
            issuer=place.full_name, above=f"UBND {above}" if above else "", place=place.name, day=on
        ),
        kind="Biên bản",
        subject=f"Về việc niêm yết, công khai: {told.what}",
        blocks=tuple(blocks),
        marks=tuple(marks),
        about=f"Biên bản niêm yết từ ngày {format_day(told.posted_from)}",
    )


def _ending(told: PostingView) -> list[Block]:
    if told.ended_on is None:
        return [
            Paragraph("Ngày …… tháng …… năm ………, chúng tôi kết thúc việc công khai nêu trên."),
            Fields((("Đã công khai", "…… ngày liên tục"), ("Ý kiến nhận được", "……………………………………"))),
        ]
    n = days_between(told.posted_from, told.ended_on)
    facts = [("Đã công khai", f"{n} ngày, đến hết ngày {format_day(told.ended_on)}")]
    if told.ended_reason:
        facts.append(("Lý do kết thúc", told.ended_reason))
    return [
        Paragraph(f"{long_day(told.ended_on).capitalize()}, chúng tôi kết thúc việc công khai nêu trên."),
        Fields(tuple(facts)),
    ]


def _signed() -> Signatures:
    return Signatures((Signer("Người niêm yết"), Signer("Đại diện Mặt trận"), Signer("Người chứng kiến")))

"""The papers of a meeting: the call to print or paste, the minutes, the ballot papers. Composed in Vietnamese.

A rule that nobody has seen in the law itself is marked on the paper as not confirmed.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from chungtay.community.meetings.queries import BallotView, ItemView, MeetingView, NoticeView
from chungtay.community.meetings.rules import democracy
from chungtay.territory.queries import PlaceView
from paper import (
    CARD_SHEET,
    Block,
    Bullets,
    Card,
    Cards,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Qr,
    Question,
    Signatures,
    Signer,
)
from rulebook import Mark
from rulebook.democracy import Way
from rulebook.printing import MARKS
from rulebook.tally import Tally
from rulebook.verdicts import Verdict
from viet.dates import format_day, long_day
from viet.numbers import format_number

_OUTCOMES = {
    Verdict.MET: "Thông qua",
    Verdict.NOT_MET: "Không thông qua",
    Verdict.UNKNOWN: "Chưa kết luận được",
}
_HOW = {
    Way.MEETING: "biểu quyết tại cuộc họp",
    Way.BALLOTS: "phiếu lấy ý kiến từng hộ",
    Way.ONLINE: "lấy ý kiến qua mạng",
}


def notice_text(told: NoticeView, place: PlaceView, link: str) -> str:
    """The call in a few lines, to be pasted into a message. Bears no name."""
    matters = "\n".join(f"{n}. {title}" for n, title in enumerate(told.items, 1))
    return (
        f"MỜI HỌP {place.full_name.upper()}\n"
        f"Kính mời mỗi hộ cử một người đại diện dự “{told.title}”.\n"
        f"Thời gian: {_moment(told.starts_at)}.\nĐịa điểm: {told.venue}.\n"
        + (f"Nội dung:\n{matters}\n" if matters else "")
        + f"Xem thêm: {link}"
    )


def call(told: NoticeView, place: PlaceView, link: str) -> Document:
    """The call on paper, to be posted at the culture house."""
    return Document(
        letterhead=_head(place, None),  # the day of signing is written by hand
        kind="Giấy mời",
        subject=told.title,
        blocks=(
            Paragraph(f"Kính mời mỗi hộ gia đình của {place.full_name} cử một người đại diện dự họp."),
            Fields((("Thời gian", _moment(told.starts_at)), ("Địa điểm", told.venue))),
            *((Heading("Nội dung", 2), Bullets(told.items, numbered=True)) if told.items else ()),
            Qr(link, ("Xem nội dung trên điện thoại.",)),
            Signatures((Signer(democracy().signatories["head"].name.vi),)),
        ),
    )


def minutes(told: MeetingView, place: PlaceView) -> Document:
    """The minutes with the counts, the decisions and the places to sign."""
    law = democracy()
    day = timezone.localdate(told.starts_at)
    scope = "chưa biết" if told.scope_households is None else f"{told.scope_households} hộ"
    present = "chưa ghi" if told.present is None else f"{told.present} hộ"
    blocks: list[Block] = [
        Fields(
            (
                ("Thời gian", _moment(told.starts_at)),
                ("Địa điểm", told.venue),
                ("Tổng số hộ trong phạm vi họp", scope),
                ("Số hộ có đại diện dự họp", present),
                ("Hình thức quyết định", law.forms[told.form].vi),
            )
        ),
        Paragraph(told.quorum.sentence.vi),
    ]
    if told.notes:
        blocks += [Heading("Diễn biến"), Paragraph(told.notes)]
    for item in told.items:
        blocks += _item(item)
    if told.ballots_on:
        blocks.append(_ballots(told))
    blocks += [
        Paragraph("Biên bản được đọc cho mọi người cùng nghe, đã thống nhất và ký tên dưới đây."),
        Signatures(_signers(told)),
    ]
    if told.closed_at:
        closed = format_day(timezone.localdate(told.closed_at))
        blocks.append(Note(f"Đã chốt ngày {closed}. Dấu số: {told.digest}."))
    return Document(
        letterhead=_head(place, told.starts_at),
        kind="Biên bản",
        subject=told.title,
        blocks=tuple(blocks),
        marks=tuple(_marks(told)),
        foot="" if told.closed_at else "Bản thảo, chưa chốt",
        about=f"Biên bản họp ngày {format_day(day)}",
    )


def ballot_papers(
    told: MeetingView, place: PlaceView, papers: Iterable[BallotView], address: str
) -> Document:
    """Ballots to cut out. A paper bears an opaque code for the ledger and neither name nor code of the household.

    address: where a scanned code leads, with “{code}” in it.
    """
    asked = tuple(
        Question(f"{item.number}. {item.title}", ("Đồng ý", "Không đồng ý", "Ý kiến khác"))
        for item in told.items
        if item.counted != Way.MEETING
    )
    cards = tuple(
        Card(
            title="Phiếu lấy ý kiến hộ gia đình",
            over=place.full_name,
            texts=(told.title,),
            questions=asked,
            qr=address.replace("{code}", each.code),
            code=each.code,
            foot="Mỗi hộ một phiếu. Gấp phiếu lại khi nộp. Mã chỉ để biết phiếu đã thu về.",
        )
        for each in papers
    )
    return Document((Cards(cards),), page=CARD_SHEET, about="Phiếu lấy ý kiến hộ gia đình")


def _item(item: ItemView) -> list[Block]:
    law = democracy()
    found: list[Block] = [
        Heading(f"{item.number}. {item.title}"),
        Paragraph(f"Loại việc: {law.matters[item.kind].name.vi}."),
    ]
    if item.proposal:
        found.append(Paragraph(f"Phương án: {item.proposal}"))
    lines = []
    if item.amount_dong is not None:
        lines.append(("Số tiền", f"{format_number(item.amount_dong)} đồng"))
    if item.share:
        lines.append(("Cách tính", item.share["words"]))
    if item.counted:
        lines.append(("Hình thức", _HOW[Way(item.counted)]))
        counts = (
            f"{item.votes_for} đồng ý, {item.votes_against} không đồng ý, {item.votes_blank} không ý kiến"
        )
        lines.append(
            ("Kết quả", counts + (f", {item.votes_spoiled} phiếu hỏng" if item.votes_spoiled else ""))
        )
    if item.tally:
        lines.append(("Kết luận", _OUTCOMES[item.tally.verdict]))
    if lines:
        found.append(Fields(tuple(lines)))
    if item.tally:
        found.append(Paragraph(item.tally.sentence.vi))
        if item.statement and item.tally.verdict is Verdict.MET:
            found.append(Paragraph(f"Cộng đồng quyết định: {item.statement}"))
    elif not item.counted:
        found.append(Paragraph("Chưa biểu quyết nội dung này."))
    return found


def _ballots(told: MeetingView) -> Paragraph:
    return Paragraph(
        f"Phiếu lấy ý kiến: phát {told.issued} phiếu, thu về {told.returned} phiếu, "
        f"không thu về {told.issued - told.returned} phiếu."
    )


def _signers(told: MeetingView) -> tuple[Signer, ...]:
    """Who signs; where nobody is named yet, the places that the law asks for."""
    law = democracy()
    named = [Signer(law.signatories[code].name.vi, name=name) for code, name in told.signatories]
    for capacity in told.lacking:
        have = sum(code == capacity.code for code, _name in told.signatories)
        named += [Signer(capacity.name.vi)] * (capacity.at_least - have)
    return tuple(named)


def _marks(told: MeetingView) -> list[str]:
    """What must not be missed: a record that is not first hand, and rules that nobody has confirmed."""
    marks = []
    if told.mark is not Mark.MEASURED:
        marks.append(f"Loại hồ sơ: {MARKS[told.mark].vi}. Nguồn: {told.source}.")
    law = democracy()
    tallies: list[Tally] = [told.quorum, *(item.tally for item in told.items if item.tally)]
    grounds = [tally.bar.ground for tally in tallies] + [law.signatories_ground]
    clauses = dict.fromkeys(ground.clause.vi for ground in grounds if ground.provenance != "found")
    if clauses:
        marks.append(f"Quy định chưa xác nhận với bản gốc: {'; '.join(clauses)}.")
    return marks


def _head(place: PlaceView, at: datetime | None) -> Letterhead:
    """A hamlet's papers have neither number nor seal."""
    above = place.address.split(", ")[0]
    return Letterhead(
        issuer=place.full_name,
        above=f"UBND {above}" if above else "",
        place=place.name,
        day=timezone.localdate(at) if at else None,
    )


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H} giờ {local:%M}, {long_day(local.date())}"

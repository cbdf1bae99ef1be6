"""What calls people: the public notice (thông báo) and the invitation to a meeting (giấy mời)."""

from chungtay.recognition.papers.facts import Facts, NoticeFacts
from chungtay.recognition.papers.offices import letterhead, office_of, signed
from chungtay.recognition.papers.tables import count_words, criteria_summary, criteria_table
from paper import Align, Bullets, Document, Fields, PageBreak, Paragraph, Run
from rulebook.procedure import Component, Step
from viet.dates import format_day, long_day


def notice(facts: Facts, step: Step) -> Document:
    """Thông báo công khai kết quả: where and how long it is posted, how often broadcast, where to speak up."""
    role = step.by[0]
    office = office_of(role, facts)
    told = facts.notices.get(step.code, NoticeFacts())
    place = facts.names.place.full
    days = " đến ".join(format_day(each) for each in (told.began, told.ended) if each)
    return Document(
        letterhead=letterhead(office, "Thông báo", facts, step.code),
        kind="Thông báo",
        subject=f"Công khai kết quả tự đánh giá, lấy ý kiến về việc đề nghị công nhận {place} {facts.achieving}",
        blocks=(
            Paragraph(
                f"{office.full} thông báo công khai kết quả tự đánh giá việc thực hiện các tiêu chí {facts.aim} "
                f"năm {facts.year} của {facts.names.whole} để nhân dân biết và tham gia ý kiến."
            ),
            *criteria_summary(facts),
            Fields(
                (
                    ("Thời gian niêm yết", days),
                    ("Nơi niêm yết", ", ".join(told.spots)),
                    (
                        "Phát trên truyền thanh",
                        count_words(told.broadcasts, "lần") if told.broadcasts is not None else "",
                    ),
                    *((("Quy định", told.asked),) if told.asked else ()),
                    (
                        "Nơi nhận ý kiến",
                        f"trụ sở Ủy ban nhân dân {facts.names.commune.full} hoặc trưởng thôn, xóm",
                    ),
                )
            ),
            Paragraph("Mọi ý kiến, kể cả không đồng ý, được ghi lại, trả lời và đưa vào hồ sơ."),
            signed(office, role, facts, ("Các nơi niêm yết", "Đài truyền thanh"), confirmed=False),
            PageBreak(),
            criteria_table(facts.criteria, "Kết quả tự đánh giá từng tiêu chí"),
        ),
        marks=facts.marks,
        foot=facts.foot,
    )


def invitation(facts: Facts, step: Step) -> Document:
    """Giấy mời họp."""
    role = step.by[0]
    office = office_of(role, facts)
    told = facts.meetings.get(step.code)
    when = (
        ", ".join(part for part in (told.starts, long_day(told.on) if told.on else "") if part)
        if told
        else ""
    )
    matters = (told.matters if told else ()) or (
        f"{step.name.vi}: xem xét đề nghị công nhận {facts.names.place.full} {facts.achieving} "
        f"năm {facts.year}.",
    )
    return Document(
        letterhead=letterhead(office, "Giấy mời", facts, step.code),
        kind="Giấy mời",
        subject=step.name.vi,
        blocks=(
            Paragraph((Run("Kính gửi: ", bold=True), Run("…" * 24)), Align.CENTRE, indent=False),
            Paragraph(f"{office.full} trân trọng kính mời dự họp:"),
            Fields(
                (
                    ("Thời gian", when),
                    ("Địa điểm", told.venue if told else ""),
                    ("Chủ trì", told.chair if told else ""),
                )
            ),
            Paragraph("Nội dung:"),
            Bullets(matters, numbered=True),
            Paragraph("Đề nghị các thành viên dự họp đầy đủ, đúng thời gian./."),
            signed(office, role, facts, ("Như trên",), confirmed=False),
        ),
        marks=facts.marks,
        foot=facts.foot,
    )


def choice(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Thông báo chọn nơi làm điểm."""
    office = office_of(component.producer, facts)
    return (
        Document(
            letterhead=letterhead(office, "Thông báo", facts, component.code),
            kind="Thông báo",
            subject=f"Chọn {facts.names.place.full} xây dựng {facts.aim} năm {facts.year}",
            blocks=(
                Paragraph(
                    f"{office.full} thông báo chọn {facts.names.whole} xây dựng {facts.aim}, phấn đấu được công "
                    f"nhận năm {facts.year} theo {facts.standard}."
                ),
                Paragraph(
                    f"Ban phát triển {facts.names.place.full} tổ chức họp dân, tự đánh giá từng tiêu chí và lập kế "
                    "hoạch thực hiện./."
                ),
                signed(office, component.producer, facts, (f"Ban phát triển {facts.names.place.full}",)),
            ),
            marks=facts.marks,
            foot=facts.foot,
        ),
    )

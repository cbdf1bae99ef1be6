"""Reports (báo cáo): of results, of verification and appraisal, of opinions, arrears, the survey and upkeep."""

from collections.abc import Iterable
from datetime import date

from chungtay.recognition.papers.facts import NO_FIGURE, CheckLine, CriterionLine, Facts, Uncomposable
from chungtay.recognition.papers.offices import letterhead, office_of, signed
from chungtay.recognition.papers.tables import (
    count_words,
    criteria_summary,
    criteria_table,
    digest_words,
    gate_table,
    opened,
    outcome_word,
    share_words,
    verdict_word,
)
from paper import (
    Align,
    Block,
    Bullets,
    Column,
    Document,
    Fields,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Table,
)
from rulebook.procedure import Component, Verb
from viet.dates import format_day
from viet.numbers import format_number, in_words

_REPORT = "Báo cáo"
_WAYS = {"desk": "hồ sơ", "field": "thực địa", "": ""}


def results(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Báo cáo kết quả thực hiện, with the table by criterion."""
    return (
        _report(
            facts,
            component,
            f"Kết quả thực hiện các tiêu chí {facts.aim} năm {facts.year} của {facts.names.place.full}",
            (
                Paragraph(
                    f"Thực hiện {facts.standard}, {_who(facts, component)} báo cáo kết quả thực hiện đến "
                    f"{format_day(facts.on)} như sau:"
                ),
                Heading("I. KẾT QUẢ CHUNG"),
                *criteria_summary(facts),
                Heading("II. KẾT QUẢ TỪNG TIÊU CHÍ"),
                Paragraph("Chi tiết tại biểu kèm theo."),
                Heading("III. ĐIỀU KIỆN CÔNG NHẬN"),
                *_gates(facts),
                Heading("IV. TỰ ĐÁNH GIÁ"),
                Paragraph(_conclusion(facts)),
            ),
            after=(criteria_table(facts.criteria, "Biểu chi tiết kết quả từng tiêu chí"),),
        ),
    )


def checked(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Báo cáo thẩm tra or thẩm định: what each office found of each criterion, in the file and in the field."""
    verb = facts.procedure.steps[component.step].verb
    word = verb.word.vi if verb in (Verb.VERIFY, Verb.APPRAISE) else Verb.VERIFY.word.vi
    rows = list(_checks(facts.criteria, component.step))
    offices = list(dict.fromkeys(row[2] for row in rows if row[2]))
    found = [line for line in facts.criteria if line.depth == 0 and line.checks.get(component.step)]
    failed = [
        f"Tiêu chí {line.number}. {line.name}: {check.reason or 'không nêu lý do'} ({check.office})."
        for line in found
        for check in line.checks[component.step]
        if check.verdict == "not_met"
    ]
    whole = sum(line.depth == 0 for line in facts.criteria)
    table = Table(
        (
            Column("TT", 0.5, Align.CENTRE),
            Column("Tiêu chí", 2.4),
            Column("Cơ quan", 1.7),
            Column("Tự đánh giá", 1.1, Align.CENTRE),
            Column(f"Kết quả {word}", 1.2, Align.CENTRE),
            Column("Hình thức, ngày", 1.3, Align.CENTRE),
            Column("Nhận xét, lý do", 2.2),
        ),
        tuple(rows),
        caption=f"Kết quả {word} theo từng tiêu chí và cơ quan",
        name=f"Kết quả {word}",
        size_pt=10.5,
    )
    return (
        _report(
            facts,
            component,
            f"Kết quả {word} việc thực hiện các tiêu chí {facts.aim} của {facts.names.place.full} năm {facts.year}",
            (
                Paragraph(
                    f"Căn cứ {facts.standard} và hồ sơ đề nghị của {facts.names.whole}, "
                    f"{_who(facts, component)} báo cáo kết quả {word} như sau:"
                ),
                Heading(f"I. CƠ QUAN {word.upper()}"),
                Bullets(tuple(offices)) if offices else Paragraph(f"Chưa ghi cơ quan {word}."),
                Heading(f"II. KẾT QUẢ {word.upper()}"),
                Paragraph(f"Đã {word} {len(found)}/{whole} tiêu chí."),
                table,
                Heading("III. TIÊU CHÍ CHƯA ĐẠT"),
                Bullets(tuple(failed))
                if failed
                else Paragraph(f"Không có tiêu chí nào được ghi là chưa đạt khi {word}."),
                Heading("IV. ĐIỀU KIỆN CÔNG NHẬN"),
                *_gates(facts),
            ),
        ),
    )


def opinions(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Báo cáo tổng hợp ý kiến tham gia: the bodies' and the people's, with how each was taken up."""
    told = list(facts.notices.values())
    lines = [
        ("Thời gian công khai", _span(note.began, note.ended)) for note in told if note.began or note.ended
    ]
    lines += [("Nơi công khai", ", ".join(note.spots)) for note in told if note.spots]
    lines += [
        ("Số lần phát trên truyền thanh", _asked(count_words(note.broadcasts, "lần"), note.asked))
        for note in told
    ]
    lines += [
        ("Số ý kiến nhận được", count_words(note.received, "ý kiến"))
        for note in told
        if note.received is not None
    ]
    table = Table(
        (
            Column("TT", 0.4, Align.CENTRE),
            Column("Cơ quan, tổ chức, người góp ý", 2),
            Column("Ngày", 1, Align.CENTRE),
            Column("Nội dung ý kiến", 3),
            Column("Tiếp thu, giải trình", 2.4),
        ),
        tuple(
            (at, each.body, each.on, each.words or NO_FIGURE, each.answer or "Chưa ghi")
            for at, each in enumerate(facts.opinions, 1)
        ),
        caption="Tổng hợp ý kiến tham gia",
        size_pt=11,
    )
    return (
        _report(
            facts,
            component,
            f"Tổng hợp ý kiến tham gia về kết quả thực hiện các tiêu chí {facts.aim} của {facts.names.place.full}",
            (
                Heading("I. CÔNG KHAI, LẤY Ý KIẾN"),
                Fields(tuple(lines)) if lines else Paragraph("Chưa ghi việc công khai, lấy ý kiến."),
                Heading("II. Ý KIẾN THAM GIA"),
                table if facts.opinions else Paragraph("Chưa ghi ý kiến nào."),
            ),
        ),
    )


def arrears(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Báo cáo nợ đọng xây dựng cơ bản: by work; what one work leaves unknown leaves the whole unknown."""
    told = facts.arrears
    subject = f"Tình hình nợ đọng xây dựng cơ bản trên địa bàn {facts.names.place.full}"
    if told is None:
        return (_report(facts, component, subject, (Paragraph(f"Nợ đọng xây dựng cơ bản: {NO_FIGURE}."),)),)
    if told.owed is None:
        unknown = sum(line.owed is None for line in told.lines)
        words = (
            f"Còn {unknown}/{len(told.lines)} công trình {NO_FIGURE} về số còn nợ nên chưa kết luận được "
            "có hay không có nợ đọng."
            if told.lines
            else f"Tổng số nợ đọng: {NO_FIGURE}."
        )
    elif told.owed == 0:
        words = "Không có nợ đọng xây dựng cơ bản trong Chương trình."
    else:
        words = f"Tổng số nợ đọng: {format_number(told.owed)} đồng ({in_words(told.owed)})."
    table = Table(
        (
            Column("TT", 0.4, Align.CENTRE),
            Column("Công trình", 3),
            Column("Giá trị đã thực hiện", 1.6, Align.RIGHT),
            Column("Đã thanh toán", 1.6, Align.RIGHT),
            Column("Còn nợ", 1.4, Align.RIGHT),
        ),
        tuple(
            (at, line.work, *(_money(each) for each in (line.worth, line.paid, line.owed)))
            for at, line in enumerate(told.lines, 1)
        ),
        totals=("", "Cộng", "", "", _money(told.owed)),
        caption="Công trình thuộc Chương trình",
        unit="Đơn vị: đồng",
        size_pt=11,
    )
    return (
        _report(
            facts,
            component,
            subject,
            (
                Paragraph(f"Số liệu đến {format_day(told.on)}."),
                Paragraph(words),
                *([table] if told.lines else [Paragraph("Sổ công trình chưa có công trình nào.")]),
            ),
        ),
    )


def survey(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Báo cáo kết quả lấy ý kiến về sự hài lòng: counts of every question, never only a percent."""
    told = facts.survey
    if told is None:
        raise Uncomposable(
            "Chưa có kết quả lấy ý kiến đã chốt nên chưa soạn được báo cáo. "
            "Hãy chốt cuộc lấy ý kiến, hoặc đưa lên báo cáo giấy của Mặt trận.",
            "No survey is counted and closed, so the report cannot be made. "
            "Close the survey, or upload the Front's own report.",
        )
    table = Table(
        (
            Column("TT", 0.4, Align.CENTRE),
            Column("Câu hỏi", 3.4),
            Column("Hài lòng", 1, Align.CENTRE, "Số ý kiến"),
            Column("Trả lời", 1, Align.CENTRE, "Số ý kiến"),
            Column("Tỷ lệ", 1, Align.CENTRE),
            Column("Mức phải đạt", 1.6, Align.CENTRE),
            Column("Kết luận", 1.2, Align.CENTRE),
        ),
        tuple(
            (
                at,
                line.question,
                count_words(line.satisfied),
                count_words(line.answered),
                share_words(line.satisfied, line.answered),
                line.asked or "Chưa biết",
                verdict_word(line.verdict),
            )
            for at, line in enumerate(told.lines, 1)
        ),
        caption="Kết quả từng câu hỏi",
        size_pt=11,
    )
    taken = count_words(told.returned, "hộ")
    if told.returned is not None and told.households:
        taken += f" trên {format_number(told.households)} hộ ({share_words(told.returned, told.households)})"
    return (
        _report(
            facts,
            component,
            f"Kết quả lấy ý kiến về sự hài lòng của người dân đối với việc công nhận {facts.names.place.full} "
            f"{facts.achieving}",
            (
                Heading("I. SỐ HỘ THAM GIA"),
                Fields(
                    (
                        ("Ngày chốt kết quả", format_day(told.closed_on)),
                        ("Tổng số hộ", count_words(told.households, "hộ")),
                        ("Số phiếu phát ra", count_words(told.issued, "phiếu")),
                        ("Số hộ trả lời", taken),
                    )
                ),
                Heading("II. KẾT QUẢ"),
                table,
                *(Paragraph(sentence) for sentence in told.sentences),
                Paragraph(f"Kết luận: {outcome_word(told.verdict)}."),
                *([Note(f"Kết quả đã chốt. Dấu số: {told.digest}.")] if told.digest else []),
            ),
        ),
    )


def upkeep(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Báo cáo duy trì: what is met today beside the title that is held, what has fallen and what is at risk."""
    told = facts.upkeep
    if told is None:
        raise Uncomposable(
            "Chưa có danh hiệu nào đang giữ nên chưa soạn được báo cáo duy trì.",
            "No title is held yet, so there is no keeping it to report on.",
        )
    return (
        _report(
            facts,
            component,
            f"Kết quả duy trì danh hiệu {facts.title} năm {facts.year} của {facts.names.place.full}",
            (
                Heading("I. DANH HIỆU ĐANG GIỮ"),
                Paragraph(told.decision),
                Heading("II. MỨC ĐẠT HIỆN NAY"),
                *criteria_summary(facts),
                Heading("III. TIÊU CHÍ GIẢM SÚT, NGUY CƠ"),
                Bullets((*told.fallen, *told.risks))
                if told.fallen or told.risks
                else Paragraph("Chưa thấy tiêu chí nào giảm sút hoặc có nguy cơ theo số liệu đã có."),
                *(
                    [Paragraph(f"Kỳ rà soát sau: {format_day(told.next_review)}.")]
                    if told.next_review
                    else []
                ),
            ),
            after=(criteria_table(facts.criteria, "Biểu chi tiết mức đạt hiện nay"),),
        ),
    )


def proofs(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Bảng kê minh chứng từng tiêu chí, with the digest of each original."""
    office = office_of(component.producer, facts)
    table = Table(
        (
            Column("TT", 0.4, Align.CENTRE),
            Column("Tiêu chí", 0.7, Align.CENTRE),
            Column("Minh chứng", 2.6),
            Column("Ngày", 1, Align.CENTRE),
            Column("Mức tin cậy", 1.1),
            Column("Dấu số SHA-256 của bản gốc", 2.6),
        ),
        tuple(
            (at, each.criterion, each.name, each.on, each.grade or "Chưa xếp", digest_words(each.digest))
            for at, each in enumerate(facts.proofs, 1)
        ),
        size_pt=10,
    )
    return (
        Document(
            letterhead=letterhead(office, _REPORT, facts, component.code),
            kind="Bảng kê",
            subject=f"Minh chứng các tiêu chí {facts.aim} của {facts.names.place.full}",
            blocks=(
                table if facts.proofs else Paragraph("Chưa có minh chứng nào."),
                signed(office, component.producer, facts, ("Như trên",)),
            ),
            marks=facts.marks,
            foot=facts.foot,
        ),
    )


def photos(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Hình ảnh minh họa, two in a row, each with what, where and when."""
    office = office_of(component.producer, facts)
    pictures = [Picture(each.image, each.alt, each.caption) for each in facts.photos]
    if not pictures:
        raise Uncomposable(
            "Chưa có ảnh minh chứng nào để in. Hãy thêm ảnh, hoặc đưa lên tệp ảnh đã chọn.",
            "There is no photograph to print yet. Add some, or upload a file of chosen ones.",
        )
    rows = tuple(Pictures(tuple(pictures[at : at + 2]), height=70) for at in range(0, len(pictures), 2))
    return (
        Document(
            letterhead=letterhead(office, _REPORT, facts, component.code),
            kind="Hình ảnh minh họa",
            subject=f"Kết quả thực hiện các tiêu chí {facts.aim} của {facts.names.place.full}",
            blocks=(*rows, signed(office, component.producer, facts, ("Như trên",))),
            marks=facts.marks,
            foot=facts.foot,
        ),
    )


def _report(
    facts: Facts,
    component: Component,
    subject: str,
    blocks: tuple[Block, ...],
    *,
    after: tuple[Block, ...] = (),
) -> Document:
    """after: the annex, on a page of its own behind the signatures."""
    office = office_of(component.producer, facts)
    return Document(
        letterhead=letterhead(office, _REPORT, facts, component.code),
        kind=_REPORT,
        subject=subject,
        blocks=(
            *blocks,
            Paragraph(f"{opened(office.full)} trân trọng báo cáo./."),
            signed(office, component.producer, facts, addressees(facts, component)),
            *((PageBreak(), *after) if after else ()),
        ),
        marks=facts.marks,
        foot=facts.foot,
    )


def addressees(facts: Facts, component: Component) -> tuple[str, ...]:
    """To whom the paper goes: whoever acts in the next step that looks at the file, as it stands on the day."""
    looks = (Verb.VERIFY, Verb.RECEIVE, Verb.APPRAISE, Verb.DELIBERATE, Verb.DECIDE)
    later = facts.procedure.followers(component.step) - {component.step}
    found = next(
        (
            each
            for each in facts.procedure.in_order
            if each.by and each.code in later and each.verb in looks and component.producer not in each.by
        ),
        None,
    )
    if found is None:
        return ("Như trên",)
    office = office_of(found.by[0], facts)
    return (f"{office.over} (qua {office.full})" if office.over else office.full,)


def _who(facts: Facts, component: Component) -> str:
    return office_of(component.producer, facts).full


def _gates(facts: Facts) -> tuple[Block, ...]:
    if not facts.gates:
        return (Paragraph("Quy trình không ghi điều kiện nào ngoài các tiêu chí."),)
    return (gate_table(facts),)


def _conclusion(facts: Facts) -> str:
    """In the applicant's own words only: the figures speak for themselves above."""
    whole = [line for line in facts.criteria if line.depth == 0]
    if whole and all(line.stated == "met" for line in whole):
        many = len(whole)
        return f"{opened(facts.names.place.full)} tự đánh giá đạt {many}/{many} tiêu chí {facts.aim}."
    return "Còn tiêu chí chưa tự đánh giá là đạt; nêu rõ trong biểu chi tiết."


def _checks(lines: Iterable[CriterionLine], step: str) -> Iterable[tuple[str, ...]]:
    for line in lines:
        if line.depth:
            continue
        stated = verdict_word(line.stated) if line.stated else "Chưa tự đánh giá"
        checks = line.checks.get(step, ())
        for check in checks:
            yield (
                line.number,
                line.name,
                check.office,
                stated,
                verdict_word(check.verdict),
                _way(check),
                check.reason,
            )
        if not checks:
            yield line.number, line.name, "", stated, "Chưa có kết quả", "", ""


def _way(check: CheckLine) -> str:
    return ", ".join(part for part in (_WAYS[check.way], format_day(check.on)) if part)


def _money(dong: int | None) -> str | int:
    return NO_FIGURE if dong is None else dong


def _span(*days: date | None) -> str:
    return " đến ".join(format_day(each) for each in days if each)


def _asked(words: str, asked: str) -> str:
    return f"{words} (quy định: {asked})" if asked else words

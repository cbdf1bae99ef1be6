"""Recording a session, and totals that only papers tell."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from chungtay.community.outreach import actions, queries
from chungtay.community.outreach.queries import OUTREACH, ToldView
from chungtay.core.language import day_words
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.pages import Form, Input
from chungtay.office.community.reader import Reader
from chungtay.office.community.session_words import told_words


def forms_of(visit: Visit, place_id: int, kind: str, told: Sequence[ToldView]) -> list[Form]:
    """Of a room: a session, a told total, and striking one of those told out."""
    refusal = visit.refusal(actions.PERMISSION, place_id)
    record = [
        Input("topic", _("Chủ đề")),
        Input("organiser", _("Đơn vị tổ chức")),
        Input("co_organisers", _("Đơn vị phối hợp"), "textarea", _("Mỗi đơn vị một dòng"), required=False),
        Input("held_from", _("Ngày tổ chức"), "day"),
        Input("held_to", _("Đến ngày"), "day", _("Bỏ trống nếu chỉ một ngày"), required=False),
        Input("venue", _("Địa điểm"), required=False),
        Input(
            "attendances",
            _("Số lượt người"),
            "number",
            _("Bỏ trống nếu không ai đếm; đừng ghi 0"),
            required=False,
            unit=_("lượt"),
        ),
        Input("combined_with", _("Lồng ghép với nội dung"), required=False),
        Input("material", _("Tài liệu phát, chiếu"), required=False),
        *pages.origin_inputs(),
    ]
    if kind == OUTREACH:
        sure = _("Đúng là cuộc tuyên truyền, dù chủ đề có chữ tập huấn")
        record.append(Input("sure", sure, "checkbox", required=False))
    total = [
        Input("start", _("Từ ngày"), "day"),
        Input("end", _("Đến ngày"), "day"),
        Input("per_year", _("Là số bình quân mỗi năm"), "checkbox", required=False),
        Input("sessions_qualifier", _("Số cuộc: tài liệu nói"), "select", choices=queries.QUALIFIERS),
        Input("sessions", _("Số cuộc"), "number", required=False),
        Input(
            "attendances_qualifier", _("Số lượt người: tài liệu nói"), "select", choices=queries.QUALIFIERS
        ),
        Input("attendances", _("Số lượt người"), "number", required=False),
        Input("combined_with", _("Lồng ghép với nội dung"), required=False),
        Input("source", _("Nguồn")),
    ]
    forms = [
        Form("ghi", _("Ghi một cuộc"), _("Ghi cuộc này"), record, refusal),
        Form(
            "tong",
            _("Ghi tổng số theo tài liệu"),
            _("Ghi tổng số"),
            total,
            refusal,
            _(
                "Dùng khi tài liệu chỉ nêu tổng số. Những cuộc chưa ai ghi được dựng lại cho đủ tổng, có ghi rõ là "
                "dựng lại; ghi được cuộc thật nào thì cuộc dựng lại bớt đi."
            ),
        ),
    ]
    if told and not refusal:
        choices = [(each.id, f"{told_words(each)}, {day_words(each.end)}") for each in told]
        inputs = [Input("total", _("Tổng số"), "select", choices=choices), Input("reason", _("Lý do"))]
        forms.append(Form("bo-tong", _("Gạch bỏ một tổng số"), _("Gạch bỏ"), inputs))
    return forms


def record(visit: Visit, place_id: int, kind: str, typed: Reader) -> str:
    """Write a session down."""
    held_from, held_to = typed.day("held_from"), typed.day_or_none("held_to")
    attendances = typed.whole_or_none("attendances")
    typed.check()
    actions.record_session(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        kind=kind,
        topic=typed.text("topic"),
        organiser=typed.text("organiser"),
        co_organisers=typed.lines("co_organisers"),
        held_from=held_from,
        held_to=held_to,
        venue=typed.text("venue"),
        attendances=attendances,
        combined_with=typed.text("combined_with"),
        material=typed.text("material"),
        is_surely_outreach=typed.flag("sure"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi. Hãy mở cuộc này để gửi ảnh.")


def tell(visit: Visit, place_id: int, kind: str, typed: Reader) -> str:
    """Write down a total that a paper tells."""
    start, end = typed.day("start"), typed.day("end")
    sessions, attendances = typed.whole_or_none("sessions"), typed.whole_or_none("attendances")
    typed.check()
    actions.tell_total(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        kind=kind,
        start=start,
        end=end,
        source=typed.text("source"),
        sessions=sessions,
        sessions_qualifier=typed.text("sessions_qualifier"),
        attendances=attendances,
        attendances_qualifier=typed.text("attendances_qualifier"),
        per_year=typed.flag("per_year"),
        combined_with=typed.text("combined_with"),
        uid=typed.uid(),
    )
    return _("Đã ghi tổng số; các cuộc chưa ai ghi được dựng lại cho đủ.")


def strike_total(visit: Visit, typed: Reader) -> str:
    """Strike a told total out."""
    total = typed.whole("total")
    typed.check()
    actions.strike_total(by=visit.by, at=visit.now, total_id=total, reason=typed.text("reason"))
    return _("Đã gạch bỏ tổng số, cùng các cuộc dựng lại theo nó.")

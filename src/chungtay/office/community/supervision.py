"""Community supervision boards: the list, one board with its members, plan, notes and answers."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.supervision import actions, queries
from chungtay.community.supervision.policies import NewMember
from chungtay.community.supervision.queries import Asked, BoardLine, BoardView, MemberView
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.territory.queries import PlaceView
from viet.letters import fold
from viet.numbers import format_number

_CONSENTS = "đồng ý nêu tên"
_SEATS = {"truong ban": "head", "pho truong ban": "deputy", "thanh vien": "member"}
_BODIES = {"mat tran": "front", "thanh tra": "inspection", "nguoi dan": "resident"}


@open_to_all
def boards(visit: Visit, place_id: int) -> HttpResponse:
    """The boards of a place and below."""
    place = pages.place_of(place_id)
    states = [("working", _("đang hoạt động")), ("dissolved", _("đã giải thể"))]
    asked = Asked(
        year=pages.asked_year(visit),
        state=pages.asked_choice(visit, "tt", states),
        text=pages.asked_text(visit),
        sort=pages.asked_sort(visit, ("formed_on", "subject"), "-formed_on"),
    )
    found = queries.boards(place_id, asked)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "giam-sat", form, _table(visit, found, asked, as_file=True))

    def page() -> Page:
        return Page(
            room="supervision",
            heading=pages.room_name("supervision"),
            lead=_("Ban Giám sát đầu tư của cộng đồng do Mặt trận lập cho từng công trình, chương trình."),
            filters=[
                pages.year_filter(queries.years_of(place_id), asked.year),
                Filter("tt", _("Tình trạng"), asked.state, [("", _("mọi tình trạng")), *states]),
                Filter("tim", _("Công trình có chữ"), asked.text),
            ],
            tables=[_table(visit, found, asked)],
            forms=[] if is_visitor(visit) else [_form(visit, place)],
        )

    return pages.answer(visit, place, page, {"lap": partial(_set_up, visit, place_id)})


def _table(visit: Visit, found: list[BoardLine], asked: Asked, *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Giám sát"), "subject"),
        Column(_("Nơi")),
        Column(_("Lập ngày"), "formed_on", "nowrap"),
        Column(_("Giải thể"), css="nowrap"),
        Column(_("Thành viên"), css="number"),
        Column(_("Ghi nhận, kiến nghị"), css="number"),
        Column(_("Chờ trả lời"), css="number"),
    ]
    page = None if as_file else pages.paged(visit, found)
    rows = [
        [
            Item(each.subject, reverse("office:board", args=[each.id]), told=each.subject),
            Item(each.place),
            pages.day_item(each.formed_on),
            pages.day_item(each.dissolved_on),
            *(Item(format_number(n), told=n) for n in (each.members, each.notes, each.waiting)),
        ]
        for each in (found if page is None else page)
    ]
    empty = (_("Chưa có ban giám sát nào"), _("Mặt trận lập ban khi có công trình hoặc chương trình."))
    return Table(pages.room_name("supervision"), columns, rows, empty, page, asked.sort)


def _members_input() -> Input:
    hint = _(
        "Mỗi người một dòng, các phần cách nhau bằng dấu chấm phẩy: họ tên; Mặt trận, Thanh tra hoặc người dân; Trưởng "
        "ban, Phó Trưởng ban hoặc thành viên; chức danh. Ai đồng ý nêu tên công khai thì thêm: đồng ý nêu tên"
    )
    return Input("members", _("Thành viên"), "textarea", hint)


def _form(visit: Visit, place: PlaceView) -> Form:
    least = queries.least_members()
    inputs = [
        Input("subject", _("Công trình hoặc chương trình")),
        Input("formed_on", _("Ngày lập ban"), "day"),
        Input("decision_number", _("Số quyết định"), required=False),
        _members_input(),
    ]
    hint = _("Ít nhất %(n)s người (%(ground)s).") % {"n": least.value, "ground": least.ground}
    refusal = visit.refusal(actions.SET_UP, place.id)
    return Form("lap", _("Lập ban giám sát"), _("Lập ban"), inputs, refusal, hint)


def _members_of(typed: Reader) -> list[NewMember]:
    """One member a line: name; body; seat; office; consent. What cannot be read is told with its line."""
    members: list[NewMember] = []
    faults: list[Fault] = []
    for n, line in enumerate(typed.lines("members"), 1):
        name, *rest = (part.strip() for part in line.split(";"))
        told = [fold(part) for part in rest]
        body = next((code for words, code in _BODIES.items() if any(words in each for each in told[:1])), "")
        seat = next((code for words, code in _SEATS.items() if words in told), "member")
        if not body:
            sentence = _("“%(line)s”: sau họ tên hãy ghi Mặt trận, Thanh tra hoặc người dân.")
            faults.append(Fault(sentence % {"line": line[:60]}, "members", n))
        known = {fold(_CONSENTS), *_SEATS}
        office = next(
            (part for part, plain in zip(rest[1:], told[1:], strict=True) if plain not in known), ""
        )
        members.append(NewMember(name, body or "front", seat, office, fold(_CONSENTS) in told))
    if faults:
        raise Refusal(*faults)
    return members


def _set_up(visit: Visit, place_id: int, typed: Reader) -> str:
    formed_on = typed.day("formed_on")
    typed.check()
    actions.set_up_board(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        subject=typed.text("subject"),
        formed_on=formed_on,
        decision_number=typed.text("decision_number"),
        members=_members_of(typed),
        uid=typed.uid(),
    )
    return _("Đã lập ban.")


# ── One board ─────────────────────────────────────────────────────────────────


@open_to_all
def board(visit: Visit, board_id: int) -> HttpResponse:
    """One board as its reader may see it, and what may be done with it."""
    shown = queries.board(board_id, seen_by=visit.by)
    place = pages.place_of(shown.place_id)
    deeds = {
        "ke-hoach": partial(_send_plan, visit, board_id),
        "ghi": partial(_note, visit, board_id),
        "tra-loi": partial(_answer, visit),
        "thanh-vien": partial(_change, visit, board_id),
        "neu-ten": partial(_consent, visit),
        "giai-the": partial(_dissolve, visit, board_id),
    }
    return pages.answer(visit, place, lambda: _one(visit, shown), deeds)


def _one(visit: Visit, shown: BoardView) -> Page:
    facts = [
        (_("Lập ngày"), day_words(shown.formed_on)),
        (_("Số quyết định"), shown.decision_number or _("chưa rõ")),
        (_("Gửi kế hoạch"), day_words(shown.plan_sent_on) if shown.plan_sent_on else _("chưa gửi")),
        (_("Bắt đầu giám sát"), day_words(shown.begins_on) if shown.begins_on else "–"),
    ]
    if shown.dissolved_on:
        facts.append((_("Giải thể"), f"{day_words(shown.dissolved_on)}: {shown.dissolved_reason}"))
    return Page(
        room="supervision",
        heading=shown.subject,
        back=(reverse("office:supervision", args=[shown.place_id]), pages.room_name("supervision")),
        facts=facts,
        tables=[_members_table(shown.members, _("Thành viên")), *_past(shown.past), _notes_table(shown)],
        forms=[] if is_visitor(visit) else _forms(visit, shown),
    )


def _members_table(members: Sequence[MemberView], caption: str) -> Table:
    columns = [Column(_("Vai trò")), Column(_("Từ")), Column(_("Chức danh")), Column(_("Họ tên"))]
    rows = [
        [
            Item(each.seat_words),
            Item(each.body_words),
            Item(each.office or "–"),
            Item(
                each.name or _("không nêu tên"),
                note=_("đồng ý nêu tên công khai") if each.is_public and each.name else "",
            ),
        ]
        for each in members
    ]
    return Table(caption, columns, rows)


def _past(members: Sequence[MemberView]) -> list[Table]:
    return [_members_table(members, _("Đã thôi tham gia"))] if members else []


def _notes_table(shown: BoardView) -> Table:
    columns = [
        Column(_("Nội dung")),
        Column(_("Loại")),
        Column(_("Ngày"), css="nowrap"),
        Column(_("Trả lời")),
    ]
    rows = []
    for each in shown.notes:
        answered = f"{each.answered_by}, {day_words(each.answered_on)}" if each.answered_on else ""
        to = _("gửi: %(who)s") % {"who": each.to_whom} if each.to_whom else ""
        waits = _("chưa có trả lời") if each.waits else "–"
        rows.append(
            [
                Item(each.words, note=to),
                Item(each.kind_words),
                pages.day_item(each.on),
                Item(each.answer or waits, note=answered),
            ]
        )
    empty = (_("Chưa có ghi nhận, kiến nghị nào"), _("Ban ghi lại sau mỗi lần giám sát."))
    return Table(_("Ghi nhận và kiến nghị"), columns, rows, empty)


def _forms(visit: Visit, shown: BoardView) -> list[Form]:
    watch = visit.refusal(actions.SUPERVISE, shown.place_id)
    sets_up = visit.refusal(actions.SET_UP, shown.place_id)
    days = queries.plan_days()
    waiting = [(each.id, each.words[:80]) for each in shown.notes if each.answered_on is None]
    answer = Form(
        "tra-loi",
        _("Ghi câu trả lời"),
        _("Ghi trả lời"),
        [
            Input("note", _("Của"), "select", choices=waiting),
            Input("answer", _("Trả lời"), "textarea"),
            Input("answered_by", _("Nơi trả lời")),
            Input("answered_on", _("Ngày trả lời"), "day"),
        ],
        watch,
    )
    if shown.dissolved_on:
        return [answer] if waiting else []
    plan_hint = _("Kế hoạch gửi chủ đầu tư ít nhất %(n)s ngày trước khi giám sát (%(ground)s).") % {
        "n": days.value,
        "ground": days.ground,
    }
    seated = [(each.id, f"{each.seat_words}: {each.name or each.office}") for each in shown.members]
    consent = [(f"{each.id}.{int(not each.is_public)}", _consent_words(each)) for each in shown.members]
    plan = [Input("sent_on", _("Ngày gửi"), "day"), Input("begins_on", _("Ngày bắt đầu giám sát"), "day")]
    note = [
        Input("kind", _("Loại"), "select", choices=queries.NOTE_KINDS),
        Input("on", _("Ngày giám sát"), "day"),
        Input("words", _("Nội dung"), "textarea"),
        Input("to_whom", _("Gửi ai"), hint=_("Cần khi là kiến nghị"), required=False),
    ]
    change = [
        Input("on", _("Từ ngày"), "day"),
        Input("leaving", _("Người thôi"), "select", choices=[("", _("không ai")), *seated], required=False),
        Input("members", _("Người vào thay"), "textarea", _members_input().hint, required=False),
    ]
    return [
        Form("ghi", _("Ghi nhận hoặc kiến nghị"), _("Ghi"), note, watch),
        *([answer] if waiting else []),
        Form("ke-hoach", _("Đã gửi kế hoạch giám sát"), _("Ghi"), plan, watch, plan_hint),
        Form("thanh-vien", _("Thay thành viên"), _("Thay"), change, sets_up),
        Form(
            "neu-ten",
            _("Đồng ý hoặc thôi nêu tên công khai"),
            _("Lưu"),
            [Input("member", _("Thành viên"), "select", choices=consent)],
            watch,
        ),
        Form(
            "giai-the",
            _("Giải thể ban"),
            _("Giải thể"),
            [
                Input("on", _("Ngày"), "day"),
                Input("reason", _("Lý do"), hint=_("Ví dụ: công trình đã nghiệm thu")),
            ],
            sets_up,
        ),
    ]


def _consent_words(each: MemberView) -> str:
    told = {"who": each.name or each.office or each.seat_words}
    return (_("%(who)s: thôi nêu tên") if each.is_public else _("%(who)s: đồng ý nêu tên")) % told


def _send_plan(visit: Visit, board_id: int, typed: Reader) -> str:
    sent_on, begins_on = typed.day("sent_on"), typed.day("begins_on")
    typed.check()
    actions.send_plan(by=visit.by, at=visit.now, board_id=board_id, sent_on=sent_on, begins_on=begins_on)
    return _("Đã ghi việc gửi kế hoạch.")


def _note(visit: Visit, board_id: int, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.write_note(
        by=visit.by,
        at=visit.now,
        board_id=board_id,
        kind=typed.text("kind"),
        on=on,
        words=typed.text("words"),
        to_whom=typed.text("to_whom"),
        uid=typed.uid(),
    )
    return _("Đã ghi.")


def _answer(visit: Visit, typed: Reader) -> str:
    note, on = typed.whole("note"), typed.day("answered_on")
    typed.check()
    actions.enter_answer(
        by=visit.by,
        at=visit.now,
        note_id=note,
        answer=typed.text("answer"),
        answered_by=typed.text("answered_by"),
        answered_on=on,
    )
    return _("Đã ghi câu trả lời.")


def _change(visit: Visit, board_id: int, typed: Reader) -> str:
    on, leaving = typed.day("on"), typed.whole_or_none("leaving")
    typed.check()
    actions.change_members(
        by=visit.by,
        at=visit.now,
        board_id=board_id,
        on=on,
        leaving=[] if leaving is None else [leaving],
        joining=_members_of(typed),
    )
    return _("Đã thay thành viên.")


def _consent(visit: Visit, typed: Reader) -> str:
    member, _dot, agrees = typed.text("member").partition(".")
    actions.agree_to_be_named(
        by=visit.by,
        at=visit.now,
        member_id=pages.key_of(member),
        agrees=agrees == "1",
    )
    return _("Đã lưu.")


def _dissolve(visit: Visit, board_id: int, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.dissolve_board(by=visit.by, at=visit.now, board_id=board_id, on=on, reason=typed.text("reason"))
    return _("Đã giải thể ban.")

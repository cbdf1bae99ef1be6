"""The page of one work, and the forms of the deeds that move it on or are written about it."""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.community.supervision import actions as supervising
from chungtay.community.supervision import queries as supervision
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence import queries as evidence
from chungtay.office import forms
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.forms import Field, Typed
from chungtay.office.works.deeds import DEEDS, SLUG_OF, Deed
from chungtay.office.works.lists import age_words, percent_words
from chungtay.people import roles
from chungtay.territory import queries as territory
from chungtay.works import actions, queries, rules, states, subjects
from chungtay.works.actions import Line
from chungtay.works.queries import WorkView
from chungtay.works.states import NEXT, PERMISSION, WRITTEN_IN, Move, Writing
from viet.dates import format_day
from viet.numbers import format_number

FEWEST_LINES, MORE_LINES = 6, 6


@for_officers
def work(visit: Visit, work_id: int) -> HttpResponse:
    """Everything about one work: where it stands, what comes next, photographs, quantities, money, diary."""
    return visit.page("office/works/work.html", _context(visit, queries.work(work_id)))


def _context(visit: Visit, view: WorkView) -> dict[str, Any]:
    row = view.row
    strips = evidence.strips(_keys(view), seen_by=visit.by)
    return framed(visit, view) | {
        "percent": percent_words(row),
        "age": age_words(row.debt.age_days(visit.today)),
        "per_km": row.dong_per_km,
        "next": _next(visit, view),
        "more": _more(visit, view),
        "shots": [
            (
                point,
                [
                    (stage, _stage(stage), strips[subjects.shot_key(point, stage)])
                    for stage in subjects.STAGES
                ],
            )
            for point in view.points
        ],
        "papers": [
            (slot, words, strips[subjects.paper_key(view, slot)])
            for slot, words in slot_words()
            if strips[subjects.paper_key(view, slot)].count
        ],
        "days": [(day, strips[subjects.day_key(day)]) for day in view.diary],
        "slots": slot_words(),
        "stages": [(stage, _stage(stage)) for stage in subjects.STAGES],
        **_supervised(visit, view),
        "send_refusal": visit.refusal("evidence.keep", row.place_id),
        "strike_refusal": visit.refusal("works.keep_diary", row.place_id),
        "plan_refusal": visit.refusal("works.plan", row.place_id),
        "may_strike": row.state in WRITTEN_IN[Writing.DIARY],
        "short_dong": max(0, (row.contract_dong or 0) - view.secured_dong),
    }


def _supervised(visit: Visit, view: WorkView) -> dict[str, Any]:
    """The boards that watch or watched the work, all they wrote, and which board could be linked by whom."""
    row = view.row
    boards = supervision.boards_of_work(row.uid)
    told: dict[str, Any] = {"boards": boards, "notes": supervision.notes_of_work(row.uid)}
    if all(board.dissolved_on for board in boards):
        line = [row.place_id, *(above.id for above in framed(visit, view)["above"])]
        told["linkable"] = supervision.without_work(line)
        told["link_refusal"] = visit.refusal("community.set_up_supervision", row.place_id)
    return told


def framed(visit: Visit, view: WorkView) -> dict[str, Any]:
    """What every page of a work is handed."""
    place = territory.latest(view.row.place_id)
    return {
        "view": view,
        "row": view.row,
        "place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "kind": rules.kind_words(view.row.kind),
    }


def _keys(view: WorkView) -> list[subjects.Key]:
    shots = [subjects.shot_key(point, stage) for point in view.points for stage in subjects.STAGES]
    papers = [subjects.paper_key(view, slot) for slot in subjects.SLOTS]
    return [*shots, *papers, *(subjects.day_key(day) for day in view.diary)]


def _stage(stage: str) -> str:
    return {"before": _("Trước khi làm"), "during": _("Đang làm"), "after": _("Sau khi làm")}[stage]


def slot_words() -> list[tuple[str, str]]:
    """The kinds of papers of a work, as choices."""
    return [
        ("sketch", _("Bản vẽ phác")),
        ("contract", _("Hợp đồng")),
        ("acceptance", _("Biên bản nghiệm thu")),
        ("handover", _("Biên bản bàn giao")),
        ("settlement", _("Quyết toán")),
        ("other", _("Giấy tờ khác")),
    ]


def _next(visit: Visit, view: WorkView) -> dict[str, Any] | None:
    """What comes next, who does it, and whether this post may."""
    move = NEXT.get(view.row.state)
    if move is None:
        return None
    return {
        "label": str(move.label),
        "who": roles.holders(PERMISSION[move]),
        "href": reverse("office:work_deed", args=[view.row.id, SLUG_OF[move]]),
        "refusal": visit.refusal(PERMISSION[move], view.row.place_id),
    }


def _more(visit: Visit, view: WorkView) -> list[dict[str, str]]:
    """The other deeds that this post may do now."""
    state = view.row.state
    possible: list[Move | Writing] = [*states.moves_from(state)]
    possible += [writing for writing, where in WRITTEN_IN.items() if state in where]
    return [
        {"label": str(deed.label), "href": reverse("office:work_deed", args=[view.row.id, SLUG_OF[deed]])}
        for deed in possible
        if deed != NEXT.get(state) and not visit.refusal(PERMISSION[deed], view.row.place_id)
    ]


# ── Forms ─────────────────────────────────────────────────────────────────────


@for_officers
def deed(visit: Visit, work_id: int, slug: str) -> HttpResponse:
    """The form of a deed, and the deed."""
    view = queries.work(work_id)
    if slug == SLUG_OF[Move.FILE]:
        return _file(visit, view)
    asked = DEEDS.get(slug)
    if asked is None:
        raise NotFound(_("Không có trang này. Hãy mở lại công trình."))
    fields = asked.asks(visit, view)
    faults: Sequence[Fault] = ()
    if visit.request.method == "POST":
        try:
            asked.run(_who(visit, work_id), view, Typed(fields, visit.request.POST).check())
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, str(asked.done))
            return redirect("office:work", work_id=work_id)
    return _form(visit, view, asked, fields, faults)


def _form(
    visit: Visit, view: WorkView, asked: Deed, fields: list[Field], faults: Sequence[Fault]
) -> HttpResponse:
    sent = visit.request.POST
    context = framed(visit, view) | {
        "title": asked.title,
        "button": asked.button,
        "fields": forms.drawn(fields, sent, faults),
        "faults": faults,
        "uid": sent.get("uid") or visit.uid(),
        "refusal": _refusal(visit, view, asked.deed),
    }
    return visit.page("office/works/deed.html", context, 422 if faults else 200)


def _refusal(visit: Visit, view: WorkView, asked: Move | Writing) -> str:
    """Why the button is shut: the post may not, or the work is not there yet."""
    if words := visit.refusal(PERMISSION[asked], view.row.place_id):
        return words
    try:
        if isinstance(asked, Move):
            states.after(view.row.state, asked)
        else:
            states.check_written(view.row.state, asked)
    except Refusal as refused:
        return str(refused)
    return ""


def _who(visit: Visit, work_id: int) -> dict[str, Any]:
    return {
        "by": visit.by,
        "at": visit.now,
        "work_id": work_id,
        "uid": _uid(visit.request.POST.get("uid", "")),
    }


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


# ── The simple file, with its rows ────────────────────────────────────────────


def _file(visit: Visit, view: WorkView) -> HttpResponse:
    """The bill of quantities as rows; “more rows” keeps what was typed."""
    sent = visit.request.POST
    faults: Sequence[Fault] = ()
    heads = _file_fields(visit, view)
    rows = _rows_sent(sent) if sent else _rows_known(view)
    if visit.request.method == "POST" and sent.get("viec") != "them":
        try:
            typed = Typed(heads, sent)
            lines = _lines(rows, typed.faults)
            told = typed.check()
            done = {"on": told["on"], "document": told["document"]}
            done |= {"other_dong": told["other"] or 0, "reserve_dong": told["reserve"] or 0}
            actions.file(**_who(visit, view.row.id), lines=lines, **done)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã lập hồ sơ."))
            return redirect("office:work", work_id=view.row.id)
    blank = MORE_LINES if sent.get("viec") == "them" else max(0, FEWEST_LINES - len(rows))
    context = framed(visit, view) | {
        "fields": forms.drawn(heads, sent, faults),
        "lines": [*rows, *({} for _each in range(blank))],
        "products": [
            ("", "–"),
            *((code, each.name.in_(visit.language)) for code, each in rules.law().products.items()),
        ],
        "faults": faults,
        "uid": sent.get("uid") or visit.uid(),
        "refusal": _refusal(visit, view, Move.FILE),
    }
    return visit.page("office/works/file.html", context, 422 if faults else 200)


def _file_fields(visit: Visit, view: WorkView) -> list[Field]:
    made = view.file
    return [
        Field("on", _("Ngày lập hồ sơ"), "day", value=format_day(visit.today)),
        Field("document", _("Số hồ sơ"), required=False, value=made.document if made else ""),
        Field(
            "other",
            _("Chi phí khác"),
            "money",
            unit=_("đồng"),
            required=False,
            hint=_("Khảo sát, giám sát…"),
            value=format_number(made.other_dong) if made else "",
        ),
        Field(
            "reserve",
            _("Dự phòng"),
            "money",
            unit=_("đồng"),
            required=False,
            value=format_number(made.reserve_dong) if made else "",
        ),
    ]


_CELLS: Final = ("item", "name", "unit", "quantity", "price", "product")


def _rows_known(view: WorkView) -> list[dict[str, str]]:
    return [
        {
            "item": line.item,
            "name": line.name,
            "unit": line.unit,
            "quantity": format_number(line.quantity),
            "price": format_number(line.price_dong),
            "product": line.product,
        }
        for line in view.lines
    ]


def _rows_sent(sent: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows in which something was typed; their numbers stand there from the first."""
    rows: list[dict[str, str]] = []
    for n in range(1, 1000):
        if f"item-{n}" not in sent:
            break
        cells = {cell: sent.get(f"{cell}-{n}", "").strip() for cell in _CELLS}
        if any(cells[cell] for cell in _CELLS if cell not in ("item", "product")):
            rows.append(cells)
    return rows


def _lines(rows: list[dict[str, str]], faults: list[Fault]) -> list[Line]:
    """The rows as lines of a bill; what is no number is told with its row."""
    lines: list[Line] = []
    for n, row in enumerate(rows, 1):
        typed = Typed(
            [Field("quantity", _("Khối lượng"), "number"), Field("price", _("Đơn giá"), "money")],
            row,
        )
        faults += [Fault(fault.sentence, "lines", n) for fault in typed.faults]
        quantity, price = typed.values["quantity"], typed.values["price"]
        lines.append(
            Line(row["item"], row["name"], row["unit"], quantity or Decimal(1), price or 0, row["product"])
        )
    return lines


# ── Small deeds on the page ───────────────────────────────────────────────────


@require_POST
@for_officers
def strike(visit: Visit, work_id: int, entry_id: int) -> HttpResponse:
    reason = visit.request.POST.get("reason", "")
    actions.strike_diary(by=visit.by, at=visit.now, entry_id=entry_id, reason=reason)
    messages.success(visit.request, _("Đã gạch ngày này; nó vẫn đọc được và không tính nữa."))
    return redirect("office:work", work_id=work_id)


@require_POST
@for_officers
def undo(visit: Visit, work_id: int, payment_id: int) -> HttpResponse:
    reason = visit.request.POST.get("reason", "")
    actions.undo_payment(by=visit.by, at=visit.now, payment_id=payment_id, reason=reason)
    messages.success(visit.request, _("Đã huỷ lần thanh toán."))
    return redirect("office:work", work_id=work_id)


@require_POST
@for_officers
def reply(visit: Visit, work_id: int, note_id: int) -> HttpResponse:
    words = visit.request.POST.get("words", "")
    supervising.enter_answer(
        by=visit.by,
        at=visit.now,
        note_id=note_id,
        answer=words,
        answered_by=visit.by.label,
        answered_on=visit.today,
    )
    messages.success(visit.request, _("Đã trả lời."))
    return redirect("office:work", work_id=work_id)


@require_POST
@for_officers
def link_board(visit: Visit, work_id: int) -> HttpResponse:
    board = visit.request.POST.get("board", "")
    board_id = int(board) if board.isdecimal() and len(board) < 19 else 0
    actions.link_board(by=visit.by, at=visit.now, work_id=work_id, board_id=board_id)
    messages.success(visit.request, _("Đã nối ban giám sát với công trình."))
    return redirect("office:work", work_id=work_id)


# ── Proposing ─────────────────────────────────────────────────────────────────


@for_officers
def propose(visit: Visit, place_id: int) -> HttpResponse:
    """Say that a work is needed here."""
    place = territory.latest(place_id)
    fields = [
        Field("name", _("Tên công trình"), hint=_("Ví dụ: Rãnh thoát nước ngõ 3")),
        Field(
            "kind",
            _("Loại"),
            "select",
            choices=[(code, rules.kind_words(code)) for code in rules.law().kinds],
        ),
        Field("need", _("Vì sao cần"), "textarea", required=False),
        Field("on", _("Ngày đề xuất"), "day", value=format_day(visit.today)),
        Field(
            "position",
            _("Vị trí"),
            required=False,
            hint=_("Vĩ độ, kinh độ, chép từ bản đồ: 21.7213, 105.7546"),
        ),
    ]
    sent = visit.request.POST
    faults: Sequence[Fault] = ()
    if visit.request.method == "POST":
        try:
            told = Typed(fields, sent).check()
            spot = forms.position(told.pop("position"))
            uid = _uid(sent.get("uid", ""))
            made = actions.propose(
                by=visit.by, at=visit.now, uid=uid, place_id=place_id, position=spot, **told
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            words = _("Đã ghi đề xuất, số hiệu %(number)s.") % {"number": made.number}
            messages.success(visit.request, words)
            return redirect("office:work", work_id=made.pk)
    context = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "fields": forms.drawn(fields, sent, faults),
        "faults": faults,
        "uid": sent.get("uid") or visit.uid(),
        "refusal": visit.refusal("works.propose", place_id),
    }
    return visit.page("office/works/propose.html", context, 422 if faults else 200)

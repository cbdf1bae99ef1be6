"""The village convention: its versions at a hamlet, the newest of each hamlet below a commune, one version."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.community.convention import actions, queries
from chungtay.community.convention.queries import ConventionView
from chungtay.community.meetings.queries import decisions_of
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Form, Input, Item, Page, Table
from chungtay.office.community.proofs import strip_of, take
from chungtay.office.community.reader import Reader
from chungtay.territory.queries import PlaceView
from viet.numbers import format_number


def _states() -> dict[str, str]:
    return {
        "draft": _("dự thảo đang niêm yết"),
        "passed": _("đã thông qua, chờ công nhận"),
        "coming": _("đã công nhận, chưa đến ngày hiệu lực"),
        "in_force": _("đang có hiệu lực"),
        "ended": _("hết hiệu lực"),
    }


@open_to_all
def conventions(visit: Visit, place_id: int) -> HttpResponse:
    """The versions of a hamlet's convention; of a commune the newest of each place."""
    place = pages.place_of(place_id)
    found = queries.versions(place_id) if place.level in ("hamlet", "area") else queries.below(place_id)
    state = pages.asked_choice(visit, "tt", list(_states().items()))
    if state:
        found = [each for each in found if each.state_on(visit.today) == state]
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "huong-uoc", form, _table(visit, found, as_file=True))

    def page() -> Page:
        choices = [("", _("mọi tình trạng")), *_states().items()]
        return Page(
            room="convention",
            heading=pages.room_name("convention"),
            lead=_("Người dân trong thôn bàn và thông qua; xã công nhận."),
            filters=[pages.Filter("tt", _("Tình trạng"), state, choices)],
            tables=[_table(visit, found)],
            forms=[] if is_visitor(visit) or place.level not in ("hamlet", "area") else _new(visit, place),
        )

    deeds = {"niem-yet": partial(_post, visit, place_id), "da-co": partial(_enter, visit, place_id)}
    return pages.answer(visit, place, page, deeds)


def _table(visit: Visit, found: list[ConventionView], *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Hương ước")),
        Column(_("Bản số"), css="number"),
        Column(_("Nơi")),
        Column(_("Tình trạng")),
        Column(_("Thông qua"), css="nowrap"),
        Column(_("Công nhận"), css="nowrap"),
        Column(_("Hiệu lực từ"), css="nowrap"),
    ]
    page = None if as_file else pages.paged(visit, found)
    rows = [
        [
            Item(
                each.title,
                reverse("office:convention_version", args=[each.id]),
                pages.mark_of(each.mark),
                told=each.title,
            ),
            Item(str(each.version), told=each.version),
            Item(each.place),
            Item(_states()[each.state_on(visit.today)]),
            pages.day_item(each.passed_on),
            pages.day_item(each.recognised_on),
            pages.day_item(each.in_force_from),
        ]
        for each in (found if page is None else page)
    ]
    empty = (_("Chưa có bản hương ước nào"), _("Trưởng thôn niêm yết dự thảo, hoặc ghi bản đã có."))
    return Table(pages.room_name("convention"), columns, rows, empty, page)


def _new(visit: Visit, place: PlaceView) -> list[Form]:
    refusal = visit.refusal(actions.PERMISSION, place.id)
    days = queries.draft_days()
    draft = [
        Input("title", _("Tên")),
        Input("text", _("Nội dung dự thảo"), "textarea"),
        Input("posted_from", _("Niêm yết từ ngày"), "day"),
        Input("posted_at", _("Nơi niêm yết"), required=False),
    ]
    known = [
        Input("title", _("Tên")),
        Input("text", _("Nội dung"), "textarea", required=False),
        Input("passed_on", _("Ngày thông qua"), "day", _("Bỏ trống nếu chưa rõ"), required=False),
        Input("recognised_on", _("Ngày công nhận"), "day", required=False),
        Input("recognised_by", _("Nơi công nhận"), required=False),
        Input("recognition_number", _("Số quyết định"), required=False),
        Input("in_force_from", _("Hiệu lực từ ngày"), "day", required=False),
        Input("source", _("Nguồn")),
    ]
    told = {"n": days.value, "ground": days.ground}
    hint = _("Niêm yết ít nhất %(n)s ngày trước khi họp thông qua (%(ground)s).") % told
    return [
        Form("niem-yet", _("Niêm yết dự thảo"), _("Niêm yết"), draft, refusal, hint),
        Form("da-co", _("Ghi bản đã có từ trước"), _("Ghi"), known, refusal),
    ]


def _post(visit: Visit, place_id: int, typed: Reader) -> str:
    posted_from = typed.day("posted_from")
    typed.check()
    actions.post_draft(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        title=typed.text("title"),
        text=typed.text("text"),
        posted_from=posted_from,
        posted_at=typed.text("posted_at"),
        uid=typed.uid(),
    )
    return _("Đã ghi dự thảo niêm yết.")


def _enter(visit: Visit, place_id: int, typed: Reader) -> str:
    passed_on, recognised_on = typed.day_or_none("passed_on"), typed.day_or_none("recognised_on")
    in_force_from = typed.day_or_none("in_force_from")
    typed.check()
    actions.enter_on_record(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        title=typed.text("title"),
        text=typed.text("text"),
        source=typed.text("source"),
        recognised_by=typed.text("recognised_by"),
        recognition_number=typed.text("recognition_number"),
        passed_on=passed_on,
        recognised_on=recognised_on,
        in_force_from=in_force_from,
        uid=typed.uid(),
    )
    return _("Đã ghi.")


# ── One version ───────────────────────────────────────────────────────────────


@open_to_all
def version(visit: Visit, convention_id: int) -> HttpResponse:
    """One version: what it says, how it came to hold, its paper."""
    shown = queries.convention(convention_id)
    place = pages.place_of(shown.place_id)
    deeds = {
        "theo-quyet-dinh": partial(_pass_by_decision, visit, convention_id),
        "thong-qua": partial(_pass, visit, convention_id),
        "cong-nhan": partial(_recognise, visit, convention_id),
        "het": partial(_end, visit, convention_id),
        "gach": partial(_strike, visit, convention_id),
    }
    back = reverse("office:convention", args=[shown.place_id]) if _is_strike(visit) else ""
    return pages.answer(visit, place, lambda: _one(visit, shown), deeds, back)


def _is_strike(visit: Visit) -> bool:
    return visit.request.POST.get("viec") == "gach"


def _one(visit: Visit, shown: ConventionView) -> Page:
    unknown = _("chưa rõ")

    def day(value: object) -> str:
        return day_words(value) if value else unknown  # type: ignore[arg-type]

    votes = unknown
    if shown.agreed is not None and shown.households is not None:
        votes = _("%(n)s/%(all)s hộ tán thành") % {
            "n": format_number(shown.agreed),
            "all": format_number(shown.households),
        }
    facts = [
        (_("Tình trạng"), _states()[shown.state_on(visit.today)]),
        (_("Niêm yết từ"), f"{day(shown.posted_from)}{f', {shown.posted_at}' if shown.posted_at else ''}"),
        (_("Thông qua"), day(shown.passed_on)),
        (_("Kết quả"), votes),
        (_("Quyết định của cộng đồng"), shown.decision_words or "–"),
        (
            _("Công nhận"),
            f"{day(shown.recognised_on)}{f', {shown.recognised_by}' if shown.recognised_by else ''}",
        ),
        (_("Số quyết định"), shown.recognition_number or unknown),
        (_("Hiệu lực từ"), day(shown.in_force_from)),
        (_("Nguồn"), shown.source or "–"),
    ]
    if shown.ended_on:
        facts.append((_("Hết hiệu lực"), f"{day_words(shown.ended_on)}: {shown.ended_reason}"))
    return Page(
        room="convention",
        heading=shown.title,
        back=(reverse("office:convention", args=[shown.place_id]), pages.room_name("convention")),
        facts=facts,
        texts=[(_("Nội dung"), shown.text)] if shown.text else [],
        forms=[] if is_visitor(visit) else _steps(visit, shown),
        extra=strip_of(visit, shown.subject, reverse("office:convention_files", args=[shown.id])),
    )


def _steps(visit: Visit, shown: ConventionView) -> list[Form]:
    """What comes next for this version."""
    refusal = visit.refusal(actions.PERMISSION, shown.place_id)
    strike = Form("gach", _("Gạch bỏ bản ghi nhầm"), _("Gạch bỏ"), [Input("reason", _("Lý do"))], refusal)
    if shown.step == "draft":
        inputs = [
            Input("passed_on", _("Ngày thông qua"), "day"),
            Input("households", _("Tổng số hộ của thôn"), "number"),
            Input("agreed", _("Số hộ tán thành"), "number"),
            Input(
                "decision_words", _("Quyết định của cộng đồng"), hint=_("Số, ngày biên bản"), required=False
            ),
        ]
        by_hand = Form("thong-qua", _("Ghi việc thông qua"), _("Ghi"), inputs, refusal)
        return [*_by_decision(shown, refusal), by_hand, strike]
    if shown.step == "passed":
        inputs = [
            Input("recognised_on", _("Ngày công nhận"), "day"),
            Input("recognised_by", _("Nơi công nhận")),
            Input("recognition_number", _("Số quyết định"), required=False),
            Input("in_force_from", _("Hiệu lực từ ngày"), "day"),
        ]
        return [Form("cong-nhan", _("Ghi việc công nhận"), _("Ghi"), inputs, refusal), strike]
    if shown.ended_on is None:
        inputs = [Input("on", _("Ngày hết hiệu lực"), "day"), Input("reason", _("Lý do"))]
        return [Form("het", _("Ghi hết hiệu lực"), _("Ghi"), inputs, refusal), strike]
    return []


def _by_decision(shown: ConventionView, refusal: str) -> list[Form]:
    """The meetings' decisions on conventions that passed: choosing one tells day and counts."""
    choices = [
        (str(each.uid), f"{day_words(each.decided_on)}: {each.subject}")
        for each in decisions_of(shown.place_id)
        if each.kind == "convention" and each.passed and each.votes_for and not each.replaced_by
    ]
    if not choices:
        return []
    inputs = [Input("decision", _("Quyết định của cuộc họp"), "select", choices=choices)]
    hint = _("Ngày, tổng số hộ và số hộ tán thành lấy từ biên bản đã chốt.")
    title = _("Thông qua theo quyết định của cuộc họp")
    return [Form("theo-quyet-dinh", title, _("Ghi"), inputs, refusal, hint)]


def _pass_by_decision(visit: Visit, convention_id: int, typed: Reader) -> str:
    try:
        decision = uuid.UUID(typed.text("decision"))
    except ValueError:
        raise Refusal(Fault(_("Hãy chọn một quyết định trong danh sách."), "decision")) from None
    actions.pass_draft(by=visit.by, at=visit.now, convention_id=convention_id, decision_uid=decision)
    return _("Đã ghi việc thông qua.")


def _pass(visit: Visit, convention_id: int, typed: Reader) -> str:
    passed_on = typed.day("passed_on")
    households, agreed = typed.whole("households"), typed.whole("agreed")
    typed.check()
    actions.pass_draft(
        by=visit.by,
        at=visit.now,
        convention_id=convention_id,
        passed_on=passed_on,
        households=households,
        agreed=agreed,
        decision_words=typed.text("decision_words"),
    )
    return _("Đã ghi việc thông qua.")


def _recognise(visit: Visit, convention_id: int, typed: Reader) -> str:
    on, begins = typed.day("recognised_on"), typed.day("in_force_from")
    typed.check()
    actions.recognise(
        by=visit.by,
        at=visit.now,
        convention_id=convention_id,
        recognised_on=on,
        recognised_by=typed.text("recognised_by"),
        recognition_number=typed.text("recognition_number"),
        in_force_from=begins,
    )
    return _("Đã ghi việc công nhận.")


def _end(visit: Visit, convention_id: int, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.end_convention(
        by=visit.by, at=visit.now, convention_id=convention_id, on=on, reason=typed.text("reason")
    )
    return _("Đã ghi.")


def _strike(visit: Visit, convention_id: int, typed: Reader) -> str:
    actions.strike_convention(
        by=visit.by, at=visit.now, convention_id=convention_id, reason=typed.text("reason")
    )
    return _("Đã gạch bỏ; bản ghi không còn được tính.")


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, convention_id: int) -> HttpResponseBase:
    """The paper copy of a version."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, convention_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, convention_id: int) -> HttpResponse:
    shown = queries.convention(convention_id)
    return take(
        visit, shown.subject, reverse("office:convention_version", args=[convention_id]) + "#minh-chung"
    )

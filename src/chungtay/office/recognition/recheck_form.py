"""One form of a claim checked again: what to measure, what was found, the files of it."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Door, Form, Input, Item, Page, Table
from chungtay.office.community.proofs import strip_of, take
from chungtay.office.community.reader import Reader
from chungtay.office.recognition.recheck_words import OUTCOMES, after_words
from chungtay.recognition.rechecks import actions, queries, wording
from chungtay.recognition.rechecks.views import FormView
from rulebook import Mark


@for_officers
def form(visit: Visit, form_id: int) -> HttpResponse:
    """One form: what to measure and how; the claim only beside what was found."""
    shown = queries.form(form_id, seen_by=visit.by)
    place = pages.place_of(shown.place_id)
    return pages.answer(
        visit, place, lambda: _form_page(visit, shown), {"kiem": partial(_check, visit, shown)}
    )


def _form_page(visit: Visit, shown: FormView) -> Page:
    facts = [
        (_("Nơi"), shown.place),
        (_("Kỳ của khai báo"), wording.period_words(shown.period)),
        (_("Cách làm"), shown.how),
        (_("Tiêu chí"), shown.criterion or _("không tiêu chí nào hỏi đến")),
    ]
    if shown.unit:
        facts.insert(2, (_("Đơn vị"), shown.unit))
    doors = []
    if shown.file_id is not None:
        doors.append(
            Door(_("Mở tệp cần kiểm tra"), reverse("office:original", args=[shown.file_id]), kind="quiet")
        )
    if shown.checks:
        facts += [
            (_("Chịu trách nhiệm khai báo"), shown.answers),
            (_("Kết quả"), str(OUTCOMES[shown.outcome])),
        ]
        if shown.outcome == "mismatch":
            facts.append((_("Việc sửa"), after_words(shown)))
        if shown.kind == "figure":
            doors.append(
                Door(_("Mở số liệu đã khai"), reverse("office:figure", args=[shown.claim_id]), kind="quiet")
            )
    sample_address = reverse("office:recheck_sample", args=[shown.sample_id])
    return Page(
        room="rechecks",
        heading=_("Phiếu %(n)s: %(what)s") % {"n": shown.number, "what": shown.subject},
        back=(f"{sample_address}?noi={shown.place_id}", _("Các phiếu của nơi này")),
        notes=[]
        if shown.checks
        else [
            _(
                "Giá trị đã khai chỉ hiện ra sau khi lưu kết quả kiểm tra, để người kiểm tra không bị dẫn theo."
            )
        ],
        doors=doors,
        facts=facts,
        tables=[_checks_table(shown)] if shown.checks else [],
        forms=[_check_form(visit, shown)],
        extra=strip_of(visit, shown.evidence, reverse("office:recheck_files", args=[shown.id])),
    )


def _checks_table(shown: FormView) -> Table:
    columns = [
        Column(_("Đã khai")),
        Column(_("Kiểm tra được")),
        Column(_("So sánh")),
        Column(_("Đổi kết quả tiêu chí")),
        Column(_("Ngày"), css="nowrap"),
        Column(_("Người kiểm tra")),
    ]
    rows = []
    for each in shown.checks:
        if each.outcome != "mismatch":
            moved = "–"
        elif each.changes is None:
            moved = _("chưa biết")
        else:
            moved = ", ".join(each.changes) or _("không")
        rows.append(
            [
                Item(shown.claimed),
                Item(each.found or "–", mark=pages.mark_of(each.mark), note=each.not_possible or each.source),
                Item(str(OUTCOMES[each.outcome])),
                Item(moved),
                pages.day_item(each.checked_on),
                Item(each.by, note=_("Sửa, vì: %(why)s") % {"why": each.reason} if each.reason else ""),
            ]
        )
    return Table(_("Khai báo bên cạnh kiểm tra"), columns, rows)


def _check_form(visit: Visit, shown: FormView) -> Form:
    refusal = refusal_of(partial(queries.check_may_check, visit.by, shown.id))
    choices = [("", "–"), *shown.choices]
    inputs = [
        Input("found", _("Kết quả"), "select", _("Bỏ trống nếu không kiểm tra được"), choices, required=False)
        if shown.choices
        else Input(
            "found",
            _("Kết quả"),
            "text",
            _("Bỏ trống nếu không kiểm tra được"),
            unit=shown.unit,
            required=False,
        ),
        Input("not_possible", _("Hoặc vì sao không kiểm tra được"), required=False),
        Input("checked_on", _("Ngày kiểm tra"), "day"),
        *pages.origin_inputs(),
    ]
    if shown.checks:
        hint = _("Kết quả trước vẫn hiện bên cạnh")
        inputs.append(Input("reason", _("Vì sao sửa"), hint=hint))
        return Form("kiem", _("Sửa kết quả kiểm tra"), _("Lưu kết quả mới"), inputs, refusal)
    return Form("kiem", _("Nhập kết quả kiểm tra"), _("Lưu kết quả"), inputs, refusal, is_open=True)


def _check(visit: Visit, shown: FormView, typed: Reader) -> str:
    checked_on = typed.day("checked_on")
    typed.check()
    row = actions.recheck(
        by=visit.by,
        at=visit.now,
        form_id=shown.id,
        checked_on=checked_on,
        found=typed.text("found"),
        not_possible=typed.text("not_possible"),
        reason=typed.text("reason"),
        mark=Mark.TOLD if typed.text("mark") == Mark.TOLD else Mark.MEASURED,
        source=typed.text("source"),
        uid=typed.uid(),
    )
    if row.outcome == "mismatch":
        return _("Đã lưu. Kết quả lệch với khai báo; nơi chịu trách nhiệm được báo để sửa.")
    return _("Đã lưu kết quả kiểm tra.")


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, form_id: int) -> HttpResponseBase:
    """Photos and papers of a check."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, form_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, form_id: int) -> HttpResponse:
    shown = queries.form(form_id, seen_by=visit.by)
    return take(visit, shown.evidence, reverse("office:recheck_form", args=[form_id]) + "#minh-chung")

"""One entry of the ledger: what it says, what came of it, its files, and the deeds on it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words, dong_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.evidence.subjects import Subject
from chungtay.ledger import actions, queries
from chungtay.ledger.kinds import UNIT_OF, Act, Kind
from chungtay.ledger.policies import permission_to_undo
from chungtay.ledger.queries import EntryView
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import proofs
from chungtay.office.ledger.reading import Form
from chungtay.office.ledger.valuation import unit_words
from chungtay.territory import queries as territory
from chungtay.works import queries as works

FIELDS = ("uid", "reason", "rule", "value_dong", "paper", "on", "document", "name", "request")
_DEEDS = ("quy-doi", "dia-chinh", "huy", "xoa-ten")


@for_officers
def entry(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    """An entry with what came of it. A deed on it leads back to its receipt where it has one."""
    found = queries.entry_by_uid(uid, seen_by=visit.by)
    form = Form(visit.request.POST, FIELDS)
    faults: tuple[Fault, ...] = ()
    deed = visit.request.POST.get("viec", "")
    if visit.request.method == "POST" and deed in _DEEDS:
        try:
            messages.success(visit.request, _do(visit, found, deed, form))
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            return redirect(_back(found))
    context = {
        "entry": found,
        "place": territory.latest(found.place_id),
        "above": territory.ancestors(found.place_id, found.on),
        "roll": queries.roll(found.id, seen_by=visit.by),
        "undo_refusal": visit.refusal(permission_to_undo(found.act, found.kind), found.place_id),
        "paid_for": works.paid_with(found.id),
        "is_first": found.act in (Act.RECORD, Act.OPENING),
        "faults": faults,
        **beside(visit, found, form, faults),
    }
    return visit.page("office/ledger/entry.html", context, 422 if faults else 200)


def beside(visit: Visit, found: EntryView, form: Form, faults: tuple[Fault, ...] = ()) -> dict[str, Any]:
    """What stands on the page of an entry and on that of its receipt: later changes, land, files, valuing anew."""
    unit = UNIT_OF.get(found.kind)
    stands = found.act in (Act.RECORD, Act.OPENING) and not found.undone
    rules = queries.rules(found.place_id, found.on) if unit is not None and stands else ()
    context: dict[str, Any] = {
        "changes": queries.changes(found.id, seen_by=visit.by),
        "land": queries.land(found.id, seen_by=visit.by) if found.kind is Kind.LAND else None,
        "is_revalued": unit is not None and stands,
        "rules": [
            ("", _("— theo giá trị ghi dưới")),
            *(
                (each.id, f"{unit_words(each)} = {dong_words(each.rate_dong)}: {each.legal_basis}")
                for each in rules
                if unit is not None and each.unit == unit.code
            ),
        ],
        "deeds": reverse("office:ledger_entry", args=[found.uid]),
        "value_refusal": visit.refusal("ledger.set_valuation", found.place_id),
        "names_people": bool(found.giver or queries.roll(found.id, seen_by=visit.by)),
        "erase_refusal": visit.refusal("ledger.reverse", found.place_id),
        "land_refusal": visit.refusal("ledger.receive", found.place_id),
        "sent": form.sent | {"uid": str(visit.uid()), "on": form.sent["on"] or day_words(visit.today)},
        "wrong": form.wrong(faults),
    }
    if subject := _subject(found):
        context |= proofs.strip_of(visit, subject, reverse("office:send_entry_files", args=[found.uid]))
        context["is_private"] = True
    return context


def _do(visit: Visit, found: EntryView, deed: str, form: Form) -> str:
    told: dict[str, Any] = {"by": visit.by, "at": visit.now, "entry_id": found.id, "uid": form.uid()}
    if deed == "huy":
        if works.paid_with(found.id) is not None:
            raise Refusal(_("Khoản này là một lần thanh toán công trình. Hãy huỷ ở trang công trình."))
        actions.reverse(**told, reason=form.text("reason"))
        return _("Đã huỷ. Khoản cũ vẫn còn trong sổ.")
    if deed == "xoa-ten":
        del told["uid"]  # what was erased once is not there a second time
        actions.erase_name(**told, name=form.text("name"), request=form.text("request"))
        return _("Đã xoá tên khỏi khoản này. Số tiền, số công và biên nhận vẫn còn trong sổ.")
    if deed == "dia-chinh":
        on = form.day("on")
        form.check()
        actions.register_land(**told, on=on, document=form.text("document"))
        return _("Đã ghi việc chỉnh lý sổ địa chính.")
    rule = form.key("rule") or None
    value = form.dong("value_dong") if rule is None else None
    form.check()
    actions.revalue(
        **told, reason=form.text("reason"), rule_id=rule, value_dong=value, paper=form.text("paper")
    )
    return _("Đã quy đổi lại; giá trị cũ vẫn còn trong sổ.")


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Keep files of a gift or an opening entry. They may name people, so they are private."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, uid)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    found = queries.entry_by_uid(uid, seen_by=visit.by)
    subject = _subject(found)
    if subject is None:
        raise Refusal(_("Khoản này không kèm tệp. Hãy gửi tệp vào khoản đóng góp hoặc số ban đầu."))
    return proofs.take(visit, subject, _back(found) + "#minh-chung", private=True)


def _back(found: EntryView) -> str:
    return reverse("office:kept_receipt" if found.receipt else "office:ledger_entry", args=[found.uid])


def _subject(found: EntryView) -> Subject | None:
    """What files of an entry prove; no name stands in it."""
    if found.act is Act.OPENING:
        label = f"Số ban đầu: {found.kind.label}, {found.source.label}"
        return Subject("opening", str(found.uid), label, found.place_id, found.on, found.on)
    if found.receipt and found.act is Act.RECORD:
        label = f"Biên nhận {found.receipt}: {found.kind.label}"
        return Subject("gift", str(found.uid), label, found.place_id, found.on, found.on)
    return None

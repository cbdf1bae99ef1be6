"""Proofs that a paper was signed, on the page of whatever bears the paper; one proof with its signatures read afresh.

A page that shows a paper puts `shown(…)` into its context as `signing` and includes
`office/recognition/signing_proofs.html`; several on a page: one for each, in a loop, `with signing=each`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office import uploads
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community.open import is_visitor
from chungtay.recognition.signing import actions, queries, words
from chungtay.recognition.signing.queries import ProofView
from chungtay.territory import queries as territory

_SALT: Final = "office.recognition.signing_proofs"
_INPUTS: Final = ("proof", "office", "shelf", "number")
PROOFS: Final = ("digital", "scan", "location")


@dataclass(frozen=True)
class Shown:
    """The proofs of one paper and the form that sends more. paper: who it is, signed, so that no sender tells another."""

    anchor: str
    label: str
    standing: Sequence[ProofView]
    older: Sequence[ProofView]
    paper: str
    refusal: str
    uid: str


def shown(
    visit: Visit,
    *,
    kind: str,
    ref: str,
    place_id: int,
    label: str,
    back: str,
    proofs: Sequence[ProofView] | None = None,
) -> Shown | None:
    """What a page shows of one paper's signatures; None for a visitor. label: the paper in words. back: the page.

    proofs: where the page has read those of many papers at once (`queries.signatures_of`).
    """
    if is_visitor(visit):
        return None
    found = queries.signatures_of(kind, [ref])[ref] if proofs is None else proofs
    anchor = f"chu-ky-{kind}-{ref}"
    told = {"kind": kind, "ref": ref, "place": place_id, "label": label, "back": f"{back}#{anchor}"}
    return Shown(
        anchor,
        label,
        [each for each in found if each.is_standing],
        [each for each in found if not each.is_standing],
        signing.dumps(told, salt=_SALT, compress=True),
        visit.refusal(actions.PERMISSION, place_id),
        str(visit.uid()),
    )


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest) -> HttpResponseBase:
    """Put one proof of a paper forward."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit) -> HttpResponse:
    sent = visit.request.POST
    told = _paper(sent)
    file = visit.request.FILES.get("file")
    try:
        if faults := uploads.faults_of(visit.request):
            raise Refusal(*faults)
        if sent.get("proof") not in PROOFS:
            raise Refusal(Fault(_("Hãy chọn một loại: chữ ký số, bản chụp, hay nơi giữ bản giấy."), "proof"))
        actions.attach(
            by=visit.by,
            at=visit.now,
            place_id=told["place"],
            kind=told["kind"],
            ref=told["ref"],
            label=told["label"],
            proof=sent["proof"],
            content=cast(BinaryIO, file.file) if file else None,
            name=(file.name or "") if file else "",
            office=sent.get("office", ""),
            shelf=sent.get("shelf", ""),
            number=sent.get("number", ""),
            uid=uploads.sent_uid(visit.request),
        )
    except NotPermitted:
        raise
    except Refusal as refused:
        return _form_again(visit, told, refused.faults)
    messages.success(visit.request, _("Đã nhận. Bản gửi trước cùng loại, nếu có, vẫn xem lại được."))
    return redirect(told["back"])


def _paper(sent: Mapping[str, str]) -> dict[str, Any]:
    try:
        told = signing.loads(sent.get("paper", ""), salt=_SALT)
    except signing.BadSignature:
        raise Refusal(_("Không rõ văn bản nào. Hãy mở lại trang có văn bản đó rồi gửi lại.")) from None
    return dict(told)


def _form_again(visit: Visit, told: Mapping[str, Any], faults: Sequence[Fault]) -> HttpResponse:
    """The form by itself, as it was typed, with what is wrong."""
    place = territory.latest(int(told["place"]))
    back, _hash, _anchor = str(told["back"]).partition("#")
    again = shown(
        visit,
        kind=str(told["kind"]),
        ref=str(told["ref"]),
        place_id=place.id,
        label=str(told["label"]),
        back=back,
    )
    context = {
        "place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "signing": again,
        "sent": visit.request.POST,
        "back": back,
        "faults": [Fault(each.sentence, _target(each.field, again)) for each in faults],
    }
    return visit.page("office/recognition/signing_send.html", context, 422)


def _target(field: str, form: Shown | None) -> str:
    """The id of the input at fault, without what the summary puts before it."""
    named = {"files": "file"}.get(field, field)
    return f"{named}-{form.anchor}" if form and named in (*_INPUTS, "file") else ""


@for_officers
def proof(visit: Visit, signature_id: int) -> HttpResponse:
    """One proof: what it is, who sent it, and its digital signatures read and weighed now."""
    view = queries.proof(signature_id, seen_by=visit.by)
    found = queries.read_again(view, seen_by=visit.by, at=visit.now)
    place = territory.latest(view.place_id)
    context = {
        "proof": view,
        "place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "file": reverse("office:file", args=[view.file_id]) if view.file_id else "",
        "signatures": [(words.state_of(each), each.is_good, words.facts_of(each)) for each in found],
    }
    return visit.page("office/recognition/signing_proof.html", context)

"""Verifying a certificate, for anybody and without scripts: by the address in its QR, or by its file, never kept."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence.kinds import MB
from chungtay.office.answers import Visit
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.recognition.often import check_not_too_often
from chungtay.recognition.signing import registers, words
from chungtay.recognition.signing.checking import Outcome
from chungtay.recognition.signing.policies import FILES_AN_HOUR, LOOKS_AN_HOUR, MOST_SENT_BYTES
from chungtay.recognition.signing.registers import CertificateView
from chungtay.territory import queries as territory
from chungtay.ui.languages import for_everybody, plain
from chungtay.ui.reading import not_for_the_server
from rulebook import Mark

_LIST_KEPT: Final = 300  # seconds
Facts = list[tuple[str, Any]]


def address() -> str:
    """The address that stands in a certificate's QR, with “{secret}” where its own part goes."""
    path = plain(reverse("office:verify_certificate", args=["SECRET"]))
    return f"{settings.SITE_ADDRESS}{path}".replace("SECRET", "{secret}")


class InMemory(FileUploadHandler):
    """Takes a file into memory and lets go of it as soon as it is too large: what strangers send meets no disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held, self.is_too_large = BytesIO(), False
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.is_too_large = self.is_too_large or start + len(raw_data) > MOST_SENT_BYTES
        if self.is_too_large:
            self.held = BytesIO()
        else:
            self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if self.is_too_large:
            assert self.request is not None
            self.request.META["chungtay.too_large"] = True
            return None
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


@for_everybody
@not_for_the_server  # a form; what a certificate says stands at the address of its secret
@csrf_exempt  # until the handler stands in its place; `_verify` checks the token
def verify(request: HttpRequest) -> HttpResponseBase:
    """The page where a file is brought."""
    request.upload_handlers = [InMemory(request)]
    return _verify(request)


@csrf_protect
@open_to_all
def _verify(visit: Visit) -> HttpResponse:
    if visit.request.method != "POST":
        return _page(visit, {})
    try:
        check_not_too_often(visit.request, "file", FILES_AN_HOUR)
        content = _sent(visit.request)
    except Refusal as refused:
        return _page(visit, {}, refused.faults)
    checked, found = registers.recognised(content, at=visit.now, on=visit.today)
    is_good = checked.outcome is Outcome.WHOLE
    context: dict[str, Any] = {
        "outcome": words.outcome_of(checked),
        "is_good": is_good,
        "signatures": [
            (words.state_of(each), each.is_good, words.facts_of(each)) for each in checked.signatures
        ],
    }
    return _page(visit, context | (_told(visit, found) if found else {}), status=200 if is_good else 422)


def _sent(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if request.META.get("chungtay.too_large"):
        sentence = _(
            "Tệp lớn hơn %(most)s MB; bằng công nhận không lớn đến vậy. Hãy chọn đúng tệp PDF của bằng."
        )
        raise Refusal(Fault(sentence % {"most": MOST_SENT_BYTES // MB}, "file"))
    if file is None:
        raise Refusal(Fault(_("Chưa chọn tệp nào. Hãy chọn tệp PDF của bằng."), "file"))
    content: bytes = file.read()
    return content


@open_to_all
def by_secret(visit: Visit, secret: str) -> HttpResponse:
    """What the QR of a certificate leads to."""
    check_not_too_often(visit.request, "secret", LOOKS_AN_HOUR)
    return _page(visit, _told(visit, registers.by_secret(secret, on=visit.today)))


@open_to_all
def picture(visit: Visit, secret: str) -> HttpResponse:
    """What the certificate looks like."""
    check_not_too_often(visit.request, "picture", LOOKS_AN_HOUR)
    view = registers.by_secret(secret, on=visit.today)
    key = f"recognition:picture:{view.sha256}"
    content = cache.get(key)
    if content is None:
        content = registers.picture_of(view)
        cache.set(key, content, 24 * 3600)
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@open_to_all
def file(visit: Visit, secret: str) -> HttpResponse:
    """The file itself, as it was issued, byte for byte."""
    check_not_too_often(visit.request, "take", LOOKS_AN_HOUR)
    view = registers.by_secret(secret, on=visit.today)
    response = HttpResponse(registers.file_of(view), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{view.file_name}.pdf"'
    response["Content-Encoding"] = "identity"
    return response


@open_to_all
def keys(visit: Visit) -> HttpResponse:
    """The public keys with which certificates of this site are sealed, one a line, those in use first."""
    return HttpResponse("\n".join(registers.keys()) + "\n", content_type="text/plain; charset=utf-8")


@open_to_all
def state_list(visit: Visit) -> HttpResponse:
    """Every certificate's id and state, signed: to be taken along to where there is no connection."""
    check_not_too_often(visit.request, "list", FILES_AN_HOUR)
    told = cache.get_or_set(
        "recognition:certificates",
        lambda: registers.published_list(made_at=visit.now, on=visit.today),
        _LIST_KEPT,
    )
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def state_words(view: CertificateView) -> str:
    """Whether a certificate is in force, in one sentence."""
    if view.ended is not None:
        sentence = _("Không còn hiệu lực: danh hiệu %(why)s từ %(day)s.")
        return sentence % {"why": view.ended.words, "day": day_words(view.ended.on)}
    if view.replaced_by:
        return _("Không còn hiệu lực: đã được thay bằng bằng số %(number)s.") % {"number": view.replaced_by}
    if view.facts["stamp"]:
        sentence = _(
            "Chưa bị thay hay thu hồi, nhưng trên bằng có chữ “%(stamp)s”: xem lưu ý trên trang này."
        )
        return sentence % {"stamp": view.facts["stamp"]}
    return _("Đang có hiệu lực.")


def facts_of(view: CertificateView) -> Facts:
    """What a certificate says, each with its name."""
    told = view.facts
    unknown = _("chưa rõ, ghi tay trên bằng")
    day = view.facts["decided_on"]
    return [
        (_("Nơi được công nhận"), f"{told['place']}, {told['address']}"),
        (_("Danh hiệu"), _("%(title)s năm %(year)s") % {"title": told["title"], "year": told["year"]}),
        (_("Quyết định số"), told["decision_number"] or unknown),
        (_("Ngày quyết định"), _day(day) if day else unknown),
        (_("Người, cơ quan quyết định"), told["decided_by"]),
        (_("Số vào sổ cấp bằng"), view.register),
        (_("Ngày cấp bằng"), day_words(view.issued_on)),
    ]


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text))


def _told(visit: Visit, view: CertificateView) -> dict[str, Any]:
    signatures = registers.signatures_in(view, at=visit.now)
    return {
        "view": view,
        "is_in_force": view.state == registers.IN_FORCE and not view.facts["stamp"],
        "state": state_words(view),
        "facts": facts_of(view),
        "marks": view.facts["marks"],
        "mark": "" if view.mark is Mark.MEASURED else view.mark.value,
        "signatures": [(words.state_of(each), each.is_good, words.facts_of(each)) for each in signatures],
        "place": territory.latest(view.place_id),
    }


def _page(
    visit: Visit, context: dict[str, Any], faults: Sequence[Fault] = (), status: int = 200
) -> HttpResponse:
    frame = "office/open.html" if is_visitor(visit) else "office/base.html"
    told = {
        "frame": frame,
        "faults": faults,
        "keys": registers.keys(),
        "most": MOST_SENT_BYTES // MB,
        **context,
    }
    return visit.page("office/recognition/verify.html", told, 422 if faults else status)

"""The API itself: how errors are told, how often one may ask, and what every answer bears."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from chungtay.api.limits import Limit
from chungtay.core.notices import notices
from chungtay.core.origin import address_of
from chungtay.core.refusals import NotFound, Refusal
from chungtay.core.stamps import stamp
from chungtay.reports.opendata.catalogue import licence

PROBLEM: Final = "application/problem+json"
VERSION: Final = "1.0.0"
_EXPOSED: Final = "ETag, Link, Retry-After, Content-Language"
_RATE: Final = settings.API_QUESTIONS_A_MINUTE
_ABOUT: Final = f"""\
Mọi dữ liệu công khai của hệ thống Chung Tay, chỉ đọc, không cần tài khoản, hỏi được từ trang bất kỳ.

All public data of this Chung Tay site: read only, no account, open to pages of any origin.

* `lang=en` đổi câu chữ sang tiếng Anh · gives words in English; codes stay the same.
* Trang sau: gửi lại `next` ở tham số `cursor` · the next page: send `next` back as `cursor`.
* Điều chưa biết là `null`, không bao giờ là 0 · what is not known is `null`, never 0.
* Lỗi theo RFC 9457 · errors as RFC 9457 tells them.
* Quá {_RATE} lần một phút thì trả 429 và `Retry-After` · asked more often in a minute: 429.
* `ETag`: gửi lại ở `If-None-Match` thì được 304 khi chưa có gì đổi · answered by 304 while nothing changed.
"""


limit = Limit(_RATE)


class Letters(JSONRenderer):
    """Vietnamese letters as letters, not as numbers."""

    json_dumps_params = {"ensure_ascii": False}


_licence = licence()
api = NinjaAPI(
    title="Chung Tay",
    version=VERSION,
    description=_ABOUT,
    urls_namespace="api:v1",
    renderer=Letters(),
    docs_url=None,
    openapi_url="",  # ours is told by docs.py
    openapi_extra={
        "info": {
            "license": {"name": _licence.name, **({"url": _licence.address} if _licence.address else {})}
        },
        "externalDocs": {"description": "Dữ liệu mở · Open data", "url": "/du-lieu/"},
    },
    servers=[{"url": settings.SITE_ADDRESS}],
)


def problem(status: int, title: str, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """An error as RFC 9457 tells it, in the language asked for. errors: which parameter, and what is wrong with it."""
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        told["errors"] = errors
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=PROBLEM, status=status)


def headed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Any answer: in the language asked for, open to every origin; a preflight and a wrong method answered in words."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with override(_language(request)):
            if request.method == "OPTIONS":
                response: HttpResponseBase = HttpResponse(status=204)
            elif request.method not in ("GET", "HEAD"):
                response = problem(405, _("Chỉ đọc"), _("API này chỉ để đọc: hãy hỏi bằng GET."))
                response.headers["Allow"] = "GET, HEAD, OPTIONS"
            elif wait := limit.wait(address_of(request)):
                response = _too_often(wait)
            else:
                response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = get_language() or settings.LANGUAGE_CODE
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return csrf_exempt(answer)  # nothing is written here


def unless_changed(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """“Not changed” to whoever has the answer already: one query tells how the records stand."""

    @wraps(run)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        told = (VERSION, tuple(stamp()), sorted(notices()), request.get_full_path(), get_language())
        tag = quote_etag(sha256(repr(told).encode()).hexdigest()[:32])
        unchanged = get_conditional_response(request, etag=tag)
        if unchanged is not None:
            return unchanged
        response = run(request, **kwargs)
        if response.status_code == 200:
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "public, no-cache"
        return response

    return answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@api.exception_handler(NotFound)
def _not_found(_request: HttpRequest, refused: NotFound) -> HttpResponse:
    return problem(404, _("Không có"), " ".join(str(each) for each in refused.faults))


@api.exception_handler(Http404)
def _no_such_address(_request: HttpRequest, _missing: Http404) -> HttpResponse:
    return no_such_address()


def no_such_address() -> HttpResponse:
    return problem(404, _("Không có"), _("API không có địa chỉ này. Xem các địa chỉ ở /api/v1/."))


@api.exception_handler(Refusal)
def _refused(_request: HttpRequest, refused: Refusal) -> HttpResponse:
    errors = [{"parameter": each.field, "detail": each.sentence} for each in refused.faults if each.field]
    return problem(422, _("Chưa trả lời được"), " ".join(str(each) for each in refused.faults), errors)


@api.exception_handler(ValidationError)
def _misread(_request: HttpRequest, misread: ValidationError) -> HttpResponse:
    """What the framework could not read: which parameter, in a sentence of ours."""
    errors = [
        {"parameter": str(each["loc"][-1]), "detail": _wrong(str(each["type"]), each.get("ctx", {}))}
        for each in misread.errors
    ]
    named = ", ".join(each["parameter"] for each in errors)
    return problem(422, _("Chưa trả lời được"), _("Tham số chưa đúng: %(named)s.") % {"named": named}, errors)


def _wrong(kind: str, limits: dict[str, Any]) -> str:
    if kind in ("less_than_equal", "greater_than_equal"):
        bound = limits.get("le", limits.get("ge"))
        return (
            _("Nhiều nhất là %(bound)s.") if kind == "less_than_equal" else _("Ít nhất là %(bound)s.")
        ) % {"bound": bound}
    return {
        "int_parsing": _("Phải là một số nguyên."),
        "date_from_datetime_parsing": _("Phải là một ngày như 2026-03-31."),
        "date_parsing": _("Phải là một ngày như 2026-03-31."),
        "missing": _("Phải có."),
        "string_too_long": _("Dài quá."),
    }.get(kind, _("Không đọc được."))


def _too_often(wait: int) -> HttpResponse:
    response = problem(
        429,
        _("Hỏi quá nhiều"),
        _(
            "Mỗi phút chỉ trả lời %(rate)s lần cho một địa chỉ. Hãy hỏi lại sau %(wait)s giây, hoặc tải cả bảng ở "
            "/du-lieu/."
        )
        % {"rate": limit.rate, "wait": wait},
    )
    response.headers["Retry-After"] = str(wait)
    return response


api.add_decorator(unless_changed, mode="view")

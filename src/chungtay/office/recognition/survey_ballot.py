"""The ballot a household fills in by the secret of its card: no account, no script needed, and no signal either.

The address is the secret, so that no other protection is asked: a ballot that waited a day on a telephone must not be
lost because a cookie is gone.
"""

import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from chungtay.core.language import moment_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import status_of
from chungtay.office.community.typed import Typed, form
from chungtay.recognition.surveys import actions, collecting, policies
from chungtay.recognition.surveys.views import BallotPage
from chungtay.territory import queries as territory
from chungtay.ui.reading import not_for_the_server

_LONGEST_SECRET = 40
_WORKER = Path(__file__).parents[1] / "static" / "office" / "survey-worker.js"


@csrf_exempt
@never_cache
@not_for_the_server
def ballot(request: HttpRequest, secret: str) -> HttpResponse:
    """The ballot, or why there is none; on POST what became of it, as a page or as JSON for the script."""
    now, as_json = timezone.now(), "application/json" in request.headers.get("Accept", "")
    try:
        if request.method == "POST":
            return _send(request, secret, now, as_json=as_json)
        return _page(request, collecting.ballot_page(secret[:_LONGEST_SECRET], at=now))
    except Refusal as refused:
        status = status_of(refused)
        if as_json:
            return _json("refused", " ".join(str(each) for each in refused.faults), status)
        told = {"faults": refused.faults, "status": status}
        return render(request, "office/outreach/refused.html", told, status=status)


def worker(_request: HttpRequest) -> HttpResponse:
    """The script that lets a ballot's page open without a signal: a worker sees only what lies under its address."""
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript")


def _send(request: HttpRequest, secret: str, now: datetime, *, as_json: bool) -> HttpResponse:
    typed = Typed(request.POST)
    chosen = {
        name.removeprefix("tl-"): typed.text(name)[:40]
        for name in list(request.POST)[:200]
        if name.startswith("tl-") and typed.text(name)
    }
    sent = {f"tl-{code}": option for code, option in chosen.items()} | {
        "comment": typed.text("comment"),
        "uid": typed.text("uid")[:40],
    }
    try:
        done = actions.cast(
            at=now,
            token=secret[:_LONGEST_SECRET],
            chosen=chosen,
            comment=sent["comment"],
            filled_at=_moment(typed.text("filled_at")[:40]),
            uid=typed.uid(),
        )
    except Refusal as refused:
        page = collecting.ballot_page(secret[:_LONGEST_SECRET], at=now)
        if as_json or page.state != "open":
            raise
        return _page(request, page, sent, refused.faults)
    if as_json:
        return _json(done.state, done.sentence, 200)
    page = collecting.ballot_page(secret[:_LONGEST_SECRET], at=now)
    return _page(request, page, told=done.sentence)


def _page(
    request: HttpRequest,
    page: BallotPage,
    sent: dict[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
    told: str = "",
) -> HttpResponse:
    shown = page.survey
    asked = shown.questionnaire
    assert asked is not None  # it has cards
    typed = sent or {"uid": str(uuid.uuid4()), "comment": ""}
    context: dict[str, Any] = {
        **form(typed, faults),
        "page": page,
        "survey": shown,
        "place": territory.latest(shown.place_id),
        "asked": asked,
        "questions": [
            (n, each, typed.get(f"tl-{each.code}", "")) for n, each in enumerate(asked.questions, 1)
        ],
        "told": told,
        "longest": policies.LONGEST_COMMENT,
        "why_not": _why_not(page),
    }
    return render(request, "office/recognition/survey_ballot.html", context, status=422 if faults else 200)


def _why_not(page: BallotPage) -> str:
    """The sentence in place of the form."""
    shown, at = page.survey, moment_words(page.slip_at) if page.slip_at else ""
    if page.state == "answered":
        return _("Hộ đã trả lời lúc %(at)s. Mỗi hộ một phiếu; không ai biết hộ trả lời gì.") % {"at": at}
    if page.state == "late":
        return _("Phiếu của hộ đến muộn lúc %(at)s, được giữ riêng và không tính vào kết quả.") % {"at": at}
    if page.state == "withdrawn":
        return _("Thẻ này đã thu hồi lúc %(at)s. Hãy dùng thẻ mới, hoặc hỏi cán bộ Mặt trận.") % {"at": at}
    if page.state == "moved":
        return _("Hộ này không còn trong sổ hộ của nơi lấy ý kiến. Nếu không đúng, hãy hỏi trưởng thôn.")
    if page.state == "planned" and shown.opens_at:
        return _("Cuộc lấy ý kiến mở từ %(at)s. Hãy quay lại sau lúc đó.") % {
            "at": moment_words(shown.opens_at)
        }
    if page.state == "closed" and shown.closes_at:
        sentence = _(
            "Cuộc lấy ý kiến đã đóng lúc %(at)s. Phiếu đã ghi trên máy trước lúc đó vẫn tự gửi khi có mạng."
        )
        return sentence % {"at": moment_words(shown.closes_at)}
    return ""


def _moment(text: str) -> datetime | None:
    """When a telephone says that the ballot was filled in; None when it says nothing that can be read."""
    try:
        told = parse_datetime(text)
    except ValueError:
        return None
    return told if told and timezone.is_aware(told) else None


def _json(state: str, sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence}, status=status)

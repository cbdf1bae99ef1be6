"""One's letters: how often they come, and ending them by the link at their foot."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Refusal
from chungtay.office.answers import status_of
from chungtay.people import mailing


def letters_of(user: Any) -> dict[str, object]:
    """What one's own page says of one's letters."""
    return {
        "is_sent": settings.MAIL_IS_SENT,
        "rhythm": mailing.rhythm_of(user).value,
        "rhythms": mailing.Rhythm.choices,
        "last": mailing.last_letter(user),
    }


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """How often, from one's own page."""
    user: Any = request.user
    try:
        mailing.choose(user=user, rhythm=request.POST.get("digest", ""), at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã lưu."))
    return redirect("my_account")


@csrf_exempt  # mail programs press the button themselves (RFC 8058); all it can do is end the letters
@never_cache
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking at the address changes nothing, since mail servers follow links; the button ends the letters."""
    try:
        if request.method == "POST":
            mailing.stop(secret=secret, at=timezone.now())
        else:
            mailing.owner_of(secret)
    except Refusal as refused:
        page = {"faults": refused.faults, "at_the_door": True}
        return render(request, "office/pass_refused.html", page, status=status_of(refused))
    return render(request, "office/stop_letters.html", {"stopped": request.method == "POST"})

"""Two small views: remember a visitor's choice of looks, and show every component at once."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from .context import TEXT_SIZES, THEMES
from .sample import boards_context, guide_context

_YEAR = 365 * 24 * 3600


@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep the theme or the text size in a cookie and go back to where the visitor was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, allowed in (("theme", THEMES), ("textsize", TEXT_SIZES)):
        chosen = request.POST.get(name, "")
        if chosen in allowed:
            response.set_cookie(name, chosen, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Every component with sample data; only where the house is being built or shown."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    return render(request, "ui/guide.html", guide_context() | boards_context())

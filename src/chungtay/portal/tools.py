"""Any page that the server reads as a paper and as sound. It is fetched as a visitor would see it; nothing else can be
printed or said."""

from threading import BoundedSemaphore
from typing import Final
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chungtay.core.language import language
from chungtay.core.origin import address_of
from chungtay.core.refusals import NotFound, Refusal
from chungtay.portal import tools_aloud
from chungtay.portal.tools_pages import body_of, fetch, is_server_read, site_address
from chungtay.portal.tools_paper import paper_of
from chungtay.ui import languages, reading
from chungtay.ui.reading import not_for_the_server
from paper.from_html import Page, read_page
from viet.letters import fold

LARGEST_PAGE: Final = 2 * 1024 * 1024
LONGEST_QUESTION: Final = 200
WAIT: Final = 1  # second for a turn at the typesetter: whoever waits keeps others from pages
_printing: Final = BoundedSemaphore(2)


@not_for_the_server
@require_safe
def pdf(request: HttpRequest, page: str = "") -> HttpResponse:
    """The page at that address, with the question it was asked, as PDF."""
    question = request.META.get("QUERY_STRING", "")[:LONGEST_QUESTION]
    read, leads = _read(request, page, question)
    if leads:
        return HttpResponseRedirect(reverse("portal:page_pdf", args=[leads.lstrip("/")]))
    site = site_address(request)
    address = f"{site}{_path_of(page)}" + (f"?{question}" if question else "")
    if not _printing.acquire(timeout=WAIT):
        return _told(request, _("Máy chủ đang in cho nhiều người khác. Hãy thử lại sau ít phút."), 503)
    try:
        paper = paper_of(
            read, address=address, site=site, language=request.LANGUAGE_CODE, on=timezone.localdate()
        )
    finally:
        _printing.release()
    response = HttpResponse(paper, content_type="application/pdf")
    name = slugify(fold(read.title))[:80] or "trang"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"  # the page itself is what a search should find
    return response


@not_for_the_server
@require_safe
def listen(request: HttpRequest, page: str = "") -> HttpResponse:
    """What the page says, part by part, each with its sound: for browsers without scripts or without a voice."""
    read, leads = _read(request, page)
    if leads:
        return HttpResponseRedirect(reverse("portal:page_listen", args=[leads.lstrip("/")]))
    parts = tools_aloud.parts_of(read.said())
    context = {
        "title": read.title,
        "page": _path_of(page),
        "voice": reading.has_voice(),
        "no_voice": tools_aloud.no_voice(),
        "is_cut": len(parts) == tools_aloud.MOST_PARTS,
        "parts": [(number, said, _sound_address(number, page)) for number, said in enumerate(parts, 1)],
    }
    return render(request, "portal/tools_listen.html", context)


@not_for_the_server
@require_safe
def sound(request: HttpRequest, number: int, page: str = "") -> HttpResponse:
    """Part `number` of what the page says, as WAV."""
    read, leads = _read(request, page)
    if leads:
        raise Http404
    try:
        spoken = tools_aloud.sound_of(tools_aloud.parts_of(read.said()), number, language())
    except NotFound as refusal:
        raise Http404(str(refusal)) from refusal
    except Refusal as refusal:
        return _told(request, str(refusal), 503)
    return HttpResponse(spoken, content_type="audio/wav")


def _sound_address(number: int, page: str) -> str:
    return (
        reverse("portal:page_sound", args=[number, page])
        if page
        else reverse("portal:home_sound", args=[number])
    )


def _path_of(page: str) -> str:
    """Where the page stands, in the language that the address of the tool names, if it names one."""
    return f"{get_script_prefix()}{page}"


def _read(request: HttpRequest, page: str, question: str = "") -> tuple[Page, str]:
    """The page, and where it leads on to, if it does. Raises Http404 for what the server does not read."""
    if not is_server_read(f"/{page}"):
        raise Http404
    answer = fetch(
        _path_of(page),
        site=site_address(request),
        language=str(request.LANGUAGE_CODE),
        question=question,
        asker=address_of(request),
    )
    if answer.status_code in (301, 302, 303, 307, 308):
        there = urlsplit(answer.headers.get("Location", ""))
        if there.netloc in ("", request.get_host()) and is_server_read(there.path):
            return read_page(""), languages.plain(there.path)
    if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
        raise Http404
    html = body_of(answer, LARGEST_PAGE)
    if html is None:
        raise Http404
    return read_page(html.decode()), ""


def _told(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    response = render(request, "portal/tools_told.html", {"sentence": sentence}, status=status)
    response.headers["Retry-After"] = "30"
    return response

"""Feeds: what happened at a place or in the country (Atom), and what is called next (iCalendar)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.notices import notices
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.opendata import changes
from chungtay.reports.opendata.changes import Coming, Happening, Kind
from chungtay.territory import queries as territory

_LASTS: Final = timedelta(hours=2)  # a call tells when a meeting begins, not when it ends
_LINE: Final = 73  # bytes of a line of a calendar before it is folded


@for_all
def feed(reader: Reader, place_id: int | None = None) -> HttpResponse:
    """The newest titles, decisions, works and news of a place and below, else of the whole country."""
    name = _("Cả nước") if place_id is None else territory.latest(place_id).full_address
    page = reverse("portal:nation") if place_id is None else reverse("portal:place", args=[place_id])
    told = Atom1Feed(
        title=f"Chung Tay · {name}",
        link=_whole(page),
        description="",
        subtitle=" ".join([_("Danh hiệu, quyết định, công trình xong và tin mới."), *notices().values()]),
        language=reader.language,
        feed_url=_whole(reader.request.path),
        feed_guid=_whole(reader.request.path),
    )
    for each in changes.happenings(place_id, on=reader.today):
        told.add_item(
            title=_title(each),
            link=_whole(_page_of(each)),
            description=_words(each),
            unique_id=f"urn:uuid:{each.uid}",
            updateddate=each.at,
            pubdate=each.at,
            categories=(each.kind.value,),
        )
    response = HttpResponse(content_type=told.content_type, headers={"Access-Control-Allow-Origin": "*"})
    told.write(response, "utf-8")
    return response


@for_all
def calendar(reader: Reader, place_id: int | None = None) -> HttpResponse:
    """The meetings called at a place and below, else in the whole country."""
    name = _("Cả nước") if place_id is None else territory.latest(place_id).full_name
    today = timezone.localtime(reader.now).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chung Tay//VI",
        f"X-WR-CALNAME:{_plain(f'Chung Tay · {name}')}",
    ]
    for each in changes.coming(place_id, after=today):
        lines += _event(each)
    text = "".join(f"{piece}\r\n" for line in [*lines, "END:VCALENDAR"] for piece in _folded(line))
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"}
    )


def _title(each: Happening) -> str:
    words = {
        Kind.TITLE: _("%(place)s được công nhận: %(title)s"),
        Kind.TITLE_ENDED: _("%(place)s thôi giữ danh hiệu: %(title)s"),
        Kind.TITLE_CARRIED: _("Danh hiệu được thừa nhận cho %(place)s: %(title)s"),
        Kind.DECISION: _("%(place)s quyết định: %(title)s"),
        Kind.WORK_DONE: _("%(place)s nghiệm thu: %(title)s"),
        Kind.NEWS: _("%(place)s: %(title)s"),
    }
    return words[each.kind] % {"place": each.place, "title": each.title}


def _words(each: Happening) -> str:
    day = _("Ngày %(day)s.") % {"day": day_words(each.on)} if each.on else _("Không tài liệu nào nêu ngày.")
    return " ".join(part for part in (day, each.words, *notices().values()) if part)


def _page_of(each: Happening) -> str:
    match each.kind:
        case Kind.TITLE | Kind.TITLE_ENDED | Kind.TITLE_CARRIED:
            return reverse("portal:titles", args=[each.place_id])
        case Kind.DECISION:
            return reverse("office:public_decision", args=[each.ref])
        case Kind.WORK_DONE:
            return reverse("portal:work", args=[each.place_id, int(each.ref)])
    return reverse("portal:news_item", args=[each.ref])


def _whole(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"


def _event(each: Coming) -> list[str]:
    start = each.starts_at
    return [
        "BEGIN:VEVENT",
        f"UID:{each.uid}",
        f"DTSTAMP:{_stamp(start)}",
        f"DTSTART:{_stamp(start)}",
        f"DTEND:{_stamp(start + _LASTS)}",
        f"SUMMARY:{_plain(f'{each.place}: {each.title}')}",
        f"LOCATION:{_plain(each.venue)}",
        f"DESCRIPTION:{_plain(' '.join(notices().values()))}",
        f"URL:{_whole(reverse('office:public_call', args=[each.uid]))}",
        "END:VEVENT",
    ]


def _stamp(at: datetime) -> str:
    return at.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y%m%dT%H%M%SZ")


def _plain(text: str) -> str:
    """Text as RFC 5545 writes it: nobody's words end a line or begin a new property."""
    flat = "".join("\n" if letter in "\r\n" else letter for letter in text.replace("\r\n", "\n"))
    for sign in ("\\", ";", ","):
        flat = flat.replace(sign, f"\\{sign}")
    return "".join(letter for letter in flat.replace("\n", "\\n") if letter >= " ")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, no letter cut; all but the first begin with a space."""
    piece, size = "", 0
    for letter in line:
        wide = len(letter.encode())
        if size + wide > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + wide
    yield piece

"""A story in public: the article as it was frozen, every figure of it with what was asked, its papers and records."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.public import places
from chungtay.reports.stories import publishing


@for_all
def story(reader: Reader, place_id: int, uid: UUID) -> HttpResponse:
    """One story, in the reader's language where it was written in it."""
    found = publishing.opened(place_id, uid)
    around = places.surroundings(place_id, reader.today)
    place = around.latest
    language = reader.language if reader.language in publishing.LANGUAGES else publishing.LANGUAGES[0]
    told = found.content[language]
    headline = found.headline(language)
    context = {
        "place": place,
        "crumbs": present.crumbs(
            around.above,
            (place.full_name, present.place_href(place_id)),
            (_("Báo cáo"), reverse("portal:place_reports", args=[place_id])),
            (headline, ""),
        ),
        "found": found,
        "language": language,
        "headline": headline,
        "sections": told["sections"],
        "facts": [_fact(each, place_id) for each in told["facts"]],
    }
    return reader.page("portal/story.html", context)


def _fact(fact: dict[str, Any], place_id: int) -> dict[str, Any]:
    records = [(words, _record(kind, ref, place_id)) for kind, ref, words in fact["records"]]
    return fact | {"records": records}


def _record(kind: str, ref: str, place_id: int) -> str:
    """Where anybody reads a record; "" where no public page shows it."""
    name, _slash, _day = ref.partition("/")
    match kind:
        case "told" | "entries":
            return reverse("portal:money", args=[place_id])
        case "work":
            return reverse("portal:works", args=[place_id])
        case "title" | "streak":
            return reverse("portal:titles", args=[place_id])
        case "judged":
            return f"{present.place_href(place_id)}?bo={name}"
        case "decision":
            return reverse("office:public_decision", args=[ref])
        case "place" | "listing" | "rank" | "titles_below" if name.isdecimal():
            return present.place_href(int(name))
    return ""

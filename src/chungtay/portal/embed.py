"""What a commune puts on a site of its own: a badge, a chart, a small page in a frame, and the lines to copy for them.

They say nothing of who looks at them, and set no cookie; the frame may stand on any site, no other page of ours may.
"""

from dataclasses import dataclass
from typing import Final

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt

from chungtay.core.language import day_words
from chungtay.core.notices import notices
from chungtay.portal import embed_drawing
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.public import places
from chungtay.territory import queries as territory
from chungtay.ui import languages
from chungtay.ui.charts import Shares

_LANGUAGES: Final = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Shown:
    """What badge and chart say of a place. counts: None where there is nothing to judge."""

    name: str
    headline: str
    title: str
    counts: Shares | None
    as_of: str
    notice: str


@for_all
def badge(reader: Reader, place_id: int) -> HttpResponse:
    """The place, how many criteria it meets, and its newest title in force."""
    with override(_language(reader)):
        return _drawing(embed_drawing.badge(_shown(reader, place_id)))


@for_all
def chart(reader: Reader, place_id: int) -> HttpResponse:
    """The criteria of a place, or the places below it, by how they stand."""
    with override(_language(reader)):
        return _drawing(embed_drawing.chart(_shown(reader, place_id)))


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # it knows views without arguments only
@for_all
def frame(reader: Reader, place_id: int) -> HttpResponse:
    """The chart with a link to the place's page, to stand in a frame on any site."""
    language = _language(reader)
    with override(language):
        shown = _shown(reader, place_id)
        return reader.page(
            "portal/embed_frame.html",
            {"shown": shown, "place_id": place_id, "tongue": language, "page": _page(place_id, language)},
        )


@for_all
def lines(reader: Reader, place_id: int) -> HttpResponse:
    """What to copy into a page of one's own."""
    shown = _shown(reader, place_id)
    site, name = settings.SITE_ADDRESS, shown.name.replace('"', "”")
    page = f"{site}{_page(place_id, reader.language)}"
    tail = "" if reader.language == "vi" else f"?tieng={reader.language}"
    address = {
        each: f"{site}{reverse(f'portal:embed_{each}', args=[place_id])}{tail}"
        for each in ("badge", "chart", "frame")
    }
    words = f"{name}: {shown.headline}".replace('"', "”")
    copied = [
        (_("Huy hiệu"), _image(page, address["badge"], words, embed_drawing.BADGE), _own(address["badge"])),
        (_("Biểu đồ"), _image(page, address["chart"], words, embed_drawing.CHART), _own(address["chart"])),
        (
            _("Khung nhúng"),
            f'<iframe src="{_attribute(address["frame"])}" title="{_attribute(words)}" width="480" height="320"'
            ' loading="lazy"></iframe>',
            "",
        ),
    ]
    context = {
        "crumbs": [
            (_("Cả nước"), reverse("portal:nation")),
            (shown.name, reverse("portal:place", args=[place_id])),
            (_("Nhúng vào trang khác"), ""),
        ],
        "shown": shown,
        "copied": copied,
    }
    return reader.page("portal/embed.html", context)


def _page(place_id: int, language: str) -> str:
    """The place's page in a language: no cookie of ours tells it on another site."""
    return languages.of_its_own(reverse("portal:place", args=[place_id]), language)


def _image(page: str, source: str, words: str, size: tuple[int, int]) -> str:
    return (
        f'<a href="{_attribute(page)}"><img src="{_attribute(source)}" alt="{_attribute(words)}"'
        f' width="{size[0]}" height="{size[1]}"></a>'
    )


def _own(address: str) -> str:
    """The same address on the host that is asked: its name may be another than the one told to others."""
    return address.removeprefix(settings.SITE_ADDRESS)


def _attribute(text: str) -> str:
    """As it may stand in an attribute of somebody else's page."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _language(reader: Reader) -> str:
    """The language the address asks for: no cookie of ours reaches another site."""
    asked = reader.asked("tieng", 5)
    return asked if asked in _LANGUAGES else reader.language


def _shown(reader: Reader, place_id: int) -> Shown:
    now = territory.current_of(place_id, reader.today)
    held = (
        now[0].id if len(now) == 1 else place_id
    )  # an old name's badge shows the one place that took it over
    found = places.page(places.surroundings(held, reader.today), now=reader.now, today=reader.today)
    judged, below = found.judged, found.below
    counts: Shares | None = None
    headline = _("chưa có số liệu tổng hợp")
    if judged is not None:
        met, not_met, unknown, excused = (
            judged.counts.met,
            judged.counts.not_met,
            judged.counts.unknown,
            judged.counts.excused,
        )
        counts = met, not_met, unknown, excused
        headline = _("đạt %(held)s/%(all)s tiêu chí") % {"held": met + excused, "all": sum(counts)}
    elif below is not None and below.tally is not None:
        tally = below.tally
        counts = tally.met, tally.not_met, tally.unknown, tally.excused
        words = {"held": tally.met + tally.excused, "all": tally.places, "noun": present.noun(below.level)}
        headline = _("%(held)s/%(all)s %(noun)s đạt") % words
    titles = [each.title.title for each in found.titles if held in each.holders]
    return Shown(
        name=_("Cả nước") if found.place.level == "nation" else found.place.full_name,
        headline=headline,
        title=titles[0] if titles else "",
        counts=counts,
        as_of=_("Số liệu đến %(day)s") % {"day": day_words(reader.today)},
        notice=" ".join(_(sentence) for sentence in notices().values()),
    )


def _drawing(svg: str) -> HttpResponse:
    return HttpResponse(
        svg, content_type="image/svg+xml; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"}
    )

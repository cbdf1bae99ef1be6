"""What a place posted where, from when to when: held to the days of the law, for anybody."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.publishing import postings as queries
from chungtay.community.publishing import rules
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.registers.amenities import queries as amenities
from chungtay.registers.amenities.queries import AssetView, BroadcastView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

PER_PAGE = 50


@for_all
def postings(reader: Reader, place_id: int) -> HttpResponse:
    """The record of a place and below, the newest first, each with how it stands today."""
    place = territory.latest(place_id)
    channels = rules.channels()
    channel = reader.asked("cach")
    channel = channel if channel in dict(channels) else ""
    year = reader.number("nam")
    years = queries.years(place_id)
    year = year if year in years else 0
    rows = queries.postings(place_id, channel=channel, year=year)
    page = Paginator(rows, PER_PAGE).get_page(reader.number("trang") or 1)
    above = territory.ancestors(place_id, present.day_in_life(place, reader.today))
    more = [(place.full_name, reverse("portal:place", args=[place_id])), (_("Niêm yết"), "")]
    context = {
        "place": place,
        "loudspeakers": _loudspeakers(place, present.day_in_life(place, reader.today)),
        "crumbs": present.crumbs(above, *more),
        "page": page,
        "rows": [
            (each, each.standing_on(reader.today).value, each.sentence_on(reader.today), each.late_sentence())
            for each in queries.views(page.object_list)
        ],
        "waiting": queries.unposted(place_id, reader.today),
        "channels": channels,
        "channel": channel,
        "years": years,
        "year": year,
        "rules": [
            (rules.publishing().days[code].name, rules.days_of(code)) for code in ("posting", "loudspeaker")
        ],
        "start": rules.days_of("start"),
    }
    return reader.page("portal/news_postings.html", context)


def _loudspeakers(place: PlaceView, on: date) -> list[tuple[AssetView, list[BroadcastView]]]:
    """The public loudspeakers of a commune or hamlet, each with what it says in a week."""
    if place.level in ("nation", "province"):
        return []
    held = amenities.assets(place.id, on=on, kinds=("loudspeaker",), public_only=True)
    said = amenities.broadcasts([each.id for each in held], on=on)
    return [(each, [one for one in said if one.asset_id == each.id]) for each in held]

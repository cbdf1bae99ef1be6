"""The page of a place: one skeleton from the hamlet to the nation, and what is said of a place that has ended."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.asking import Asking, abreast, asked
from chungtay.core.refusals import NotFound
from chungtay.ledger import queries as ledger
from chungtay.portal import places_present as present
from chungtay.portal.money_present import money
from chungtay.portal.places_answers import Reader, for_all
from chungtay.portal.works_present import card
from chungtay.recognition.titles import queries as titles
from chungtay.reports.public import places
from chungtay.reports.public.places import PlacePage
from chungtay.territory import queries as territory
from chungtay.territory.queries import Around, PlaceView

SECTIONS: Final = ("news", "map", "livelihood", "data")
"""The rooms that show something of theirs on the page of a place: `<room>_section.section(around, on)`."""
NEAREST: Final = 4  # cures shown before the rest is folded


@for_all
def place(reader: Reader, place_id: int) -> HttpResponse:
    """Where a place stands, what it lacks, what changed, what was decided, given and built, and what comes next."""
    around = places.surroundings(place_id, reader.today)
    if around.latest.ended is not None and around.latest.ended <= reader.today:
        return _ended(reader, around)
    return page_of(reader, around)


def nation_page(reader: Reader) -> HttpResponse:
    """The page of the whole country."""
    nation_id = territory.nation_id()
    if nation_id is None:
        raise NotFound(_("Chưa nạp địa bàn cả nước. Hãy báo người quản trị."))
    return page_of(reader, places.surroundings(nation_id, reader.today))


def page_of(reader: Reader, around: Around) -> HttpResponse:
    code = reader.asked("bo")
    found, *shown = asked(
        abreast(
            places.asking_page(around, now=reader.now, today=reader.today, code=code),
            *(_section(room, around, reader.today) for room in SECTIONS),
        )
    )
    context = _frame(around) | {
        "found": found,
        "titles": found.titles,
        "money": money(found.money),
        "works": [card(each) for each in found.works],
        "changes": [present.change(each, reader.language) for each in found.changes],
        "decisions": found.decisions,
        "coming": found.coming,
        "children": around.below,
        "below_count": len(around.below),
        "sections": [each for each in shown if each is not None],
        "others": [view for view in found.offered if view.code != found.shown_code],
        **_judged(reader, found),
        **_below(reader, found),
    }
    return reader.page("portal/place.html", context)


def _frame(around: Around) -> dict[str, Any]:
    place = around.place
    return {
        "place": place,
        "name": _("Cả nước") if place.level == "nation" else place.full_name,
        "around": around,
        "crumbs": present.crumbs(around.above, *([] if place.level == "nation" else [(place.full_name, "")])),
        "canonical": _address(place),
    }


def _address(place: PlaceView) -> str:
    here = reverse("portal:nation") if place.level == "nation" else present.place_href(place.id)
    return f"{settings.SITE_ADDRESS}{here}"


def _judged(reader: Reader, found: PlacePage) -> dict[str, Any]:
    judged = found.judged
    if judged is None:
        return {}
    cures = present.cures(judged, reader.language)
    return {
        "judged": judged,
        "standing": present.standing(judged, reader.language),
        "stated": present.stated_sentence(judged),
        "tiles": present.tiles(judged, reader.language),
        "cures": cures[:NEAREST],
        "more_cures": cures[NEAREST:],
        "rank": present.rank_words(found),
    }


def _below(reader: Reader, found: PlacePage) -> dict[str, Any]:
    below = found.below
    if below is None:
        return {}
    tally = below.tally
    return {
        "below": below,
        "below_noun": present.noun(below.level),
        "below_sentence": present.tally_sentence(tally, below.level) if tally else "",
        "below_shares": present.shares_of(tally) if tally else None,
        "below_criteria": present.criteria_cards(tally, reader.language, found.place.id, below.view.code)
        if tally and not found.judged
        else [],
        "lacking": present.lacking_most(tally, reader.language, found.place.id, below.view.code)
        if tally and not found.judged
        else [],
        "child_cards": present.child_cards(below.children),
        "children": [each.place for each in below.children if not present.is_known(each)],
        "newest": below.newest,
        "ranks": present.rank_rows(below.children),
    }


def _section(room: str, around: Around, on: date) -> Asking[dict[str, Any] | None]:
    """What another room shows here, as its template and its facts; None where it has nothing to show."""
    section: Callable[[Around, date], Asking[dict[str, Any] | None]]
    section = import_module(f"chungtay.portal.{room}_section").section
    facts = yield from section(around, on)
    return None if facts is None else {"template": f"portal/{room}_section.html", "facts": facts}


def _ended(reader: Reader, around: Around) -> HttpResponse:
    """What became of a place that is no more, by which document, and what it had: records stay where they were made."""
    latest = around.latest
    held = titles.history(latest.id, on=reader.today, alone=None if around.before else latest)
    now = territory.current_of(latest.id, reader.today)
    context = _frame(around) | {
        "place": latest,
        "after": around.after,
        "is_last": {step.place.id for step in around.after} == {each.id for each in now},
        "current": now,
        "titles": held,
        "works": [card(each) for each in places.newest_works(around)],
        "money": money(ledger.totals_of([latest.id])[latest.id]),
    }
    return reader.page("portal/place_ended.html", context)

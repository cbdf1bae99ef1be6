"""Money and labour of a place: by source and year, and the entries that anybody may read."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.ledger import queries as ledger
from chungtay.ledger.kinds import Kind
from chungtay.ledger.public import open_entries
from chungtay.ledger.queries import EntryView, Source, Totals
from chungtay.portal import places_present as present
from chungtay.portal.money_present import money as bar_of
from chungtay.portal.money_present import short_dong
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.public import places
from chungtay.territory import queries as territory
from chungtay.ui.links import safe_href


@for_all
def money(reader: Reader, place_id: int) -> HttpResponse:
    """Who gave how much in sum, year by year, then the entries whose givers agreed to be named."""
    around = places.surroundings(place_id, reader.today)
    place = around.latest
    before = places.whole_before(around)
    every = ledger.totals_together(place.id, before)
    year = reader.number("nam") if reader.number("nam") in every.years else 0
    source = reader.asked("nguon")
    chosen = (source,) if source in Source.values else ()
    found = open_entries(
        [place.id, *before], year=year or None, sources=chosen, after=reader.number("sau") or None
    )
    narrowed = Totals(place.id, tuple(c for c in every.cells if year in (0, c.year)), every.as_of)
    lines, counted = ledger.report(place.id, years=[year] if year else None)
    names = territory.names_of({each.place_id for each in found.page.entries})
    query = {key: value for key, value in (("nam", year or ""), ("nguon", source if chosen else "")) if value}
    context = {
        "place": place,
        "crumbs": present.crumbs(
            around.above, (place.full_name, present.place_href(place.id)), (_("Tiền và công sức"), "")
        ),
        "money": bar_of(narrowed),
        "year": year,
        "years": every.years,
        "source": source if chosen else "",
        "sources": _sources(narrowed),
        "told": [{"label": each.line.label, "told": each.told} for each in lines if each.told],
        "as_of": counted,
        "entries": [_entry(each, names, place.id) for each in found.page.entries],
        "kept": found.kept,
        "before": [step.place.full_name for step in around.before if step.place.id in before],
        "more": safe_href("?" + urlencode({**query, "sau": found.page.after})) if found.page.after else "",
        "query": query,
    }
    return reader.page("portal/money.html", context)


def _sources(found: Totals) -> list[dict[str, Any]]:
    """A row a source: what came or was given, in words short and whole."""
    rows = []
    for source, sums in ledger.mobilised_by_source(found).items():
        rows.append(
            {
                "code": source.value,
                "label": str(source.label),
                "short": short_dong(sums.value_dong),
                "dong": sums.value_dong,
                "unvalued": sums.unvalued,
                "is_unknown": sums.is_unknown,
                "entries": sums.entries,
                "is_credit": source is Source.CREDIT,
            }
        )
    return rows


def _entry(each: EntryView, names: dict[int, str], place_id: int) -> dict[str, Any]:
    if each.kind in (Kind.DISBURSED, Kind.UNSPLIT):
        who = str(each.source.label)
    else:
        who = each.giver or (_("đã rút tên theo yêu cầu") if each.is_erased else str(each.source.label))
    return {
        "view": each,
        "who": who,
        "what": str(each.kind.label),
        "where": names.get(each.place_id, "") if each.place_id != place_id else "",
    }

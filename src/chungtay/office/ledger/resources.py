"""Where money and labour come from: totals by source and as the reports' lines, down to the entries."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chungtay.ledger import queries
from chungtay.ledger.kinds import GIVEN, Kind
from chungtay.ledger.queries import Totals
from chungtay.ledger.sources import Source
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.ledger.reading import key_asked, year_asked
from chungtay.territory import queries as territory

_COLUMNS = (Kind.COMMITTED, Kind.DISBURSED, *GIVEN)


@for_officers
def resources(visit: Visit, place_id: int) -> HttpResponse:
    """Totals of a place and all below it, by source and kind, all years or one."""
    place = territory.latest(place_id)
    every = queries.totals(place_id)
    year = year_asked(visit.request)
    years = [year] if year else None
    lines, counted = queries.report(place_id, years=years)
    columns = [kind for kind in _COLUMNS if any(every.of(kinds=(kind,), years=years))]
    context = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "year": year,
        "years": every.years,
        "columns": [each.label for each in columns],
        "rows": _rows(every, years, columns),
        "lines": lines,
        "labour": every.labour_days(years),
        "land": every.land_m2(years),
        "as_of": counted,
    }
    return visit.page("office/ledger/resources.html", context)


def _rows(found: Totals, years: list[int] | None, columns: list[Kind]) -> list[dict[str, Any]]:
    """A row a source, a cell a kind with its way down to the entries."""
    rows = []
    for source in Source:
        cells = []
        for kind in columns:
            sums = found.of(sources=(source,), kinds=(kind,), years=years)
            asked = {"nguon": source.value, "loai": kind.value} | ({"nam": years[0]} if years else {})
            cells.append((sums, urlencode(asked), kind.label))
        if any(any(sums) for sums, *_rest in cells):
            rows.append({"source": source, "cells": cells})
    return rows


@for_officers
def entries(visit: Visit, place_id: int) -> HttpResponse:
    """The entries behind a total, newest first; names only to posts of the place."""
    place = territory.latest(place_id)
    asked = visit.request.GET
    source, kind = asked.get("nguon", ""), asked.get("loai", "")
    page = queries.entries(
        place_id,
        seen_by=visit.by,
        year=year_asked(visit.request),
        source=source if source in Source.values else "",
        kind=kind if kind in Kind.values else "",
        after=key_asked(visit.request, "sau"),
    )
    words = [str(Source(source).label)] if source in Source.values else []
    words += [str(Kind(kind).label)] if kind in Kind.values else []
    more = asked.copy()
    more["sau"] = str(page.after or "")
    context = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "words": ", ".join(words) or _("mọi nguồn"),
        "year": year_asked(visit.request),
        "entries": page.entries,
        "places": territory.names_of({each.place_id for each in page.entries}),
        "more": more.urlencode() if page.after else "",
    }
    return visit.page("office/ledger/entries.html", context)

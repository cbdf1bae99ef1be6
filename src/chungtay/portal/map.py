"""The map of a place: drawn on the server with a list beside it, and moving once somebody asks for it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chungtay.core.asking import asked
from chungtay.core.refusals import NotFound
from chungtay.portal import map_layers as layers
from chungtay.portal import map_section, map_signboard
from chungtay.portal import places_present as present
from chungtay.portal.map_facts import map_of
from chungtay.portal.places_answers import Reader, for_all
from chungtay.registers import tiles
from chungtay.registers.amenities import queries as amenities
from chungtay.reports.public import places
from chungtay.territory import queries as territory
from chungtay.territory.queries import Around
from chungtay.ui.charts import ground_map, legend_icon

_MOST_AT_ONCE = 2 * 1024 * 1024
"""Bytes of tiles in one answer; who asks for more gets the beginning, as a range may be answered."""


@for_all
def nation(reader: Reader) -> HttpResponse:
    return _map(reader, territory.nation().id)


@for_all
def place_map(reader: Reader, place_id: int) -> HttpResponse:
    return _map(reader, place_id)


def _map(reader: Reader, place_id: int) -> HttpResponse:
    around, on = _around(reader, place_id)
    found = map_of(around.place, on)
    name = _("Việt Nam") if around.place.level == "nation" else around.place.full_name
    context = _frame(around, (_("Bản đồ"), "")) | {
        "name": name,
        "on": on,
        "map": found,
        "drawing": found.drawing(_("Bản đồ %(name)s") % {"name": name}),
        "legend": [(line, legend_icon(line)) for line in found.legend],
        "children": around.below,
        "coverage": asked(map_section.asking_coverage(around.place, on)),
        "is_hung": around.place.level in map_signboard.LEVELS and bool(found.groups),
        "tiles": reverse("portal:map_tiles") if tiles.path().exists() else "",
        "things": reverse("portal:map_things", args=[place_id]),
    }
    return reader.page("portal/map.html", context)


@for_all
def things(reader: Reader, place_id: int) -> HttpResponse:
    """The same things as GeoJSON, for the moving map and for anybody."""
    around, on = _around(reader, place_id)
    found = map_of(around.place, on)
    features: list[dict[str, Any]] = list(found.features)
    if found.specks and not tiles.path().exists():
        dots = {"type": "MultiPoint", "coordinates": layers.rounded(found.specks)}
        features.insert(
            0, {"type": "Feature", "geometry": dots, "properties": {"kind": "specks", "label": ""}}
        )
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if not features and (near := territory.position_of(place_id)) is not None:
        whole["middle"] = [near.lon_e6 / 1e6, near.lat_e6 / 1e6]  # of its commune: where to begin drawing
    body = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type="application/geo+json")


@for_all
def asset(reader: Reader, place_id: int, asset_id: int) -> HttpResponse:
    """What anybody may read of one thing: where its sign, its QR and the map lead."""
    held = amenities.asset(asset_id)
    if held.place_id != place_id or not held.is_public or held.is_struck:
        raise NotFound(_("Không có mục này trong sổ hạ tầng công khai. Hãy tìm lại trên bản đồ."))
    around, on = _around(reader, place_id)
    (shown,) = layers.mapped([held])
    every = amenities.assets(place_id, on=on, public_only=True, below=False)
    near = [each for each in every if each.kind in ("road", "culture_house")]
    drawn = layers.drawn([shown])
    if drawn:
        drawn += layers.faint(layers.mapped(each for each in near if each.id != held.id))
    line = layers.legend_line(shown.group, [shown])
    context = _frame(around, (_("Bản đồ"), reverse("portal:place_map", args=[place_id])), (held.name, "")) | {
        "asset": held,
        "facts": layers.facts_of(held),
        "said": amenities.broadcasts([held.id], on=on) if held.kind == "loudspeaker" else (),
        "inside": layers.mapped(each for each in every if each.part_of == held.id),
        "icon": legend_icon(line),
        "drawing": ground_map(drawn, title=held.name, words=shown.words, also=[line.sign]) if drawn else "",
    }
    return reader.page("portal/map_asset.html", context)


@for_all
def signboard(reader: Reader, place_id: int, size: str) -> HttpResponse:
    """The board to be printed and hung."""
    around, on = _around(reader, place_id)
    if size not in ("a1", "a3") or around.place.level not in map_signboard.LEVELS:
        raise NotFound(_("Không có sơ đồ này. Sơ đồ treo tường có cỡ A1 và A3, của thôn và của xã."))
    body = map_signboard.pdf(around.place, on, size="a1" if size == "a1" else "a3")
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="so-do-ha-tang-{place_id}-{size}.pdf"'
    return response


@require_safe
def tile_file(request: HttpRequest) -> HttpResponseBase:
    """The tiles, by HTTP range: a map asks for a few kilobytes at a time."""
    return ranged(request, tiles.path(), "application/vnd.pmtiles")


def ranged(request: HttpRequest, file: Path, content_type: str) -> HttpResponse:
    """A part of a file as RFC 9110 says; without a range its beginning is all that is told of it."""
    try:
        about = file.stat()
    except FileNotFoundError:
        raise Http404 from None
    asked = _range(request.headers.get("Range", ""), about.st_size)
    if asked is None:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{about.st_size}"
        return response
    start, end = asked
    with file.open("rb") as opened:
        opened.seek(start)
        body = opened.read(end - start + 1)
    response = HttpResponse(body, status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {start}-{end}/{about.st_size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Encoding"] = (
        "identity"  # its parts are compressed already, and a part may not be compressed anew
    )
    response["ETag"] = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    response["Last-Modified"] = http_date(about.st_mtime)
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _range(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of one range; None for what is no range or lies outside."""
    unit, _sign, rest = asked.partition("=")
    first, dash, last = rest.partition("-")
    if (
        unit.strip() != "bytes"
        or not dash
        or not all(p.isascii() and p.isdecimal() for p in (first, last) if p)
    ):
        return None
    if not first:  # the last so many bytes
        if not last or int(last) == 0:
            return None
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), int(last) if last else size - 1
    end = min(end, size - 1, start + _MOST_AT_ONCE - 1)
    return (start, end) if start <= end else None


def _around(reader: Reader, place_id: int) -> tuple[Around, date]:
    """The place with what stands around it, today or on its last day."""
    around = places.surroundings(place_id, reader.today)
    return around, present.day_in_life(around.latest, reader.today)


def _frame(around: Around, *more: tuple[str, str]) -> dict[str, Any]:
    place = around.place
    here = [] if place.level == "nation" else [(place.full_name, reverse("portal:place", args=[place.id]))]
    return {"place": place, "around": around, "crumbs": present.crumbs(around.above, *here, *more)}

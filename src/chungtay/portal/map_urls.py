from django.urls import URLPattern, URLResolver, path

from chungtay.portal import map as maps
from chungtay.ui import keys  # noqa: F401 - knows <key:…>

_HERE = "noi/<key:place_id>/ban-do/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ban-do/", maps.nation, name="map"),
    path("ban-do/nen.pmtiles", maps.tile_file, name="map_tiles"),
    path(_HERE, maps.place_map, name="place_map"),
    path(f"{_HERE}du-lieu.geojson", maps.things, name="map_things"),
    path(f"{_HERE}so-do-<slug:size>.pdf", maps.signboard, name="signboard"),
    path(f"{_HERE}<key:asset_id>/", maps.asset, name="asset"),
]

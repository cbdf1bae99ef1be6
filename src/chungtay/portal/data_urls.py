from django.urls import URLPattern, URLResolver, path

from chungtay.portal import data, data_site, embed, feeds
from chungtay.reports.opendata.files import MEDIA
from chungtay.ui import keys  # noqa: F401 - knows <key:…>

_HERE = "noi/<key:place_id>/"
_EMBED = "nhung/<key:place_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("du-lieu/", data.data, name="data"),
    path("du-lieu/dcat.jsonld", data.dcat, {"form": "jsonld"}, name="data_dcat"),
    path("du-lieu/dcat.ttl", data.dcat, {"form": "ttl"}, name="data_turtle"),
    path("du-lieu/<slug:name>/", data.table, name="data_table"),
    path("du-lieu/<slug:name>.csv-metadata.json", data.csvw, name="data_csvw"),
    *(path(f"du-lieu/<slug:name>.{form}", data.file, {"form": form}, name=f"data_{form}") for form in MEDIA),
    path("nguon-tin.atom", feeds.feed, name="feed"),
    path(f"{_HERE}nguon-tin.atom", feeds.feed, name="place_feed"),
    path("lich.ics", feeds.calendar, name="calendar"),
    path(f"{_HERE}lich.ics", feeds.calendar, name="place_calendar"),
    path(_EMBED, embed.frame, name="embed_frame"),
    path(f"{_EMBED}ma/", embed.lines, name="embed"),
    path(f"{_EMBED}huy-hieu.svg", embed.badge, name="embed_badge"),
    path(f"{_EMBED}bieu-do.svg", embed.chart, name="embed_chart"),
    path("robots.txt", data_site.robots, name="robots"),
    path("sitemap.xml", data_site.sitemap, name="sitemap"),
    path("sitemap-<slug:part>.xml", data_site.sitemap_part, name="sitemap_part"),
]

from django.urls import URLPattern, URLResolver, path

from chungtay.portal import livelihood
from chungtay.ui import keys  # noqa: F401 - knows <key:…>

urlpatterns: list[URLPattern | URLResolver] = [
    path("noi/<key:place_id>/san-xuat/", livelihood.livelihood, name="livelihood"),
]

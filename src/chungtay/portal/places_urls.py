from django.urls import URLPattern, URLResolver, path

from chungtay.portal import front, money, places, places_criteria, places_missing, search, titles, works
from chungtay.ui import keys  # noqa: F401 - knows <key:…>

_HERE = "noi/<key:place_id>/"
_WORK = f"{_HERE}cong-trinh/<key:work_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ca-nuoc/", front.nation, name="nation"),
    path("tim/", search.search, name="search"),
    path("danh-hieu/", titles.recognised, name="recognised"),
    path("danh-hieu/bang.<slug:form>", titles.sheet, name="recognised_sheet"),
    path(_HERE, places.place, name="place"),
    path(f"{_HERE}tieu-chi/<slug:code>/<str:number>/", places_criteria.criterion, name="criterion"),
    path(f"{_HERE}cong-trinh/", works.works, name="works"),
    path(_WORK, works.work, name="work"),
    path(f"{_WORK}anh/<key:file_id>/<slug:size>.webp", works.picture, name="work_picture"),
    path(f"{_HERE}dong-gop/", money.money, name="money"),
    path(f"{_HERE}danh-hieu/", titles.of_place, name="titles"),
    path(f"{_HERE}con-thieu/", places_missing.missing, name="missing"),
]

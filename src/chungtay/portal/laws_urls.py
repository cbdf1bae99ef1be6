from django.urls import URLPattern, URLResolver, path

from chungtay.portal import criterion_across, laws
from chungtay.ui import keys  # noqa: F401 - knows <key:…>

urlpatterns: list[URLPattern | URLResolver] = [
    path("luat/", laws.laws, name="laws"),
    path("luat/<slug:code>.zip", laws.file, name="law_file"),
    path("luat/<slug:code>/", laws.law, name="law"),
    path("luat/<slug:code>/<str:number>/", laws.criterion, name="law_criterion"),
    path(
        "noi/<key:place_id>/tieu-chi/<slug:code>/<str:number>/cac-noi/",
        criterion_across.across,
        name="criterion_across",
    ),
]

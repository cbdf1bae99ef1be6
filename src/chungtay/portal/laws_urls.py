from django.urls import URLPattern, URLResolver, path

from chungtay.portal import laws

urlpatterns: list[URLPattern | URLResolver] = [
    path("luat/", laws.laws, name="laws"),
    path("luat/<slug:code>.zip", laws.file, name="law_file"),
    path("luat/<slug:code>/", laws.law, name="law"),
    path("luat/<slug:code>/<str:number>/", laws.criterion, name="law_criterion"),
]

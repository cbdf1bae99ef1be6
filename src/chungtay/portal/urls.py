from django.urls import URLPattern, URLResolver, include, path

app_name = "portal"

# Each room of the public face keeps its addresses beside its views.
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "", include("chungtay.portal.places_urls")
    ),  # nation, provinces, communes, hamlets, criteria, titles, search
    path("", include("chungtay.portal.reports_public_urls")),  # frozen reports an office made public
    path("", include("chungtay.portal.laws_urls")),  # the standards: what each asks, where it is reached
    path(
        "", include("chungtay.portal.news_urls")
    ),  # news, notices, what was posted where, rights, limits, requests
    path("", include("chungtay.portal.data_urls")),  # open data, feeds, badges and charts to embed
    path("", include("chungtay.portal.map_urls")),  # the map, its tiles and the signboard
    path("", include("chungtay.portal.livelihood_urls")),  # groups, codes, products of a place
    path("", include("chungtay.portal.tools_urls")),  # any page as PDF or as sound
]

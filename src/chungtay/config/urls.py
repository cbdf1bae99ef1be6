from django.urls import include, path

from chungtay.config.front import front

urlpatterns = [
    path("", front, name="front"),  # the office for whoever is signed in, else the country
    path("", include("chungtay.ui.urls")),  # language, theme and text size
    path("", include("chungtay.office.door_urls")),  # signing in and one's own account
    path("", include("chungtay.portal.urls")),  # what anybody may read
    path("", include("chungtay.api.urls")),  # what machines read
    path("", include("chungtay.office.urls")),
]

# Pages for 400, 403, 404 and 500 are Django's own handlers with templates of those names.

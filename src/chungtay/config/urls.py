from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("ngon-ngu/", set_language, name="set_language"),
    path("", include("chungtay.office.urls")),
]

# Pages for 400, 403, 404 and 500 are Django's own handlers with templates of those names.

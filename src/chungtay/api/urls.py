from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from chungtay.api import docs, places, records, tables
from chungtay.api.app import api, headed, no_such_address

app_name = "api"

api.add_router("/tables", tables.router)
api.add_router("/places", places.router)
api.add_router("", records.router)


def _elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    return no_such_address()


def _headed(found: list[URLResolver | URLPattern]) -> list[URLPattern]:
    """The framework's addresses, each answering as `app.headed` has it."""
    patterns = [each for each in found if isinstance(each, URLPattern)]
    return [
        URLPattern(
            RoutePattern(str(each.pattern), each.name, is_endpoint=True), headed(each.callback), {}, each.name
        )
        for each in patterns
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", docs.docs, name="docs"),
    path("api/v1/openapi.json", headed(docs.openapi), name="openapi"),
    path("api/v1/", include((_headed(api.urls[0]), "ninja"), namespace="v1")),
    path("api/v1/<path:rest>", headed(_elsewhere), name="elsewhere"),
]

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from chungtay.api import docs
from chungtay.api.app import api, headed, no_such_address

app_name = "api"


def _elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    return no_such_address()


def _headed(found: list[URLResolver | URLPattern]) -> list[URLPattern]:
    """The framework's addresses, each answering as `app.headed` has it."""
    patterns = [each for each in found if isinstance(each, URLPattern) and each.name != "api-root"]
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

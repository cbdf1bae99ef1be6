"""A Django with one empty view and no middleware at all: the least a request can cost on the same server (P8)."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], SECRET_KEY="none", MIDDLEWARE=[])
django.setup()


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


urlpatterns = [path("trong/", empty)]
application = WSGIHandler()

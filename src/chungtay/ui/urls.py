from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from . import views

app_name = "ui"

# Looks and language ask for no token: they change nothing but how this browser is shown pages, and a page that
# carries a token is a page for one visitor, which nobody can keep for the next.
urlpatterns = [
    path("hien-thi/", csrf_exempt(views.display), name="display"),
    path("ngon-ngu/", csrf_exempt(set_language), name="language"),
    path("huong-dan-giao-dien/", views.guide, name="guide"),
]

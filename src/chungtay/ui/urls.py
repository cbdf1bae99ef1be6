from django.urls import path
from django.views.i18n import set_language

from . import views

app_name = "ui"
urlpatterns = [
    path("hien-thi/", views.display, name="display"),
    path("ngon-ngu/", set_language, name="language"),
    path("huong-dan-giao-dien/", views.guide, name="guide"),
]

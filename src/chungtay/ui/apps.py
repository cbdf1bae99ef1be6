from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "chungtay.ui"
    label = "ui"

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "chungtay.office"
    label = "office"

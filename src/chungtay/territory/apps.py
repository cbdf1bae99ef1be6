from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "chungtay.territory"
    label = "territory"

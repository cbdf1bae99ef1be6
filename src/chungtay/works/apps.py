from django.apps import AppConfig


class WorksConfig(AppConfig):
    name = "chungtay.works"
    label = "works"

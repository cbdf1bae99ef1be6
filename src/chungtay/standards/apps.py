from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "chungtay.standards"
    label = "standards"

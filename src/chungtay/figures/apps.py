from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "chungtay.figures"
    label = "figures"

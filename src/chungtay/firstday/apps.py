from django.apps import AppConfig


class FirstDayConfig(AppConfig):
    name = "chungtay.firstday"
    label = "firstday"

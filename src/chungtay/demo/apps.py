from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "chungtay.demo"
    label = "demo"

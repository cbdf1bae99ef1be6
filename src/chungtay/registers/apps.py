from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "chungtay.registers"
    label = "registers"

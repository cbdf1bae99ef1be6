from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "chungtay.config"
    label = "config"

    def ready(self) -> None:
        from chungtay.config import checks, sessions  # noqa: F401 - registers checks and receivers

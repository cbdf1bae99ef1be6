from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "chungtay.core"
    label = "core"

    def ready(self) -> None:
        from chungtay.core import sealing  # noqa: F401 - its jobs are known to every worker

from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "chungtay.core"
    label = "core"

    def ready(self) -> None:
        from chungtay.core import hidden, sealing  # noqa: F401 - sealing: its jobs are known to every worker

        ours = (each for each in apps.get_models() if each.__module__.startswith("chungtay."))
        hidden.watch(ours)

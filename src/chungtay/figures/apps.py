from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "chungtay.figures"
    label = "figures"

    def ready(self) -> None:
        from chungtay.core.stamps import derived
        from chungtay.figures.models import Dirty, Drain, RollUp
        from chungtay.figures.receiving import listen

        listen()
        derived(lambda: Drain.objects.values("drained_at")[:1])
        derived(lambda: Dirty.objects.order_by("pk").values("pk")[:1])  # batches of one moment
        derived(lambda: RollUp.objects.order_by("-pk").values("pk")[:1])  # all made again

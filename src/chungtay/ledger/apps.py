from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "chungtay.ledger"
    label = "ledger"

    def ready(self) -> None:
        from chungtay.core.stamps import derived
        from chungtay.ledger.models import Checkpoint, Counting

        derived(lambda: Counting.objects.values("drained_at")[:1])
        derived(lambda: Checkpoint.objects.order_by("-pk").values("pk")[:1])

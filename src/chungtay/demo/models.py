from django.db import models


class SimulatedBatch(models.Model):
    """One batch of a simulation that has been written, in the batch's own transaction: where a stopped run goes on."""

    key = models.CharField(max_length=120, unique=True)
    written = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key

"""Where a figure that was put together comes from: the rows of the places before it."""

from typing import Any

from django.db import models


class CarriedFigure(models.Model):
    """A figure computed from those of the places that were merged. It can never pass for one observed there."""

    observation = models.OneToOneField(
        "figures.Observation", primary_key=True, on_delete=models.PROTECT, related_name="carried"
    )
    how = models.CharField(max_length=16)  # rulebook's How: sum, share, …
    exact = models.CharField(max_length=120)  # the value before rounding: "314/7", "137/200", "true"
    instrument = models.TextField()  # what merged the places
    parts: Any = (
        models.JSONField()
    )  # [{"place": id, "observation": id, "weight": id of the weight's row or null}]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.how}"

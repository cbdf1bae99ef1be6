import uuid
from typing import Any

from django.db import models

from chungtay.core.encrypting import EncryptedText


class Trial(models.Model):
    """One formula tried out for one matter of a meeting, with what it was fed. Shares are worked out again from it."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    item = models.ForeignKey("community.AgendaItem", on_delete=models.CASCADE, related_name="+")
    formula: Any = models.JSONField()  # `formulas.Formula` as JSON
    inputs = EncryptedText()  # JSON: the households that share, with what the formula needs of each
    left_out = models.PositiveIntegerField()  # households of whom nothing is asked; how many, never which
    is_chosen = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.item_id} {self.formula.get('kind', '')}"

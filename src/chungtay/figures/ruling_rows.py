"""Rulings as kept: what a person concluded of a question the law leaves to judgement."""

import uuid

from django.db import models
from django.db.models import Q

RULINGS = ("met", "not_met", "excused")


class RulingVerdict(models.Model):
    """One ruling on one question of a standard, of a place, as of a day. Never overwritten: another one supersedes.

    Unlike a stated verdict it counts: where the law lets a person rule, the ruling is the measurement.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    standard_code = models.CharField(max_length=100)
    code = models.CharField(max_length=100)  # of the indicator
    question = models.CharField(max_length=500)  # in the law's words, since an indicator may ask several
    verdict = models.CharField(max_length=16, choices=[(verdict, verdict) for verdict in RULINGS])
    evidence = models.CharField(max_length=1000)
    on = models.DateField()
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="ruling_has_evidence"),
            models.UniqueConstraint(
                fields=["place", "standard_code", "code", "question", "on"],
                condition=Q(supersedes__isnull=True),
                name="ruling_one_chain_a_day",
            ),
        ]
        indexes = [models.Index(fields=["place", "standard_code"], name="ruling_place_standard")]

    def __str__(self) -> str:
        return f"{self.standard_code} {self.code}: {self.verdict}"

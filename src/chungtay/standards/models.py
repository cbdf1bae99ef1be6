from typing import Any

from django.db import models
from django.db.models import F, Q


class Measure(models.Model):
    """A measure (số đo) as the law defines it. What its stored numbers mean never changes; see `actions`."""

    code = models.CharField(max_length=80, primary_key=True)
    definition: Any = models.JSONField()  # as written in law/measures.yaml
    name_vi = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name_vi


class StandardVersion(models.Model):
    """One version of a standard, frozen with its digest. Never changed and never deleted.

    edition: the same legal version written down again (a slip mended in the transcription), counted from 1.
    """

    code = models.CharField(max_length=100)  # the standard's id, e.g. xa-ntm-2021-2025
    version = models.CharField(max_length=40)
    edition = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    frozen: Any = models.JSONField()  # rulebook's plain form; `rulebook.thaw` reads it back to equality
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=10, blank=True)  # whose own set it is, or who filled it in
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    status = models.CharField(max_length=16)  # law · sample · skeleton
    period_from = models.PositiveIntegerField()
    period_to = models.PositiveIntegerField()
    in_force_from = models.DateField(null=True)  # null: not known
    in_force_to = models.DateField(null=True)  # null: not known to end
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "province", "version", "edition"], name="standard_edition_once"
            ),
            models.UniqueConstraint(fields=["code", "digest"], name="standard_digest_once"),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="standard_period_in_order"
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="standard_level_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}.{self.edition}"


# Django looks for models here; those of the law desk and of imports stand with them.
from chungtay.standards.desk import models as desk_models  # noqa: E402, F401
from chungtay.standards.importing import models as importing_models  # noqa: E402, F401

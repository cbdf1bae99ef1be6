from typing import Any

from django.db import models


class AdoptedProcedure(models.Model):
    """One version of a procedure, frozen with its digest. Never changed and never deleted.

    edition: the same version written down again (a slip mended in the transcription), counted from 1.
    """

    only_grows = True

    code = models.CharField(max_length=100)  # the procedure's id, e.g. cong-nhan-xa-2021-2025
    version = models.CharField(max_length=40)
    edition = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    frozen: Any = models.JSONField()  # `rulebook.loading.procedures.thaw` reads it back to equality
    standards: Any = models.JSONField()  # ids of the titles it leads to
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=10, blank=True)  # whose own it is; "" for the nation's
    status = models.CharField(max_length=16)  # law · told · draft
    in_force_from = models.DateField(null=True)  # null: not known
    in_force_to = models.DateField(null=True)  # null: not known to end
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version", "edition"], name="procedure_edition_once"),
            models.UniqueConstraint(fields=["code", "digest"], name="procedure_digest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}.{self.edition}"

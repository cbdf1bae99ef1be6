from typing import Any

from django.db import models


class AnnexImport(models.Model):
    """An uploaded annex on its way into a draft: its tables, and what the person has chosen so far.

    The file itself is not kept: its tables, its name and the SHA-256 of its bytes are.
    """

    uid = models.UUIDField(unique=True)
    draft = models.ForeignKey("standards.Draft", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    tables: Any = models.JSONField()
    choices: Any = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(null=True)  # the revision of the draft it became
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.file_name

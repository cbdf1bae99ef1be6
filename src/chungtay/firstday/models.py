import json
from typing import Any

from django.db import models

from chungtay.core.encrypting import EncryptedText


class Step(models.TextChoices):
    WAITING = "waiting", "đang đọc"
    TRIED = "tried", "đã xem thử"
    FAILED = "failed", "không ghi được"
    WRITING = "writing", "đang ghi"
    WRITTEN = "written", "đã ghi"


class Intake(models.Model):
    """One sheet of records on its way in: tried first, then written whole or not at all.

    What it says may be of people, so the file and the verdicts on its rows are kept encrypted. A written file is let go
    of here: it goes to the evidence, and nowhere when its kind is sealed, the verdicts with it.
    """

    keeps_as_found = ("content", "verdicts")  # a whole file; its rows are checked one by one

    uid = models.UUIDField(unique=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = EncryptedText()  # base64
    rows = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=Step.choices, default=Step.WAITING)
    verdicts = EncryptedText(default="")  # JSON: `trying.Verdict` as lists
    counts: Any = models.JSONField(default=dict)  # of the verdicts, by outcome
    faults: Any = models.JSONField(default=list)  # sentences, where it could not be written
    job = models.BigIntegerField(null=True)  # the background job that tries or writes it
    written = models.PositiveIntegerField(null=True)
    evidence = models.BigIntegerField(null=True)  # the file among the evidence, once it is written
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "kind", "at"], name="intake_place_kind_at")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def lines(self) -> list[list[str]]:
        """The verdicts as they were kept."""
        found: list[list[str]] = json.loads(self.verdicts or "[]")
        return found

from typing import Any

from django.db import models


class ImportState(models.TextChoices):
    WAITING = "waiting", "đang đọc"
    LOOKED = "looked", "đã xem thử"
    REFUSED = "refused", "không đọc được"
    WRITING = "writing", "đang ghi"
    WRITTEN = "written", "đã ghi"


class WorkbookMapping(models.Model):
    """Another office's own workbook and where in it things stand: `foreign.Layout`. The file is kept as it was sent."""

    uid = models.UUIDField(unique=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    layout: Any = models.JSONField(default=dict)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class WorkbookImport(models.Model):
    """One file on its way in: tried first, then written whole or not at all. The file is kept as it was sent."""

    uid = models.UUIDField(unique=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    # The foreign layout it is read by, as it was when the file was sent; {} for our own workbooks.
    foreign: Any = models.JSONField(default=dict)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    report: Any = models.JSONField(default=dict)  # what the trial found: `weighing.Report.to_plain`
    looked = models.BigIntegerField(default=0)  # the row of the log last written when it was tried
    faults: Any = models.JSONField(default=list)  # sentences, where it was refused whole
    job = models.BigIntegerField(null=True)  # the background job that reads or writes it
    written = models.PositiveIntegerField(null=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "at"], name="workbook_place_at")]

    def __str__(self) -> str:
        return self.file_name

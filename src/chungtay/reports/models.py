"""Reports, what was typed into them, and their frozen contents, which never change."""

import uuid

from django.db import models
from django.db.models import F, Q


class Deed(models.Model):
    """Who did it, as which post, and when. uid: made where the deed was done; sending it twice is once."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Report(Deed):
    """A report of a place for one window of `law/reports.yaml`; a draft until it has a `Frozen`.

    start, cut_off: the window's days, both included. deadline: by when it is to be sent; null where the calendar of
    working days does not reach and nobody set one.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # a code of law/reports.yaml
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # of the window in its year
    start = models.DateField()
    cut_off = models.DateField()
    deadline = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "year", "number"], name="report_once_a_window"),
            models.CheckConstraint(condition=Q(cut_off__gte=F("start")), name="report_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind} {self.number}/{self.year}"


class Section(models.Model):
    """What the office wrote in one section. version: how often it was written, so that two do not write at once."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField(max_length=20)  # of `sections.SECTIONS`
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="report_section_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.code}"


class Frozen(Deed):
    """The whole content of a report as it was frozen. digest: SHA-256 of `content` in canonical form."""

    only_grows = True

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="frozen")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.report_id} {self.digest[:12]}"


class Publication(Deed):
    """A frozen report made public, or taken down again; the newest of a report says how it stands.

    with_texts: the office's own words too, not the tables alone. reason: why it was taken down.
    """

    only_grows = True

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="publications")
    is_public = models.BooleanField()
    with_texts = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["report", "-id"], name="publication_newest")]

    def __str__(self) -> str:
        return f"{self.report_id} {'public' if self.is_public else 'taken down'}"

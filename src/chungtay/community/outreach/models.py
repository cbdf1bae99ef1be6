from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.community.recorded import Recorded


class Kind(models.TextChoices):
    """Two things that are never summed together."""

    OUTREACH = "outreach", _("tuyên truyền")
    TRAINING = "training", _("tập huấn")


class Qualifier(models.TextChoices):
    """How exactly a paper tells a number."""

    EXACT = "", _("đúng")
    OVER = "over", _("hơn")
    ABOUT = "about", _("khoảng")


class ToldTotal(Recorded):
    """What a paper tells of many sessions at once; its number is kept with its qualifier, never made exact.

    per_year: the numbers are of each year from `start` to `end`, an average. Either number may be untold.
    """

    kind = models.CharField(max_length=8, choices=Kind.choices)
    start = models.DateField()
    end = models.DateField()
    per_year = models.BooleanField(default=False)
    sessions = models.PositiveIntegerField(null=True)
    sessions_qualifier = models.CharField(max_length=5, choices=Qualifier.choices, blank=True)
    attendances = models.PositiveIntegerField(null=True)
    attendances_qualifier = models.CharField(max_length=5, choices=Qualifier.choices, blank=True)
    organiser = models.CharField(max_length=200, blank=True)
    combined_with = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="told_total_days_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}: {self.sessions}/{self.attendances}"


class OutreachSession(Recorded):
    """One session. held_from, held_to: its days, both included; for a reconstructed one the span it lies in.

    attendances: None where nobody counted. combined_with: the other topics of the same session, "" when it had none.
    total: the told total under which it was reconstructed.
    """

    kind = models.CharField(max_length=8, choices=Kind.choices)
    topic = models.CharField(max_length=300)
    organiser = models.CharField(max_length=200)
    co_organisers = models.JSONField(default=list)  # list of names of bodies, in the order typed
    held_from = models.DateField()
    held_to = models.DateField()
    venue = models.CharField(max_length=200, blank=True)
    combined_with = models.CharField(max_length=300, blank=True)
    attendances = models.PositiveIntegerField(null=True)
    material = models.CharField(max_length=300, blank=True)
    total = models.ForeignKey(ToldTotal, null=True, on_delete=models.PROTECT, related_name="filling")

    class Meta:
        indexes = [models.Index(fields=["place", "kind", "held_to"], name="session_place_kind_day")]
        constraints = [
            models.CheckConstraint(condition=Q(held_to__gte=F("held_from")), name="session_days_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.held_from} {self.topic}"

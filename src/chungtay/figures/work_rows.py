"""The facts of figures at work: drafts, steps taken on figures, report periods and their locks, what was seen."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chungtay.figures.states import COUNTING, Move, State


class FigureDraft(models.Model):
    """What a post has typed and not sent: working paper, changed and thrown away freely, and never judged.

    typed: the text as it stands in the field, whether or not it is a number yet.
    """

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey("standards.Measure", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, blank=True)
    period = models.CharField(max_length=40)  # as typed: "2023", "24/05/2023"
    typed = models.CharField(max_length=100)
    source = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "place", "measure", "part"], name="draft_one_a_figure_and_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.typed}"


class FigureStep(models.Model):
    """One step of a figure on its way. Only ever added: the last one of a figure says its state."""

    only_grows = True

    observation = models.ForeignKey("figures.Observation", on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=16, choices=[(move.value, move.value) for move in Move])
    state = models.CharField(max_length=16, choices=[(state.value, state.value) for state in State])
    reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["observation", "-id"], name="figurestep_last"),
            models.Index(fields=["at"], name="figurestep_at"),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.move}"


class ReportPeriod(models.Model):
    """A stretch for which figures are called for at and below a place, and the day by which each level answers.

    Told anew, it is a new row that replaces the one before.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()  # included
    hamlet_by = models.DateField()  # the last day on which a hamlet's figures are in time
    commune_by = models.DateField()
    province_by = models.DateField()
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="report_period_in_order"),
            models.CheckConstraint(
                condition=Q(hamlet_by__lte=F("commune_by"), commune_by__lte=F("province_by")),
                name="report_period_cut_offs_climb",
            ),
            models.UniqueConstraint(
                fields=["place", "start", "end"],
                condition=Q(replaces__isnull=True),
                name="report_period_one_chain",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class PeriodStep(models.Model):
    """A place's period was confirmed, or opened again. Only ever added: the last one says whether it is locked."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    locked = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "start", "end"], name="periodstep_place")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.start}–{self.end}"


class LastLook(models.Model):
    """When a post last looked at its own page, and when its visit before that ended."""

    post = models.OneToOneField("people.Post", primary_key=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.post_id} {self.at}"


class IntegrityFinding(models.Model):
    """What a check found wrong, as of the last look. Derived: each look at a place replaces what stood here of it.

    value, limit: exact fractions, or the text a sentence names. who: the post or office that can mend it.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.CASCADE, related_name="+")
    check_code = models.CharField(max_length=60)
    severity = models.CharField(max_length=12)
    measure = models.ForeignKey("standards.Measure", null=True, on_delete=models.CASCADE, related_name="+")
    observation = models.ForeignKey(
        "figures.Observation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    value = models.CharField(max_length=200, blank=True)
    limit = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=200)
    found_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "check_code"], name="integrity_place_check")]

    def __str__(self) -> str:
        return f"{self.check_code} {self.place_id}"


class FigureComment(models.Model):
    """What a post says about a figure. Never changed: an edit is a new row that supersedes the one before.

    It hangs on the figure's place, measure and period, so that a correction does not lose the talk.
    """

    only_grows = True

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    observation = models.ForeignKey("figures.Observation", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    def __str__(self) -> str:
        return f"{self.observation_id}: {self.text[:40]}"


class Notice(models.Model):
    """Something a post must know of a figure or of a place's period. read_at: null until it was seen.

    kind: "returned" and "comment" of a figure; "locked" and "unlocked" of a period.
    """

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    observation = models.ForeignKey(
        "figures.Observation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    period = models.ForeignKey("figures.PeriodStep", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["post", "read_at"], name="notice_unread")]
        constraints = [
            models.CheckConstraint(
                condition=Q(observation__isnull=False, period__isnull=True)
                | Q(observation__isnull=True, period__isnull=False),
                name="notice_of_a_figure_or_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind} {self.observation_id or self.period_id}"


def with_state(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Figures each with `stands` (a State, those replaced as superseded not told) and `adjusts`, in the same query."""
    adjusting = FigureStep.objects.filter(observation=OuterRef("pk"), move=Move.ADJUST)
    stated: QuerySet[Any] = rows.annotate(stands=_stands(), adjusts=Exists(adjusting))
    return stated


def with_standing(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Figures each with `stands` alone: for many at once, who sort out themselves what counts."""
    standing: QuerySet[Any] = rows.annotate(stands=_stands())
    return standing


def only_counting(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Of current figures, those in a state that is judged: a returned one waits for another number."""
    counting: QuerySet[Any] = rows.alias(told=_stands()).filter(told__in=COUNTING)
    return counting


def _stands() -> Coalesce:
    last = FigureStep.objects.filter(observation=OuterRef("pk")).order_by("-pk").values("state")[:1]
    return Coalesce(Subquery(last), F("state"))

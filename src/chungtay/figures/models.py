import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from chungtay.figures.derived import Block, Dirty, Drain, MeasureSet, Packing, Result, RollUp
from chungtay.figures.states import State
from rulebook import Mark, StatedGrade

__all__ = [
    "Assessment",
    "Block",
    "Dirty",
    "Drain",
    "MeasureSet",
    "Observation",
    "Packing",
    "Result",
    "RollUp",
    "State",
    "StatedVerdict",
]


_MARKS = [(mark.value, mark.value) for mark in Mark]


class Observation(models.Model):
    """One figure: the value of a measure at a place in a period. Never overwritten: a correction supersedes.

    The value is whole numbers only: `scaled` × 10^-decimals of the measure (a flag is 0 or 1, a grade its rank from
    the lowest), or `numerator`/`denominator` for a percent observed as a share.
    """

    uid = models.UUIDField(
        unique=True, default=uuid.uuid4
    )  # made where the figure was made; sending twice is once
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey("standards.Measure", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, blank=True)  # "" or a sex
    period_start = models.DateField()
    period_end = models.DateField()  # included
    scaled = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True)
    mark = models.CharField(max_length=16, choices=_MARKS)
    state = models.CharField(  # in which it was written; where it stands now say its steps
        max_length=16, choices=[(state.value, state.value) for state in State], default=State.SUBMITTED
    )
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=300, blank=True)  # why it was corrected

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scaled__isnull=False, numerator__isnull=True, denominator__isnull=True)
                | Q(scaled__isnull=True, numerator__gte=0, denominator__gte=F("numerator")),
                name="observation_one_exact_value",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="observation_period_in_order"
            ),
            models.UniqueConstraint(
                fields=["place", "measure", "part", "period_start", "period_end"],
                condition=Q(supersedes__isnull=True),
                name="observation_one_chain_a_period",
            ),
        ]
        indexes = [models.Index(fields=["place", "measure", "period_end"], name="observation_place_measure")]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period_start}"


class StatedVerdict(models.Model):
    """What a person or a document says of a standard, criterion or indicator. Never mixed with what is measured."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    standard_code = models.CharField(max_length=100)
    kind = models.CharField(max_length=16, choices=[(k, k) for k in ("standard", "criterion", "indicator")])
    code = models.CharField(max_length=100)
    grade = models.CharField(max_length=16, choices=[(grade.value, grade.value) for grade in StatedGrade])
    on = models.DateField()
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=16, choices=_MARKS)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "standard_code", "kind", "code", "on"],
                condition=Q(supersedes__isnull=True),
                name="stated_one_chain_a_day",
            ),
        ]
        indexes = [models.Index(fields=["place", "standard_code"], name="stated_place_standard")]

    def __str__(self) -> str:
        return f"{self.standard_code} {self.kind} {self.code}: {self.grade}"


class Assessment(models.Model):
    """A judgement frozen as it was: the whole finding as JSON with its digest. Never changed, never deleted."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    place_name = models.CharField(max_length=300)  # the name of its day
    standard = models.ForeignKey("standards.StandardVersion", on_delete=models.PROTECT, related_name="+")
    figures_on = models.DateField()
    finding: Any = models.JSONField()
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=16)
    met = models.PositiveIntegerField()
    not_met = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    excused = models.PositiveIntegerField()
    stated_met = models.PositiveIntegerField()
    stated_basically = models.PositiveIntegerField()
    purpose = models.CharField(max_length=200)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "standard", "figures_on"], name="assessment_place_standard")]

    def __str__(self) -> str:
        return f"{self.place_name} {self.figures_on}"


from chungtay.figures.carried_rows import CarriedFigure  # noqa: E402, F401
from chungtay.figures.ruling_rows import RulingVerdict  # noqa: E402, F401
from chungtay.figures.work_rows import (  # noqa: E402, F401
    FigureComment,
    FigureDraft,
    FigureStep,
    IntegrityFinding,
    LastLook,
    Notice,
    PeriodStep,
    ReportPeriod,
)
from chungtay.figures.workbooks.models import WorkbookImport, WorkbookMapping  # noqa: E402, F401

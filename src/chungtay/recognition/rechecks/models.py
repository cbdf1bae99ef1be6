"""Samples and what came of them. Rows are only added: a correction supersedes, a sample that cannot be drawn is set
aside. Gathered in `recognition.models`."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from rulebook import Mark


class ClaimKind(models.TextChoices):
    FIGURE = "figure"
    VERDICT = "verdict"
    EVIDENCE = "evidence"


class Outcome(models.TextChoices):
    MATCH = "match"
    MISMATCH = "mismatch"
    IMPOSSIBLE = "impossible"  # could not be checked, with the reason


class Deed(models.Model):
    """Made once per client id, as which post, when."""

    only_grows = True

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class RecheckSample(Deed):
    """The claims of a place and period among which a sample will be drawn, fixed and hashed before the seed is known.

    population: the published file, compressed; see `repeat`. basis: why the sample is as large as it is.
    seed_source, seed_on: the public value that will be the seed, and the day on which it becomes known.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()  # included
    population = models.BinaryField()
    digest = models.CharField(max_length=64)
    claims = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    basis: Any = models.JSONField()
    seed_source = models.CharField(max_length=200)
    seed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="sample_days_in_order"),
            models.CheckConstraint(condition=Q(size__lte=F("claims")), name="sample_within_claims"),
        ]
        indexes = [models.Index(fields=["place", "end"], name="sample_place_end")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.start}–{self.end}"


class RecheckDrawing(Deed):
    """The end of waiting for a sample's seed: drawn by it, or set aside with the reason since it never came."""

    sample = models.OneToOneField(RecheckSample, on_delete=models.PROTECT, related_name="drawing")
    seed = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seed="", reason__gt="") | Q(seed__gt="", reason=""), name="drawing_seed_or_reason"
            )
        ]

    def __str__(self) -> str:
        return self.seed or self.reason


class RecheckForm(models.Model):
    """One claim drawn. claimed: as it stood, shown to nobody before the check. office: the role that answers for it.

    ref: of the claim's row; about: of the figure or verdict that a file was put forward for. criterion: where the law
    asks for it, "" where no standard in force does.
    """

    only_grows = True

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    sample = models.ForeignKey(RecheckSample, on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveIntegerField()  # in the order drawn, from 1
    kind = models.CharField(max_length=8, choices=ClaimKind.choices)
    ref = models.UUIDField()
    about = models.UUIDField(null=True)
    claim_id = models.BigIntegerField()  # of the figure, verdict or file
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    measure = models.CharField(max_length=80, blank=True)
    part = models.CharField(max_length=10, blank=True)
    standard_code = models.CharField(max_length=100, blank=True)
    criterion = models.CharField(max_length=100, blank=True)
    criterion_name = models.CharField(max_length=300, blank=True)
    code = models.CharField(
        max_length=100, blank=True
    )  # of a verdict: the criterion or indicator it is about
    claimed = models.CharField(max_length=60)
    office = models.CharField(max_length=40)
    answers = models.CharField(max_length=200)
    entered_by = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="form_number_once"),
            models.UniqueConstraint(fields=["sample", "kind", "ref"], name="form_claim_once"),
        ]
        indexes = [models.Index(fields=["place", "office"], name="recheck_form_place")]

    def __str__(self) -> str:
        return f"{self.sample_id}/{self.number}"


class Recheck(Deed):
    """What was found where the claim was made. found: as the claim is written; "" when it could not be checked.

    changes: the criteria whose verdict is another with what was found, null where that cannot be told. A correction
    supersedes and says why; both stay readable, since it is made by somebody who has seen the claim.
    """

    form = models.ForeignKey(RecheckForm, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    found = models.CharField(max_length=60, blank=True)
    not_possible = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    changes: Any = models.JSONField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    mark = models.CharField(max_length=16, choices=[(mark.value, mark.value) for mark in Mark])
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form"], condition=Q(supersedes__isnull=True), name="check_one_chain_a_form"
            ),
            models.CheckConstraint(
                condition=Q(outcome="impossible", found="", not_possible__gt="")
                | Q(outcome__in=("match", "mismatch"), found__gt="", not_possible=""),
                name="check_found_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.outcome}"

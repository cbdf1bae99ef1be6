import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from chungtay.community.deeds import Deed
from chungtay.core.encrypting import EncryptedText

STANDING = Q(withdrawn_at=None)
"""The condition on slips that were not taken out of use."""


class Survey(Deed):
    """One satisfaction survey of a place for a title and a year. Questionnaire and procedure are those of its opening.

    Once counted it never changes. One told by papers has no slips: only its result, with the paper that tells it.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    standard_code = models.CharField(max_length=100)
    title = models.CharField(max_length=200)  # of the title asked about, in the words of its standard
    year = models.PositiveIntegerField()
    questionnaire: Any = models.JSONField(null=True)  # frozen; null: told by a paper
    questionnaire_digest = models.CharField(max_length=64, blank=True)
    procedure: Any = models.JSONField(null=True)  # frozen; null: no procedure leads to this title
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    grace_hours = models.PositiveSmallIntegerField(
        default=0
    )  # for ballots filled in offline before the closing
    households = models.PositiveIntegerField(null=True)  # all of the place at the opening; null: not known
    posted_from = models.DateField(null=True)  # the result stands before the public; both days included
    posted_to = models.DateField(null=True)
    counted_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)  # the day the counts speak of
    result: Any = models.JSONField(null=True)  # frozen: `counting.Result` as plain data
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the result
    dropped_at = models.DateTimeField(null=True)  # opened by mistake, before any ballot came back
    dropped_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "standard_code", "year"],
                condition=Q(counted_at=None, dropped_at=None),
                name="survey_one_running",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="survey_closes_after_opening",
            ),
        ]
        indexes = [models.Index(fields=["place", "year"], name="survey_place_year")]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class SurveySlip(models.Model):
    """The right of one household to one ballot: given out, come back or not. What the ballot said stands nowhere near.

    The secret on its card is made of `uid` and our key (`secrets.py`), so that a card can be printed again; the table
    keeps only its digest. sent_uid: of the phone that sent the ballot, so that sending it twice is once.
    """

    class Way(models.TextChoices):
        PAPER = "paper"
        PHONE = "phone"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="slips")
    household = models.ForeignKey("community.Household", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "territory.Place", on_delete=models.PROTECT, related_name="+"
    )  # its hamlet then
    token_digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    returned_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=8, choices=Way.choices, blank=True)
    sent_uid = models.UUIDField(null=True)
    late_at = models.DateTimeField(null=True)  # its ballot came after the grace: kept aside, not counted
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "household"],
                condition=Q(withdrawn_at=None),
                name="survey_slip_one_a_household",
            )
        ]

    def __str__(self) -> str:
        return f"slip {self.pk}"


class SurveyAnswer(models.Model):
    """One ballot, of nobody: no slip, no household, no time; its key is random. All are written anew, shuffled, when
    they are counted, so that not even the order of rows tells who came when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    chosen: Any = models.JSONField()  # option by question
    is_late = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"answer {self.pk}"


class SurveyComment(models.Model):
    """What somebody wrote below the questions: apart from the answers, and of nobody. Becomes a matter to be answered
    when the ballots are counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="comments")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    text = EncryptedText()
    feedback = models.ForeignKey(
        "community.Feedback", null=True, on_delete=models.PROTECT, related_name="+"
    )  # null: not counted yet

    def __str__(self) -> str:
        return f"comment {self.pk}"


class SurveyBatch(models.Model):
    """Paper ballots of one hamlet typed in together: how many, by whom; never what they said."""

    only_grows = True

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="batches")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    ballots = models.PositiveIntegerField()
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ballots} ballots"

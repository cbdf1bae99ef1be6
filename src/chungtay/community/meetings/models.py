import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from chungtay.community.deeds import Deed
from chungtay.core.encrypting import EncryptedText


class Meeting(Deed):
    """A meeting called at a place. Once its minutes are signed off (closed) nothing of it changes any more."""

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    venue = models.CharField(max_length=200)
    scope_households = models.PositiveIntegerField(null=True)  # all households in scope; null: nobody knows
    present = models.PositiveIntegerField(null=True)  # households represented; null: not counted yet
    by_roll = models.BooleanField(default=False)  # counted by the roll, not typed as a number
    form = models.CharField(max_length=16, default="resolution")  # a code of the law's forms of decision
    notes = models.TextField(blank=True)  # what was said, for the minutes; bears no names
    ballots_on = models.DateField(null=True)  # the day household ballots were opened
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    closed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was signed off

    class Meta:
        indexes = [models.Index(fields=["place", "starts_at"], name="meeting_place")]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One matter of a meeting: what is proposed, how it is asked, the count, and what was decided in words."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)  # a kind of matter in law/community.yaml
    title = models.CharField(max_length=300)
    proposal = models.TextField(blank=True)
    amount_dong = models.BigIntegerField(
        null=True
    )  # what it costs or raises in all, where it speaks of money
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    votes_blank = models.PositiveIntegerField(null=True)
    votes_spoiled = models.PositiveIntegerField(null=True)  # of ballots only
    counted = models.CharField(max_length=8, blank=True)  # "", meeting, ballots
    statement = models.TextField(blank=True)  # what was decided
    share: Any = models.JSONField(null=True)  # the share formula chosen: words and total, no household
    replaces = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A household represented at a meeting. The roll is for the posts that keep the list."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="roll")
    household = models.ForeignKey("community.Household", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "household"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.household_id}"


class Ballot(models.Model):
    """The ballot paper of one household: given out, and come back or not. What it says stands nowhere: papers are
    counted together, as totals."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="ballots")
    household = models.ForeignKey("community.Household", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, unique=True)  # opaque; what the QR on the paper says
    issued_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "household"], name="ballot_one_a_household")
        ]

    def __str__(self) -> str:
        return self.code


class Signatory(models.Model):
    """Who signs the minutes, in what capacity."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="signatories")
    capacity = models.CharField(max_length=16)  # a capacity in law/community.yaml
    name = EncryptedText()

    def __str__(self) -> str:
        return self.capacity


class Decision(Deed):
    """What the community decided on one matter, with the count that made it so. Never changed; a later minutes may
    replace it. item: None where it was entered from papers of before the system."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    item = models.OneToOneField(AgendaItem, null=True, on_delete=models.PROTECT, related_name="decision")
    decided_on = models.DateField()
    kind = models.CharField(max_length=20)
    form = models.CharField(max_length=16)
    subject = models.CharField(max_length=300)
    statement = models.TextField(blank=True)
    verdict = models.CharField(max_length=16)  # met, not_met, unknown
    votes_for = models.PositiveIntegerField(null=True)
    households = models.PositiveIntegerField(null=True)
    tally: Any = models.JSONField(
        default=dict
    )  # `rulebook.tally.Tally` as JSON: bar, clause, provenance, sentence
    amount_dong = models.BigIntegerField(null=True)
    share: Any = models.JSONField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_dong=None) | Q(amount_dong__gte=0), name="decision_amount_not_negative"
            )
        ]
        indexes = [models.Index(fields=["place", "decided_on"], name="decision_place")]

    def __str__(self) -> str:
        return self.subject

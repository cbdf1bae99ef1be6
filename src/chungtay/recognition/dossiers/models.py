import json
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q

from chungtay.community.deeds import Deed
from chungtay.community.recorded import Recorded
from chungtay.recognition.procedures.models import AdoptedProcedure


class Registration(Recorded):
    """A place on the list of a year: to be built, or to be recognised, under a plan paper (`source`).

    Being registered is not being recognised. due_on: by when, null where the paper does not say.
    """

    standard_code = models.CharField(max_length=100)
    title = models.CharField(max_length=200)  # in the words of the standard
    year = models.PositiveIntegerField()
    due_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "standard_code", "year"],
                condition=Q(struck_at=None),
                name="registration_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Dossier(Deed):
    """A request that a place be given a title, under one version of a procedure. What happens to it are its events."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    standard_code = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    year = models.PositiveIntegerField()
    procedure = models.ForeignKey(AdoptedProcedure, on_delete=models.PROTECT, related_name="+")
    sectors: Any = models.JSONField(default=list)  # the fields of its criteria: the parts of a divided step
    opened_on = models.DateField()
    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["place", "standard_code", "year"], name="dossier_place")]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class DossierEvent(Deed):
    """What happened, in the order it was recorded: `rulebook.standings.Event` as a row.

    note: what the minutes or the paper say; the reason, of a return or a withdrawal. is_day_known: false where a paper
    tells only that it was done by that day.
    """

    only_grows = True

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=60)
    said = models.CharField(max_length=12)  # a rulebook.standings.Said
    to = models.CharField(max_length=60, blank=True)
    part = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=60, blank=True)  # `Event.by`: a role of the procedure
    on = models.DateField()
    is_day_known = models.BooleanField(default=True)
    began = models.DateField(null=True)
    counts: Any = models.JSONField(default=dict)
    answers: Any = models.JSONField(default=dict)  # question → [satisfied, answered]
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_event_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number} {self.step} {self.said}"


class Origin(models.TextChoices):
    """Where a paper of the dossier comes from."""

    GENERATED = "generated"  # made by us from the data of a day; its bytes are kept
    UPLOADED = "uploaded"  # a file among the evidence
    LOCATED = "located"  # the paper original lies somewhere; only where is known


class ComponentVersion(Deed):
    """One version of a paper of the dossier; the newest counts. Never changed: a mended paper is a version more.

    sha256: of the bytes, or of the words that say where the original lies.
    """

    only_grows = True

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="components")
    component = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=12, choices=Origin.choices)
    name = models.CharField(max_length=200)  # of the file, or the paper's number and day
    content = models.BinaryField(null=True)  # of a generated one
    file = models.ForeignKey("evidence.File", null=True, on_delete=models.PROTECT, related_name="+")
    location = models.CharField(max_length=300, blank=True)
    on = models.DateField()  # the day of the data, or of the paper
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "component", "number"], name="component_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.component} {self.number}"


class FrozenDossier(models.Model):
    """The dossier as it stood when it was submitted or decided: every paper with its hash, and what was said that day.

    contents: rows {component, name, number, origin, sha256}. said: the standing (`Proceeding.to_plain`) and the gates.
    digest: SHA-256 over both, as JSON with sorted keys; see `digest_of`.
    """

    only_grows = True

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="frozen")
    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="frozen")
    contents: Any = models.JSONField()
    said: Any = models.JSONField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest


def digest_of(contents: Any, said: Any) -> str:
    """What a frozen dossier's digest is over."""
    return sha256(json.dumps([contents, said], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class CriterionCheck(Deed):
    """What one office found of one criterion in one step: the claim (self-assessment), a verification, an appraisal.

    round: how often the dossier had been sent back before; the newest of the last round counts.
    """

    only_grows = True

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="checks")
    step = models.CharField(max_length=60)
    part = models.CharField(max_length=60, blank=True)
    criterion = models.CharField(max_length=20)
    verdict = models.CharField(max_length=16)  # met · basically_met · not_met · unknown
    reason = models.TextField(blank=True)
    way = models.CharField(max_length=8)  # desk · field
    on = models.DateField()
    round = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "step"], name="criterion_check_dossier")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.step} {self.criterion} {self.verdict}"


class GateProof(Deed):
    """A paper that settles a condition which the data leave unknown; shown as told by it, never over a measured one."""

    only_grows = True

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="gate_proofs")
    gate = models.CharField(max_length=60)
    verdict = models.CharField(max_length=16)  # met · not_met
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.gate} {self.verdict}"


class CouncilMeeting(Deed):
    """A sitting of the council on one dossier. Open until its result is recorded as the event of its step."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="councils")
    step = models.CharField(max_length=60)
    held_on = models.DateField()
    basis = models.CharField(max_length=300)  # the decision that set the council up
    event = models.OneToOneField(
        DossierEvent, null=True, on_delete=models.PROTECT, related_name="council"
    )  # null: open

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.held_on}"


class Attendance(models.TextChoices):
    UNKNOWN = ""  # nobody took the roll yet
    PRESENT = "present"
    ABSENT = "absent"
    DELEGATED = "delegated"  # a deputy named in writing came instead


class CouncilSeat(models.Model):
    """A member of the sitting. What was voted stands nowhere beside it.

    vote_uid: of the ballot as it was sent: the guard against a second one, and sending it again changes nothing.
    """

    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)
    attendance = models.CharField(max_length=12, blank=True, choices=Attendance.choices)
    deputy = models.CharField(max_length=200, blank=True)  # the deputy's post, of a delegated seat
    delegation = models.CharField(max_length=300, blank=True)  # the paper that names the deputy
    vote_uid = models.UUIDField(null=True, unique=True)  # null: has not voted

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "post"], name="council_seat_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.post_id}"


class CouncilCount(models.Model):
    """How many ballots of a sitting say the same. Ballots are only ever counted, so none leads back to its member."""

    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, related_name="ballots")
    says = models.CharField(max_length=12)  # for · basically · against · invalid
    ballots = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "says"], name="council_count_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.says}"


class Reminder(models.Model):
    """Posts were reminded of a step that falls due on a day, or is late since: once, however often the job runs."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    part = models.CharField(max_length=60, blank=True)
    day = models.DateField()  # on which it is due
    is_late = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "step", "part", "day", "is_late"], name="reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.step} {self.day}"

import uuid

from django.db import models
from django.db.models import Q

from chungtay.community.deeds import Deed
from rulebook import Mark


class Title(models.Model):
    """A title held by a place: the legal act of recognition. What is not known of the decision stays empty.

    on_record: entered from before the system, with what papers tell; later acts come from a dossier, whose uid stands
    in `dossier_uid`. What became of a title afterwards is never written here: it stands in `TitleEvent`.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    standard_code = models.CharField(max_length=100)
    title = models.CharField(max_length=200)  # in the words of the certificate
    year = models.PositiveIntegerField()
    decided_on = models.DateField(null=True)
    decision_number = models.CharField(max_length=60, blank=True)
    decided_by = models.CharField(max_length=200)  # the authority of its day
    ceremony_on = models.DateField(null=True)
    on_record = models.BooleanField(default=True)
    dossier_uid = models.UUIDField(null=True, unique=True)
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=16, choices=[(mark.value, mark.value) for mark in Mark])
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "standard_code", "year"], name="title_once_a_year"),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(ceremony_on__isnull=True)
                | Q(ceremony_on__gte=models.F("decided_on")),
                name="title_ceremony_after_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Became(models.TextChoices):
    """What may become of a title."""

    ACKNOWLEDGED = "acknowledged", "được thừa nhận cho nơi kế tiếp"
    WITHDRAWN = "withdrawn", "bị thu hồi"
    GIVEN_UP = "given_up", "được nơi giữ danh hiệu xin thôi"


class TitleEvent(Deed):
    """One legal act about a title after it was given. Rows are only ever added; nothing is overwritten.

    on: the day from which it holds. place: to which successor, when acknowledged; else the place of the title.
    """

    only_grows = True

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Became.choices)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    decision_number = models.CharField(max_length=60, blank=True)
    decided_by = models.CharField(max_length=200)
    reason = models.CharField(max_length=600, blank=True)
    case = models.OneToOneField("WithdrawalCase", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "kind", "place"], name="title_event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title_id} {self.kind} {self.on}"


class Review(Deed):
    """A yearly review of a title: per criterion, does it still hold, in the words of those who keep it.

    due_on: the day of the procedure it answers. holds: list of {"code", "holds": true | false | null, "note"}; null is
    not known. confirmed_*: by the office above, whose word may also be that it does not agree.
    """

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="reviews")
    due_on = models.DateField()
    held_on = models.DateField()
    holds = models.JSONField()
    note = models.CharField(max_length=1000, blank=True)
    agreed = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    answered_label = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title", "due_on"],
                name="title_review_once",
                condition=Q(agreed__isnull=True) | Q(agreed=True),  # one not agreed to is done again
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_id} {self.due_on}"


class Expiring(Deed):
    """A paper that supports a criterion and ends on a day: an OCOP grade, a school's class, a clinic's certificate.

    valid_until: the last day on which it counts. ended_on: struck out or replaced before that, with the reason.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    standard_code = models.CharField(max_length=100)
    criterion = models.CharField(max_length=20)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField()
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="expiring_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_until}"


class ToldRank(Deed):
    """A rank that a paper tells: "the first hamlet of the district with both titles". Shown as told, beside what the
    records can show; no page counts with it.

    root: among whose places. standards: the codes of the titles it speaks of. rank: 1 is the first.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    root = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    standards = models.JSONField()
    rank = models.PositiveIntegerField()
    words = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.place_id} {self.rank}"


class WithdrawalCase(Deed):
    """The dossier of a withdrawal: what was found is frozen when it opens; then the place explains, an office proposes
    and the authority of the day decides. It is closed when `outcome` is told.

    finding: the frozen finding of the rule of withdrawal (Finding.as_json), with the digest of that text.
    proposal, outcome: "withdraw" or "keep"; "" is still open. authority: the place whose authority decided.
    """

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="cases")
    opened_on = models.DateField()
    reason = models.CharField(max_length=1000)
    finding = models.JSONField()
    standard_version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    explanation = models.TextField(blank=True)
    explained_by = models.CharField(max_length=200, blank=True)
    explained_at = models.DateTimeField(null=True)
    proposal = models.CharField(max_length=10, blank=True)
    proposal_reason = models.CharField(max_length=1000, blank=True)
    proposed_by = models.CharField(max_length=200, blank=True)
    proposed_post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    outcome_reason = models.CharField(max_length=1000, blank=True)
    outcome_on = models.DateField(null=True)
    decision_number = models.CharField(max_length=60, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    authority = models.ForeignKey("territory.Place", null=True, on_delete=models.PROTECT, related_name="+")
    outcome_by = models.CharField(max_length=200, blank=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title"], name="title_one_open_case", condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return f"{self.title_id} {self.opened_on}"


class Alarm(models.Model):
    """What the nightly look at titles told posts about, once; it is told anew only after it was over.

    kind: see alarms.Kind. ref: what exactly (a due day, a paper's id); over_at: when it was found to be no more.
    """

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=600)
    at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title", "kind", "ref"], name="title_alarm_once", condition=Q(over_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_id} {self.kind}"

from typing import Any

from django.db import models
from django.db.models import F, Q


class Draft(models.Model):
    """A standard, or what a province fills in, while it is being written. Its contents stand in its revisions."""

    class State(models.TextChoices):
        OPEN = "open"
        PUBLISHED = "published"
        DROPPED = "dropped"

    uid = models.UUIDField(unique=True)
    place = models.ForeignKey(
        "territory.Place", on_delete=models.PROTECT, related_name="+"
    )  # whose law it is
    kind = models.CharField(max_length=10)  # standard · overlay
    begun_as = models.CharField(max_length=12)  # nothing · copy · amendment · overlay · import · ending
    base = models.ForeignKey(
        "standards.StandardVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    name_vi = models.CharField(max_length=300, blank=True)  # for lists; the contents are what counts
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    published = models.ForeignKey(
        "standards.StandardVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)  # the post; null for the system itself
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="published", published__isnull=False)
                | (~Q(state="published") & Q(published__isnull=True)),
                name="draft_published_as_a_version",
            )
        ]

    def __str__(self) -> str:
        return self.name_vi or f"#{self.pk}"


class Revision(models.Model):
    """What a draft said after one edit. Never changed: an edit supersedes, so nobody's typing is lost.

    figures: {key: [print, number of the revision that wrote it so]}, from which the author of a figure is known.
    restored: the number of the revision whose contents this one brought back; null when it was typed.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content: Any = models.JSONField()
    figures: Any = models.JSONField()
    restored = models.PositiveIntegerField(null=True)
    problems = models.PositiveIntegerField()  # how many there were when it was written, for lists
    deed = models.CharField(max_length=200)  # what was done, in words
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=200)
    user_id = models.BigIntegerField(null=True)  # the person behind the post: two posts of one person are one

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_revision_once")]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.number}"


class FigureCheck(models.Model):
    """A second person compared one figure with the original. Ends when the figure is written otherwise."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="checks")
    key = models.CharField(max_length=300)
    print = models.CharField(max_length=32)  # of the figure as it was compared
    agrees = models.BooleanField()
    remark = models.TextField(blank=True)  # what is wrong, where it does not agree
    ended_by = models.PositiveIntegerField(null=True)  # the revision that wrote the figure otherwise
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=200)
    user_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "key"], condition=Q(ended_by__isnull=True), name="figure_check_once"
            ),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(remark=""), name="figure_check_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.key}"


class LawWord(models.Model):
    """A region, class or sector as the law names it: what drafts may use."""

    kind = models.CharField(max_length=10)  # regions · classes · sectors
    code = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    definition: Any = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="law_word_once")]

    def __str__(self) -> str:
        return self.code


class StoredFile(models.Model):
    """Bytes kept once under their SHA-256. The package of evidence will take this over."""

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=100)  # the type its first bytes tell, not the one it was sent with
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Guidance(models.Model):
    """A guidance document on a standard, or on one of its indicators. A later one supersedes; none is overwritten."""

    code = models.CharField(max_length=100)  # of the standard
    indicator = models.CharField(max_length=40, blank=True)  # "" for the whole standard
    place = models.ForeignKey(
        "territory.Place", on_delete=models.PROTECT, related_name="+"
    )  # for whom it holds
    number = models.CharField(max_length=100)
    issuer = models.CharField(max_length=200)
    issued_on = models.DateField()
    text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    uid = models.UUIDField(unique=True)
    withdrawn_at = models.DateTimeField(null=True)  # no longer followed; still kept
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(file__isnull=False), name="guidance_says_something"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("at")),
                name="guidance_withdrawn_after",
            ),
        ]
        indexes = [models.Index(fields=["code", "indicator"], name="guidance_of")]

    def __str__(self) -> str:
        return self.number

from django.db import models

from chungtay.core.jobs.models import Job

__all__ = ["AuditEvent", "Job"]


class SiteNotice(models.Model):
    """A sentence that every page and every file of this site must bear."""

    code = models.CharField(max_length=20, unique=True)
    sentence = models.CharField(max_length=300)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class AuditEvent(models.Model):
    """One deed, written in the deed's own transaction. Append-only: the database refuses anything else."""

    only_grows = True

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # a post; no key, so that core knows nobody above it
    actor_label = models.CharField(max_length=200)
    deed = models.CharField(max_length=80)  # "figures.record"
    subject = models.CharField(max_length=120)  # "figures.Observation:17"
    place_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    before = models.JSONField(null=True)  # what the deed changed, as it was and as it became
    after = models.JSONField(null=True)
    origin = models.CharField(max_length=100, blank=True)  # from where; see `audit.ORIGIN`

    class Meta:
        indexes = [
            models.Index(fields=["place_id", "at"], name="audit_place_at"),
            models.Index(fields=["subject"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed} {self.subject}"


class AuditSeal(models.Model):
    """One batch of events, closed: how many, and a digest over them and over the seal before. Append-only."""

    only_grows = True

    number = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    sealed_at = models.DateTimeField()
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class AuditLink(models.Model):
    """Where an event stands in the chain of its place. Append-only."""

    only_grows = True

    event = models.OneToOneField(AuditEvent, primary_key=True, on_delete=models.PROTECT, related_name="link")
    seal = models.ForeignKey(AuditSeal, on_delete=models.PROTECT, related_name="links")
    chain = models.BigIntegerField()  # the place, 0 for events of no place
    position = models.PositiveBigIntegerField()  # 1, 2, 3 … without a gap
    digest = models.CharField(max_length=64)  # over the event and the link before

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="audit_chain_position")]

    def __str__(self) -> str:
        return f"{self.chain}:{self.position}"

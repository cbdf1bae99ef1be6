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
    """One deed, written in the deed's own transaction. Append-only; its chain and reader come later."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # a post; no key, so that core knows nobody above it
    actor_label = models.CharField(max_length=200)
    deed = models.CharField(max_length=80)  # "figures.record"
    subject = models.CharField(max_length=120)  # "figures.Observation:17"
    place_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["place_id", "at"], name="audit_place_at"),
            models.Index(fields=["subject"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed} {self.subject}"

from django.db import models
from django.db.models import Q

from chungtay.community.recorded import Recorded


class Convention(Recorded):
    """One version. Each day is None until it has come, or where no paper tells it; so are the counts.

    text: what it says; a paper copy stands among the evidence (kind "meeting", this record's uid).
    decision_uid: of the community decision that passed it, where the meeting is on record.
    """

    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    posted_from = models.DateField(null=True)
    posted_at = models.CharField(max_length=300, blank=True)
    passed_on = models.DateField(null=True)
    households = models.PositiveIntegerField(null=True)
    agreed = models.PositiveIntegerField(null=True)
    decision_uid = models.UUIDField(null=True)
    decision_words = models.CharField(max_length=300, blank=True)
    recognised_on = models.DateField(null=True)
    recognised_by = models.CharField(max_length=200, blank=True)
    recognition_number = models.CharField(max_length=60, blank=True)
    in_force_from = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # the first day no longer in force
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "version"], condition=Q(struck_at=None), name="convention_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

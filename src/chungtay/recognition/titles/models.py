import uuid

from django.db import models
from django.db.models import Q

from rulebook import Mark


class Title(models.Model):
    """A title held by a place: the legal act of recognition. What is not known of the decision stays empty.

    on_record: entered from before the system, with what papers tell; later acts come from a dossier.
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

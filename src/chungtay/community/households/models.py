import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.community.deeds import Deed
from chungtay.core.encrypting import EncryptedText


class Household(Deed):
    """One household, wherever it stands. Where and under which code say its stays."""

    representative = EncryptedText(blank=True)  # who speaks and votes for it
    head_count = models.PositiveSmallIntegerField(null=True)  # null: nobody told
    address = EncryptedText(blank=True)
    digital_address = EncryptedText(blank=True)
    erased_at = models.DateTimeField(null=True)  # its data were erased on request; the stays still count

    def __str__(self) -> str:
        return f"household {self.pk}"


class Ending(models.TextChoices):
    MOVED = "moved", "chuyển đến nơi khác trong sổ"
    LEFT = "left", "chuyển đi khỏi sổ"
    MERGED = "merged", "nhập vào hộ khác hoặc không còn hộ"


class Stay(models.Model):
    """A household at a place under a code, half-open; unknown beginnings are null. It stays where it was made:
    where the place was merged, its household is found at the successor."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="stays")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "code"], condition=Q(valid_to=None), name="household_code_once_a_place"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(valid_to=None), name="household_one_stay_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="stay_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["place", "valid_to"], name="stay_place")]

    def __str__(self) -> str:
        return self.code


class Restricted(models.Model):
    """What few may read, and nobody may search: every column is sealed. Exempt is whoever has a reason here."""

    household = models.OneToOneField(
        Household, primary_key=True, on_delete=models.PROTECT, related_name="restricted"
    )
    poverty = EncryptedText(blank=True)  # "", "none", "poor", "near_poor"; "" is unknown
    ethnicity = EncryptedText(blank=True)
    disability = EncryptedText(blank=True)
    exemption = EncryptedText(blank=True)  # why nothing is asked of it

    def __str__(self) -> str:
        return f"restricted {self.pk}"

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.community.recorded import Recorded
from chungtay.core.encrypting import EncryptedText


class Recipient(models.TextChoices):
    PLACE = "place", _("địa bàn")
    GROUP = "group", _("tập thể")
    PERSON = "person", _("cá nhân")


class Commendation(Recorded):
    """One commendation. What no paper tells of its decision stays empty.

    to_place, group_name, person_name: the one that `recipient` says. A person's name is read inside the place's posts;
    by others only where is_public says that they agreed; "" where no paper names them.
    """

    form = models.CharField(max_length=120)  # “Giấy khen”, “Bằng khen”, in the words of the decision
    reason = models.CharField(max_length=500)
    recipient = models.CharField(max_length=6, choices=Recipient.choices)
    to_place = models.ForeignKey("territory.Place", null=True, on_delete=models.PROTECT, related_name="+")
    group_name = models.CharField(max_length=200, blank=True)
    person_name = EncryptedText(blank=True)
    is_public = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField()
    decided_by = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    ceremony_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place", "year"], name="commendation_place_year")]

    def __str__(self) -> str:
        return f"{self.form} {self.year}"


class TitleKind(models.TextChoices):
    FAMILIES = "families", _("gia đình văn hóa")
    HAMLET = "hamlet", _("thôn, xóm văn hóa")


class YearlyTitle(Recorded):
    """The outcome of one year at one place.

    Of the kind `hamlet`: held says whether the title was given. Of `families`: how many households hold it, of how
    many, and the share as told in hundredths of a percent; each null where no paper tells it.
    """

    kind = models.CharField(max_length=8, choices=TitleKind.choices)
    year = models.PositiveSmallIntegerField()
    held = models.BooleanField(null=True)
    families = models.PositiveIntegerField(null=True)
    households = models.PositiveIntegerField(null=True)
    told_share = models.PositiveIntegerField(null=True)  # hundredths of a percent: 100 % is 10 000
    decision_number = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "year"],
                condition=Q(struck_at=None),
                name="yearly_title_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(families=None) | Q(households=None) | Q(families__lte=F("households")),
                name="yearly_title_within_households",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class ToldStreak(Recorded):
    """ "8 năm liên tục" as a paper tells it: so many years in a row, the last of them `last_year`."""

    years = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "last_year"], condition=Q(struck_at=None), name="told_streak_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.years} → {self.last_year}"

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.community.recorded import Recorded


class CampaignKind(models.TextChoices):
    MOVEMENT = "movement", _("phong trào thi đua")
    CAMPAIGN = "campaign", _("cuộc vận động")


class Campaign(Recorded):
    """A movement or a campaign. ends: the last day, planned or past; None while none is set."""

    kind = models.CharField(max_length=8, choices=CampaignKind.choices)
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(null=True)
    target = models.CharField(max_length=500, blank=True)  # in the words of its plan

    class Meta:
        indexes = [models.Index(fields=["place", "starts"], name="campaign_place_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="campaign_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CampaignResult(Recorded):
    """What a campaign brought, as told on a day."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="results")
    told_on = models.DateField()
    words = models.CharField(max_length=1000)

    def __str__(self) -> str:
        return self.words[:60]

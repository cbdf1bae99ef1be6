"""Places, what they were on each day, and which place followed which."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.territory.paths import PathField


class Level(models.TextChoices):
    """How high a place stands. `area` is any depth below the commune: part of a hamlet, a cluster of houses."""

    NATION = "nation", _("Cả nước")
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Huyện (trước 01/7/2025)")
    COMMUNE = "commune", _("Xã, phường, đặc khu")
    HAMLET = "hamlet", _("Thôn, xóm, bản, ấp")
    AREA = "area", _("Khu, cụm dân cư")


# Who may stand directly above whom.
PARENT_LEVELS: dict[str, tuple[str, ...]] = {
    Level.NATION: (),
    Level.PROVINCE: (Level.NATION,),
    Level.DISTRICT: (Level.PROVINCE,),
    Level.COMMUNE: (Level.PROVINCE, Level.DISTRICT),
    Level.HAMLET: (Level.COMMUNE,),
    Level.AREA: (Level.COMMUNE, Level.HAMLET, Level.AREA),
}


class SuccessionKind(models.TextChoices):
    WHOLE = "whole", "toàn bộ"
    PART = "part", "một phần"


def lives_on(day: date, prefix: str = "") -> Q:
    """Dates are half-open: valid_from is the first day, valid_to the first day no longer. Null is unknown or open."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    open_still = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return begun & open_still


class Place(models.Model):
    """One place, for as long as it lives. What it is called and where it belongs stands in its states."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    level = models.CharField(max_length=16, choices=Level.choices)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_dates_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(name="place_level_known", condition=Q(level__in=Level.values)),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.pk}"


class PlaceState(models.Model):
    """What a place was over one stretch of days: name, kind, code, parent, region."""

    keeps_as_found = ("sort_key",)  # made of letters that sort before all others

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="states")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, blank=True)  # "xã", "phường", "xóm", "cụm dân cư"
    official_code = models.CharField(max_length=20, blank=True, db_index=True)  # an attribute: codes change
    parent = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", null=True)
    path = PathField(max_length=200, db_index=True)
    region = models.CharField(max_length=20, blank=True)  # a code of law/regions.yaml; blank: unknown
    commune_group = models.CharField(max_length=8, blank=True)  # blank: unknown
    classes = models.JSONField(null=True)  # list of codes; null: nobody recorded them, [] none applies
    name_folded = models.CharField(max_length=120, db_index=True)
    full_folded = models.CharField(max_length=180)
    sort_key = models.CharField(max_length=600)  # ordered by bytes, never by the database's own language
    instrument = models.TextField(blank=True)  # what opened this state
    source = models.TextField(blank=True)  # where we have it from

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="state_dates_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(name="state_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="state_path_closed", condition=Q(path__startswith="/") & Q(path__endswith="/")
            ),
            models.UniqueConstraint(name="state_begins_once", fields=["place", "valid_from"]),
            models.UniqueConstraint(
                name="state_one_first", fields=["place"], condition=Q(valid_from__isnull=True)
            ),
            models.UniqueConstraint(
                name="state_one_open", fields=["place"], condition=Q(valid_to__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


class Succession(models.Model):
    """`successor` took over the whole or a part of `predecessor` on a day."""

    predecessor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=16, choices=SuccessionKind.choices)
    instrument = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["predecessor", "successor", "on"]),
            models.CheckConstraint(name="succession_of_another", condition=~Q(predecessor=F("successor"))),
            models.CheckConstraint(name="succession_kind_known", condition=Q(kind__in=SuccessionKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} {self.on}"

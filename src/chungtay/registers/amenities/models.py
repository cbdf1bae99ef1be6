"""Tables of this room. Descriptions and borders are only added; an asset's own row says how long the thing stands."""

import uuid
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import F, Q

from chungtay.community.deeds import Deed

BEGINNING: Final = date(1, 1, 1)
"""From when a first description holds: as long as the thing has stood, since whatever day that is."""


class Asset(models.Model):
    """A thing at a place, half-open: until is the first day it is no longer. Null is unknown, or open.

    is_struck: written in error, it never stood. part_of: what it stands in, as benches in a culture house.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)  # a code of `kinds`
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    is_struck = models.BooleanField(default=False)
    part_of = models.ForeignKey("Asset", null=True, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="asset_days_in_order",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
        ]
        indexes = [models.Index(fields=["place", "kind"], name="asset_place_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Description(Deed):
    """What is said of an asset, from a day on. The one recorded last of the latest such day is what is read.

    geometry: GeoJSON, WGS 84; null where nobody told. length_cm, area_dm2: measured on the ellipsoid when written.
    reason: why it was changed or corrected.
    """

    only_grows = True

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="descriptions")
    holds_from = models.DateField(default=BEGINNING)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200)
    state = models.CharField(max_length=10, blank=True)  # a code of `kinds.STATES`; "" is unknown
    geometry: Any = models.JSONField(null=True)
    length_cm = models.BigIntegerField(null=True)
    area_dm2 = models.BigIntegerField(null=True)
    attributes: Any = models.JSONField(
        default=dict
    )  # by name, as `reading.stored`; what is unknown is left out
    is_public = models.BooleanField(default=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["asset", "holds_from"], name="description_asset_day")]

    def __str__(self) -> str:
        return self.name


class Ending(Deed):
    """An asset is no more from a day, was written in error (`is_strike`), or stands after all: the last one counts."""

    only_grows = True

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="endings")
    on = models.DateField(null=True)
    is_strike = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.asset_id} {self.on}"


class Broadcast(Deed):
    """What a loudspeaker says: on which days of the week, when, how long. until: the first day no longer."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="broadcasts")
    weekdays = models.CharField(max_length=7)  # "1" Monday … "7" Sunday
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="broadcast_days_in_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Border(Deed):
    """The border of a place as an office brought it, valid from a day; the latest day counts, of that the last one."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    geometry: Any = models.JSONField()
    area_dm2 = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["place", "on"], name="border_place_day")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.on}"


class BoardNumber(Deed):
    """The telephone number of a post on the board of a place; "" once it was taken down. agreed: who agreed, when."""

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)  # a code of `board.posts`
    number = models.CharField(max_length=15, blank=True)
    agreed = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "role"], name="board_number_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.place_id}"


class MapFile(Deed):
    """A file of a map on its way in: tried as often as one likes, written whole or not at all, then let go of.

    kind: what its features are, "border" for a border. written: how many assets it became; null while it is tried.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    written = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.name

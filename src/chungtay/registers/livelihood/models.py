"""Tables of livelihood. A newer row with the same root corrects a record; what hangs on it points to the root."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.community.recorded import Recorded

M2_PER_HA = 10_000
THOUSAND = 1000

__all__ = [
    "Brand",
    "CodeHousehold",
    "CodeStep",
    "Contract",
    "DiaryDay",
    "GrowingCode",
    "IncomeSurvey",
    "Member",
    "PlantedArea",
    "Producer",
    "ProducerForm",
    "Product",
    "Rating",
]


class ProducerForm(models.TextChoices):
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    GROUP = "group", _("Tổ hợp tác")


class Move(models.TextChoices):
    """Steps of a growing-area code; each is also the state it leads to, but that "resumed" leads to granted."""

    REQUESTED = "requested", _("đã đề nghị cấp")
    GRANTED = "granted", _("đã cấp")
    SUSPENDED = "suspended", _("tạm dừng")
    RESUMED = "resumed", _("được dùng lại")
    WITHDRAWN = "withdrawn", _("bị thu hồi")


class Kept(Recorded):
    """A record with its corrections. root: the first row of it, None in that row itself. reason: of this correction.

    replaced_at: set once, when a newer row was written; nothing else of a row ever changes but its being struck out.
    closed_on: the first day it is no more; what it says of the days before stays true.
    """

    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="versions")
    replaced_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["place", "replaced_at"])]

    @property
    def key(self) -> int:
        """The id of the record, the same through all its corrections."""
        return self.root_id or self.pk  # type: ignore[attr-defined, no-any-return]


class Producer(Kept):
    """A co-operative or a co-operative group. members_told, works_well: None while nobody said."""

    form = models.CharField(max_length=16, choices=ProducerForm.choices)
    name = models.CharField(max_length=200)
    activity = models.CharField(max_length=300, blank=True)
    founded_year = models.PositiveSmallIntegerField(null=True)
    registration = models.CharField(max_length=60, blank=True)
    representative = models.CharField(max_length=200, blank=True)
    members_told = models.PositiveIntegerField(null=True)
    works_well = models.BooleanField(null=True)


class OfProducer(Kept):
    """A record that may belong to a producer: the root of its record."""

    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Kept.Meta):
        abstract = True


class PlantedArea(OfProducer):
    """An area of one crop grown in one way. area_m2: exact, shown in ha. expires: the last day of its certificate."""

    crop = models.CharField(max_length=20)
    variety = models.CharField(max_length=100, blank=True)
    practice = models.CharField(max_length=20)
    area_m2 = models.BigIntegerField(null=True)
    households = models.PositiveIntegerField(null=True)
    certificate = models.CharField(max_length=60, blank=True)
    certified_by = models.CharField(max_length=200, blank=True)
    expires = models.DateField(null=True)


class GrowingCode(OfProducer):
    """A growing area that has or asks for a code. code: opaque, "" while nobody told it. state: of its last step."""

    code = models.CharField(max_length=60, blank=True)
    crop = models.CharField(max_length=20)
    variety = models.CharField(max_length=100, blank=True)
    area_m2 = models.BigIntegerField(null=True)
    planted_year = models.PositiveSmallIntegerField(null=True)
    seed_source = models.CharField(max_length=200, blank=True)
    representative = models.CharField(max_length=200, blank=True)
    yield_kg = models.BigIntegerField(null=True)
    expires = models.DateField(null=True)


class Contract(OfProducer):
    """A contract that links growing with selling. quantity in kg, shown in tonnes; expires: its last day."""

    buyer = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    crop = models.CharField(max_length=20)
    quantity_kg = models.BigIntegerField(null=True)
    value_dong = models.BigIntegerField(null=True)
    starts = models.DateField(null=True)
    expires = models.DateField(null=True)


class Brand(OfProducer):
    """A brand. expires: the last day of its registration."""

    name = models.CharField(max_length=200)
    form = models.CharField(max_length=20)
    registration = models.CharField(max_length=60, blank=True)
    granted_on = models.DateField(null=True)
    expires = models.DateField(null=True)


class Product(OfProducer):
    """A product of the programme "one commune one product"; its stars stand in its ratings."""

    name = models.CharField(max_length=200)
    group = models.CharField(max_length=20)


class IncomeSurvey(Kept):
    """What an income survey of a place found for a year, in thousand đồng a person. by_source: the same, by source."""

    year = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=20)
    households_all = models.PositiveIntegerField(null=True)
    households_asked = models.PositiveIntegerField()
    people_asked = models.PositiveIntegerField(null=True)
    mean_thousand = models.BigIntegerField()
    by_source = models.JSONField(default=dict)


class Member(Recorded):
    """A household of the register that is a member of a producer. ended_on: the first day no longer."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("community.Household", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "household"],
                condition=Q(ended_on=None, struck_at=None),
                name="member_once",
            ),
        ]


class CodeHousehold(Recorded):
    """A household of the register that grows inside the area of a code; for those who keep the list of households."""

    code = models.ForeignKey(GrowingCode, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("community.Household", on_delete=models.PROTECT, related_name="+")
    area_m2 = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "household"],
                condition=Q(ended_on=None, struck_at=None),
                name="household_of_code_once",
            ),
        ]


class CodeStep(Recorded):
    """A step of a code. start, end: the days in which it happened; the same day twice, or a whole year where only that
    is told."""

    code = models.ForeignKey(GrowingCode, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=12, choices=Move.choices)
    start = models.DateField()
    end = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="code_step_in_order"),
        ]


class DiaryDay(Recorded):
    """One deed of the cultivation diary of a code. by_whom: a household's code or a team, never a person's name."""

    code = models.ForeignKey(GrowingCode, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    plot = models.CharField(max_length=100)
    deed = models.CharField(max_length=20)
    product = models.CharField(max_length=200, blank=True)
    dose = models.CharField(max_length=100, blank=True)
    by_whom = models.CharField(max_length=100)
    words = models.CharField(max_length=500, blank=True)


class Rating(Recorded):
    """Stars given to a product. decided_on, expires: None where only the year is told."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField()
    score_hundredths = models.PositiveIntegerField(null=True)
    decision = models.CharField(max_length=60, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField()
    expires = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="stars_one_to_five"),
        ]

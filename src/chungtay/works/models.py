"""A work and all that is written about it. Rows are only added; a work's own row also says where it stands now."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.ledger.sources import Source
from chungtay.works.states import BUILT, Move, State
from rulebook import Mark

_MARKS = [(mark.value, mark.value) for mark in Mark]
QUANTITY_DECIMALS = 3
"""Quantities of a bill and a diary are whole thousandths of the line's unit."""


class Deed(models.Model):
    """Who did it, as which post, and when. uid: made where the deed was done; sending it twice is once."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class BuilderKind(models.TextChoices):
    COMMUNITY = "community", _("cộng đồng tự làm")
    CREW = "crew", _("tổ, nhóm thợ tại chỗ")
    COMPANY = "company", _("doanh nghiệp, hợp tác xã")


class Work(Deed):
    """One work. Its number is given when it is proposed, before money moves; a work on record brings its own."""

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()  # in which it was proposed, or as its papers say
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)  # a code of law/works.yaml
    need = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=State.choices)
    purpose = models.OneToOneField("ledger.Purpose", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey("community.Decision", null=True, on_delete=models.PROTECT, related_name="+")
    is_on_record = models.BooleanField(
        default=False
    )  # was there before this site: its steps are told by papers
    file = models.ForeignKey("WorkFile", null=True, on_delete=models.PROTECT, related_name="+")  # the newest
    contract = models.ForeignKey(
        "Contract", null=True, on_delete=models.PROTECT, related_name="+"
    )  # the newest
    lat_e6 = models.IntegerField(null=True)  # millionths of a degree
    lon_e6 = models.IntegerField(null=True)
    mark = models.CharField(max_length=16, choices=_MARKS)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="work_numbered_once")]
        indexes = [models.Index(fields=["place", "state"], name="work_place_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def is_built(self) -> bool:
        return self.state in BUILT


class Step(Deed):
    """One move of a work. amount_dong: accepted, settled, or the yearly upkeep; party: who stands on the other side."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=12, choices=Move.choices)
    state = models.CharField(max_length=12, choices=State.choices)  # to which it led
    on = models.DateField()
    document = models.CharField(max_length=300, blank=True)
    party = models.CharField(max_length=300, blank=True)
    amount_dong = models.BigIntegerField(null=True)
    words = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.move} {self.on}"


class WorkFile(Deed):
    """A simple work file: its bill of quantities hangs on it. An amended one is a new edition."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="files")
    edition = models.PositiveSmallIntegerField()
    on = models.DateField()
    document = models.CharField(max_length=300, blank=True)
    lines_dong = models.BigIntegerField()  # the sum of its lines, each rounded to a whole đồng
    other_dong = models.BigIntegerField(default=0)  # survey, supervision and the like
    reserve_dong = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "edition"], name="work_file_edition_once")]

    def __str__(self) -> str:
        return f"{self.work_id}.{self.edition}"

    @property
    def estimate_dong(self) -> int:
        return self.lines_dong + self.other_dong + self.reserve_dong


class BillLine(models.Model):
    """One line of a bill of quantities. item: what names it through all editions ("1", "2.1")."""

    file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="lines")
    item = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20)
    quantity = models.BigIntegerField()  # thousandths of the unit
    price_dong = models.BigIntegerField()  # of one unit
    product = models.CharField(max_length=20, blank=True)  # a code of law/works.yaml

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "item"], name="bill_line_item_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.name}"


class FundingLine(models.Model):
    """What one source is to bring, as planned at one FUND step. What is truly committed the ledger says."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="funding")
    source = models.CharField(max_length=12, choices=Source.choices)
    amount_dong = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "source"], name="funding_line_source_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.amount_dong}"


class Contract(Deed):
    """Who builds for how much, and when. builder: a company or a crew, never a person's name."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60, blank=True)
    builder = models.CharField(max_length=200)
    builder_kind = models.CharField(max_length=10, choices=BuilderKind.choices)
    value_dong = models.BigIntegerField()
    on = models.DateField(null=True)  # unknown where the papers of a work on record do not say
    start = models.DateField(null=True)  # as planned
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value_dong__gt=0), name="contract_has_value"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=models.F("start")),
                name="contract_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.builder}"


class DiaryEntry(Deed):
    """One day of building. people: how many worked; their names stay on the labour roll of the ledger."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="diary")
    on = models.DateField()
    crew = models.CharField(max_length=200)
    people = models.PositiveIntegerField()
    words = models.CharField(max_length=1000, blank=True)
    mark = models.CharField(max_length=16, choices=_MARKS)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["work", "on"], name="diary_work_on")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.on}"


class DiaryQuantity(models.Model):
    """What was done of one bill line on that day."""

    entry = models.ForeignKey(DiaryEntry, on_delete=models.PROTECT, related_name="quantities")
    item = models.CharField(max_length=12)
    quantity = models.BigIntegerField()  # thousandths of the line's unit

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "item"], name="diary_item_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.quantity}"


class Strike(Deed):
    """A day of the diary struck out, with the reason; it stays readable and no longer counts."""

    entry = models.OneToOneField(DiaryEntry, on_delete=models.PROTECT, related_name="strike")
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.reason


class PhotoPoint(Deed):
    """A named spot from which the work is photographed before, during and after."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="points")
    name = models.CharField(max_length=120)  # "từ cổng nhà văn hóa nhìn ra ngã ba"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "name"], name="photo_point_once")]

    def __str__(self) -> str:
        return self.name


class ToldProgress(Deed):
    """What a paper or a person says of the progress, beside what the quantities say and never mixed with it."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="told")
    on = models.DateField()
    hundredths = models.PositiveIntegerField()  # of a percent
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=16, choices=_MARKS)

    def __str__(self) -> str:
        return f"{self.hundredths} {self.on}"


class DueKind(models.TextChoices):
    ACCEPTED = "accepted", _("nghiệm thu")
    SETTLED = "settled", _("chênh lệch quyết toán")
    OPENING = "opening", _("nợ có từ trước")


class Due(models.Model):
    """What came to be owed to the builder on a day; a settlement below what was accepted is negative."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=10, choices=DueKind.choices)
    on = models.DateField()
    amount_dong = models.BigIntegerField()
    document = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "kind"], name="due_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_dong}"


class Payment(Deed):
    """What was paid to the builder; a mistake is undone by its negative.

    entry: the same money in the ledger, which says where it came from; none where papers tell of a payment and not of
    its source, or the ledger has it in a told total.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="payments")
    on = models.DateField()
    amount_dong = models.BigIntegerField()
    document = models.CharField(max_length=300)  # or why it was undone
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    entry = models.OneToOneField("ledger.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=16, choices=_MARKS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undoes__isnull=True, amount_dong__gt=0)
                | Q(undoes__isnull=False, amount_dong__lt=0),
                name="payment_above_zero",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount_dong} {self.on}"

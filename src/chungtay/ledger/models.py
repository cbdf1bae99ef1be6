"""Purposes, entries and what hangs on an entry. Rows are only added; a mistake is reversed by another entry.

No row here bears a household, and none can be joined to one. Names stand sealed in `Hidden` alone, whose rows are the
only ones that change: a person's name is taken out when that person asks.
"""

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from chungtay.core.encrypting import EncryptedText
from chungtay.ledger.kinds import UNDOING, UNIT_OF, Act, Kind, PurposeKind, Unit
from chungtay.ledger.sources import Source
from rulebook import Mark

_MARKS = [(mark.value, mark.value) for mark in Mark]


class Deed(models.Model):
    """Who did it, as which post, and when. uid: made where the deed was done; sending it twice is once."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Purpose(Deed):
    """What money and labour are for. It has its number before anything is given for it; a work points to one."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the place in the year
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=PurposeKind.choices)
    asks_decision = models.BooleanField()  # whether a gift waits for a decision of the people
    mark = models.CharField(max_length=16, choices=_MARKS)
    paper = models.CharField(max_length=300, blank=True)  # the paper that tells of it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "number"], name="purpose_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    @property
    def label(self) -> str:
        """ "03/2026"."""
        return f"{self.number:02d}/{self.year}"


class PurposeDecision(Deed):
    """What the people decided that allows gifts for a purpose. decision: null where only papers tell of it."""

    only_grows = True

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="decisions")
    on = models.DateField()
    decision = models.ForeignKey("community.Decision", null=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=300)  # "Biên bản họp thôn số 02 ngày 05/3/2026"

    def __str__(self) -> str:
        return self.document


class ValuationRule(Deed):
    """What a unit is worth in đồng, from a day on. Of two in force at once the later begun counts."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")  # and below it
    unit = models.CharField(max_length=12)  # a code of `kinds.UNITS`
    item = models.CharField(max_length=120, blank=True)  # of goods: "xi măng PCB30 (bao)"
    rate_dong = models.BigIntegerField()  # for one whole unit
    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the first day no longer; null: until another begins

    class Meta:
        indexes = [models.Index(fields=["place", "unit"], name="valuation_place_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.rate_dong} {self.valid_from}"


class ToldTotal(Deed):
    """A sum that a paper tells, with its "over" or "about". Its parts are entries marked reconstructed."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40)  # a code of `report_lines`
    from_day = models.DateField()
    until = models.DateField()  # included
    measured = models.CharField(max_length=12)  # "dong", or the code of a unit
    amount = models.BigIntegerField()  # đồng, or scaled by the unit's decimals
    qualifier = models.CharField(max_length=8, blank=True)  # over, about, under; "" is exact
    paper = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.line} {self.qualifier} {self.amount}"


class Book(models.Model):
    """The head of a place's chain: whoever writes an entry holds this row. Can be made again from the entries."""

    place = models.OneToOneField(
        "territory.Place", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # of the last line
    cash_dong = models.BigIntegerField(default=0)
    account_dong = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.place_id}:{self.position}"


class Entry(Deed):
    """One line of a place's ledger. `proofs.lines` says how it is written in the public file and hashed.

    quantity: whole number in the unit of its kind (`kinds.UNIT_OF`), null for money. value_dong: null when nobody
    could say what it is worth; then `unvalued` is 1, and the entry that values or reverses it bears -1, so that sums
    tell how many are left. cash_dong, account_dong: what it moves in the till and in the account.
    A reversal bears the negated numbers of its `of`, a revaluation only the difference of value.
    """

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveBigIntegerField()  # 1, 2, 3 … of the place, without a gap
    act = models.CharField(max_length=8, choices=Act.choices)
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    purpose = models.ForeignKey(
        Purpose, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.CharField(max_length=12, choices=Source.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    year = models.PositiveSmallIntegerField()  # in whose totals it counts: of a commitment the year it is for
    receipt = models.PositiveIntegerField(null=True)  # 1, 2, 3 … of the place in the year, without a gap
    quantity = models.BigIntegerField(null=True)
    value_dong = models.BigIntegerField(null=True)
    unvalued = models.SmallIntegerField(default=0)
    rule = models.ForeignKey(
        ValuationRule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    cash_dong = models.BigIntegerField(default=0)
    account_dong = models.BigIntegerField(default=0)
    mark = models.CharField(max_length=16, choices=_MARKS)
    paper = models.CharField(
        max_length=300, blank=True
    )  # what tells of it; of gifts and spending in `Hidden`
    told = models.ForeignKey(ToldTotal, null=True, on_delete=models.PROTECT, related_name="+")
    private = models.CharField(
        max_length=64, blank=True
    )  # digest of what the public file does not show: `Hidden`
    before = models.CharField(max_length=64, blank=True)  # digest of the line before
    digest = models.CharField(max_length=64)  # SHA-256 of the line

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "position"], name="entry_one_chain_a_place"),
            models.UniqueConstraint(
                fields=["place", "year", "receipt"],
                condition=Q(receipt__isnull=False),
                name="entry_receipt_once",
            ),
            models.UniqueConstraint(
                fields=["of"], condition=Q(act__in=[act.value for act in UNDOING]), name="entry_reversed_once"
            ),
            models.CheckConstraint(
                condition=Q(unvalued=1, value_dong__isnull=True)
                | Q(unvalued=-1)
                | Q(unvalued=0, value_dong__isnull=False),
                name="entry_unknown_is_not_zero",
            ),
            models.CheckConstraint(
                condition=Q(act__in=[Act.RECORD.value, Act.OPENING.value], of__isnull=True)
                | Q(act__in=[Act.REVERSE.value, Act.REFUND.value, Act.REVALUE.value], of__isnull=False),
                name="entry_of_what_it_changes",
            ),
        ]
        indexes = [
            models.Index(fields=["purpose", "kind", "source"], name="entry_purpose"),
            models.Index(fields=["place", "year", "source", "kind"], name="entry_place_year"),
            models.Index(fields=["place", "on"], name="entry_place_on"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}:{self.position} {self.kind}"

    @property
    def unit(self) -> Unit | None:
        return UNIT_OF.get(Kind(self.kind))


class Gift(models.Model):
    """What only gifts have. giver_key: see `cards`; no name is ever looked up by it."""

    only_grows = True

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="gift")
    giver_key = models.CharField(max_length=64, blank=True, db_index=True)
    is_public = models.BooleanField(default=False)  # the giver agreed to be named
    item = models.CharField(max_length=120, blank=True)  # of goods, "xi măng PCB30"
    unit_word = models.CharField(max_length=30, blank=True)  # of goods, "bao"

    def __str__(self) -> str:
        return str(self.entry_id)


class Hidden(models.Model):
    """What the public file does not show of an entry: names, rolls, plots, papers that name people, reasons.

    told: JSON, of which, with the nonce, `Entry.private` is the digest. Where a name was erased
    the nonce is too: what is left no longer fits the digest, and nobody can guess at the name by trying.
    """

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="hidden")
    told = EncryptedText()
    nonce = models.CharField(max_length=32, blank=True)  # keeps `private` from being guessed
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.entry_id)

    @property
    def values(self) -> dict[str, Any]:
        """reason, paper, giver_name, giver_key, is_public, item, unit_word, more; only those that were told."""
        found: dict[str, Any] = json.loads(self.told)
        return found


class LandGift(models.Model):
    """The land of a gift. Areas are tenths of a square metre. Which plot it is stands in `Hidden`: it has an owner."""

    only_grows = True

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="land")
    co_owners = models.CharField(max_length=8)  # "signed", or "none" when nobody else owns it
    area_before = models.BigIntegerField()
    area_after = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.entry_id)


class LandRegistered(Deed):
    """The land register was changed for a gift; until then its page says that it was not."""

    only_grows = True

    land = models.OneToOneField(LandGift, on_delete=models.PROTECT, related_name="registered")
    on = models.DateField()
    document = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.document


class Pledge(Deed):
    """What a meeting said would be given for a purpose, all together. Bears no name and no household."""

    only_grows = True

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="pledges")
    on = models.DateField()
    source = models.CharField(max_length=12, choices=Source.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    quantity = models.BigIntegerField(null=True)
    value_dong = models.BigIntegerField(null=True)
    paper = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.paper


class Reconciliation(Deed):
    """The books of a place set beside the bank's or treasury's statement and the counted cash, on one day."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    account_book_dong = models.BigIntegerField()
    account_statement_dong = models.BigIntegerField()
    cash_book_dong = models.BigIntegerField()
    cash_counted_dong = models.BigIntegerField()
    explanation = models.CharField(max_length=500, blank=True)  # of every difference
    last_position = models.PositiveBigIntegerField()  # the books as they stood

    class Meta:
        indexes = [models.Index(fields=["place", "on"], name="reconciliation_place_on")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.on}"


class MonthClosing(Deed):
    """A month of a place's cash book that takes no more entries."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="+")
    cash_dong = models.BigIntegerField()
    account_dong = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month"], name="month_closed_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.month:%m/%Y}"


class Checkpoint(models.Model):
    """The Merkle tree of a place's chain at the end of a month: how many entries, and the root over them."""

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month"], name="checkpoint_once_a_month")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.month:%m/%Y} {self.size}"


class Uncounted(models.Model):
    """An entry whose totals above wait to be counted. Added with the entry, taken out by the drain."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.entry_id)


class Total(models.Model):
    """Sums of the entries at and below a place. Derived; see `counting`."""

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    mark = models.CharField(max_length=16)
    entries = models.BigIntegerField()
    quantity = models.BigIntegerField()  # of labour and land; goods of many units are not summed
    value_dong = models.BigIntegerField()
    unvalued = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "source", "kind", "mark"], name="total_once")
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year} {self.source} {self.kind}"


class Counting(models.Model):
    """The one row that lets a single worker at a time change totals, and when it last did."""

    drained_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.drained_at)

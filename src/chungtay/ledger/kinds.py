"""What an entry of the ledger is about, what it does to an earlier one, and the units things are counted in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """`COMMITTED` and `DISBURSED` are money that is not given; `SPENT`, `MOVED` and `BALANCE` are the cash book's.

    `UNSPLIT`: a value of which a paper does not tell whether it came as money, labour, land or goods.
    """

    COMMITTED = "committed", _("Vốn cam kết")
    DISBURSED = "disbursed", _("Vốn giải ngân")
    CASH = "cash", _("Tiền mặt")
    LABOUR = "labour", _("Ngày công")
    LAND = "land", _("Hiến đất")
    GOODS = "goods", _("Hiện vật")
    UNSPLIT = "unsplit", _("Không kể hình thức")
    SPENT = "spent", _("Chi từ tiền đóng góp")
    MOVED = "moved", _("Chuyển quỹ tiền mặt và tài khoản")
    BALANCE = "balance", _("Số dư ban đầu")


GIFTS: Final = (Kind.CASH, Kind.LABOUR, Kind.LAND, Kind.GOODS)
GIVEN: Final = (*GIFTS, Kind.UNSPLIT)
"""What reports sum as given: gifts, and what papers tell of gifts without saying of which kind."""
MOBILISED: Final = (Kind.DISBURSED, *GIVEN)
"""What reports sum: money that came and what was given. Plans are not money, and spending it is not new money."""


PUBLIC_PAPERS: Final = (Kind.COMMITTED, Kind.DISBURSED, Kind.MOVED, Kind.BALANCE)
"""Whose papers the public file names. Those of gifts and of what was paid out may name people."""


class Act(models.TextChoices):
    """What an entry does. All but the first two are about an earlier entry, `of`."""

    RECORD = "record", _("ghi")
    OPENING = "opening", _("số ban đầu")
    REVERSE = "reverse", _("huỷ")
    REFUND = "refund", _("hoàn trả")
    REVALUE = "revalue", _("quy đổi lại")


UNDOING: Final = (Act.REVERSE, Act.REFUND)


class PurposeKind(models.TextChoices):
    WORK = "work", _("công trình")
    FUND = "fund", _("quỹ của thôn")
    ACTIVITY = "activity", _("hoạt động chung")
    SUPPORT = "support", _("giúp đỡ, cứu trợ")
    PROGRAMME = "programme", _("chương trình, kế hoạch")


ASKS_DECISION: Final = frozenset({PurposeKind.WORK, PurposeKind.FUND})
"""For these, what people give is first decided by the people; a purpose may be opened otherwise."""
DECISION_CLAUSE: Final = "Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15, Điều 15"


@dataclass(frozen=True)
class Unit:
    """A native unit. decimals: an amount is kept as a whole number of 10^-decimals of it."""

    code: str
    word: str
    decimals: int

    def scaled(self, amount: Decimal) -> int | None:
        """The whole number kept for an amount; None when it has more decimals than the unit."""
        exact = amount.scaleb(self.decimals)
        return int(exact) if exact == exact.to_integral_value() else None

    def amount(self, scaled: int) -> Decimal:
        return Decimal(scaled).scaleb(-self.decimals)


LABOUR_DAY: Final = Unit("labour_day", "công", 4)
SQUARE_METRE: Final = Unit("m2", "m²", 1)
PIECE: Final = Unit("item", "", 3)
"""Goods: the word of their unit (bao, m³, cái) stands on the gift."""

UNITS: Final = {unit.code: unit for unit in (LABOUR_DAY, SQUARE_METRE, PIECE)}
UNIT_OF: Final = {Kind.LABOUR: LABOUR_DAY, Kind.LAND: SQUARE_METRE, Kind.GOODS: PIECE}
"""The unit an entry's quantity is in; money has none, its value is its quantity."""

HOURS_OF_A_DAY: Final = 8  # of work make one công
MOST_HOURS: Final = 12  # of one person in one day; above it somebody mistyped

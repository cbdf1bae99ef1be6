"""Money of a place as one honest bar: who brought how much, what nobody split, what nobody knows."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.language import dong_words
from chungtay.ledger.kinds import GIVEN, MOBILISED, Kind
from chungtay.ledger.queries import STATE, Source, Totals
from rulebook import Mark
from viet.numbers import format_number

_BILLION, _MILLION = 1_000_000_000, 1_000_000


@dataclass(frozen=True)
class Money:
    """parts: of the bar, {label, value} with the value in triệu đồng, None where nobody knows it.

    dong: what is known, all together; unvalued: gifts of which nobody knows the value yet.
    """

    parts: list[dict[str, Any]]
    dong: int
    unvalued: int
    credit_dong: int
    reconstructed_dong: int
    spent_dong: int
    labour_days: Decimal
    land_m2: Decimal
    waiting: int

    @property
    def is_empty(self) -> bool:
        return not (self.dong or self.unvalued or self.credit_dong or self.labour_days or self.land_m2)

    @property
    def short(self) -> str:
        return short_dong(self.dong)


_PARTS = (
    (STATE, "State"),
    ((Source.PEOPLE, Source.NATIVES), "people"),
    ((Source.ENTERPRISE, Source.OTHER), "others"),
    ((Source.SOCIAL_UNSPLIT,), "social"),
    ((Source.UNTOLD,), "untold"),
)


def _labels() -> dict[str, str]:
    return {
        "State": _("Nhà nước"),
        "people": _("Nhân dân và con em xa quê"),
        "others": _("Doanh nghiệp, nhà tài trợ"),
        "social": _("Dân, doanh nghiệp, tín dụng, tài liệu không tách"),
        "untold": _("Tài liệu không kể nguồn"),
    }


def money(totals: Totals) -> Money:
    """What came and was given by the sources of the reports; credit stands beside, for it is nobody's contribution."""
    labels, parts = _labels(), []
    dong = unvalued = 0
    for sources, key in _PARTS:
        sums = totals.of(sources=sources, kinds=MOBILISED)
        if not any(sums):
            continue
        dong, unvalued = dong + sums.value_dong, unvalued + sums.unvalued
        known = None if sums.is_unknown else Decimal(sums.value_dong) / _MILLION
        parts.append({"label": labels[key], "value": known})
    everyone = tuple(source for sources, _key in _PARTS for source in sources)
    return Money(
        parts=parts,
        dong=dong,
        unvalued=unvalued,
        credit_dong=totals.of(sources=(Source.CREDIT,), kinds=MOBILISED).value_dong,
        reconstructed_dong=totals.of(
            sources=everyone, kinds=MOBILISED, mark=Mark.RECONSTRUCTED.value
        ).value_dong,
        spent_dong=totals.of(kinds=(Kind.SPENT,)).value_dong,
        labour_days=totals.labour_days(),
        land_m2=totals.land_m2(),
        waiting=totals.as_of.waiting,
    )


def given_dong(totals: Totals) -> int:
    """What was given, in money or in kind that somebody valued."""
    return totals.of(kinds=GIVEN).value_dong


def short_dong(amount: int) -> str:
    """ "8,6 tỷ đồng", "320 triệu đồng"; small amounts whole."""
    if abs(amount) >= _BILLION:
        return _("%(n)s tỷ đồng") % {"n": format_number(Fraction(amount, _BILLION), 2)}
    if abs(amount) >= _MILLION:
        return _("%(n)s triệu đồng") % {"n": format_number(Fraction(amount, _MILLION), 1)}
    return dong_words(amount)

"""What a record of livelihood may be told to be: each refusal one sentence, all of them at once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_order, faults_of_words
from chungtay.core.refusals import Fault
from chungtay.figures.policies import EARLIEST
from chungtay.registers.livelihood import rules
from chungtay.registers.livelihood.kinds import CHOICE, DAY, FLAG, NUMBER, TEXT, WHOLE, YEAR, Fact, Kind
from chungtay.registers.livelihood.models import Move
from viet.numbers import format_number

KEEP: Final = "registers.keep_livelihood"
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "": (Move.REQUESTED, Move.GRANTED),
    Move.REQUESTED: (Move.GRANTED, Move.WITHDRAWN),
    Move.GRANTED: (Move.SUSPENDED, Move.WITHDRAWN),
    Move.SUSPENDED: (Move.RESUMED, Move.WITHDRAWN),
    Move.RESUMED: (Move.SUSPENDED, Move.WITHDRAWN),
    Move.WITHDRAWN: (Move.REQUESTED,),
}
"""Which steps of a code may follow which; one that was there before the site may begin as granted."""
LONGEST_PERIOD_YEARS: Final = 50  # of what expires; more is a slip of the pen


def faults_of(kind: Kind, told: Mapping[str, Any], today: date) -> list[Fault]:
    """What is wrong with the facts of one record."""
    faults = [fault for fact in kind.facts for fault in _faults_of_fact(fact, told.get(fact.name), today)]
    return faults or [*_CHECKS.get(kind.code, lambda _told: [])(told)]


def warnings_of(kind: Kind, told: Mapping[str, Any]) -> list[str]:
    """What somebody should look at though it refuses nothing: a figure the guidance would not accept."""
    words = []
    least = rules.least_area(told["crop"]) if kind.code == "code" else None
    if least is not None and told["area_ha"] is not None and told["area_ha"] < least.number:
        sentence = _("Diện tích %(area)s ha nhỏ hơn mức tối thiểu %(least)s ha (%(clause)s).")
        numbers = {"area": format_number(told["area_ha"]), "least": format_number(least.number)}
        words.append(sentence % {**numbers, "clause": least.ground})
    if kind.code == "producer" and told["members_told"] is not None:
        words += few_members(told["form"], told["members_told"])
    return words


def few_members(form: str, members: int) -> list[str]:
    """What to say of a co-operative or group with fewer members than the law names."""
    least = rules.limit(f"{form}_members")
    if members >= least.number:
        return []
    sentence = _("Có %(members)s thành viên, ít hơn mức tối thiểu %(least)s (%(clause)s).")
    told = {"members": members, "least": format_number(least.number), "clause": least.ground}
    return [sentence % told]


def faults_of_text(text: str, longest: int, name: str, field: str, *, required: bool = False) -> list[Fault]:
    """Why words cannot be kept, or not be shown as they are. name: what they are, at the start of a sentence."""
    return faults_of_words(text, longest, name, field, required=required)


def faults_of_number(fact: Fact, value: Decimal | int, label: str) -> list[Fault]:
    """Why a number cannot be meant."""
    if isinstance(value, Decimal) and value * fact.scale != int(value * fact.scale):
        return [Fault(_("%(name)s có quá nhiều chữ số lẻ.") % {"name": label}, fact.name)]
    least = 0 if fact.name in ("mean", "households") else 1 if fact.type == WHOLE else 0
    if value < least or value > fact.most or (fact.type == NUMBER and value == 0 and fact.name != "mean"):
        sentence = _("%(name)s %(value)s không hợp lý. Hãy xem lại con số; chưa biết thì bỏ trống.")
        return [Fault(sentence % {"name": label, "value": format_number(value)}, fact.name)]
    return []


def faults_of_by_source(by_source: Mapping[str, Decimal], mean: Decimal | None) -> list[Fault]:
    """Why parts of an income cannot be: an unknown source, a part below nothing, more than the whole together."""
    faults = []
    for code, value in by_source.items():
        if code not in rules.law().lists["income_sources"]:
            faults.append(Fault(_("Không có nguồn thu nhập “%(code)s”.") % {"code": code}, "by_source"))
        elif value < 0 or value * 1000 != int(value * 1000):
            sentence = _("Thu nhập từ %(source)s phải từ 0, nhiều nhất 3 chữ số lẻ.")
            told = {"source": rules.words("income_sources", code)}
            faults.append(Fault(sentence % told, f"source_{code}"))
    if not faults and mean is not None and (together := sum(by_source.values(), Decimal(0))) > mean:
        sentence = _("Các nguồn cộng lại %(sum)s, nhiều hơn thu nhập bình quân %(mean)s. Hãy xem lại.")
        told = {"sum": format_number(together), "mean": format_number(mean)}
        faults.append(Fault(sentence % told, "mean"))
    return faults


def _faults_of_fact(fact: Fact, value: Any, today: date) -> list[Fault]:
    label = str(fact.label)
    if value is None or value == "":
        return (
            [Fault(_("%(name)s còn trống. Hãy điền vào.") % {"name": label}, fact.name)]
            if fact.needed
            else []
        )
    if fact.type == TEXT:
        return faults_of_text(value, fact.longest, label, fact.name)
    if fact.type == CHOICE and value not in dict(fact.choices()):
        return [Fault(_("Hãy chọn một mục ở “%(name)s”.") % {"name": label}, fact.name)]
    if fact.type == YEAR and not EARLIEST.year <= value <= today.year:
        sentence = _("%(name)s phải từ %(first)s đến %(last)s.")
        told = {"name": label, "first": EARLIEST.year, "last": today.year}
        return [Fault(sentence % told, fact.name)]
    if fact.type in (WHOLE, NUMBER):
        return faults_of_number(fact, value, label)
    if fact.type == DAY:
        return _faults_of_far_day(fact, value, today, label)
    assert fact.type in (CHOICE, YEAR, FLAG)
    return []


def _faults_of_far_day(fact: Fact, value: date, today: date, label: str) -> list[Fault]:
    """A day of the past is not in the future; the last day of something may be, within reason."""
    if fact.name != "expires":
        return faults_of_day(value, today, label, fact.name)
    if value >= EARLIEST and value.year <= today.year + LONGEST_PERIOD_YEARS:
        return []
    return [Fault(_("%(name)s không hợp lý. Hãy xem lại ngày.") % {"name": label}, fact.name)]


def _faults_of_contract(told: Mapping[str, Any]) -> list[Fault]:
    return faults_of_order(
        told.get("starts"), told.get("expires"), _("ngày bắt đầu"), _("Ngày cuối"), "expires"
    )


def _faults_of_brand(told: Mapping[str, Any]) -> list[Fault]:
    return faults_of_order(
        told.get("granted_on"), told.get("expires"), _("ngày cấp"), _("Ngày cuối"), "expires"
    )


def _faults_of_survey(told: Mapping[str, Any]) -> list[Fault]:
    households, asked, people = told.get("households_all"), told["households_asked"], told.get("people_asked")
    faults = []
    if households is not None and asked > households:
        faults.append(Fault(_("Số hộ được hỏi nhiều hơn tổng số hộ."), "households_asked"))
    if told["method"] == "all" and households is not None and asked < households:
        sentence = _(
            "Hỏi toàn bộ hộ thì số hộ được hỏi bằng tổng số hộ. Hãy chọn cách khác hoặc xem lại hai số."
        )
        faults.append(Fault(sentence, "method"))
    if people is not None and people < asked:
        faults.append(Fault(_("Số người ít hơn số hộ. Hãy xem lại hai số."), "people_asked"))
    return faults


_CHECKS: Final = {
    "contract": _faults_of_contract,
    "brand": _faults_of_brand,
    "survey": _faults_of_survey,
}

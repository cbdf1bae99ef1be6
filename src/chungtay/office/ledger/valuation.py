"""What a day of work, a square metre, a sack is worth: the rules in time, a new one, and gifts without a value yet."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.ledger import actions, queries
from chungtay.ledger.kinds import LABOUR_DAY, PIECE, SQUARE_METRE
from chungtay.ledger.queries import RuleView
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.ledger.reading import Form, key_asked
from chungtay.territory import queries as territory

_NAMES: Final = ("uid", "unit", "item", "rate_dong", "legal_basis", "valid_from", "last_day")


@for_officers
def valuation(visit: Visit, place_id: int) -> HttpResponse:
    """The rules of a place and those above it in time, and the gifts that wait for a value."""
    place = territory.latest(place_id)
    form = Form(visit.request.POST, _NAMES)
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            messages.success(visit.request, _do(visit, place_id, form))
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            return redirect("office:valuation", place_id=place_id)
    living = day_in_life(place, visit.today)
    rules = queries.rules(place_id, living, past=True)
    waiting = queries.unvalued(place_id, seen_by=visit.by, after=key_asked(visit.request, "sau"))
    names = {each.place_id for each in rules} | {each.place_id for each in waiting.entries}
    context: dict[str, Any] = {
        "place": place,
        "above": territory.ancestors(place_id, living),
        "rules": [(each, unit_words(each), last_day(each), _state(each, rules, living)) for each in rules],
        "waiting": waiting.entries,
        "after": waiting.after,
        "places": territory.names_of(names),
        "units": [
            ("", _("— chưa chọn")),
            (LABOUR_DAY.code, _("1 công (ngày công 8 giờ)")),
            (SQUARE_METRE.code, _("1 m² đất")),
            (PIECE.code, _("1 đơn vị hiện vật")),
        ],
        "sent": form.sent | {"uid": form.sent["uid"] or str(visit.uid())},
        "faults": faults,
        "wrong": form.wrong(faults),
        "refusal": visit.refusal("ledger.set_valuation", place_id),
    }
    return visit.page("office/ledger/valuation.html", context, 422 if faults else 200)


def _do(visit: Visit, place_id: int, form: Form) -> str:
    if visit.request.POST.get("viec") == "quy-doi":
        valued, left = actions.value_unvalued(by=visit.by, at=visit.now, place_id=place_id)
        told = ngettext("Đã quy đổi %(n)s khoản.", "Đã quy đổi %(n)s khoản.", valued) % {"n": valued}
        if left:
            told += " " + ngettext(
                "%(n)s khoản vẫn chưa quy đổi: chưa có mức của ngày nhận.",
                "%(n)s khoản vẫn chưa quy đổi: chưa có mức của ngày nhận.",
                left,
            ) % {"n": left}
        return told
    told_rule: dict[str, Any] = {
        "unit": form.text("unit"),
        "item": form.text("item"),
        "rate_dong": form.dong("rate_dong"),
        "legal_basis": form.text("legal_basis"),
        "valid_from": form.day("valid_from"),
    }
    if form.text("last_day"):
        last = form.day("last_day")
        told_rule["valid_to"] = last if last == date.max else last + timedelta(days=1)
    form.check()
    actions.set_valuation(by=visit.by, at=visit.now, place_id=place_id, uid=form.uid(), **told_rule)
    return _("Đã đặt mức quy đổi. Các khoản đã có giá trị không đổi.")


def unit_words(rule: RuleView) -> str:
    """ "1 công", "1 m²", "xi măng PCB30 (bao)"."""
    if rule.unit == PIECE.code:
        return rule.item
    word = LABOUR_DAY.word if rule.unit == LABOUR_DAY.code else SQUARE_METRE.word
    return f"1 {word}" + (f" ({rule.item})" if rule.item else "")


def last_day(rule: RuleView) -> date | None:
    return rule.valid_to - timedelta(days=1) if rule.valid_to else None


def _state(rule: RuleView, rules: Sequence[RuleView], on: date) -> str:
    """Whether a rule counts on a day: of two in force at a place the later begun does."""
    if rule.valid_from > on:
        return _("sẽ dùng")
    if rule.valid_to is not None and rule.valid_to <= on:
        return _("đã hết")
    later = [
        each
        for each in rules
        if (each.place_id, each.unit, each.item) == (rule.place_id, rule.unit, rule.item)
        and (rule.valid_from, rule.id) < (each.valid_from, each.id)
        and each.valid_from <= on
        and (each.valid_to is None or each.valid_to > on)
    ]
    return _("đã thay từ %(day)s") % {"day": day_words(later[0].valid_from)} if later else _("đang dùng")

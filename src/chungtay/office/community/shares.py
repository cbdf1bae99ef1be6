"""The screen of share formulas: tried side by side for one matter, one of them chosen."""

from fractions import Fraction
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.community.households import queries as households
from chungtay.community.sharing import actions, queries
from chungtay.community.sharing.formulas import IN_HUNDREDTHS, MEASURED, Formula, Kind
from chungtay.community.sharing.queries import TrialView
from chungtay.community.sharing.wording import NAMES, UNITS, amount_words, rounding_words, unit_of, words_of
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office import sheets
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community.meeting_pages import page_of, seen_item
from chungtay.office.community.typed import Typed, form

_NAMES: Final = ("kind", "rate", "total", "cost", "percent", "days", "cap")


@for_officers
def shares(visit: Visit, meeting_id: int, item_id: int) -> HttpResponse:
    """What each household would give under each formula; trying one more, choosing, throwing away."""
    shown, item = seen_item(visit, meeting_id, item_id)
    tried = queries.trials(item_id, seen_by=visit.by)
    sent: dict[str, str] = dict.fromkeys(_NAMES, "") | {
        "kind": visit.request.GET.get("cach", Kind.HOUSEHOLD.value)
    }
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {name: typed.text(name) for name in visit.request.POST}
        try:
            _do(visit, item_id, typed)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            return redirect("office:shares", meeting_id=meeting_id, item_id=item_id)
    kind = _kind(sent.get("kind", ""))
    listed = (
        households.households_at(shown.place_id, visit.today, seen_by=visit.by) if kind in MEASURED else ()
    )
    names = _representatives(visit, shown.place_id) if tried else {}
    context: dict[str, Any] = {
        **page_of(visit, shown),
        **form(sent | {"uid": str(visit.uid())}, faults),
        "item": item,
        "kind": kind.value,
        "kinds": [(each.value, words) for each, words in NAMES.items()],
        "unit": UNITS.get(kind, ""),
        "measured": [
            (each, f"m-{each.id}", sent.get(f"m-{each.id}", "")) for each in listed if not each.is_exempt
        ],
        "trials": [_told(each) for each in tried],
        "rows": [
            (row, names.get(row.household_id, ""), _cells(row, tried)) for row in queries.side_by_side(tried)
        ],
    }
    return visit.page("office/community/shares.html", context, 422 if faults else 200)


@for_officers
def sheet(visit: Visit, meeting_id: int, item_id: int) -> HttpResponse:
    """The table side by side as CSV, for the posts that keep the list."""
    seen_item(visit, meeting_id, item_id)
    tried = queries.trials(item_id, seen_by=visit.by)
    heads = [f"{words_of(each.formula)} ({unit_of(each.formula)})" for each in tried]
    rows = [[_("Mã hộ"), *heads]]
    for row in queries.side_by_side(tried):
        rows.append([row.code, *(words for words, _over in _cells(row, tried))])
    rows.append([_("Cộng"), *(amount_words(each.formula, each.shares.total) for each in tried)])
    return sheets.as_csv("cach-tinh", rows)


def _do(visit: Visit, item_id: int, typed: Typed) -> None:
    who: dict[str, Any] = {"by": visit.by, "at": visit.now}
    trial = typed.text("trial")
    trial_id = int(trial) if trial.isdigit() and len(trial) < 19 else 0
    match typed.text("viec"):
        case "chon":
            actions.choose(**who, trial_id=trial_id)
            messages.success(visit.request, _("Đã chọn cách tính; sẽ ghi vào quyết định."))
        case "bo":
            actions.drop(**who, trial_id=trial_id)
        case _other:
            formula, measures = _formula(typed), _measures(typed)
            typed.check()
            actions.try_out(**who, item_id=item_id, formula=formula, measures=measures, uid=typed.uid())


def _formula(typed: Typed) -> Formula:
    """Only the fields of its kind are read: what another kind left typed is not meant."""
    kind = _kind(typed.text("kind"))
    if kind is Kind.PERCENT:
        cost, percent = typed.whole("cost"), typed.scaled("percent", 100)
        return Formula(kind, cost_dong=cost, percent_e2=percent, cap_dong=typed.whole("cap"))
    if kind is Kind.CEMENT:
        return Formula(kind, half_days=typed.scaled("days", 2))
    rate, total = typed.whole("rate"), typed.whole("total")
    return Formula(kind, rate_dong=rate, total_dong=total, cap_dong=typed.whole("cap"))


def _measures(typed: Typed) -> dict[int, int]:
    """What was typed for each household, in hundredths; an empty field says nothing."""
    found = {}
    for name in typed.data:
        key = str(name).removeprefix("m-")
        if str(name).startswith("m-") and key.isdigit() and len(key) < 19:
            number = typed.scaled(str(name), IN_HUNDREDTHS)
            if number is not None:
                found[int(key)] = number
    return found


def _kind(text: str) -> Kind:
    return Kind(text) if text in tuple(Kind) else Kind.HOUSEHOLD


def _told(view: TrialView) -> dict[str, Any]:
    return {
        "view": view,
        "words": words_of(view.formula),
        "unit": unit_of(view.formula),
        "total": amount_words(view.formula, view.shares.total),
        "rounding": rounding_words(view.formula),
        "mean": amount_words(view.formula, _mean(view)) if view.shares.shares else "",
        "households": len(view.shares.shares),
        "over": len(view.shares.over_cap),
    }


def _mean(view: TrialView) -> int:
    """Of those that share, rounded down for display."""
    return int(Fraction(view.shares.total, len(view.shares.shares)))


def _cells(row: queries.TrialRow, tried: tuple[TrialView, ...]) -> list[tuple[str, bool]]:
    return [
        ("" if amount is None else amount_words(view.formula, amount), over)
        for view, amount, over in zip(tried, row.amounts, row.over_cap, strict=True)
    ]


def _representatives(visit: Visit, place_id: int) -> dict[int, str]:
    return {
        each.id: each.representative
        for each in households.households_at(place_id, visit.today, seen_by=visit.by)
    }

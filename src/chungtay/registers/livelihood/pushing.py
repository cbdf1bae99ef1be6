"""The figures this register tells a place: an officer sees what would change and from which records, then writes it.

What nobody recorded is not known: a count is offered only where every record it is made of tells its part.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.actors import Actor
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import actions as figures
from chungtay.figures import queries as known_figures
from chungtay.figures.actions import Entry
from chungtay.figures.queries import FigureView
from chungtay.people.policies import check_acts_for
from chungtay.registers.livelihood import policies, queries, rules
from chungtay.registers.livelihood.queries import COOPERATIVE, Held, Record
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark, Measure, Period, Value
from viet.numbers import format_number

_WEAKEST_FIRST: Final = (Mark.SIMULATED, Mark.RECONSTRUCTED, Mark.STATED, Mark.TOLD)


@dataclass(frozen=True)
class Counted:
    """What records come to. value: None where it is not known; obstacle: then why, in one sentence."""

    value: Value | None
    behind: tuple[Record, ...]
    obstacle: str = ""
    period: Period | None = None
    source: str = ""


@dataclass(frozen=True)
class Offer:
    """One figure as it stands and as the register would have it. now: None while nothing is recorded.

    behind: the records it is made of. obstacle: why it cannot be written, "" when it can.
    """

    measure: Measure
    period: Period
    now: FigureView | None
    value: Value | None
    mark: Mark
    source: str
    behind: tuple[Record, ...]
    obstacle: str

    @property
    def changes(self) -> bool:
        if self.obstacle or self.value is None:
            return False
        stands = self.now is not None and self.now.period == self.period
        return not (stands and self.now is not None and self.now.value == self.value)


def offers(place_id: int, on: date, held: Held) -> list[Offer]:
    """Every figure of law/livelihood.yaml that has a record behind it, on a day. held: the place's, as of then."""
    wanted = rules.law().figures
    measures = standards.measures(wanted)
    current = known_figures.current(place_id, wanted, on)
    here = set(territory.made_of(place_id))
    surveys = [each for each in held["survey"] if each.place_id in here]
    held = {**held, "survey": sorted(surveys, key=lambda each: -each.facts["year"])}
    found = []
    for code, counts in wanted.items():
        counted = _COUNTS[counts](held, on)
        if not counted.behind or code not in measures:
            continue
        found.append(
            Offer(
                measures[code],
                counted.period or Period.day(on),
                current.get((code, "")),
                counted.value,
                _weakest(counted.behind),
                counted.source or f"Sổ sản xuất, ngày {on:%d/%m/%Y}",  # a record keeps one language
                counted.behind,
                counted.obstacle,
            )
        )
    return found


@transaction.atomic
def push(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    on: date,
    measures: Collection[str],
    shown: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> int:
    """Record the chosen figures as the register has them and give how many were written.

    shown: the values the officer was shown, by measure; what the records have come to since is refused unseen. seen: as
    `figures.actions.record` takes it.
    """
    check_acts_for(by, policies.KEEP, place_id)
    if on > timezone.localdate(at):
        raise Refusal(Fault(_("Ngày %(day)s ở sau hôm nay.") % {"day": day_words(on)}, "on"))
    offered = {each.measure.code: each for each in offers(place_id, on, queries.held(place_id, on))}
    faults = [
        Fault(_("Chưa có bản ghi nào cho số liệu này. Hãy tải lại trang."), "so")
        for code in measures
        if code not in offered
    ]
    faults += [
        Fault(each.obstacle, "so") for code, each in offered.items() if code in measures and each.obstacle
    ]
    for code in set(measures) & set(offered):
        if shown is not None and shown.get(code) != str(offered[code].value):
            faults.append(Fault(_("Sổ vừa thay đổi sau khi bạn mở trang. Hãy tải lại và xem số mới."), "so"))
    if not measures:
        faults.append(Fault(_("Hãy chọn ít nhất một số liệu."), "so"))
    if faults:
        raise Refusal(*dict.fromkeys(faults))
    entries = [
        Entry(
            each.measure.code,
            each.value,
            each.period,
            source=each.source,
            mark=each.mark,
            reason="Theo sổ sản xuất",  # a record keeps one language
            field="so",
        )
        for each in offered.values()
        if each.measure.code in measures and each.value is not None
    ]
    return len(figures.record(by=by, at=at, place_id=place_id, entries=entries, seen=seen))


def _producers_working(held: Held, _on: date) -> Counted:
    return _working(held["producer"])


def _cooperative_working(held: Held, _on: date) -> Counted:
    """One that works well is enough; that none does is known only when all were looked at."""
    all_of = [each for each in held["producer"] if each.facts["form"] == COOPERATIVE]
    working = [each for each in all_of if each.facts["works_well"]]
    if working:
        return Counted(True, tuple(working))
    counted = _working(all_of)
    return Counted(None if counted.obstacle else False, counted.behind, counted.obstacle)


def _cooperatives_contracted(held: Held, on: date) -> Counted:
    """Co-operatives that work well and sell by a contract still running."""
    all_of = [each for each in held["producer"] if each.facts["form"] == COOPERATIVE]
    counted = _working(all_of)
    if counted.obstacle or not all_of:
        return counted
    contracts = [each for each in held["contract"] if not each.has_expired(on)]
    running = {each.producer_id for each in contracts if each.expires is not None}
    open_ended = {each.producer_id for each in contracts if each.expires is None} - running
    working = [each for each in all_of if each.facts["works_well"]]
    if n := sum(each.id in open_ended for each in working):
        return Counted(None, tuple(all_of), _unknown(n, _("chưa rõ hợp đồng liên kết dùng đến ngày nào")))
    return Counted(Decimal(sum(each.id in running for each in working)), tuple(all_of))


def _products_valid(held: Held, on: date) -> Counted:
    least = rules.law().stars[0].stars
    rated = [each for each in held["product"] if each.rating is not None]
    starred = [each for each in rated if each.rating and each.rating.stars >= least]
    if n := sum(each.expires is None for each in starred):
        return Counted(
            None, tuple(rated), _unknown(n, _("chưa rõ ngày quyết định nên không biết còn hạn không"))
        )
    return Counted(Decimal(sum(not each.has_expired(on) for each in starred)), tuple(rated))


def _code_granted(held: Held, on: date) -> Counted:
    stepped = [each for each in held["code"] if each.steps]
    in_force = [each for each in stepped if each.code_in_force(on)]
    return Counted(bool(in_force), tuple(in_force or stepped))


def _income(held: Held, _on: date) -> Counted:
    """The mean of the newest survey of the place itself, said to be of its year with how it was found."""
    if not held["survey"]:
        return Counted(None, ())
    newest = held["survey"][0]
    told = newest.facts
    households = format_number(told["households_asked"])
    if told["households_all"] is not None:
        households = f"{households}/{format_number(told['households_all'])}"
    method = rules.law().lists["survey_methods"][told["method"]].vi.lower()
    source = (
        f"Điều tra thu nhập năm {told['year']}: {method}, hỏi {households} hộ"  # a record keeps one language
    )
    return Counted(told["mean"], (newest,), period=Period.year(told["year"]), source=source)


def _working(all_of: Sequence[Record]) -> Counted:
    if n := sum(each.facts["works_well"] is None for each in all_of):
        return Counted(None, tuple(all_of), _unknown(n, _("chưa đánh giá hoạt động hiệu quả hay không")))
    return Counted(Decimal(sum(bool(each.facts["works_well"]) for each in all_of)), tuple(all_of))


def _unknown(n: int, why: str) -> str:
    words = ngettext("%(n)s bản ghi %(why)s.", "%(n)s bản ghi %(why)s.", n)
    return words % {"n": n, "why": why}


def _weakest(behind: Sequence[Record]) -> Mark:
    marks = {each.mark for each in behind}
    return next((mark for mark in _WEAKEST_FIRST if mark in marks), Mark.MEASURED)


_COUNTS: Final[Mapping[str, Callable[[Held, date], Counted]]] = {
    "producers_working": _producers_working,
    "cooperative_working": _cooperative_working,
    "cooperatives_contracted": _cooperatives_contracted,
    "products_valid": _products_valid,
    "code_granted": _code_granted,
    "income": _income,
}

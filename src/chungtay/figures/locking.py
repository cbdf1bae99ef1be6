"""Deeds on report periods: calling for one, confirming a place's (a lock that climbs the tree), opening it again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import periods, policies, talking
from chungtay.figures.models import Observation
from chungtay.figures.states import Move, State, after
from chungtay.figures.work_rows import FigureStep, PeriodStep, ReportPeriod
from chungtay.people import queries as people
from chungtay.people.policies import check_acts_for
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_places
from rulebook import Period
from rulebook.wording import period_text

REASON_LENGTH = 300
_NAMED = 8  # places or figures named in one sentence


@transaction.atomic
def call_period(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    period: Period,
    hamlet_by: date,
    commune_by: date,
    province_by: date,
) -> ReportPeriod:
    """Call for figures of a year or half a year at and below a place, each level by a day. Told anew, it replaces."""
    check_acts_for(by, "figures.call_period", place_id)
    hold_places([place_id])
    faults: list[Fault] = []
    if not _is_reported(period):
        faults.append(
            Fault(_("Kỳ báo cáo là cả một năm, hoặc nửa năm (01/01–30/06, 01/07–31/12)."), "period")
        )
    if not hamlet_by <= commune_by <= province_by:
        faults.append(
            Fault(
                _("Hạn của thôn phải trước hoặc bằng hạn của xã, hạn của xã trước hoặc bằng hạn của tỉnh."),
                "due",
            )
        )
    if hamlet_by < period.start:
        faults.append(Fault(_("Hạn của thôn không thể trước khi kỳ bắt đầu."), "due"))
    if faults:
        raise Refusal(*faults)
    before = ReportPeriod.objects.filter(
        place_id=place_id, start=period.start, end=period.end, replaced_by__isnull=True
    ).first()
    days = (hamlet_by, commune_by, province_by)
    if before is not None and (before.hamlet_by, before.commune_by, before.province_by) == days:
        return before
    row = ReportPeriod.objects.create(
        place_id=place_id,
        start=period.start,
        end=period.end,
        hamlet_by=hamlet_by,
        commune_by=commune_by,
        province_by=province_by,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        replaces=before,
    )
    write_event(
        by=by,
        deed="figures.call_period",
        subject=row,
        at=at,
        place_id=place_id,
        detail={"period": str(period)},
        before=before and _days(before),
        after=_days(row),
    )
    return row


@transaction.atomic
def lock(*, by: Actor, at: datetime, place_id: int, period: Period) -> PeriodStep:
    """Confirm a place's period: every place directly below has, and every figure of its own is confirmed.

    Its confirmed figures are frozen with it. Refused with everything that is missing, by name. The posts of the place
    and of the one above are told.
    """
    check_acts_for(by, "figures.lock", place_id)
    hold_places([place_id])
    here, words = territory.latest(place_id), _words(period)
    if period not in {each.period for each in periods.called_for(place_id)}:
        raise Refusal(_("Kỳ %(period)s chưa được mở cho nơi này, nên chưa chốt được.") % {"period": words})
    if period in periods.locked_at([place_id]).get(place_id, {}):
        raise Refusal(
            _("Kỳ %(period)s của %(place)s đã chốt rồi.") % {"period": words, "place": here.full_name}
        )
    faults = _places_missing(place_id, period, timezone.localdate(at)) + _figures_missing(place_id, period)
    if faults:
        raise Refusal(*faults)
    row = _write(place_id, period, True, "", by, at)
    _move(
        periods.own_figures([place_id], period).filter(stands=State.CONFIRMED), Move.FREEZE, by, at, reason=""
    )
    _level, line = territory.lines_of({place_id})[place_id]
    _tell([row], line, by, at)
    return row


@transaction.atomic
def unlock(*, by: Actor, at: datetime, place_id: int, period: Period, reason: str) -> list[PeriodStep]:
    """Open a confirmed period again, with a reason; whatever covers it, here and above, opens too.

    A province's confirmation rests on its communes': who opens below must be one who may open what rests on it. The
    posts of every place opened, and of the one above each, are told with the reason.
    """
    check_acts_for(by, "figures.unlock", place_id)
    if not reason.strip():
        raise Refusal(
            Fault(
                _("Hãy ghi lý do mở lại kỳ; lý do đứng trong nhật ký và báo cho các nơi liên quan."), "reason"
            )
        )
    if faults := policies.faults_of_length(reason.strip(), REASON_LENGTH, _("Lý do"), "reason"):
        raise Refusal(*faults)
    _level, line = territory.lines_of({place_id})[place_id]
    hold_places(sorted(line))
    locked = periods.locked_at(line)
    if period not in locked.get(place_id, {}):
        raise Refusal(
            _("Kỳ %(period)s của nơi này chưa chốt, nên không có gì để mở.") % {"period": _words(period)}
        )
    opened = [(i, each) for i in reversed(line) for each in locked.get(i, {}) if periods.covers(each, period)]
    for above in {i for i, _period in opened} - {place_id}:
        check_acts_for(by, "figures.unlock", above)
    rows = [_write(i, each, False, reason.strip(), by, at) for i, each in opened]
    for i, each in opened:
        kept = [other for other in locked[i] if (i, other) not in opened]
        frozen = periods.own_figures([i], each).filter(stands=State.FROZEN)
        thawed = [row for row in frozen if not any(periods.covers(k, _period_of(row)) for k in kept)]
        _move(thawed, Move.THAW, by, at, reason=reason.strip())
    _tell(rows, line, by, at)
    return rows


def _days(row: ReportPeriod) -> list[str]:
    return [day.isoformat() for day in (row.hamlet_by, row.commune_by, row.province_by)]


def _is_reported(period: Period) -> bool:
    year = period.start.year
    halves = {(date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31))}
    return period.is_year or (period.start, period.end) in halves


def _period_of(row: Observation) -> Period:
    return Period(row.period_start, row.period_end)


def _words(period: Period) -> str:
    return period_text(period).in_(language())


def _places_missing(place_id: int, period: Period, today: date) -> list[Fault]:
    """The places directly below that have not confirmed the period."""
    below = territory.children(place_id, min(period.end, today))
    locked = periods.locked_at(each.id for each in below)
    missing = [each.full_name for each in below if period not in locked.get(each.id, {})]
    if not missing:
        return []
    sentence = ngettext(
        "Còn %(n)s nơi trực thuộc chưa chốt kỳ này: %(names)s. Hãy chốt từ dưới lên.",
        "Còn %(n)s nơi trực thuộc chưa chốt kỳ này: %(names)s. Hãy chốt từ dưới lên.",
        len(missing),
    )
    return [Fault(sentence % {"n": len(missing), "names": _some(missing)}, "places")]


def _figures_missing(place_id: int, period: Period) -> list[Fault]:
    """The place's own figures that nobody has confirmed."""
    rows = periods.open_figures([place_id], period).select_related("measure").order_by("measure_id", "part")
    names = [standards.as_measure(row.measure).name.in_(language()) for row in rows]
    if not names:
        return []
    sentence = ngettext(
        "Còn %(n)s số liệu của chính nơi này chưa được xác nhận: %(names)s.",
        "Còn %(n)s số liệu của chính nơi này chưa được xác nhận: %(names)s.",
        len(names),
    )
    return [Fault(sentence % {"n": len(names), "names": _some(names)}, "figures")]


def _some(names: Sequence[str]) -> str:
    shown = "; ".join(f"“{name}”" for name in names[:_NAMED])
    rest = len(names) - _NAMED
    return shown if rest <= 0 else _("%(shown)s và %(n)s nữa") % {"shown": shown, "n": rest}


def _write(place_id: int, period: Period, locked: bool, reason: str, by: Actor, at: datetime) -> PeriodStep:
    row = PeriodStep.objects.create(
        place_id=place_id,
        start=period.start,
        end=period.end,
        locked=locked,
        reason=reason,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    write_event(
        by=by,
        deed="figures.lock" if locked else "figures.unlock",
        subject=row,
        at=at,
        place_id=place_id,
        detail={"period": str(period), "reason": reason},
        before={"locked": not locked},
        after={"locked": locked},
    )
    return row


def _tell(steps: Sequence[PeriodStep], line: Sequence[int], by: Actor, at: datetime) -> None:
    """Tell whoever records or confirms periods at the places of the steps, and directly above each."""
    asked = ("figures.record", "figures.lock")
    posts = people.posts_at(line, asked, timezone.localdate(at))
    for step in steps:
        here = line.index(step.place_id)
        concerned = {post for place_id in line[max(0, here - 1) : here + 1] for post in posts[place_id]}
        talking.tell_of_period(concerned, step, by=by, at=at)


def _move(rows: Iterable[Any], move: Move, by: Actor, at: datetime, *, reason: str) -> None:
    FigureStep.objects.bulk_create(
        FigureStep(
            observation=row,
            move=move,
            state=after(row.stands, move),
            reason=reason,
            post_id=by.actor_id,
            by_label=by.label,
            at=at,
        )
        for row in rows
    )

"""Deeds on yearly titles: the outcome of a year, a row of years as told, striking out."""

import uuid
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_count, faults_of_life, faults_of_words
from chungtay.community.honours.models import TitleKind, ToldStreak, YearlyTitle
from chungtay.community.recorded import STANDING, faults_of_origin, found, sent_before, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures.policies import EARLIEST
from chungtay.people.policies import check_acts_for
from chungtay.territory.holding import hold_place
from rulebook import Mark

PERMISSION = "community.give_yearly_title"
MOST_HOUSEHOLDS = 100_000  # of a commune or hamlet
WHOLE = 10_000  # hundredths of a percent


@transaction.atomic
def give_hamlet_title(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    year: int,
    held: bool,
    decision_number: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> YearlyTitle:
    """Whether the hamlet was given the title for a year. Of a year without a record nothing is known."""
    said = {"kind": TitleKind.HAMLET.value, "year": year, "held": held}
    return _enter(by, at, place_id, said, decision_number, mark, source, uid)


@transaction.atomic
def count_families(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    year: int,
    families: int | None = None,
    households: int | None = None,
    told_share: Fraction | None = None,
    decision_number: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> YearlyTitle:
    """How many households hold the title for a year, of how many.

    told_share: the part of the households as a paper tells it (1 is all of them), where it tells only that or beside
    the counts, from which it may then differ by rounding of a percent only.
    """
    share = None if told_share is None else round(told_share * WHOLE)
    said = {
        "kind": TitleKind.FAMILIES.value,
        "year": year,
        "families": families,
        "households": households,
        "told_share": share,
    }
    faults = faults_of_count(families, MOST_HOUSEHOLDS, _("Số hộ đạt"), "families")
    faults += faults_of_count(households, MOST_HOUSEHOLDS, _("Tổng số hộ"), "households", least=1)
    if families is None and share is None:
        faults.append(Fault(_("Hãy ghi số hộ đạt, hoặc tỉ lệ như tài liệu nêu."), "families"))
    if share is not None and not 0 <= share <= WHOLE:
        faults.append(Fault(_("Tỉ lệ phải từ 0 đến 100%."), "told_share"))
    if not faults and families is not None and households is not None:
        if families > households:
            faults.append(Fault(_("Số hộ đạt nhiều hơn tổng số hộ. Hãy xem lại hai số."), "families"))
        elif share is not None and abs(Fraction(families * WHOLE, households) - share) > 100:
            faults.append(
                Fault(_("Tỉ lệ không khớp với số hộ đạt trên tổng số hộ. Hãy xem lại ba số."), "told_share")
            )
    return _enter(by, at, place_id, said, decision_number, mark, source, uid, faults)


def _enter(
    by: Actor,
    at: datetime,
    place_id: int,
    said: dict[str, object],
    decision_number: str,
    mark: Mark,
    source: str,
    uid: uuid.UUID | None,
    found_wrong: list[Fault] | None = None,
) -> YearlyTitle:
    check_acts_for(by, PERMISSION, place_id)
    hold_place(place_id)
    if known := sent_before(YearlyTitle, uid, place_id, said):
        return known
    year = int(str(said["year"]))
    faults = (
        faults_of_origin(mark, source)
        + _faults_of_year(place_id, year, timezone.localdate(at))
        + (found_wrong or [])
    )
    faults += faults_of_words(decision_number, 60, _("Số quyết định"), "decision_number")
    same = YearlyTitle.objects.filter(STANDING, place_id=place_id, kind=said["kind"], year=year)
    if not faults and same.exists():
        sentence = _("Năm %(year)s đã có kết quả trong sổ. Nếu ghi sai, hãy gạch bỏ kết quả cũ rồi ghi lại.")
        faults.append(Fault(sentence % {"year": year}, "year"))
    if faults:
        raise Refusal(*faults)
    row = YearlyTitle.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip(), **said),
        decision_number=decision_number.strip(),
    )
    write_event(by=by, deed=PERMISSION, subject=row, at=at, place_id=place_id, detail=dict(said))
    return row


def _faults_of_year(place_id: int, year: int, today: date, field: str = "year") -> list[Fault]:
    faults = faults_of_count(year, today.year, _("Năm"), field, least=EARLIEST.year)
    return faults or faults_of_life(place_id, date(year, 1, 1), date(year, 12, 31), field)


@transaction.atomic
def tell_streak(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    years: int,
    last_year: int,
    source: str,
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> ToldStreak:
    """Keep “8 năm liên tục” as a paper tells it; no single year is made of it."""
    check_acts_for(by, PERMISSION, place_id)
    hold_place(place_id)
    said = {"years": years, "last_year": last_year}
    if known := sent_before(ToldStreak, uid, place_id, said):
        return known
    faults = faults_of_origin(mark, source)
    faults += _faults_of_year(place_id, last_year, timezone.localdate(at), "last_year")
    faults += faults_of_count(
        years, max(last_year - EARLIEST.year + 1, 2), _("Số năm liên tục"), "years", least=2
    )
    same = ToldStreak.objects.filter(STANDING, place_id=place_id, last_year=last_year)
    if not faults and same.exists():
        sentence = _("Đã có một chuỗi năm kết thúc năm %(year)s. Nếu ghi sai, hãy gạch bỏ rồi ghi lại.")
        faults.append(Fault(sentence % {"year": last_year}, "last_year"))
    if faults:
        raise Refusal(*faults)
    row = ToldStreak.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip(), **said)
    )
    deed = "community.tell_streak"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=place_id, detail=dict(said))
    return row


@transaction.atomic
def strike_title(*, by: Actor, at: datetime, title_id: int, reason: str) -> YearlyTitle:
    """Strike out the outcome of a year entered in error; nothing is known of that year until it is entered again."""
    row = found(YearlyTitle, title_id)
    check_acts_for(by, PERMISSION, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_title")
    return row


@transaction.atomic
def strike_streak(*, by: Actor, at: datetime, streak_id: int, reason: str) -> ToldStreak:
    """Strike out a told row of years entered in error."""
    row = found(ToldStreak, streak_id)
    check_acts_for(by, PERMISSION, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_streak")
    return row

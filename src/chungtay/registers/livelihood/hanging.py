"""What hangs on one record: members of a producer, households, steps and diary of a code, stars of a product."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_order
from chungtay.community.households import policies as household_rules
from chungtay.community.households import queries as households
from chungtay.community.recorded import (
    STANDING,
    Recorded,
    faults_of_origin,
    found,
    sent_before,
    strike_out,
    written,
)
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.registers.livelihood import policies, rules
from chungtay.registers.livelihood.keeping import check_open, newest
from chungtay.registers.livelihood.models import (
    M2_PER_HA,
    CodeHousehold,
    CodeStep,
    DiaryDay,
    GrowingCode,
    Kept,
    Member,
    Move,
    Rating,
)
from chungtay.territory import queries as territory
from rulebook import Mark, Period


@transaction.atomic
def add_member(
    *,
    by: Actor,
    at: datetime,
    producer_id: int,
    household_id: int,
    since: date | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Member:
    """Write down a household of the register as a member. Doing it again while it is one changes nothing."""
    row = _open(by, "producer", producer_id)
    household_rules.check_reads_names(by, row.place_id)
    faults = faults_of_origin(mark, source) + _faults_of_household(row, household_id, at)
    faults += faults_of_day(since, timezone.localdate(at), _("Ngày vào"), "since")
    if faults:
        raise Refusal(*faults)
    standing = Member.objects.filter(STANDING, producer_id=row.key, household_id=household_id, ended_on=None)
    if again := standing.first():
        return again
    more = {"mark": mark.value, "source": source.strip(), "since": since}
    made = Member.objects.create(
        **written(by, at, row.place_id, uid, **more), producer_id=row.key, household_id=household_id
    )
    _event(by, at, "registers.add_member", made, {"producer": row.key, "since": since and since.isoformat()})
    return made


@transaction.atomic
def add_members(
    *, by: Actor, at: datetime, producer_id: int, household_ids: Iterable[int], **more: Any
) -> list[Member]:
    """Several at once, all or none, as `add_member` takes each."""
    one = {"by": by, "at": at, "producer_id": producer_id, **more}
    return [add_member(**one, household_id=each) for each in household_ids]


@transaction.atomic
def end_member(*, by: Actor, at: datetime, member_id: int, on: date) -> Member:
    """The household is no longer a member from a day on."""
    row = found(Member, member_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    if row.ended_on is not None:
        return row
    _end(row, row.since, on, at)
    _event(by, at, "registers.end_member", row, {"producer": row.producer_id, "on": on.isoformat()})
    return row


@transaction.atomic
def add_household(
    *,
    by: Actor,
    at: datetime,
    code_id: int,
    household_id: int,
    area_ha: Decimal | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> CodeHousehold:
    """Write down a household that grows in the area of a code, with how much of it, where somebody measured it."""
    row = _open(by, "code", code_id)
    household_rules.check_reads_names(by, row.place_id)
    faults = faults_of_origin(mark, source) + _faults_of_household(row, household_id, at)
    standing = CodeHousehold.objects.filter(STANDING, code_id=row.key, ended_on=None)
    if again := standing.filter(household_id=household_id).first():
        return again
    area_m2 = None if area_ha is None else area_ha * M2_PER_HA
    if area_m2 is not None:
        faults += _faults_of_part(row, standing, area_m2)
    if faults:
        raise Refusal(*faults)
    more = {"mark": mark.value, "source": source.strip()}
    made = CodeHousehold.objects.create(
        **written(by, at, row.place_id, uid, **more),
        code_id=row.key,
        household_id=household_id,
        area_m2=None if area_m2 is None else int(area_m2),
    )
    _event(by, at, "registers.add_household_of_code", made, {"code": row.key})
    return made


@transaction.atomic
def end_household(*, by: Actor, at: datetime, row_id: int, on: date) -> CodeHousehold:
    """The household no longer grows there from a day on."""
    row = found(CodeHousehold, row_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    if row.ended_on is not None:
        return row
    _end(row, None, on, at)
    _event(by, at, "registers.end_household_of_code", row, {"code": row.code_id, "on": on.isoformat()})
    return row


@transaction.atomic
def step(
    *,
    by: Actor,
    at: datetime,
    code_id: int,
    move: str,
    period: Period,
    document: str = "",
    words: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> CodeStep:
    """A code was asked for, granted, suspended, allowed again or withdrawn. period: its day, or the year where only
    that is told. Refused: a step out of its turn or before the one it follows."""
    row = _open(by, "code", code_id)
    said = {"code_id": row.key, "move": move, "start": period.start, "end": period.end}
    if again := sent_before(CodeStep, uid, row.place_id, said):
        return again
    last = last_step(row.key)
    faults = faults_of_origin(mark, source)
    faults += policies.faults_of_text(document, 200, _("Văn bản"), "document")
    faults += policies.faults_of_text(words, 500, _("Ghi thêm"), "words")
    faults += faults_of_day(period.start, timezone.localdate(at), _("Ngày"), "on")
    if move not in policies.AFTER[last.move if last else ""]:
        faults.append(_out_of_turn(last))
    elif last is not None:
        faults += faults_of_order(last.start, period.end, _("ngày của bước trước"), _("Ngày"), "on")
    if faults:
        raise Refusal(*faults)
    more = {"mark": mark.value, "source": source.strip(), **said}
    more |= {"document": document.strip(), "words": words.strip()}
    made = CodeStep.objects.create(**written(by, at, row.place_id, uid, **more))
    _event(by, at, "registers.step_code", made, {"code": row.key, "move": move, "period": str(period)})
    return made


@transaction.atomic
def strike_step(*, by: Actor, at: datetime, step_id: int, reason: str) -> None:
    """Strike out the last step of a code, written in error."""
    row = found(CodeStep, step_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    last = last_step(row.code_id)
    if last is not None and last.pk != row.pk:
        raise Refusal(_("Chỉ gạch được bước mới nhất; hãy gạch lần lượt từ bước sau cùng."))
    strike_out(row, by=by, at=at, reason=reason, deed="registers.strike_code_step")


@transaction.atomic
def write_diary(
    *,
    by: Actor,
    at: datetime,
    code_id: int,
    on: date,
    plot: str,
    deed: str,
    by_whom: str,
    product: str = "",
    dose: str = "",
    words: str = "",
    uid: uuid.UUID | None = None,
) -> DiaryDay:
    """One deed in the field. Plant protection and fertiliser name what was used and how much of it."""
    row = _open(by, "code", code_id)
    told = {"plot": plot.strip(), "deed": deed, "product": product.strip(), "dose": dose.strip()}
    told |= {"by_whom": by_whom.strip(), "words": words.strip()}
    if again := sent_before(DiaryDay, uid, row.place_id, {"code_id": row.key, "on": on, **told}):
        return again
    faults = faults_of_day(on, timezone.localdate(at), _("Ngày"), "on")
    uses = deed in ("pesticide", "fertiliser")
    faults += policies.faults_of_text(plot, 100, _("Thửa, lô"), "plot", required=True)
    faults += policies.faults_of_text(by_whom, 100, _("Ai làm"), "by_whom", required=True)
    faults += policies.faults_of_text(product, 200, _("Tên thuốc, phân, vật tư"), "product", required=uses)
    faults += policies.faults_of_text(dose, 100, _("Lượng dùng"), "dose", required=uses)
    faults += policies.faults_of_text(words, 500, _("Ghi thêm"), "words")
    if deed not in rules.law().lists["field_deeds"]:
        faults.append(Fault(_("Hãy chọn việc đã làm."), "deed"))
    if faults:
        raise Refusal(*faults)
    said = written(by, at, row.place_id, uid, mark=Mark.MEASURED.value, code_id=row.key, on=on, **told)
    made = DiaryDay.objects.create(**said)
    detail = {"code": row.key, "on": on.isoformat(), "deed": deed}
    _event(by, at, "registers.write_growing_diary", made, detail)
    return made


@transaction.atomic
def strike_diary(*, by: Actor, at: datetime, entry_id: int, reason: str) -> None:
    """Strike out a line of the diary written in error; it stays readable with the reason."""
    row = found(DiaryDay, entry_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="registers.strike_growing_diary")


@transaction.atomic
def rate(
    *,
    by: Actor,
    at: datetime,
    product_id: int,
    stars: int,
    decided_on: date | None = None,
    year: int | None = None,
    score: Decimal | None = None,
    decision: str = "",
    decided_by: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Rating:
    """Stars given to a product; they hold as long as law/livelihood.yaml says from the day of the decision.

    decided_on: None where only the year is told; then nobody can say when they end. score: out of 100.
    """
    row = _open(by, "product", product_id)
    today = timezone.localdate(at)
    said = {"product_id": row.key, "stars": stars, "decided_on": decided_on}
    if again := sent_before(Rating, uid, row.place_id, said):
        return again
    faults = faults_of_origin(mark, source) + policies.faults_of_text(
        decision, 60, _("Số quyết định"), "decision"
    )
    faults += policies.faults_of_text(decided_by, 200, _("Cơ quan quyết định"), "decided_by")
    faults += faults_of_day(decided_on, today, _("Ngày quyết định"), "decided_on")
    faults += _faults_of_stars(stars, score)
    told_year = decided_on.year if decided_on else year
    if told_year is None or not 2008 <= told_year <= today.year:
        faults.append(Fault(_("Hãy ghi ngày quyết định, hoặc ít nhất là năm."), "decided_on"))
    if faults:
        raise Refusal(*faults)
    more = {"mark": mark.value, "source": source.strip(), **said, "year": told_year}
    more |= {"decision": decision.strip(), "decided_by": decided_by.strip()}
    more |= {"score_hundredths": None if score is None else int(score * 100)}
    more |= {"expires": rules.last_day(decided_on) if decided_on else None}
    made = Rating.objects.create(**written(by, at, row.place_id, uid, **more))
    _event(by, at, "registers.rate_product", made, {"product": row.key, "stars": stars, "year": told_year})
    return made


@transaction.atomic
def strike_rating(*, by: Actor, at: datetime, rating_id: int, reason: str) -> None:
    """Strike out stars written in error."""
    row = found(Rating, rating_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="registers.strike_rating")


def last_step(code_id: int) -> CodeStep | None:
    return CodeStep.objects.filter(STANDING, code_id=code_id).order_by("-pk").first()


def _open(by: Actor, kind: str, record_id: int) -> Any:
    """The record, held, once the post may write about it; refused when it is closed."""
    row: Kept = newest(kind, record_id)
    check_acts_for(by, policies.KEEP, row.place_id)
    check_open(row)
    return row


def _end(row: Any, since: date | None, on: date, at: datetime) -> None:
    faults = faults_of_day(on, timezone.localdate(at), _("Ngày thôi"), "on")
    faults += faults_of_order(since, on, _("ngày vào"), _("Ngày thôi"), "on")
    if faults:
        raise Refusal(*faults)
    row.ended_on = on
    row.save(update_fields=["ended_on"])


def _faults_of_household(row: Kept, household_id: int, at: datetime) -> list[Fault]:
    """A household of the commune around: members of one producer live in several hamlets."""
    today = timezone.localdate(at)
    above = territory.ancestors(row.place_id, today)
    commune = next((each.id for each in above if each.level == "commune"), row.place_id)
    if households.stands_in(household_id, commune, today):
        return []
    return [Fault(_("Không có hộ này trong sổ hộ của xã. Hãy chọn lại hộ."), "household")]


def _faults_of_part(row: GrowingCode, standing: Any, area_m2: Decimal) -> list[Fault]:
    """Parts of households are exact and together no more than the whole."""
    if area_m2 <= 0 or area_m2 != int(area_m2):
        return [Fault(_("Diện tích của hộ phải lớn hơn 0, đến mét vuông."), "area")]
    taken = sum(standing.exclude(area_m2=None).values_list("area_m2", flat=True))
    if row.area_m2 is not None and taken + area_m2 > row.area_m2:
        return [Fault(_("Diện tích các hộ cộng lại lớn hơn diện tích của vùng. Hãy xem lại."), "area")]
    return []


def _faults_of_stars(stars: int, score: Decimal | None) -> list[Fault]:
    if not 1 <= stars <= 5:
        return [Fault(_("Số sao từ 1 đến 5."), "stars")]
    if score is None:
        return []
    if not 0 <= score <= 100 or score * 100 != int(score * 100):
        return [Fault(_("Điểm từ 0 đến 100, nhiều nhất 2 chữ số lẻ."), "score")]
    given = rules.stars_of(score)
    if given in (None, stars) and not (given is None and stars >= rules.law().stars[0].stars):
        return []
    ground = rules.law().stars_ground.ground
    return [Fault(_("Số điểm này không ứng với %(n)s sao.") % {"n": stars}, "score", clause=ground)]


def _out_of_turn(last: CodeStep | None) -> Fault:
    words = str(Move(last.move).label) if last else _("chưa có bước nào")
    sentence = _("Mã này %(state)s nên không ghi bước ấy được. Hãy xem lại các bước đã ghi.")
    return Fault(sentence % {"state": words}, "move")


def _event(by: Actor, at: datetime, deed: str, row: Recorded, detail: dict[str, Any]) -> None:
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)

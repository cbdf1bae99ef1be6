"""Deeds that close a work: acceptance, which brings its figures, handover, settlement, upkeep."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import actions as figures
from chungtay.figures.actions import Entry
from chungtay.people.policies import check_not_own
from chungtay.registers.amenities import actions as amenities
from chungtay.registers.amenities.kinds import KINDS
from chungtay.standards import queries as standards
from chungtay.works import built, funds, policies
from chungtay.works.built import Grows
from chungtay.works.models import DiaryEntry, Due, DueKind, Step, Work
from chungtay.works.planning import DOCUMENT, NAME, WORDS
from chungtay.works.states import Move
from chungtay.works.writing import for_move, last_day, signed, step
from rulebook import Mark, Measure, Period


@transaction.atomic
def accept(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    value_dong: int,
    party: str,
    document: str = "",
    grow: Collection[str] = (),
    asset_kind: str = "",
    uid: uuid.UUID | None = None,
) -> Step:
    """Accept what the diary says was built. It brings the built figures; when those are refused nothing is accepted.

    value_dong: owed to the builder from that day, not above the contract. party: who took part, by their posts. grow:
    measures of all there is that this work makes larger, as `built.grows` offers them. asset_kind: as what it stands
    in the register of amenities from that day, "" for not. Refuses whoever kept the diary.
    """
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.ACCEPT, who)
    if again is not None:
        return again
    keepers = set(DiaryEntry.objects.filter(work=work, strike=None).values_list("post_id", flat=True))
    for keeper in keepers:
        check_not_own(by, keeper)
    policies.check_has_diary(len(keepers))
    last = work.diary.filter(strike=None).order_by("-on").values_list("on", flat=True).first()
    faults = policies.required(party, _("Thành phần nghiệm thu"), "party", NAME)
    faults += policies.faults_of_words(document.strip(), DOCUMENT, _("Biên bản"), "document")
    faults += policies.faults_of_money(value_dong, _("Giá trị nghiệm thu"), "value")
    faults += policies.faults_of_day(
        on, _("Ngày nghiệm thu"), "on", today=who.today, after=last, step=_("cuối của nhật ký")
    )
    policies.check_faults(faults)
    limit = work.contract.value_dong if work.contract else 0
    policies.check_not_above(value_dong, limit, _("Giá trị nghiệm thu"), _("giá trị hợp đồng"), "value")
    done = step(work, Move.ACCEPT, on, who, document=document, party=party, amount_dong=value_dong)
    Due.objects.create(
        work=work, kind=DueKind.ACCEPTED, on=on, amount_dong=value_dong, document=document.strip()
    )
    _bring_figures(by, at, work, on, grow)
    if asset_kind:
        _enter_asset(by, at, work, done, asset_kind)
    return done


def _enter_asset(by: Actor, at: datetime, work: Work, accepted: Step, kind: str) -> None:
    """What was built stands in the register: as long as its diary says, at its spot where that makes sense."""
    length = built.lengths_of([work]).get(work.pk)
    spot = None
    if work.lat_e6 is not None and work.lon_e6 is not None:
        spot = {"type": "Point", "coordinates": [work.lon_e6 / 1e6, work.lat_e6 / 1e6]}
    amenities.add(
        by=by,
        at=at,
        place_id=work.place_id,
        kind=kind,
        name=work.name,
        geometry=spot if kind in KINDS and "Point" in KINDS[kind].shapes else None,
        attributes={"told_length": Decimal(int(length * 1000)) / 1000} if kind == "road" and length else {},
        state="working",
        since=accepted.on,
        source=f"Nghiệm thu công trình {work.number}",  # a record keeps one language
        mark=Mark.TOLD,
        uid=uuid.uuid5(accepted.uid, "asset"),
    )


def _bring_figures(by: Actor, at: datetime, work: Work, on: date, grow: Collection[str]) -> None:
    """Record what works built in the year at the place, and what grew of all there is."""
    year = Period.year(on.year)
    totals = built.totals_of_year(work.place_id, on.year)
    source = f"Nghiệm thu công trình {work.number}"  # a record keeps one language
    mark = built.mark_of_year(work.place_id, on.year)
    brought = set(built.of_work(work))
    measures = standards.measures(brought | set(grow))
    entries = [
        Entry(code, _exact(totals[code], measures[code]), year, source=source, mark=mark, field="grow")
        for code in sorted(brought)
    ]
    if grow:
        offered = {each.measure.code: each for each in built.grows(work, on)}
        entries += [_grown(code, offered, on, source, mark) for code in sorted(set(grow))]
    if entries:
        figures.record(by=by, at=at, place_id=work.place_id, entries=entries)


def _grown(code: str, offered: dict[str, Grows], on: date, source: str, mark: Mark) -> Entry:
    if code not in offered:
        raise Refusal(
            Fault(
                _("Chưa biết số trước công trình nên không cộng thêm được. Hãy nhập số liệu ấy trước."),
                "grow",
            )
        )
    each = offered[code]
    mark = built.weakest([mark, each.mark])
    return Entry(
        code, _exact(each.after, each.measure), Period.day(on), source=source, mark=mark, field="grow"
    )


def _exact(amount: Fraction, measure: Measure) -> Decimal:
    """The amount in the decimals of the measure; refused when it has more."""
    scaled = amount * 10**measure.decimals
    if scaled.denominator != 1:
        told = {"measure": measure.name.vi, "decimals": measure.decimals}
        raise Refusal(
            Fault(
                _("“%(measure)s” chỉ ghi đến %(decimals)s số lẻ, khối lượng trong nhật ký lẻ hơn.") % told,
                "grow",
            )
        )
    return Decimal(scaled.numerator).scaleb(-measure.decimals)


@transaction.atomic
def hand_over(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    party: str,
    document: str = "",
    uid: uuid.UUID | None = None,
) -> Step:
    """Hand the work over to those who use it. party: which body or post takes it."""
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.HAND_OVER, who)
    if again is not None:
        return again
    after, name = last_day(work)
    faults = policies.required(party, _("Bên nhận bàn giao"), "party", NAME)
    faults += policies.faults_of_words(document.strip(), DOCUMENT, _("Biên bản"), "document")
    faults += policies.faults_of_day(on, _("Ngày bàn giao"), "on", today=who.today, after=after, step=name)
    policies.check_faults(faults)
    return step(work, Move.HAND_OVER, on, who, document=document, party=party)


@transaction.atomic
def settle(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    value_dong: int,
    document: str,
    uid: uuid.UUID | None = None,
) -> Step:
    """Settle the accounts. value_dong: of the whole work, not above the contract nor below what was paid."""
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.SETTLE, who)
    if again is not None:
        return again
    after, name = last_day(work)
    faults = policies.required(document, _("Văn bản quyết toán"), "document", DOCUMENT)
    faults += policies.faults_of_money(value_dong, _("Giá trị quyết toán"), "value")
    faults += policies.faults_of_day(on, _("Ngày quyết toán"), "on", today=who.today, after=after, step=name)
    policies.check_faults(faults)
    limit = work.contract.value_dong if work.contract else 0
    policies.check_not_above(value_dong, limit, _("Giá trị quyết toán"), _("giá trị hợp đồng"), "value")
    paid = funds.paid_of(work)
    policies.check_not_above(paid, value_dong, _("Số đã thanh toán"), _("giá trị quyết toán"), "value")
    difference = value_dong - funds.owed_of(work)
    if difference:
        Due.objects.create(
            work=work, kind=DueKind.SETTLED, on=on, amount_dong=difference, document=document.strip()
        )
    return step(work, Move.SETTLE, on, who, document=document, amount_dong=value_dong)


@transaction.atomic
def set_upkeep(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    party: str,
    words: str,
    yearly_dong: int | None = None,
    uid: uuid.UUID | None = None,
) -> Step:
    """Say who keeps the work up and from which fund. yearly_dong: what it costs a year; None is not known."""
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.UPKEEP, who)
    if again is not None:
        return again
    after, name = last_day(work)
    faults = policies.required(party, _("Bên bảo trì"), "party", NAME)
    faults += policies.required(words, _("Quỹ bảo trì"), "words", WORDS)
    if yearly_dong is not None:
        faults += policies.faults_of_money(yearly_dong, _("Kinh phí mỗi năm"), "yearly", zero=True)
    faults += policies.faults_of_day(
        on, _("Ngày giao bảo trì"), "on", today=who.today, after=after, step=name
    )
    policies.check_faults(faults)
    return step(work, Move.UPKEEP, on, who, party=party, words=words, amount_dong=yearly_dong)

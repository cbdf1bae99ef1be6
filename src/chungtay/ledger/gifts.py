"""Receiving gifts: cash, labour, land, goods. Each gets its numbered receipt at once."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.ledger import cards, policies
from chungtay.ledger.kinds import HOURS_OF_A_DAY, LABOUR_DAY, MOST_HOURS, PIECE, SQUARE_METRE, Kind
from chungtay.ledger.models import Entry, LandGift, LandRegistered, Purpose
from chungtay.ledger.sources import Source
from chungtay.ledger.valuing import rule_for, worth
from chungtay.ledger.writing import Draft, GiftDraft, Pen, sent_before
from chungtay.people.policies import check_acts_for
from rulebook import Mark
from viet.numbers import format_number


@dataclass(frozen=True)
class Giver:
    """Who gives. name: kept encrypted. card: the secret on the household's card, of which nothing is kept but a key.

    consents: agreed to be named in public.
    """

    name: str = ""
    card: str = ""
    consents: bool = False


@dataclass(frozen=True, kw_only=True)
class Giving:
    """What every gift has. place_id: in whose book. uid: made on the phone. paper: what tells of it, if not we."""

    place_id: int
    purpose_id: int
    on: date
    source: str = Source.PEOPLE
    giver: Giver = Giver()
    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    mark: str = Mark.MEASURED
    paper: str = ""


@dataclass(frozen=True)
class LabourRow:
    """One person's hours on one day."""

    name: str
    day: date
    hours: Decimal


@dataclass(frozen=True)
class Land:
    """The land of a gift. statement: the voluntary statement in writing. co_owners: "signed", "none" or "missing"."""

    plot: str
    statement: str
    area_before: Decimal
    co_owners: str
    area_after: Decimal | None = None


@transaction.atomic
def receive_cash(
    *, by: Actor, at: datetime, giving: Giving, value_dong: int, to_account: bool = False
) -> Entry:
    """Money given, into the till or straight into the account."""
    purpose = _check(by, giving)
    moved = {"account_dong" if to_account else "cash_dong": value_dong}
    draft = _draft(giving, purpose, Kind.CASH, value_dong=value_dong, **moved)
    faults = policies.faults_of_money(value_dong, policies.MOST_GIFT)
    return _receive(by, at, giving, purpose, draft, faults)


@transaction.atomic
def receive_labour(
    *,
    by: Actor,
    at: datetime,
    giving: Giving,
    rows: Sequence[LabourRow] = (),
    days: Decimal | None = None,
) -> Entry:
    """Labour given: a roll of who worked how long on which day, or, where a paper tells only that, the days in all."""
    purpose = _check(by, giving)
    faults = _faults_of_roll(rows, giving.on, timezone.localdate(at))
    if rows:
        days = sum((row.hours for row in rows), Decimal(0)) / HOURS_OF_A_DAY
    elif days is None:
        faults.append(Fault(_("Hãy ghi ai làm, ngày nào, mấy giờ."), "rows"))
    elif not giving.paper.strip():
        faults.append(
            Fault(_("Chưa có danh sách chấm công thì hãy ghi giấy tờ nói về số công này."), "paper")
        )
    if not faults and days is not None:
        faults += policies.faults_of_quantity(days, LABOUR_DAY, LABOUR_DAY.word, "days")
    if faults or days is None:
        raise Refusal(*faults, *_faults_of(giving, purpose, at))
    scaled = LABOUR_DAY.scaled(days)
    assert scaled is not None  # faults_of_quantity refused what is finer
    draft = _valued(giving, purpose, Kind.LABOUR, scaled)
    roll = [[row.name.strip(), row.day.isoformat(), str(row.hours)] for row in rows]
    return _receive(by, at, giving, purpose, draft, [], private=roll)


@transaction.atomic
def receive_land(
    *,
    by: Actor,
    at: datetime,
    giving: Giving,
    area: Decimal,
    land: Land,
    value_dong: int | None = None,
    land_class: str = "",
) -> Entry:
    """Land given, in m². value_dong: when its paper says so; otherwise by the rule of its class, or not known yet."""
    purpose = _check(by, giving)
    faults = policies.faults_of_quantity(area, SQUARE_METRE, SQUARE_METRE.word, "area")
    faults += _faults_of_land(area, land)
    faults += _faults_of_told_value(value_dong, giving.paper)
    if faults:
        raise Refusal(*faults, *_faults_of(giving, purpose, at))
    scaled, before = SQUARE_METRE.scaled(area), SQUARE_METRE.scaled(land.area_before)
    assert scaled is not None and before is not None
    draft = _valued(giving, purpose, Kind.LAND, scaled, value_dong, land_class)
    private = {"plot": land.plot.strip(), "statement": land.statement.strip(), "before": before}
    entry = _receive(by, at, giving, purpose, draft, [], private=private)
    LandGift.objects.get_or_create(
        entry=entry,
        defaults={
            "co_owners": land.co_owners,
            "area_before": before,
            "area_after": before - scaled,
        },
    )
    return entry


@transaction.atomic
def receive_goods(
    *,
    by: Actor,
    at: datetime,
    giving: Giving,
    item: str,
    unit_word: str,
    quantity: Decimal,
    value_dong: int | None = None,
) -> Entry:
    """Goods given. value_dong: by the invoice or minutes in `giving.paper`; otherwise by the rule of "item (unit)"."""
    purpose = _check(by, giving)
    faults = policies.faults_of_text(item, "item", _("Hãy ghi hiện vật gì, ví dụ “xi măng PCB30”."), most=120)
    faults += policies.faults_of_text(
        unit_word, "unit_word", _("Hãy ghi đơn vị: bao, m³, cái, cây."), most=30
    )
    faults += policies.faults_of_quantity(quantity, PIECE, unit_word)
    faults += _faults_of_told_value(value_dong, giving.paper)
    if faults:
        raise Refusal(*faults, *_faults_of(giving, purpose, at))
    scaled = PIECE.scaled(quantity)
    assert scaled is not None
    item, unit_word = item.strip(), unit_word.strip()
    draft = _valued(giving, purpose, Kind.GOODS, scaled, value_dong, f"{item} ({unit_word})")
    return _receive(by, at, giving, purpose, draft, [], item=item, unit_word=unit_word)


@transaction.atomic
def register_land(
    *, by: Actor, at: datetime, entry_id: int, on: date, document: str, uid: uuid.UUID | None = None
) -> LandRegistered:
    """The land register was changed for a gift of land."""
    land = LandGift.objects.select_related("entry").filter(pk=entry_id).first()
    if land is None:
        raise NotFound(_("Không có khoản hiến đất này."))
    check_acts_for(by, "ledger.receive", land.entry.place_id)
    if (done := LandRegistered.objects.filter(land=land).first()) is not None:
        return done
    faults = policies.faults_of_text(document, "document", _("Hãy ghi giấy tờ chỉnh lý biến động đất đai."))
    faults += policies.faults_of_day(land.entry.place_id, on, timezone.localdate(at))
    if faults:
        raise Refusal(*faults)
    row = LandRegistered.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        land=land,
        on=on,
        document=document.strip(),
    )
    detail = {"document": row.document, "on": on.isoformat()}
    place_id = land.entry.place_id
    write_event(by=by, deed="ledger.register_land", subject=land, at=at, place_id=place_id, detail=detail)
    return row


def _check(by: Actor, giving: Giving) -> Purpose:
    check_acts_for(by, "ledger.receive", giving.place_id)
    policies.check_mark(giving.mark)
    purpose = policies.purpose_of(giving.purpose_id)
    policies.check_of_purpose(giving.place_id, purpose)
    return purpose


def _draft(giving: Giving, purpose: Purpose, kind: Kind, **more: int | None) -> Draft:
    return Draft(
        uid=giving.uid,
        purpose=purpose,
        source=giving.source,
        kind=kind,
        on=giving.on,
        year=giving.on.year,
        mark=giving.mark,
        paper=giving.paper.strip(),
        **more,  # type: ignore[arg-type]
    )


def _valued(
    giving: Giving,
    purpose: Purpose,
    kind: Kind,
    scaled: int,
    value_dong: int | None = None,
    item: str = "",
) -> Draft:
    """A gift in its native unit with its value, by paper or by the rule in force; without either it is unknown."""
    unit = {Kind.LABOUR: LABOUR_DAY, Kind.LAND: SQUARE_METRE, Kind.GOODS: PIECE}[kind]
    rule = rule_for(giving.place_id, unit, giving.on, item) if value_dong is None else None
    value = worth(rule, scaled) if rule is not None else value_dong
    return Draft(
        uid=giving.uid,
        purpose=purpose,
        source=giving.source,
        kind=kind,
        on=giving.on,
        year=giving.on.year,
        quantity=scaled,
        value_dong=value,
        unvalued=1 if value is None else 0,
        rule=rule,
        mark=giving.mark,
        paper=giving.paper.strip(),
    )


def _receive(
    by: Actor,
    at: datetime,
    giving: Giving,
    purpose: Purpose,
    draft: Draft,
    faults: list[Fault],
    *,
    item: str = "",
    unit_word: str = "",
    private: object = None,
) -> Entry:
    if (done := sent_before(giving.place_id, draft)) is not None:
        return done
    faults += _faults_of(giving, purpose, at)
    key, wrong = cards.key_of(giving.giver.card)
    faults += wrong
    if faults:
        raise Refusal(*faults)
    gift = GiftDraft(
        giver_name=giving.giver.name.strip(),
        giver_key=key,
        is_public=giving.giver.consents,
        item=item,
        unit_word=unit_word,
        private=private,
    )
    return Pen(giving.place_id, by, at).once(draft, gift, receipt=True)


def _faults_of(giving: Giving, purpose: Purpose, at: datetime) -> list[Fault]:
    faults = policies.faults_of_day(giving.place_id, giving.on, timezone.localdate(at))
    faults += policies.faults_of_giver(giving.source, purpose)
    faults += policies.faults_of_text(giving.giver.name, "giver", "", most=200)
    faults += policies.faults_of_text(giving.paper, "paper", "")
    if giving.mark != Mark.MEASURED and not giving.paper.strip():
        faults.append(Fault(_("Hãy ghi giấy tờ nói về khoản này."), "paper"))
    return faults


def _faults_of_roll(rows: Sequence[LabourRow], on: date, today: date) -> list[Fault]:
    faults: list[Fault] = []
    hours_of: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for at_row, row in enumerate(rows, 1):
        if not row.name.strip():
            faults.append(Fault(_("Thiếu tên người làm."), "rows", at_row))
        if row.hours <= 0 or row.hours * 2 % 1:
            faults.append(Fault(_("Số giờ phải lớn hơn 0 và tròn nửa giờ, ví dụ 4 hay 7,5."), "rows", at_row))
        if row.day > today or row.day > on:
            sentence = _("Ngày làm %(day)s sau ngày ghi sổ %(on)s. Hãy xem lại.")
            faults.append(
                Fault(sentence % {"day": day_words(row.day), "on": day_words(min(on, today))}, "rows", at_row)
            )
        key = row.name.strip().casefold(), row.day
        hours_of[key] += row.hours
        if hours_of[key] > MOST_HOURS:
            sentence = _(
                "%(name)s làm %(hours)s giờ trong ngày %(day)s. Một người làm nhiều nhất %(most)s giờ một ngày. "
                "Hãy xem lại, hoặc chia ra các ngày."
            )
            told = {
                "name": row.name.strip(),
                "hours": format_number(hours_of[key]),
                "day": day_words(row.day),
            }
            faults.append(Fault(sentence % (told | {"most": MOST_HOURS}), "rows", at_row))
    return faults


def _faults_of_land(area: Decimal, land: Land) -> list[Fault]:
    faults = policies.faults_of_text(land.plot, "plot", _("Hãy ghi thửa đất nào: số thửa, tờ bản đồ."))
    faults += policies.faults_of_text(
        land.statement, "statement", _("Hiến đất phải có văn bản tự nguyện. Hãy ghi văn bản nào, ngày nào.")
    )
    faults += policies.faults_of_quantity(land.area_before, SQUARE_METRE, SQUARE_METRE.word, "area_before")
    if land.co_owners not in ("signed", "none"):
        sentence = _(
            "Chưa có chữ ký đồng ý của vợ, chồng hoặc người cùng đứng tên thửa đất. Hãy lấy đủ chữ ký rồi ghi; "
            "nếu chỉ một người đứng tên, hãy chọn như vậy."
        )
        faults.append(Fault(sentence, "co_owners"))
    words = {"area": format_number(area), "before": format_number(land.area_before)}
    if area > land.area_before:
        sentence = _("Hiến %(area)s m² mà thửa đất chỉ có %(before)s m². Hãy xem lại diện tích.")
        faults.append(Fault(sentence % words, "area"))
    elif land.area_after is not None and land.area_before - area != land.area_after:
        sentence = _(
            "Thửa %(before)s m², hiến %(area)s m² thì còn %(after)s m², không phải %(typed)s m². Hãy xem lại."
        )
        after = {"after": format_number(land.area_before - area), "typed": format_number(land.area_after)}
        faults.append(Fault(sentence % (words | after), "area_after"))
    return faults


def _faults_of_told_value(value_dong: int | None, paper: str) -> list[Fault]:
    if value_dong is None:
        return []
    faults = policies.faults_of_money(value_dong, policies.MOST_GIFT)
    missing = _("Hãy ghi căn cứ của giá trị: hoá đơn, biên bản thống nhất giá.")
    return faults + policies.faults_of_text(paper, "paper", missing)

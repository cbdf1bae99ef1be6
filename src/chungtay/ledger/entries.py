"""Entries as pages show them, and receipts: by place, by post that issued them, by the card of who gave.

Names stand only in views read as a post of the place, or where the giver agreed to be named. There is no way from a
household to its gifts but the card in its own hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.ledger.cards import keys_of
from chungtay.ledger.kinds import PUBLIC_PAPERS, UNDOING, UNITS, Act, Kind
from chungtay.ledger.models import Entry, Gift, Hidden, LandGift
from chungtay.ledger.proofs.sealing import slip_of
from chungtay.ledger.reach import under, without_value
from chungtay.ledger.sources import Source
from chungtay.ledger.valuing import value_now
from chungtay.people import roles
from chungtay.people.policies import may_act_for
from chungtay.territory import queries as territory

PAGE = 50


@dataclass(frozen=True)
class EntryView:
    """One entry. value_dong: with all that came later; None while nobody knows. giver: "" where not for these eyes.

    is_erased: a name was taken out at that person's request. undone: "" or what became of it ("huỷ", "hoàn trả").
    receipt, purpose_number: "07/2026", "" for what has none.
    """

    id: int
    uid: UUID
    place_id: int
    purpose_id: int | None
    purpose: str
    purpose_number: str
    act: Act
    source: Source
    kind: Kind
    on: date
    year: int
    receipt: str
    quantity: Decimal | None
    unit: str
    item: str
    value_dong: int | None
    cash_dong: int
    account_dong: int
    mark: str
    paper: str
    reason: str
    giver: str
    is_erased: bool
    undone: str
    by: str
    at: datetime


@dataclass(frozen=True)
class EntryPage:
    """entries, newest first. after: ask with it for the next ones, None when there are none."""

    entries: tuple[EntryView, ...]
    after: int | None


@dataclass(frozen=True)
class RollRow:
    """One person's work on one day."""

    name: str
    day: date
    hours: Decimal


@dataclass(frozen=True)
class LandView:
    """Land that was given. plot, statement: "" where not for these eyes.

    registered: how the land register was changed, or "".
    """

    plot: str
    statement: str
    has_co_owners: bool
    before_m2: Decimal
    after_m2: Decimal
    registered: str


@dataclass(frozen=True)
class ReceiptView:
    """A receipt as its holder, or anybody with its address, sees it. qr: what its QR carries."""

    entry: EntryView
    place_name: str
    qr: str
    is_proven: bool


def entries(
    place_id: int,
    *,
    seen_by: Actor | None = None,
    year: int | None = None,
    source: str = "",
    kind: str = "",
    purpose_id: int | None = None,
    after: int | None = None,
) -> EntryPage:
    """The entries behind a total: of a place and all that stood below it on the entry's day, newest first."""
    rows = under(place_id)
    if year is not None:
        rows = rows.filter(year=year)
    if source:
        rows = rows.filter(source=source)
    if kind:
        rows = rows.filter(kind=kind)
    if purpose_id is not None:
        rows = rows.filter(purpose_id=purpose_id)
    return _page(rows, seen_by, after)


def entry(entry_id: int, *, seen_by: Actor | None = None) -> EntryView:
    return _views([_one(Q(pk=entry_id))], seen_by)[0]


def entry_by_uid(uid: UUID, *, seen_by: Actor | None = None) -> EntryView:
    return _views([_one(Q(uid=uid))], seen_by)[0]


def changes(entry_id: int, *, seen_by: Actor) -> tuple[EntryView, ...]:
    """What came of an entry later, oldest first: other values, and its reversal."""
    return views_of(Entry.objects.filter(of_id=entry_id).order_by("pk"), seen_by)


def openings(place_id: int, *, seen_by: Actor, after: int | None = None) -> EntryPage:
    """What was brought in from papers into the book of a place itself, newest first; no parts of told totals."""
    rows = Entry.objects.filter(place_id=place_id, act=Act.OPENING, told=None)
    return _page(rows, seen_by, after)


def unvalued(place_id: int, *, seen_by: Actor, after: int | None = None) -> EntryPage:
    """Gifts at a place and below of which nobody knows the value yet, newest first."""
    return _page(without_value(place_id), seen_by, after)


def views_of(rows: "QuerySet[Entry]", seen_by: Actor | None) -> tuple[EntryView, ...]:
    return _views(_with_all(rows), seen_by)


def roll(entry_id: int, *, seen_by: Actor) -> tuple[RollRow, ...]:
    """Who worked, for posts of that very place alone; nothing for everybody else."""
    row = Entry.objects.filter(pk=entry_id, kind=Kind.LABOUR).select_related("hidden").first()
    if row is None or not _is_of(seen_by, row.place_id):
        return ()
    told = [
        RollRow(name, date.fromisoformat(day), Decimal(hours))
        for name, day, hours in hidden(row).get("more", ())
    ]
    return tuple(sorted(told, key=lambda each: each.day))


def land(entry_id: int, *, seen_by: Actor | None = None) -> LandView | None:
    """The land of a gift of land."""
    row = LandGift.objects.select_related("entry__hidden", "registered").filter(pk=entry_id).first()
    if row is None:
        return None
    shows = seen_by is not None and _sees_names(seen_by, row.entry.place_id)
    told = hidden(row.entry).get("more", {}) if shows else {}
    registered = getattr(row, "registered", None)
    return LandView(
        told.get("plot", ""),
        told.get("statement", ""),
        row.co_owners == "signed",
        UNITS["m2"].amount(row.area_before),
        UNITS["m2"].amount(row.area_after),
        registered.document if registered is not None else "",
    )


def receipt(uid: UUID, *, seen_by: Actor | None = None) -> ReceiptView:
    """The receipt of a gift by its uid, with what its QR carries now: the promise, or the proof once sealed."""
    found = _one(Q(uid=uid, receipt__isnull=False))
    slip = slip_of(found)
    place = territory.as_of(found.place_id, found.on)
    return ReceiptView(_views([found], seen_by)[0], place.full_address, str(slip), slip.is_proof)


def receipts_of_card(card: str) -> tuple[EntryView, ...]:
    """The gifts given with a card, newest first, to whoever holds it; nothing for a wrong one."""
    keys = keys_of(card)
    if not keys:
        return ()
    rows = _with_all(Entry.objects.filter(gift__giver_key__in=keys).order_by("-pk"))[:PAGE]
    return _views(list(rows), None)


def receipts_issued(by: Actor, *, after: int | None = None) -> EntryPage:
    """The receipts a post issued, newest first: its own book."""
    if by.actor_id is None:
        return EntryPage((), None)
    rows = Entry.objects.filter(post_id=by.actor_id, receipt__isnull=False)
    return _page(rows, by, after)


def _page(rows: "QuerySet[Entry]", seen_by: Actor | None, after: int | None) -> EntryPage:
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(_with_all(rows.order_by("-pk"))[: PAGE + 1])
    return EntryPage(_views(found[:PAGE], seen_by), found[PAGE - 1].pk if len(found) > PAGE else None)


def _with_all(rows: "QuerySet[Entry]") -> "QuerySet[Entry]":
    return rows.select_related("place", "purpose", "gift", "hidden").prefetch_related("later")


def _one(wanted: Q) -> Entry:
    found = _with_all(Entry.objects.filter(wanted)).first()
    if found is None:
        raise NotFound(_("Không có biên nhận hoặc khoản này trong sổ. Hãy xem lại mã."))
    return found


def _views(rows: Iterable[Entry], seen_by: Actor | None) -> tuple[EntryView, ...]:
    found = list(rows)
    named = _places_with_names({row.place_id for row in found}, seen_by)
    return tuple(_view(row, shows_names=row.place_id in named) for row in found)


def _view(row: Entry, *, shows_names: bool) -> EntryView:
    later = list(row.later.all())
    value, _unvalued = value_now(row, later)
    gift: Gift | None = getattr(row, "gift", None)
    told = hidden(row)
    undone = next((each for each in later if each.act in UNDOING), None)
    if row.act in (*UNDOING, Act.REVALUE) or undone is not None:
        value = row.value_dong  # what it was written with
    return EntryView(
        id=row.pk,
        uid=row.uid,
        place_id=row.place_id,
        purpose_id=row.purpose_id,
        purpose=row.purpose.name if row.purpose is not None else "",
        purpose_number=row.purpose.label if row.purpose is not None else "",
        act=Act(row.act),
        source=Source(row.source),
        kind=Kind(row.kind),
        on=row.on,
        year=row.year,
        receipt=f"{row.receipt:02d}/{row.year}" if row.receipt is not None else "",
        quantity=row.unit.amount(row.quantity) if row.unit is not None and row.quantity is not None else None,
        unit=(gift.unit_word if gift is not None and gift.unit_word else "")
        or (row.unit.word if row.unit else ""),
        item=gift.item if gift is not None else "",
        value_dong=value,
        cash_dong=row.cash_dong,
        account_dong=row.account_dong,
        mark=row.mark,
        paper=row.paper if row.kind in PUBLIC_PAPERS else told.get("paper", "") if shows_names else "",
        reason=told.get("reason", "") if shows_names else "",
        giver=told.get("giver_name", "") if shows_names or (gift is not None and gift.is_public) else "",
        is_erased=_is_erased(row),
        undone=str(Act(undone.act).label) if undone is not None else "",
        by=row.by_label,
        at=row.at,
    )


def hidden(row: Entry) -> dict[str, Any]:
    """What the public file does not show of an entry; {} where there is nothing. Select "hidden" before a long walk."""
    found: Hidden | None = getattr(row, "hidden", None)
    return found.values if found is not None else {}


def _is_erased(row: Entry) -> bool:
    found: Hidden | None = getattr(row, "hidden", None)
    return found is not None and found.erased_at is not None


def _places_with_names(places: set[int], by: Actor | None) -> frozenset[int]:
    """`_sees_names` of many places. One query."""
    if by is None or not roles.permits(by.role, "ledger.receive"):
        return frozenset()
    return frozenset(places) if by.role == roles.SYSTEM else territory.contained(by.place_id, places)


def _sees_names(by: Actor, place_id: int) -> bool:
    return may_act_for(by, "ledger.receive", place_id)


def _is_of(by: Actor, place_id: int) -> bool:
    """Whether a post is one of that very place and keeps its book; an inspector sent there is not."""
    return by.role == roles.SYSTEM or (by.place_id == place_id and _sees_names(by, place_id))


def is_undone(entry_id: int) -> bool:
    """Whether an entry was reversed or refunded."""
    return Entry.objects.filter(of_id=entry_id, act__in=UNDOING).exists()

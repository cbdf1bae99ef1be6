"""How an entry comes into a place's book: position, receipt number, balances and digest, in one hold of the book's row.

Everything that writes entries goes through `Pen`. Places do not wait for one another.
"""

import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.ledger import policies
from chungtay.ledger.kinds import PUBLIC_PAPERS, Act
from chungtay.ledger.models import Book, Entry, Gift, Hidden, Purpose, ToldTotal, Uncounted, ValuationRule
from chungtay.ledger.proofs.lines import digest_of, line_of, moment, private_digest
from chungtay.territory.models import Place
from rulebook import Mark


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry about to be written; fields as in `models.Entry`."""

    uid: uuid.UUID
    source: str
    kind: str
    on: date
    year: int
    act: str = Act.RECORD
    purpose: Purpose | None = None
    of: Entry | None = None
    quantity: int | None = None
    value_dong: int | None = None
    unvalued: int = 0
    rule: ValuationRule | None = None
    cash_dong: int = 0
    account_dong: int = 0
    mark: str = Mark.MEASURED
    paper: str = ""
    told: ToldTotal | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class GiftDraft:
    """What hangs on a gift; fields as in `models.Gift`. private: what else the private digest covers."""

    giver_name: str = ""
    giver_key: str = ""
    is_public: bool = False
    item: str = ""
    unit_word: str = ""
    private: Any = None


class Pen:
    """Writes entries into one place's book. Made inside the deed's transaction, it holds the book until its end."""

    def __init__(self, place_id: int, by: Actor, at: datetime) -> None:
        Book.objects.get_or_create(place_id=place_id)
        self.book = Book.objects.select_for_update().get(place_id=place_id)
        self._place = Place.objects.get(pk=place_id)
        self._by, self._at = by, at
        self._receipts: dict[int, int] = {}

    def write(self, draft: Draft, gift: GiftDraft | None = None, *, receipt: bool = False) -> Entry:
        """One entry with its receipt number if it gets one, and its audit event."""
        hidden = _hidden(draft, gift)
        nonce = secrets.token_hex(16) if hidden else ""
        entry = Entry(
            uid=draft.uid,
            post_id=self._by.actor_id,
            by_label=self._by.label,
            at=self._at,
            place=self._place,
            position=self.book.position + 1,
            act=draft.act,
            of=draft.of,
            purpose=draft.purpose,
            source=draft.source,
            kind=draft.kind,
            on=draft.on,
            year=draft.year,
            receipt=self._next_receipt(draft.year) if receipt else None,
            quantity=draft.quantity,
            value_dong=draft.value_dong,
            unvalued=draft.unvalued,
            rule=draft.rule,
            cash_dong=draft.cash_dong,
            account_dong=draft.account_dong,
            mark=draft.mark,
            paper=draft.paper if draft.kind in PUBLIC_PAPERS or draft.act == Act.OPENING else "",
            told=draft.told,
            private=private_digest(nonce, hidden) if hidden else "",
            before=self.book.digest,
        )
        entry.digest = digest_of(line_of(members_of(entry)))
        entry.save(force_insert=True)
        if gift is not None:
            Gift.objects.create(
                entry=entry,
                giver_key=gift.giver_key,
                is_public=gift.is_public,
                item=gift.item,
                unit_word=gift.unit_word,
            )
        if hidden:
            told = json.dumps(hidden, ensure_ascii=False)
            Hidden.objects.create(entry=entry, told=told, nonce=nonce)
        Uncounted.objects.create(entry=entry)
        self.book.position, self.book.digest = entry.position, entry.digest
        self.book.cash_dong += entry.cash_dong
        self.book.account_dong += entry.account_dong
        self.book.save()
        self._tell(entry)
        return entry

    def once(self, draft: Draft, gift: GiftDraft | None = None, *, receipt: bool = False) -> Entry:
        """The same, unless it was written before: a second phone may have sent it while this one waited."""
        return sent_before(self._place.pk, draft) or self.write(draft, gift, receipt=receipt)

    def _next_receipt(self, year: int) -> int:
        if year not in self._receipts:
            given = Entry.objects.filter(place=self._place, year=year, receipt__isnull=False)
            last = given.order_by("-receipt").values_list("receipt", flat=True).first()
            self._receipts[year] = last or 0
        self._receipts[year] += 1
        return self._receipts[year]

    def _tell(self, entry: Entry) -> None:
        detail = {
            "uid": str(entry.uid),
            "kind": entry.kind,
            "source": entry.source,
            "quantity": entry.quantity,
            "value_dong": entry.value_dong,
            "receipt": entry.receipt,
            "purpose": entry.purpose_id,
            "of": entry.of_id,
        }
        deed = "ledger.receive" if entry.receipt else f"ledger.{entry.act}"
        told = {key: value for key, value in detail.items() if value not in (None, "")}
        write_event(by=self._by, deed=deed, subject=entry, at=self._at, place_id=self._place.pk, detail=told)


def sent_before(place_id: int, draft: Draft) -> Entry | None:
    """The entry written when this was sent before; None the first time. Refuses a uid that was used for another."""
    entry = Entry.objects.filter(uid=draft.uid).first()
    if entry is None:
        return None
    purpose_id = None if draft.purpose is None else draft.purpose.pk
    now = (place_id, draft.kind, draft.source, purpose_id, draft.on, draft.quantity)
    then = (entry.place_id, entry.kind, entry.source, entry.purpose_id, entry.on, entry.quantity)
    moved = (draft.cash_dong, draft.account_dong) == (entry.cash_dong, entry.account_dong)
    if now != then or not moved or (draft.quantity is None and draft.value_dong != entry.value_dong):
        raise policies.uid_of_another()
    return entry


def members_of(entry: Entry) -> dict[str, Any]:
    """An entry as the members of its line. Reads its place, purpose, rule and `of`: select them before a long walk."""
    return {
        "n": entry.position,
        "place": str(entry.place.uid),
        "uid": str(entry.uid),
        "act": str(entry.act),
        "of": None if entry.of is None else str(entry.of.uid),
        "purpose": None if entry.purpose is None else str(entry.purpose.uid),
        "source": str(entry.source),
        "kind": str(entry.kind),
        "on": entry.on.isoformat(),
        "year": entry.year,
        "receipt": entry.receipt,
        "quantity": entry.quantity,
        "value_dong": entry.value_dong,
        "unvalued": entry.unvalued,
        "rule": None if entry.rule is None else str(entry.rule.uid),
        "cash_dong": entry.cash_dong,
        "account_dong": entry.account_dong,
        "mark": str(entry.mark),
        "paper": entry.paper if entry.kind in PUBLIC_PAPERS else "",
        "at": moment(entry.at),
        "private": entry.private,
        "before": entry.before,
    }


def _hidden(draft: Draft, gift: GiftDraft | None) -> dict[str, Any]:
    """What the public file does not show of an entry; {} for nothing."""
    told: dict[str, Any] = {"reason": draft.reason}
    if draft.kind not in PUBLIC_PAPERS:
        told["paper"] = draft.paper
    if gift is not None:
        told |= {
            "giver_name": gift.giver_name,
            "giver_key": gift.giver_key,
            "is_public": gift.is_public,
            "item": gift.item,
            "unit_word": gift.unit_word,
            "more": gift.private,
        }
    return {name: each for name, each in told.items() if each}

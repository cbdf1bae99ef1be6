"""Taking a person's name out of the ledger when that person asks (Luật 91/2025/QH15). Sums, receipts and proofs stay.

The public file never held the name: it holds a digest, and the random text that kept the digest from being guessed goes
with the name. The chain and every receipt's QR are as they were.
"""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.ledger import policies
from chungtay.ledger.models import Entry, Hidden
from chungtay.ledger.proofs.lines import private_digest
from chungtay.people.policies import check_acts_for

ERASES = "ledger.reverse"


@transaction.atomic
def erase_name(*, by: Actor, at: datetime, entry_id: int, name: str, request: str) -> None:
    """Erase one person from an entry: as giver, with papers and plot, and in its roll. Cannot be undone.

    name: as it stands in the book, in whatever case. request: the paper by which it was asked; its number, not a name.
    Refused where no such name stands in the entry.
    """
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("Không có khoản này trong sổ."))
    check_acts_for(by, ERASES, entry.place_id)
    row = Hidden.objects.select_for_update().filter(entry=entry).first()
    before = row.values if row is not None else {}
    after = _without(before, _plain(name))
    faults = policies.faults_of_text(request, "request", _("Hãy ghi đơn yêu cầu nào: số, ngày."))
    if not name.strip() or before == after:
        sentence = _("Khoản này không có tên ấy. Hãy ghi đúng tên như trong sổ, hoặc mở đúng biên nhận.")
        faults.append(Fault(sentence, "name"))
    if faults:
        raise Refusal(*faults)
    assert row is not None  # there was something to take out
    row.told, row.nonce, row.erased_at = json.dumps(after, ensure_ascii=False), "", at
    row.save(update_fields=["told", "nonce", "erased_at"])
    detail = {"receipt": entry.receipt, "request": request.strip()}
    write_event(by=by, deed="ledger.erase_name", subject=entry, at=at, place_id=entry.place_id, detail=detail)


def altered_names() -> dict[int, list[int]]:
    """place → positions of entries whose names, papers or reasons are not as they were written.

    Where a name was erased on request nothing can be told any more, and nothing is.
    """
    found: dict[int, list[int]] = {}
    rows = Hidden.objects.filter(erased_at=None).select_related("entry").order_by("entry__position")
    for row in rows.iterator(chunk_size=2_000):
        if private_digest(row.nonce, row.values) != row.entry.private:
            found.setdefault(row.entry.place_id, []).append(row.entry.position)
    return found


def _without(told: dict[str, Any], name: str) -> dict[str, Any]:
    """What is left when a person is taken out. The giver's card key, amounts, days and hours name nobody."""
    left = dict(told)
    if _plain(told.get("giver_name", "")) == name:
        for each in ("giver_name", "paper", "is_public"):
            left.pop(each, None)
        if isinstance(left.get("more"), dict):
            left["more"] = {"before": left["more"]["before"]}
    if isinstance(left.get("more"), list):
        left["more"] = [["" if _plain(who) == name else who, day, hours] for who, day, hours in left["more"]]
    return left


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()

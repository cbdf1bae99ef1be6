"""The chains of audit events: sealed in batches, verified row by row.

Each place has a chain of its own, so that no single row makes the country's writers queue: deeds only add events, and
one worker seals them afterwards. A link's digest covers the event and the link before it; a seal covers the links of
its batch and the seal before it. Whoever writes down the last seal's number and digest can later prove that nothing
up to it was changed, taken out or put in between.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final

from django.db import connection, transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.append_only import growing, unguarded
from chungtay.core.jobs import job
from chungtay.core.models import AuditEvent, AuditLink, AuditSeal

BATCH: Final = 5000  # events in one seal at most
LOOK_BACK: Final = 50_000  # how many ids before the last sealed one a late commit may still stand
CHUNK: Final = 2000  # rows held in memory while verifying


def digest_of(event: AuditEvent, before: str) -> str:
    """SHA-256 over the event as JSON with sorted keys, UTC and no spaces, after the digest of the link before."""
    told = [
        event.pk,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor_label,
        event.deed,
        event.subject,
        event.place_id,
        event.detail,
        event.before,
        event.after,
        event.origin,
    ]
    plain = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(f"{before}\n{plain}".encode()).hexdigest()


@transaction.atomic
def seal(*, now: datetime, everything: bool = False) -> AuditSeal | None:
    """Seal the oldest events that no seal holds yet, `BATCH` at most; None when there are none.

    everything: look at all ids, not only at the newest, for an event that was committed very late.
    """
    last = AuditSeal.objects.select_for_update().order_by("-number").first()
    loose = AuditEvent.objects.filter(link__isnull=True).order_by("pk")
    newest = AuditLink.objects.aggregate(newest=Max("event_id"))["newest"]
    if newest and not everything:
        loose = loose.filter(pk__gt=newest - LOOK_BACK)
    events = list(loose[:BATCH])
    if not events:
        return None
    number = last.number + 1 if last else 1
    heads = _heads({event.place_id or 0 for event in events})
    links: list[AuditLink] = []
    for event in events:
        chain = event.place_id or 0
        position, before = heads.get(chain, (0, ""))
        link = AuditLink(event=event, seal_id=number, chain=chain, position=position + 1)
        link.digest = digest_of(event, before)
        heads[chain] = (link.position, link.digest)
        links.append(link)
    row = AuditSeal.objects.create(
        number=number,
        sealed_at=now,
        events=len(links),
        digest=_seal_digest(number, last.digest if last else "", (link.digest for link in links)),
    )
    AuditLink.objects.bulk_create(links, batch_size=1000)
    return row


def _heads(chains: set[int]) -> dict[int, tuple[int, str]]:
    """The last position and digest of each chain that has any."""
    end = AuditLink.objects.filter(chain=OuterRef("chain")).order_by("-position").values("position")[:1]
    last = AuditLink.objects.filter(chain__in=chains, position=Subquery(end))
    return {link.chain: (link.position, link.digest) for link in last}


def _seal_digest(number: int, before: str, links: Iterable[str]) -> str:
    covered = sha256(f"{number}\n{before}".encode())
    for digest in links:
        covered.update(digest.encode())
    return covered.hexdigest()


@job(title=gettext_lazy("Niêm phong nhật ký"), every=timedelta(minutes=1), unique=True)
def seal_new() -> None:
    """Seal what was done since the last time."""
    while seal(now=timezone.now()):
        pass


@job(title=gettext_lazy("Niêm phong các sự kiện ghi rất muộn"), daily=time(2, 0), unique=True)
def seal_late() -> None:
    """Seal also what a very long transaction committed out of turn."""
    while seal(now=timezone.now(), everything=True):
        pass


@dataclass(frozen=True)
class Verified:
    """What a verification found. problems: sentences, each naming the row; none when all is as it was sealed."""

    events: int
    seals: int
    waiting: int  # events not sealed yet
    last: str  # "number digest" of the last seal, to be written down elsewhere
    problems: tuple[str, ...]


def verify() -> Verified:
    """Walk every chain and every seal, comparing each row with what was sealed."""
    problems = [
        _("Bảng %(table)s không còn được cơ sở dữ liệu khoá chống sửa, xoá.") % {"table": table}
        for table in unguarded(connection, growing())
    ]
    problems += _broken_chains()
    problems += _broken_seals()
    last = AuditSeal.objects.order_by("-number").first()
    return Verified(
        events=AuditLink.objects.count(),
        seals=last.number if last else 0,
        waiting=AuditEvent.objects.filter(link__isnull=True).count(),
        last=f"{last.number} {last.digest}" if last else "",
        problems=tuple(problems),
    )


def _broken_chains() -> Iterator[str]:
    chain, position, before = -1, 0, ""
    for link, event in _links_with_events():
        if link.chain != chain:
            chain, position, before = link.chain, 0, ""
        if link.position != position + 1:
            yield _("Chuỗi của nơi số %(chain)s thiếu các mắt xích từ %(first)s đến %(last)s.") % {
                "chain": link.chain,
                "first": position + 1,
                "last": link.position - 1,
            }
        elif event is None:
            yield _("Sự kiện số %(id)s (nơi số %(chain)s, mắt xích %(position)s) đã bị xoá.") % {
                "id": link.event_id,
                "chain": link.chain,
                "position": link.position,
            }
        elif digest_of(event, before) != link.digest:
            yield _("Sự kiện số %(id)s (%(deed)s, %(at)s) khác với lúc niêm phong.") % {
                "id": event.pk,
                "deed": event.deed,
                "at": event.at.isoformat(timespec="seconds"),
            }
        position, before = link.position, link.digest


def _links_with_events() -> Iterator[tuple[AuditLink, AuditEvent | None]]:
    """Every link in the order of its chain, with its event if that is still there."""
    walk = AuditLink.objects.order_by("chain", "position").iterator(chunk_size=CHUNK)
    while links := list(islice(walk, CHUNK)):
        events = AuditEvent.objects.in_bulk([link.event_id for link in links])
        yield from ((link, events.get(link.event_id)) for link in links)


def _broken_seals() -> Iterator[str]:
    number, before = 0, ""
    for seal_ in AuditSeal.objects.order_by("number").iterator():
        if seal_.number != number + 1:
            yield _("Thiếu niêm phong từ số %(first)s đến số %(last)s.") % {
                "first": number + 1,
                "last": seal_.number - 1,
            }
        links = list(seal_.links.order_by("event_id").values_list("digest", flat=True))
        if len(links) != seal_.events:
            yield _("Niêm phong số %(number)s có %(held)s sự kiện, lúc niêm phong là %(told)s.") % {
                "number": seal_.number,
                "held": len(links),
                "told": seal_.events,
            }
        elif seal_.number == number + 1 and seal_.digest != _seal_digest(seal_.number, before, links):
            yield _("Niêm phong số %(number)s không khớp với các sự kiện trong đó.") % {
                "number": seal_.number
            }
        number, before = seal_.number, seal_.digest

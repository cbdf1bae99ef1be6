"""What is left to the worker: many certificates at once, and digital signatures, whose key may lie behind a network."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.jobs import enqueue, job, progress
from chungtay.people.models import Post
from chungtay.recognition.models import Certificate
from chungtay.recognition.signing import certificates, signers
from chungtay.recognition.signing.facts import Wording

BATCH = 20  # certificates between two reports of progress


@job(title=_("Cấp bằng công nhận cho nhiều nơi"), unique=True)
def issue_many(post_id: int | None, title_ids: list[int], address: str) -> None:
    """A title that has a certificate is passed over, so a second run goes on where the first ended."""
    by, done = _actor(post_id), 0
    told: list[str] = []
    for start in range(0, len(title_ids), BATCH):
        some = title_ids[start : start + BATCH]
        issued, refused = certificates.issue_many(by=by, at=timezone.now(), title_ids=some, address=address)
        if signers.is_set_up():
            for certificate_id in issued:
                certificates.sign(by=by, at=timezone.now(), certificate_id=certificate_id)
        told += [why for _title, why in refused]
        done += len(some)
        progress.set(done, len(title_ids), told[-1] if told else "")


@job(title=_("Ký số bằng công nhận"), unique=True)
def sign_certificate(post_id: int | None, certificate_id: int) -> None:
    certificates.sign(by=_actor(post_id), at=timezone.now(), certificate_id=certificate_id)


@transaction.atomic
def issue(
    *,
    by: Actor,
    at: datetime,
    title_id: int,
    address: str,
    wording: Wording | None = None,
    reason: str = "",
    uid: uuid.UUID | None = None,
) -> Certificate:
    """As `certificates.issue`, and ask for the digital signature where the site has a signer."""
    row = certificates.issue(
        by=by, at=at, title_id=title_id, address=address, wording=wording, reason=reason, uid=uid
    )
    if signers.is_set_up():
        enqueue(sign_certificate, by=by, post_id=by.actor_id, certificate_id=row.pk)
    return row


@transaction.atomic
def ask_for_many(*, by: Actor, title_ids: Sequence[int], address: str) -> int:
    """Ask for the certificates of many titles; the job's id. Who may is asked for each when its turn comes."""
    return enqueue(issue_many, by=by, post_id=by.actor_id, title_ids=list(title_ids), address=address)


def _actor(post_id: int | None) -> Actor:
    return SystemActor() if post_id is None else Post.objects.get(pk=post_id)

"""The whole file of a dossier made by the worker, and kept a day for the post that asked: what one may see in it,
another may not."""

from datetime import timedelta
from io import BytesIO
from typing import BinaryIO, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chungtay.core.actors import Actor
from chungtay.core.jobs import enqueue, job, progress
from chungtay.core.jobs import queries as jobs
from chungtay.core.jobs.queries import JobView
from chungtay.evidence import storing
from chungtay.people.models import Post
from chungtay.recognition.dossiers import cases, generating, policies
from chungtay.recognition.dossiers.cases import Case

KEPT: Final = timedelta(days=1)
_FOLDER: Final = "whole-files"


@job(title=gettext_lazy("Đóng cả bộ hồ sơ công nhận thành một tệp"), unique=True)
def bind(dossier_id: int, post_id: int) -> None:
    """Made anew each time, so a second run does no harm. What was kept longer than a day goes."""
    by = Post.objects.get(pk=post_id)
    content = generating.whole_file(
        dossier_id, timezone.localdate(), seen_by=by, say=lambda done, all_: progress.set(done, all_, "")
    )
    _sweep()
    name = _name(cases.read(dossier_id), post_id)
    storing.storage().delete(name)
    storing.put(name, BytesIO(content), len(content))


@transaction.atomic
def ask(*, by: Actor, dossier_id: int) -> int:
    """Ask the worker for the whole file; the job's id. NotFound for whom the dossier is not."""
    policies.check_sees(by, cases.read(dossier_id))
    return enqueue(bind, by=by, dossier_id=dossier_id, post_id=by.actor_id)


def asked(dossier_id: int, *, by: Actor) -> JobView | None:
    """How far the worker is with what this post asked for last; None when it asked for nothing."""
    return jobs.newest(bind, dossier_id=dossier_id, post_id=by.actor_id)


def kept(dossier_id: int, *, seen_by: Actor) -> BinaryIO | None:
    """What the worker made for this post within a day. NotFound for whom the dossier is not."""
    case = cases.read(dossier_id)
    policies.check_sees(seen_by, case)
    name, held = _name(case, seen_by.actor_id), storing.storage()
    if not held.exists(name) or held.get_modified_time(name) < timezone.now() - KEPT:
        return None
    return held.open(name, "rb")  # type: ignore[return-value]


def _name(case: Case, post_id: int | None) -> str:
    return f"{_FOLDER}/{case.row.uid}-{post_id}.pdf"


def _sweep() -> None:
    held = storing.storage()
    try:
        names = held.listdir(_FOLDER)[1]
    except FileNotFoundError:  # nothing was ever made
        return
    for each in names:
        if held.get_modified_time(f"{_FOLDER}/{each}") < timezone.now() - KEPT:
            held.delete(f"{_FOLDER}/{each}")

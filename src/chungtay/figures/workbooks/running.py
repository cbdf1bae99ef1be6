"""A small workbook is tried and written while the page waits, a large one by a background job with progress."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.jobs import enqueue, job
from chungtay.core.refusals import Refusal
from chungtay.figures.workbooks import actions, queries
from chungtay.figures.workbooks.models import ImportState, WorkbookImport
from chungtay.people.models import Post

SMALL = 200_000  # bytes of a file that is read at once: some ten thousand cells


@job(title=_("Đọc thử sổ số liệu"), unique=True)
def try_workbook(import_id: int) -> None:
    row = queries.row(import_id)
    actions.look(by=_actor(row), at=timezone.now(), import_id=import_id)


@job(title=_("Ghi số liệu từ sổ"), unique=True)
def write_workbook(import_id: int, over: bool) -> None:
    """What it refuses is kept with the import, and the file can be tried again."""
    row = queries.row(import_id)
    try:
        actions.put(by=_actor(row), at=timezone.now(), import_id=import_id, over=over)
    except Refusal as refused:
        faults = [str(fault) for fault in refused.faults]
        WorkbookImport.objects.filter(pk=import_id, state=ImportState.WRITING).update(
            state=ImportState.REFUSED, faults=faults
        )
        raise


def send_and_look(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    name: str,
    data: bytes,
    uid: UUID,
    foreign: dict[str, Any] | None = None,
) -> int:
    """Keep a file and try it, now or by a job. Returns the import's id."""
    with transaction.atomic():
        import_id = actions.send(
            by=by, at=at, place_id=place_id, name=name, data=data, uid=uid, foreign=foreign
        )
        if len(data) > SMALL:
            _ask(import_id, enqueue(try_workbook, by=by, import_id=import_id))
    if len(data) <= SMALL:
        actions.look(by=by, at=at, import_id=import_id)
    return import_id


def look_again(*, by: Actor, at: datetime, import_id: int) -> None:
    """Try a kept file once more, against what is on record now."""
    row = queries.row(import_id)
    if len(row.content) <= SMALL:
        return actions.look(by=by, at=at, import_id=import_id)
    with transaction.atomic():
        WorkbookImport.objects.filter(pk=import_id).exclude(state=ImportState.WRITTEN).update(
            state=ImportState.WAITING
        )
        _ask(import_id, enqueue(try_workbook, by=by, import_id=import_id))
    return None


def put_in(*, by: Actor, at: datetime, import_id: int, over: bool) -> int | None:
    """Write a tried file, now or by a job. How many figures were new or changed; None while a job does it."""
    row = queries.row(import_id)
    if len(row.content) <= SMALL:
        return actions.put(by=by, at=at, import_id=import_id, over=over)
    with transaction.atomic():
        row = queries.row(import_id, held=True)
        actions.check_ready(by, row, over=over)
        if row.state == ImportState.LOOKED:
            WorkbookImport.objects.filter(pk=import_id).update(
                state=ImportState.WRITING, post_id=by.actor_id, by_label=by.label
            )
            _ask(import_id, enqueue(write_workbook, by=by, import_id=import_id, over=over))
    return None


def _ask(import_id: int, job_id: int) -> None:
    WorkbookImport.objects.filter(pk=import_id).update(job=job_id)


def _actor(row: WorkbookImport) -> Actor:
    """The post that asked, with the rights it holds now."""
    return Post.objects.get(pk=row.post_id) if row.post_id is not None else SystemActor(label=row.by_label)

"""A short sheet is tried and written while the page waits, a long one by a background job with progress."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.jobs import enqueue, job
from chungtay.core.refusals import Refusal
from chungtay.firstday import actions, queries
from chungtay.firstday.models import Intake, Step
from chungtay.people.models import Post

SHORT = 100  # rows tried and written at once


@job(title=_("Đọc thử hồ sơ ngày đầu"), unique=True)
def try_sheet(intake_id: int) -> None:
    row = queries.row(intake_id)
    actions.look(by=_actor(row), at=timezone.now(), intake_id=intake_id)


@job(title=_("Ghi hồ sơ ngày đầu"), unique=True)
def write_sheet(intake_id: int) -> None:
    """What it refuses is kept with the sheet, which can be tried again."""
    row = queries.row(intake_id)
    try:
        actions.put(by=_actor(row), at=timezone.now(), intake_id=intake_id)
    except Refusal as refused:
        faults = [str(fault) for fault in refused.faults]
        Intake.objects.filter(pk=intake_id, state=Step.WRITING).update(state=Step.FAILED, faults=faults)
        raise


def send_and_look(
    *, by: Actor, at: datetime, place_id: int, kind: str, name: str, data: bytes, uid: UUID
) -> int:
    """Keep a sheet and try it, now or by a job. Returns its id."""
    with transaction.atomic():
        intake_id = actions.send(by=by, at=at, place_id=place_id, kind=kind, name=name, data=data, uid=uid)
        row = queries.row(intake_id)
        if row.rows > SHORT and row.state == Step.WAITING:
            _ask(intake_id, enqueue(try_sheet, by=by, intake_id=intake_id))
    if row.rows <= SHORT and row.state == Step.WAITING:
        actions.look(by=by, at=at, intake_id=intake_id)
    return intake_id


def look_again(*, by: Actor, at: datetime, intake_id: int) -> None:
    """Try a kept sheet once more, against what is on record now."""
    if queries.row(intake_id).rows <= SHORT:
        return actions.look(by=by, at=at, intake_id=intake_id)
    with transaction.atomic():
        kept = Intake.objects.filter(pk=intake_id).exclude(state__in=(Step.WRITING, Step.WRITTEN))
        if kept.update(state=Step.WAITING):
            _ask(intake_id, enqueue(try_sheet, by=by, intake_id=intake_id))
    return None


def put_in(*, by: Actor, at: datetime, intake_id: int) -> int | None:
    """Write a tried sheet, now or by a job. How many records were new; None while a job does it."""
    if queries.row(intake_id).rows <= SHORT:
        return actions.put(by=by, at=at, intake_id=intake_id)
    with transaction.atomic():
        row = queries.row(intake_id, held=True)
        actions.check_ready(by, row)
        if row.state == Step.TRIED:
            Intake.objects.filter(pk=intake_id).update(
                state=Step.WRITING, post_id=by.actor_id, by_label=by.label
            )
            _ask(intake_id, enqueue(write_sheet, by=by, intake_id=intake_id))
    return None


def _ask(intake_id: int, job_id: int) -> None:
    Intake.objects.filter(pk=intake_id).update(job=job_id)


def _actor(row: Intake) -> Actor:
    """The post that asked, with the rights it holds now."""
    return Post.objects.get(pk=row.post_id) if row.post_id is not None else SystemActor(label=row.by_label)

"""Background jobs: what runs and how far, what failed and why. Not named `jobs`: the worker imports those."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.core.jobs import actions, queries
from chungtay.core.jobs.queries import JobBoard
from chungtay.office.answers import Visit, for_posts, refusal_of
from chungtay.people.policies import check_acts_for, check_found, reaches
from chungtay.people.roles import permits


@for_posts
def jobs(visit: Visit) -> HttpResponse:
    """The page; to htmx, which asks again every few seconds, its moving part alone."""
    check_acts_for(visit.by, "core.see_jobs", visit.by.place_id)
    board, reached = _reached(visit, queries.board())
    open_ones = _open_to(visit, board, reached)
    shut = next((each for each in board.failed if each.id not in open_ones), None)
    context = {
        "board": board,
        "open": open_ones,
        "refusal": shut and refusal_of(partial(check_acts_for, visit.by, actions.PERMISSION, shut.place_id)),
    }
    is_part = "HX-Request" in visit.request.headers
    return visit.page("office/jobs_board.html" if is_part else "office/jobs.html", context)


_LISTS = ("running", "waiting", "failed", "scheduled", "finished")


def _reached(visit: Visit, board: JobBoard) -> tuple[JobBoard, set[int | None]]:
    """The board without the jobs of places out of this post's reach, and the places in it; those of none all see."""
    places = {job.place_id for name in _LISTS for job in getattr(board, name)}
    reached = {place for place in places if reaches(visit.by, place)}
    seen = reached | {None}
    kept: dict[str, Any] = {
        name: tuple(job for job in getattr(board, name) if job.place_id in seen) for name in _LISTS
    }
    return replace(board, **kept), reached


def _check_seen(visit: Visit, job_id: int) -> None:
    """The job of a place out of reach is as if it were not there."""
    job = queries.job_of(job_id)
    if job is not None and job.place_id is not None:
        check_found(visit.by, "core.see_jobs", job.place_id)


def _open_to(visit: Visit, board: JobBoard, reached: set[int | None]) -> frozenset[int]:
    """The jobs this post may run again or call off."""
    if not permits(visit.by.role, actions.PERMISSION):
        return frozenset()
    shown = [*board.running, *board.waiting, *board.failed, *board.scheduled]
    return frozenset(each.id for each in shown if each.place_id in reached)


@require_POST
@for_posts
def retry(visit: Visit, job_id: int) -> HttpResponse:
    _check_seen(visit, job_id)
    actions.retry(job_id=job_id, by=visit.by, at=visit.now)
    messages.success(visit.request, _("Việc sẽ được chạy lại ngay khi đến lượt."))
    return redirect("office:jobs")


@require_POST
@for_posts
def cancel(visit: Visit, job_id: int) -> HttpResponse:
    _check_seen(visit, job_id)
    actions.cancel(job_id=job_id, by=visit.by, at=visit.now)
    messages.success(visit.request, _("Đã huỷ việc này."))
    return redirect("office:jobs")

"""Background jobs: what runs and how far, what failed and why. Not named `jobs`: the worker imports those."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.core.jobs import actions, queries
from chungtay.core.jobs.queries import JobBoard
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.people.policies import check_acts_for, may_act_for


@for_officers
def jobs(visit: Visit) -> HttpResponse:
    """The page; to htmx, which asks again every few seconds, its moving part alone."""
    check_acts_for(visit.by, "core.see_jobs", visit.by.place_id)
    board = queries.board()
    open_ones = _open_to(visit, board)
    shut = next((each for each in board.failed if each.id not in open_ones), None)
    context = {
        "board": board,
        "open": open_ones,
        "refusal": shut and refusal_of(partial(check_acts_for, visit.by, actions.PERMISSION, shut.place_id)),
    }
    is_part = "HX-Request" in visit.request.headers
    return visit.page("office/jobs_board.html" if is_part else "office/jobs.html", context)


def _open_to(visit: Visit, board: JobBoard) -> frozenset[int]:
    """The jobs this post may run again or call off."""
    shown = [*board.running, *board.waiting, *board.failed, *board.scheduled]
    places = {each.place_id for each in shown}
    reached = {place for place in places if may_act_for(visit.by, actions.PERMISSION, place)}
    return frozenset(each.id for each in shown if each.place_id in reached)


@require_POST
@for_officers
def retry(visit: Visit, job_id: int) -> HttpResponse:
    actions.retry(job_id=job_id, by=visit.by, at=visit.now)
    messages.success(visit.request, _("Việc sẽ được chạy lại ngay khi đến lượt."))
    return redirect("office:jobs")


@require_POST
@for_officers
def cancel(visit: Visit, job_id: int) -> HttpResponse:
    actions.cancel(job_id=job_id, by=visit.by, at=visit.now)
    messages.success(visit.request, _("Đã huỷ việc này."))
    return redirect("office:jobs")

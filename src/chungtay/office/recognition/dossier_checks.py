"""Criterion by criterion: what is claimed, measured and found by each office, and the form in which one says so."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.recognition.framing import framed, standing_of
from chungtay.recognition.dossiers import actions, queries
from chungtay.recognition.dossiers.queries import StandingView, StepView
from chungtay.standards import queries as standards
from rulebook.standings import Standing
from viet.dates import DateProblem, format_day, parse_day


@for_officers
def criteria(visit: Visit, dossier_id: int) -> HttpResponse:
    """Every criterion with all that is said of it."""
    view = standing_of(visit, dossier_id)
    rows = queries.by_criterion(dossier_id, on=visit.today)
    steps = {each.step.code: each.name for each in view.steps}
    asked = next((each for each in view.steps if each.step.code == visit.request.GET.get("sau")), None)
    context = framed(visit, view) | {
        "rows": [
            (
                row,
                queries.VERDICTS[row.claimed.verdict] if row.claimed else "",
                [
                    (each, queries.VERDICTS[each.verdict], steps.get(each.step, ""), queries.WAYS[each.way])
                    for each in row.found
                ],
            )
            for row in rows
        ],
        "sectors": standards.sectors(visit.language),
        "after": asked,
        "conclude": _conclude(visit, view, asked) if asked else "",
        "contested": sum(row.contested for row in rows),
        "unseen": sum(not row.found for row in rows),
    }
    return visit.page("office/recognition/dossier_criteria.html", context)


@for_officers
def check(visit: Visit, dossier_id: int, step: str) -> HttpResponse:
    """What an office found of its criteria, all on one page."""
    view = standing_of(visit, dossier_id)
    meant = next((each for each in view.steps if each.step.code == step), None)
    if meant is None:
        raise NotFound(_("Quy trình không có bước này. Hãy mở lại hồ sơ."))
    sent = visit.request.POST
    part = (sent or visit.request.GET).get("part", "")
    if part not in meant.parts:
        part = visit.by.sector if visit.by.sector in meant.parts else next(iter(meant.parts), "")
    faults: Sequence[Fault] = ()
    own = queries.criteria_of(dossier_id, on=visit.today, part=part)
    if visit.request.method == "POST":
        try:
            on = parse_day(sent.get("on", ""))
            checks = [
                actions.Check(
                    number,
                    sent.get(f"verdict-{number}", ""),
                    sent.get(f"reason-{number}", ""),
                    sent.get(f"way-{number}", "desk"),
                )
                for number in own
                if sent.get(f"verdict-{number}")
            ]
            if not checks:
                raise Refusal(Fault(_("Chưa ghi kết quả của tiêu chí nào."), "checks"))
            actions.check_criteria(
                by=visit.by, at=visit.now, dossier_id=dossier_id, step=step, on=on, checks=checks, part=part
            )
        except DateProblem as problem:
            faults = (Fault(problem_words(problem), "on"),)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi kết quả từng tiêu chí."))
            return redirect(f"{reverse('office:dossier_criteria', args=[dossier_id])}?sau={meant.step.code}")
    named = standards.sectors(visit.language)
    before = _before(visit, dossier_id, step, part)
    context = framed(visit, view) | {
        "meant": meant,
        "part": part,
        "parts": [(code, named.get(code, code)) for code in meant.parts],
        "part_name": named.get(part, part),
        "conclude": _conclude(visit, view, meant),
        "rows": [
            _typed(number, name, before.get(number, ("", "", "desk")), visit, faults)
            for number, name in own.items()
        ],
        "verdicts": [("", "–"), *queries.VERDICTS.items()],
        "ways": list(queries.WAYS.items()),
        "on": sent.get("on") or format_day(visit.today),
        "faults": faults,
        "refusal": view.place_ended,
    }
    return visit.page("office/recognition/dossier_check.html", context, 422 if faults else 200)


def _conclude(visit: Visit, view: StandingView, meant: StepView) -> str:
    """The form that concludes the step, "" where it is shut."""
    if meant.state.standing not in (Standing.OPEN, Standing.FAILED):
        return ""
    return reverse("office:dossier_step", args=[view.row.id, meant.step.code])


def _typed(
    number: str, name: str, before: tuple[str, str, str], visit: Visit, faults: Sequence[Fault]
) -> dict[str, Any]:
    """A row of the form: what was typed, else what this office said before."""
    sent = visit.request.POST
    verdict, reason, way = before
    return {
        "number": number,
        "name": name,
        "verdict": sent.get(f"verdict-{number}", verdict),
        "reason": sent.get(f"reason-{number}", reason),
        "way": sent.get(f"way-{number}", way),
        "errors": [str(each) for each in faults if each.field == f"criterion-{number}"],
    }


def _before(visit: Visit, dossier_id: int, step: str, part: str) -> dict[str, tuple[str, str, str]]:
    """What this office said before, to be mended."""
    told: dict[str, tuple[str, str, str]] = {}
    for row in queries.by_criterion(dossier_id, on=visit.today):
        for each in [*row.found, *([row.claimed] if row.claimed else [])]:
            if (each.step, each.part) == (step, part):
                told[row.number] = (each.verdict, each.reason, each.way)
    return told

"""Screens about verdicts: the page of a criterion, why a verdict is so, one figure's history, frozen assessments."""

import uuid

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound, Refusal
from chungtay.evidence import queries as evidence
from chungtay.figures import actions
from chungtay.figures import queries as figures
from chungtay.figures.grading import grade_of_figure
from chungtay.figures.queries import Judged
from chungtay.office import present, sheets
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.charting import history_charts
from chungtay.office.questions import address_of
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import SEX_NAMES, Criterion, Facts, Finding, show_value
from rulebook.printing import counts_sentence


def judged_on(visit: Visit, place_id: int, code: str) -> Judged:
    """The place judged on the day asked for, today when none is."""
    version = visit.request.GET.get("luat", "")
    return figures.judge_place(place_id, code, on=visit.judging_day() or visit.today, version=version)


def criterion_of(judged: Judged, number: str) -> Criterion:
    try:
        return judged.standard.criterion(number)
    except KeyError:
        raise NotFound(_("Bộ tiêu chí này không có tiêu chí “%(number)s”.") % {"number": number}) from None


@for_officers
def why(visit: Visit, place_id: int, code: str, indicator: str = "") -> HttpResponse:
    """Why the verdict is so: the whole standard, or one indicator, as a readable tree."""
    judged = judged_on(visit, place_id, code)
    finding: Finding = judged.finding
    number = ""
    if indicator:
        try:
            finding = judged.finding.indicator(indicator)
        except StopIteration:
            raise NotFound(_("Bộ tiêu chí này không có chỉ tiêu “%(code)s”.") % {"code": indicator}) from None
        owners = [each.code for each in judged.finding.criteria if finding in each.indicators]
        number = owners[0] if owners else ""
    needs = [
        need for cure in judged.cures for need in cure.needs if not indicator or need.indicator == indicator
    ]
    return visit.page(
        "office/why.html",
        {
            "judged": judged,
            "above": territory.ancestors(place_id, judged.on),
            "finding": finding,
            "indicator": indicator,
            "number": number,
            "rule": address_of(judged, indicator),
            "tree": present.trace(finding, judged, visit.language),
            "turns": [
                {"what": need.what.in_(visit.language), "gap": need.gap_text.in_(visit.language)}
                for need in needs
            ]
            if indicator
            else [],
        },
    )


@for_officers
def sheet(visit: Visit, place_id: int, code: str) -> HttpResponse:
    """What stands on the board, criterion by criterion and indicator by indicator, as CSV."""
    judged = judged_on(visit, place_id, code)
    name = f"{code}-{judged.place.id}-{judged.on.isoformat()}"
    return sheets.as_csv(escape(name), sheets.assessment_rows(judged, visit.language))


@for_officers
def figure_history(visit: Visit, place_id: int, measure: str) -> HttpResponse:
    """One figure's whole life at a place: every row ever recorded, corrections before what they correct."""
    definition = standards.measure(measure)
    place = territory.latest(place_id)
    rows = figures.history(place_id, measure)
    current = [row for row in reversed(rows) if row.superseded_by is None]
    files = evidence.documented(("figure", str(row.uid)) for row in current)
    charts = history_charts(
        [definition], {measure: sorted(current, key=lambda row: row.period)}, {}, visit.language
    )
    return visit.page(
        "office/figure_history.html",
        {
            "place": place,
            "above": territory.ancestors(place_id, visit.day() or day_in_life(place, visit.today)),
            "name": definition.name.in_(visit.language),
            "charts": charts,
            "rows": [
                {
                    "row": row,
                    "period": present.period_words(row.period),
                    "value": show_value(row.value, definition, visit.language),
                    "part": SEX_NAMES[row.part].in_(visit.language),
                    "mark": row.mark.value,
                    "grade": None
                    if row.superseded_by
                    else grade_of_figure(row.state, files.get(("figure", str(row.uid)), 0)),
                }
                for row in rows
            ],
        },
    )


@for_officers
def freeze(visit: Visit, place_id: int, code: str) -> HttpResponse:
    """Freeze an assessment as it stands on the day looked at."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    sent = visit.request.POST
    try:
        row = actions.freeze_assessment(
            by=visit.by,
            at=visit.now,
            place_id=place_id,
            standard_code=code,
            figures_on=visit.day() or visit.today,
            purpose=sent.get("purpose", ""),
            version=sent.get("luat", ""),
            uid=uuid.UUID(sent["uid"]) if sent.get("uid") else None,
        )
    except ValueError:
        raise Refusal(_("Mã gửi không đúng dạng. Hãy mở lại trang và thử lại.")) from None
    return redirect("office:assessment", assessment_id=row.pk)


@for_officers
def assessment(visit: Visit, assessment_id: int) -> HttpResponse:
    """A frozen assessment, read from what was frozen and nothing else."""
    frozen = figures.assessment(assessment_id)
    standard = standards.by_id(frozen.version.id)
    place = territory.as_of(frozen.place_id, frozen.figures_on)
    judged = Judged(
        place=place,
        version=frozen.version,
        standard=standard.standard,
        book=standard.book,
        on=frozen.figures_on,
        facts=Facts(),
        finding=frozen.finding,
    )
    return visit.page(
        "office/assessment.html",
        {
            "frozen": frozen,
            "judged": judged,
            "above": territory.ancestors(frozen.place_id, frozen.figures_on),
            "standing": counts_sentence(frozen.counts, frozen.stated).in_(visit.language),
            "tree": present.trace(frozen.finding, judged, visit.language),
            "finding": frozen.finding,
        },
    )

"""Why a criterion stands as it does at a place: the rule in the decree's words, the value, the source, the clause."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.figures import queries as figures
from chungtay.figures.judgements import Judged
from chungtay.portal import places_present as present
from chungtay.portal.laws import Editions
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.public import places
from chungtay.ui import findings
from chungtay.ui.charts import figure as drawn
from chungtay.ui.charts import history_chart, history_table
from rulebook import SEX_NAMES, Finding, Kind, as_fraction


@for_all
def criterion(reader: Reader, place_id: int, code: str, number: str) -> HttpResponse:
    """One criterion, or one thing that must hold before all of them."""
    around = places.surroundings(place_id, reader.today)
    known = Editions.of(code, reader.today)
    day = places.judging_day(around, reader.today)
    judged = figures.judge_place(around.place, code, on=day, among=known.views)
    finding = _finding(judged, number)
    needs = [need for cure in judged.cures if cure.code == number for need in cure.needs]
    numbers = [each.code for each in judged.finding.criteria]
    at = numbers.index(number) if number in numbers else -1
    name, tree = finding.label.in_(reader.language), findings.trace(finding, reader.language)
    context: dict[str, Any] = {
        "place": around.latest,
        "crumbs": present.crumbs(
            around.above, (around.latest.full_name, present.place_href(place_id)), (f"{number}. {name}", "")
        ),
        "judged": judged,
        "finding": finding,
        "name": name,
        "number": number,
        "beside": present.across_href(around.parent.id, code, number)
        if around.parent and finding.kind == "criterion"
        else "",
        "law_href": known.criterion_href(judged.version, number),
        "clause": findings.clause_words(finding, reader.language),
        "stated": findings.stated_words(finding, reader.language),
        "tree": tree["children"] or tree,
        "turns": [
            {"what": need.what.in_(reader.language), "gap": need.gap_text.in_(reader.language)}
            for need in needs
        ],
        "charts": _charts(judged, number, reader.language),
        "before": _beside(judged, numbers[at - 1], reader) if at > 0 else None,
        "after": _beside(judged, numbers[at + 1], reader) if 0 <= at < len(numbers) - 1 else None,
    }
    return reader.page("portal/criterion.html", context)


def _finding(judged: Judged, number: str) -> Finding:
    for each in judged.finding.children:
        if each.code == number:
            return each
    raise NotFound(_("Bộ tiêu chí này không có tiêu chí “%(number)s”.") % {"number": number[:20]})


def _beside(judged: Judged, number: str, reader: Reader) -> dict[str, str]:
    label = judged.finding.criterion(number).label.in_(reader.language)
    return {"name": f"{number}. {label}", "href": present.criterion_href(judged, number)}


def _charts(judged: Judged, number: str, language: str) -> list[Any]:
    """Each figure of the criterion over time, where there is something to compare: two figures, or a moving mark."""
    asked = next((each for each in judged.standard.criteria if each.number == number), None)
    measures = {one.code: one for each in (asked.indicators if asked else ()) for one in each.measures}
    if not measures:
        return []
    known, steps = figures.histories(judged.place.id, measures), figures.threshold_steps(judged)
    drawings = []
    for measure in measures.values():
        if measure.kind in (Kind.FLAG, Kind.GRADE):
            continue
        for part in measure.parts:
            points = [
                (row.period.end, as_fraction(row.value))
                for row in known.get(measure.code, ())
                if row.part == part and not isinstance(row.value, bool | str)
            ]
            moves = steps.get((measure.code, part), [])
            if len(points) < 2 and len(moves) < 2:
                continue
            name = " ".join((measure.name.in_(language), SEX_NAMES[part].in_(language))).strip()
            unit = measure.unit.in_(language)
            chart = history_chart(points, moves, unit, name)
            drawings.append(drawn(name, chart, history_table(points, moves, unit, name)))
    return drawings

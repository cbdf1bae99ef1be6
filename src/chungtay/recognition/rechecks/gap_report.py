"""The gap report: what was claimed against what was found, counted, no person in it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Subquery
from django.utils.translation import gettext as _

from chungtay.community.scope import scope
from chungtay.recognition.rechecks import wording
from chungtay.recognition.rechecks.models import Outcome, RecheckForm, RecheckSample
from chungtay.recognition.rechecks.queries import put_right, standard_names
from chungtay.recognition.rechecks.scoring import newest_now, numbers
from chungtay.recognition.rechecks.views import Gap, Gaps
from chungtay.territory import queries as territory


def years(place_id: int) -> list[int]:
    """The years of which samples of a place or below were fixed, the latest first."""
    ends = RecheckSample.objects.filter(scope(place_id)).values_list("end__year", flat=True)
    return sorted(set(ends), reverse=True)


def gaps(place_id: int, *, year: int = 0) -> Gaps:
    """What was claimed against what was found at and below a place, counted; whoever reads. A fixed number of queries.

    By criterion, by level of office, by the place the claim was made for.
    """
    mine = RecheckSample.objects.filter(scope(place_id))
    drawn_of = RecheckForm.objects.filter(scope(place_id))
    if year:
        mine, drawn_of = mine.filter(end__year=year), drawn_of.filter(sample__end__year=year)
    rows = list(
        drawn_of.annotate(
            outcome=Subquery(newest_now().values("outcome")[:1]),
            changes=Subquery(newest_now().values("changes")[:1]),
        ).values_list(
            "ref", "standard_code", "criterion", "criterion_name", "office", "place_id", "outcome", "changes"
        )
    )
    gone = put_right({row[0] for row in rows if row[6] == Outcome.MISMATCH})
    names = territory.names_of({row[5] for row in rows})
    titles = standard_names() if rows else {}
    criteria: dict[str, list[Any]] = {}
    offices: dict[str, list[Any]] = {}
    places: dict[str, list[Any]] = {}
    for row in rows:
        label = (
            f"{row[2]}. {row[3]} ({titles.get(row[1], row[1])})"
            if row[2]
            else _("không tiêu chí nào hỏi đến")
        )
        criteria.setdefault(label, []).append(row)
        offices.setdefault(wording.office_words(row[4]), []).append(row)
        places.setdefault(names[row[5]], []).append(row)
    ends = mine.aggregate(all=Count("pk"), aside=Count("pk", filter=Q(drawing__reason__gt="")))
    return Gaps(
        _gap("", rows, gone),
        _lines(criteria, gone),
        _lines(offices, gone),
        _lines(places, gone),
        ends["all"],
        ends["aside"],
    )


def _lines(groups: Mapping[str, list[Any]], gone: frozenset[UUID]) -> tuple[Gap, ...]:
    found = [_gap(label, rows, gone) for label, rows in groups.items()]
    return tuple(sorted(found, key=lambda gap: (-gap.mismatched, gap.label)))


def _gap(label: str, rows: Sequence[Any], gone: frozenset[UUID]) -> Gap:
    counts: dict[str | None, int] = {}
    for row in rows:
        counts[row[6]] = counts.get(row[6], 0) + 1
    wrong = [row for row in rows if row[6] == Outcome.MISMATCH]
    return Gap(
        *numbers(counts),
        label=label,
        changing=sum(bool(row[7]) for row in wrong),
        corrected=sum(row[0] in gone for row in wrong),
    )

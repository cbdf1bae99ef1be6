"""A place and a standard → the workbook in which its figures, or those of the places below, are filled in."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures.models import Observation
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.workbooks.layout import Asked, Book, BookPlace, Page, Previous
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Criterion, Measure, Period
from rulebook.describing import in_one_line
from rulebook.standard import may_judge

_PLACES_AT_ONCE = 5_000


def book_of(place: PlaceView, code: str, *, on: date, language: str) -> Book:
    """The workbook of a place for a standard: its own figures, or those of the places of the standard's level below.

    A fixed number of queries, one more for every five thousand places.
    """
    adopted = standards.adopted_at(place, code, on=on)
    level = adopted.standard.level
    alone = may_judge(level, place.level)
    places = (place,) if alone else territory.subtree(place.id, on, level=level)
    if not places:
        raise Refusal(
            _("%(place)s không có nơi nào mà %(law)s xét. Hãy chọn bộ tiêu chí khác.")
            % {"place": place.full_name, "law": adopted.standard.name.in_(language)}
        )
    pages = pages_of(adopted, language)
    return Book(
        place_id=place.id,
        address=place.full_address,
        standard=adopted.view.code,
        law=adopted.standard.name.in_(language),
        digest=adopted.view.digest,
        made_on=on,
        seen=newest_row(),
        places=tuple(_named(each, place) for each in places),
        pages=pages,
        alone=alone,
        previous=previous_of([each.id for each in places], pages, on),
        language=language,
    )


def _named(each: PlaceView, root: PlaceView) -> BookPlace:
    """Places two levels down bear the name of what stands between."""
    between = "" if each.id == root.id or each.parent_id == root.id else f", {each.address.split(',')[0]}"
    return BookPlace(each.id, f"{each.full_name}{between}", each.code)


def pages_of(adopted: Adopted, language: str) -> tuple[Page, ...]:
    """A page a criterion that asks for figures, in legal order; each measure on the first that asks for it."""
    names = {code: named.name for code, named in (adopted.book.regions | adopted.book.classes).items()}
    pages: list[Page] = []
    placed: set[str] = set()
    for criterion in adopted.standard.criteria:
        measures = {m.code: m for each in criterion.indicators for m in each.measures}
        here = [m for code, m in measures.items() if code not in placed]
        placed |= measures.keys()
        if not measures:
            continue
        asked = [
            _asked(measure, part, criterion, names, language) for measure in here for part in measure.parts
        ]
        elsewhere = tuple(m.name.in_(language) for m in measures.values() if m not in here)
        if asked:
            pages.append(Page(criterion.number, criterion.name.in_(language), tuple(asked), elsewhere))
    return tuple(pages)


def _asked(measure: Measure, part: str, criterion: Criterion, names: dict, language: str) -> Asked:  # type: ignore[type-arg]
    asking = [each for each in criterion.indicators if measure.code in {m.code for m in each.measures}]
    return Asked(
        measure,
        part,
        indicators=", ".join(each.code for each in asking),
        threshold="; ".join(dict.fromkeys(in_one_line(each.rule, names).in_(language) for each in asking)),
        clause="; ".join(dict.fromkeys(text for each in asking if (text := each.clause.in_(language)))),
    )


def newest_row() -> int:
    """The row of the log last written anywhere, 0 while it is empty."""
    return Observation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def previous_of(place_ids: Sequence[int], pages: Sequence[Page], on: date) -> dict[tuple[int, str], Previous]:
    """The figure of the latest period begun by `on`, of every place and thing asked."""
    asked = {each.key: each for page in pages for each in page.asked}
    codes = {each.measure.code for each in asked.values()}
    found: dict[tuple[int, str], Previous] = {}
    for start in range(0, len(place_ids), _PLACES_AT_ONCE):
        rows = (
            Observation.objects.filter(
                place_id__in=place_ids[start : start + _PLACES_AT_ONCE],
                measure_id__in=codes,
                superseded_by__isnull=True,
                period_start__lte=on,
            )
            .exclude(state="draft")
            .order_by("period_end", "period_start", "pk")
        )
        for place, code, part, begins, ends, *whole in rows.values_list(
            "place_id",
            "measure_id",
            "part",
            "period_start",
            "period_end",
            "scaled",
            "numerator",
            "denominator",
        ):
            key = f"{code}.{part}" if part else code
            if key in asked:
                value = from_stored(Stored(*whole), asked[key].measure)
                found[place, key] = Previous(value, Period(begins, ends))
    return found

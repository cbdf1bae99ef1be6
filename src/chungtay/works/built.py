"""What works built, from their diaries: quantities in the units of measures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay.figures import queries as figures
from chungtay.works import rules
from chungtay.works.models import BillLine, DiaryEntry, DiaryQuantity, Step, Work
from chungtay.works.policies import SCALE
from chungtay.works.states import Move
from rulebook import Mark, Measure, as_fraction
from rulebook.works import Brings, Product

_WEAKEST_FIRST = (Mark.SIMULATED, Mark.RECONSTRUCTED, Mark.STATED, Mark.TOLD)


@dataclass(frozen=True)
class Grows:
    """A measure of all there is, before and after the work. mark: that of the figure it grows from."""

    measure: Measure
    before: Fraction
    after: Fraction
    mark: Mark


def of_work(work: Work) -> dict[str, Fraction]:
    """What the work built, by the measure of what works built in a year."""
    return _by_measure(_built([work.pk]).get(work.pk, {}), lambda product: product.builds)


def totals_of_year(place_id: int, year: int) -> dict[str, Fraction]:
    """What the works of a place that were accepted in that year built, by measure. Three queries."""
    accepted = Step.objects.filter(work__place_id=place_id, move=Move.ACCEPT, on__year=year)
    total: dict[str, Fraction] = {}
    for products in _built(accepted.values_list("work_id", flat=True)).values():
        for measure, amount in _by_measure(products, lambda product: product.builds).items():
            total[measure] = total.get(measure, Fraction()) + amount
    return total


def mark_of_year(place_id: int, year: int) -> Mark:
    """What the totals of a year are worth: no more than the weakest day of the diaries they are summed from."""
    accepted = Step.objects.filter(work__place_id=place_id, move=Move.ACCEPT, on__year=year)
    days = DiaryEntry.objects.filter(work_id__in=accepted.values("work_id"), strike=None)
    return weakest(Mark(mark) for mark in days.order_by().values_list("mark", flat=True).distinct())


def weakest(marks: Iterable[Mark]) -> Mark:
    """The mark of what is made of records with these marks."""
    found = set(marks)
    return next((mark for mark in _WEAKEST_FIRST if mark in found), Mark.MEASURED)


def grows(work: Work, on: date) -> tuple[Grows, ...]:
    """The measures of all there is that the work makes larger and whose figure at the place is known by that day."""
    more = _by_measure(_built([work.pk]).get(work.pk, {}), lambda product: product.adds_to)
    known = figures.current(work.place_id, more, on) if more else {}
    found: list[Grows] = []
    for code, amount in more.items():
        figure = known.get((code, ""))
        before = None if figure is None or isinstance(figure.value, bool | str) else as_fraction(figure.value)
        if figure is not None and before is not None:
            found.append(Grows(figure.measure, before, before + amount, figure.mark))
    return tuple(found)


def lengths_of(works: Iterable[Work]) -> dict[int, Fraction]:
    """How long each work of a kind that has a length is, in metres: as built, else as its bill says. Three queries."""
    listed = list(works)
    files = {work.file_id: work.pk for work in listed if work.file_id}
    planned: dict[int, dict[str, Fraction]] = {}
    for line in BillLine.objects.filter(file_id__in=files).exclude(product=""):
        products = planned.setdefault(files[line.file_id], {})
        products[line.product] = products.get(line.product, Fraction()) + Fraction(line.quantity, SCALE)
    done = _built([work.pk for work in listed if work.is_built])
    found: dict[int, Fraction] = {}
    for work in listed:
        kind = rules.law().kinds.get(work.kind)
        counted = done.get(work.pk) or planned.get(work.pk, {})
        length = (
            sum((counted.get(code, Fraction()) for code in kind.length), Fraction()) if kind else Fraction()
        )
        if length:
            found[work.pk] = length
    return found


def _built(works: Iterable[int]) -> dict[int, dict[str, Fraction]]:
    """What each work built by product, in the unit of its lines, as its diary says. Two queries."""
    ids = set(works)
    rows = DiaryQuantity.objects.filter(entry__work_id__in=ids, entry__strike=None)
    done = list(rows.values_list("entry__work_id", "item", "quantity"))
    lines = BillLine.objects.filter(file__work_id__in=ids).exclude(product="").order_by("pk")
    product = {
        (work, item): code for work, item, code in lines.values_list("file__work_id", "item", "product")
    }
    found: dict[int, dict[str, Fraction]] = {}
    for work_id, item, quantity in done:
        if code := product.get((work_id, item)):
            products = found.setdefault(work_id, {})
            products[code] = products.get(code, Fraction()) + Fraction(quantity, SCALE)
    return found


def _by_measure(
    products: Mapping[str, Fraction], brings: Callable[[Product], Brings | None]
) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for code, quantity in products.items():
        product = rules.product(code)
        way = brings(product) if product else None
        if way:
            found[way.measure] = found.get(way.measure, Fraction()) + way.of(quantity)
    return found

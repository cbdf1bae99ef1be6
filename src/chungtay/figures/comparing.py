"""One country seen twice: on two days, or under two standards."""

from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.batches import rows_kept
from chungtay.core.language import language
from chungtay.core.refusals import Refusal
from chungtay.figures.board_views import Changes, Compared, Comparison, Filters, Moved, Row
from chungtay.figures.boards import NO_FILTERS, board, versions_of
from chungtay.figures.surveying import Crowd, applies, figures_of, judge_standings, judged, provinces_named
from chungtay.territory import queries as territory
from rulebook import Standard, Verdict
from rulebook.columns import verdict_rows


def changes(place_id: int, code: str, *, first: date, second: date, filters: Filters = NO_FILTERS) -> Changes:
    """The places whose verdict or criteria differ between two days, each told from both sides.

    A place that did not live on one of the days has moved as well; one that lives on as another is another place.
    """
    before, after = (board(place_id, code, on=day, filters=filters) for day in (first, second))
    earlier = {row.place.id: row for row in before.rows}
    later = {row.place.id: row for row in after.rows}
    order = [*later, *(place for place in earlier if place not in later)]
    moved = (Moved(earlier.get(place), later.get(place)) for place in order)
    return Changes(before, after, tuple(each for each in moved if _said(each.before) != _said(each.after)))


@rows_kept()
def compare_standards(place_id: int, judged_by: Standard, against: str, *, on: date) -> Comparison:
    """Who would rise, fall or become unknown if `judged_by`, adopted or not, were the law instead of `against`.

    Both judge the same figures of the same day. At most seven queries.
    """
    known = versions_of(against)
    level = known[0].level
    if judged_by.level != level:
        raise Refusal(
            _(
                "%(name)s và %(other)s dùng cho hai cấp khác nhau, nên không so được. Hãy chọn hai bộ "
                "tiêu chí cùng cấp."
            )
            % {"name": judged_by.name.in_(language()), "other": known[0].name.in_(language())}
        )
    root, _above, views = territory.with_children(place_id, on, level=level)
    stood = territory.standings_of(views, on, level=level, codes=provinces_named(known))
    meant = [at for at, place in enumerate(stood) if applies(place, known)]
    crowd = Crowd([stood[at] for at in meant])
    figures = figures_of(level, crowd.ids)
    was: dict[int, Verdict] = {}
    for part in judge_standings(against, known, crowd, figures, on):
        was |= {row: v[0] for row, v in zip(part.rows, verdict_rows(part.verdicts), strict=True)}
    would = verdict_rows(judged(judged_by, crowd, figures, on))
    compared = [Compared(views[at], would[row][0], was[row]) for row, at in enumerate(meant)]
    sorts: dict[str, list[Compared]] = {"rises": [], "falls": [], "unclear": [], "unchanged": []}
    for each in compared:
        sorts[_sort(each)].append(each)
    return Comparison(root, on, level, **{name: tuple(found) for name, found in sorts.items()})


def _said(row: Row | None) -> tuple[Verdict, tuple[Verdict, ...]] | None:
    return None if row is None else (row.verdict, row.criteria)


def _sort(each: Compared) -> str:
    if each.judged_by.holds == each.against.holds and (
        each.judged_by.holds or each.judged_by == each.against
    ):
        return "unchanged"
    if each.judged_by.holds:
        return "rises"
    return "falls" if each.judged_by is Verdict.NOT_MET else "unclear"

"""Reconstructed sessions: what a told total leaves over what was recorded, so that the entries under it sum to it.

They are derived: made again whenever a session under the total is recorded or struck out. A total is filled after the
narrower ones below it, and counts theirs as given; so a commune's 26 sessions are among its city's 100.
"""

import uuid
from datetime import date

from django.db.models import Count, Q, Sum

from chungtay.community.outreach.models import OutreachSession, ToldTotal
from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.territory import queries as territory
from rulebook import Mark

Span = tuple[date, date]


def spans_of(total: ToldTotal) -> list[Span]:
    """The stretches for each of which the numbers of a total hold."""
    if not total.per_year:
        return [(total.start, total.end)]
    return [(date(year, 1, 1), date(year, 12, 31)) for year in range(total.start.year, total.end.year + 1)]


def totals_over(place_ids: set[int], kind: str, start: date, end: date) -> list[ToldTotal]:
    """The told totals that speak of those places in a stretch of days, in the order in which they are filled."""
    above = place_ids | territory.ids_above(place_ids)
    for _generation in range(3):  # a merged place may have merged again
        above |= {each for after in territory.followers(above).values() for each in after}
    rows = ToldTotal.objects.filter(STANDING, kind=kind, start__lte=end, end__gte=start, place_id__in=above)
    return in_filling_order(list(rows))


def in_filling_order(totals: list[ToldTotal]) -> list[ToldTotal]:
    """The lowest places first, of one place the shortest stretch first."""
    lines = territory.lines_of({each.place_id for each in totals})

    def rank(total: ToldTotal) -> tuple[int, int, int]:
        span = max(end - start for start, end in spans_of(total))
        return -len(lines[total.place_id][1]), span.days, total.pk

    return sorted(totals, key=rank)


def fill(totals: list[ToldTotal]) -> dict[int, int]:
    """Make the reconstructed sessions of each total anew; how many there are, by total. totals: in filling order."""
    return {
        total.pk: sum(_fill_span(total, span, {each.pk for each in totals[n:]}) for span in spans_of(total))
        for n, total in enumerate(totals)
    }


def recorded_under(total: ToldTotal, span: Span, not_of: set[int] | None = None) -> tuple[int, int]:
    """Sessions and attendances on record under a total, but for those reconstructed for the totals named, or any."""
    start, end = span
    rows = OutreachSession.objects.filter(
        STANDING, scope(total.place_id), kind=total.kind, held_from__gte=start, held_to__lte=end
    )
    rows = (
        rows.filter(Q(total=None) | ~Q(total__in=not_of)) if not_of is not None else rows.filter(total=None)
    )
    told = rows.aggregate(sessions=Count("pk"), attended=Sum("attendances"))
    return told["sessions"], told["attended"] or 0


def _fill_span(total: ToldTotal, span: Span, not_of: set[int]) -> int:
    """not_of: the totals filled now or later, whose sessions do not stand yet."""
    start, end = span
    total.filling.filter(held_from=start, held_to=end).delete()
    if total.sessions is None:
        return 0
    sessions, attended = recorded_under(total, span, not_of)
    missing = max(total.sessions - sessions, 0)
    shares: list[int | None] = [None] * missing
    if total.attendances is not None and missing:
        rest = total.attendances - attended
        if rest >= missing:  # else what was counted already leaves too few to share out: they stay unknown
            each, over = divmod(rest, missing)
            shares = [each + (n < over) for n in range(missing)]
    OutreachSession.objects.bulk_create(
        OutreachSession(
            uid=uuid.uuid5(total.uid, f"{start}/{n}"),
            place_id=total.place_id,
            kind=total.kind,
            topic=f"Cuộc thứ {n + 1} trong tổng số đã công bố",  # a record keeps one language
            organiser=total.organiser,
            held_from=start,
            held_to=end,
            combined_with=total.combined_with,
            attendances=share,
            total=total,
            mark=Mark.RECONSTRUCTED.value,
            source=total.source,
            post_id=total.post_id,
            by_label=total.by_label,
            at=total.at,
        )
        for n, share in enumerate(shares)
    )
    return missing

"""How often claims were found otherwise, and how large the next sample is for it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from chungtay.community.scope import scope
from chungtay.recognition.rechecks.models import Outcome, Recheck, RecheckForm
from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.views import Mismatch, OfficeScore, Plan


def mismatch_of(place_id: int, *, on: date) -> Mismatch:
    """How often claims at and below a place were found otherwise, by what was known on a day: two queries.

    Counts the forms of samples drawn within the years that `law/rechecks.yaml` says. Numbers of claims, never a
    percent alone; `share` is None where nothing was checked.
    """
    since = _years_before(on, law().score_years)
    end = _end_of(on)
    rows = (
        RecheckForm.objects.filter(
            scope(place_id), sample__drawing__at__gte=_end_of(since - timedelta(days=1))
        )
        .filter(sample__drawing__at__lt=end)
        .annotate(outcome=Subquery(_newest(end).values("outcome")[:1]))
        .order_by()
        .values_list("office", "outcome")
        .annotate(n=Count("pk"))
    )
    by_office: dict[str, dict[str | None, int]] = {}
    for office, outcome, n in rows:
        by_office.setdefault(office, {})[outcome] = n
    offices = tuple(OfficeScore(*numbers(by_office[each]), office=each) for each in sorted(by_office))
    return Mismatch(
        claims=sum(each.claims for each in offices),
        checked=sum(each.checked for each in offices),
        mismatched=sum(each.mismatched for each in offices),
        impossible=sum(each.impossible for each in offices),
        place_id=place_id,
        since=since,
        on=on,
        offices=offices,
    )


def plan(place_id: int, count: int, *, on: date) -> Plan:
    """How many of so many claims the next sample of a place draws, by its score on a day."""
    score, rule = mismatch_of(place_id, on=on), law().size
    share = rule.share_after(score.checked, score.mismatched)
    size = rule.size(count, score.checked, score.mismatched)
    return Plan(count, size, share, score.checked, score.mismatched)


def newest_now() -> "QuerySet[Recheck]":
    """The check of a form that stands."""
    return Recheck.objects.filter(form=OuterRef("pk"), superseded_by__isnull=True)


def _newest(before: datetime) -> "QuerySet[Recheck]":
    """The checks of a form by then, the newest first."""
    return Recheck.objects.filter(form=OuterRef("pk"), at__lt=before).order_by("-pk")


def numbers(counts: Mapping[str | None, int]) -> tuple[int, int, int, int]:
    """Claims, checked, mismatched, impossible, from counts by outcome (None: waits)."""
    match, mismatch = counts.get(Outcome.MATCH, 0), counts.get(Outcome.MISMATCH, 0)
    return sum(counts.values()), match + mismatch, mismatch, counts.get(Outcome.IMPOSSIBLE, 0)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

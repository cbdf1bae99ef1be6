"""What the nightly look at titles tells posts of, each thing once: a recognised place falls below, a review comes due
or is late, a supporting paper runs out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.people import notices
from chungtay.people import queries as people
from chungtay.recognition.models import Alarm, Title
from chungtay.recognition.titles import queries
from chungtay.recognition.titles.dues import DueState
from chungtay.recognition.titles.papers import papers_of
from chungtay.recognition.titles.upkeep import Upkeep, measured, upkeep
from chungtay.territory import queries as territory

AT_ONCE: Final = 500
PAPER_SOON: Final = timedelta(days=90)
"""How long before its last day a paper is told of. Our own choice, no law's."""
NOTICE: Final = "title_"
"""How the kinds of notices about titles begin."""


class Kind(StrEnum):
    FALLS = "falls"
    REVIEW_SOON = "review_soon"
    REVIEW_LATE = "review_late"
    PAPER = "paper"


@dataclass(frozen=True)
class Seen:
    """One thing to tell of a title. ref: what exactly, so that it is told once. place_id: of who holds the title."""

    title_id: int
    kind: Kind
    ref: str
    place_id: int
    text: str

    @property
    def key(self) -> tuple[int, str, str]:
        return self.title_id, self.kind.value, self.ref


def look_at(start: int, *, at: datetime) -> int | None:
    """Look at the next titles after a key and tell what is new of them. Returns the last key looked at, None at the
    end. A fixed number of queries for the figures, and one insert for each post told."""
    ids = list(Title.objects.filter(pk__gt=start).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return None
    today = timezone.localdate(at)
    views = [queries.view_of(row) for row in Title.objects.filter(pk__in=ids)]
    known = [view for view in views if (view.known_on or today) <= today and view.year <= today.year]
    rows = measured(upkeep(queries.standing(known, on=today), on=today), on=today)
    with transaction.atomic():
        _tell(ids, _seen(rows, at), at)
    return ids[-1]


def last_title() -> int:
    """The key of the last title, for showing how far the look has come."""
    return Title.objects.aggregate(last=Max("pk"))["last"] or 0


def alarms_of(title_id: int) -> list[tuple[str, datetime, datetime | None]]:
    """What was told of a title: the words, when, and since when it is over; newest first. One query."""
    rows = Alarm.objects.filter(title_id=title_id).order_by("-at", "-pk")
    return list(rows.values_list("text", "at", "over_at"))


def _seen(rows: Sequence[Upkeep], at: datetime) -> list[Seen]:
    today = timezone.localdate(at)
    held = [each for each in rows if each.place]
    papers = papers_of([each.place.id for each in held if each.place])
    found = []
    for each in held:
        assert each.place
        place_id, title = each.place.id, each.title
        told = {"title": title.title, "year": title.year, "place": each.place.full_name}
        if each.falls_below and each.picked:
            words = _("%(place)s: “%(title)s” %(year)s, hôm nay chưa đạt tiêu chí %(codes)s")
            text = words % {**told, "codes": ", ".join(each.picked.failing)}
            found.append(Seen(title.id, Kind.FALLS, "", place_id, text))
        if each.due and each.due.day and each.due.state in (DueState.SOON, DueState.LATE):
            late = each.due.state is DueState.LATE
            words = (
                _("%(place)s: “%(title)s” %(year)s, quá hạn rà soát %(day)s")
                if late
                else _("%(place)s: “%(title)s” %(year)s, đến hạn rà soát %(day)s")
            )
            text = words % {**told, "day": day_words(each.due.day)}
            kind = Kind.REVIEW_LATE if late else Kind.REVIEW_SOON
            found.append(Seen(title.id, kind, each.due.day.isoformat(), place_id, text))
        for paper in papers.get(place_id, ()):
            ends = paper.valid_until - PAPER_SOON <= today and paper.ended_on is None
            if paper.standard_code == title.standard_code and ends:
                words = _("%(place)s: “%(name)s” đỡ tiêu chí %(code)s, hết hạn %(day)s")
                text = words % {
                    "place": each.place.full_name,
                    "name": paper.name,
                    "code": paper.criterion,
                    "day": day_words(paper.valid_until),
                }
                found.append(Seen(title.id, Kind.PAPER, str(paper.id), place_id, text))
    return found


def _tell(title_ids: Sequence[int], seen: Sequence[Seen], at: datetime) -> None:
    """Tell what was not told yet; what is over ends, so that it is told again when it comes back."""
    still = {each.key for each in seen}
    standing: set[tuple[int, str, str]] = set()
    for row in Alarm.objects.filter(title_id__in=title_ids, over_at__isnull=True):
        if (row.title_id, row.kind, row.ref) in still:
            standing.add((row.title_id, row.kind, row.ref))
        else:
            row.over_at = at
            row.save(update_fields=["over_at"])
    new = [each for each in seen if each.key not in standing]
    if not new:
        return
    Alarm.objects.bulk_create(
        Alarm(title_id=each.title_id, kind=each.kind, ref=each.ref, text=each.text[:600], at=at)
        for each in new
    )
    lines = territory.lines_of({each.place_id for each in new})
    above = {place for _level, line in lines.values() for place in line}
    today = timezone.localdate(at)
    keeping = people.posts_at(above, ("recognition.prepare",), today)
    watching = people.posts_at(above, ("recognition.withdraw", "recognition.verify"), today)
    for each in new:
        line = lines[each.place_id][1]
        office = next((watching[place] for place in reversed(line[:-1]) if watching[place]), set())
        posts = keeping[each.place_id] | office
        notices.tell(
            posts,
            NOTICE + each.kind.value,
            each.title_id,
            place_id=each.place_id,
            text=each.text[:200],
            at=at,
        )

"""What happened at a place and below it, newest first, for feeds; and what is to happen, for calendars."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from chungtay.community.meetings.models import Decision, Meeting
from chungtay.community.publishing import queries as publishing
from chungtay.recognition.models import Title, TitleEvent
from chungtay.reports.opendata.walking import places_named
from chungtay.territory import queries as territory
from chungtay.works.models import Step
from chungtay.works.states import Move

NEWEST: Final = 50
_AHEAD: Final = timedelta(days=366)


class Kind(StrEnum):
    """What happened."""

    TITLE = "title"
    TITLE_ENDED = "title_ended"
    TITLE_CARRIED = "title_carried"
    DECISION = "decision"
    WORK_DONE = "work_done"
    NEWS = "news"


@dataclass(frozen=True)
class Happening:
    """One thing that happened. at: when it was written here. on: the day it happened, None when no paper tells.

    ref: the key of what its page shows: of a work its row, of a decision and of news their uid, else of the place.
    """

    kind: Kind
    uid: UUID
    place_id: int
    place: str
    title: str
    words: str
    on: date | None
    at: datetime
    ref: str


@dataclass(frozen=True)
class Coming:
    """A meeting that is called. Nothing of it but what the public call tells."""

    uid: UUID
    place: str
    title: str
    venue: str
    starts_at: datetime


def happenings(place_id: int | None, *, on: date, limit: int = NEWEST) -> list[Happening]:
    """The newest at a place and below, None for the whole country, newest first. A fixed number of queries."""
    found = [
        *_titles(_at(Title.objects.all(), place_id, limit, "recorded_at")),
        *_ended(_at(TitleEvent.objects.select_related("title"), place_id, limit, "recorded_at")),
        *_decisions(_at(Decision.objects.all(), place_id, limit, "recorded_at")),
        *_built(_at(_accepted(), place_id, limit, "at", place="work__place_id")),
        *_news(place_id, on, limit),
    ]
    found = sorted(found, key=lambda each: (each.at, str(each.uid)), reverse=True)[:limit]
    names = places_named(each.place_id for each in found)
    return [replace(each, place=names[each.place_id].name) for each in found]


def coming(place_id: int | None, *, after: datetime, limit: int = 200) -> list[Coming]:
    """The meetings called at a place and below that are still to be, within a year, the next first. Two queries."""
    rows = Meeting.objects.filter(starts_at__gte=after, starts_at__lt=after + _AHEAD, closed_at=None)
    if place_id is not None:
        rows = rows.filter(place_id__in=territory.ids_ever_under(place_id))
    found = list(rows.order_by("starts_at", "pk")[:limit])
    names = places_named(row.place_id for row in found)
    return [Coming(row.uid, names[row.place_id].name, row.title, row.venue, row.starts_at) for row in found]


def _at(
    rows: "QuerySet[Any]", place_id: int | None, limit: int, moment: str, place: str = "place_id"
) -> list[Any]:
    if place_id is not None:
        rows = rows.filter(**{f"{place}__in": territory.ids_ever_under(place_id)})
    return list(rows.order_by(f"-{moment}", "-pk")[:limit])


def _accepted() -> "QuerySet[Step]":
    return Step.objects.filter(move=Move.ACCEPT).select_related("work")


def _titles(rows: Iterable[Any]) -> Iterable[Happening]:
    for row in rows:
        words = " ".join(each for each in (row.decision_number, row.decided_by) if each)
        on = row.decided_on or row.ceremony_on
        yield Happening(Kind.TITLE, row.uid, row.place_id, "", row.title, words, on, row.recorded_at, "")


def _ended(rows: Iterable[Any]) -> Iterable[Happening]:
    for row in rows:
        kind = Kind.TITLE_CARRIED if row.kind == "acknowledged" else Kind.TITLE_ENDED
        words = " ".join(each for each in (row.decision_number, row.decided_by, row.reason) if each)
        yield Happening(kind, row.uid, row.place_id, "", row.title.title, words, row.on, row.recorded_at, "")


def _decisions(rows: Iterable[Any]) -> Iterable[Happening]:
    for row in rows:
        yield Happening(
            Kind.DECISION, row.uid, row.place_id, "", row.subject, row.statement, row.decided_on, row.recorded_at,
            str(row.uid),
        )  # fmt: skip


def _built(rows: Iterable[Any]) -> Iterable[Happening]:
    for row in rows:
        yield Happening(
            Kind.WORK_DONE, row.uid, row.work.place_id, "", row.work.name, row.document, row.on, row.at,
            str(row.work_id),
        )  # fmt: skip


def _news(place_id: int | None, on: date, limit: int) -> Iterable[Happening]:
    for each in publishing.newest(place_id, limit, on=on):
        yield Happening(
            Kind.NEWS, each.uid, each.place_id, "", each.title, each.summary, each.publish_from, each.changed_at,
            str(each.uid),
        )  # fmt: skip

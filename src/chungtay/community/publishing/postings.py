"""Reading the record of what was posted where: what hangs, what was too short or late, what is to be done next."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.law_values import Limit
from chungtay.community.publishing import rules
from chungtay.community.publishing.models import Kind, News, NewsText, Posting, State
from chungtay.community.publishing.policies import days_between, enough_on, start_by
from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.core.language import day_words
from chungtay.core.refusals import NotFound
from chungtay.evidence.subjects import Subject
from chungtay.territory import queries as territory
from rulebook import Mark


class Standing(StrEnum):
    """How a posting stands on a day."""

    PLANNED = "planned"
    HANGING = "hanging"
    ENOUGH = "enough"  # hangs and has hung long enough
    OVERDUE = "overdue"  # past the day it was to come down, and nobody said that it did
    DONE = "done"
    SHORT = "short"  # ended before the law's days were over


@dataclass(frozen=True)
class PostingView:
    """One posting. least: the law's days for its channel, None where it names none. Days are inclusive."""

    id: int
    uid: uuid.UUID
    place_id: int
    place: str
    news_uid: uuid.UUID | None
    what: str
    channel: str
    where: str
    known_on: date | None
    posted_from: date
    planned_to: date
    times: int | None
    ended_on: date | None
    ended_reason: str
    mark: Mark
    source: str
    by: str
    recorded_on: date
    least: Limit | None

    @property
    def channel_words(self) -> str:
        return rules.channel_words(self.channel)

    @property
    def subject(self) -> Subject:
        """What the photographs of it prove."""
        last = self.ended_on or self.planned_to
        return Subject("news", str(self.uid), self.what, self.place_id, self.posted_from, last)

    @property
    def is_late(self) -> bool:
        """Put up after the working days that the law gives."""
        return self.known_on is not None and self.posted_from > start_by(self.known_on)

    def days_on(self, day: date) -> int:
        """How many days it has hung by then."""
        last = min(day, self.ended_on) if self.ended_on else day
        return max(0, days_between(self.posted_from, last))

    def standing_on(self, day: date) -> Standing:
        least = self.least.value if self.least else 1
        if self.posted_from > day:
            return Standing.PLANNED
        if self.ended_on is not None:
            enough = days_between(self.posted_from, self.ended_on) >= least
            return Standing.DONE if enough else Standing.SHORT
        if day > self.planned_to and day > enough_on(self.posted_from, least):
            return Standing.OVERDUE
        return Standing.ENOUGH if self.days_on(day) >= least else Standing.HANGING

    def sentence_on(self, day: date) -> str:
        """How it stands, as a sentence with the days and, where it falls short of the law, the clause."""
        told: dict[str, object] = {
            "n": self.days_on(day),
            "least": self.least.value if self.least else 0,
            "ground": self.least.ground if self.least else "",
            "from": day_words(self.posted_from),
            "until": day_words(enough_on(self.posted_from, self.least.value)) if self.least else "",
            "planned": day_words(self.planned_to),
            "ended": day_words(self.ended_on) if self.ended_on else "",
        }
        standing = self.standing_on(day)
        if standing is Standing.PLANNED:
            return _("Sẽ bắt đầu ngày %(from)s.") % told
        if standing is Standing.SHORT:
            return (
                _("Mới được %(n)s ngày thì gỡ (%(ended)s); cần ít nhất %(least)s ngày (%(ground)s).") % told
            )
        if standing is Standing.DONE:
            return _("Đã công khai %(n)s ngày, đến hết %(ended)s.") % told
        if standing is Standing.OVERDUE:
            return _("Dự định đến hết %(planned)s, chưa ghi ngày gỡ.") % told
        if standing is Standing.ENOUGH and self.least:
            return _("Đã đủ %(least)s ngày (%(ground)s), đang là ngày thứ %(n)s.") % told
        if self.least:
            return _("Đang là ngày thứ %(n)s; đủ %(least)s ngày vào cuối %(until)s (%(ground)s).") % told
        return _("Đang công khai, ngày thứ %(n)s.") % told

    def late_sentence(self) -> str:
        """That it was put up too late, "" when it was not or nobody told since when it was known."""
        if not self.is_late or self.known_on is None:
            return ""
        within = rules.days_of("start")
        told = {
            "known": day_words(self.known_on),
            "by": day_words(start_by(self.known_on)),
            "n": within.value,
            "ground": within.ground,
        }
        sentence = _(
            "Có từ ngày %(known)s, phải công khai chậm nhất %(by)s (%(n)s ngày làm việc, %(ground)s): đã muộn."
        )
        return sentence % told


@dataclass(frozen=True)
class Unposted:
    """A published notice that was posted nowhere. by: the last day to post it."""

    uid: uuid.UUID
    title: str
    since: date
    by: date


def postings(place_id: int, *, channel: str = "", year: int = 0) -> "QuerySet[Posting]":
    """What was posted at a place and below, the newest first; `views` reads them. For everybody."""
    rows = Posting.objects.filter(STANDING, scope(place_id))
    if channel:
        rows = rows.filter(channel=channel)
    if year:
        rows = rows.filter(posted_from__year=year)
    return rows.order_by("-posted_from", "-pk")


def views(rows: Iterable[Posting]) -> tuple[PostingView, ...]:
    """Rows as views: two more queries."""
    held = list(rows)
    names = territory.names_of({row.place_id for row in held})
    uids = dict(
        News.objects.filter(pk__in={row.news_id for row in held if row.news_id}).values_list("pk", "uid")
    )
    return tuple(
        PostingView(
            id=row.pk,
            uid=row.uid,
            place_id=row.place_id,
            place=names[row.place_id],
            news_uid=uids.get(row.news_id) if row.news_id else None,
            what=row.what,
            channel=row.channel,
            where=row.where,
            known_on=row.known_on,
            posted_from=row.posted_from,
            planned_to=row.planned_to,
            times=row.times,
            ended_on=row.ended_on,
            ended_reason=row.ended_reason,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            recorded_on=timezone.localdate(row.at),
            least=rules.least_days(row.channel),
        )
        for row in held
    )


def one(posting_id: int) -> PostingView:
    """One posting: they are public, whoever asks."""
    row = Posting.objects.filter(STANDING, pk=posting_id).first()
    if row is None:
        raise NotFound(_("Không có việc niêm yết này, hoặc nó đã bị gạch bỏ."))
    return views([row])[0]


def of_news(uid: uuid.UUID) -> tuple[PostingView, ...]:
    """Where a notice was posted, the first first."""
    return views(Posting.objects.filter(STANDING, news__uid=uid).order_by("posted_from", "pk"))


def years(place_id: int) -> list[int]:
    """The years of which something is recorded, the latest first."""
    found = Posting.objects.filter(STANDING, scope(place_id)).values_list("posted_from__year", flat=True)
    return sorted(set(found), reverse=True)


def unposted(place_id: int, on: date) -> tuple[Unposted, ...]:
    """Notices of a place and below that are published and stand on no board yet, the oldest first."""
    rows = list(posted_nowhere(on).filter(scope(place_id)).order_by("publish_from", "pk")[:50])
    titles: dict[int, str] = {}
    for text in NewsText.objects.filter(news__in=rows).order_by("-language", "number"):
        titles[text.news_id] = text.title
    for text in NewsText.objects.filter(news__in=rows, language="vi").order_by("number"):
        titles[text.news_id] = text.title
    return tuple(
        Unposted(row.uid, titles[row.pk], row.publish_from, start_by(row.publish_from))
        for row in rows
        if row.publish_from
    )


def overdue(on: date) -> "QuerySet[Posting]":
    """Postings past the day they were to come down, with no end recorded."""
    return Posting.objects.filter(STANDING, ended_on=None, planned_to__lt=on)


def posted_nowhere(on: date) -> "QuerySet[News]":
    """Published notices that stand on no board yet."""
    hung = Posting.objects.filter(STANDING, news=OuterRef("pk"))
    until = Q(publish_to=None) | Q(publish_to__gte=on)
    rows = News.objects.filter(STANDING, until, kind=Kind.NOTICE, state=State.PUBLISHED, publish_from__lte=on)
    return rows.filter(~Exists(hung))

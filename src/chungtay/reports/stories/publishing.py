"""Stories made public: the article frozen in both languages with the facts it tells; and taken down again.

A story names no household and no giver: its facts are counts, sums, works and titles (see `from_community`).
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import NotFound, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.reports import contents, policies
from chungtay.reports.models import StoryPublication
from chungtay.reports.stories.facts import Fact, Story
from chungtay.reports.stories.papers import sheet_cells
from chungtay.reports.stories.queries import story_of
from chungtay.reports.stories.writing import Line, write

LANGUAGES: Final = ("vi", "en")
FORM: Final = 1


@dataclass(frozen=True)
class PublishedStory:
    """One story that is public, or once was. headlines, content: by language; content is empty in lists."""

    story: uuid.UUID
    place_id: int
    first: date | None
    last: date
    is_public: bool
    at: datetime
    by: str
    reason: str
    digest: str
    content: dict[str, Any]

    def headline(self, language: str) -> str:
        told = self.content[language if language in LANGUAGES else LANGUAGES[0]]
        return "".join(text for text, _code, _is_vietnamese in told["headline"])


@transaction.atomic
def publish(
    *, by: Actor, at: datetime, place_id: int, first: date | None, last: date | None
) -> StoryPublication:
    """Freeze the story of some days as the records tell it now, and show it to anybody. The same again is once."""
    check_acts_for(by, "reports.publish", place_id)
    told = story_of(place_id, first, last, today=timezone.localdate(at), seen_by=by)
    plain = _frozen(told)
    digest = contents.digest(plain)
    known = _newest().filter(place_id=place_id, digest=digest, is_public=True).first()
    if known is not None:
        return known
    assert told.span.last is not None
    made = StoryPublication.objects.create(
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        story=uuid.uuid4(),
        place_id=place_id,
        first=told.span.first,
        last=told.span.last,
        is_public=True,
        content=plain,
        digest=digest,
    )
    detail = {"story": str(made.story), "digest": digest}
    write_event(by=by, deed="reports.publish_story", subject=made, at=at, place_id=place_id, detail=detail)
    return made


@transaction.atomic
def take_down(*, by: Actor, at: datetime, story: uuid.UUID, reason: str) -> StoryPublication:
    """Show a story to nobody any more; that it was public, and why it no longer is, stays to be read."""
    row = StoryPublication.objects.filter(story=story).order_by("-pk").first()
    if row is None:
        raise NotFound(_("Không có bài viết công khai này. Hãy mở lại danh sách."))
    check_acts_for(by, "reports.publish", row.place_id)
    if not row.is_public:
        raise Refusal(_("Bài viết này đang không công khai."))
    row.pk, row.uid, row.is_public, row.reason = None, uuid.uuid4(), False, policies.checked_reason(reason)
    row.post_id, row.by_label, row.at = by.actor_id, by.label, at
    row.save(force_insert=True)
    detail = {"story": str(story), "reason": row.reason}
    write_event(
        by=by, deed="reports.take_story_down", subject=row, at=at, place_id=row.place_id, detail=detail
    )
    return row


def published(place_id: int) -> tuple[PublishedStory, ...]:
    """What a place ever had in public, taken down since or not, the latest first. One query."""
    return tuple(_view(row) for row in _newest().filter(place_id=place_id).order_by("-last", "-pk"))


def opened(place_id: int, story: uuid.UUID) -> PublishedStory:
    """One public story of a place. NotFound where there is none such, or it is public no more. One query."""
    row = _newest().filter(place_id=place_id, story=story).first()
    if row is None:
        raise NotFound(_("Không có bài viết công khai này. Hãy mở lại danh sách."))
    if not row.is_public:
        raise NotFound(_("Bài viết này đã được gỡ khỏi trang công khai: %(why)s") % {"why": row.reason})
    return _view(row)


def _newest() -> QuerySet[StoryPublication]:
    newest = StoryPublication.objects.filter(story=OuterRef("story")).order_by("-pk").values("pk")[:1]
    return StoryPublication.objects.filter(pk=Subquery(newest))


def _view(row: StoryPublication) -> PublishedStory:
    return PublishedStory(
        row.story,
        row.place_id,
        row.first,
        row.last,
        row.is_public,
        row.at,
        row.by_label,
        row.reason,
        row.digest,
        row.content,
    )


def _frozen(story: Story) -> dict[str, Any]:
    """JSON-ready: by language the article's lines, each piece as [words, fact, whether Vietnamese], and the facts."""
    return {"form": FORM} | {language: _in(story, language) for language in LANGUAGES}


def _in(story: Story, language: str) -> dict[str, Any]:
    article = write(story, language)
    return {
        "headline": _line(article.headline),
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": [_line(each) for each in section.paragraphs],
                "items": _line(section.items),
            }
            for section in article.sections
        ],
        "facts": [_fact(each, language) for each in (*story.known, *story.missing)],
    }


def _line(line: Line) -> list[list[Any]]:
    return [[each.text, each.code, each.is_vietnamese] for each in line]


def _fact(fact: Fact, language: str) -> dict[str, Any]:
    label, value, mark, days, sources, _address = sheet_cells(fact, language)
    return {
        "code": fact.code,
        "label": label,
        "value": value,
        "is_known": fact.value is not None,
        "mark": fact.mark.value if fact.mark else "",
        "mark_words": mark,
        "days": days,
        "sources": sources,
        "asked": fact.asked.in_(language),
        "records": [[each.kind, each.ref, each.words.in_(language)] for each in fact.records],
    }

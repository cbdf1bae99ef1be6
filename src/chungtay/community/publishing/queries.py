"""Reading news and notices: as anybody (what is published that day), as a post that keeps them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chungtay.community.publishing.languages import best_of
from chungtay.community.publishing.models import About, Kind, News, NewsItem, NewsStep, NewsText, State
from chungtay.community.publishing.rewording import without
from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.core.actors import Actor, SystemActor
from chungtay.core.asking import Asking, abreast, asked, these
from chungtay.core.refusals import NotFound
from chungtay.evidence import queries as evidence
from chungtay.evidence.public import asking_pictures
from chungtay.evidence.queries import Bytes, Piece
from chungtay.people.policies import check_acts_for, check_found
from chungtay.territory import queries as territory
from viet.letters import says, words_of

PERMISSION: Final = "community.publish"
KINDS = tuple(Kind.choices)
STATES = tuple(State.choices)
ABOUT = tuple(About.choices)
SUMMARY: Final = 240  # letters of a body that a list shows
MOST_LOOKED_AT: Final = 1_000  # titles read for one search
_ANYBODY: Final = SystemActor()  # files are picked here: published, described, not private


@dataclass(frozen=True)
class ItemView:
    """A photograph or a video as everybody sees it. has_copies: there is a picture to show, with every blurred spot.

    spoken_language: "" when a video has no captions.
    """

    id: int
    file_id: int
    family: str
    media_type: str
    alt: str
    caption: str
    has_copies: bool
    spoken_language: str

    @property
    def is_video(self) -> bool:
        return self.family == "video"


@dataclass(frozen=True)
class Lead:
    """The picture that a list shows of a news item. id: of the item, in its address."""

    id: int
    alt: str
    width: int | None
    height: int | None


@dataclass(frozen=True)
class NewsLine:
    """A news item in a list or a feed, in the language that fits the reader best.

    languages: of all its versions. lead: its first picture. changed_at: of the newest version or step.
    """

    id: int
    uid: uuid.UUID
    place_id: int
    place: str
    kind: str
    language: str
    languages: tuple[str, ...]
    title: str
    body: str
    state: str
    publish_from: date | None
    publish_to: date | None
    published_at: datetime | None
    changed_at: datetime
    lead: Lead | None

    @property
    def kind_words(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def summary(self) -> str:
        """The beginning of what it says, cut between words."""
        flat = " ".join(self.body.split())
        return flat if len(flat) <= SUMMARY else flat[:SUMMARY].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True)
class VersionView:
    """One version. reason: why it was written anew after it was published."""

    language: str
    number: int
    title: str
    body: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class StepView:
    state: str
    publish_from: date | None
    publish_to: date | None
    reason: str
    by: str
    at: datetime

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True)
class NewsView:
    """One news item. shown: the version that fits the reader. corrections: versions of that language written anew after
    it was published, with their reasons. withdrawn: why, "" while it stands. waiting: files without words."""

    line: NewsLine
    about_kind: str
    about_ref: str
    shown: VersionView
    corrections: tuple[VersionView, ...]
    versions: tuple[VersionView, ...]
    steps: tuple[StepView, ...]
    items: tuple[ItemView, ...]
    waiting: tuple[Piece, ...]
    withdrawn: str
    by: str

    @property
    def about_words(self) -> str:
        return str(About(self.about_kind).label)


# ── For everybody ─────────────────────────────────────────────────────────────


def published(place_id: int | None, on: date, *, kind: str = "") -> "QuerySet[News]":
    """What is published on a day, newest first: of a place and below, None for the country."""
    until = Q(publish_to=None) | Q(publish_to__gte=on)
    rows = News.objects.filter(STANDING, until, state=State.PUBLISHED, publish_from__lte=on)
    if place_id is not None:
        rows = rows.filter(scope(place_id))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by("-publish_from", "-pk")


def asking_news(where: Q, on: date, *, limit: int) -> Asking[tuple[NewsLine, ...]]:
    """The newest published on a day of the places that a condition names, for whoever asks other things with it."""
    return (yield from _asking_lines(published(None, on).filter(where)[:limit]))


def news_of(place_id: int, on: date, *, kind: str = "", limit: int | None = None) -> tuple[NewsLine, ...]:
    """The newest published of a place and below on a day."""
    return _lines(published(place_id, on, kind=kind)[:limit])


def newest(place_id: int | None, limit: int, *, on: date | None = None) -> tuple[NewsLine, ...]:
    """What a feed tells today: the newest of a place and below, or of the whole country."""
    return _lines(published(place_id, on or timezone.localdate())[:limit])


def titled(text: str, on: date, *, limit: int) -> tuple[NewsLine, ...]:
    """Those published on a day whose title says the words, marks aside: of the newest MOST_LOOKED_AT, newest first."""
    words, newest = words_of(text), published(None, on).values("pk")[:MOST_LOOKED_AT]
    titles = NewsText.objects.filter(news__in=newest).values_list("news_id", "title")
    found = {key for key, title in titles if says(title, words)}  # no database compares letters without marks
    return _lines(published(None, on).filter(pk__in=found)[:limit]) if found else ()


def public(uid: uuid.UUID, on: date, *, wanted: str = "") -> NewsView:
    """One item as anybody reads it; what was withdrawn keeps its title and the reason. wanted: a language."""
    row = News.objects.filter(STANDING, uid=uid).exclude(state=State.DRAFT).first()
    if row is None or row.publish_from is None or row.publish_from > on:
        raise NotFound(_("Không có tin này, hoặc tin chưa đăng."))
    shown = _view(row, wanted)
    if row.publish_to is not None and row.publish_to < on and not shown.withdrawn:
        raise NotFound(_("Tin này đã hết thời gian đăng."))
    return shown


def item(uid: uuid.UUID, item_id: int, on: date) -> ItemView:
    """A picture or a video of what is published on a day."""
    found = public(uid, on)
    chosen = next((each for each in found.items if each.id == item_id), None)
    if found.withdrawn or chosen is None:
        raise NotFound(_("Không có hình này, hoặc tin đã gỡ."))
    return chosen


def picture(shown: ItemView, size: str) -> Bytes:
    """A copy for the eye; the original is never read here."""
    return evidence.copy(shown.file_id, size, seen_by=_ANYBODY)


def video(shown: ItemView) -> Bytes:
    """The bytes of a video as they were sent; whoever hands them on leaves out what `videos.patches` names."""
    return evidence.original(shown.file_id, seen_by=_ANYBODY)


def spoken(shown: ItemView) -> str:
    """The captions of a video, as WebVTT."""
    return NewsItem.objects.values_list("spoken", flat=True).get(pk=shown.id)


# ── For posts ─────────────────────────────────────────────────────────────────


def kept(place_id: int, *, seen_by: Actor, state: str = "", kind: str = "") -> "QuerySet[News]":
    """What a post keeps of a place and below, the newest first; `lines` reads them."""
    check_acts_for(seen_by, PERMISSION, place_id)
    rows = News.objects.filter(STANDING, scope(place_id))
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by("-at", "-pk")


def lines(rows: Any) -> tuple[NewsLine, ...]:
    """What `published` or `kept` gave, or a page of it, as lines."""
    return _lines(rows)


def one(news_id: int, *, seen_by: Actor, wanted: str = "") -> NewsView:
    """One item as its keepers see it; what is out of reach is as if there were none."""
    row = News.objects.filter(STANDING, pk=news_id).first()
    if row is None:
        raise NotFound(_("Không có tin này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ."))
    check_found(seen_by, PERMISSION, row.place_id)
    return _view(row, wanted)


def naming(place_id: int, name: str, *, seen_by: Actor) -> tuple[NewsLine, ...]:
    """News of a place and below with a name in any version: for a post that is to take the name out."""
    check_acts_for(seen_by, PERMISSION, place_id)
    rows = News.objects.filter(STANDING, scope(place_id))
    said = [
        *NewsText.objects.filter(news__in=rows).values_list("news_id", "title", "body", "reason"),
        *NewsItem.objects.filter(news__in=rows).values_list("news_id", "alt", "caption", "spoken"),
    ]
    # no database compares Vietnamese letters in either case alike
    found = {each[0] for each in said if any(without(words, name) != words for words in each[1:])}
    return _lines(rows.filter(pk__in=found).order_by("-at"))


# ── Views ─────────────────────────────────────────────────────────────────────


def _language(wanted: str = "") -> str:
    return wanted or (get_language() or "vi").partition("-")[0]


def _items(row: News) -> tuple[tuple[ItemView, ...], tuple[Piece, ...]]:
    """What is shown with an item, and the files that have no words yet. At most five queries."""
    key = ("news", str(row.uid))
    pieces = {
        each.file_id: each
        for each in evidence.strips([key], seen_by=_ANYBODY)[key].pieces
        if not _was_found_wrong(each)
    }
    if not pieces:
        return (), ()
    words: dict[int, NewsItem] = {}
    for told in row.items.defer("spoken").order_by("pk"):
        words[told.file_id] = told  # the last words of a file count
    shown = tuple(
        ItemView(
            told.pk,
            file_id,
            pieces[file_id].kind.family,
            pieces[file_id].kind.media_type,
            told.alt,
            told.caption,
            pieces[file_id].has_copies,
            told.spoken_language,
        )
        for file_id, told in words.items()
        if file_id in pieces and not pieces[file_id].is_private
    )
    return shown, tuple(each for file_id, each in pieces.items() if file_id not in words)


def _was_found_wrong(piece: Piece) -> bool:
    """Somebody looked at a flag and found that the file is not what it was put forward as."""
    return any(flag.settled is not None and not flag.settled.is_fine for flag in piece.flags)


def _lines(rows: "QuerySet[News]") -> tuple[NewsLine, ...]:
    """Rows as lines, in two queries."""
    return asked(_asking_lines(rows))


def _asking_lines(rows: "QuerySet[News]") -> Asking[tuple[NewsLine, ...]]:
    (held,) = yield (rows.annotate(place_name=territory.name_in_query("place_id")),)
    if not held:
        return ()
    words = NewsText.objects.filter(news__in=[row.pk for row in held]).order_by("number")
    (told,), leads = yield from abreast(these(words), _leads(held))
    texts: dict[int, list[NewsText]] = {}
    for text in told:
        texts.setdefault(text.news_id, []).append(text)
    return tuple(_line(row, row.place_name, texts[row.pk], leads.get(row.pk), _language()) for row in held)


def _leads(held: Iterable[News]) -> Asking[dict[int, Lead]]:
    """The first picture of each that has words and may be seen by anybody."""
    keys = {("news", str(row.uid)): row.pk for row in held}
    words: dict[tuple[int, int], NewsItem] = {}
    items = NewsItem.objects.filter(news__in=keys.values()).defer("spoken").order_by("pk")
    (told,), seen = yield from abreast(these(items), asking_pictures(keys))
    for each in told:
        words[each.news_id, each.file_id] = each  # the last words of a file count
    found: dict[int, Lead] = {}
    for key, pictures in seen.items():
        for picture in pictures:
            told = words.get((keys[key], picture.file_id))
            if told is not None:
                found.setdefault(keys[key], Lead(told.pk, told.alt, picture.width, picture.height))
    return found


def _line(row: News, place: str, texts: list[NewsText], lead: Lead | None, wanted: str) -> NewsLine:
    newest_of = {text.language: text for text in texts}
    best = newest_of[best_of(set(newest_of), wanted)]
    return NewsLine(
        id=row.pk,
        uid=row.uid,
        place_id=row.place_id,
        place=place,
        kind=row.kind,
        language=best.language,
        languages=tuple(newest_of),
        title=best.title,
        body=best.body,
        state=row.state,
        publish_from=row.publish_from,
        publish_to=row.publish_to,
        published_at=row.published_at,
        changed_at=max([row.published_at or row.at, *(text.at for text in texts)]),
        lead=lead,
    )


def _view(row: News, wanted: str) -> NewsView:
    texts = list(row.texts.order_by("number"))
    steps = list(NewsStep.objects.filter(news=row).order_by("pk"))
    items, waiting = _items(row)
    line = _line(row, territory.names_of([row.place_id])[row.place_id], texts, None, _language(wanted))
    versions = tuple(
        VersionView(each.language, each.number, each.title, each.body, each.reason, each.by_label, each.at)
        for each in texts
    )
    of_language = [each for each in versions if each.language == line.language]
    return NewsView(
        line=line,
        about_kind=row.about_kind,
        about_ref=row.about_ref,
        shown=of_language[-1],
        corrections=tuple(each for each in of_language if each.reason),
        versions=versions,
        steps=tuple(
            StepView(each.state, each.publish_from, each.publish_to, each.reason, each.by_label, each.at)
            for each in steps
        ),
        items=items,
        waiting=waiting,
        withdrawn=steps[-1].reason if row.state == State.WITHDRAWN else "",
        by=row.by_label,
    )

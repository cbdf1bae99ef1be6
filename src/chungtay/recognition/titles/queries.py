"""Titles that places hold, what became of each, and what places are told to hold of those before them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from chungtay.core.asking import Asking, abreast, asked
from chungtay.core.refusals import NotFound
from chungtay.recognition.models import Title, TitleEvent
from chungtay.recognition.titles.models import Became
from chungtay.territory import queries as territory
from chungtay.territory.models import lives_on
from chungtay.territory.queries import Life, PlaceView
from rulebook import Mark


@dataclass(frozen=True)
class TitleView:
    """A title given. decided_on, decision_number, ceremony_on: None or "" when no paper tells."""

    id: int
    uid: UUID
    place_id: int
    standard_code: str
    title: str
    year: int
    decided_on: date | None
    decision_number: str
    decided_by: str
    ceremony_on: date | None
    source: str
    mark: Mark
    on_record: bool
    dossier_uid: UUID | None

    @property
    def known_on(self) -> date | None:
        """The first day on which it is known to be held; None when only its year is."""
        return self.decided_on or self.ceremony_on


@dataclass(frozen=True)
class EventView:
    """What became of a title. place_id: of the successor, when it was acknowledged."""

    id: int
    title_id: int
    kind: str
    place_id: int
    on: date
    decision_number: str
    decided_by: str
    reason: str
    source: str
    mark: Mark
    by: str


class State(StrEnum):
    """How a title stands on a day."""

    IN_FORCE = "in_force"
    CARRIED = "carried"  # the place is no more; a successor holds it by a decision
    NOT_ACKNOWLEDGED = "not_acknowledged"  # the place is no more, and nobody decided who holds it
    WITHDRAWN = "withdrawn"
    GIVEN_UP = "given_up"

    @property
    def is_held(self) -> bool:
        return self in (State.IN_FORCE, State.CARRIED)


@dataclass(frozen=True)
class Held:
    """A title with what became of it by a day.

    holders: the ids of the places that live and hold it; of: the name of the place that it was given to.
    carried: the decisions that acknowledged it; ended: the act by which it is no longer in force.
    """

    title: TitleView
    state: State
    of: str
    holders: tuple[int, ...]
    carried: tuple[EventView, ...]
    ended: EventView | None


def titles(place_id: int, *, by: date) -> list[TitleView]:
    """The titles a place was given by a day, newest first; what became of them tells `history`."""
    return titles_of([place_id], by=by)


def titles_of(place_ids: Iterable[int], *, by: date) -> list[TitleView]:
    """The same for many places, place by place."""
    return asked(_titles_of(place_ids, by=by))


def _titles_of(place_ids: Iterable[int], *, by: date) -> Asking[list[TitleView]]:
    rows = Title.objects.filter(place_id__in=place_ids, year__lte=by.year).order_by("place", "-year", "pk")
    (found,) = yield (rows,)
    views = [view_of(row) for row in found]
    return [view for view in views if (view.known_on or by) <= by]


def title(title_id: int) -> TitleView:
    """One title; NotFound when there is none."""
    row = Title.objects.filter(pk=title_id).first()
    if row is None:
        raise NotFound(_("Không có danh hiệu này. Hãy mở lại danh sách."))
    return view_of(row)


def standing(views: Iterable[TitleView], *, on: date, known: PlaceView | None = None) -> list[Held]:
    """What became of each of those titles by a day. Two queries; one when all are of the place that is `known`."""
    return asked(_standing(list(views), on=on, known=known))


def _standing(given: Sequence[TitleView], *, on: date, known: PlaceView | None) -> Asking[list[Held]]:
    if not given:
        return []
    by_title: dict[int, list[EventView]] = {}
    for event in (yield from _events_of([view.id for view in given], by=on)):
        by_title.setdefault(event.title_id, []).append(event)
    carried_to = {each.place_id for told in by_title.values() for each in told}
    place_ids = {view.place_id for view in given} | carried_to
    names: Mapping[int, str]
    lives: Mapping[int, Life | PlaceView]
    if known is not None and place_ids <= {known.id}:
        names, lives = {known.id: known.full_name}, {known.id: known}
    else:
        names, lives = yield from abreast(
            territory.asking_names_of(place_ids), territory.asking_lives_of(place_ids)
        )

    def living(place_id: int) -> bool:
        life = lives[place_id]
        return (life.founded or on) <= on and (life.ended is None or on < life.ended)

    found = []
    for view in given:
        told = by_title.get(view.id, [])
        carried = tuple(each for each in told if each.kind == Became.ACKNOWLEDGED)
        ended = next((each for each in told if each.kind != Became.ACKNOWLEDGED), None)
        holders = [each for each in (view.place_id, *(event.place_id for event in carried)) if living(each)]
        if ended:
            state = State.WITHDRAWN if ended.kind == Became.WITHDRAWN else State.GIVEN_UP
        elif living(view.place_id):
            state = State.IN_FORCE
        else:
            state = State.CARRIED if holders else State.NOT_ACKNOWLEDGED
        found.append(Held(view, state, names[view.place_id], () if ended else tuple(holders), carried, ended))
    return found


def history(place_id: int, *, on: date, alone: PlaceView | None = None) -> list[Held]:
    """The titles of a place and of all that ever led on to it, its own first, then newest first.

    alone: the place as it is or last was, where the caller knows that nothing led on to it.
    """
    line = {place_id} if alone else territory.forerunners([place_id])
    return asked(asking_history(place_id, line, on=on, alone=alone))


def asking_history(
    place_id: int, line: Iterable[int], *, on: date, alone: PlaceView | None = None
) -> Asking[list[Held]]:
    """`history`, for whoever asks other things with it. line: the place and all that ever led on to it."""
    found = yield from _titles_of(line, by=on)
    given = sorted(found, key=lambda view: (view.place_id != place_id, -view.year, view.id))
    return (yield from _standing(given, on=on, known=alone))


def in_force(place_id: int, *, on: date) -> list[Held]:
    """The titles that a place holds on a day: its own and those acknowledged for it."""
    return [each for each in history(place_id, on=on) if place_id in each.holders]


def events_of(title_ids: Iterable[int], *, by: date | None = None) -> list[EventView]:
    """What became of those titles (by a day), oldest first. One query."""
    return asked(_events_of(title_ids, by=by))


def _events_of(title_ids: Iterable[int], *, by: date | None) -> Asking[list[EventView]]:
    rows = TitleEvent.objects.filter(title_id__in=title_ids).order_by("on", "pk")
    if by is not None:
        rows = rows.filter(on__lte=by)
    (found,) = yield (rows,)
    return [
        EventView(
            id=row.pk,
            title_id=row.title_id,
            kind=row.kind,
            place_id=row.place_id,
            on=row.on,
            decision_number=row.decision_number,
            decided_by=row.decided_by,
            reason=row.reason,
            source=row.source,
            mark=Mark(row.mark),
            by=row.by_label,
        )
        for row in found
    ]


def titled(root: PlaceView, standard_code: str, *, on: date) -> frozenset[int]:
    """The places at or below `root` that live on a day and hold the title of a standard: given to them or acknowledged
    for them, and not taken away or given up by then. One query."""
    return asked(asking_titled(root, standard_code, on=on))


def asking_titled(root: PlaceView, standard_code: str, *, on: date) -> Asking[frozenset[int]]:
    """`titled`, for whoever asks other things with it."""
    ended = TitleEvent.objects.filter(title=OuterRef("pk"), on__lte=on).exclude(kind=Became.ACKNOWLEDGED)
    held = (
        Title.objects.filter(~Exists(ended), standard_code=standard_code, year__lte=on.year)
        .alias(known_on=Coalesce("decided_on", "ceremony_on"))
        .filter(Q(known_on__isnull=True) | Q(known_on__lte=on))
    )
    own = held.filter(lives_on(on, "place__states__"), place__states__path__under=root.path)
    carried = TitleEvent.objects.filter(
        lives_on(on, "place__states__"),
        kind=Became.ACKNOWLEDGED,
        on__lte=on,
        title__in=held,
        place__states__path__under=root.path,
    )
    given, acknowledged = yield (
        own.values_list("place_id", flat=True).distinct(),
        carried.values_list("place_id", flat=True).distinct(),
    )
    return frozenset(given) | frozenset(acknowledged)


def given_under(root_id: int, *, by: date) -> list[TitleView]:
    """All titles given by a day to places that are or ever were at or below one, in order of year. Two queries."""
    rows = Title.objects.filter(place_id__in=territory.ids_ever_under(root_id), year__lte=by.year)
    views = [view_of(row) for row in rows.order_by("-year", F("decided_on").desc(nulls_last=True), "pk")]
    return [view for view in views if (view.known_on or by) <= by]


def asking_newest_under(paths: Iterable[str], *, by: date, limit: int) -> Asking[list[tuple[TitleView, str]]]:
    """The titles given last to places at or ever below those on paths, each with what its place is or last was called.

    One query, however many titles there are.
    """
    rows = Title.objects.filter(place_id__in=territory.ids_on(paths), year__lte=by.year)
    ordered = rows.annotate(of=territory.name_in_query("place_id")).order_by(
        "-year", F("decided_on").desc(nulls_last=True), F("ceremony_on").desc(nulls_last=True), "pk"
    )
    (told,) = yield (ordered[: 2 * limit],)
    found = [(view_of(row), str(row.of)) for row in told]
    return [(view, of) for view, of in found if (view.known_on or by) <= by][:limit]


def view_of(row: Title) -> TitleView:
    """The view of a row; for this package's reads."""
    return TitleView(
        id=row.pk,
        uid=row.uid,
        place_id=row.place_id,
        standard_code=row.standard_code,
        title=row.title,
        year=row.year,
        decided_on=row.decided_on,
        decision_number=row.decision_number,
        decided_by=row.decided_by,
        ceremony_on=row.ceremony_on,
        source=row.source,
        mark=Mark(row.mark),
        on_record=row.on_record,
        dossier_uid=row.dossier_uid,
    )

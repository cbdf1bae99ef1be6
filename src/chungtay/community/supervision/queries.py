"""Boards with their members, plan and notes. Names are for the posts of the place, and for all where consented."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from chungtay.community.law_values import Limit, days_of, limit
from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.community.supervision.models import (
    Body,
    NoteKind,
    Seat,
    SupervisionBoard,
    SupervisionMember,
    SupervisionNote,
)
from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.people.policies import may_act_for
from chungtay.territory import queries as territory
from viet.letters import fold

BODIES = tuple(Body.choices)
SEATS = tuple(Seat.choices)
NOTE_KINDS = tuple(NoteKind.choices)


@dataclass(frozen=True)
class MemberView:
    """One seat. name: "" where the reader may not see it. until: the first day no longer, None while seated."""

    id: int
    seat: str
    body: str
    office: str
    name: str
    is_public: bool
    since: date
    until: date | None

    @property
    def seat_words(self) -> str:
        return str(Seat(self.seat).label)

    @property
    def body_words(self) -> str:
        return str(Body(self.body).label)


@dataclass(frozen=True)
class NoteView:
    id: int
    kind: str
    on: date
    words: str
    to_whom: str
    answer: str
    answered_by: str
    answered_on: date | None
    by: str

    @property
    def kind_words(self) -> str:
        return str(NoteKind(self.kind).label)

    @property
    def waits(self) -> bool:
        """A recommendation that nobody has answered."""
        return self.kind == NoteKind.RECOMMENDATION and self.answered_on is None


@dataclass(frozen=True)
class BoardLine:
    """One board in a list."""

    id: int
    place_id: int
    place: str
    subject: str
    formed_on: date
    dissolved_on: date | None
    members: int
    notes: int
    waiting: int


@dataclass(frozen=True)
class BoardView:
    """One board. past: members who left."""

    id: int
    place_id: int
    place: str
    subject: str
    work_uid: uuid.UUID | None
    formed_on: date
    decision_number: str
    plan_sent_on: date | None
    begins_on: date | None
    dissolved_on: date | None
    dissolved_reason: str
    source: str
    by: str
    at: datetime
    members: tuple[MemberView, ...]
    past: tuple[MemberView, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True)
class Asked:
    """state: "" for all, "working" or "dissolved". year: those at work in it, 0 for all."""

    year: int = 0
    state: str = ""
    text: str = ""
    sort: str = "-formed_on"


def least_members() -> Limit:
    """How many members a board has at least."""
    return limit("board_least_members")


def plan_days() -> Limit:
    """How many days ahead a board's plan goes out."""
    return days_of("supervision_plan")


def boards(place_id: int, asked: Asked) -> list[BoardLine]:
    """The boards of a place and below that answer."""
    rows = SupervisionBoard.objects.filter(STANDING, scope(place_id))
    if asked.year:
        ending = Q(dissolved_on=None) | Q(dissolved_on__gte=date(asked.year, 1, 1))
        rows = rows.filter(ending, formed_on__lte=date(asked.year, 12, 31))
    if asked.state:
        rows = rows.filter(dissolved_on__isnull=asked.state == "working")
    return _lines(rows, asked)


def boards_of_work(work_uid: uuid.UUID) -> list[BoardLine]:
    """The boards that watch or watched a work, the latest first."""
    return _lines(SupervisionBoard.objects.filter(STANDING, work_uid=work_uid), Asked())


def notes_of_work(work_uid: uuid.UUID) -> tuple[NoteView, ...]:
    """What all boards of a work wrote, the latest first. One query."""
    rows = SupervisionNote.objects.filter(STANDING, board__work_uid=work_uid, board__struck_at=None)
    return tuple(_note(row) for row in rows.order_by("-on", "-pk"))


def without_work(place_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Boards at work in these very places that no work's record bears: id and subject. One query."""
    rows = SupervisionBoard.objects.filter(
        STANDING, place_id__in=set(place_ids), work_uid=None, dissolved_on=None
    )
    return list(rows.order_by("-formed_on", "-pk").values_list("pk", "subject"))


def years_of(place_id: int) -> list[int]:
    """The years in which a board was set up at or below a place, the latest first."""
    rows = SupervisionBoard.objects.filter(STANDING, scope(place_id)).values_list(
        "formed_on__year", flat=True
    )
    return sorted(set(rows), reverse=True)


def _lines(rows: "Iterable[SupervisionBoard]", asked: Asked) -> list[BoardLine]:
    sort = asked.sort if asked.sort.removeprefix("-") in ("formed_on", "subject") else "-formed_on"
    waiting = Q(notes__kind=NoteKind.RECOMMENDATION, notes__answered_on=None, notes__struck_at=None)
    counted = rows.annotate(  # type: ignore[attr-defined]
        seats=Count("members", filter=Q(members__until=None), distinct=True),
        written=Count("notes", filter=Q(notes__struck_at=None), distinct=True),
        waiting=Count("notes", filter=waiting, distinct=True),
    ).order_by(sort, "-pk")
    wanted = fold(asked.text)
    held = [row for row in counted if not wanted or wanted in fold(row.subject)]
    names = territory.names_of({row.place_id for row in held})
    return [
        BoardLine(
            row.pk,
            row.place_id,
            names[row.place_id],
            row.subject,
            row.formed_on,
            row.dissolved_on,
            row.seats,
            row.written,
            row.waiting,
        )
        for row in held
    ]


def board(board_id: int, *, seen_by: Actor) -> BoardView:
    """One board, as its reader may see it."""
    row = SupervisionBoard.objects.filter(pk=board_id).first()
    if row is None:
        raise NotFound(_("Không có ban giám sát này. Hãy mở lại danh sách."))
    inside = may_act_for(seen_by, "community.supervise", row.place_id)
    members = [_member(each, inside) for each in row.members.order_by("pk")]
    order = {seat: n for n, seat in enumerate(Seat.values)}
    members.sort(key=lambda each: order[each.seat])
    return BoardView(
        id=row.pk,
        place_id=row.place_id,
        place=territory.names_of({row.place_id})[row.place_id],
        subject=row.subject,
        work_uid=row.work_uid,
        formed_on=row.formed_on,
        decision_number=row.decision_number,
        plan_sent_on=row.plan_sent_on,
        begins_on=row.begins_on,
        dissolved_on=row.dissolved_on,
        dissolved_reason=row.dissolved_reason,
        source=row.source,
        by=row.by_label,
        at=row.at,
        members=tuple(each for each in members if each.until is None),
        past=tuple(each for each in members if each.until is not None),
        notes=tuple(_note(each) for each in row.notes.filter(STANDING).order_by("-on", "-pk")),
    )


def _member(row: SupervisionMember, inside: bool) -> MemberView:
    name = row.name if inside or row.is_public else ""
    return MemberView(row.pk, row.seat, row.body, row.office, name, row.is_public, row.since, row.until)


def _note(row: SupervisionNote) -> NoteView:
    return NoteView(
        row.pk,
        row.kind,
        row.on,
        row.words,
        row.to_whom,
        row.answer,
        row.answered_by,
        row.answered_on,
        row.by_label,
    )

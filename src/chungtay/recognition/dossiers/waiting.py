"""What of the dossiers waits for a post, what falls due in a span of days, and reminding of it once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from chungtay.core.actors import Actor
from chungtay.core.language import day_words, language
from chungtay.people import notices
from chungtay.people.models import Post
from chungtay.recognition.dossiers import cases, posts
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.models import Attendance, CouncilSeat, Dossier, DossierEvent, Reminder
from chungtay.recognition.titles.models import Title
from chungtay.territory import queries as territory
from rulebook.procedure import Step, Verb
from rulebook.standings import Due, Said, StepState

NOTICE: Final = "dossier_due"
"""The kind of notice that reminds; its ref is the dossier's id."""
_NEAR: Final = timedelta(days=3)


@dataclass(frozen=True)
class WaitingStep:
    """A step that could be taken. part: the field, of a divided step; "" of a whole one. due: None where no time is
    set.

    Gates are not asked: a step shut only by one waits here too, since its office is to see to it.
    """

    dossier_id: int
    place_id: int
    place_name: str
    title: str
    year: int
    step: str
    step_name: str
    part: str
    whose: str
    due: Due | None

    @property
    def is_late(self) -> bool:
        return bool(self.due and self.due.late)


def waiting(by: Actor, on: date) -> list[WaitingStep]:
    """What waits for the post in the dossiers at and below its place, the latest first; a fixed number of queries."""
    if by.place_id is None:
        return []
    found = _steps(_under_way().filter(place_id__in=territory.ids_ever_under(by.place_id)), on)
    mine = [
        line
        for case, step, state, line in found
        if posts.may_act_as(by, step, [case.procedure.roles[code] for code in state.by])
        and not (by.place_id == line.place_id and posts.is_only_for_below(step.verb, by.role))
        and (not line.part or not by.sector or line.part == by.sector)
    ]
    return sorted(mine, key=_urgency)


def sittings(by: Actor) -> list[tuple[int, int, str]]:
    """Sittings of the council for which a member's ballot waits: (dossier, council, title). One query."""
    seats = CouncilSeat.objects.filter(post_id=by.actor_id or 0, vote_uid=None, meeting__event=None)
    open_seats = seats.exclude(attendance__in=(Attendance.ABSENT, Attendance.DELEGATED)).order_by("pk")
    return list(open_seats.values_list("meeting__dossier_id", "meeting_id", "meeting__dossier__title"))


def due_between(place_id: int, start: date, end: date, *, on: date) -> list[WaitingStep]:
    """The calendar: open steps of the dossiers of a place and below whose day falls in a span, both days included."""
    found = _steps(_under_way().filter(place_id__in=territory.ids_ever_under(place_id)), on)
    lines = [line for _case, _step, _state, line in found]
    inside = [line for line in lines if line.due and line.due.day and start <= line.due.day <= end]
    return sorted(inside, key=_urgency)


def remind(*, at: datetime, on: date) -> int:
    """Tell the nearest posts whose step falls due within days, and again once it is late. How many were reminded of.

    Once for each step and due day, however often it runs.
    """
    told = 0
    for case, step, state, line in _steps(_under_way(), on):
        if line.due is None or line.due.day is None or line.due.day - on > _NEAR:
            continue
        is_late = line.due.day < on
        _row, is_new = Reminder.objects.get_or_create(
            dossier=case.row, step=step.code, part=line.part, day=line.due.day, is_late=is_late
        )
        if not is_new:
            continue
        with override("vi"):  # one text for all; what a post reads is the page it leads to
            words = _("quá hạn từ %(day)s") if is_late else _("đến hạn ngày %(day)s")
            text = f"{step.name.vi}, {line.place_name}: {words % {'day': day_words(line.due.day)}}"
        notices.tell(
            _nearest(case, state, line.part, on),
            NOTICE,
            case.row.pk,
            place_id=case.row.place_id,
            text=text[:200],
            at=at,
        )
        told += 1
    return told


def _under_way() -> "QuerySet[Dossier]":
    """Those that were not withdrawn and whose title was not announced yet."""
    gone = DossierEvent.objects.filter(said=Said.WITHDRAWN).values("dossier")
    ended = Title.objects.exclude(ceremony_on=None).exclude(dossier_uid=None).values("dossier_uid")
    return Dossier.objects.exclude(pk__in=gone).exclude(uid__in=ended).order_by("pk")


def _steps(rows: "QuerySet[Dossier]", on: date) -> Iterator[tuple[Case, Step, StepState, WaitingStep]]:
    """Every open step of every dossier, a divided one field by field. Yearly reviews are the titles' own."""
    found = cases.read_many(rows)
    names = territory.names_of(case.row.place_id for case in found)
    for case in found:
        proceeding = case.proceeding(on, cases.all_met(case.procedure))
        for state in proceeding.open:
            step = case.procedure.steps[state.code]
            if step.verb is Verb.REVIEW:
                continue
            for part in _parts_left(case, step):
                line = WaitingStep(
                    dossier_id=case.row.pk,
                    place_id=case.row.place_id,
                    place_name=names[case.row.place_id],
                    title=case.row.title,
                    year=case.row.year,
                    step=step.code,
                    step_name=step.name.in_(language()),
                    part=part,
                    whose=cases.names(state.by, case.procedure, language()),
                    due=state.due,
                )
                yield case, step, state, line


def _parts_left(case: Case, step: Step) -> Iterable[str]:
    parts = case.parts().get(step.code, ())
    return [part for part in parts if part not in case.answered(step.code)] or [""] if parts else [""]


def _nearest(case: Case, state: StepState, part: str, on: date) -> set[int]:
    """The posts that act for the body of the step at the place, else at the nearest place above."""
    kinds = frozenset().union(*(posts.posts_of(case.procedure.roles[code]) for code in state.by))
    line = [each.id for each in territory.ancestors(case.row.place_id, on)] + [case.row.place_id]
    held = Post.objects.held_on(on).filter(role__in=kinds, place_id__in=line, user__is_active=True)
    if part:
        held = held.filter(sector__in=("", part))
    found: dict[int | None, set[int]] = {}
    for post_id, place_id in held.values_list("pk", "place_id"):
        found.setdefault(place_id, set()).add(post_id)
    return next((found[place_id] for place_id in reversed(line) if place_id in found), set())


def _urgency(line: WaitingStep) -> tuple[date, int, str]:
    due = line.due.day if line.due and line.due.day else date.max
    return due, line.dossier_id, line.step

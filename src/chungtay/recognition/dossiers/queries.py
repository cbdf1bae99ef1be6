"""Reading dossiers: where one stands and why, lists of many, the year's registrations, procedures as adopted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import Refusal
from chungtay.people.policies import may_act_for
from chungtay.recognition.dossiers import cases, granting, policies, posts
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.checks import (
    VERDICTS,
    WAYS,
    CheckView,
    CriterionRow,
    by_criterion,
    criteria_of,
)
from chungtay.recognition.dossiers.council import SAYS, CouncilView, SeatView, councils, dossier_of_council
from chungtay.recognition.dossiers.gates import GateView, gates_of
from chungtay.recognition.dossiers.generating import MADE
from chungtay.recognition.dossiers.models import Dossier, DossierEvent, FrozenDossier, Origin, digest_of
from chungtay.recognition.dossiers.papers_held import content_of
from chungtay.recognition.dossiers.policies import procedure_for
from chungtay.recognition.dossiers.registering import RegistrationView, registrations
from chungtay.recognition.procedures.queries import Adopted, by_id, calendar
from chungtay.recognition.titles.models import Title
from chungtay.territory import queries as territory
from rulebook import Mark
from rulebook.procedure import Component, Procedure, Step, cited
from rulebook.standings import Proceeding, Said, Standing, StepState

__all__ = [
    "SAYS",
    "VERDICTS",
    "WAYS",
    "Adopted",
    "CheckView",
    "ComponentView",
    "CouncilView",
    "CriterionRow",
    "DossierRow",
    "EventView",
    "FrozenView",
    "GateView",
    "RegistrationView",
    "Rights",
    "SeatView",
    "StandingView",
    "StepView",
    "by_criterion",
    "by_id",
    "calendar",
    "content_of",
    "councils",
    "criteria_of",
    "dossier_of_council",
    "dossiers",
    "dossiers_of",
    "frozen",
    "procedure_for",
    "registrations",
    "rights_of",
    "standing",
    "under_way",
]


@dataclass(frozen=True)
class DossierRow:
    """A dossier in a list. state: open · withdrawn · decided. open_steps: those that could be taken, were every gate
    open: lists do not ask the data. late: days of the step most past its day, 0 when none, None when unknown."""

    id: int
    uid: UUID
    place_id: int
    place_name: str
    standard_code: str
    title: str
    year: int
    opened_on: date
    procedure: str
    procedure_label: str
    state: str
    done: int
    steps: int
    open_steps: tuple["StepView", ...]
    missing: int
    rounds: int
    mark: Mark
    by: str

    @property
    def late(self) -> int | None:
        days = [each.state.due.late for each in self.open_steps if each.state.due]
        return None if None in days else max((each for each in days if each), default=0)

    @property
    def has_due(self) -> bool:
        """Whether any open step has a day by which it is due, known or not."""
        return any(each.state.due for each in self.open_steps)


@dataclass(frozen=True)
class StepView:
    """A step with where it stands. whose: the bodies of today, of a step that is done those who did it then, in words;
    posts: titles of those who record it.

    parts_done, parts: of a divided step, the fields that have answered and all of them.
    """

    step: Step
    name: str
    verb: str
    state: StepState
    whose: str
    posts: tuple[str, ...]
    clause: str
    parts_done: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComponentView:
    """A paper of the dossier. origin: "" while it is missing; versions: how many there were; can_be_made: from data."""

    component: Component
    name: str
    whose: str
    signatory: str
    clause: str
    required: bool
    can_be_made: bool
    id: int | None = None
    uid: UUID | None = None
    origin: str = ""
    title: str = ""
    number: int = 0
    file_id: int | None = None
    location: str = ""
    on: date | None = None
    sha256: str = ""
    by: str = ""
    at: datetime | None = None
    mark: Mark | None = None
    source: str = ""


@dataclass(frozen=True)
class EventView:
    """What happened, as recorded. is_day_known: false where the paper only says "by that day"."""

    id: int
    uid: UUID
    number: int
    step: str
    step_name: str
    said: Said
    to_name: str
    part: str
    role: str
    on: date
    is_day_known: bool
    began: date | None
    counts: Mapping[str, int]
    answers: Mapping[str, Any]
    note: str
    mark: Mark
    source: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FrozenView:
    """The dossier as it was handed on. contents: rows {component, name, number, origin, sha256}.

    is_whole: contents and what was said still come to the digest; if not, somebody changed them outside the system.
    """

    event_id: int
    step: str
    on: date
    contents: tuple[Mapping[str, Any], ...]
    said: Mapping[str, Any]
    digest: str
    is_whole: bool


@dataclass(frozen=True)
class StandingView:
    """All that is to be said of a dossier on a day."""

    row: DossierRow
    procedure: Procedure
    proceeding: Proceeding
    steps: tuple[StepView, ...]
    components: tuple[ComponentView, ...]
    gates: tuple[GateView, ...]
    events: tuple[EventView, ...]
    frozen: tuple[FrozenView, ...]
    title_id: int | None
    place_ended: str
    """Why nothing more can be done for the place, "" while it lives."""

    @property
    def missing(self) -> tuple[ComponentView, ...]:
        return tuple(each for each in self.components if each.required and not each.origin)


@dataclass(frozen=True)
class Rights:
    """What a post may do with a dossier, for buttons.

    steps: of each open step (and of sending back from it) why not, "" where it may. tells: by papers, for others.
    prepares: withdraws, opens. proves: conditions by a paper.
    """

    steps: Mapping[str, str]
    tells: bool
    prepares: bool
    proves: bool
    runs_council: bool
    decides: bool


def rights_of(dossier_id: int, *, by: Actor, on: date) -> Rights:
    """What the post may do on a day, in the sentences in which it would be refused. Gates are not asked."""
    case = cases.read(dossier_id)
    policies.check_sees(by, case)
    place = case.row.place_id

    def may(permission: str) -> bool:
        return may_act_for(by, permission, place)

    return Rights(
        steps={
            state.code: policies.why_not_take(by, case, case.procedure.steps[state.code], on)
            for state in case.proceeding(on, cases.all_met(case.procedure)).open
        },
        tells=may(policies.TELL),
        prepares=may("recognition.prepare"),
        proves=may("recognition.verify") or may("recognition.appraise"),
        runs_council=may("recognition.appraise") and not by.sector,
        decides=may("recognition.decide"),
    )


def standing(dossier_id: int, *, on: date, seen_by: Actor | None = None) -> StandingView:
    """Where a dossier stands on a day, with its gates read from the data; a fixed number of queries.

    NotFound where there is none, or not for `seen_by`.
    """
    case = cases.read(dossier_id)
    if seen_by is not None:
        policies.check_sees(seen_by, case)
    told = gates_of(case, on)
    proceeding = case.proceeding(on, {each.code: each.verdict for each in told})
    names = territory.names_of([case.row.place_id])
    title = granting.title_of(case.row.uid)
    return StandingView(
        row=_row(case, proceeding, names),
        procedure=case.procedure,
        proceeding=proceeding,
        steps=steps_of(case, proceeding),
        components=_components(case, on),
        gates=told,
        events=_events(case),
        frozen=frozen(dossier_id),
        title_id=title.pk if title else None,
        place_ended=_ended(case, on),
    )


def dossiers(place_id: int, *, on: date, year: int | None = None) -> list[DossierRow]:
    """The dossiers of a place and all that ever stood below it, the newest year first; a fixed number of queries."""
    rows = Dossier.objects.filter(place_id__in=territory.ids_ever_under(place_id))
    if year is not None:
        rows = rows.filter(year=year)
    return _rows(cases.read_many(rows.order_by("-year", "-pk")), on)


def dossiers_of(place_id: int, *, on: date) -> list[DossierRow]:
    """Those of one place alone."""
    return _rows(cases.read_many(Dossier.objects.filter(place_id=place_id).order_by("-year", "-pk")), on)


def under_way(place_id: int) -> tuple[tuple[int, str, int], ...]:
    """The dossiers of one place that were neither withdrawn nor decided: (id, title, year). One query."""
    gone = DossierEvent.objects.filter(said=Said.WITHDRAWN).values("dossier")
    decided = Title.objects.exclude(dossier_uid=None).values("dossier_uid")
    rows = Dossier.objects.filter(place_id=place_id).exclude(pk__in=gone).exclude(uid__in=decided)
    return tuple(rows.order_by("-year", "-pk").values_list("pk", "title", "year"))


def frozen(dossier_id: int) -> tuple[FrozenView, ...]:
    """The dossier each time it was handed on, the newest first. One query."""
    rows = FrozenDossier.objects.filter(dossier=dossier_id).select_related("event").order_by("-pk")
    return tuple(
        FrozenView(
            event_id=row.event_id,
            step=row.event.step,
            on=row.event.on,
            contents=tuple(row.contents),
            said=row.said,
            digest=row.digest,
            is_whole=digest_of(row.contents, row.said) == row.digest,
        )
        for row in rows
    )


def steps_of(case: Case, proceeding: Proceeding) -> tuple[StepView, ...]:
    """Every step in legal order with where it stands. For this package's reads."""
    return tuple(_step(case, step, proceeding.states[step.code]) for step in case.procedure.in_order)


def _rows(found: Iterable[Case], on: date) -> list[DossierRow]:
    read = list(found)
    names = territory.names_of(case.row.place_id for case in read)
    return [_row(case, case.proceeding(on, cases.all_met(case.procedure)), names) for case in read]


def _row(case: Case, proceeding: Proceeding, names: Mapping[int, str]) -> DossierRow:
    decided = proceeding.states[case.procedure.decides].standing is Standing.DONE
    state = "withdrawn" if proceeding.withdrawn else "decided" if decided else "open"
    asked = [each for each in proceeding.states.values() if each.standing is not Standing.GONE]
    return DossierRow(
        id=case.row.pk,
        uid=case.row.uid,
        place_id=case.row.place_id,
        place_name=names[case.row.place_id],
        standard_code=case.row.standard_code,
        title=case.row.title,
        year=case.row.year,
        opened_on=case.row.opened_on,
        procedure=case.procedure.name.in_(language()),
        procedure_label=case.procedure.label.in_(language()),
        state=state,
        done=sum(each.standing is Standing.DONE for each in asked),
        steps=len(asked),
        open_steps=tuple(_step(case, case.procedure.steps[each.code], each) for each in proceeding.open),
        missing=len(proceeding.missing),
        rounds=case.round,
        mark=Mark(case.row.mark),
        by=case.row.by_label,
    )


def _step(case: Case, step: Step, state: StepState) -> StepView:
    bodies = [case.procedure.roles[code] for code in state.by]
    parts = case.parts().get(step.code, ())
    told = case.answered(step.code)
    return StepView(
        step=step,
        name=step.name.in_(language()),
        verb=step.verb.word.in_(language()),
        state=state,
        whose=cases.names(
            case.took(step) if state.standing is Standing.DONE else state.by, case.procedure, language()
        ),
        posts=tuple(posts.titles_of(bodies)),
        clause=cited(step.ground).in_(language()),
        parts_done=tuple(part for part in parts if part in told),
        parts=parts,
    )


def _components(case: Case, on: date) -> tuple[ComponentView, ...]:
    """Those of the law of the day, and any other that is there."""
    law = case.procedure.on(on).components
    views = []
    for code, each in case.procedure.components.items():
        held = case.papers.get(code)
        if code not in law and held is None:
            continue
        view: dict[str, Any] = {}
        if held is not None:
            view = {
                "id": held.pk,
                "uid": held.uid,
                "origin": Origin(held.origin).value,
                "title": held.name,
                "number": held.number,
                "file_id": held.file_id,
                "location": held.location,
                "on": held.on,
                "sha256": held.sha256,
                "by": held.by_label,
                "at": held.recorded_at,
                "mark": Mark(held.mark),
                "source": held.source,
            }
        views.append(
            ComponentView(
                component=each,
                name=each.name.in_(language()),
                whose=cases.names((each.producer,), case.procedure, language()),
                signatory=each.signatory.in_(language()),
                clause=cited(each.ground).in_(language()),
                required=each.required and code in law,
                can_be_made=code in MADE,
                **view,
            )
        )
    return tuple(views)


def _events(case: Case) -> tuple[EventView, ...]:
    steps = case.procedure.steps
    return tuple(
        EventView(
            id=row.pk,
            uid=row.uid,
            number=row.number,
            step=row.step,
            step_name=steps[row.step].name.in_(language()),
            said=Said(row.said),
            to_name=steps[row.to].name.in_(language()) if row.to in steps else "",
            part=row.part,
            role=cases.names((row.role,), case.procedure, language()) if row.role else "",
            on=row.on,
            is_day_known=row.is_day_known,
            began=row.began,
            counts=row.counts,
            answers=row.answers,
            note=row.note,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            at=row.recorded_at,
        )
        for row in case.rows
    )


def _ended(case: Case, on: date) -> str:
    try:
        policies.check_lives(case.row.place_id, on)
    except Refusal as refused:
        return str(refused)
    return ""

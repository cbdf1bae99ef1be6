"""A dossier as the engine sees it: its row, its procedure, its events and papers, read in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.recognition.dossiers.models import ComponentVersion, Dossier, DossierEvent
from chungtay.recognition.procedures import queries as procedures
from rulebook.procedure import Component, Procedure, Step, Verb
from rulebook.proceeding import proceed
from rulebook.standings import Event, Proceeding, Said
from rulebook.verdicts import Verdict


@dataclass(frozen=True)
class Case:
    """One dossier read whole. papers: the newest version of every component there is, without its bytes."""

    row: Dossier
    procedure: Procedure
    rows: tuple[DossierEvent, ...]
    papers: Mapping[str, ComponentVersion]

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(as_event(row) for row in self.rows)

    @property
    def round(self) -> int:
        """How often the dossier was sent back so far."""
        return sum(row.said == Said.RETURNED for row in self.rows)

    @property
    def is_withdrawn(self) -> bool:
        return any(row.said == Said.WITHDRAWN for row in self.rows)

    def with_event(self, row: DossierEvent) -> "Case":
        return replace(self, rows=(*self.rows, row))

    def parts(self) -> dict[str, tuple[str, ...]]:
        """The fields into which each divided step falls; none where the last word of it is told of the whole."""
        whole = {row.step: not row.part for row in self.rows if row.said in (Said.DONE, Said.TOLD)}
        return {
            step.code: tuple(self.row.sectors)
            for step in self.procedure.steps.values()
            if step.parts.vi and not whole.get(step.code)
        }

    def answered(self, step: str) -> frozenset[str]:
        """The fields of a divided step of which something is recorded since it was last sent back."""
        told: set[str] = set()
        for row in self.rows:
            if row.said == Said.RETURNED and step in self.procedure.followers(row.to):
                told.clear()
            elif row.step == step and row.said in (Said.DONE, Said.TOLD):
                told.add(row.part)
        return frozenset(told)

    def took(self, step: Step) -> tuple[str, ...]:
        """The bodies that took a step last: as told, else those whose it was on that day; () where nobody knows."""
        last = next(
            (
                row
                for row in reversed(self.rows)
                if row.step == step.code and row.said in (Said.DONE, Said.TOLD)
            ),
            None,
        )
        if last is None or last.role:
            return (last.role,) if last else ()
        if step.verb is Verb.DECIDE:
            authority = self.procedure.authority_on(last.on)
            return (authority.role,) if authority and authority.role else ()
        then = self.procedure.on(last.on).steps.get(step.code)
        return then.by if then else ()

    def proceeding(self, on: date, gates: Mapping[str, Verdict]) -> Proceeding:
        """Where it stands on a day; see `rulebook.proceeding.proceed`."""
        return proceed(
            self.procedure,
            procedures.calendar(),
            self.events,
            on=on,
            standard=self.row.standard_code,
            held=self.papers,
            gates=gates,
            parts=self.parts(),
        )

    def due_with(self, step: Step, on: date) -> list[Component]:
        """The required papers that are missing and are made at or before a step, under the law of a day."""
        law = self.procedure.on(on)
        before = {each.code for each in law.in_order if step.code in law.followers(each.code)}
        return [
            each
            for each in law.components.values()
            if each.required and each.step in before and each.code not in self.papers
        ]

    def step_of_verb(self, verb: Verb, on: date) -> Step | None:
        """The step in which something is done, under the law of a day."""
        return next((each for each in self.procedure.on(on).steps.values() if each.verb is verb), None)


def read(dossier_id: int, *, lock: bool = False) -> Case:
    """One dossier; NotFound when there is none. lock: other writers of it wait until this transaction ends."""
    if lock:
        list(Dossier.objects.select_for_update().filter(pk=dossier_id).values_list("pk", flat=True))
    found = read_many(Dossier.objects.filter(pk=dossier_id))
    if not found:
        raise not_there()
    return found[0]


def read_many(rows: Any) -> list[Case]:
    """Many dossiers, in their own order: four queries at most, one more for a procedure not met before."""
    told = (
        rows.select_related("place", "procedure")
        .defer("procedure__frozen")
        .prefetch_related(
            Prefetch("events", DossierEvent.objects.order_by("number")),
            Prefetch("components", ComponentVersion.objects.defer("content").order_by("number")),
        )
    )
    return [
        Case(
            row,
            procedures.adopted(row.procedure).procedure,
            tuple(row.events.all()),
            {each.component: each for each in row.components.all()},  # a later one replaces an earlier
        )
        for row in told
    ]


def as_event(row: DossierEvent) -> Event:
    """The engine's event behind a row."""
    return Event(
        step=row.step,
        on=row.on,
        said=Said(row.said),
        to=row.to,
        part=row.part,
        by=row.role,
        began=row.began,
        counts=row.counts,
        answers={code: (pair[0], pair[1]) for code, pair in row.answers.items()},
    )


def all_met(procedure: Procedure) -> dict[str, Verdict]:
    """Every gate as open: for lists, which ask what is due and not what the data say."""
    return dict.fromkeys(procedure.gates, Verdict.MET)


def not_there() -> NotFound:
    """The same words for a dossier that is not there and one that is not for these eyes."""
    return NotFound(_("Không có hồ sơ này, hoặc hồ sơ không thuộc phạm vi của chức danh bạn đang giữ."))


def names(bodies: Iterable[str], procedure: Procedure, language: str) -> str:
    """Bodies by name in a language."""
    return procedure.role_names(bodies).in_(language)

"""`proceed`: where a case stands in a procedure, given what has happened. Pure: the same events, the same answer.

A step is done when something says so, the counts it asks for pass, whoever acted could act on that day, and every
step it waits for was done no later. What does not count is told as a fault, with its sentence; nothing is dropped in
silence. The law of the day on which a step was taken decides about that step; the law of `on` decides what is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rulebook.calendar import Calendar, Reckoned, months_after
from rulebook.procedure import Component, Every, Procedure, Step, Verb, cited
from rulebook.settling import Settled, Taken, nobody
from rulebook.standings import Due, Event, Missing, Proceeding, Reason, Standing, StepState
from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict


def proceed(
    procedure: Procedure,
    calendar: Calendar,
    events: Sequence[Event],
    *,
    on: date,
    standard: str = "",
    held: Iterable[str] = (),
    gates: Mapping[str, Verdict] | None = None,
    parts: Mapping[str, Sequence[str]] | None = None,
    households: int | None = None,
) -> Proceeding:
    """Where the case stands on a day.

    Events after that day have not happened yet. standard: id of the title asked for (the first of the procedure when
    left out); held: codes of the components that are there; gates: what is known of each gate, unknown where nothing
    is said; parts: into which parts (sectors) a divided step falls here; households: of the place, over which a survey
    counts who took part.
    """
    title = standard or next(iter(procedure.standards), "")
    past = [each for each in events if each.on <= on]
    settled = Settled(procedure, past, standard=title, parts=parts or {}, households=households)
    return _Case(procedure, calendar, settled, on, frozenset(held), gates or {}).proceeding()


class _Case:
    """What is to be said of a case today."""

    def __init__(
        self,
        procedure: Procedure,
        calendar: Calendar,
        settled: Settled,
        on: date,
        held: frozenset[str],
        gates: Mapping[str, Verdict],
    ) -> None:
        self.procedure, self.today, self.calendar, self.on = procedure, procedure.on(on), calendar, on
        self.settled, self.held, self.gates = settled, held, gates

    def proceeding(self) -> Proceeding:
        states = {}
        for code, whole in self.procedure.steps.items():
            step = self.today.steps.get(code)
            states[code] = self._state(step) if step else self._gone(whole)
        return Proceeding(
            on=self.on,
            procedure=self.procedure.id,
            digest=self.procedure.digest,
            states=states,
            missing=tuple(
                self._missing(each)
                for each in self.today.components.values()
                if each.required and each.code not in self.held
            ),
            faults=tuple(self.settled.faults),
            authority=self.procedure.authority_on(self.on),
            withdrawn=self.settled.withdrawn,
        )

    def _missing(self, component: Component) -> Missing:
        return Missing(component, self.procedure.role_names((component.producer,)))

    def _gone(self, step: Step) -> StepState:
        done = self.settled.done.get(step.code)
        taken = self.settled.taken.get(step.code)
        return StepState(
            step.code,
            Standing.DONE if done else Standing.GONE,
            (),
            done_on=done,
            outcomes=taken.outcomes if taken else (),
            notes=taken.notes if taken else (),
        )

    def _state(self, step: Step) -> StepState:
        taken, done = self.settled.taken.get(step.code), self.settled.done.get(step.code)
        due = self._due(step)
        standing, reasons = self._standing(step, taken)
        if done and step.every and due and due.day and due.day <= self.on and not self.settled.withdrawn:
            standing = Standing.OPEN  # time for the next one
        return StepState(
            code=step.code,
            standing=standing,
            by=self._whose(step),
            reasons=reasons,
            done_on=done,
            due=due,
            outcomes=taken.outcomes if taken else (),
            notes=taken.notes if taken else (),
        )

    def _whose(self, step: Step) -> tuple[str, ...]:
        if step.verb is not Verb.DECIDE:
            return step.by
        authority = self.procedure.authority_on(self.on)
        return (authority.role,) if authority and authority.role else ()

    def _standing(self, step: Step, taken: Taken | None) -> tuple[Standing, tuple[Reason, ...]]:
        if step.code in self.settled.done:
            return Standing.DONE, ()
        if self.settled.withdrawn:
            return Standing.CLOSED, (
                Reason("closed", step.code, Text("Đơn vị đề nghị đã rút hồ sơ.", "The applicant withdrew.")),
            )
        waits = self._waits(step)
        if waits:
            return Standing.BLOCKED, waits
        if taken and taken.failed:
            return Standing.FAILED, taken.reasons
        return Standing.OPEN, taken.reasons if taken else ()

    def _waits(self, step: Step) -> tuple[Reason, ...]:
        """What keeps a step shut today."""
        found = []
        for code in step.after:
            before = self.today.steps[code]
            if code not in self.settled.done and not before.optional:
                found.append(
                    Reason(
                        "step",
                        code,
                        Text(
                            f"Chờ “{before.name.vi}” xong ({cited(step.ground).vi}).",
                            f"Waits for “{before.name.en}” ({cited(step.ground).en}).",
                        ),
                    )
                )
        for code in step.takes:
            if code not in self.held:
                found.append(self._lacks(self.today.components[code]))
        for gate in self.today.gates.values():
            verdict = self.gates.get(gate.code, Verdict.UNKNOWN)
            if step.code in gate.closes and not verdict.holds:
                vi, en = (
                    ("chưa đạt", "is not met")
                    if verdict is Verdict.NOT_MET
                    else ("chưa biết", "is not known")
                )
                found.append(
                    Reason(
                        "gate",
                        gate.code,
                        Text(
                            f"Điều kiện “{gate.name.vi}” {vi}; cần {gate.proof.vi} ({cited(gate.ground).vi}).",
                            f"The condition “{gate.name.en}” {en}; {gate.proof.en} needed ({cited(gate.ground).en}).",
                        ),
                    )
                )
        if not self._whose(step):
            found.append(nobody(self.procedure, step, self.on))
        return tuple(found)

    def _lacks(self, component: Component) -> Reason:
        whose = self.procedure.role_names((component.producer,))
        return Reason(
            "component",
            component.code,
            Text(
                f"Thiếu “{component.name.vi}”, do {whose.vi} lập ({cited(component.ground).vi}).",
                f"“{component.name.en}” is missing; {whose.en} makes it ({cited(component.ground).en}).",
            ),
        )

    # --- deadlines ---

    def _due(self, step: Step) -> Due | None:
        done = self.settled.done.get(step.code)
        if step.every:
            return self._next(step.every, done)
        span = step.within
        if span is None or span.since not in self.settled.done:
            return None
        start, ground = self.settled.done[span.since], cited(span.ground)
        if span.days is None:
            unknown = Text(
                f"Chưa biết thời hạn ({ground.vi}).", f"The time allowed is not known ({ground.en})."
            )
            return Due(None, unknown, ground, span.working, False, None)
        end = self.calendar.after(start, span.days, working=span.working)
        late = self._late(end, done or self.on, working=span.working)
        confirmed = span.ground.confirmed and end.confirmed
        return Due(end.day, end.reason, ground, span.working, confirmed, late)

    def _next(self, every: Every, done: date | None) -> Due | None:
        start = done or self.settled.done.get(every.since)
        if start is None:
            return None
        end = Reckoned(day=months_after(start, every.months))
        return Due(
            end.day,
            EMPTY,
            cited(every.ground),
            False,
            every.ground.confirmed,
            self._late(end, self.on, working=False),
        )

    def _late(self, end: Reckoned, until: date, *, working: bool) -> int | None:
        if end.day is None:
            return None
        if until <= end.day:
            return 0
        if not working:
            return (until - end.day).days
        return self.calendar.working_days_between(end.day, until).days

"""`proceed`: where a case stands in a procedure, given what has happened. Pure: the same events, the same answer.

A step is done when something says so, the counts it asks for pass, whoever acted could act on that day, and every
step it waits for was done no later. What does not count is told as a fault, with its sentence; nothing is dropped in
silence. The law of the day on which a step was taken decides about that step; the law of `on` decides what is open.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from rulebook.ballots import Counts, Outcome, count_notice, count_survey, count_vote
from rulebook.calendar import Calendar, Reckoned, months_after
from rulebook.procedure import Authority, Component, Every, Procedure, Step, Verb, cited, gone_since
from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict
from viet.dates import format_day


class Said(StrEnum):
    """What an event says of its step. told: a paper says it was done and gives no counts; shown as such.

    returned: sent back to the step `to`, which undoes it and what followed. withdrawn: the applicant withdrew.
    """

    DONE = "done"
    TOLD = "told"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Event:
    """What happened, in the order it was recorded. part: which sector, where the step is divided; by: the role that
    acted; began: of a notice; answers: of a survey, (satisfied, answered) by question."""

    step: str
    on: date
    said: Said = Said.DONE
    to: str = ""
    part: str = ""
    by: str = ""
    began: date | None = None
    counts: Counts = field(default_factory=dict)
    answers: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)


class Standing(StrEnum):
    """Where a step stands. gone: the law of the day has it no more; closed: the applicant withdrew before it."""

    DONE = "done"
    OPEN = "open"
    FAILED = "failed"
    BLOCKED = "blocked"
    GONE = "gone"
    CLOSED = "closed"


STANDINGS = {
    Standing.DONE: Text("đã xong", "done"),
    Standing.OPEN: Text("làm được", "open"),
    Standing.FAILED: Text("không đạt", "failed"),
    Standing.BLOCKED: Text("còn khóa", "blocked"),
    Standing.GONE: Text("không còn trong quy trình", "no longer part of the procedure"),
    Standing.CLOSED: Text("đã đóng", "closed"),
}


@dataclass(frozen=True)
class Reason:
    """Why a step is not open or not done. kind: step, component, gate, part, count, authority, role, day, closed;
    ref: the code of what is meant."""

    kind: str
    ref: str
    sentence: Text


@dataclass(frozen=True)
class Due:
    """By when a step must be done. day: None when it is not known, with the reason; late: days past it, working days
    where it counts in those, None when not known."""

    day: date | None
    reason: Text
    ground: Text
    working: bool
    confirmed: bool
    late: int | None


@dataclass(frozen=True)
class StepState:
    """One step. by: whose it is today. notes: what must be said beside it, e.g. that only a paper tells of it."""

    code: str
    standing: Standing
    by: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    done_on: date | None = None
    due: Due | None = None
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A required component that is not there, whose it is, and the step that makes it."""

    component: Component
    whose: Text


@dataclass(frozen=True)
class Proceeding:
    """Everything that is to be said of a case on a day. faults: events that were not counted, and why."""

    on: date
    procedure: str
    digest: str
    states: Mapping[str, StepState]
    missing: tuple[Missing, ...]
    faults: tuple[Text, ...]
    authority: Authority | None
    withdrawn: bool

    def _with(self, *standings: Standing) -> tuple[StepState, ...]:
        return tuple(each for each in self.states.values() if each.standing in standings)

    @property
    def open(self) -> tuple[StepState, ...]:
        return self._with(Standing.OPEN, Standing.FAILED)

    @property
    def done(self) -> tuple[StepState, ...]:
        return self._with(Standing.DONE)

    @property
    def blocked(self) -> tuple[StepState, ...]:
        return self._with(Standing.BLOCKED)

    def to_plain(self) -> dict[str, Any]:
        """As JSON, to be frozen with the dossier."""
        return {
            "on": self.on.isoformat(),
            "procedure": self.procedure,
            "digest": self.digest,
            "withdrawn": self.withdrawn,
            "authority": self.authority.role if self.authority else None,
            "missing": [each.component.code for each in self.missing],
            "faults": [_plain(each) for each in self.faults],
            "steps": [_plain_state(each) for each in self.states.values()],
        }


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
    case = _Case(
        procedure,
        calendar,
        tuple(each for each in events if each.on <= on),
        on,
        standard or next(iter(procedure.standards), ""),
        frozenset(held),
        gates or {},
        parts or {},
        households,
    )
    return case.proceeding()


_DECIDED = Text(
    "Đã có quyết định công nhận nên không rút hồ sơ được nữa; việc thôi danh hiệu theo quy định về thu hồi.",
    "Recognition was decided, so the file is past withdrawing; giving up the title follows the rule of withdrawal.",
)


@dataclass(frozen=True)
class _Taken:
    """What the valid events make of a step, before it is asked whether it could be taken."""

    on: date
    outcomes: tuple[Outcome, ...]
    notes: tuple[Text, ...]
    reasons: tuple[Reason, ...]
    failed: bool


class _Case:
    """One case while it is read: every step settled once, in legal order."""

    def __init__(
        self,
        procedure: Procedure,
        calendar: Calendar,
        events: tuple[Event, ...],
        on: date,
        standard: str,
        held: frozenset[str],
        gates: Mapping[str, Verdict],
        parts: Mapping[str, Sequence[str]],
        households: int | None,
    ) -> None:
        self.procedure, self.today, self.calendar, self.on = procedure, procedure.on(on), calendar, on
        self.standard, self.held, self.gates, self.households = standard, held, gates, households
        self.parts = parts
        self.faults: list[Text] = []
        self.law_of = {each.on: procedure.on(each.on) for each in events}
        self.withdrawn = False
        self.events = self._valid(events)
        self.done: dict[str, date] = {}
        self.taken: dict[str, _Taken] = {}
        for step in procedure.in_order:
            self._settle(step)

    # --- which events count ---

    def _valid(self, events: Sequence[Event]) -> list[Event]:
        """The events that still say something: not sent back later, by someone who could act, of a step there was."""
        kept: list[Event] = []
        for event in events:
            if fault := self._fault(event, {each.step for each in kept}):
                self.faults.append(fault)
            elif event.said is Said.WITHDRAWN:
                self.withdrawn = True
            elif event.said is Said.RETURNED:
                undone = self.procedure.followers(event.to)
                kept = [each for each in kept if each.step not in undone]
            else:
                kept.append(event)
        return kept

    def _fault(self, event: Event, taken: Set[str]) -> Text | None:
        """Why an event cannot count; None when it can. taken: the steps of which something was recorded before."""
        step = self.procedure.steps.get(event.step)
        day, law = format_day(event.on), self.law_of[event.on]
        day_en = format_day(event.on, "en")
        if step is None:
            return Text(
                f"Quy trình không có bước “{event.step}”. Hãy chọn bước của quy trình.",
                f"The procedure has no step “{event.step}”. Choose one of its own.",
            )
        if event.said is Said.WITHDRAWN:
            return _DECIDED if self.procedure.decides in taken else None
        if event.step not in law.steps:
            return Text(
                f"Ngày {day} không còn hoặc chưa có bước “{step.name.vi}” ({cited(step.ground).vi}). Hãy xem lại ngày.",
                f"On {day_en} there is no step “{step.name.en}” ({cited(step.ground).en}). Check the day.",
            )
        step = law.steps[event.step]
        if event.said is Said.RETURNED and event.to not in step.returns_to:
            return Text(
                f"Bước “{step.name.vi}” không trả hồ sơ về bước “{event.to}”. Hãy chọn một trong: "
                f"{', '.join(step.returns_to) or 'không bước nào'}.",
                f"The step “{step.name.en}” does not send the file back to “{event.to}”. Choose one of: "
                f"{', '.join(step.returns_to) or 'none'}.",
            )
        waited = {code for code in step.after if not law.steps[code].optional}
        if event.said is Said.RETURNED and not waited <= taken:
            return Text(
                f"Ngày {day} hồ sơ chưa đến bước “{step.name.vi}” nên bước ấy chưa trả lại được.",
                f"On {day_en} the file had not reached “{step.name.en}”, which cannot send it back yet.",
            )
        return self._wrong_actor(event, step)

    def _wrong_actor(self, event: Event, step: Step) -> Text | None:
        if not event.by:
            return None
        role = self.procedure.roles.get(event.by)
        if role is None:
            return Text(f"Quy trình không có vai “{event.by}”.", f"The procedure has no role “{event.by}”.")
        if not role.dated.holds_on(event.on):
            why = gone_since(role, event.on)
            return Text(
                f"{why.vi}, nên không làm được bước “{step.name.vi}” ngày {format_day(event.on)}. "
                "Hãy xem lại ngày hoặc người ký.",
                f"{why.en}, so it could not take the step “{step.name.en}” on {format_day(event.on, 'en')}. "
                "Check the day or the signatory.",
            )
        allowed = step.by
        if step.verb is Verb.DECIDE:
            authority = self.procedure.authority_on(event.on)
            allowed = (authority.role,) if authority and authority.role else ()
        if event.by in allowed or not allowed:
            return None
        names = self.procedure.role_names(allowed)
        return Text(
            f"Bước “{step.name.vi}” ngày {format_day(event.on)} thuộc {names.vi}, không thuộc {role.name.vi}.",
            f"The step “{step.name.en}” on {format_day(event.on, 'en')} is for {names.en}, not for {role.name.en}.",
        )

    # --- what they make of a step ---

    def _settle(self, step: Step) -> None:
        """Whether the step is done, from its own events and the steps it waits for."""
        events = [each for each in self.events if each.step == step.code]
        if not events:
            return
        taken = self._take(step, events)
        after = self.law_of[events[-1].on].steps[step.code].after
        reasons = list(taken.reasons)
        for code in after:
            before = self.procedure.steps[code]
            if before.optional:
                continue
            if code not in self.done:
                reasons.append(self._too_early(step, before, events[-1].on, None))
            elif self.done[code] > taken.on:
                reasons.append(self._too_early(step, before, taken.on, self.done[code]))
        self.faults += [each.sentence for each in reasons if each.kind == "day"]
        if not reasons and not taken.failed:
            self.done[step.code] = taken.on
        self.taken[step.code] = _Taken(taken.on, taken.outcomes, taken.notes, tuple(reasons), taken.failed)

    def _too_early(self, step: Step, before: Step, on: date, done: date | None) -> Reason:
        if done is None:
            vi, en = "chưa xong", "is not done"
        else:
            vi, en = f"ngày {format_day(done)} mới xong", f"was done only on {format_day(done, 'en')}"
        return Reason(
            "day",
            before.code,
            Text(
                f"“{step.name.vi}” ghi ngày {format_day(on)} khi “{before.name.vi}” {vi} ({cited(step.ground).vi}).",
                f"“{step.name.en}” is recorded on {format_day(on, 'en')} while “{before.name.en}” {en} "
                f"({cited(step.ground).en}).",
            ),
        )

    def _take(self, step: Step, events: Sequence[Event]) -> _Taken:
        """The last event of every part, and what the counts of the last one come to."""
        last = {each.part: each for each in events}
        reasons = []
        for part in self.parts.get(step.code, ()) if step.parts.vi else ():
            if part not in last:
                reasons.append(
                    Reason(
                        "part",
                        part,
                        Text(
                            f"Còn thiếu kết quả của {step.parts.vi} {part}.",
                            f"The {step.parts.en} {part} has not answered yet.",
                        ),
                    )
                )
        event = events[-1]
        outcomes = self._counted(step, event)
        on, notes, failed = max(each.on for each in last.values()), [], False
        if event.said is Said.TOLD:
            notes.append(Text("Theo văn bản.", "As a paper tells."))
        if step.verb is Verb.DECIDE:
            authority = self.procedure.authority_on(event.on)
            if authority is None or authority.role is None:
                notes.append(self._nobody(step, event.on).sentence)
        for outcome in outcomes:
            if outcome.verdict is Verdict.NOT_MET:
                failed = True
                reasons.append(Reason("count", outcome.code, outcome.sentence))
            elif outcome.verdict is Verdict.UNKNOWN:
                if not outcome.law_known or event.said is Said.TOLD:
                    notes.append(outcome.sentence)
                else:
                    reasons.append(Reason("count", outcome.code, outcome.sentence))
        return _Taken(on, outcomes, tuple(notes), tuple(reasons), failed)

    def _counted(self, step: Step, event: Event) -> tuple[Outcome, ...]:
        outcomes: tuple[Outcome, ...] = ()
        if step.notice:
            outcomes += count_notice(
                step.notice, began=event.began, ended=event.on, broadcasts=event.counts.get("broadcasts")
            )
        if step.vote:
            outcomes += count_vote(self.procedure.votes[step.vote], event.counts)
        if step.survey:
            outcomes += count_survey(
                self.procedure.surveys[step.survey],
                self.standard,
                households=event.counts.get("households", self.households),
                participants=event.counts.get("participants"),
                answers=event.answers,
            )
        return outcomes

    # --- what is to be said today ---

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
            faults=tuple(self.faults),
            authority=self.procedure.authority_on(self.on),
            withdrawn=self.withdrawn,
        )

    def _missing(self, component: Component) -> Missing:
        return Missing(component, self.procedure.role_names((component.producer,)))

    def _gone(self, step: Step) -> StepState:
        done = self.done.get(step.code)
        taken = self.taken.get(step.code)
        return StepState(
            step.code,
            Standing.DONE if done else Standing.GONE,
            (),
            done_on=done,
            outcomes=taken.outcomes if taken else (),
            notes=taken.notes if taken else (),
        )

    def _state(self, step: Step) -> StepState:
        taken, done = self.taken.get(step.code), self.done.get(step.code)
        due = self._due(step)
        standing, reasons = self._standing(step, taken)
        if done and step.every and due and due.day and due.day <= self.on and not self.withdrawn:
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

    def _standing(self, step: Step, taken: _Taken | None) -> tuple[Standing, tuple[Reason, ...]]:
        if step.code in self.done:
            return Standing.DONE, ()
        if self.withdrawn:
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
            if code not in self.done and not before.optional:
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
            found.append(self._nobody(step, self.on))
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

    def _nobody(self, step: Step, on: date) -> Reason:
        day, day_en = format_day(on), format_day(on, "en")
        authority = self.procedure.authority_on(on) if step.verb is Verb.DECIDE else None
        ground = authority.ground if authority else step.ground
        return Reason(
            "authority",
            step.code,
            Text(
                f"Chưa biết ngày {day} ai làm bước “{step.name.vi}” ({cited(ground).vi}). "
                "Hãy hỏi cơ quan cấp trên và bổ sung vào quy trình.",
                f"Who takes the step “{step.name.en}” on {day_en} is not known ({cited(ground).en}). "
                "Ask the body above and add it to the procedure.",
            ),
        )

    # --- deadlines ---

    def _due(self, step: Step) -> Due | None:
        done = self.done.get(step.code)
        if step.every:
            return self._next(step.every, done)
        span = step.within
        if span is None or span.since not in self.done:
            return None
        start, ground = self.done[span.since], cited(span.ground)
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
        start = done or self.done.get(every.since)
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


def _plain(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _plain_state(state: StepState) -> dict[str, Any]:
    due = state.due
    return {
        "code": state.code,
        "standing": state.standing.value,
        "by": list(state.by),
        "reasons": [
            {"kind": each.kind, "ref": each.ref, "sentence": _plain(each.sentence)} for each in state.reasons
        ],
        "done_on": state.done_on.isoformat() if state.done_on else None,
        "due": {
            "day": due.day.isoformat() if due.day else None,
            "reason": _plain(due.reason),
            "ground": _plain(due.ground),
            "working": due.working,
            "confirmed": due.confirmed,
            "late": due.late,
        }
        if due
        else None,
        "outcomes": [each.to_plain() for each in state.outcomes],
        "notes": [_plain(each) for each in state.notes],
    }

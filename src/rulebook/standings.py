"""What happened in a case, and what is said of it on a day: every step with its standing, reasons, deadline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from rulebook.ballots import Counts, Outcome
from rulebook.procedure import Authority, Component
from rulebook.texts import Text


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

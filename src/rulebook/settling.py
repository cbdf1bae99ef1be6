"""Which events of a case count, and which steps they make done. What does not count is told as a fault.

The law of the day on which a step was taken decides about that step.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from rulebook.ballots import Outcome, count_notice, count_survey, count_vote
from rulebook.procedure import Procedure, Step, Verb, cited, gone_since
from rulebook.standings import Event, Reason, Said
from rulebook.texts import Text
from rulebook.verdicts import Verdict
from viet.dates import format_day

_DECIDED = Text(
    "Đã có quyết định công nhận nên không rút hồ sơ được nữa; việc thôi danh hiệu theo quy định về thu hồi.",
    "Recognition was decided, so the file is past withdrawing; giving up the title follows the rule of withdrawal.",
)


@dataclass(frozen=True)
class Taken:
    """What the valid events make of a step, before it is asked whether it could be taken."""

    on: date
    outcomes: tuple[Outcome, ...]
    notes: tuple[Text, ...]
    reasons: tuple[Reason, ...]
    failed: bool


class Settled:
    """What the events of a case come to, every step settled once, in legal order.

    done: the day on which each step that is done was. taken: what the events make of every step they speak of.
    faults: of the events that do not count.
    """

    def __init__(
        self,
        procedure: Procedure,
        events: Sequence[Event],
        *,
        standard: str,
        parts: Mapping[str, Sequence[str]],
        households: int | None,
    ) -> None:
        self.procedure, self.standard, self.parts, self.households = procedure, standard, parts, households
        self.faults: list[Text] = []
        self.law_of = {each.on: procedure.on(each.on) for each in events}
        self.withdrawn = False
        self.events = self._valid(events)
        self.done: dict[str, date] = {}
        self.taken: dict[str, Taken] = {}
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
        self.taken[step.code] = Taken(taken.on, taken.outcomes, taken.notes, tuple(reasons), taken.failed)

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

    def _take(self, step: Step, events: Sequence[Event]) -> Taken:
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
                notes.append(nobody(self.procedure, step, event.on).sentence)
        for outcome in outcomes:
            if outcome.verdict is Verdict.NOT_MET:
                failed = True
                reasons.append(Reason("count", outcome.code, outcome.sentence))
            elif outcome.verdict is Verdict.UNKNOWN:
                if not outcome.law_known or event.said is Said.TOLD:
                    notes.append(outcome.sentence)
                else:
                    reasons.append(Reason("count", outcome.code, outcome.sentence))
        return Taken(on, outcomes, tuple(notes), tuple(reasons), failed)

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


def nobody(procedure: Procedure, step: Step, on: date) -> Reason:
    """Why a step has nobody to take it on a day."""
    day, day_en = format_day(on), format_day(on, "en")
    authority = procedure.authority_on(on) if step.verb is Verb.DECIDE else None
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

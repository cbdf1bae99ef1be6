"""procedure-cases.yaml → worked cases beside a procedure: sentences, run as tests, printed as documentation.

A case is about one thing: a vote, a notice, a mark of a survey, a time allowed, who decides on a day, or where a whole
case stands. Every mark and time that is known has a case that is met, one that is not and one that is not known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rulebook.ballots import Outcome, count_notice, count_survey, count_vote, verdict_of
from rulebook.calendar import Calendar
from rulebook.loading.procedures import Procedures
from rulebook.loading.tree import Node, read_tree
from rulebook.problems import Bad, Problem, Problems
from rulebook.procedure import Procedure
from rulebook.proceeding import proceed
from rulebook.standings import Event, Said, Standing
from rulebook.verdicts import Verdict

KINDS = ("vote", "notice", "survey", "within", "authority", "expect")
_COUNTED = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)
_KEYS = {
    "vote": ("vote", "counts", "verdict"),
    "notice": ("notice", "began", "ended", "counts", "verdict"),
    "survey": ("survey", "mark", "standard", "counts", "answers", "verdict"),
    "within": ("within", "start", "done", "verdict"),
    "authority": ("authority", "role"),
    "expect": ("on", "standard", "told", "events", "held", "gates", "expect"),
}
EACH = "each"


@dataclass(frozen=True)
class ProcedureCase:
    """One worked case. kind: of KINDS; about: what it tries, as a code; says: what it expects; finds: what came out."""

    sentence: str
    kind: str
    about: str
    says: str
    finds: str
    file: str
    line: int

    @property
    def agrees(self) -> bool:
        return self.says == self.finds


def check_procedures(
    procedures: Procedures, calendar: Calendar
) -> tuple[dict[str, list[ProcedureCase]], list[Problem]]:
    """The cases of every procedure, run, and every problem: a case that disagrees, a mark without its cases."""
    found: dict[str, list[ProcedureCase]] = {}
    problems: list[Problem] = []
    for key, procedure in procedures.by_id.items():
        path = procedures.folders[key] / "procedure-cases.yaml"
        try:
            found[key] = read_cases(path, procedure, calendar, procedures.nodes[key].file)
        except Bad as bad:
            problems += bad.problems
            continue
        problems += _disagreeing(found[key])
        problems += _untried(procedure, found[key], procedures.nodes[key])
    return found, problems


def read_cases(path: Path, procedure: Procedure, calendar: Calendar, beside: str) -> list[ProcedureCase]:
    """The cases of one file, each with what the engine makes of it. Raises Bad with every problem."""
    node = read_tree(path, str(Path(beside).parent / path.name))
    problems = Problems()
    cases = []
    reader = _Reader(procedure, calendar)
    for item in node.mapping(required=("cases",))["cases"].items():
        with problems.catching():
            cases.append(reader.case(item))
    problems.raise_if_any()
    return cases


def _disagreeing(cases: Iterable[ProcedureCase]) -> list[Problem]:
    return [
        Problem(
            case.file,
            case.line,
            f"ví dụ nói {case.says}, máy tính ra {case.finds}",
            case.sentence,
            "Xem lại ví dụ và quy trình; một trong hai sai.",
        )
        for case in cases
        if not case.agrees
    ]


def _untried(procedure: Procedure, cases: Iterable[ProcedureCase], node: Node) -> list[Problem]:
    seen: dict[tuple[str, str], set[str]] = {}
    for case in cases:
        seen.setdefault((case.kind, case.about), set()).add(case.says)
    problems = [
        Problem(
            node.file,
            0,
            f"“{about}” ({kind}) thiếu ví dụ {says}",
            "mỗi mức, mỗi thời hạn đã biết có ví dụ đạt, chưa đạt và chưa biết; mức chưa biết có ví dụ chưa biết",
            "Thêm một ví dụ vào procedure-cases.yaml, tốt nhất là ở đúng mép.",
        )
        for kind, about, wanted in _wanted(procedure)
        for says in wanted
        if says not in seen.get((kind, about), set())
    ]
    if not any(kind == "expect" for kind, _ in seen):
        problems.append(
            Problem(
                node.file,
                0,
                "chưa có ví dụ cả hồ sơ",
                "quy trình được thử từ đầu đến cuối",
                "Thêm một ví dụ có expect.",
            )
        )
    return problems


def _wanted(procedure: Procedure) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What cases there must be: kind, about, and what they say."""

    def says(known: bool) -> tuple[str, ...]:
        return _COUNTED if known else (Verdict.UNKNOWN,)

    for vote in procedure.votes.values():
        yield "vote", vote.code, says(vote.passes.share is not None)
    for survey in procedure.surveys.values():
        yield "survey", f"{survey.code} floor", says(survey.floor.share is not None)
        for marks in survey.passes:
            whose = f" {marks.standards[0]}" if marks.standards else ""
            yield "survey", f"{survey.code} overall{whose}", says(marks.overall.share is not None)
            yield "survey", f"{survey.code} {EACH}{whose}", says(marks.each.share is not None)
    for step in procedure.steps.values():
        if step.notice:
            yield "notice", step.code, says(step.notice.days is not None)
        if step.within:
            yield "within", step.code, says(step.within.days is not None)
    for authority in procedure.authorities:
        yield "authority", authority.role or "unknown", (authority.role or "unknown",)


class _Reader:
    """Reads and runs the cases of one procedure."""

    def __init__(self, procedure: Procedure, calendar: Calendar) -> None:
        self.procedure, self.calendar = procedure, calendar
        self.run = {
            "vote": self._vote,
            "notice": self._notice,
            "survey": self._survey,
            "within": self._within,
            "authority": self._authority,
            "expect": self._flow,
        }

    def case(self, item: Node) -> ProcedureCase:
        kinds = [key for key in KINDS if key in item.entries()]
        if len(kinds) != 1:
            raise item.bad(
                "ví dụ phải nói về đúng một việc",
                f"đang nói về {len(kinds)}",
                f"Viết đúng một trong: {', '.join(KINDS)}.",
            )
        kind = kinds[0]
        fields = item.mapping(required=("case", kind), optional=tuple(k for k in _KEYS[kind] if k != kind))
        about, says, finds = self.run[kind](fields)
        return ProcedureCase(fields["case"].text(), kind, about, says, finds, item.file, item.line)

    def _vote(self, fields: dict[str, Node]) -> tuple[str, str, str]:
        vote = self.procedure.votes[fields["vote"].one_of(tuple(self.procedure.votes))]
        return vote.code, _verdict(fields), verdict_of(count_vote(vote, _counts(fields)))

    def _notice(self, fields: dict[str, Node]) -> tuple[str, str, str]:
        known = {each.code: each.notice for each in self.procedure.steps.values() if each.notice}
        code = fields["notice"].one_of(tuple(known))
        began, ended = (fields[key].day() if key in fields else None for key in ("began", "ended"))
        found = count_notice(
            known[code], began=began, ended=ended, broadcasts=_counts(fields).get("broadcasts")
        )
        return (
            code,
            _verdict(fields),
            verdict_of(each for each in found if each.law_known) if _known(found) else "unknown",
        )

    def _survey(self, fields: dict[str, Node]) -> tuple[str, str, str]:
        survey = self.procedure.surveys[fields["survey"].one_of(tuple(self.procedure.surveys))]
        standard = fields["standard"].one_of(self.procedure.standards) if "standard" in fields else ""
        counts = _counts(fields)
        outcomes = count_survey(
            survey,
            standard,
            households=counts.get("households"),
            participants=counts.get("participants"),
            answers=_answers(fields),
        )
        mark = fields["mark"].one_of(("floor", "overall", EACH))
        chosen = [
            each for each in outcomes if (each.code if each.code in ("floor", "overall") else EACH) == mark
        ]
        whose = f" {standard}" if standard and mark != "floor" else ""
        return f"{survey.code} {mark}{whose}", _verdict(fields), verdict_of(chosen)

    def _within(self, fields: dict[str, Node]) -> tuple[str, str, str]:
        spans = {each.code: each.within for each in self.procedure.steps.values() if each.within}
        code = fields["within"].one_of(tuple(spans))
        span = spans[code]
        if span.days is None:
            return code, _verdict(fields), Verdict.UNKNOWN
        end = self.calendar.after(fields["start"].day(), span.days, working=span.working).day
        if end is None or "done" not in fields:
            return code, _verdict(fields), Verdict.UNKNOWN
        return code, _verdict(fields), Verdict.MET if fields["done"].day() <= end else Verdict.NOT_MET

    def _authority(self, fields: dict[str, Node]) -> tuple[str, str, str]:
        says = fields["role"].one_of((*self.procedure.roles, "unknown"))
        told = self.procedure.authority_on(fields["authority"].day())
        return says, says, (told.role if told else None) or "unknown"

    def _flow(self, fields: dict[str, Node]) -> tuple[str, str, str]:
        events = [*self._told(fields["told"])] if "told" in fields else []
        events += [self._event(item) for item in fields["events"].items()] if "events" in fields else []
        on = fields["on"].day()
        whole = proceed(
            self.procedure,
            self.calendar,
            events,
            on=on,
            standard=fields["standard"].one_of(self.procedure.standards) if "standard" in fields else "",
            held=self._held(fields),
            gates=self._gates(fields),
        )
        says, finds = [], []
        for code, node in fields["expect"].entries().items():
            Node(code, node.file, node.line).one_of(tuple(self.procedure.steps))
            says.append(f"{code}: {node.one_of(tuple(Standing))}")
            finds.append(f"{code}: {whole.states[code].standing}")
        return "", ", ".join(says), ", ".join(finds)

    def _told(self, node: Node) -> Iterator[Event]:
        """Every step up to and with one, told by paper on one day."""
        fields = node.mapping(required=("to", "on"))
        to, on = fields["to"].one_of(tuple(self.procedure.steps)), fields["on"].day()
        law = self.procedure.on(on)
        for step in law.in_order:
            if to in law.followers(step.code):
                yield Event(step.code, on, Said.TOLD)

    def _event(self, item: Node) -> Event:
        fields = item.mapping(
            required=("step", "on"), optional=("said", "to", "part", "by", "began", "counts", "answers")
        )
        told = {key: fields[key].text() for key in ("to", "part", "by") if key in fields}
        return Event(
            fields["step"].one_of(tuple(self.procedure.steps)),
            fields["on"].day(),
            Said(fields["said"].one_of(tuple(Said))) if "said" in fields else Said.DONE,
            began=fields["began"].day() if "began" in fields else None,
            counts=_counts(fields),
            answers=_answers(fields),
            **told,
        )

    def _held(self, fields: dict[str, Node]) -> tuple[str, ...]:
        known = tuple(self.procedure.components)
        if "held" not in fields:
            return ()
        if fields["held"].value == "all":
            return known
        return tuple(each.one_of(known) for each in fields["held"].items())

    def _gates(self, fields: dict[str, Node]) -> dict[str, Verdict]:
        known = tuple(self.procedure.gates)
        if "gates" not in fields:
            return {}
        if fields["gates"].value == "met":
            return dict.fromkeys(known, Verdict.MET)
        told = fields["gates"].entries()
        return {
            Node(code, node.file, node.line).one_of(known): Verdict(node.one_of(tuple(Verdict)))
            for code, node in told.items()
        }


def _known(outcomes: Iterable[Outcome]) -> bool:
    return any(each.law_known for each in outcomes)


def _verdict(fields: Mapping[str, Node]) -> str:
    return fields["verdict"].one_of(_COUNTED)


def _counts(fields: Mapping[str, Node]) -> dict[str, int]:
    return (
        {key: node.whole() for key, node in fields["counts"].entries().items()} if "counts" in fields else {}
    )


def _answers(fields: Mapping[str, Node]) -> dict[str, tuple[int | None, int | None]]:
    """{q1: 95/100}: satisfied of answered."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for code, node in fields["answers"].entries().items() if "answers" in fields else ():
        satisfied, slash, answered = node.text().partition("/")
        if not slash or not satisfied.isdigit() or not answered.isdigit():
            raise node.bad(
                f"“{node.text()[:20]}” không phải là số hài lòng/số trả lời",
                "cần hai số đếm",
                "Viết như 95/100.",
            )
        found[code] = (int(satisfied), int(answered))
    return found

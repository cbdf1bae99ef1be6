"""A procedure (trình tự, thủ tục) as data: who does what before what, by when, with which papers, and who decides.

Read from `law/**/procedure.yaml` by `rulebook.loading.procedures`; what it says of a case that is under way is
`rulebook.proceeding`. A figure nobody knows is None and never invented. `Ground.confirmed` is false where nobody saw
the figure in a source. What the law changed on a day (the district level, gone on 1 July 2025) is a step, role or
component with `since` and `until`; `Procedure.on(day)` is the procedure as it stands on that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from rulebook.democracy import Bar, Ground
from rulebook.standard import InForce, Source
from rulebook.texts import EMPTY, Text
from viet.dates import format_day
from viet.numbers import format_number

TRUST = {
    "found": EMPTY,
    "recalled": Text("chưa xác nhận", "unconfirmed"),
    "illustrative": Text("minh họa", "illustrative"),
    "assumed": Text("giả định, chưa xác nhận", "assumed, unconfirmed"),
    "unknown": Text("chưa biết", "unknown"),
}
"""The word that stands beside a figure that nobody saw in a source."""

STATUSES = {
    "law": EMPTY,
    "told": Text("theo câu chuyện được kể, chưa xác nhận", "as a story tells, unconfirmed"),
    "draft": Text("bản dự thảo, chưa xác nhận", "a draft, unconfirmed"),
}
"""What stands over the whole of a procedure: a decision's own · as a story tells · drafted until there is one."""


class Verb(StrEnum):
    """What is done in a step. Verify, appraise, deliberate, decide and announce are five things, never one."""

    REGISTER = "register"
    SELF_ASSESS = "self_assess"
    OPINE = "opine"
    NOTICE = "notice"
    COMPLETE = "complete"
    MEET = "meet"
    VERIFY = "verify"
    SURVEY = "survey"
    SUBMIT = "submit"
    RECEIVE = "receive"
    APPRAISE = "appraise"
    DELIBERATE = "deliberate"
    DECIDE = "decide"
    CERTIFY = "certify"
    ANNOUNCE = "announce"
    REVIEW = "review"

    @property
    def word(self) -> Text:
        return _VERBS[self]


_VERBS = {
    Verb.REGISTER: Text("đăng ký", "register"),
    Verb.SELF_ASSESS: Text("tự đánh giá", "self-assess"),
    Verb.OPINE: Text("góp ý", "give opinions"),
    Verb.NOTICE: Text("công khai lấy ý kiến", "give public notice"),
    Verb.COMPLETE: Text("hoàn thiện hồ sơ", "complete the file"),
    Verb.MEET: Text("họp", "meet"),
    Verb.VERIFY: Text("thẩm tra", "verify"),
    Verb.SURVEY: Text("lấy ý kiến hài lòng", "survey satisfaction"),
    Verb.SUBMIT: Text("trình", "submit"),
    Verb.RECEIVE: Text("tiếp nhận", "receive"),
    Verb.APPRAISE: Text("thẩm định", "appraise"),
    Verb.DELIBERATE: Text("xét", "deliberate"),
    Verb.DECIDE: Text("công nhận", "recognise"),
    Verb.CERTIFY: Text("cấp bằng", "certify"),
    Verb.ANNOUNCE: Text("công bố", "announce"),
    Verb.REVIEW: Text("rà soát", "review"),
}


class Whole(StrEnum):
    """Over what a share is counted: every pass mark names its own."""

    MEMBERS = "members"
    PRESENT = "present"
    ISSUED = "issued"
    RETURNED = "returned"
    VALID = "valid"
    HOUSEHOLDS = "households"
    ANSWERED = "answered"

    @property
    def word(self) -> Text:
        return _WHOLES[self]


_WHOLES = {
    Whole.MEMBERS: Text("tổng số thành viên", "all members"),
    Whole.PRESENT: Text("số người dự họp", "those present"),
    Whole.ISSUED: Text("số phiếu phát ra", "ballots issued"),
    Whole.RETURNED: Text("số phiếu thu về", "ballots returned"),
    Whole.VALID: Text("số phiếu hợp lệ", "valid ballots"),
    Whole.HOUSEHOLDS: Text("tổng số hộ", "all households"),
    Whole.ANSWERED: Text("số ý kiến trả lời", "answers given"),
}


def cited(ground: Ground) -> Text:
    """The clause as a sentence cites it, with its warning: "Điều 5, 18/2022/QĐ-TTg; chưa xác nhận"."""
    trust = TRUST[ground.provenance]
    return Text(
        "; ".join(each for each in (ground.clause.vi, trust.vi) if each),
        "; ".join(each for each in (ground.clause.en, trust.en) if each),
    )


@dataclass(frozen=True)
class Dated:
    """Something the procedure has only from `since` (included) until `until` (not included); None is without end."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Role:
    """Who acts: a body, not a person."""

    code: str
    name: Text
    level: str
    dated: Dated = Dated()


@dataclass(frozen=True)
class Authority:
    """Who decides between two days. role: None where nobody knows."""

    role: str | None
    ground: Ground
    dated: Dated = Dated()


@dataclass(frozen=True)
class PassMark:
    """A share that must be reached (at least) or passed (strict: more than). share: None where it is not known."""

    share: Fraction | None
    strict: bool
    of: Whole
    ground: Ground

    @property
    def bar(self) -> Bar | None:
        return None if self.share is None else Bar(self.share, self.strict, self.ground)

    @property
    def words(self) -> Text:
        """ "từ 90% số người dự họp trở lên"; "chưa biết mức"."""
        if self.share is None:
            return Text(f"chưa biết mức, tính trên {self.of.word.vi}", f"unknown, over {self.of.word.en}")
        percent = 100 * self.share
        share = f"{format_number(percent)}%" if percent == int(percent) else str(self.share)
        if self.strict:
            return Text(f"quá {share} {self.of.word.vi}", f"more than {share} of {self.of.word.en}")
        return Text(f"từ {share} {self.of.word.vi} trở lên", f"at least {share} of {self.of.word.en}")


class Basically(StrEnum):
    """What a council's “cơ bản đạt” counts as. unknown: a vote that turns on it is unknown."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Vote:
    """How those who meet decide. quorum: None where no rule of it is known."""

    code: str
    name: Text
    quorum: PassMark | None
    passes: PassMark
    basically: Basically = Basically.UNKNOWN


@dataclass(frozen=True)
class Questions:
    """What satisfaction must reach for these standards (all when none is named): over all answers, and question by
    question. each: the mark of a question that has none of its own."""

    standards: tuple[str, ...]
    overall: PassMark
    each: PassMark
    own: Mapping[str, PassMark] = field(default_factory=dict)


@dataclass(frozen=True)
class Survey:
    """The satisfaction survey: how many must take part, what they must say. passes: the first that fits a standard."""

    code: str
    name: Text
    floor: PassMark
    passes: tuple[Questions, ...]

    def of(self, standard: str) -> Questions | None:
        """The marks for a title; None where it has none."""
        return next((each for each in self.passes if not each.standards or standard in each.standards), None)


@dataclass(frozen=True)
class Span:
    """How long, counted from the day the step `since` was done. days: None where it is not known."""

    days: int | None
    working: bool
    since: str
    ground: Ground

    @property
    def words(self) -> Text:
        if self.days is None:
            return Text("chưa biết bao nhiêu ngày", "it is not known how many days")
        if self.working:
            return Text(f"{self.days} ngày làm việc", f"{self.days} working days")
        return Text(f"{self.days} ngày", f"{self.days} days")


@dataclass(frozen=True)
class Notice:
    """How long something stands before the public at least, and how often it is broadcast; None is not known."""

    broadcasts: int | None
    days: int | None
    ground: Ground


@dataclass(frozen=True)
class Every:
    """A step done again and again: months from one to the next, first from the day the step `since` was done."""

    months: int
    since: str
    ground: Ground


@dataclass(frozen=True)
class Gate:
    """A condition that keeps `closes` (steps) shut until it is shown to hold. proof: what shows it.

    measure: the measure whose figure says so, where there is one; component: the paper of the file that does.
    """

    code: str
    name: Text
    proof: Text
    closes: tuple[str, ...]
    ground: Ground
    measure: str = ""
    component: str = ""


@dataclass(frozen=True)
class Component:
    """A paper of the dossier (thành phần hồ sơ). step: in which it is made; form: its number, where it has one."""

    code: str
    name: Text
    required: bool
    producer: str
    signatory: Text
    step: str
    ground: Ground
    form: str = ""
    dated: Dated = Dated()


@dataclass(frozen=True)
class Step:
    """One thing done. after: steps that must be done before; those that wait for the same steps run side by side.

    by: roles, any of which acts. takes: components that must be there before it is done; gives: those it makes.
    returns_to: steps to which it may send the file back. parts: by what the step is divided (sectors), each with an
    outcome of its own; EMPTY when it is not. optional: nobody waits for it.
    """

    code: str
    verb: Verb
    name: Text
    by: tuple[str, ...]
    after: tuple[str, ...]
    ground: Ground
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    returns_to: tuple[str, ...] = ()
    parts: Text = EMPTY
    optional: bool = False
    within: Span | None = None
    notice: Notice | None = None
    vote: str = ""
    survey: str = ""
    every: Every | None = None
    dated: Dated = Dated()


@dataclass(frozen=True)
class Validity:
    """How long a title is held. months: None where it is not known."""

    months: int | None
    ground: Ground


@dataclass(frozen=True)
class Withdrawal:
    """Where the rule of withdrawal stands. by_standard: in the standard of the title, read by `withdraw`."""

    by_standard: bool
    ground: Ground


@dataclass(frozen=True)
class Procedure:
    """The whole of it; everything by code, in the order of the file. standards: ids of the titles it leads to.

    status: see STATUSES. decides: the step that recognises. digest: of the frozen whole.
    """

    id: str
    version: str
    name: Text
    level: str
    status: str
    standards: tuple[str, ...]
    in_force: InForce
    legal_basis: Text
    roles: Mapping[str, Role]
    authorities: tuple[Authority, ...]
    steps: Mapping[str, Step]
    components: Mapping[str, Component]
    votes: Mapping[str, Vote]
    surveys: Mapping[str, Survey]
    gates: Mapping[str, Gate]
    validity: Validity
    withdrawal: Withdrawal
    digest: str
    province: str = ""
    sources: tuple[Source, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def label(self) -> Text:
        """The warning over the whole; EMPTY for a decision's own."""
        return STATUSES[self.status]

    @property
    def decides(self) -> str:
        """The code of the step that recognises."""
        return next(each.code for each in self.steps.values() if each.verb is Verb.DECIDE)

    @property
    def changes_on(self) -> tuple[date, ...]:
        """The days on which something of it begins or ends, in order."""
        dated: Iterable[Dated] = (
            each.dated
            for part in (self.roles.values(), self.authorities, self.steps.values(), self.components.values())
            for each in part
        )
        return tuple(sorted({day for each in dated for day in (each.since, each.until) if day}))

    def authority_on(self, day: date) -> Authority | None:
        """Who decides on a day; None where nothing is told of it, or where the body told is no more."""
        told = next((each for each in self.authorities if each.dated.holds_on(day)), None)
        if told and told.role and not self.roles[told.role].dated.holds_on(day):
            return None
        return told

    def on(self, day: date) -> "Procedure":
        """The procedure as it stands on a day. What waited for a step that is gone waits for what that waited for."""
        steps = {code: each for code, each in self.steps.items() if each.dated.holds_on(day)}
        components = {code: each for code, each in self.components.items() if each.dated.holds_on(day)}
        roles = {code: each for code, each in self.roles.items() if each.dated.holds_on(day)}

        def still(codes: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(code for code in codes if code in components)

        kept = {
            code: replace(
                each,
                by=tuple(role for role in each.by if role in roles),
                after=tuple(dict.fromkeys(self._standing(each.after, steps))),
                takes=still(each.takes),
                gives=still(each.gives),
                returns_to=tuple(back for back in each.returns_to if back in steps),
            )
            for code, each in steps.items()
        }
        gates = {
            code: replace(each, closes=tuple(step for step in each.closes if step in steps))
            for code, each in self.gates.items()
        }
        return replace(self, steps=kept, components=components, roles=roles, gates=gates)

    def _standing(self, codes: Iterable[str], steps: Mapping[str, Step]) -> Iterable[str]:
        for code in codes:
            if code in steps:
                yield code
            else:
                yield from self._standing(self.steps[code].after, steps)

    def followers(self, code: str) -> frozenset[str]:
        """The step and every step that waits for it, directly or not."""
        found = {code}
        for each in self.in_order:
            if found & set(each.after):
                found.add(each.code)
        return frozenset(found)

    @property
    def in_order(self) -> tuple[Step, ...]:
        """The steps so that each stands after those it waits for, else in the order of the file."""
        left, done = dict(self.steps), dict[str, Step]()
        while left:
            ready = next(
                (each for each in left.values() if all(code not in left for code in each.after)), None
            )
            if ready is None:
                raise ValueError(f"steps wait for each other: {', '.join(left)}")
            done[ready.code] = left.pop(ready.code)
        return tuple(done.values())

    def role_names(self, codes: Iterable[str]) -> Text:
        """The bodies by name: "UBND xã, Ban quản lý xã"."""
        names = [self.roles[code].name for code in codes]
        return Text(", ".join(each.vi for each in names), ", ".join(each.en for each in names))


def gone_since(role: Role, day: date) -> Text:
    """Why a body cannot act on a day."""
    if role.dated.until and day >= role.dated.until:
        ended = role.dated.until
        return Text(
            f"{role.name.vi} không còn từ {format_day(ended)}",
            f"{role.name.en} no longer exists since {format_day(ended, 'en')}",
        )
    begun = role.dated.since or day
    return Text(
        f"{role.name.vi} chỉ có từ {format_day(begun)}",
        f"{role.name.en} exists only since {format_day(begun, 'en')}",
    )

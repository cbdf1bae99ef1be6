"""law/**/procedure.yaml → Procedure. Also from its frozen plain form, to equality. Every problem is found at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rulebook.democracy import Ground
from rulebook.loading.book import LEVELS, Lawbook
from rulebook.loading.common import (
    GROUND,
    PROVENANCES,
    optional_text,
    read_clause,
    read_ground,
    read_share,
    read_sources,
    read_text,
    read_texts,
)
from rulebook.loading.standards import digest, read_id, read_in_force, read_legal_basis, read_source
from rulebook.loading.tree import Node, read_tree
from rulebook.problems import Problems
from rulebook.procedure import (
    STATUSES,
    Authority,
    Basically,
    Component,
    Dated,
    Every,
    Gate,
    Notice,
    PassMark,
    Procedure,
    Questions,
    Role,
    Span,
    Step,
    Survey,
    Validity,
    Verb,
    Vote,
    Whole,
    Withdrawal,
)

_REQUIRED = (
    *("procedure", "version", "name", "level", "status", "standards", "in_force", "ground", "roles"),
    *("authorities", "steps", "components", "gates", "validity", "withdrawal"),
)
_OPTIONAL = ("province", "instruments", "votes", "surveys", "sources", "notes")
_TOLD = ("note", "sources")
_DATED = ("since", "until")
_TRUSTS = (*PROVENANCES, "assumed")
_FIRST = date(1, 1, 1)


class Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=Coded)


@dataclass(frozen=True)
class Procedures:
    """All procedures that were read, by id, with the plain form of each to freeze."""

    by_id: Mapping[str, Procedure] = field(default_factory=dict)
    frozen: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    folders: Mapping[str, Path] = field(default_factory=dict)

    def leading_to(self, standard: str, *, on: date) -> list[Procedure]:
        """The procedures for a title that are in force on a day, or whose days nobody knows."""
        return [
            each
            for each in self.by_id.values()
            if standard in each.standards
            and (each.in_force.start is None or each.in_force.start <= on)
            and (each.in_force.end is None or on < each.in_force.end)
        ]


def read_procedures(folder: Path, book: Lawbook) -> Procedures:
    """Every procedure of a law folder. Raises Bad with every problem."""
    problems = Problems()
    found: dict[str, Procedure] = {}
    frozen: dict[str, dict[str, Any]] = {}
    nodes: dict[str, Node] = {}
    folders: dict[str, Path] = {}
    for path in sorted(folder.rglob("procedure.yaml")):
        with problems.catching():
            node = read_tree(path, str(path.relative_to(folder.parent)))
            plain = freeze(node, book.instruments)
            procedure = replace(read_procedure(node, book.instruments), digest=digest(plain))
            _check_against(node, procedure, book)
            if procedure.id in found:
                raise node.bad(f"hai quy trình cùng mã “{procedure.id}”", "mã là duy nhất", "Đổi một mã.")
            found[procedure.id], frozen[procedure.id] = procedure, plain
            nodes[procedure.id], folders[procedure.id] = node, path.parent
    problems.raise_if_any()
    return Procedures(found, frozen, nodes, folders)


def freeze(node: Node, instruments: Mapping[str, str]) -> dict[str, Any]:
    """The JSON-ready whole of a procedure and the numbers of the instruments it cites. `thaw` reads it back."""
    plain = node.plain()
    own = {item.get("id") for item in plain.get("instruments", []) if isinstance(item, dict)}
    return {
        "procedure": plain,
        "instruments": {key: number for key, number in sorted(instruments.items()) if key in own},
    }


def thaw(frozen: dict[str, Any]) -> Procedure:
    """A procedure from its frozen plain form, to equality."""
    node = Node.from_plain(frozen["procedure"], str(frozen["procedure"].get("procedure", "?")))
    return replace(read_procedure(node, frozen["instruments"]), digest=digest(frozen))


def read_procedure(node: Node, instruments: Mapping[str, str]) -> Procedure:
    """A procedure from its tree, its digest still empty."""
    fields = node.mapping(required=_REQUIRED, optional=_OPTIONAL)
    sources = tuple(read_source(item) for item in fields["sources"].items()) if "sources" in fields else ()
    problems = Problems()
    reader = _Reader(fields, frozenset(each.id for each in sources), problems)
    problems.raise_if_any()
    procedure = Procedure(
        id=read_id(fields["procedure"]),
        version=fields["version"].text(),
        name=read_text(fields["name"]),
        level=fields["level"].one_of(tuple(sorted(LEVELS))),
        status=fields["status"].one_of(tuple(STATUSES)),
        standards=read_texts(fields["standards"]),
        in_force=read_in_force(fields["in_force"]),
        legal_basis=read_legal_basis(fields, dict(instruments)),
        roles=reader.roles,
        authorities=reader.authorities,
        steps=reader.steps,
        components=reader.components,
        votes=reader.votes,
        surveys=reader.surveys,
        gates=reader.gates,
        validity=reader.validity(fields["validity"]),
        withdrawal=reader.withdrawal(fields["withdrawal"]),
        digest="",
        province=fields["province"].text() if "province" in fields else "",
        sources=sources,
        notes=tuple(read_text(item) for item in fields["notes"].items()) if "notes" in fields else (),
    )
    _check_whole(fields, procedure, problems)
    problems.raise_if_any()
    return procedure


class _Reader:
    """Reads the parts of one file in the order in which one names another, gathering problems."""

    def __init__(self, fields: dict[str, Node], sources: frozenset[str], problems: Problems) -> None:
        self.sources, self.problems = sources, problems
        self.ground = self._ground(fields["ground"].mapping(required=GROUND, optional=_TOLD))
        self.roles = self._by_code(fields["roles"], self._role)
        self.authorities = self._all(fields["authorities"], self._authority)
        self.votes = self._by_code(fields.get("votes"), self._vote)
        self.surveys = self._by_code(fields.get("surveys"), self._survey)
        names = [item.entries().get("code") for item in fields["steps"].items()]
        self.step_codes = tuple(each.text() for each in names if each)
        self.components = self._by_code(fields["components"], self._component)
        self.steps = self._by_code(fields["steps"], self._step)
        self.gates = self._by_code(fields["gates"], self._gate)

    # --- lists ---

    def _all(self, node: Node | None, read: Callable[[Node], Any]) -> tuple[Any, ...]:
        found = []
        for item in node.items() if node else []:
            with self.problems.catching():
                found.append(read(item))
        return tuple(found)

    def _by_code(self, node: Node | None, read: Callable[[Node], T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for item in node.items() if node else []:
            with self.problems.catching():
                each = read(item)
                if each.code in found:
                    raise item.bad(
                        f"mã “{each.code}” khai hai lần", "mã là duy nhất", "Đổi mã hoặc bỏ một mục."
                    )
                found[each.code] = each
        return found

    # --- small things ---

    def _ground(self, fields: Mapping[str, Node]) -> Ground:
        return read_ground(fields, self.sources, _TRUSTS)

    def _own_ground(self, fields: Mapping[str, Node]) -> Ground:
        """Of a step or paper: its own clause and provenance where given, else those of the whole file."""
        return Ground(
            read_clause(fields["clause"]) if "clause" in fields else self.ground.clause,
            fields["provenance"].one_of(_TRUSTS) if "provenance" in fields else self.ground.provenance,
            optional_text(dict(fields), "note"),
            read_sources(fields, self.sources),
        )

    def _dated(self, fields: Mapping[str, Node]) -> Dated:
        since, until = (fields[key].day() if key in fields else None for key in _DATED)
        if since and until and until <= since:
            raise fields["until"].bad("hết trước khi bắt đầu", "khoảng phải xuôi", "Sửa một trong hai ngày.")
        return Dated(since, until)

    def _mark(self, node: Node) -> PassMark:
        fields = node.mapping(required=("of", *GROUND), optional=("above", "at_least", *_TOLD))
        named = [key for key in ("above", "at_least") if key in fields]
        if len(named) != 1:
            raise node.bad(
                "mức phải có đúng một cách so",
                f"đang có {len(named)}",
                "Viết above (quá) hoặc at_least (từ … trở lên); chưa biết thì at_least: unknown.",
            )
        told = fields[named[0]]
        share = None if told.value == "unknown" else read_share(told)
        return PassMark(
            share, named[0] == "above", Whole(fields["of"].one_of(tuple(Whole))), self._ground(fields)
        )

    def _number(self, node: Node) -> int | None:
        return None if node.value == "unknown" else node.whole(1)

    def _step_named(self, node: Node) -> str:
        return node.one_of(self.step_codes)

    # --- what the file lists ---

    def _role(self, item: Node) -> Role:
        fields = item.mapping(required=("code", "name", "level"), optional=_DATED)
        level = fields["level"].one_of(tuple(sorted(LEVELS)))
        return Role(fields["code"].text(), read_text(fields["name"]), level, self._dated(fields))

    def _authority(self, item: Node) -> Authority:
        fields = item.mapping(required=("role", *GROUND), optional=(*_DATED, *_TOLD))
        unknown = fields["role"].value == "unknown"
        role = None if unknown else fields["role"].one_of(tuple(self.roles))
        return Authority(role, self._ground(fields), self._dated(fields))

    def _vote(self, item: Node) -> Vote:
        fields = item.mapping(required=("code", "name", "pass"), optional=("quorum", "basically"))
        return Vote(
            fields["code"].text(),
            read_text(fields["name"]),
            self._mark(fields["quorum"]) if "quorum" in fields else None,
            self._mark(fields["pass"]),
            Basically(fields["basically"].one_of(tuple(Basically)))
            if "basically" in fields
            else Basically.UNKNOWN,
        )

    def _survey(self, item: Node) -> Survey:
        fields = item.mapping(required=("code", "name", "floor", "passes"))
        return Survey(
            fields["code"].text(),
            read_text(fields["name"]),
            self._mark(fields["floor"]),
            self._all(fields["passes"], self._questions),
        )

    def _questions(self, item: Node) -> Questions:
        fields = item.mapping(required=("overall", "each"), optional=("standards", "own"))
        own = fields["own"].entries() if "own" in fields else {}
        return Questions(
            read_texts(fields["standards"]) if "standards" in fields else (),
            self._mark(fields["overall"]),
            self._mark(fields["each"]),
            {code: self._mark(mark) for code, mark in own.items()},
        )

    def _component(self, item: Node) -> Component:
        fields = item.mapping(
            required=("code", "name", "required", "producer", "signatory", "step"),
            optional=("form", *GROUND, *_TOLD, *_DATED),
        )
        return Component(
            code=fields["code"].text(),
            name=read_text(fields["name"]),
            required=fields["required"].flag(),
            producer=fields["producer"].one_of(tuple(self.roles)),
            signatory=read_text(fields["signatory"]),
            step=self._step_named(fields["step"]),
            ground=self._own_ground(fields),
            form=fields["form"].text() if "form" in fields else "",
            dated=self._dated(fields),
        )

    def _step(self, item: Node) -> Step:
        fields = item.mapping(
            required=("code", "verb", "name", "by", "after"),
            optional=(
                *("takes", "returns_to", "parts", "optional", "within", "notice", "vote", "survey", "every"),
                *(*GROUND, *_TOLD, *_DATED),
            ),
        )
        code = fields["code"].text()

        def named(key: str, known: Iterable[str]) -> tuple[str, ...]:
            return tuple(each.one_of(tuple(known)) for each in fields[key].items()) if key in fields else ()

        by = named("by", self.roles)
        if not by:
            raise fields["by"].bad("không ai làm bước này", "bước nào cũng có người làm", "Thêm một vai.")
        return Step(
            code=code,
            verb=Verb(fields["verb"].one_of(tuple(Verb))),
            name=read_text(fields["name"]),
            by=by,
            after=named("after", self.step_codes),
            ground=self._own_ground(fields),
            takes=named("takes", self.components),
            gives=tuple(each.code for each in self.components.values() if each.step == code),
            returns_to=named("returns_to", self.step_codes),
            parts=optional_text(fields, "parts"),
            optional="optional" in fields and fields["optional"].flag(),
            within=self._span(fields["within"]) if "within" in fields else None,
            notice=self._notice(fields["notice"]) if "notice" in fields else None,
            vote=fields["vote"].one_of(tuple(self.votes)) if "vote" in fields else "",
            survey=fields["survey"].one_of(tuple(self.surveys)) if "survey" in fields else "",
            every=self._every(fields["every"]) if "every" in fields else None,
            dated=self._dated(fields),
        )

    def _span(self, node: Node) -> Span:
        fields = node.mapping(required=("days", "unit", "since", *GROUND), optional=_TOLD)
        working = fields["unit"].one_of(("days", "working_days")) == "working_days"
        return Span(
            self._number(fields["days"]), working, self._step_named(fields["since"]), self._ground(fields)
        )

    def _notice(self, node: Node) -> Notice:
        fields = node.mapping(required=("broadcasts", "days", *GROUND), optional=_TOLD)
        return Notice(self._number(fields["broadcasts"]), self._number(fields["days"]), self._ground(fields))

    def _every(self, node: Node) -> Every:
        fields = node.mapping(required=("months", "since", *GROUND), optional=_TOLD)
        return Every(fields["months"].whole(1), self._step_named(fields["since"]), self._ground(fields))

    def _gate(self, item: Node) -> Gate:
        fields = item.mapping(
            required=("code", "name", "proof", "closes", *GROUND), optional=("measure", "component", *_TOLD)
        )
        return Gate(
            code=fields["code"].text(),
            name=read_text(fields["name"]),
            proof=read_text(fields["proof"]),
            closes=tuple(self._step_named(each) for each in fields["closes"].items()),
            ground=self._ground(fields),
            measure=fields["measure"].text() if "measure" in fields else "",
            component=fields["component"].one_of(tuple(self.components)) if "component" in fields else "",
        )

    def validity(self, node: Node) -> Validity:
        fields = node.mapping(required=("months", *GROUND), optional=_TOLD)
        return Validity(self._number(fields["months"]), self._ground(fields))

    def withdrawal(self, node: Node) -> Withdrawal:
        fields = node.mapping(required=("rule", *GROUND), optional=_TOLD)
        rule = fields["rule"].one_of(("of_the_standard", "unknown"))
        return Withdrawal(rule == "of_the_standard", self._ground(fields))


def _check_whole(fields: dict[str, Node], procedure: Procedure, problems: Problems) -> None:
    """What one part alone cannot show: circles, papers that come too late, two authorities on one day."""
    steps = {item.entries()["code"].text(): item for item in fields["steps"].items()}
    decides = [each for each in procedure.steps.values() if each.verb is Verb.DECIDE]
    with problems.catching():
        if len(decides) != 1:
            raise fields["steps"].bad(
                f"có {len(decides)} bước công nhận (decide)",
                "đúng một bước ra quyết định",
                "Sửa verb của các bước.",
            )
    with problems.catching():
        try:
            _ = procedure.in_order
        except ValueError:
            raise fields["steps"].bad(
                "các bước chờ nhau thành vòng", "không bước nào mở được", "Xem lại after của các bước."
            ) from None
        for day in (_FIRST, *procedure.changes_on):
            edition = procedure.on(day)
            for step in edition.steps.values():
                with problems.catching():
                    _check_step(steps[step.code], step, edition)
    for item in fields["components"].items():
        with problems.catching():
            code = item.entries()["code"].text()
            taken = {each for step in procedure.steps.values() for each in step.takes}
            if procedure.components[code].required and code not in taken:
                raise item.bad(
                    f"không bước nào cần “{code}”",
                    "thành phần bắt buộc phải chặn một bước khi thiếu",
                    "Thêm vào takes của bước cần nó, hoặc viết required: false.",
                )
    with problems.catching():
        for place, (later, item) in enumerate(
            zip(procedure.authorities, fields["authorities"].items(), strict=True)
        ):
            for earlier in procedure.authorities[:place]:
                start = later.dated.since or _FIRST
                if earlier.dated.holds_on(start) or later.dated.holds_on(earlier.dated.since or _FIRST):
                    raise item.bad(
                        "hai thẩm quyền cùng một ngày", "mỗi ngày một người quyết định", "Sửa since, until."
                    )


def _check_step(item: Node, step: Step, edition: Procedure) -> None:
    """Under the law of one day: what a step counts from and takes comes before it."""
    before = {each.code for each in edition.in_order if step.code in edition.followers(each.code)} - {
        step.code
    }
    for since in (each.since for each in (step.within, step.every) if each):
        if since not in before:
            raise item.bad(
                f"thời hạn của “{step.code}” tính từ “{since}” không đứng trước nó",
                "chưa có ngày để tính",
                "Sửa since hoặc after.",
            )
    for back in step.returns_to:
        if back not in before:
            raise item.bad(
                f"“{step.code}” trả hồ sơ về “{back}” không đứng trước nó",
                "chỉ trả về bước đã qua",
                "Sửa returns_to.",
            )
    for code in step.takes:
        made = edition.components[code].step
        if made not in before | {step.code}:
            raise item.bad(
                f"“{step.code}” cần “{code}” mà “{made}” không đứng trước nó",
                "giấy tờ phải có trước khi cần",
                "Sửa after hoặc takes.",
            )


def _check_against(node: Node, procedure: Procedure, book: Lawbook) -> None:
    """The names it borrows from the rest of the law: standards, measures, the rule of withdrawal."""
    fields = node.entries()
    for item in fields["standards"].items():
        standard = book.standards[item.one_of(tuple(book.standards))]
        if standard.level != procedure.level:
            raise item.bad(
                f"bộ “{standard.id}” dùng cho cấp {standard.level}",
                f"quy trình này của cấp {procedure.level}",
                "Chọn bộ đúng cấp.",
            )
    if procedure.withdrawal.by_standard and not any(
        book.standards[key].withdrawal for key in procedure.standards
    ):
        raise fields["withdrawal"].bad(
            "không bộ tiêu chí nào của quy trình có quy định thu hồi",
            "không biết khi nào thì thu hồi",
            "Viết rule: unknown.",
        )
    for item in fields["gates"].items():
        told = item.entries().get("measure")
        if told:
            told.one_of(tuple(book.measures))

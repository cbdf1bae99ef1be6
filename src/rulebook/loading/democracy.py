"""law/community.yaml → how a community meets and decides, and the worked cases beside it. Every problem at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rulebook.democracy import Bar, Capacity, Democracy, Ground, Limit, Matter, Way
from rulebook.loading.common import GROUND, each_by_code, read_days, read_ground, read_share, read_text
from rulebook.loading.tree import Node, read_tree
from rulebook.problems import Bad, Problem, Problems
from rulebook.tally import decide, quorum
from rulebook.texts import Text
from rulebook.verdicts import Verdict

_BAR = ("above", "at_least", "note")
_WANTED = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)


@dataclass(frozen=True)
class Case:
    """One worked case. matter: "" where it is about the quorum; counts are None where nobody told."""

    sentence: str
    matter: str
    way: Way
    present: int | None
    in_favour: int | None
    households: int | None
    verdict: Verdict
    file: str
    line: int


def read_democracy(path: Path) -> tuple[Democracy, list[Case]]:
    """The rules and their cases. Raises Bad with every problem, also for a case that disagrees with the counting."""
    node = read_tree(path, path.name)
    top = node.mapping(
        required=(
            *("quorum", "matters", "forms", "forms_ground"),
            *("signatories", "signatories_ground", "days", "limits", "cases"),
        )
    )
    problems = Problems()
    matters = each_by_code(top["matters"], _read_matter, problems)
    forms = each_by_code(top["forms"], _read_form, problems)
    signatories = each_by_code(top["signatories"], _read_capacity, problems)
    days = each_by_code(top["days"], read_days, problems)
    limits = each_by_code(top["limits"], _read_limit, problems)
    with problems.catching():
        quorum_told = top["quorum"].mapping(required=GROUND, optional=_BAR)
        bar = _read_bar(top["quorum"], quorum_told)
        forms_ground, signed_ground = (
            _read_ground(top[key]) for key in ("forms_ground", "signatories_ground")
        )
    problems.raise_if_any()
    law = Democracy(bar, matters, forms, forms_ground, signatories, signed_ground, days, limits)
    cases: list[Case] = []
    for item in top["cases"].items():
        with problems.catching():
            cases.append(_read_case(item, law))
    problems.found += [*disagreeing(law, cases), *_untried(law, cases, top["cases"])]
    problems.raise_if_any()
    return law, cases


def disagreeing(law: Democracy, cases: Iterable[Case]) -> list[Problem]:
    """The cases that say another verdict than the counting."""
    return [
        Problem(
            case.file,
            case.line,
            f"ví dụ nói {case.verdict}, máy đếm ra {found}",
            case.sentence,
            "Xem lại ví dụ và mức thông qua; một trong hai sai.",
        )
        for case in cases
        if (found := run(law, case)) is not case.verdict
    ]


def run(law: Democracy, case: Case) -> Verdict:
    """What the counting makes of a case."""
    if not case.matter:
        return quorum(law, present=case.present, households=case.households).verdict
    told = decide(
        law,
        case.matter,
        in_favour=case.in_favour,
        households=case.households,
        way=case.way,
        present=case.present,
    )
    return told.verdict


def _untried(law: Democracy, cases: Iterable[Case], node: Node) -> list[Problem]:
    """Each bar has a case that is met, one that is not and one that is not known."""
    seen: dict[str, set[Verdict]] = {}
    for case in cases:
        seen.setdefault(case.matter, set()).add(case.verdict)
    return [
        Problem(
            node.file,
            node.line,
            f"“{code or 'quorum'}” thiếu ví dụ {verdict}",
            "mỗi mức có ví dụ đạt, chưa đạt và chưa biết, chạy như phép thử",
            "Thêm một ví dụ, tốt nhất là ở đúng mép.",
        )
        for code in ("", *law.matters)
        for verdict in _WANTED
        if verdict not in seen.get(code, set())
    ]


def _read_matter(item: Node) -> tuple[str, Matter]:
    fields = item.mapping(
        required=("code", "name", "item", *GROUND, "ways", "ways_ground", "ballots"), optional=_BAR
    )
    matter = Matter(
        code=fields["code"].text(),
        name=read_text(fields["name"]),
        item=_read_ground(fields["item"]),
        bar=_read_bar(item, fields),
        ways=tuple(Way(each.one_of(tuple(Way))) for each in fields["ways"].items()),
        ways_ground=_read_ground(fields["ways_ground"]),
        ballots_after_quorum=fields["ballots"].one_of(("always", "after_quorum_fails"))
        == "after_quorum_fails",
    )
    return matter.code, matter


def _read_form(item: Node) -> tuple[str, Text]:
    fields = item.mapping(required=("code", "name"))
    return fields["code"].text(), read_text(fields["name"])


def _read_capacity(item: Node) -> tuple[str, Capacity]:
    fields = item.mapping(required=("code", "name", "at_least"))
    code = fields["code"].text()
    return code, Capacity(code, read_text(fields["name"]), fields["at_least"].whole(1))


def _read_limit(item: Node) -> tuple[str, Limit]:
    fields = item.mapping(required=("code", "name", "number", *GROUND), optional=("note",))
    code = fields["code"].text()
    return code, Limit(code, read_text(fields["name"]), fields["number"].whole(1), read_ground(fields))


def _read_ground(node: Node) -> Ground:
    return read_ground(node.mapping(required=GROUND, optional=("note",)))


def _read_bar(item: Node, fields: Mapping[str, Node]) -> Bar:
    named = [key for key in ("above", "at_least") if key in fields]
    if len(named) != 1:
        raise item.bad(
            "mức thông qua phải có đúng một cách so",
            f"đang có {len(named)}",
            "Viết above (quá) hoặc at_least (từ … trở lên).",
        )
    return Bar(read_share(fields[named[0]]), named[0] == "above", read_ground(fields))


def _read_case(item: Node, law: Democracy) -> Case:
    fields = item.mapping(
        required=("case", "verdict"), optional=("matter", "way", "present", "for", "households")
    )
    counts = [fields[key].whole() if key in fields else None for key in ("present", "for", "households")]
    return Case(
        sentence=fields["case"].text(),
        matter=fields["matter"].one_of(tuple(law.matters)) if "matter" in fields else "",
        way=Way(fields["way"].one_of(tuple(Way))) if "way" in fields else Way.MEETING,
        present=counts[0],
        in_favour=counts[1],
        households=counts[2],
        verdict=Verdict(fields["verdict"].one_of(tuple(_WANTED))),
        file=item.file,
        line=item.line,
    )


def check_democracy(path: Path) -> tuple[int, list[Problem]]:
    """How many cases agree, and every problem: for the command line."""
    try:
        return len(read_democracy(path)[1]), []
    except Bad as bad:
        return 0, list(bad.problems)

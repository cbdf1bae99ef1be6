"""cases/*.yaml → worked cases: full sentences beside the law, run as tests, printed as documentation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rulebook.facts import Facts
from rulebook.loading.facts import read_facts
from rulebook.loading.tree import Node
from rulebook.measures import Measure
from rulebook.problems import Problems
from rulebook.standard import Standard
from rulebook.verdicts import Verdict

_FACTS = ("place", "facts", "stated", "rulings", "children", "standards")


@dataclass(frozen=True)
class Worked:
    """One worked case. expect: verdict by indicator code, "criterion N" or "standard"."""

    sentence: str
    on: date
    facts: Facts
    expect: tuple[tuple[str, Verdict], ...]
    file: str
    line: int


def read_cases(node: Node, measures: Mapping[str, Measure], standard: Standard) -> list[Worked]:
    """The worked cases of one file. Raises Bad with every problem found."""
    problems = Problems()
    cases: list[Worked] = []
    known = tuple(
        [indicator.code for indicator in (*standard.indicators, *standard.prerequisites)]
        + [f"criterion {criterion.number}" for criterion in standard.criteria]
        + ["standard"]
    )
    for item in node.mapping(required=("cases",))["cases"].items():
        with problems.catching():
            fields = item.mapping(required=("case", "on", "expect"), optional=_FACTS)
            day = fields["on"].day()
            given = {key: fields[key] for key in _FACTS if key in fields}
            expect: list[tuple[str, Verdict]] = []
            for key, verdict in fields["expect"].entries().items():
                Node(key, verdict.file, verdict.line).one_of(known)
                expect.append((key, Verdict(verdict.one_of(tuple(Verdict)))))
            facts = read_facts(Node(given, item.file, item.line), measures, day=day)
            cases.append(Worked(fields["case"].text(), day, facts, tuple(expect), item.file, item.line))
    problems.raise_if_any()
    return cases

"""cases/*.yaml ↔ worked cases: full sentences beside the law, run as tests, printed as documentation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rulebook.facts import Fact, Facts, PlaceFacts
from rulebook.loading.facts import read_facts
from rulebook.loading.tree import Node
from rulebook.measures import Measure, encode_value
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


def plain_case(case: Worked) -> dict[str, Any]:
    """A case as it is written in cases/*.yaml."""
    plain: dict[str, Any] = {"case": case.sentence, "on": case.on.isoformat()}
    place = _plain_place(case.facts.place)
    if place:
        plain["place"] = place
    plain |= _plain_facts(case.facts)
    plain["expect"] = {code: verdict.value for code, verdict in case.expect}
    return plain


def _plain_place(place: PlaceFacts) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    if place.region:
        plain["region"] = place.region
    if place.group:
        plain["group"] = place.group
    if place.classes is not None:
        plain["classes"] = sorted(place.classes)
    return plain


def _plain_facts(facts: Facts) -> dict[str, Any]:
    plain: dict[str, Any] = {"facts": _plain_figures(facts.facts)}
    if facts.rulings:
        plain["rulings"] = {
            key: {"verdict": each.verdict.value, "evidence": each.evidence}
            for key, each in facts.rulings.items()
        }
    if facts.children is not None:
        plain["children"] = [
            {"place": {"level": each.place.level, **_plain_place(each.place)}, **_plain_facts(each)}
            for each in facts.children
        ]
    if facts.standards:
        plain["standards"] = {code: verdict.value for code, verdict in facts.standards.items()}
    return plain


def _plain_figures(figures: Iterable[Fact]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for fact in figures:
        if fact.part:
            plain.setdefault(fact.measure, {})[fact.part] = encode_value(fact.value)
        else:
            plain[fact.measure] = encode_value(fact.value)
    return plain

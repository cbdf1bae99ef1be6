"""Facts that make a rule come out as wanted, joined as far as they do not contradict each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rulebook.edges.settings import Setting
from rulebook.facts import Fact, Facts, Period, PlaceFacts, RulingFact
from rulebook.measures import Measure, Value
from rulebook.texts import Text
from rulebook.verdicts import Verdict


@dataclass(frozen=True)
class Known:
    """Facts that make a rule come out as wanted. children: how many meet it, how many in all, and their facts."""

    figures: Mapping[tuple[str, str], tuple[Measure, Value]] = field(default_factory=dict)
    rulings: Mapping[str, Verdict] = field(default_factory=dict)
    standards: Mapping[str, tuple[Text, Verdict]] = field(default_factory=dict)
    children: tuple[str, int, int, "Known", "Known"] | None = None

    def with_(self, other: "Known") -> "Known | None":
        """Both together; None where they contradict each other."""
        if self.children and other.children and self.children != other.children:
            return None
        if not (
            _agree(self.figures, other.figures)
            and _agree(self.rulings, other.rulings)
            and _agree(self.standards, other.standards)
        ):
            return None
        return Known(
            {**self.figures, **other.figures},
            {**self.rulings, **other.rulings},
            {**self.standards, **other.standards},
            self.children or other.children,
        )


NOTHING = Known()


def _agree(mine: Mapping[Any, object], theirs: Mapping[Any, object]) -> bool:
    return all(mine[key] == theirs[key] for key in mine.keys() & theirs.keys())


def facts_of(known: Known, setting: Setting, level: str) -> Facts:
    """What is known, as the facts of a place of that level in that setting."""
    period = Period.day(setting.on)
    children: tuple[Facts, ...] | None = None
    if known.children:
        below, meet, total, met, not_met = known.children
        children = tuple(facts_of(met if n < meet else not_met, setting, below) for n in range(total))
    return Facts(
        place=PlaceFacts(
            level=level, region=setting.region, group=setting.group, classes=setting.classes or frozenset()
        ),
        facts=tuple(Fact(code, value, period, part) for (code, part), (_, value) in known.figures.items()),
        rulings={key: RulingFact(verdict, "văn bản kết luận") for key, verdict in known.rulings.items()},
        children=children,
        standards={code: verdict for code, (_, verdict) in known.standards.items()},
    )

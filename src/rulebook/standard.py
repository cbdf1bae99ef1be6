"""A standard (bộ tiêu chí): groups → criteria → indicators → rules, immutable. A version is a new document."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rulebook.measures import Measure
from rulebook.rules import Rule, measures_of
from rulebook.texts import EMPTY, Text

OPEN_END = 2100  # stands for “no end is known” in a period, so that years stay numbers


def years_text(period: tuple[int, int]) -> Text:
    """A period as people cite it: "2021–2025", "từ 2026" when no end is known."""
    begins, ends = period
    if ends == OPEN_END:
        return Text(f"từ {begins}", f"from {begins}")
    return Text(f"{begins}–{ends}", f"{begins}–{ends}")


def may_judge(standard_level: str, place_level: str) -> bool:
    """Whether a standard of one level can judge a place of another: a part of a hamlet may stand against a hamlet's."""
    return standard_level == place_level or (standard_level, place_level) == ("hamlet", "area")


@dataclass(frozen=True)
class Checked:
    """When a second person compared a text or figure with the original, and in which post."""

    on: date
    by: str


@dataclass(frozen=True)
class Provenance:
    """How far a text and a threshold may be trusted: found, recalled, illustrative or unknown."""

    text: str = "unknown"
    threshold: str = "unknown"
    confidence: str = ""
    sources: tuple[str, ...] = ()
    note: Text = EMPTY
    last_checked: Checked | None = None

    @property
    def confirmed(self) -> bool:
        """Seen in a source; anything else is labelled wherever it appears."""
        return self.threshold == "found"


@dataclass(frozen=True)
class Excuse:
    """“(nếu có)”: the rule over the place's figures that makes an indicator not applicable, and its words."""

    text: Text
    rule: Rule
    provenance: str


@dataclass(frozen=True)
class Indicator:
    """Chỉ tiêu: the words of the law and the rule they mean. `code` is the legal number, a text."""

    code: str
    text: Text
    rule: Rule
    provenance: Provenance
    clause: Text
    sectors: tuple[str, ...] = ()
    resource: str = ""
    delegated_to: Text = EMPTY
    sample_threshold: Text = EMPTY
    excuse: Excuse | None = None

    @property
    def measures(self) -> list[Measure]:
        """What must be observed to judge it, in reading order, the excuse's figure last."""
        asked = measures_of(self.rule)
        if self.excuse:
            known = {measure.code for measure, _ in asked}
            asked += [(m, g) for m, g in measures_of(self.excuse.rule) if m.code not in known]
        return [measure for measure, _ in asked]


@dataclass(frozen=True)
class Criterion:
    """Tiêu chí. unlisted: how many indicators are known to exist but not what they say; at least so many when not
    `unlisted_counted`."""

    number: str
    name: Text
    indicators: tuple[Indicator, ...]
    clause: Text
    group: str = ""
    unlisted: int = 0
    unlisted_counted: bool = True


@dataclass(frozen=True)
class Named:
    """A code with its words: groups, sectors, conditions of recognition."""

    code: str
    name: Text
    provenance: Provenance = Provenance()


@dataclass(frozen=True)
class InForce:
    """Half-open days in force; None = not known (start) or not known to end (end)."""

    start: date | None
    end: date | None
    start_known: bool
    provenance: str
    note: Text = EMPTY


@dataclass(frozen=True)
class Amendment:
    instrument: str
    on: date | None
    loaded: bool
    note: Text


@dataclass(frozen=True)
class RegionOverride:
    """Places of these classes take the thresholds of region `use`, whatever their own."""

    classes: frozenset[str]
    use: str
    text: Text
    provenance: Provenance


@dataclass(frozen=True)
class Source:
    id: str
    title: str
    seen: str
    url: str = ""


@dataclass(frozen=True)
class Band:
    """A case for withdrawal: from `start` percent of the criteria not met, to below `below`, with `key` key ones."""

    code: str
    start: Decimal
    below: Decimal | None = None
    key: int = 0


@dataclass(frozen=True)
class Withdrawal:
    """When a title may be withdrawn. Judged by `withdrawing.withdraw`."""

    clause: Text
    provenance: Provenance
    key_criteria: tuple[str, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Standard:
    id: str
    version: str
    name: Text
    title: Text
    level: str
    status: str  # law · sample (not the text of a decision) · skeleton (only headings known)
    period: tuple[int, int]  # years, both included; OPEN_END when no end is known
    in_force: InForce
    criteria: tuple[Criterion, ...]
    digest: str
    province: str = ""
    legal_basis: Text = EMPTY
    amendments: tuple[Amendment, ...] = ()
    region_overrides: tuple[RegionOverride, ...] = ()
    prerequisites: tuple[Indicator, ...] = ()
    decided_by: Text = EMPTY
    conditions: tuple[Named, ...] = ()
    groups: tuple[Named, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Text, ...] = ()
    withdrawal: Withdrawal | None = None

    @property
    def sample(self) -> bool:
        return self.status == "sample"

    @property
    def years(self) -> Text:
        """The period as people cite it: "2021–2025", "từ 2026"."""
        return years_text(self.period)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Everything it asks: of its indicators and prerequisites, and what excuses them."""
        judged = self.indicators + self.prerequisites
        return tuple(each.rule for each in judged) + tuple(e.excuse.rule for e in judged if e.excuse)

    def indicator(self, code: str) -> Indicator:
        """The indicator with that legal number; KeyError when there is none."""
        for indicator in self.indicators + self.prerequisites:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def criterion(self, number: str) -> Criterion:
        """The criterion with that legal number; KeyError when there is none."""
        for criterion in self.criteria:
            if criterion.number == number:
                return criterion
        raise KeyError(number)

    def is_in_force(self, day: date) -> bool | None:
        """Whether the standard is in force on `day`; None when its own dates are not known but the period fits."""
        if self.in_force.end is not None and day >= self.in_force.end:
            return False
        if self.in_force.start is not None:
            return day >= self.in_force.start
        return None if self.period[0] <= day.year <= self.period[1] else False

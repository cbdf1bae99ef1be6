"""Which threshold applies to a place in a year, and why sometimes none is known."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rulebook import reasons
from rulebook.comparing import as_number
from rulebook.facts import Facts
from rulebook.measures import as_fraction
from rulebook.rules import Compare, Fixed, Lookup, NotKnown, ShareOf, Threshold, TimesMeasure, TimesThreshold
from rulebook.standard import Indicator, Standard
from rulebook.texts import Text


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of one standard for one place on one day."""

    standard: Standard
    facts: Facts
    on: date

    def region(self) -> str | None:
        """The region whose thresholds apply; unknown while an unrecorded class might move the place to another."""
        place, overrides = self.facts.place, self.standard.region_overrides
        if place.classes is None:
            return place.region if {override.use for override in overrides} <= {place.region} else None
        for override in overrides:
            if place.classes & override.classes:
                return override.use
        return place.region

    def value(self, threshold: Threshold) -> Fraction | str | bool | None:
        """The value that applies to this place this year; None when nobody knows it."""
        match threshold:
            case NotKnown():
                return None
            case Fixed(value):
                return value if isinstance(value, bool | str) else Fraction(value)
            case Lookup():
                key = self._key(threshold.by)
                if key is None:
                    return None
                return self.value(dict(threshold.cells).get(key, threshold.otherwise))
            case TimesMeasure(times, measure):
                fact = self.facts.find(measure.code, "", self.on)
                number = None if fact is None else as_fraction(as_number(fact.value))
                return None if number is None else number * Fraction(times)
            case TimesThreshold(times, standard, indicator):
                inner = Thresholds(standard, self.facts, self.on)
                rule = indicator.rule
                found = inner.value(rule.threshold) if isinstance(rule, Compare | ShareOf) else None
                return found * Fraction(times) if isinstance(found, Fraction) else None

    def is_law_silent(self, threshold: Threshold) -> bool:
        """Whether a missing threshold is the law's own gap, not something unknown of the place."""
        _, last = self._lacking(threshold)
        return not isinstance(last, Lookup | TimesMeasure)

    def _lacking(self, threshold: Threshold) -> tuple["Thresholds", Threshold]:
        """Where the search for a missing threshold ended: under which standard, and at what."""
        match threshold:
            case Lookup():
                key = self._key(threshold.by)
                if key is not None:
                    return self._lacking(dict(threshold.cells).get(key, threshold.otherwise))
            case TimesThreshold(_, standard, Indicator(rule=Compare() | ShareOf() as rule)):
                return Thresholds(standard, self.facts, self.on)._lacking(rule.threshold)
        return self, threshold

    def why_missing(self, threshold: Threshold) -> Text:
        """One sentence on why there is no value to compare with."""
        judging, last = self._lacking(threshold)
        return reasons.no_threshold(last, judging.facts.place)

    def _key(self, by: str) -> str | None:
        region, group, year = self.region(), self.facts.place.group, str(self.on.year)
        match by:
            case "region":
                return region
            case "year":
                return year
            case "group":
                return group
            case _:
                return None if region is None else f"{region}/{year}"

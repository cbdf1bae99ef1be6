"""Where and when a case is set: a place and year for every cell of every table and every case of a rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Children,
    Compare,
    Guard,
    Lookup,
    Rule,
    ShareOf,
    Threshold,
    TimesThreshold,
)
from rulebook.standard import Standard


@dataclass(frozen=True)
class Setting:
    """The place and year a case is set in."""

    region: str | None = None
    group: str | None = None
    classes: frozenset[str] = frozenset()
    year: int = 0

    @property
    def on(self) -> date:
        return date(self.year, 12, 31)


def settings_of(standard: Standard, rule: Rule, regions: Sequence[str]) -> Iterator[Setting]:
    """A place and year for every cell of every table and every case, each once."""
    first, last = standard.period
    if standard.in_force.start:
        first = max(first, standard.in_force.start.year)
    partial = list(dict.fromkeys(axes_of(rule, regions)))
    base: dict[str, Any] = {"year": min(first, last)}
    for axes in partial:
        for axis, value in axes:
            base.setdefault(axis, value)
    yield Setting(**base)
    for axes in partial:
        setting = Setting(**{**base, **dict(axes)})
        if setting != Setting(**base):
            yield setting


def axes_of(rule: Rule, regions: Sequence[str]) -> Iterator[tuple[tuple[str, Any], ...]]:
    match rule:
        case Compare() | ShareOf():
            yield from _cells(rule.threshold, regions)
        case AllOf() | AtLeast():
            for part in rule.rules:
                yield from axes_of(part, regions)
        case ByCase():
            for case in rule.cases:
                below = list(axes_of(case.rule, regions))
                here = _where_holds(case.guard, regions)
                yield here
                for axes in below:
                    yield tuple({**dict(axes), **dict(here)}.items())
        case Children():
            yield from axes_of(rule.where, regions)
        case _:
            return


def _cells(threshold: Threshold, regions: Sequence[str]) -> Iterator[tuple[tuple[str, Any], ...]]:
    if isinstance(threshold, TimesThreshold):
        rule = threshold.indicator.rule
        if isinstance(rule, Compare | ShareOf):
            yield from _cells(rule.threshold, regions)
    if not isinstance(threshold, Lookup):
        return
    for key, cell in threshold.cells:
        region, _, year = key.partition("/")
        here: dict[str, Any] = {threshold.by: int(key) if threshold.by == "year" else key}
        if threshold.by == "region_year":
            here = {"region": region, "year": int(year)}
        yield tuple(here.items())
        for axes in _cells(cell, regions):
            yield tuple({**dict(axes), **here}.items())
    named = {key.partition("/")[0] for key, _ in threshold.cells}
    elsewhere = next((code for code in regions if code not in named), None)
    if threshold.by in ("region", "region_year") and elsewhere:
        yield (("region", elsewhere),)
    yield from _cells(threshold.otherwise, regions)


def _where_holds(guard: Guard | None, regions: Sequence[str]) -> tuple[tuple[str, Any], ...]:
    if guard is None:
        return ()
    axes: dict[str, Any] = {}
    if guard.regions:
        axes["region"] = min(guard.regions)
    if guard.regions_not is not None:
        other = next((code for code in regions if code not in guard.regions_not), None)
        axes |= {"region": other} if other else {}
    if guard.groups:
        axes["group"] = min(guard.groups)
    if guard.classes:
        axes["classes"] = frozenset({min(guard.classes)})
    if guard.year_from is not None:
        axes["year"] = guard.year_from
    if guard.year_to is not None:
        axes["year"] = guard.year_to
    return tuple(axes.items())

"""`judge_all`: what a rule means, for all places at once. Follows `rulebook.judging` rule by rule."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rulebook.columns.asking import rule_key
from rulebook.columns.exact import Factor, compare_products
from rulebook.columns.figures import MISSING, NOT_GIVEN, NUMBER, SHARE, Column, Columns, scale_of
from rulebook.columns.limits import FIXED, Edge, Profiles
from rulebook.columns.results import Verdicts
from rulebook.columns.table import (
    CODE_OF,
    EXCUSED,
    MET,
    UNKNOWN,
    Codes,
    all_of,
    at_least,
    case_that_applies,
    unknown,
    where_known,
    with_excuse,
    yes,
)
from rulebook.measures import Measure
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Children,
    Compare,
    Guard,
    MeetsStandard,
    Rule,
    Ruling,
    ShareOf,
)
from rulebook.standard import Criterion, Indicator, Standard
from rulebook.verdicts import Verdict

Rows = NDArray[np.intp]


def judge_all(standard: Standard, columns: Columns, *, on: date) -> Verdicts:
    """What `standard` says of every place on the day `on`: the verdicts that `judge` gives, place by place.

    Thresholds by year are those of `on`'s year. KeyError when `columns` lacks something the standard asks for.
    """
    return _Country(columns, on).verdicts(standard)


class _Country:
    """All places on one day, under as many standards as refer to each other."""

    def __init__(self, columns: Columns, on: date) -> None:
        self.columns, self.on = columns, on
        self.profiles = Profiles(columns, on)
        self._judged: dict[int, Verdicts] = {}

    def verdicts(self, standard: Standard) -> Verdicts:
        if id(standard) not in self._judged:
            self._judged[id(standard)] = _Reading(self, standard).whole()
        return self._judged[id(standard)]


class _Reading:
    """One standard over all places. `key` is a rule's path, as in `asking.rules_of`."""

    def __init__(self, country: _Country, standard: Standard) -> None:
        self.country, self.standard = country, standard
        self.columns, self.profiles = country.columns, country.profiles
        self.places = country.columns.places

    # --- the layers of the law ---

    def whole(self) -> Verdicts:
        prerequisites = {each.code: self.indicator(each) for each in self.standard.prerequisites}
        indicators = {each.code: self.indicator(each) for each in self.standard.indicators}
        criteria = {each.number: self.criterion(each, indicators) for each in self.standard.criteria}
        whole = all_of([*criteria.values(), *prerequisites.values()], self.places)
        return Verdicts(whole, criteria, prerequisites, indicators)

    def criterion(self, criterion: Criterion, indicators: Mapping[str, Codes]) -> Codes:
        """Its indicators together; those known to exist but not what they say are unknown everywhere."""
        members = [indicators[each.code] for each in criterion.indicators]
        if criterion.unlisted:
            members.append(unknown(self.places))
        return all_of(members, self.places)

    def indicator(self, indicator: Indicator) -> Codes:
        key = rule_key(self.standard, indicator)
        codes = self.rule(indicator.rule, key)
        if indicator.excuse is None:
            return codes
        return with_excuse(codes, self.rule(indicator.excuse.rule, f"{key}/excuse"))

    # --- rules ---

    def rule(self, rule: Rule, key: str) -> Codes:
        match rule:
            case Compare():
                return self._compare(rule)
            case ShareOf():
                return self._against(self._share(rule), None, self.profiles.edge(self.standard, rule))
            case AllOf():
                return all_of(self._members(rule.rules, key), self.places)
            case AtLeast():
                return at_least(rule.n, self._members(rule.rules, key), self.places)
            case ByCase():
                guards = [self._guard(case.guard) for case in rule.cases]
                verdicts = self._members(tuple(case.rule for case in rule.cases), key)
                return case_that_applies(list(zip(guards, verdicts, strict=True)), self.places)
            case MeetsStandard():
                return self._meets_standard(rule)
            case Children() | Ruling():
                return self.columns.told[key]

    def _members(self, rules: tuple[Rule, ...], key: str) -> list[Codes]:
        return [self.rule(rule, f"{key}/{position}") for position, rule in enumerate(rules)]

    def _meets_standard(self, rule: MeetsStandard) -> Codes:
        given = self.columns.standards.get(rule.standard.id)
        if given is None:
            return self.country.verdicts(rule.standard).standard
        if (given != NOT_GIVEN).all():
            return given
        return np.where(given == NOT_GIVEN, self.country.verdicts(rule.standard).standard, given)

    def _guard(self, guard: Guard | None) -> Codes:
        """Whether a case applies; what is not recorded of the place leaves it unknown."""
        if guard is None:
            return np.full(self.places, MET)
        parts = [self.profiles.spread(part) for part in self._known_of_profiles(guard)]
        if guard.compare is not None:
            parts.append(self._compare(guard.compare))
        return all_of(parts, self.places)

    def _known_of_profiles(self, guard: Guard) -> list[Codes]:
        """The parts of a guard that ask of the place itself or of the year: one code a profile each."""
        regions, year = self.profiles.regions(self.standard), self.country.on.year
        kinds = list(zip(self.profiles.places, regions, strict=True))
        parts: list[list[bool | None]] = []
        if (wanted := guard.regions) is not None:
            parts.append([None if region is None else region in wanted for _, region in kinds])
        if (refused := guard.regions_not) is not None:
            parts.append([None if region is None else region not in refused for _, region in kinds])
        if (groups := guard.groups) is not None:
            parts.append([None if place.group is None else place.group in groups for place, _ in kinds])
        if (classes := guard.classes) is not None:
            parts.append(
                [None if place.classes is None else bool(place.classes & classes) for place, _ in kinds]
            )
        if guard.year_from is not None:
            parts.append([year >= guard.year_from] * len(kinds))
        if guard.year_to is not None:
            parts.append([year <= guard.year_to] * len(kinds))
        code = {True: CODE_OF[Verdict.MET], False: CODE_OF[Verdict.NOT_MET], None: CODE_OF[Verdict.UNKNOWN]}
        return [np.array([code[known] for known in part], np.uint8) for part in parts]

    # --- figures against thresholds ---

    def _compare(self, rule: Compare) -> Codes:
        edge, measure = self.profiles.edge(self.standard, rule), rule.measure
        if not rule.per_sex:
            return self._against(self._figures(measure, ""), measure, edge)
        sexes = [self._against(self._figures(measure, sex), measure, edge) for sex in measure.parts]
        return all_of(sexes, self.places)

    def _figures(self, measure: Measure, part: str) -> Column:
        return self.columns.figures[measure.code, part]

    def _share(self, rule: ShareOf) -> Column:
        """Two counts as one observed share; missing where they contradict each other."""
        part, whole = self._figures(rule.part, ""), self._figures(rule.whole, "")
        known = (part.state == NUMBER) & (whole.state == NUMBER) & (part.scaled <= whole.scaled)
        return Column(whole.scaled, np.where(known, SHARE, MISSING), part.scaled, whole.scaled)

    def _against(self, column: Column, measure: Measure | None, edge: Edge) -> Codes:
        """Figures of `measure` against a threshold. measure: None for a share of two counts."""
        kind = self.profiles.spread(edge.kind)
        within = (column.scaled >= self.profiles.spread(edge.low)) & (
            column.scaled <= self.profiles.spread(edge.high)
        )
        codes = where_known((kind == FIXED) & (column.state == NUMBER), yes(within))
        if column.numerator is not None:
            rows = np.flatnonzero((kind == FIXED) & (column.state == SHARE))
            codes[rows] = self._exactly(column, measure, edge, rows)
        for number, other in enumerate(edge.others, start=1):
            beside = self._figures(other, "")
            rows = np.flatnonzero((kind == number) & (column.state != MISSING) & (beside.state != MISSING))
            codes[rows] = self._exactly(column, measure, edge, rows, beside, other)
        return codes

    def _exactly(
        self,
        column: Column,
        measure: Measure | None,
        edge: Edge,
        rows: Rows,
        beside: Column | None = None,
        other: Measure | None = None,
    ) -> Codes:
        """Some places' figures against top / bottom, times their figure of `other` where one is given.

        Cross-multiplied: a / b against (top / bottom) · (c / d) is a · bottom · d against top · c · b. A share of
        nothing is not applicable; a threshold relative to a share of nothing is not known.
        """
        above, below = _fraction(column, measure, rows)
        left = [*above, self.profiles.at(edge.bottom, rows)]
        right = [below, self.profiles.at(edge.top, rows)]
        known = np.ones(len(rows), np.bool_)
        if beside is not None:
            above_beside, below_beside = _fraction(beside, other, rows)
            left.append(below_beside)
            right += above_beside
            known = below_beside != 0
        codes = yes(compare_products(left, edge.op, right))
        codes[below == 0] = EXCUSED
        codes[~known] = UNKNOWN
        return codes


def _fraction(column: Column, measure: Measure | None, rows: Rows) -> tuple[list[Factor], Factor]:
    """Figures as fractions: the factors of the numerator, and the denominator; a share in percent."""
    scale = scale_of(measure) if measure else 1
    scaled, below = column.scaled[rows], np.full(len(rows), scale, np.int64)
    if column.numerator is None or column.denominator is None:
        return [scaled], below
    shares = column.state[rows] == SHARE
    above = np.where(shares, column.numerator[rows], scaled)
    return [above, np.where(shares, np.int64(100), np.int64(1))], np.where(
        shares, column.denominator[rows], below
    )

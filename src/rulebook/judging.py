"""`judge` reads a standard against the facts of a place, the way the decree reads.

Exact throughout: numbers are compared as fractions, never divided or rounded first.
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil

from rulebook import reasons
from rulebook.comparing import age_of, as_count, decide, of_fact, of_threshold
from rulebook.facts import Facts
from rulebook.findings import Finding
from rulebook.measures import SEX_NAMES, Kind, Measure, Share
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Case,
    Children,
    Compare,
    Guard,
    MeetsStandard,
    Op,
    Rule,
    Ruling,
    ShareOf,
)
from rulebook.standard import Criterion, Excuse, Indicator, Standard
from rulebook.texts import EMPTY, Text
from rulebook.thresholds import Thresholds
from rulebook.verdicts import Verdict, agreed, all_of, at_least
from rulebook.wording import PLACES_BELOW, level_name, period_text, places_text, standard_notes, unlisted_text


def judge(standard: Standard, facts: Facts, *, on: date) -> Finding:
    """What `standard` says of a place on the day `on`, with the whole trace.

    The figures are the newest begun by `on`; thresholds by year are those of `on`'s year.
    """
    judging = _Judging(standard, facts, on)
    criteria = tuple(judging.criterion(criterion) for criterion in standard.criteria)
    prerequisites = tuple(judging.indicator(each, "prerequisite") for each in standard.prerequisites)
    finding = Finding(
        kind="standard",
        code=standard.id,
        label=standard.name,
        verdict=all_of(finding.verdict for finding in (*criteria, *prerequisites)),
        clause=standard.legal_basis,
        provenance={"sample": "illustrative", "skeleton": "unknown"}.get(standard.status, ""),
        note=standard_notes(standard, on),
        children=(*criteria, *prerequisites),
    )
    return judging.with_stated(finding)


@dataclass(frozen=True)
class _Judging:
    """One standard, one place, one day."""

    standard: Standard
    facts: Facts
    on: date

    @cached_property
    def thresholds(self) -> Thresholds:
        return Thresholds(self.standard, self.facts, self.on)

    code: str = ""  # of the indicator being judged

    # --- the layers of the law ---

    def criterion(self, criterion: Criterion) -> Finding:
        indicators = tuple(self.indicator(indicator) for indicator in criterion.indicators)
        if criterion.unlisted:
            indicators += (_unlisted(criterion),)
        finding = Finding(
            kind="criterion",
            code=criterion.number,
            label=criterion.name,
            verdict=all_of(each.verdict for each in indicators),
            clause=criterion.clause,
            reason=EMPTY if indicators else reasons.EMPTY_GROUP,
            children=indicators,
        )
        return self.with_stated(finding)

    def indicator(self, indicator: Indicator, kind: str = "indicator") -> Finding:
        judging = replace(self, code=indicator.code)
        rule = judging.rule(indicator.rule, indicator.provenance.threshold)
        finding = Finding(
            kind=kind,
            code=indicator.code,
            label=indicator.text,
            verdict=rule.verdict,
            clause=indicator.clause,
            provenance=indicator.provenance.threshold,
            note=indicator.provenance.note,
            sample_threshold=indicator.sample_threshold,
            reason=rule.reason,
            sectors=indicator.sectors,
            children=(rule,),
        )
        if indicator.excuse:
            finding = self._excused(finding, indicator.excuse)
        return self.with_stated(finding)

    def _excused(self, finding: Finding, excuse: Excuse) -> Finding:
        """`finding` excused when the place's figures say so; a failing one stays open while they say nothing."""
        why = self.rule(excuse.rule, excuse.provenance)
        if why.verdict is Verdict.MET:
            reason = reasons.excused(excuse.text)
            return replace(finding, verdict=Verdict.EXCUSED, reason=reason, children=(why,))
        if why.verdict is Verdict.UNKNOWN and finding.verdict is Verdict.NOT_MET:
            reason = reasons.may_be_excused(excuse.text)
            return replace(finding, verdict=Verdict.UNKNOWN, reason=reason, children=(*finding.children, why))
        return finding

    def with_stated(self, finding: Finding) -> Finding:
        stated = self.facts.find_stated(self.standard.id, finding.kind, finding.code, self.on)
        if not stated:
            return finding
        return replace(
            finding,
            stated=stated.grade.value,
            stated_on=stated.on.isoformat(),
            stated_source=stated.source,
            stated_mark=stated.mark.value,
        )

    # --- rules ---

    def rule(self, rule: Rule, provenance: str) -> Finding:
        """The finding of any rule; `provenance` is its indicator's, unless the rule has its own."""
        provenance = rule.provenance or provenance
        match rule:
            case Compare():
                finding = self._compare(rule, provenance)
            case ShareOf():
                finding = self._share(rule, provenance)
            case AllOf():
                parts = tuple(self.rule(part, provenance) for part in rule.rules)
                verdict = all_of(part.verdict for part in parts)
                finding = Finding(
                    kind="all_of", verdict=verdict, reason=_first_reason(parts, verdict), children=parts
                )
            case AtLeast():
                parts = tuple(self.rule(part, provenance) for part in rule.rules)
                verdict = at_least(rule.n, (part.verdict for part in parts))
                finding = Finding(
                    kind="at_least",
                    n=rule.n,
                    verdict=verdict,
                    reason=_first_reason(parts, verdict),
                    children=parts,
                )
            case ByCase():
                finding = self._by_case(rule, provenance)
            case Children():
                finding = self._children(rule, provenance)
            case MeetsStandard():
                finding = self._meets_standard(rule)
            case Ruling():
                finding = self._ruling(rule)
        return replace(
            finding,
            label=rule.label if rule.label != EMPTY else finding.label,
            clause=rule.clause if rule.clause != EMPTY else finding.clause,
            provenance=finding.provenance or provenance,
        )

    def _compare(self, rule: Compare, provenance: str) -> Finding:
        if not rule.per_sex:
            return self._compare_part(rule, "", provenance)
        sexes = tuple(self._compare_part(rule, sex, provenance) for sex in rule.measure.parts)
        verdict = all_of(sex.verdict for sex in sexes)
        return Finding(
            kind="all_of",
            label=rule.measure.name,
            verdict=verdict,
            reason=_first_reason(sexes, verdict),
            children=sexes,
        )

    def _compare_part(self, rule: Compare, part: str, provenance: str) -> Finding:
        measure = rule.measure
        fact = self.facts.find(measure.code, part, self.on)
        threshold = self.thresholds.value(rule.threshold)
        name = SEX_NAMES[part]
        finding = Finding(
            kind="compare",
            label=Text(f"{measure.name.vi} ({name.vi})", f"{measure.name.en} ({name.en})")
            if part
            else measure.name,
            verdict=Verdict.UNKNOWN,
            measure=measure.code,
            part=part,
            op=rule.op.value,
            unit=measure.unit,
            provenance="unknown"
            if threshold is None and self.thresholds.is_law_silent(rule.threshold)
            else provenance,
            **of_threshold(threshold, rule.op, measure),
            **of_fact(fact, measure, self.on),
        )
        if threshold is None and (fact is not None or self.thresholds.is_law_silent(rule.threshold)):
            return replace(finding, reason=self.thresholds.why_missing(rule.threshold))
        if fact is None or threshold is None:
            return replace(finding, reason=self._why_no_figure(measure, part))
        return decide(finding, fact.value, rule.op, threshold, measure)

    def _share(self, rule: ShareOf, provenance: str) -> Finding:
        part, whole = (self.facts.find(measure.code, "", self.on) for measure in (rule.part, rule.whole))
        threshold = self.thresholds.value(rule.threshold)
        finding = Finding(
            kind="share",
            label=Text(
                f"{rule.part.name.vi} / {rule.whole.name.vi}", f"{rule.part.name.en} / {rule.whole.name.en}"
            ),
            verdict=Verdict.UNKNOWN,
            measure=rule.part.code,
            op=rule.op.value,
            unit=Text("%", "%"),
            provenance="unknown"
            if threshold is None and self.thresholds.is_law_silent(rule.threshold)
            else provenance,
        )
        percent = Measure(rule.part.code, rule.part.name, Kind.PERCENT, Text("%", "%"), rule.whole.unit, 2)
        finding = replace(finding, **of_threshold(threshold, rule.op, percent))
        missing = [m for m, fact in ((rule.part, part), (rule.whole, whole)) if fact is None]
        if missing or part is None or whole is None:
            return replace(finding, reason=self._why_no_figure(missing[0], ""))
        value = Share(as_count(part.value), as_count(whole.value))
        finding = replace(finding, **of_fact(replace(part, value=value), percent, self.on))
        finding = replace(finding, age=max(age_of(part, self.on), age_of(whole, self.on)))
        if value.numerator > value.denominator:
            return replace(finding, reason=reasons.PART_ABOVE_WHOLE)
        if threshold is None:
            return replace(finding, reason=self.thresholds.why_missing(rule.threshold))
        return decide(finding, value, rule.op, threshold, percent)

    def _by_case(self, rule: ByCase, provenance: str) -> Finding:
        """The first case whose guard holds; while a guard is unknown, every case still open must agree."""
        still_open: list[tuple[Case, Finding]] = []
        unsure: Text = EMPTY
        for case in rule.cases:
            holds = Verdict.MET if case.guard is None else self._guard(case.guard)
            if holds is Verdict.NOT_MET:
                continue
            still_open.append((case, self.rule(case.rule, provenance)))
            if holds.holds:
                break
            unsure = unsure if unsure != EMPTY else reasons.unsure_case(case.guard, self.facts, self.on)
        if not still_open:
            return Finding(kind="case", verdict=Verdict.UNKNOWN, reason=reasons.NO_CASE)
        findings = tuple(finding for _, finding in still_open)
        if len(findings) == 1 and unsure == EMPTY:
            return Finding(
                kind="case", verdict=findings[0].verdict, reason=findings[0].reason, children=findings
            )
        verdicts = [finding.verdict for finding in findings]
        if len(still_open) == 1:  # the only case left does not surely apply: perhaps none does
            verdicts.append(Verdict.UNKNOWN)
        verdict = agreed(verdicts)
        reason = unsure if verdict is Verdict.UNKNOWN else EMPTY
        return Finding(kind="case", verdict=verdict, reason=reason, children=findings)

    def _guard(self, guard: Guard) -> Verdict:
        """Whether a case applies; what is not recorded of the place leaves it unknown."""
        place = self.facts.place
        region = self.thresholds.region()
        known: list[bool | None] = []
        if guard.regions is not None:
            known.append(None if region is None else region in guard.regions)
        if guard.regions_not is not None:
            known.append(None if region is None else region not in guard.regions_not)
        if guard.groups is not None:
            known.append(None if place.group is None else place.group in guard.groups)
        if guard.classes is not None:
            known.append(None if place.classes is None else bool(place.classes & guard.classes))
        if guard.year_from is not None:
            known.append(self.on.year >= guard.year_from)
        if guard.year_to is not None:
            known.append(self.on.year <= guard.year_to)
        verdicts = [{True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNKNOWN}[k] for k in known]
        if guard.compare is not None:
            verdicts.append(self._compare(guard.compare, "").verdict)
        return all_of(verdicts)

    def _children(self, rule: Children, provenance: str) -> Finding:
        finding = Finding(
            kind="children",
            label=PLACES_BELOW,
            verdict=Verdict.UNKNOWN,
            n=rule.count or 0,
            op=Op.AT_LEAST.value,
            unit=level_name(rule.level),
        )
        if self.facts.children is None:
            return replace(finding, reason=reasons.NO_CHILDREN_GATHERED)
        children = [child for child in self.facts.children if child.place.level in ("", rule.level)]
        findings = tuple(
            replace(
                replace(self, facts=child).rule(rule.where, provenance),
                label=Text(child.place.name, child.place.name),
            )
            for child in children
        )
        if not children:
            none = Verdict.EXCUSED if rule.percent is not None else Verdict.NOT_MET
            return replace(finding, verdict=none, reason=reasons.no_children(level_name(rule.level)))
        needed = rule.count or 0
        if rule.percent is not None:
            needed = ceil(Fraction(rule.percent) * len(children) / 100)
        verdict = at_least(needed, (f.verdict for f in findings))
        finding = replace(
            finding,
            n=needed,
            verdict=verdict,
            threshold_text=places_text(needed, rule.level, "từ {} trở lên", "at least {}"),
            reason=_first_reason(findings, verdict),
            children=findings,
        )
        if verdict.holds:
            return finding
        lacking = needed - sum(f.verdict.holds for f in findings)
        return replace(
            finding,
            gap=str(lacking),
            gap_text=places_text(lacking, rule.level, "thiếu {}", "short by {}"),
            distance=str(Fraction(lacking, needed)),
        )

    def _meets_standard(self, rule: MeetsStandard) -> Finding:
        other = rule.standard
        given = self.facts.standards.get(other.id)
        if given is not None:
            return Finding(kind="standard", code=other.id, label=other.name, verdict=given)
        return judge(other, self.facts, on=self.on)

    def _ruling(self, rule: Ruling) -> Finding:
        finding = Finding(kind="ruling", label=rule.question, verdict=Verdict.UNKNOWN)
        given = self.facts.find_ruling(rule.question.vi, self.code, self.on)
        if given is None:
            return replace(finding, reason=reasons.NO_RULING)
        if not given.evidence.strip():
            return replace(finding, reason=reasons.RULING_WITHOUT_EVIDENCE)
        return replace(finding, verdict=given.verdict, source=given.evidence)

    def _why_no_figure(self, measure: Measure, part: str) -> Text:
        if self.facts.only_reconstructed(measure.code, part, self.on):
            return reasons.ONLY_RECONSTRUCTED
        if part and self.facts.find(measure.code, "", self.on):
            return reasons.not_split_by_sex(measure)
        if later := self.facts.next_after(measure.code, part, self.on):
            return reasons.only_later(measure, period_text(later.period))
        return reasons.no_figure(measure, SEX_NAMES[part])


def _unlisted(criterion: Criterion) -> Finding:
    """All that can be said of the indicators a criterion is known to have beyond those listed."""
    return Finding(
        kind="indicator",
        label=unlisted_text(criterion),
        verdict=Verdict.UNKNOWN,
        clause=criterion.clause,
        provenance="unknown",
        reason=reasons.UNLISTED,
    )


def _first_reason(parts: tuple[Finding, ...], verdict: Verdict) -> Text:
    """Why a group is unknown: its first unknown member's reason."""
    if verdict is not Verdict.UNKNOWN:
        return EMPTY
    return next((p.reason for p in parts if p.verdict is Verdict.UNKNOWN and p.reason != EMPTY), EMPTY)

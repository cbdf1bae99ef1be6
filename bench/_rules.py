"""A standard as one flat list of steps, and those steps as DuckDB's SQL or as formulas of a sheet.

What others would write by hand to judge the same figures by the same rules: the other side of P2 and P3. Verdict codes
are those of `rulebook.columns`: 0 unknown, 1 met, 2 not met, 3 excused.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from rulebook import Facts, Measure, PlaceFacts, Standard
from rulebook.columns.figures import scale_of
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Compare,
    Guard,
    Lookup,
    MeetsStandard,
    Op,
    Rule,
    ShareOf,
    Threshold,
    TimesMeasure,
    TimesThreshold,
)
from rulebook.thresholds import Thresholds
from rulebook.verdicts import Verdict

Figure = tuple[str, str]  # measure's code, part
SIGNS = {Op.AT_LEAST: ">=", Op.AT_MOST: "<=", Op.EQUALS: "=", Op.ABOVE: ">", Op.BELOW: "<"}
CODES = {Verdict.UNKNOWN: 0, Verdict.MET: 1, Verdict.NOT_MET: 2, Verdict.EXCUSED: 3}


@dataclass(frozen=True)
class Step:
    """One verdict for every place. kind: compare, share, given, unknown, at_least, case or excuse."""

    kind: str
    depth: int
    op: str = ""
    figure: Figure | None = None
    whole: Figure | None = None
    beside: Figure | None = None
    limit: int = -1  # index into `Flat.limits`, or into `Flat.given`
    need: int = 0
    members: tuple[int, ...] = ()


@dataclass
class Flat:
    """The steps of a standard. criteria: number → step. limits, given: what holds for a kind of place in a year."""

    figures: dict[Figure, Measure]
    steps: list[Step] = field(default_factory=list)
    limits: list[Callable[[PlaceFacts, date], Fraction | None]] = field(default_factory=list)
    given: list[Callable[[PlaceFacts, date], int]] = field(default_factory=list)
    criteria: dict[str, int] = field(default_factory=dict)
    whole: int = -1

    def add(self, kind: str, members: Sequence[int] = (), **more: object) -> int:
        depth = 1 + max((self.steps[member].depth for member in members), default=-1)
        self.steps.append(Step(kind, depth, members=tuple(members), **more))  # type: ignore[arg-type]
        return len(self.steps) - 1

    def used(self) -> list[Figure]:
        """The figures the steps read."""
        named = [each for step in self.steps for each in (step.figure, step.whole, step.beside) if each]
        return list(dict.fromkeys(named))


def flatten(standard: Standard, figures: dict[Figure, Measure]) -> Flat:
    """The steps of `standard`. Rules over child places and rulings, of which nothing is recorded, are unknown."""
    flat = Flat(figures)
    flat.whole, flat.criteria = _standard(flat, standard)
    return flat


def _standard(flat: Flat, standard: Standard) -> tuple[int, dict[str, int]]:
    criteria: dict[str, int] = {}
    for criterion in standard.criteria:
        members = [_indicator(flat, standard, each) for each in criterion.indicators]
        if criterion.unlisted:
            members.append(flat.add("unknown"))
        criteria[criterion.number] = flat.add("at_least", members, need=len(members))
    extra = [_indicator(flat, standard, each) for each in standard.prerequisites]
    every = [*criteria.values(), *extra]
    return flat.add("at_least", every, need=len(every)), criteria


def _indicator(flat: Flat, standard: Standard, indicator: object) -> int:
    step = _rule(flat, standard, indicator.rule)  # type: ignore[attr-defined]
    excuse = indicator.excuse  # type: ignore[attr-defined]
    return flat.add("excuse", [step, _rule(flat, standard, excuse.rule)]) if excuse else step


def _rule(flat: Flat, standard: Standard, rule: Rule) -> int:
    match rule:
        case Compare():
            parts = rule.measure.parts if rule.per_sex else ("",)
            steps = [_compare(flat, standard, rule, (rule.measure.code, part)) for part in parts]
            return steps[0] if not rule.per_sex else flat.add("at_least", steps, need=len(steps))
        case ShareOf():
            limit = _limit(flat, standard, rule.threshold)
            pair = ((rule.part.code, ""), (rule.whole.code, ""))
            return flat.add("share", op=SIGNS[rule.op], figure=pair[0], whole=pair[1], limit=limit)
        case AllOf():
            return flat.add("at_least", _rules(flat, standard, rule.rules), need=len(rule.rules))
        case AtLeast():
            return flat.add("at_least", _rules(flat, standard, rule.rules), need=rule.n)
        case ByCase():
            guards = [_guard(flat, standard, case.guard) for case in rule.cases]
            verdicts = _rules(flat, standard, [case.rule for case in rule.cases])
            return flat.add("case", [each for pair in zip(guards, verdicts, strict=True) for each in pair])
        case MeetsStandard():
            return _standard(flat, rule.standard)[0]
    return flat.add("unknown")


def _rules(flat: Flat, standard: Standard, rules: Iterable[Rule]) -> list[int]:
    return [_rule(flat, standard, rule) for rule in rules]


def _compare(flat: Flat, standard: Standard, rule: Compare, figure: Figure) -> int:
    op = "=" if rule.measure.kind.value == "flag" else SIGNS[rule.op]
    if isinstance(rule.threshold, TimesMeasure):
        times = Fraction(rule.threshold.times)
        flat.limits.append(lambda place, day: times)
        beside = (rule.threshold.measure.code, "")
        return flat.add("compare", op=op, figure=figure, beside=beside, limit=len(flat.limits) - 1)
    limit = _limit(flat, standard, rule.threshold, rule.measure)
    return flat.add("compare", op=op, figure=figure, limit=limit)


def _limit(flat: Flat, standard: Standard, threshold: Threshold, measure: Measure | None = None) -> int:
    """A threshold that depends on the kind of place and the year alone."""
    cells = [cell for _, cell in threshold.cells] if isinstance(threshold, Lookup) else []
    if any(isinstance(each, TimesMeasure) for each in [*cells, threshold]) or (
        isinstance(threshold, TimesThreshold) and isinstance(_of(threshold), TimesMeasure)
    ):
        raise NotImplementedError(f"{standard.id}: a threshold relative to a figure inside a table")

    def value(place: PlaceFacts, day: date) -> Fraction | None:
        found = Thresholds(standard, Facts(place), day).value(threshold)
        if isinstance(found, str):
            assert measure is not None
            return Fraction(measure.rank(found))
        return None if found is None else Fraction(found)

    flat.limits.append(value)
    return len(flat.limits) - 1


def _of(threshold: TimesThreshold) -> object:
    return getattr(threshold.indicator.rule, "threshold", None)


def _guard(flat: Flat, standard: Standard, guard: Guard | None) -> int:
    def code(place: PlaceFacts, day: date) -> int:
        if guard is None:
            return 1
        region = Thresholds(standard, Facts(place), day).region()
        known = [
            None if region is None else region in guard.regions if guard.regions is not None else True,
            None
            if region is None
            else region not in (guard.regions_not or ())
            if guard.regions_not
            else True,
            (None if place.group is None else place.group in guard.groups) if guard.groups else True,
            (None if place.classes is None else bool(place.classes & guard.classes))
            if guard.classes
            else True,
            guard.year_from is None or day.year >= guard.year_from,
            guard.year_to is None or day.year <= guard.year_to,
        ]
        if guard.regions is None and guard.regions_not is None:
            known = known[2:]
        return 2 if False in known else 0 if None in known else 1

    flat.given.append(code)
    step = flat.add("given", limit=len(flat.given) - 1)
    if guard is None or guard.compare is None:
        return step
    return flat.add("at_least", [step, _rule(flat, standard, guard.compare)], need=2)


# --- DuckDB ---


def as_sql(flat: Flat, wide: str) -> tuple[list[tuple[str, str]], str]:
    """Queries over `wide` (place, year, grp, v/n/d of each figure by position, t/b of each limit, g of each given).

    The first are stages, (name, query), one for each depth of the rules; the last gives place, year, grp (where the
    place counts), whole and one column a criterion: c0, c1, …
    """
    position = {figure: at for at, figure in enumerate(flat.used())}
    stages: list[tuple[str, str]] = []
    for depth in range(1 + max(step.depth for step in flat.steps)):
        columns = [
            f"({_sql_step(flat, step, position)})::UTINYINT AS s{at}"
            for at, step in enumerate(flat.steps)
            if step.depth == depth
        ]
        above = wide if depth == 0 else f"depth{depth - 1}"
        kept = ["place", "year", "grp"]
        if depth:
            kept += [f"s{at}" for at, step in enumerate(flat.steps) if step.depth < depth]
        stages.append((f"depth{depth}", f"SELECT {', '.join([*kept, *columns])} FROM {above}"))
    criteria = ", ".join(f"s{step} AS c{at}" for at, step in enumerate(flat.criteria.values()))
    return stages, f"SELECT place, year, grp, s{flat.whole} AS whole, {criteria} FROM {stages[-1][0]}"


def _sql_step(flat: Flat, step: Step, position: dict[Figure, int]) -> str:
    members = [f"s{member}" for member in step.members]
    match step.kind:
        case "given":
            return f"g{step.limit}"
        case "compare":
            return _sql_compare(flat, step, position)
        case "share":
            part, whole = f"v{position[step.figure]}", f"v{position[step.whole]}"  # type: ignore[index]
            t, b = f"t{step.limit}", f"b{step.limit}"
            return (
                f"CASE WHEN {t} IS NULL OR {part} IS NULL OR {whole} IS NULL OR {part} > {whole} THEN 0 "
                f"WHEN {whole} = 0 THEN 3 WHEN 100 * {part} * {b} {step.op} {t} * {whole} THEN 1 ELSE 2 END"
            )
        case "at_least":
            held = " + ".join(f"({each} & 1)" for each in members)
            open_ = " + ".join(f"({each} = 0)::INT" for each in members)
            excused = " AND ".join(f"{each} = 3" for each in members)
            return (
                f"CASE WHEN {excused} THEN 3 WHEN {held} >= {step.need} THEN 1 "
                f"WHEN {held} + {open_} < {step.need} THEN 2 ELSE 0 END"
            )
        case "case":
            guards, verdicts = members[::2], members[1::2]
            opens = []
            for at, guard in enumerate(guards):
                before = "".join(f" AND {earlier} IN (0, 2)" for earlier in guards[:at])
                opens.append(f"({guard} <> 2{before})")
            count = " + ".join(f"{each}::INT" for each in opens)
            unsure = " OR ".join(
                f"({each} AND {guard} = 0)" for each, guard in zip(opens, guards, strict=True)
            )
            cells = [
                f"CASE WHEN {each} THEN {verdict} END" for each, verdict in zip(opens, verdicts, strict=True)
            ]
            low, high = f"least({', '.join(cells)})", f"greatest({', '.join(cells)})"
            return f"CASE WHEN ({count} > 1 OR NOT ({unsure})) AND {low} = {high} THEN {low} ELSE 0 END"
        case "excuse":
            code, why = members
            return f"CASE WHEN {why} = 1 THEN 3 WHEN {why} = 0 AND {code} = 2 THEN 0 ELSE {code} END"
    return "0"


def _sql_compare(flat: Flat, step: Step, position: dict[Figure, int]) -> str:
    assert step.figure
    at, t, b = position[step.figure], f"t{step.limit}", f"b{step.limit}"
    scale = scale_of(flat.figures[step.figure])
    if step.beside is None:
        return (
            f"CASE WHEN {t} IS NULL THEN 0 WHEN v{at} IS NOT NULL THEN "
            f"CASE WHEN v{at} * {b} {step.op} {t} * {scale} THEN 1 ELSE 2 END WHEN d{at} IS NULL THEN 0 "
            f"WHEN d{at} = 0 THEN 3 WHEN 100 * n{at} * {b} {step.op} {t} * d{at} THEN 1 ELSE 2 END"
        )
    other, other_scale = position[step.beside], scale_of(flat.figures[step.beside])
    above, below = f"coalesce(v{at}, 100 * n{at})", f"CASE WHEN v{at} IS NULL THEN d{at} ELSE {scale} END"
    top = f"coalesce(v{other}, 100 * n{other})"
    bottom = f"CASE WHEN v{other} IS NULL THEN d{other} ELSE {other_scale} END"
    return (
        f"CASE WHEN {above} IS NULL OR {top} IS NULL OR ({bottom}) = 0 THEN 0 WHEN ({below}) = 0 THEN 3 "
        f"WHEN {above} * {b} * ({bottom}) {step.op} {t} * {top} * ({below}) THEN 1 ELSE 2 END"
    )


# --- a sheet ---


def as_formula(flat: Flat, step: Step, cell: Callable[[str], str]) -> str:
    """The formula of one step in one row. cell: the cell of "v0", "n0", "d0", "t0", "g0" or "s0" for that row.

    Numbers are typed as people type them, so that a sheet compares what it shows.
    """
    members = [cell(f"s{member}") for member in step.members]
    match step.kind:
        case "given":
            return f"={cell(f'g{step.limit}')}"
        case "compare":
            return _sheet_compare(flat, step, cell)
        case "share":
            used = flat.used()
            part, whole = (cell(f"v{used.index(each)}") for each in (step.figure, step.whole) if each)
            t = cell(f"t{step.limit}")
            return (
                f'=IF(OR({t}="",{part}="",{whole}=""),0,IF({part}>{whole},0,'
                f"IF({whole}=0,3,IF(100*{part}{step.op}{t}*{whole},1,2))))"
            )
        case "at_least":
            held = "+".join(f"MOD({each},2)" for each in members)
            open_ = "+".join(f"({each}=0)" for each in members)
            excused = ",".join(f"{each}=3" for each in members)
            return f"=IF(AND({excused}),3,IF({held}>={step.need},1,IF({held}+{open_}<{step.need},2,0)))"
        case "case":
            return _sheet_case(members[::2], members[1::2])
        case "excuse":
            code, why = members
            return f"=IF({why}=1,3,IF(AND({why}=0,{code}=2),0,{code}))"
    return "=0"


def _sheet_case(guards: list[str], verdicts: list[str]) -> str:
    opens = []
    for at, guard in enumerate(guards):
        before = "".join(f",MOD({earlier},2)=0" for earlier in guards[:at])
        opens.append(f"AND({guard}<>2{before})")
    count = "+".join(f"({each})" for each in opens)
    unsure = ",".join(f"AND({each},{guard}=0)" for each, guard in zip(opens, guards, strict=True))
    low = ",".join(f"IF({each},{verdict},9)" for each, verdict in zip(opens, verdicts, strict=True))
    high = ",".join(f"IF({each},{verdict},-1)" for each, verdict in zip(opens, verdicts, strict=True))
    return f"=IF(AND(OR({count}>1,NOT(OR({unsure}))),MIN({low})=MAX({high})),MIN({low}),0)"


def _sheet_compare(flat: Flat, step: Step, cell: Callable[[str], str]) -> str:
    at, t = flat.used().index(step.figure), cell(f"t{step.limit}")  # type: ignore[arg-type]
    v, n, d = (cell(f"{each}{at}") for each in "vnd")
    if step.beside is not None:
        raise NotImplementedError("a threshold relative to another figure, in a sheet")
    return (
        f'=IF({t}="",0,IF({v}<>"",IF({v}{step.op}{t},1,2),'
        f'IF({d}="",0,IF({d}=0,3,IF(100*{n}{step.op}{t}*{d},1,2)))))'
    )

"""Worked cases made at the edges of every threshold: just met, just not met, unknown, not applicable.

For law typed on a screen: a second person reads them as sentences and says whether they are what the law means.
Every case made is judged before it is handed out, so each says what the engine finds. `settings` where and when,
`solving` facts that give the wanted verdict, `known` those facts, `telling` the sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from rulebook.edges.known import NOTHING, Known, facts_of
from rulebook.edges.settings import Setting, settings_of
from rulebook.edges.solving import TRIES, Way, solve
from rulebook.edges.telling import THUS, capital, told_words, where_words
from rulebook.facts import Facts
from rulebook.judging import judge
from rulebook.loading.cases import Worked
from rulebook.rules import AllOf
from rulebook.standard import Criterion, Indicator, Standard
from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict
from rulebook.wording import level_name

MOST = 60  # settings tried for one indicator: a table of seven regions by five years, and some more


def edge_cases(
    standard: Standard, names: Mapping[str, Text] = {}, regions: Sequence[str] = ()
) -> tuple[Worked, ...]:
    """The cases a standard must have, made from its own rules. regions: all there are, for what holds elsewhere."""
    found: list[Worked] = []
    for criterion in standard.criteria:
        for indicator in criterion.indicators:
            found += _of_indicator(standard, indicator, names, regions)
        if criterion.unlisted or not criterion.indicators:
            found.append(_silent(standard, criterion))
    for indicator in standard.prerequisites:
        found += _of_indicator(standard, indicator, names, regions)
    return tuple(found)


def _of_indicator(
    standard: Standard, indicator: Indicator, names: Mapping[str, Text], regions: Sequence[str]
) -> Iterator[Worked]:
    home = Criterion("1", EMPTY, (indicator,), EMPTY)
    alone = replace(standard, criteria=(home,), prerequisites=(), withdrawal=None)
    seen: set[str] = set()
    settings = list(islice(settings_of(standard, indicator.rule, regions), MOST))
    for setting in settings:
        for wanted in (Verdict.MET, Verdict.NOT_MET):
            case = _first(alone, indicator, wanted, setting, names)
            if case is not None and case.sentence not in seen:
                seen.add(case.sentence)
                yield case
    if indicator.excuse:
        for known in islice(solve(indicator.excuse.rule, Verdict.MET, Way(alone, settings[0])), TRIES):
            case = _worked(alone, indicator, known, settings[0], names)
            if case and case.expect[0][1] is Verdict.EXCUSED:
                yield case
                break
    nothing = _worked(alone, indicator, NOTHING, settings[0], names)
    if nothing and nothing.expect[0][1] is Verdict.UNKNOWN:
        yield nothing


def _first(
    alone: Standard, indicator: Indicator, wanted: Verdict, setting: Setting, names: Mapping[str, Text]
) -> Worked | None:
    way = Way(alone, setting)
    for known in islice(solve(indicator.rule, wanted, way), TRIES):
        whole: Known | None = known
        if indicator.excuse:  # while it may be excused, a failing one stays unknown
            applies = next(solve(indicator.excuse.rule, Verdict.NOT_MET, way), None)
            whole = known.with_(applies) if applies else known
        case = whole and _worked(alone, indicator, whole, setting, names)
        if case and case.expect[0][1] is wanted:
            return case
    return None


def _worked(
    alone: Standard, indicator: Indicator, known: Known, setting: Setting, names: Mapping[str, Text]
) -> Worked | None:
    facts = facts_of(known, setting, alone.level)
    verdict = judge(alone, facts, on=setting.on).indicator(indicator.code).verdict
    told = told_words(known, names) or f"chưa có số liệu để xét “{indicator.text.vi}”"
    where = where_words(alone, indicator, setting, names)
    sentence = f"{where}: {told} {THUS[verdict]} chỉ tiêu {indicator.code}."
    return Worked(sentence, setting.on, facts, ((indicator.code, verdict),), alone.id, 0)


def _silent(standard: Standard, criterion: Criterion) -> Worked:
    setting = next(settings_of(standard, AllOf(rules=()), ()))
    name = f"criterion {criterion.number}"
    sentence = (
        f"{capital(level_name(standard.level).vi)} chưa xét được tiêu chí {criterion.number}, "
        "vì chưa biết hết các chỉ tiêu của nó."
    )
    return Worked(sentence, setting.on, Facts(), ((name, Verdict.UNKNOWN),), standard.id, 0)

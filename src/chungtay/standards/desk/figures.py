"""Every figure of a draft: what a second person compares with the original, one by one.

A figure is one cell of a threshold, one demand without a number (a flag, a ruling, another standard), or one of the
title data. It works on contents that may still be wrong, so it asks nothing of the engine.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chungtay.standards.desk.content import Content, Plain, fields, items, text_of

OPS = ("at_least", "at_most", "equals", "above", "below")
TABLES = ("by_region", "by_year", "by_region_year", "by_group")
_NOT_KNOWN = ("", "unknown")


@dataclass(frozen=True)
class Figure:
    """One figure. key: stable while its place stays. leaf: where the rule that carries it stands in the contents.

    kind: head · threshold · demand. part: "name", "instrument", "from", "to"; the operator of a threshold; or what is
    demanded ("is_true", "ruling", "standard", "children", "n"). cell: ("by_region", "TDMNPB") pairs, outermost first.
    measures: what it is a threshold of. print: changes when anything does that gives the figure its sense.
    """

    key: str
    kind: str
    criterion: str
    indicator: str
    part: str
    value: str
    print: str
    leaf: tuple[str | int, ...] = ()
    cell: tuple[tuple[str, str], ...] = ()
    measures: tuple[str, ...] = ()
    text: str = ""
    clause: str = ""


def figures_of(content: Content) -> list[Figure]:
    """Every figure in legal order, the title data first. Values nobody knows are no figures."""
    if "overlay" in content:
        return [*_head(content, fields(content["overlay"])), *_fills(fields(content["overlay"]))]
    head = fields(content["standard"])
    found = list(_head(content, head))
    for place, each in enumerate(items(head.get("prerequisites"))):
        found += _indicator(fields(each), "", ("standard", "prerequisites", place))
    for n, criterion in enumerate(items(content["criteria"])):
        number = str(fields(criterion).get("criterion", ""))
        for place, each in enumerate(items(fields(criterion).get("indicators"))):
            found += _indicator(fields(each), number, ("criteria", n, "indicators", place))
    found += _withdrawal(fields(head.get("withdrawal")))
    seen: dict[str, int] = {}
    unique: list[Figure] = []
    for (
        figure
    ) in found:  # two indicators of one code are a problem elsewhere; here they must not share a check
        seen[figure.key] = seen.get(figure.key, 0) + 1
        again = seen[figure.key]
        unique.append(figure if again == 1 else Figure(**{**vars(figure), "key": f"{figure.key}#{again}"}))
    return unique


def prints_of(content: Content) -> dict[str, str]:
    """{key: print} of every figure."""
    return {figure.key: figure.print for figure in figures_of(content)}


def _print(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


# --- the title data ---------------------------------------------------------------------------------------------


def _head(content: Content, head: Plain) -> Iterator[Figure]:
    def one(key: str, part: str, value: str, *sense: Any, leaf: tuple[str | int, ...] = ()) -> Figure:
        return Figure(f"head/{key}", "head", "", "", part, value, _print(key, value, *sense), leaf)

    root = "overlay" if "overlay" in content else "standard"
    if name := text_of(head.get("name")):
        yield one("name", "name", name, head.get("level"))
    numbers = {fields(each).get("id"): fields(each) for each in items(content.get("instruments"))}
    for place, each in enumerate(items(head.get("instruments"))):
        cited = fields(each)
        known = numbers.get(cited.get("id"), {})
        words = [text_of(cited.get("part")), str(known.get("number", cited.get("id", "")))]
        leaf = (root, "instruments", place)
        yield one(
            f"instrument/{cited.get('id', '')}",
            "instrument",
            ", ".join(filter(None, words)),
            known,
            leaf=leaf,
        )
    in_force = fields(head.get("in_force"))
    for end in ("from", "to"):
        value = str(in_force.get(end, ""))
        if value not in (*_NOT_KNOWN, "open"):
            yield one(f"in_force/{end}", end, value, leaf=(root, "in_force"))


# --- indicators -------------------------------------------------------------------------------------------------


def _indicator(each: Plain, criterion: str, at: tuple[str | int, ...]) -> list[Figure]:
    sense = _Sense(
        criterion, str(each.get("code", "")), text_of(each.get("text")), str(each.get("clause", ""))
    )
    found = list(_rule(fields(each.get("rule")), sense, "rule", (*at, "rule"), ()))
    excuse = fields(each.get("excused_when"))
    found += _rule(fields(excuse.get("rule")), sense, "excuse", (*at, "excused_when", "rule"), ("excuse",))
    return found


@dataclass(frozen=True)
class _Sense:
    """What gives the figures of one indicator their sense."""

    criterion: str
    code: str
    text: str
    clause: str


def _rule(
    rule: Plain, sense: _Sense, path: str, at: tuple[str | int, ...], frames: tuple[Any, ...]
) -> Iterator[Figure]:
    clause = str(rule.get("clause", sense.clause))
    key = next((each for each in rule if each not in ("label", "clause", "provenance")), "")
    inner = rule.get(key)
    frames = (*frames, text_of(rule.get("label")))

    def figure(
        part: str,
        value: str,
        more: str = "",
        *,
        kind: str = "demand",
        cell: tuple[tuple[str, str], ...] = (),
        measures: tuple[str, ...] = (),
    ) -> Figure:
        return Figure(
            key=f"{sense.code}/{path}/{key}{more}",
            kind=kind,
            criterion=sense.criterion,
            indicator=sense.code,
            part=part,
            value=value,
            print=_print(sense.code, sense.text, clause, frames, key, part, cell, measures, value),
            leaf=at,
            cell=cell,
            measures=measures,
            text=sense.text,
            clause=clause,
        )

    match key:
        case "compare" | "share":
            asked = fields(inner)
            op = next((each for each in OPS if each in asked), "")
            measures = tuple(str(asked[each]) for each in ("measure", "of", "in") if each in asked)
            for cell, value in _cells(asked.get(op)):
                more = "".join(f"/{by}:{code}" for by, code in cell)
                yield figure(op, value, f"/{op}{more}", kind="threshold", cell=cell, measures=measures)
        case "is_true":
            measure = str(fields(inner).get("measure", ""))
            yield figure("is_true", "true", measures=(measure,))
        case "all_of" | "any_of":
            for place, each in enumerate(items(inner)):
                yield from _rule(fields(each), sense, f"{path}.{place}", (*at, key, place), (*frames, key))
        case "at_least_n":
            asked = fields(inner)
            yield figure("n", str(asked.get("n", "")), "/n")
            for place, each in enumerate(items(asked.get("of"))):
                below = (*at, key, "of", place)
                yield from _rule(
                    fields(each), sense, f"{path}.{place}", below, (*frames, key, asked.get("n"))
                )
        case "by_case":
            for place, each in enumerate(items(inner)):
                case = fields(each)
                side = "otherwise" if "otherwise" in case else "rule"
                below = (*at, key, place, side)
                frame = (*frames, key, case.get("when", "otherwise"))
                yield from _rule(fields(case.get(side)), sense, f"{path}.{place}", below, frame)
        case "children":
            asked = fields(inner)
            for how, value in fields(asked.get("at_least")).items():
                yield figure("children", str(value), f"/{how}", cell=((how, str(asked.get("level", ""))),))
            where = (*at, key, "where")
            yield from _rule(fields(asked.get("where")), sense, f"{path}.w", where, (*frames, key))
        case "standard":
            yield figure("standard", str(fields(inner).get("id", "")))
        case "ruling":
            yield figure("ruling", text_of(fields(inner).get("question")))


def _cells(threshold: Any, within: tuple[tuple[str, str], ...] = ()) -> Iterator[tuple[Any, str]]:
    """Every known cell of a threshold: where it holds, and its value."""
    if isinstance(threshold, str):
        if threshold.strip() not in _NOT_KNOWN:
            yield within, threshold
        return
    asked = fields(threshold)
    if "times" in asked:
        rest = {key: value for key, value in asked.items() if key != "times"}
        yield (*within, ("times", json.dumps(rest, sort_keys=True))), str(asked["times"])
        return
    for table in TABLES:
        for code, cell in fields(asked.get(table)).items():
            if table == "by_region_year":
                for year, value in fields(cell).items():
                    yield from _cells(value, (*within, ("by_region", code), ("by_year", year)))
            else:
                yield from _cells(cell, (*within, (table, code)))
    if "otherwise" in asked:
        yield from _cells(asked["otherwise"], (*within, ("otherwise", "")))


# --- beside the indicators --------------------------------------------------------------------------------------


def _fills(overlay: Plain) -> Iterator[Figure]:
    for place, each in enumerate(items(overlay.get("fills"))):
        fill = fields(each)
        code, part = str(fill.get("indicator", "")), str(fill.get("part", "0"))
        clause = str(fill.get("clause", ""))
        for cell, value in _cells(fill.get("threshold")):
            more = "".join(f"/{by}:{of}" for by, of in cell)
            yield Figure(
                key=f"{code}/fill/{part}{more}",
                kind="threshold",
                criterion="",
                indicator=code,
                part="fill",
                value=value,
                print=_print(code, part, clause, cell, value),
                leaf=("overlay", "fills", place),
                cell=cell,
                clause=clause,
            )


def _withdrawal(terms: Plain) -> Iterator[Figure]:
    clause, keys = str(terms.get("clause", "")), items(terms.get("key_criteria"))
    for band in items(terms.get("bands")):
        asked = fields(band)
        code = str(asked.get("code", ""))
        words = " ".join(f"{name} {asked[name]}" for name in ("from", "below", "key") if name in asked)
        leaf = ("standard", "withdrawal")
        print_ = _print(code, clause, keys, asked)
        yield Figure(
            f"head/withdrawal/{code}", "head", "", code, "withdrawal", words, print_, leaf, clause=clause
        )

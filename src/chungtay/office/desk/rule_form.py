"""A rule as form fields and back, without scripts: one box a rule, boxes within boxes.

Names are paths: "r" the rule of the indicator, "r.0" the first rule within it, "r.0.measure" a field of that one.
Reading never fails: what cannot be understood is kept as it was typed, and the draft's problems say so.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.standards.desk.content import Plain, fields, items, text_of
from rulebook import Bad, Kind, Measure, parse_tree
from rulebook.loading.writing import write_yaml
from viet.numbers import NumberProblem, format_number, parse_number

OPS = ("at_least", "at_most", "equals", "above", "below")
_OP_WORDS = {
    "at_least": gettext_lazy("từ … trở lên (≥)"),
    "at_most": gettext_lazy("không quá … (≤)"),
    "equals": gettext_lazy("đúng bằng (=)"),
    "above": gettext_lazy("trên … (>)"),
    "below": gettext_lazy("dưới … (<)"),
}
_KIND_WORDS = {
    "compare": gettext_lazy("So một số đo với mức"),
    "share": gettext_lazy("Tỷ lệ giữa hai số đo so với mức"),
    "is_true": gettext_lazy("Phải có (có/không)"),
    "all_of": gettext_lazy("Tất cả các phần"),
    "any_of": gettext_lazy("Một trong các phần"),
    "at_least_n": gettext_lazy("Ít nhất một số phần"),
    "children": gettext_lazy("Số đơn vị trực thuộc đạt"),
    "standard": gettext_lazy("Đạt một bộ tiêu chí khác"),
    "ruling": gettext_lazy("Người có thẩm quyền kết luận"),
    "yaml": gettext_lazy("Viết theo mẫu YAML (trường hợp khác)"),
}
_SHAPE_WORDS = {
    "one": gettext_lazy("một mức chung"),
    "by_region": gettext_lazy("theo vùng"),
    "by_group": gettext_lazy("theo nhóm xã"),
    "by_year": gettext_lazy("theo năm"),
    "by_region_year": gettext_lazy("theo vùng và năm"),
    "unknown": gettext_lazy("chưa biết mức"),
    "times_measure": gettext_lazy("theo một số đo khác"),
    "times_standard": gettext_lazy("theo mức của bộ khác"),
}
TABLES = ("by_region", "by_group", "by_year", "by_region_year")
GROUPS = ("1", "2", "3")
SEVERAL = ("all_of", "any_of", "at_least_n")
_MOST_PARTS = 20
_COMPANY = ("label", "clause", "provenance")


@dataclass(frozen=True)
class Vocabulary:
    """What the boxes offer. measures: all by code. regions: (code, name). years: those a table by year shows."""

    measures: Mapping[str, Measure]
    regions: tuple[tuple[str, str], ...]
    years: tuple[str, ...]
    standards: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    language: str = "vi"


@dataclass
class Box:
    """One rule as a template draws it. path: prefix of its field names."""

    path: str
    depth: int
    kind: str
    kinds: list[tuple[str, str]]
    values: dict[str, str]
    ops: list[tuple[str, str]] = field(default_factory=list)
    shape: str = "one"
    shapes: list[tuple[str, str]] = field(default_factory=list)
    unit: str = ""
    cells: list[dict[str, str]] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    parts: list["Box"] = field(default_factory=list)
    standards: list[tuple[str, str]] = field(default_factory=list)
    levels: list[tuple[str, str]] = field(default_factory=list)


# --- a rule → boxes ---------------------------------------------------------------------------------------------


def box_of(rule: Plain, words: Vocabulary, path: str = "r", depth: int = 0) -> Box:
    """The boxes of a rule; an empty one is a comparison still to be filled in."""
    key = next((each for each in rule if each not in _COMPANY), "compare")
    kind = key if key in _KIND_WORDS and key != "yaml" else "yaml"
    inner = rule.get(key)
    asked = fields(inner)
    label = fields(rule.get("label"))
    box = Box(
        path=path,
        depth=depth,
        kind=kind,
        kinds=[(code, str(told)) for code, told in _KIND_WORDS.items()],
        values={
            "label": str(label.get("vi", "")),
            "label_en": _english(label),
            "clause": str(rule.get("clause", "")),
            "keep": json.dumps(rule["provenance"], ensure_ascii=False) if "provenance" in rule else "",
        },
        standards=list(words.standards),
        levels=list(words.levels),
    )
    if kind in ("compare", "share", "is_true"):
        for name in ("measure", "of", "in"):
            box.values[name] = measure_words(str(asked.get(name, "")), words)
        box.values["per"] = str(asked.get("per", ""))
        _put_threshold(box, asked, words)
    elif kind in SEVERAL:
        among = items(asked.get("of")) if kind == "at_least_n" else items(inner)
        box.values["n"] = str(asked.get("n", "1"))
        box.parts = [box_of(fields(each), words, f"{path}.{n}", depth + 1) for n, each in enumerate(among)]
    elif kind == "children":
        wanted = fields(asked.get("at_least"))
        how = next(iter(wanted), "percent")
        box.values |= {
            "level": str(asked.get("level", "")),
            "how": how,
            "amount": _shown(str(wanted.get(how, ""))),
        }
        box.parts = [box_of(fields(asked.get("where")), words, f"{path}.0", depth + 1)]
    elif kind == "standard":
        box.values["id"] = str(asked.get("id", ""))
    elif kind == "ruling":
        question = fields(asked.get("question"))
        box.values |= {"question": str(question.get("vi", "")), "question_en": _english(question)}
    else:
        bare = {name: value for name, value in rule.items() if name not in _COMPANY}
        box.values["yaml"] = text_of(inner) if key == "yaml" else write_yaml(bare)
    return box


def _put_threshold(box: Box, asked: Plain, words: Vocabulary) -> None:
    op = next((each for each in OPS if each in asked), "at_least")
    threshold = asked.get(op, "")
    measure = words.measures.get(str(asked.get("measure", "")))
    box.values["op"] = op
    box.ops = [(code, str(told)) for code, told in _OP_WORDS.items()]
    box.shapes = [(code, str(told)) for code, told in _SHAPE_WORDS.items()]
    box.unit = "%" if box.kind == "share" else (measure.unit.in_(words.language) if measure else "")
    box.shape = shape_of(threshold)
    table = fields(threshold)
    values = fields(table.get(box.shape))
    box.values["one"] = (
        _shown(threshold, measure) if isinstance(threshold, str) and box.shape == "one" else ""
    )
    box.values["otherwise"] = _shown(table.get("otherwise", ""), measure) if box.shape in TABLES else ""
    box.values["times"] = _shown(table.get("times", ""))
    box.values["other"] = measure_words(str(table.get("measure", "")), words)
    box.values |= {"std": str(table.get("standard", "")), "ind": str(table.get("indicator", ""))}
    if box.shape == "by_region_year":
        box.years = sorted({*words.years, *(year for row in values.values() for year in fields(row))})
        for code, name in words.regions:
            row = fields(values.get(code))
            cells = [
                {"key": f"{code}.{year}", "name": year, "value": _shown(row.get(year, ""), measure)}
                for year in box.years
            ]
            box.rows.append({"code": code, "name": name, "cells": cells})
    elif box.shape in TABLES:
        keys = {
            "by_region": words.regions,
            "by_group": tuple((each, _("nhóm %(group)s") % {"group": each}) for each in GROUPS),
            "by_year": tuple((each, each) for each in sorted({*words.years, *values})),
        }[box.shape]
        known = {code for code, _name in keys}
        keys = (*keys, *((code, code) for code in values if code not in known))
        box.cells = [
            {"key": code, "name": name, "value": _shown(values.get(code, ""), measure)} for code, name in keys
        ]


def shape_of(threshold: Any) -> str:
    """Which of the shapes a threshold has."""
    if isinstance(threshold, str):
        return "unknown" if threshold == "unknown" else "one"
    asked = fields(threshold)
    if "times" in asked:
        return "times_measure" if "measure" in asked else "times_standard"
    return next((each for each in TABLES if each in asked), "one")


def measure_words(code: str, words: Vocabulary) -> str:
    """A measure as it stands in the box: its name, where it is known; else what was typed."""
    measure = words.measures.get(code)
    return measure.name.in_(words.language) if measure else code


def _english(text: Plain) -> str:
    """The English words where they are others than the Vietnamese."""
    return "" if text.get("en") == text.get("vi") else str(text.get("en", ""))


def _shown(value: Any, measure: Measure | None = None) -> str:
    """A number the Vietnamese way, a grade by its name; anything else as it was typed."""
    if not isinstance(value, str):
        return ""
    if measure and measure.kind is Kind.GRADE:
        return next((grade.name.vi for grade in measure.grades if grade.code == value), value)
    if value in ("true", "false"):
        return {"true": "có", "false": "không"}[value]
    try:
        return format_number(Decimal(value), 9)
    except ArithmeticError:
        return "" if value == "unknown" else value


# --- fields → a rule --------------------------------------------------------------------------------------------


def read_rule(sent: Mapping[str, str], words: Vocabulary, path: str = "r") -> Plain:
    """The rule that was typed. Whatever it lacks is left blank in it."""

    def of(name: str) -> str:
        return sent.get(f"{path}.{name}", "").strip()

    kind = of("kind") or "compare"
    rule: Plain = {}
    if kind in ("compare", "share"):
        names = ("measure",) if kind == "compare" else ("of", "in")
        asked: Plain = {name: measure_typed(of(name), words) for name in names}
        measure = words.measures.get(asked.get("measure", ""))
        asked[of("op") or "at_least"] = _read_threshold(sent, words, path, measure)
        if kind == "compare" and measure and measure.per_sex:
            asked["per"] = "sex"
        rule[kind] = asked
    elif kind == "is_true":
        rule[kind] = {"measure": measure_typed(of("measure"), words)}
    elif kind in SEVERAL:
        parts = [read_rule(sent, words, f"{path}.{n}") for n in range(_parts(sent, path))]
        rule[kind] = {"n": number_typed(of("n")), "of": parts} if kind == "at_least_n" else parts
    elif kind == "children":
        where = read_rule(sent, words, f"{path}.0")
        wanted = {of("how") or "percent": number_typed(of("amount"))}
        rule[kind] = {"level": of("level"), "where": where, "at_least": wanted}
    elif kind == "standard":
        rule[kind] = {"id": of("id")}
    elif kind == "ruling":
        rule[kind] = {"question": both(of("question"), of("question_en"))}
    else:
        rule |= _read_yaml(sent.get(f"{path}.yaml", ""))
    if of("label"):
        rule["label"] = both(of("label"), of("label_en"))
    if of("clause"):
        rule["clause"] = of("clause")
    if of("keep"):  # where the rule was seen: not typed here, and not lost either
        with suppress(ValueError):
            rule["provenance"] = json.loads(of("keep"))
    return rule


def _read_threshold(sent: Mapping[str, str], words: Vocabulary, path: str, measure: Measure | None) -> Any:
    def of(name: str) -> str:
        return sent.get(f"{path}.{name}", "").strip()

    def value(name: str) -> str:
        return value_typed(of(name), measure)

    shape = of("shape") or "one"
    match shape:
        case "unknown":
            return "unknown"
        case "one":
            return value("one")
        case "times_measure":
            return {"times": number_typed(of("times")), "measure": measure_typed(of("other"), words)}
        case "times_standard":
            return {"times": number_typed(of("times")), "standard": of("std"), "indicator": of("ind")}
    start = f"{path}.{shape}."
    typed = {name[len(start) :]: value(name[len(path) + 1 :]) for name in sent if name.startswith(start)}
    cells: Plain = {}
    for key, each in typed.items():
        if not each:
            continue
        if shape == "by_region_year":
            region, _dot, year = key.partition(".")
            cells.setdefault(region, {})[year] = each
        else:
            cells[key] = each
    table: Plain = {shape: cells}
    if of("otherwise"):
        table["otherwise"] = value("otherwise")
    return table


def _read_yaml(text: str) -> Plain:
    try:
        plain = parse_tree(text.encode(), "yaml").plain()
    except Bad:
        return {"yaml": text}
    return plain if isinstance(plain, dict) else {"yaml": text}


def _parts(sent: Mapping[str, str], path: str) -> int:
    """How many parts a group has, by the kinds sent for them."""
    n = 0
    while n < _MOST_PARTS and f"{path}.{n}.kind" in sent:
        n += 1
    return n


def both(vi: str, en: str) -> Plain:
    """A text in both languages; where no English was given, the Vietnamese stands for it."""
    return {"vi": vi.strip(), "en": en.strip() or vi.strip()}


def measure_typed(text: str, words: Vocabulary) -> str:
    """The code of the measure meant by its name or code; what was typed where there is none."""
    wanted = text.casefold()
    for code, measure in words.measures.items():
        if wanted in (code.casefold(), measure.name.vi.casefold(), measure.name.en.casefold()):
            return code
    return text


def number_typed(text: str) -> str:
    """A number as the law's files write it; what was typed where it is no number."""
    try:
        return format(parse_number(text), "f")
    except NumberProblem:
        return text


def value_typed(text: str, measure: Measure | None) -> str:
    """A threshold as the law's files write it: a number, a grade's code, true or false, unknown."""
    wanted = text.casefold()
    if wanted in ("chưa biết", "unknown"):
        return "unknown"
    if measure and measure.kind is Kind.GRADE:
        return next(
            (each.code for each in measure.grades if wanted in (each.code, each.name.vi.casefold())), text
        )
    if measure and measure.kind is Kind.FLAG:
        return {"có": "true", "không": "false"}.get(wanted, text)
    return number_typed(text.rstrip("%").strip())


# --- buttons ----------------------------------------------------------------------------------------------------


def press(sent: Mapping[str, str], button: str) -> dict[str, str]:
    """The fields after a button of a box was pressed: "add:r", "drop:r.1", or "again" to draw them as they are."""
    changed = {name: value for name, value in sent.items() if name.startswith(("r.", "x."))}
    deed, _colon, path = button.partition(":")
    if deed == "add" and _parts(changed, path) < _MOST_PARTS:
        changed[f"{path}.{_parts(changed, path)}.kind"] = "compare"
    elif deed == "drop" and "." in path:
        above, _dot, last = path.rpartition(".")
        count, gone = _parts(changed, above), int(last) if last.isdecimal() else -1
        if not 0 <= gone < count:
            return changed
        kept = [n for n in range(count) if n != gone]
        moved = {
            f"{above}.{new}{name[len(f'{above}.{old}') :]}": value
            for new, old in enumerate(kept)
            for name, value in changed.items()
            if name.startswith(f"{above}.{old}.")
        }
        parts = tuple(f"{above}.{n}." for n in range(count))
        changed = {name: value for name, value in changed.items() if not name.startswith(parts)} | moved
    for name in [each for each in changed if each.endswith(".kind")]:
        _begin_parts(changed, name.removesuffix(".kind"))
    return changed


def _begin_parts(changed: dict[str, str], path: str) -> None:
    """What was one rule becomes the first part of the group it was turned into; a group begins with two parts."""
    if changed[f"{path}.kind"] not in (*SEVERAL, "children") or _parts(changed, path):
        return
    was = changed.get(f"{path}.was", "compare")
    own = {name for name in changed if name.startswith(f"{path}.")} - {f"{path}.kind", f"{path}.was"}
    for name in own:
        changed[f"{path}.0.{name[len(path) + 1 :]}"] = changed.pop(name)
    changed[f"{path}.0.kind"] = was
    if changed[f"{path}.kind"] != "children":
        changed[f"{path}.1.kind"] = "compare"

"""Which measure an indicator asks for: the catalogue's most similar names, or a new measure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import Any

from chungtay.standards.annex.regions import words_of
from chungtay.standards.annex.thresholds import Shape, Threshold
from rulebook import Measure, Standard
from rulebook.rules import measures_of
from viet.letters import fold

SHOWN = 5
_LEAST = 25  # percent of likeness under which a name is not worth showing
_MONEY = ("dong", "trieu", "ty")
_COUNTED = re.compile(r"[a-z ]+")


@dataclass(frozen=True)
class Likeness:
    """A measure whose name, or the words by which another set asks for it, are like an indicator's. score: 0–100."""

    code: str
    name: str
    score: int


@dataclass(frozen=True)
class Catalogue:
    """The measures there are, by code, and the words by which standards already ask for them."""

    measures: Mapping[str, Measure]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _names(self) -> list[tuple[str, frozenset[str]]]:
        return [
            (code, frozenset(_words(text)))
            for code, measure in self.measures.items()
            for text in (measure.name.vi, *self.texts.get(code, ()))
        ]

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How much a word tells: little when many names have it."""
        held = Counter(word for _, words in self._names for word in words)
        return {word: log(1 + len(self._names) / count) for word, count in held.items()}

    @cached_property
    def _whole(self) -> dict[frozenset[str], float]:
        return {words: sum(self._weights[word] for word in words) for _, words in self._names}

    def alike(self, text: str) -> tuple[Likeness, ...]:
        """The measures most like the text, likeliest first."""
        asked, rare = frozenset(_words(text)), log(1 + len(self._names))
        own = sum(self._weights.get(word, rare) for word in asked)
        best: dict[str, int] = {}
        for code, words in self._names:
            common = sum(self._weights[word] for word in words & asked)
            whole = own + self._whole[words]
            score = round(200 * common / whole) if whole else 0
            best[code] = max(best.get(code, 0), score)
        ranked = sorted((code for code in best if best[code] >= _LEAST), key=lambda code: (-best[code], code))
        return tuple(Likeness(code, self.measures[code].name.vi, best[code]) for code in ranked[:SHOWN])


def texts_of(standards: Iterable[Standard]) -> dict[str, tuple[str, ...]]:
    """The words by which these standards ask for each measure, where an indicator asks for one only."""
    found: dict[str, list[str]] = {}
    for standard in standards:
        for indicator in standard.indicators:
            asked = {measure.code for measure, guard in measures_of(indicator.rule) if not guard}
            if len(asked) == 1:
                found.setdefault(asked.pop(), []).append(indicator.text.vi)
    return {code: tuple(dict.fromkeys(texts)) for code, texts in found.items()}


def new_measure(text: str, threshold: Threshold, unit: str, taken: Iterable[str]) -> dict[str, Any]:
    """A measure for an indicator none of the catalogue fits, plain as in measures.yaml. taken: codes in use."""
    code = _code(text, set(taken))
    plain: dict[str, Any] = {"code": code, "name": {"vi": text, "en": text}}
    if threshold.shape is Shape.MET:
        return plain | {"kind": "flag"}
    if unit.startswith("%"):
        return plain | {"kind": "percent", "unit": {"vi": unit, "en": unit}, "decimals": "2"}
    if threshold.shape is Shape.NONE:
        return plain | {"kind": "count", "unit": {"vi": unit or "trường hợp", "en": unit or "cases"}}
    words = fold(unit)
    if any(word in _MONEY for word in words.split("/")[0].split()):
        return plain | {"kind": "money", "unit": {"vi": unit, "en": unit}}
    whole = threshold.value is not None and threshold.value == int(threshold.value)
    if unit and whole and _COUNTED.fullmatch(words):
        return plain | {"kind": "count", "unit": {"vi": unit, "en": unit}}
    if unit:
        return plain | {"kind": "number", "unit": {"vi": unit, "en": unit}}
    if threshold.value is None:
        return plain | {"kind": "flag"}
    return plain | {"kind": "number", "unit": {"vi": "đơn vị chưa ghi", "en": "unit not written"}}


def _words(text: str) -> list[str]:
    return [word for word in words_of(text).split() if len(word) > 1]


def _code(text: str, taken: set[str]) -> str:
    """A code from the first words: stable, since it hangs on the words alone; numbered where another has it."""
    stem = "_".join(words_of(text).split()[:6])[:48].strip("_") or "so_do"
    stem = stem if stem[0].isalpha() else f"so_do_{stem}"
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    return code

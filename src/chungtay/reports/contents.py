"""The whole content of a report as one JSON value with its digest: what freezing keeps and every reader reads."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chungtay.reports.annexes import cells, changes
from chungtay.reports.annexes.cells import Annex
from chungtay.reports.annexes.changes import Adjustment
from chungtay.reports.sections import Fact, facts

FORM = 1
"""Of the JSON; a later form gets its own reader."""


@dataclass(frozen=True)
class Content:
    """A report whole. place, address: its names on the day of the cut-off. level: of the place. texts: by section."""

    place: str
    address: str
    level: str
    texts: Mapping[str, str]
    annexes: tuple[Annex, ...]
    adjustments: tuple[Adjustment, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        return facts(self.annexes)

    def annex(self, number: str) -> Annex | None:
        return next((annex for annex in self.annexes if annex.number == number), None)


def freeze(content: Content) -> dict[str, Any]:
    """JSON-ready."""
    return {
        "form": FORM,
        "place": content.place,
        "address": content.address,
        "level": content.level,
        "texts": dict(content.texts),
        "annexes": [cells.freeze(annex) for annex in content.annexes],
        "adjustments": [changes.freeze(each) for each in content.adjustments],
    }


def thaw(plain: Mapping[str, Any]) -> Content:
    """What `freeze` gave, to equality."""
    if plain["form"] != FORM:
        raise ValueError(f"content of form {plain['form']}")
    return Content(
        plain["place"],
        plain["address"],
        plain["level"],
        plain["texts"],
        annexes_of(plain),
        adjustments_of(plain),
    )


def annexes_of(plain: Mapping[str, Any]) -> tuple[Annex, ...]:
    return tuple(cells.thaw(annex) for annex in plain["annexes"])


def adjustments_of(plain: Mapping[str, Any]) -> tuple[Adjustment, ...]:
    return tuple(changes.thaw(each) for each in plain["adjustments"])


def canonical(plain: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """The content as bytes, the same whichever database kept it."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(plain: Mapping[str, Any] | Sequence[Any]) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(plain)).hexdigest()

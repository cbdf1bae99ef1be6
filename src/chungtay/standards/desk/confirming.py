"""What was compared with the original becomes confirmed on publishing; what was not stays unconfirmed."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from chungtay.standards.desk.checks import FigureRow, figure_rows
from chungtay.standards.desk.content import OVERLAY, Content, Plain, fields, items
from chungtay.standards.desk.queries import DraftView

FOUND, RECALLED = "found", "recalled"


def confirmed(content: Content, rows: Sequence[FigureRow]) -> Content:
    """The contents as they are published: `found` with `last_checked` where compared, at most `recalled` elsewhere."""
    whole = deepcopy(content)
    _strip(whole)
    leaves: dict[tuple[str | int, ...], list[FigureRow]] = {}
    for row in rows:
        if row.figure.leaf:
            leaves.setdefault(row.figure.leaf, []).append(row)
    for leaf, below in leaves.items():
        if leaf[0] == OVERLAY or leaf[:2] in (("standard", "instruments"), ("standard", "in_force")):
            _mark(_at(whole, leaf), below, leaf)
        elif leaf == ("standard", "withdrawal"):
            _set_threshold(_at(whole, leaf).setdefault("provenance", {}), below)
    for home, indicator in _homes(whole):
        own = {leaf: below for leaf, below in leaves.items() if leaf[: len(home)] == home}
        _indicator(indicator, whole, own)
    return whole


def as_published(view: DraftView) -> DraftView:
    """The draft with the contents it would be published with now."""
    return replace(view, content=confirmed(view.content, figure_rows(view)))


def _strip(value: Any) -> None:
    """Nobody types that something was checked."""
    if isinstance(value, dict):
        value.pop("last_checked", None)
        for each in value.values():
            _strip(each)
    elif isinstance(value, list):
        for each in value:
            _strip(each)


def _at(content: Content, leaf: tuple[str | int, ...]) -> Plain:
    here: Any = content
    for step in leaf:
        here = here[step]
    return fields(here)


def _homes(content: Content) -> list[tuple[tuple[str | int, ...], Plain]]:
    """Every indicator with where it stands."""
    if OVERLAY in content:
        return []
    found: list[tuple[tuple[str | int, ...], Plain]] = [
        (("standard", "prerequisites", n), fields(each))
        for n, each in enumerate(items(fields(content["standard"]).get("prerequisites")))
    ]
    for n, criterion in enumerate(items(content["criteria"])):
        for m, each in enumerate(items(fields(criterion).get("indicators"))):
            found.append((("criteria", n, "indicators", m), fields(each)))
    return found


def _indicator(
    indicator: Plain, content: Content, leaves: dict[tuple[str | int, ...], list[FigureRow]]
) -> None:
    """One indicator: what holds of all its figures stands at itself, what holds of some at their own rules."""
    rules = {leaf: rows for leaf, rows in leaves.items() if "excused_when" not in leaf}
    for leaf in leaves.keys() - rules.keys():
        excuse = fields(indicator["excused_when"])
        if all(row.is_compared for row in leaves[leaf]):
            excuse["provenance"] = FOUND
            excuse["last_checked"] = last_checked(leaves[leaf])
        elif excuse.get("provenance") == FOUND and not _was_found(leaves[leaf]):
            excuse["provenance"] = RECALLED
    if not rules:
        return
    told = indicator.setdefault("provenance", {})
    every = [row for rows in rules.values() for row in rows]
    if not isinstance(told, dict):
        return
    _set_threshold(told, every)
    if all(row.is_compared for row in every):
        told["text"] = FOUND
    elif told.get("text") == FOUND and not _was_found(every):
        told["text"] = RECALLED
    for leaf, rows in rules.items():
        rule = _at(content, leaf)
        own = rule.get("provenance")
        if isinstance(own, dict):
            _set_threshold(own, rows)
        elif len(rules) > 1 and all(row.is_compared for row in rows) and told.get("threshold") != FOUND:
            rule["provenance"] = {}
            _set_threshold(rule["provenance"], rows)


def _mark(node: Plain, rows: list[FigureRow], leaf: tuple[str | int, ...]) -> None:
    """The title data and what a province fills in: trust and check stand side by side."""
    compared = all(row.is_compared for row in rows)
    if leaf[0] == OVERLAY and leaf[1] == "fills":
        _set_threshold(node.setdefault("provenance", {}), rows)
        return
    if compared:
        node["last_checked"] = last_checked(rows)
    if "provenance" in node:
        if compared:
            node["provenance"] = FOUND
        elif node["provenance"] == FOUND and not _was_found(rows):
            node["provenance"] = RECALLED


def _set_threshold(told: Plain, rows: Sequence[FigureRow]) -> None:
    if all(row.is_compared for row in rows):
        told["threshold"] = FOUND
        told["last_checked"] = last_checked(rows)
        return
    trust = told.get("threshold", "unknown")
    before = all(row.is_compared or row.is_as_before for row in rows)
    if (trust == FOUND and not _was_found(rows)) or (trust == "unknown" and not before):
        told["threshold"] = RECALLED


def _was_found(rows: Sequence[FigureRow]) -> bool:
    """Whether all of them stood as found in the version before, and were not touched since."""
    return all(row.is_compared or (row.is_as_before and row.trusted == FOUND) for row in rows)


def last_checked(rows: Sequence[FigureRow]) -> Plain:
    """{on, by} of the last comparison."""
    last = max(
        (row for row in rows if row.checked_on), key=lambda row: row.checked_on or localdate(row.written_at)
    )
    return {"on": str(last.checked_on), "by": last.checked_by}

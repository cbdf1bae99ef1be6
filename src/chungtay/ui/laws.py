"""A standard as pages print it, the same to officers and to everybody: criteria, indicators, how far to trust each."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from rulebook import Criterion, Indicator, Lawbook, Standard
from rulebook.describing import by_cell, describe

TRUST: Final = ("found", "recalled", "illustrative", "unknown")


def pieces(law: Standard, book: Lawbook, language: str, *, post: Callable[[str], str]) -> dict[str, Any]:
    """A standard as `law_body.html` prints it. post: the words of the post that compared a text with the original."""
    groups = {group.code: group.name.in_(language) for group in law.groups}
    return {
        "law": law,
        "name": law.name.in_(language),
        "basis": law.legal_basis.in_(language).split("; ") if law.legal_basis.vi else [],
        "trust": trust(law.indicators),
        "notes": [note.in_(language) for note in law.notes],
        "in_force_note": law.in_force.note.in_(language),
        "amendments": [{"on": a.on, "note": a.note.in_(language)} for a in law.amendments if not a.loaded],
        "overrides": [each.text.in_(language) for each in law.region_overrides],
        "decided_by": law.decided_by.in_(language),
        "conditions": [
            {"code": c.code, "text": c.name.in_(language), "trust": c.provenance.text} for c in law.conditions
        ],
        "prerequisites": [indicator(each, book, language, post=post) for each in law.prerequisites],
        "criteria": [
            criterion(each, book, language, groups.get(each.group, ""), post=post) for each in law.criteria
        ],
        "sources": law.sources,
    }


def trust(indicators: tuple[Indicator, ...]) -> list[dict[str, Any]]:
    """How many thresholds were seen in a source, are recalled, are a sample, are not known."""
    counted = Counter(each.provenance.threshold for each in indicators)
    words = {
        "found": _("đã thấy trong nguồn"),
        "recalled": _("chưa xác nhận"),
        "illustrative": _("bộ mẫu"),
        "unknown": _("chưa biết ngưỡng"),
    }
    return [{"kind": kind, "word": words[kind], "count": counted[kind]} for kind in TRUST if counted[kind]]


def criterion(
    each: Criterion, book: Lawbook, language: str, group: str, *, post: Callable[[str], str]
) -> dict[str, Any]:
    """group: the words of its group, "" where it has none."""
    return {
        "number": each.number,
        "name": each.name.in_(language),
        "group": group,
        "indicators": [indicator(one, book, language, post=post) for one in each.indicators],
    }


def indicator(each: Indicator, book: Lawbook, language: str, *, post: Callable[[str], str]) -> dict[str, Any]:
    """As `law_indicator.html` prints it. cells: where its threshold depends on region, year or group, each of them."""
    names = {code: named.name for code, named in (book.regions | book.classes).items()}
    checked = each.provenance.last_checked
    return {
        "code": each.code,
        "text": each.text.in_(language),
        "rule": [
            {"depth": depth, "words": words.in_(language)} for depth, words in describe(each.rule, names)
        ],
        "cells": [(where.in_(language), asked.in_(language)) for where, asked in by_cell(each.rule, names)],
        "clause": each.clause.in_(language),
        "measures": list(dict.fromkeys(measure.name.in_(language) for measure in each.measures)),
        "trust": each.provenance.threshold,
        "checked": {"on": checked.on, "by": post(checked.by)} if checked else None,
        "note": each.provenance.note.in_(language),
        "sources": ", ".join(each.provenance.sources),
        "sectors": sector_names(each.sectors, book.sectors, language),
        "delegated": each.delegated_to.in_(language),
        "sample": each.sample_threshold.in_(language),
        "excuse": each.excuse.text.in_(language) if each.excuse else "",
    }


def sector_names(codes: tuple[str, ...], named: Mapping[str, Any], language: str) -> str:
    return ", ".join(named[code].name.in_(language) if code in named else code for code in codes)

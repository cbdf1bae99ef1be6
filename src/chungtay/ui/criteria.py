"""Criteria as components draw them: the tiles of the board, and what is still missing. Addresses are handed in."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from chungtay.ui import findings
from rulebook import Cure, Finding, Verdict
from rulebook.explaining import LAW


def tiles(finding: Finding, language: str, *, href_of: Callable[[Finding], str]) -> list[dict[str, Any]]:
    """The board of a judged standard: what comes before all criteria, then one tile a criterion in legal order."""
    before = [each for each in finding.children if each.kind == "prerequisite"]
    return [_tile(each, language, href_of(each)) for each in (*before, *finding.criteria)]


def _tile(finding: Finding, language: str, href: str) -> dict[str, Any]:
    gaps = [
        leaf.gap_text.in_(language) for leaf in finding.walk() if leaf.gap and leaf.verdict is Verdict.NOT_MET
    ]
    return {
        "number": finding.code,
        "name": finding.label.in_(language),
        "verdict": finding.verdict.value,
        "detail": "" if finding.kind == "prerequisite" else _counted(finding),
        "missing": gaps[0] if len(gaps) == 1 else "",
        "reason": finding.reason.in_(language) if finding.verdict is Verdict.EXCUSED else "",
        "href": href,
        "stated": findings.stated_words(finding, language),
    }


def _counted(criterion: Finding) -> str:
    if not criterion.children or not all(each.code for each in criterion.children):
        return _("chưa rõ nội dung")
    done = sum(each.verdict.holds for each in criterion.indicators)
    return _("%(done)s/%(all)s chỉ tiêu") % {"done": done, "all": len(criterion.indicators)}


def cures(
    found: Iterable[Cure],
    language: str,
    *,
    href_of: Callable[[str], str],
    enter_of: Callable[[str], str] = lambda code: "",
) -> list[dict[str, Any]]:
    """What is missing, as ordered. href_of: where it is told, by code; enter_of: where its figures are typed."""
    return [
        {
            "code": cure.code,
            "name": cure.label.in_(language),
            "verdict": cure.verdict.value,
            "count": len(cure.indicators),
            "blocked": cure.blocked,
            "href": href_of(cure.code),
            "enter": enter_of(cure.code),
            "needs": [
                {
                    "code": need.indicator,
                    "what": need.what.in_(language),
                    "gap": need.gap_text.in_(language),
                    "asked": need.asks.in_(language) if need.kind != LAW else "",
                }
                for need in cure.needs
            ],
        }
        for cure in found
    ]

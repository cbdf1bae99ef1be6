"""Findings as the shapes that components draw. Words come from the engine, addresses from here; no rules."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import language as reader_language
from chungtay.figures.queries import Judged
from chungtay.ui import findings
from rulebook import Cure, Finding, Period, Verdict
from rulebook.explaining import LAW
from rulebook.wording import period_text


def address(name: str, judged: Judged, **more: object) -> str:
    """An address under a place and standard that keeps the day being looked at."""
    path = reverse(
        f"office:{name}", kwargs={"place_id": judged.place.id, "code": judged.version.code, **more}
    )
    return f"{path}?ngay={judged.on.isoformat()}"


def tiles(judged: Judged, language: str) -> list[dict[str, Any]]:
    """The board: one tile a criterion in legal order, prerequisites first."""
    return [_tile(child, judged, language) for child in _in_legal_order(judged.finding)]


def _in_legal_order(finding: Finding) -> list[Finding]:
    return [c for c in finding.children if c.kind == "prerequisite"] + finding.criteria


def _tile(finding: Finding, judged: Judged, language: str) -> dict[str, Any]:
    if finding.kind == "prerequisite":
        href = address("why_indicator", judged, indicator=finding.code)
        detail = ""
    else:
        href = address("criterion", judged, number=finding.code)
        detail = _counted(finding)
    gaps = [
        leaf.gap_text.in_(language) for leaf in finding.walk() if leaf.gap and leaf.verdict is Verdict.NOT_MET
    ]
    return {
        "number": finding.code,
        "name": finding.label.in_(language),
        "verdict": finding.verdict.value,
        "detail": detail,
        "missing": gaps[0] if len(gaps) == 1 else "",
        "reason": finding.reason.in_(language) if finding.verdict is Verdict.EXCUSED else "",
        "href": href,
        "stated": findings.stated_words(finding, language),
    }


def _counted(criterion: Finding) -> str:
    if not all(child.code for child in criterion.children) or not criterion.children:
        return _("chưa rõ nội dung")
    done = sum(each.verdict.holds for each in criterion.indicators)
    return _("%(done)s/%(all)s chỉ tiêu") % {"done": done, "all": len(criterion.indicators)}


def trace(finding: Finding, judged: Judged, language: str) -> dict[str, Any]:
    """A finding and all below it as a tree that says why, each measure leading to its figures here."""
    place_id = judged.place.id
    return findings.trace(
        finding,
        language,
        href_of=lambda measure: reverse(
            "office:figure_history", kwargs={"place_id": place_id, "measure": measure}
        ),
    )


def period_words(period: Period) -> str:
    """A period as the reader writes it."""
    return period_text(period).in_(reader_language())


def period_key(period: Period) -> str:
    """A period as an address carries it: both ends."""
    return f"{period.start.isoformat()}..{period.end.isoformat()}"


def cures(judged: Judged, language: str) -> list[dict[str, Any]]:
    """What is missing, nearest first, each with where to act on it."""
    return [_cure(cure, judged, language) for cure in judged.cures]


def _cure(cure: Cure, judged: Judged, language: str) -> dict[str, Any]:
    known = {criterion.number for criterion in judged.standard.criteria}
    name = "criterion" if cure.code in known else "why_indicator"
    key = {"number": cure.code} if cure.code in known else {"indicator": cure.code}
    return {
        "code": cure.code,
        "name": cure.label.in_(language),
        "verdict": cure.verdict.value,
        "count": len(cure.indicators),
        "blocked": cure.blocked,
        "href": address(name, judged, **key),
        "enter": address("enter", judged, number=cure.code) if cure.code in known else "",
        "needs": [
            {
                "code": need.indicator,
                "what": need.what.in_(language),
                "gap": need.gap_text.in_(language),
                "asked": need.asks.in_(language) if need.kind != LAW else "",
                "law": need.kind == LAW,
            }
            for need in cure.needs
        ],
    }


def count_rows(moments: list[Any]) -> list[tuple[date, int, int, int, int]]:
    """Measured counts over time, for the chart."""
    return [(m.on, m.counts.met, m.counts.not_met, m.counts.unknown, m.counts.excused) for m in moments]

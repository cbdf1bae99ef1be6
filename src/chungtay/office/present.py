"""Findings as the shapes that components draw. Words come from the engine, addresses from here; no rules."""

from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.core.language import language as reader_language
from chungtay.figures.queries import Judged
from chungtay.ui import criteria, findings
from rulebook import Finding, Period
from rulebook.wording import period_text


def address(name: str, judged: Judged, **more: object) -> str:
    """An address under a place and standard that keeps the day being looked at."""
    path = reverse(
        f"office:{name}", kwargs={"place_id": judged.place.id, "code": judged.version.code, **more}
    )
    return f"{path}?ngay={judged.on.isoformat()}"


def tiles(judged: Judged, language: str) -> list[dict[str, Any]]:
    """The board, each tile leading to where the criterion is worked on."""
    return criteria.tiles(judged.finding, language, href_of=lambda finding: _told_at(judged, finding.code))


def cures(judged: Judged, language: str) -> list[dict[str, Any]]:
    """What is missing, nearest first, each with where to act on it."""
    return criteria.cures(
        judged.cures,
        language,
        href_of=lambda code: _told_at(judged, code),
        enter_of=lambda code: address("enter", judged, number=code) if _is_criterion(judged, code) else "",
    )


def _told_at(judged: Judged, code: str) -> str:
    """The page of a criterion; of what comes before all of them, the page that says why."""
    if _is_criterion(judged, code):
        return address("criterion", judged, number=code)
    return address("why_indicator", judged, indicator=code)


def _is_criterion(judged: Judged, code: str) -> bool:
    return any(criterion.number == code for criterion in judged.standard.criteria)


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


def count_rows(moments: list[Any]) -> list[tuple[date, int, int, int, int]]:
    """Measured counts over time, for the chart."""
    return [(m.on, m.counts.met, m.counts.not_met, m.counts.unknown, m.counts.excused) for m in moments]

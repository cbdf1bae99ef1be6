"""Findings as the shapes that components draw. Words come from the engine, addresses from here; no rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.figures.queries import Judged
from rulebook import Cure, Finding, Period, Verdict
from rulebook.explaining import LAW
from rulebook.printing import STATED_WORDS, WORDS, shown_below
from viet.dates import format_day


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
        "stated": stated_words(finding, language),
    }


def _counted(criterion: Finding) -> str:
    if not all(child.code for child in criterion.children) or not criterion.children:
        return _("chưa rõ nội dung")
    done = sum(each.verdict.holds for each in criterion.indicators)
    return _("%(done)s/%(all)s chỉ tiêu") % {"done": done, "all": len(criterion.indicators)}


def stated_words(finding: Finding, language: str) -> str:
    """ "công bố: cơ bản đạt", or "" when nothing was stated."""
    if not finding.stated:
        return ""
    word = STATED_WORDS[finding.stated].in_(language)
    known = _("công bố: %(word)s") % {"word": word}
    return known + (_(" (dựng lại)") if finding.stated_mark == "reconstructed" else "")


def stated_note(finding: Finding) -> str:
    """When it was stated and by which paper, or "" when nothing was stated."""
    if not finding.stated:
        return ""
    day = format_day(date.fromisoformat(finding.stated_on))
    return _("Công bố ngày %(day)s: %(source)s") % {"day": day, "source": finding.stated_source}


def trace(finding: Finding, judged: Judged, language: str, within: str = "") -> dict[str, Any]:
    """A finding and all below it as a tree that says why. `within`: the clause above, not to be said again."""
    below = shown_below(finding)
    own = finding.children[0] if not below and len(finding.children) == 1 else finding
    href = ""
    if own.measure:
        kwargs = {"place_id": judged.place.id, "measure": own.measure}
        href = reverse("office:figure_history", kwargs=kwargs)
    name = finding.label.in_(language) or WORDS[finding.verdict].in_(language)
    shows_code = finding.code and finding.kind in ("criterion", "indicator", "prerequisite")
    return {
        "label": f"{finding.code}. {name}" if shows_code else name,
        "verdict": finding.verdict.value,
        "value": own.value_text.in_(language),
        "threshold": own.threshold_text.in_(language),
        "clause": _clause(finding, within),
        "notes": notes(finding, own, language),
        "mark": own.mark,
        "provenance": (own.provenance or finding.provenance) if own.threshold_text.vi else "",
        "href": href,
        "stated": stated_words(finding, language),
        "children": [trace(child, judged, language, finding.clause or within) for child in below],
    }


def _clause(finding: Finding, within: str) -> str:
    """The clause, or what of it the one above does not say already."""
    if finding.kind == "standard" or finding.clause == within:
        return ""
    return finding.clause.removeprefix(f"{within}, ") if within else finding.clause


def notes(finding: Finding, own: Finding, language: str) -> list[str]:
    """What else there is to say: what is missing, why unknown, from which paper and period, where the law is unsure."""
    found = [own.gap_text.in_(language), finding.reason.in_(language) or own.reason.in_(language)]
    if own.period or own.source:
        found.append(
            _("Số liệu kỳ %(period)s. Nguồn: %(source)s")
            % {"period": _period(own.period), "source": own.source or _("không ghi")}
        )
    found.append(stated_note(finding))
    if finding.sample_threshold.vi:
        words = finding.sample_threshold.in_(language)
        found.append(_("Giá trị minh họa, không phải luật: %(value)s") % {"value": words})
    if finding.note.vi and finding.kind != "standard":
        found.append(_("Ghi chú của bộ tiêu chí: %(note)s") % {"note": finding.note.in_(language)})
    return [note for note in found if note]


def _period(text: str) -> str:
    return format_day(date.fromisoformat(text)) if len(text) == 10 else text


def period_words(period: Period) -> str:
    """24/05/2023, or 2023 for a whole year, or both ends."""
    if period.is_year:
        return str(period.start.year)
    if period.start == period.end:
        return format_day(period.end)
    return f"{format_day(period.start)}–{format_day(period.end)}"


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
                "asked": need.threshold_text.in_(language) if need.kind != LAW else "",
                "law": need.kind == LAW,
            }
            for need in cure.needs
        ],
    }


def count_rows(moments: list[Any]) -> list[tuple[date, int, int, int, int]]:
    """Measured counts over time, for the chart."""
    return [(m.on, m.counts.met, m.counts.not_met, m.counts.unknown, m.counts.excused) for m in moments]


def sector_names(codes: tuple[str, ...], named: Mapping[str, Any], language: str) -> str:
    return ", ".join(named[code].name.in_(language) if code in named else code for code in codes)

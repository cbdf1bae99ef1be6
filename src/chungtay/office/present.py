"""Findings as the shapes that components draw. Words come from the engine, addresses from here; no rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.language import language as reader_language
from chungtay.figures.queries import Judged
from chungtay.ui.quoting import marked, quoted, sentence
from rulebook import EMPTY, Cure, Finding, Period, Text, Verdict
from rulebook.explaining import LAW
from rulebook.printing import STATED_WORDS, WORDS, shown_below
from rulebook.wording import age_text, period_text


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
    day = day_words(date.fromisoformat(finding.stated_on))
    return sentence(_("Công bố ngày %(day)s: %(source)s"), day=day, source=quoted(finding.stated_source))


def trace(finding: Finding, judged: Judged, language: str, within: Text = EMPTY) -> dict[str, Any]:
    """A finding and all below it as a tree that says why. `within`: the clause above, not to be said again."""
    below = shown_below(finding)
    own = finding.children[0] if not below and len(finding.children) == 1 else finding
    href = ""
    if own.measure:
        kwargs = {"place_id": judged.place.id, "measure": own.measure}
        href = reverse("office:figure_history", kwargs=kwargs)
    name = finding.label.in_(language) or WORDS[finding.verdict].in_(language)
    above = finding.clause if finding.clause.vi else within
    shows_code = finding.code and finding.kind in ("criterion", "indicator", "prerequisite")
    return {
        "label": f"{finding.code}. {name}" if shows_code else name,
        "verdict": finding.verdict.value,
        "value": own.value_text.in_(language),
        "threshold": own.threshold_text.in_(language),
        "clause": clause_words(finding, language, within),
        "notes": notes(finding, own, language),
        "mark": own.mark,
        "provenance": (own.provenance or finding.provenance) if own.threshold_text.vi else "",
        "href": href,
        "stated": stated_words(finding, language),
        "children": [trace(child, judged, language, above) for child in below],
    }


def clause_words(finding: Finding, language: str, within: Text = EMPTY) -> str:
    """The clause, or what of it the one above does not say already; quoted where it has no English."""
    clause = finding.clause
    if finding.kind == "standard" or clause == within:
        return ""
    words = clause.in_(language)
    if within.vi:
        words = words.removeprefix(f"{within.in_(language)}, ")
    return marked(words) if clause.en != clause.vi else quoted(words)


def notes(finding: Finding, own: Finding, language: str) -> list[str]:
    """What else there is to say: what is missing, why unknown, from which paper and period, where the law is unsure."""
    found = [own.gap_text.in_(language), finding.reason.in_(language) or own.reason.in_(language)]
    if own.period or own.source:
        source = quoted(own.source) if own.source else _("không ghi")
        found.append(
            sentence(_("Số liệu kỳ %(period)s. Nguồn: %(source)s"), period=_period(own.period), source=source)
        )
    if own.age:
        found.append(f"{age_text(own.age).in_(language)}.")
    found.append(stated_note(finding))
    if finding.sample_threshold.vi:
        words = finding.sample_threshold.in_(language)
        found.append(_("Giá trị minh họa, không phải luật: %(value)s") % {"value": words})
    if finding.note.vi and finding.kind != "standard":
        note = marked(finding.note.in_(language))
        found.append(sentence(_("Ghi chú của bộ tiêu chí: %(note)s"), note=note))
    return [note for note in found if note]


def _period(frozen: str) -> str:
    """A finding's period, a year or a day or both ends of a stretch, as the reader writes it."""
    days = frozen.split("..")
    return "–".join(day_words(date.fromisoformat(day)) if len(day) == 10 else day for day in days)


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


def sector_names(codes: tuple[str, ...], named: Mapping[str, Any], language: str) -> str:
    return ", ".join(named[code].name.in_(language) if code in named else code for code in codes)

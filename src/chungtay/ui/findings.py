"""What is said of a finding, the same to officers and to everybody: its tree of reasons, clauses, notes. No rules."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.ui.quoting import marked, quoted, sentence
from rulebook import EMPTY, Finding, Text
from rulebook.printing import STATED_WORDS, WORDS, shown_below
from rulebook.wording import age_text


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


def trace(
    finding: Finding,
    language: str,
    within: Text = EMPTY,
    *,
    href_of: Callable[[str], str] = lambda measure: "",
) -> dict[str, Any]:
    """A finding and all below it as a tree that says why.

    within: the clause above, not to be said again. href_of: where a measure's figures are read, by its code.
    """
    below = shown_below(finding)
    own = finding.children[0] if not below and len(finding.children) == 1 else finding
    name = finding.label.in_(language) or WORDS[finding.verdict].in_(language)
    above = finding.clause if finding.clause.vi else within
    shows_code = finding.code and finding.kind in ("criterion", "indicator", "prerequisite")
    return {
        "label": f"{finding.code}. {name}" if shows_code else name,
        "verdict": finding.verdict.value,
        "value": own.value_text.in_(language),
        "threshold": own.threshold_text.in_(language),
        "clause": clause_words(finding, language, within),
        "notes": _notes(finding, own, language),
        "mark": own.mark,
        "provenance": (own.provenance or finding.provenance) if own.threshold_text.vi else "",
        "href": href_of(own.measure) if own.measure else "",
        "stated": stated_words(finding, language),
        "children": [trace(child, language, above, href_of=href_of) for child in below],
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


def _notes(finding: Finding, own: Finding, language: str) -> list[str]:
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

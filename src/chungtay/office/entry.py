"""Entering the figures of one criterion: the previous value beside, the verdict moving as one types."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.language import day_words, problem_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import actions, drafts, integrity, periods
from chungtay.figures import queries as figures
from chungtay.figures.actions import Entry
from chungtay.figures.queries import FigureView, Judged
from chungtay.office import present
from chungtay.office.answers import Visit, for_officers, status_of
from chungtay.office.verdicts import criterion_of, judged_on
from chungtay.territory import queries as territory
from chungtay.ui.charts import scale
from rulebook import SEX_NAMES, Fact, Finding, Kind, Measure, Period, as_fraction, show_value
from rulebook.printing import WORDS
from rulebook.wording import asked_text
from viet.dates import DateProblem, parse_day
from viet.numbers import NumberProblem


@dataclass
class Line:
    """One input: a measure (of one sex), what was typed, what is on record, what is wrong."""

    measure: Measure
    part: str
    typed: str
    previous: FigureView | None
    hint: str = ""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    scale: Any = ""

    @property
    def name(self) -> str:
        return f"{self.measure.code}.{self.part}" if self.part else self.measure.code


def _lines(judged: Judged, number: str, visit: Visit, sent: Any) -> list[Line]:
    """The inputs of a criterion in the order of the law, each measure once."""
    criterion = criterion_of(judged, number)
    measures = {measure.code: measure for each in criterion.indicators for measure in each.measures}
    known = figures.current(judged.place.id, measures, judged.on)
    leaves = _leaves(judged.finding.criterion(number))
    lines: list[Line] = []
    for measure in measures.values():
        for part in measure.parts:
            leaf = leaves.get((measure.code, part))
            line = Line(measure, part, "", known.get((measure.code, part)))
            line.typed = sent.get(line.name, "").strip() if sent is not None else ""
            if leaf and leaf.threshold_text.vi:
                line.hint = capfirst(asked_text(leaf.threshold, leaf.threshold_text).in_(visit.language))
                line.scale = _scale(leaf, measure, line.previous)
            lines.append(line)
    return lines


def _leaves(finding: Finding) -> dict[tuple[str, str], Finding]:
    return {(leaf.measure, leaf.part): leaf for leaf in finding.walk() if leaf.kind == "compare"}


def _scale(leaf: Finding, measure: Measure, previous: FigureView | None) -> Any:
    """Where the value on record lies against the threshold, for percents: their ends are known."""
    if measure.kind is not Kind.PERCENT or not leaf.threshold or leaf.op not in ("at_least", "at_most"):
        return ""
    value = None
    if previous and not isinstance(previous.value, bool | str):
        value = as_fraction(previous.value)
    return scale(
        value, Fraction(leaf.threshold), 0, 100, "at_least" if leaf.op == "at_least" else "at_most", "%"
    )


@dataclass
class Sheet:
    """What was sent: the period and source of all figures, and the entries that could be read."""

    period: Period | None
    period_text: str
    source: str
    faults: list[Fault]


def _sheet(sent: Any, judged: Judged) -> Sheet:
    text = sent.get("period", "").strip()
    source = sent.get("source", "").strip()
    try:
        if text.isdigit() and len(text) == 4:
            return Sheet(Period.year(int(text)), text, source, [])
        return Sheet(Period.day(parse_day(text)), text, source, [])
    except (DateProblem, ValueError) as problem:
        sentence = (
            _("%(problem)s Cũng có thể chỉ ghi một năm, ví dụ 2023.") % {"problem": problem_words(problem)}
            if isinstance(problem, DateProblem)
            else _("Năm không đúng. Hãy viết như 2023.")
        )
        return Sheet(None, text, source, [Fault(sentence, "period")])


def _read(lines: list[Line], sheet: Sheet) -> list[Fact]:
    """The figures typed, as facts to try; each line keeps its own errors."""
    facts: list[Fact] = []
    for line in lines:
        if not line.typed or sheet.period is None:
            continue
        try:
            value = line.measure.parse(line.typed)
        except NumberProblem as problem:
            line.errors = [problem_words(problem)]
            continue
        facts.append(Fact(line.measure.code, value, sheet.period, line.part, sheet.source))
    return facts


@for_officers
def enter(visit: Visit, place_id: int, code: str, number: str) -> HttpResponse:
    """The form, and saving it: all figures or none."""
    judged = judged_on(visit, place_id, code)
    posted, status = visit.request.method == "POST", 200
    lines = _lines(judged, number, visit, visit.request.POST if posted else None)
    sheet = Sheet(None, day_words(judged.on), "", [])
    if posted and visit.request.POST.get("viec") == "nhap":
        return _keep(visit, judged, number, lines)
    if posted:
        sheet = _sheet(visit.request.POST, judged)
        _warn(lines, judged.place.id, _read(lines, sheet))
        faults, status = sheet.faults + [Fault(e, line.name) for line in lines for e in line.errors], 422
        if not faults:
            try:
                return _save(visit, judged, number, lines, sheet)
            except Refusal as refused:
                faults, status = list(refused.faults), status_of(refused)
                for line in lines:
                    line.errors = [fault.sentence for fault in faults if fault.field == line.name]
        sheet.faults = faults
    kept = None if posted else _take_up(visit, judged, lines, sheet)
    return _form(visit, judged, number, lines, sheet, status, kept)


def _take_up(visit: Visit, judged: Judged, lines: list[Line], sheet: Sheet) -> datetime | None:
    """Put the post's drafts back into their fields; when the last of them was kept."""
    left = drafts.drafts_at(visit.by, judged.place.id)
    mine = [
        (line, left[line.measure.code, line.part]) for line in lines if (line.measure.code, line.part) in left
    ]
    for line, draft in mine:
        line.typed, sheet.period_text, sheet.source = draft.typed, draft.period, draft.source
    return max((draft.saved_at for _line, draft in mine), default=None)


def _keep(visit: Visit, judged: Judged, number: str, lines: list[Line]) -> HttpResponse:
    """Keep what was typed as a draft, number or not: nothing is checked and nothing is sent."""
    sent = visit.request.POST
    n = drafts.save_drafts(
        by=visit.by,
        at=visit.now,
        place_id=judged.place.id,
        period=sent.get("period", "").strip(),
        source=sent.get("source", "").strip(),
        typed={(line.measure.code, line.part): line.typed for line in lines},
    )
    told = ngettext("Đã giữ %(n)s số ở bản nháp.", "Đã giữ %(n)s số ở bản nháp.", n) % {"n": n}
    messages.success(visit.request, told if n else _("Bản nháp trống; không giữ gì."))
    return redirect(present.address("enter", judged, number=number))


def _warn(lines: list[Line], place_id: int, facts: list[Fact]) -> None:
    """What the integrity checks say of what was typed, each beside its field. It asks, and stops nobody."""
    told = {(fact.measure, fact.part, fact.period): fact.value for fact in facts}
    for each in integrity.warnings(place_id, told):
        for line in lines:
            if (line.measure.code, line.part) == (each.measure, each.part):
                line.warnings.append(each.sentence)


def _save(visit: Visit, judged: Judged, number: str, lines: list[Line], sheet: Sheet) -> HttpResponse:
    assert sheet.period is not None
    reason = visit.request.POST.get("reason", "").strip()
    entries = [
        Entry(
            line.measure.code,
            line.typed,
            sheet.period,
            line.part,
            sheet.source,
            reason=reason,
            uid=uuid.uuid4(),
            field=line.name,
            adjusts=bool(reason),
        )
        for line in lines
        if line.typed
    ]
    if not entries:
        first = lines[0].name if lines else ""
        raise Refusal(Fault(_("Chưa nhập số liệu nào. Hãy nhập ít nhất một ô, rồi lưu."), first))
    seen = visit.request.POST.get("seen", "")
    written = actions.record(
        by=visit.by,
        at=visit.now,
        place_id=judged.place.id,
        entries=entries,
        seen=int(seen) if seen.isdecimal() and len(seen) < 19 else None,
    )
    after = figures.judge_place(judged.place.id, judged.version.code, on=judged.on)
    told = _saved_sentence(len(written), judged, after, number, visit.language)
    messages.success(visit.request, told)
    for line in lines:
        for warning in line.warnings:
            messages.warning(visit.request, _("Hãy xem lại: %(what)s") % {"what": warning})
    return redirect(present.address("criterion", judged, number=number))


def _saved_sentence(count: int, before: Judged, after: Judged, number: str, language: str) -> str:
    if not count:
        return _("Các số liệu này đã có trong sổ; không có gì thay đổi.")
    told = ngettext("Đã ghi %(n)s số liệu.", "Đã ghi %(n)s số liệu.", count) % {"n": count}
    was, now = (each.finding.criterion(number).verdict for each in (before, after))
    if was is now:
        return told
    words = {"number": number, "was": WORDS[was].in_(language), "now": WORDS[now].in_(language)}
    return told + " " + _("Tiêu chí %(number)s: từ “%(was)s” thành “%(now)s”.") % words


@for_officers
def preview(visit: Visit, place_id: int, code: str, number: str) -> HttpResponse:
    """What the verdict would be with the figures typed so far. Nothing is saved."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    judged = judged_on(visit, place_id, code)
    lines = _lines(judged, number, visit, visit.request.POST)
    sheet = _sheet(visit.request.POST, judged)
    facts = _read(lines, sheet)
    tried = figures.judge_place(place_id, code, on=judged.on, instead=facts) if facts else judged
    context = _verdict(visit, tried, judged, number)
    _warn(lines, judged.place.id, facts)
    context["warnings"] = [each for line in lines for each in line.warnings]
    context["problems"] = [f.sentence for f in sheet.faults] + [e for line in lines for e in line.errors]
    context["typed"] = len(facts)
    return render(visit.request, "office/entry_verdict.html", context)


def _verdict(visit: Visit, tried: Judged, judged: Judged, number: str) -> dict[str, Any]:
    finding = tried.finding.criterion(number)
    return {
        "finding": finding,
        "was": judged.finding.criterion(number).verdict.value,
        "trees": [present.trace(each, tried, visit.language) for each in finding.indicators],
    }


def _form(
    visit: Visit,
    judged: Judged,
    number: str,
    lines: list[Line],
    sheet: Sheet,
    status: int,
    kept: datetime | None,
) -> HttpResponse:
    asked = criterion_of(judged, number)
    context = {
        "judged": judged,
        "above": territory.ancestors(judged.place.id, judged.on),
        "number": number,
        "name": asked.name.in_(visit.language),
        "fields": [_field(line, visit.language) for line in lines],
        "period": sheet.period_text,
        "period_errors": [fault.sentence for fault in sheet.faults if fault.field == "period"],
        "source": sheet.source,
        "source_errors": [fault.sentence for fault in sheet.faults if fault.field == "source"],
        "faults": sheet.faults,
        "preview": present.address("preview", judged, number=number),
        "back": present.address("criterion", judged, number=number),
        "kept": kept,
        "closed": _closed_words(judged.place.id),
        "reason": visit.request.POST.get("reason", ""),
        "reason_errors": [fault.sentence for fault in sheet.faults if fault.field == "reason"],
        "refusal": visit.refusal("figures.record", judged.place.id),
        "typed": 0,
        "seen": figures.newest_row(judged.place.id),
        **_verdict(visit, judged, judged, number),
    }
    return visit.page("office/entry.html", context, status)


def _closed_words(place_id: int) -> str:
    """Which periods of the place are confirmed, "" when none is: a figure of theirs needs a reason."""
    locked = sorted(periods.locked_at([place_id]).get(place_id, ()), key=lambda each: each.start)
    if not locked:
        return ""
    words = ", ".join(present.period_words(each) for each in locked)
    return _("Chỉ cần khi ghi vào kỳ đã chốt: %(periods)s.") % {"periods": words}


def _field(line: Line, language: str) -> dict[str, Any]:
    """One input as the component draws it."""
    measure = line.measure
    label = measure.name.in_(language)
    if line.part:
        label = f"{label} ({SEX_NAMES[line.part].in_(language)})"
    choices: list[tuple[str, str]] = []
    if measure.kind is Kind.FLAG:
        choices = [("", _("— chưa chọn")), ("có", _("Có")), ("không", _("Không"))]
    elif measure.kind is Kind.GRADE:
        choices = [
            ("", _("— chưa chọn")),
            *((grade.code, grade.name.in_(language)) for grade in measure.grades),
        ]
    previous = ""
    if line.previous:
        value = show_value(line.previous.value, measure, language)
        previous = f"{value} ({present.period_words(line.previous.period)})"
    return {
        "name": line.name,
        "label": label,
        "value": line.typed,
        "kind": "select" if choices else "number",
        "unit": "" if choices else measure.unit.in_(language),
        "hint": line.hint,
        "previous": previous,
        "errors": line.errors,
        "warnings": line.warnings,
        "choices": choices,
        "scale": line.scale,
    }

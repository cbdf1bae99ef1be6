"""What people decided, heard and were honoured for: decisions, shares, outreach, yearly titles, commendations.

Counts and shares only; no household and no person is asked for by name.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from chungtay.community.honours import queries as honours
from chungtay.community.honours.streaks import Told, streak
from chungtay.community.meetings import queries as meetings
from chungtay.community.meetings.queries import DecisionView
from chungtay.community.outreach import queries as outreach
from chungtay.community.sharing.formulas import Kind
from chungtay.community.sharing.wording import NAMES
from chungtay.core.actors import Actor
from chungtay.reports.stories.facts import DONG, Fact, Record, Span, Subject, Text, Unit, Year, both, weakest
from rulebook import Mark

_DECISIONS: Final = Unit("quyết định", "decisions", "decision")
_ASKED_DECISIONS: Final = Text(
    "Quyết định của cộng đồng tại chính địa bàn, ngày quyết định trong thời gian của bài, chưa bị thay.",
    "Decisions of the community at the place itself, made within the story's days and not replaced.",
)
_HEARD: Final = {
    "outreach": (outreach.OUTREACH, Text("tuyên truyền", "outreach")),
    "training": (outreach.TRAINING, Text("tập huấn", "training")),
}


def facts_of_community(place_id: int, span: Span, *, seen_by: Actor) -> list[Fact]:
    """A bounded number of queries, however many records there are."""
    return [
        *_decided(place_id, span),
        *(fact for code in _HEARD for fact in _heard(place_id, span, code)),
        _streak(place_id, span),
        *_commended(place_id, span, seen_by),
    ]


# ── Decided ───────────────────────────────────────────────────────────────────


def _decided(place_id: int, span: Span) -> list[Fact]:
    rows = [
        row
        for row in meetings.decisions_of(place_id)
        if row.replaced_by is None and span.holds(row.decided_on)
    ]
    passed = [row for row in rows if row.passed]
    label = Text("Quyết định được dân thông qua", "Decisions passed by the people")
    blank = Fact("decisions", Subject.TOGETHER, label, _ASKED_DECISIONS, unit=_DECISIONS)
    found = [blank]
    if passed:
        marks = weakest({row.mark for row in passed})
        found = [replace(blank, value=len(passed), mark=marks, records=tuple(map(_decision, passed)))]
    shares = [fact for row in rows if (fact := _share(row)) is not None]
    return found + (shares or [_share_fact("share", "")])


def _share(row: DecisionView) -> Fact | None:
    """What every household alike was to give, where that is what was decided."""
    rate = (row.share or {}).get("rate_dong")
    if not rate or not str((row.share or {}).get("words", "")).startswith(both(NAMES[Kind.HOUSEHOLD]).vi):
        return None
    fact = _share_fact(f"share-{row.id}-rate", f"share-{row.id}")
    return replace(
        fact, value=int(rate), mark=row.mark, as_of=Span.day(row.decided_on), records=(_decision(row),)
    )


def _share_fact(code: str, stem: str) -> Fact:
    label = Text("Mức mỗi hộ đóng góp", "What each household gives")
    return Fact(code, Subject.TOGETHER, label, _ASKED_DECISIONS, unit=DONG, stem=stem)


def _decision(row: DecisionView) -> Record:
    return Record("decision", str(row.uid), Text(row.subject, row.subject), row.mark, row.source)


# ── Heard ─────────────────────────────────────────────────────────────────────


def _heard(place_id: int, span: Span, code: str) -> list[Fact]:
    """Sessions and attendances, as a paper tells or as recorded, whichever is more. Attendances are not persons."""
    kind, name = _HEARD[code]
    told = [
        each for each in outreach.told_totals(place_id, kind) if span.holds_all(each.start, each.end)
    ]  # the latest first
    sums = outreach.sums(place_id, kind, span.first or date.min, span.last or date.max)
    asked = Text(
        f"Các cuộc {name.vi} của địa bàn và bên dưới trong thời gian của bài, và tổng theo tài liệu.",
        f"Sessions of {name.en} of the place and below within the story's days, and totals told by papers.",
    )
    facts = []
    for part, amount, unit, label in (
        ("sessions", sums.sessions, ("cuộc", "sessions", "session"), ("Số cuộc", "Sessions of")),
        (
            "attendances",
            sums.attendances,
            ("lượt người", "attendances", "attendance"),
            ("Lượt người dự", "Attendances of"),
        ),
    ):
        words = Text(f"{label[0]} {name.vi}", f"{label[1]} {name.en}")
        blank = Fact(f"{code}_{part}", Subject.TOGETHER, words, asked, unit=Unit(*unit))
        facts.append(_told_or_summed(blank, place_id, told, part, amount, sums, code, span))
    return facts


def _told_or_summed(
    blank: Fact,
    place_id: int,
    told: Sequence[outreach.ToldView],
    part: str,
    amount: int,
    sums: outreach.Sums,
    code: str,
    span: Span,
) -> Fact:
    paper = next((each for each in told if getattr(each, part) is not None), None)
    recorded = Record(code, str(place_id), Text("Các cuộc đã ghi", "Sessions on record"), _mark_of(sums))
    if paper is not None and (paper.per_year or getattr(paper, part) >= amount):
        source = Record(code, str(place_id), blank.label, Mark.TOLD, paper.source)
        unit = blank.unit
        if paper.per_year:
            unit = Unit(f"{unit.vi} mỗi năm", f"{unit.en} a year")
        return replace(
            blank,
            value=getattr(paper, part),
            unit=unit,
            qualifier=getattr(paper, f"{part}_qualifier"),
            mark=Mark.TOLD,
            as_of=Span(paper.start, paper.end),
            records=(source, recorded) if sums.sessions else (source,),
        )
    if not sums.sessions or (part == "attendances" and sums.unknown == sums.sessions):
        return blank
    qualifier = "at_least" if sums.undated or (part == "attendances" and sums.unknown) else ""
    return replace(
        blank, value=amount, qualifier=qualifier, mark=_mark_of(sums), as_of=span, records=(recorded,)
    )


def _mark_of(sums: outreach.Sums) -> Mark:
    return Mark.RECONSTRUCTED if sums.reconstructed else Mark.MEASURED


# ── Honoured ──────────────────────────────────────────────────────────────────


def _streak(place_id: int, span: Span) -> Fact:
    """How many years in a row the hamlet held its yearly title, to the last year known within the story."""
    held = honours.titles(place_id)
    last = span.last.year if span.last else date.max.year
    years = {each.year: bool(each.held) for each in held.hamlet if each.year <= last}
    told = [Told(each.years, each.last_year, each.source) for each in held.told if each.last_year <= last]
    label = Text("Danh hiệu văn hóa, số năm liên tục", "Cultural title, years in a row")
    asked = Text(
        "Danh hiệu hằng năm của địa bàn đến năm cuối của bài; năm không có trong sổ thì không đoán.",
        "Yearly titles of the place up to the story's last year; a year not on record is not guessed.",
    )
    blank = Fact(
        "streak", Subject.RECOGNISED, label, asked, unit=Unit("năm liên tục", "years in a row", "year")
    )
    known = [*years, *(each.last_year for each in told)]
    row = streak(years, told, max(known)) if known else None
    if row is None or not row.years:
        return blank
    return replace(
        blank,
        value=row.years,
        qualifier="at_least" if row.at_least else "",
        mark=Mark.TOLD if row.told else weakest({each.mark for each in held.hamlet}),
        as_of=Span.years(row.last_year - row.years + 1, row.last_year),
        records=(
            Record(
                "streak",
                str(place_id),
                Text("Danh hiệu hằng năm", "Yearly titles"),
                Mark.TOLD if row.told else None,
                row.told.source if row.told else "",
            ),
        ),
    )


def _commended(place_id: int, span: Span, seen_by: Actor) -> list[Fact]:
    """Whether there were commendations, in which year, how many; never whose. A paper without names tells no number."""
    rows = [
        row
        for row in honours.commendations(place_id, honours.Asked(), seen_by=seen_by)
        if (span.holds(row.ceremony_on) if row.ceremony_on else span.touches(row.year))
    ]
    asked = Text(
        "Khen thưởng của địa bàn và bên dưới trong thời gian của bài; không hỏi tên ai.",
        "Commendations of the place and below within the story's days; nobody's name is asked.",
    )
    unit = Unit("lượt khen thưởng", "commendations", "commendation")
    label = Text("Khen thưởng", "Commendations")
    number = Fact(
        "commendations",
        Subject.RECOGNISED,
        Text("Số lượt khen thưởng", "How many commendations"),
        asked,
        unit=unit,
    )
    year = Fact("commended_year", Subject.RECOGNISED, label, asked)
    if not rows:
        return [year, number]
    records = tuple(
        Record("commendations", str(place_id), Text(row.form, row.form), row.mark, row.source) for row in rows
    )
    mark = weakest({row.mark for row in rows})
    year = replace(year, value=Year(max(row.year for row in rows)), mark=mark, records=records)
    if all(row.has_name or row.recipient != "person" for row in rows):
        number = replace(number, value=len(rows), mark=mark, records=records)
    return [year, number]

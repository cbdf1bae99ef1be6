"""What a province fills in: every value the centre leaves to it, in one form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk.common import draft_for, page, save, told, vocabulary_of
from chungtay.office.desk.links import linked
from chungtay.office.desk.rule_form import number_typed, value_typed
from chungtay.standards import queries as standards
from chungtay.standards.desk import editing
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.content import Plain, fields, items
from chungtay.standards.desk.editing import head_of
from chungtay.standards.desk.queries import DraftView
from rulebook import Indicator
from rulebook.loading.overlays import open_parts
from rulebook.rules import Compare, Rule, ShareOf
from viet.numbers import format_number


@for_officers
def fills(visit: Visit, draft_id: int) -> HttpResponse:
    """The values left to the province, each with its clause; an empty one stays unknown."""
    view = draft_for(visit, draft_id)
    if view.kind != "overlay" or view.base is None:
        raise NotFound("Dự thảo này không phải phần bổ sung của tỉnh.")
    compiled = desk.compiled(view)
    words = vocabulary_of(view, compiled, visit.language)
    rows = _rows(view, visit.language)
    sent = visit.request.POST.dict()
    faults: list[Fault] = []
    status, seen = 200, view.number
    if visit.request.method == "POST":
        kept = [
            each for each in items(head_of(view.content).get("fills")) if not _is_simple(fields(each), rows)
        ]
        typed = [
            _read(row, sent, view, words.measures)
            for row in rows
            if sent.get(f"{row['key']}.value", "").strip()
        ]
        try:
            save(
                visit, view, editing.put_fills([*kept, *typed]), lambda content: head_of(content).get("fills")
            )
            return redirect("office:draft", draft_id=draft_id)
        except Refusal as refused:
            faults, status, seen = told(refused, view)
    for row in rows:
        if sent:
            row |= {
                "value": sent.get(f"{row['key']}.value", ""),
                "clause": sent.get(f"{row['key']}.clause", ""),
            }
    problems = [each["problem"] for each in linked(view, compiled)]
    context: dict[str, Any] = {"rows": rows, "seen": seen, "faults": faults, "problems": problems}
    return page(visit, view, "fills", context, status)


def _rows(view: DraftView, language: str) -> list[dict[str, Any]]:
    """One row for each open place of an indicator left to the province."""
    assert view.base is not None
    known = {
        (str(fields(each).get("indicator")), str(fields(each).get("part", "0"))): fields(each)
        for each in items(head_of(view.content).get("fills"))
    }
    rows: list[dict[str, Any]] = []
    for indicator in standards.by_id(view.base.id).standard.indicators:
        for part, rule in open_parts(indicator):
            fill = known.get((indicator.code, str(part)), {})
            rows.append(
                {
                    "key": f"m.{indicator.code}.{part}",
                    "code": indicator.code,
                    "part": part,
                    "text": indicator.text.in_(language),
                    "what": _what(indicator, rule, language),
                    "unit": _unit(rule, language),
                    "sample": indicator.sample_threshold.in_(language),
                    "value": _shown(fill.get("threshold")),
                    "clause": str(fill.get("clause", "")),
                    "by_table": isinstance(fill.get("threshold"), dict),
                }
            )
    return rows


def _what(indicator: Indicator, rule: Rule, language: str) -> str:
    if rule is indicator.rule:
        return ""
    return rule.label.in_(language) or (rule.measure.name.in_(language) if isinstance(rule, Compare) else "")


def _unit(rule: Rule, language: str) -> str:
    return (
        rule.measure.unit.in_(language)
        if isinstance(rule, Compare)
        else "%"
        if isinstance(rule, ShareOf)
        else ""
    )


def _shown(threshold: Any) -> str:
    if not isinstance(threshold, str):
        return ""
    try:
        from decimal import Decimal

        return format_number(Decimal(threshold), 9)
    except ArithmeticError:
        return threshold


def _is_simple(fill: Plain, rows: list[dict[str, Any]]) -> bool:
    """Whether the form can show the fill: one value, at a place that is the province's."""
    here = {(row["code"], str(row["part"])) for row in rows}
    place = (str(fill.get("indicator")), str(fill.get("part", "0")))
    return place in here and isinstance(fill.get("threshold"), str)


def _read(row: dict[str, Any], sent: dict[str, str], view: DraftView, measures: Any) -> Plain:
    text = sent[f"{row['key']}.value"].strip()
    fill: Plain = {"indicator": row["code"], "threshold": value_typed(text, None) or number_typed(text)}
    if row["part"]:
        fill["part"] = str(row["part"])
    if clause := sent.get(f"{row['key']}.clause", "").strip():
        fill["clause"] = clause
    before = next(
        (
            fields(each)
            for each in items(head_of(view.content).get("fills"))
            if (fields(each).get("indicator"), str(fields(each).get("part", "0")))
            == (row["code"], str(row["part"]))
        ),
        {},
    )
    fill["provenance"] = before.get("provenance", {"threshold": "recalled"})
    return fill

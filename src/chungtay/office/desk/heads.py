"""The head of a draft: names, days in force, documents, groups."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk.common import LEVELS, STATUSES, choices, draft_for, page, save, told, wrong
from chungtay.office.desk.links import linked
from chungtay.office.desk.rule_form import both
from chungtay.standards.desk import editing
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.beginning import instrument_id
from chungtay.standards.desk.content import Content, Plain, fields, items, text_of
from chungtay.standards.desk.editing import head_of
from chungtay.standards.desk.queries import DraftView
from rulebook import Text
from viet.dates import DateProblem, format_day, parse_day

_ROWS = 3  # empty rows for documents not yet cited
_TEXTS = ("name", "title", "decided_by")


@for_officers
def head(visit: Visit, draft_id: int) -> HttpResponse:
    """The form of the head, and saving it."""
    view = draft_for(visit, draft_id)
    sent = visit.request.POST.dict() if visit.request.method == "POST" else _shown(view)
    faults: list[Fault] = []
    status, seen = 200, view.number
    if visit.request.method == "POST":
        values, instruments = _read(view, sent)
        try:
            save(visit, view, editing.put_head(values, instruments), _seen_head)
            return redirect("office:draft", draft_id=draft_id)
        except Refusal as refused:
            faults, status, seen = told(refused, view)
    context: dict[str, Any] = {
        "sent": sent,
        "seen": seen,
        "faults": faults,
        "wrong": wrong(faults) if faults else _problems(view),
        "levels": choices(LEVELS),
        "statuses": choices(STATUSES),
        "documents": _documents(sent),
    }
    return page(visit, view, "head", context, status)


def _seen_head(content: Content) -> object:
    head = head_of(content)
    kept = {
        key: value for key, value in head.items() if key not in ("groups", "prerequisites", "counts", "fills")
    }
    return kept, content["instruments"]


def _problems(view: DraftView) -> dict[str, list[str]]:
    """What the loader says of the head, by the entry it says it of."""
    found: dict[str, list[str]] = {}
    for each in linked(view, desk.compiled(view)):
        problem = each["problem"]
        if problem.part and not problem.criterion and not problem.indicator:
            found.setdefault(problem.part, []).append(f"{problem.what}. {problem.mend}")
    return found


def _shown(view: DraftView) -> dict[str, str]:
    head = head_of(view.content)
    days, period = fields(head.get("in_force")), fields(head.get("period"))
    told = fields(head.get("recognition"))
    sent = {
        "code": str(head.get("standard", head.get("overlay", ""))),
        "version": str(head.get("version", "")),
        "level": str(head.get("level", "")),
        "status": str(head.get("status", "")),
        "period_from": str(period.get("from", "")),
        "period_to": "" if period.get("to") in ("open", None) else str(period["to"]),
        "from": _day_shown(str(days.get("from", ""))),
        "to": _day_shown(str(days.get("to", ""))),
        "note": "\n".join(text_of(each) for each in items(head.get("notes"))),
    }
    for name in _TEXTS:
        text = fields(told.get(name) if name == "decided_by" else head.get(name))
        sent[name] = str(text.get("vi", ""))
        sent[f"{name}_en"] = "" if text.get("en") == text.get("vi") else str(text.get("en", ""))
    known = {fields(each).get("id"): fields(each) for each in items(view.content["instruments"])}
    for n, each in enumerate(items(head.get("instruments"))):
        cited = fields(each)
        sent[f"doc.{n}.id"] = str(cited.get("id", ""))
        sent[f"doc.{n}.number"] = str(fields(known.get(cited.get("id"))).get("number", cited.get("id", "")))
        sent[f"doc.{n}.part"] = text_of(cited.get("part"))
    return sent


def _documents(sent: dict[str, str]) -> list[dict[str, str]]:
    """The rows of documents: those cited, then empty ones."""
    rows = [int(found[1]) for name in sent if (found := re.fullmatch(r"doc\.([0-9]{1,2})\.number", name))]
    filled = max((n + 1 for n in rows if sent[f"doc.{n}.number"].strip()), default=0)
    return [
        {"n": str(n), **{key: sent.get(f"doc.{n}.{key}", "") for key in ("id", "number", "part")}}
        for n in range(filled + _ROWS)
    ]


def _read(view: DraftView, sent: dict[str, str]) -> tuple[Plain, list[Plain]]:
    """The entries of the head and the documents cited. What cannot be read stays as it was typed."""
    head = head_of(view.content)
    days = fields(head.get("in_force"))
    start, end = _day_typed(sent.get("from", "")), _day_typed(sent.get("to", ""))
    values: Plain = {
        "version": sent.get("version", "").strip(),
        "in_force": {**days, "from": start or "unknown", "to": end or "open"},
    }
    known = {str(fields(each).get("id")): fields(each) for each in items(view.content["instruments"])}
    before = {str(fields(each).get("id")): fields(each) for each in items(head.get("instruments"))}
    cited: list[Plain] = []
    for row in _documents(sent):
        number, part = row["number"].strip(), row["part"].strip()
        if not number:
            continue
        kept = known.get(row["id"], {})
        key = row["id"] if kept and kept.get("number") == number else instrument_id(number)
        known[key] = {**kept, "id": key, "number": number}
        old = before.get(row["id"], {})
        one: Plain = {
            name: value for name, value in old.items() if name not in ("id", "part", "last_checked")
        }
        one["id"] = key
        if part:
            one["part"] = old["part"] if text_of(old.get("part")) == part else both(part, "")
        cited.append(one)
    values["instruments"] = cited
    named = {each["id"] for each in cited} | {
        str(fields(each).get("id")) for each in items(head.get("amendments"))
    }
    instruments = [each for key, each in known.items() if key in named]
    if view.kind == "overlay":
        return values, instruments
    told = {**fields(head.get("recognition"))}
    told.pop("decided_by", None)
    if sent.get("decided_by", "").strip():
        told["decided_by"] = both(sent["decided_by"], sent.get("decided_by_en", ""))
    notes = [line.strip() for line in sent.get("note", "").splitlines() if line.strip()]
    kept_notes = {text_of(each): each for each in items(head.get("notes"))}
    values |= {
        "standard": sent.get("code", "").strip(),
        "name": both(sent.get("name", ""), sent.get("name_en", "")),
        "title": both(sent.get("title", ""), sent.get("title_en", "")),
        "level": sent.get("level", ""),
        "status": sent.get("status", ""),
        "period": {
            "from": sent.get("period_from", "").strip(),
            "to": sent.get("period_to", "").strip() or "open",
        },
        "recognition": told or None,
        "notes": [kept_notes.get(line, both(line, "")) for line in notes] or None,
    }
    return values, instruments


def _day_typed(text: str) -> str:
    """A day as the law's files write it; what was typed where it is no day."""
    text = text.strip()
    if text.casefold() in ("chưa rõ", "chưa biết", "không rõ", "unknown"):
        return "unknown"
    try:
        return parse_day(text).isoformat() if text else ""
    except DateProblem:
        return text


def _day_shown(text: str) -> str:
    if text in ("unknown", "open"):
        return ""
    try:
        return format_day(parse_day(text)) if text else ""
    except DateProblem:
        return text


@for_officers
def group(visit: Visit, draft_id: int) -> HttpResponse:
    """The groups of criteria: adding one, naming one anew."""
    view = draft_for(visit, draft_id)
    code = visit.request.POST.get("code", visit.request.GET.get("ma", "")).strip()
    groups = {str(fields(each).get("code")): fields(fields(each).get("name")) for each in _groups(view)}
    own = groups.get(code, {})
    sent = {
        "code": code,
        "name": visit.request.POST.get("name", str(own.get("vi", ""))).strip(),
        "name_en": visit.request.POST.get("name_en", str(own.get("en", ""))).strip(),
    }
    faults: list[Fault] = []
    status, seen = 200, view.number
    if visit.request.method == "POST":
        try:
            if not re.fullmatch(r"[A-Za-z0-9-]{1,10}", code):
                raise Refusal(Fault(_("Mã nhóm ngắn, không dấu, ví dụ G1."), "code"))
            if not sent["name"]:
                raise Refusal(Fault(_("Hãy ghi tên nhóm."), "name"))
            change = editing.put_group(code, both(sent["name"], sent["name_en"]))
            save(visit, view, change, lambda content: head_of(content).get("groups"))
            return redirect("office:draft_group", draft_id=draft_id)
        except Refusal as refused:
            faults, status, seen = told(refused, view)
    named = {each: Text(str(name.get("vi", "")), str(name.get("en", ""))) for each, name in groups.items()}
    context = {"sent": sent, "seen": seen, "faults": faults, "wrong": wrong(faults), "groups": named}
    return page(visit, view, "group", context, status)


def _groups(view: DraftView) -> list[Any]:
    return items(head_of(view.content).get("groups"))

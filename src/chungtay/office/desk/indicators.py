"""One criterion and one indicator of a draft: their words, clause, sector and rule."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk import rule_form
from chungtay.office.desk.common import choices, draft_for, page, save, told, vocabulary_of, wrong
from chungtay.office.desk.links import linked
from chungtay.office.desk.rule_form import both
from chungtay.standards.desk import editing
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.compiling import Compiled
from chungtay.standards.desk.content import Plain, fields, items, text_of
from chungtay.standards.desk.editing import CONDITIONS, head_of
from chungtay.standards.desk.queries import DraftView

_TRUST = {
    "recalled": gettext_lazy("chưa xác nhận"),
    "illustrative": gettext_lazy("minh họa, không phải luật"),
    "unknown": gettext_lazy("chưa biết"),
    "found": gettext_lazy("đã thấy ở nguồn"),
}
_RESOURCE = {
    "state": gettext_lazy("Nhà nước"),
    "mixed": gettext_lazy("Nhà nước và nhân dân"),
    "community": gettext_lazy("cộng đồng"),
}
_MOST_CHECKED = 60


@for_officers
def criterion(visit: Visit, draft_id: int) -> HttpResponse:
    """A criterion's own words: number, name, group, indicators known only to exist. `so` in the address: which."""
    view = draft_for(visit, draft_id)
    number = visit.request.GET.get("so", "").strip()
    own = editing.criterion_of(view.content, number) if number else {}
    if own is None:
        raise NotFound(f"Dự thảo không có tiêu chí {number[:20]}.")
    sent = visit.request.POST.dict() if visit.request.method == "POST" else _shown_criterion(view, own)
    faults: list[Fault] = []
    status, seen = 200, view.number
    if visit.request.method == "POST":
        try:
            save(
                visit,
                view,
                editing.put_criterion(number, _read_criterion(sent)),
                lambda content: _without(editing.criterion_of(content, number), "indicators"),
            )
            return redirect(f"/soan-luat/{view.id}/#criterion-{sent['number']}")
        except Refusal as refused:
            faults, status, seen = told(refused, view)
    groups = {str(fields(each).get("code")): text_of(fields(each).get("name")) for each in _groups(view)}
    context = {
        "number": number,
        "sent": sent,
        "seen": seen,
        "faults": faults,
        "wrong": wrong(faults) if faults else _problems(view, desk.compiled(view), number, ""),
        "groups": choices(groups, blank=True),
    }
    return page(visit, view, "criterion", context, status)


def _groups(view: DraftView) -> list[Any]:
    return items(head_of(view.content).get("groups"))


def _without(own: Plain | None, key: str) -> object:
    return own and {name: value for name, value in own.items() if name != key}


def _shown_criterion(view: DraftView, own: Plain) -> dict[str, str]:
    name = fields(own.get("name"))
    return {
        "number": str(own.get("criterion", "")) or str(len(items(view.content["criteria"])) + 1),
        "name": str(name.get("vi", "")),
        "name_en": "" if name.get("en") == name.get("vi") else str(name.get("en", "")),
        "group": str(own.get("group", "")),
        "unlisted": "" if own.get("unlisted") == "unknown" else str(own.get("unlisted", "")),
        "uncounted": "1" if own.get("unlisted") == "unknown" else "",
        "clause": str(own.get("clause", "")),
    }


def _read_criterion(sent: dict[str, str]) -> Plain:
    number = sent.get("number", "").strip()
    if not number:
        raise Refusal(Fault(_("Hãy ghi số của tiêu chí."), "criterion"))
    unlisted = "unknown" if sent.get("uncounted") else sent.get("unlisted", "").strip()
    return {
        "criterion": number,
        "name": both(sent.get("name", ""), sent.get("name_en", "")),
        "group": sent.get("group") or None,
        "unlisted": unlisted or None,
        "clause": sent.get("clause", "").strip() or None,
    }


def _problems(view: DraftView, compiled: Compiled, number: str, code: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in linked(view, compiled):
        problem = each["problem"]
        if (problem.criterion == number and not problem.indicator and not code) or (
            code and problem.indicator == code
        ):
            found.setdefault(problem.part, []).append(f"{problem.what}. {problem.why}. {problem.mend}")
    return found


# --- one indicator ----------------------------------------------------------------------------------------------


@for_officers
def indicator(visit: Visit, draft_id: int) -> HttpResponse:
    """One indicator. In the address `so`: which; or `tieu-chi`: the criterion a new one is added to."""
    view = draft_for(visit, draft_id)
    code, home = visit.request.GET.get("so", "").strip(), visit.request.GET.get("tieu-chi", "").strip()
    own = editing.indicator_of(view.content, code) if code else {}
    if own is None:
        raise NotFound(f"Dự thảo không có chỉ tiêu {code[:20]}.")
    home = editing.home_of(view.content, code) or CONDITIONS if code else home
    compiled = desk.compiled(view)
    words = vocabulary_of(view, compiled, visit.language)
    posted = visit.request.method == "POST"
    sent = visit.request.POST.dict() if posted else {}
    faults: list[Fault] = []
    status, seen = 200, view.number
    button = sent.get("do", "")
    if posted and button:
        pressed = rule_form.press(sent, button)
        sent = {name: value for name, value in sent.items() if not name.startswith(("r.", "x."))} | pressed
        seen = _whole(sent.get("seen", ""), view.number)
    elif posted:
        try:
            values = _read(view, own, sent, words)
            save(
                visit,
                view,
                editing.put_indicator(home, code, values),
                lambda content: editing.indicator_of(content, code) if code else None,
            )
            messages.success(visit.request, _("Đã lưu chỉ tiêu %(code)s.") % {"code": values["code"]})
            if sent.get("then") == "next":
                return redirect(f"/soan-luat/{view.id}/chi-tieu/?tieu-chi={home}")
            return redirect(f"/soan-luat/{view.id}/#indicator-{values['code']}")
        except Refusal as refused:
            faults, status, seen = told(refused, view)
    shown = sent if posted else _shown(view, own, home)
    rule = rule_form.read_rule(sent, words) if posted else fields(own.get("rule"))
    excuse = (
        rule_form.read_rule(sent, words, "x")
        if posted
        else fields(fields(own.get("excused_when")).get("rule"))
    )
    context: dict[str, Any] = {
        "code": code,
        "home": home,
        "sent": shown,
        "seen": seen,
        "faults": faults,
        "wrong": wrong(faults) if faults else _problems(view, compiled, home, code) if not posted else {},
        "box": rule_form.box_of(rule, words),
        "excuse": rule_form.box_of(excuse, words, "x"),
        "sectors": [
            (name, each.name.in_(visit.language), f"nganh.{name}" in shown)
            for name, each in compiled.book.sectors.items()
        ],
        "trusts": choices(_TRUST),
        "resources": choices(_RESOURCE, blank=True),
        "measures": sorted({each.name.in_(visit.language) for each in words.measures.values()}),
        "cases": _cases(compiled, code),
    }
    return page(visit, view, "indicator", context, status)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def _cases(compiled: Compiled, code: str) -> list[str]:
    """The cases at the edges of the indicator as it is saved, as sentences."""
    made = [case.sentence for case in compiled.made if case.expect[0][0] == code]
    return made[:_MOST_CHECKED]


def _shown(view: DraftView, own: Plain, home: str) -> dict[str, str]:
    text, left = fields(own.get("text")), fields(own.get("delegated_to"))
    excuse, told_ = fields(own.get("excused_when")), fields(own.get("provenance"))
    sent = {
        "code": str(own.get("code", "")) or _next_code(view, home),
        "text": str(text.get("vi", "")),
        "text_en": "" if text.get("en") == text.get("vi") else str(text.get("en", "")),
        "clause": str(own.get("clause", "")),
        "resource": str(own.get("resource", "")),
        "delegated_to": str(left.get("vi", "")),
        "trust_text": str(told_.get("text", "recalled")),
        "trust": str(told_.get("threshold", "recalled")),
        "note": text_of(told_.get("note")),
        "excused": "1" if excuse else "",
        "excuse_text": text_of(excuse.get("text")),
    }
    return sent | {f"nganh.{code}": "1" for code in items(own.get("sector"))}


def _next_code(view: DraftView, home: str) -> str:
    if home == CONDITIONS:
        return f"DK{len(items(head_of(view.content).get('prerequisites'))) + 1}"
    among = items((editing.criterion_of(view.content, home) or {}).get("indicators"))
    return f"{home}.{len(among) + 1}"


def _read(view: DraftView, own: Plain, sent: dict[str, str], words: rule_form.Vocabulary) -> Plain:
    """The entries of the indicator as they were typed."""
    code = sent.get("code", "").strip()
    if not code:
        raise Refusal(Fault(_("Hãy ghi số của chỉ tiêu, ví dụ 4.2."), "code"))
    told_: Plain = {**fields(own.get("provenance"))}
    told_ |= {"text": sent.get("trust_text", "recalled"), "threshold": sent.get("trust", "recalled")}
    note = sent.get("note", "").strip()
    if note != text_of(told_.get("note")):
        told_["note"] = both(note, "") if note else None
    sectors = [name.removeprefix("nganh.") for name in sent if name.startswith("nganh.")]
    left = sent.get("delegated_to", "").strip()
    values: Plain = {
        "code": code,
        "text": both(sent.get("text", ""), sent.get("text_en", "")),
        "sector": sectors or None,
        "resource": sent.get("resource") or None,
        "clause": sent.get("clause", "").strip() or None,
        "provenance": told_,
        "delegated_to": _same_or(own.get("delegated_to"), left),
        "excused_when": None,
        "rule": rule_form.read_rule(sent, words),
    }
    if sent.get("excused"):
        before = fields(own.get("excused_when"))
        values["excused_when"] = {
            **before,
            "text": _same_or(before.get("text"), sent.get("excuse_text", "").strip()) or both("", ""),
            "provenance": before.get("provenance", "recalled"),
            "rule": rule_form.read_rule(sent, words, "x"),
        }
    return values


def _same_or(before: Any, typed: str) -> Plain | None:
    """The words as they were, English and all, when nobody typed others."""
    if not typed:
        return None
    return fields(before) if text_of(before) == typed else both(typed, "")

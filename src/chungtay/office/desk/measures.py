"""The measures a draft may ask for: finding one, defining a new one."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk.common import choices, draft_for, page, save, told, wrong
from chungtay.office.desk.rule_form import both
from chungtay.standards.desk import editing
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.content import Plain, fields
from rulebook import Bad, Measure
from rulebook.loading.measures import read_measure
from rulebook.loading.tree import Node
from viet.letters import fold

KINDS = {
    "percent": gettext_lazy("tỷ lệ phần trăm"),
    "count": gettext_lazy("số đếm"),
    "number": gettext_lazy("con số"),
    "money": gettext_lazy("tiền"),
    "flag": gettext_lazy("có hay không"),
    "grade": gettext_lazy("xếp loại"),
}
_MOST = 40


@for_officers
def measures(visit: Visit, draft_id: int) -> HttpResponse:
    """Search among the measures in use, and the form of a new one."""
    view = draft_for(visit, draft_id)
    book = desk.compiled(view).book
    wanted = visit.request.GET.get("tim", "").strip()
    found = _search(list(book.measures.values()), wanted)
    sent = visit.request.POST.dict()
    faults: list[Fault] = []
    status, seen = 200, view.number
    if visit.request.method == "POST":
        try:
            measure = _read(sent, set(book.measures))
            save(visit, view, editing.put_measure(measure), lambda content: None)
            messages.success(visit.request, _("Đã thêm số đo “%(name)s”.") % {"name": measure["name"]["vi"]})
            return redirect("office:draft_measures", draft_id=draft_id)
        except Refusal as refused:
            faults, status, seen = told(refused, view)
    own = {str(fields(each).get("code")) for each in view.content["measures"]}
    context: dict[str, Any] = {
        "wanted": wanted,
        "found": [
            {"measure": each, "kind": KINDS[each.kind.value], "own": each.code in own}
            for each in found[:_MOST]
        ],
        "more": max(0, len(found) - _MOST),
        "sent": sent,
        "seen": seen,
        "faults": faults,
        "wrong": wrong(faults),
        "kinds": choices(KINDS, blank=True),
    }
    return page(visit, view, "measures", context, status)


def _search(known: list[Measure], wanted: str) -> list[Measure]:
    """Those whose names hold every word, whatever the marks; all when nothing is asked."""
    words = fold(wanted).split()
    named = [(fold(f"{each.name.vi} {each.name.en} {each.code}"), each) for each in known]
    return sorted(
        (each for text, each in named if all(word in text for word in words)),
        key=lambda each: fold(each.name.vi),
    )


def _read(sent: dict[str, str], known: set[str]) -> Plain:
    """The definition that was typed; a Refusal with every fault in it."""

    def of(name: str) -> str:
        return sent.get(name, "").strip()

    faults = [
        Fault(sentence, name)
        for name, sentence in (
            ("name", _("Hãy ghi tên số đo.")),
            ("kind", _("Hãy chọn loại số đo.")),
        )
        if not of(name)
    ]
    if of("kind") in ("percent", "count", "number", "money") and not of("unit"):
        faults.append(Fault(_("Hãy ghi đơn vị, ví dụ “camera”, “triệu đồng”."), "unit"))
    if of("kind") == "grade" and not of("grades"):
        faults.append(Fault(_("Hãy ghi các mức, mỗi mức một dòng, mức thấp viết trước."), "grades"))
    code = of("code") or re.sub(r"[^a-z0-9]+", "_", fold(of("name_en") or of("name"))).strip("_")[:70]
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,79}", code):
        faults.append(
            Fault(_("Mã chỉ gồm chữ thường không dấu, chữ số, gạch dưới, bắt đầu bằng chữ."), "code")
        )
    elif code in known:
        faults.append(
            Fault(
                _("Đã có số đo mã “%(code)s”. Hãy dùng số đo đó, hoặc ghi mã khác.") % {"code": code}, "code"
            )
        )
    if faults:
        raise Refusal(*faults)
    plain: Plain = {"code": code, "name": both(of("name"), of("name_en")), "kind": of("kind")}
    if of("unit"):
        plain["unit"] = both(of("unit"), of("unit_en"))
    if of("of") and of("kind") == "percent":
        plain["of"] = both(of("of"), "")
    if of("decimals"):
        plain["decimals"] = of("decimals")
    if of("kind") == "grade":
        lines = [line.strip() for line in of("grades").splitlines() if line.strip()]
        plain["grades"] = [
            {"code": re.sub(r"[^a-z0-9]+", "_", fold(line)), **both(line, "")} for line in lines
        ]
    if of("per"):
        plain["per"] = "sex"
    try:
        read_measure(Node.from_plain(plain, "measure"))
    except Bad as bad:
        raise Refusal(*(Fault(f"{each.what}. {each.mend}", "decimals") for each in bad.problems)) from None
    return plain

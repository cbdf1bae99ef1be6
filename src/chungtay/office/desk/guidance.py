"""Guidance documents on the law: adding one, its file, no longer following one."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers, refusal_of, status_of
from chungtay.office.desk.common import wrong
from chungtay.office.desk.drafts import attachment, sent_file
from chungtay.standards import queries as standards
from chungtay.standards.desk import files, guidance, policies
from chungtay.territory import queries as territory
from viet.dates import DateProblem, parse_day

_NAMES = ("indicator", "number", "issuer", "issued_on", "text", "uid")


@for_officers
def add(visit: Visit, code: str) -> HttpResponse:
    """The form of a guidance document, and keeping it."""
    law = standards.adopted(code).standard
    place_id = visit.by.place_id or territory.nation().id
    sent = {name: visit.request.POST.get(name, visit.request.GET.get(name, "")).strip() for name in _NAMES}
    faults: list[Fault] = []
    status = 200
    if visit.request.method == "POST":
        try:
            _add(visit, code, place_id, sent)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults, status = list(refused.faults), status_of(refused)
        else:
            messages.success(
                visit.request, _("Đã thêm văn bản hướng dẫn %(number)s.") % {"number": sent["number"]}
            )
            return redirect("office:standard", code=code)
    told = [("", _("Cả bộ tiêu chí"))]
    told += [(each.code, f"{each.code}. {each.text.in_(visit.language)}") for each in law.indicators]
    context: dict[str, Any] = {
        "code": code,
        "name": law.name.in_(visit.language),
        "sent": sent | {"uid": sent["uid"] or str(uuid.uuid4())},
        "indicators": told,
        "faults": faults,
        "wrong": wrong(faults),
        "refusal": refusal_of(lambda: policies.check_whose(visit.by, "draft", place_id)),
    }
    return visit.page("office/desk/guidance.html", context, status)


def _add(visit: Visit, code: str, place_id: int, sent: dict[str, str]) -> None:
    issued_on: date | None = None
    faults: list[Fault] = []
    if sent["issued_on"]:
        try:
            issued_on = parse_day(sent["issued_on"])
        except DateProblem as problem:
            faults.append(Fault(str(problem), "issued_on"))
    name, data = "", b""
    if visit.request.FILES.get("file"):
        name, data = sent_file(visit, files.MAX_BYTES)
    if faults:
        raise Refusal(*faults)
    try:
        uid = uuid.UUID(sent["uid"])
    except ValueError:
        uid = uuid.uuid4()
    guidance.add(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        code=code,
        indicator=sent["indicator"],
        number=sent["number"],
        issuer=sent["issuer"],
        issued_on=issued_on,
        uid=uid,
        text=sent["text"],
        file_name=name,
        data=data,
    )


@for_officers
def document(visit: Visit, guidance_id: int) -> HttpResponse:
    """The file of a document, to be saved; never shown in the page."""
    view, data = guidance.document(guidance_id)
    return attachment(view.file_name, data, view.kind)


@for_officers
def withdraw(visit: Visit, guidance_id: int) -> HttpResponse:
    """A document is no longer followed."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    code = guidance.withdraw(by=visit.by, at=visit.now, guidance_id=guidance_id)
    messages.success(visit.request, _("Đã thôi áp dụng văn bản hướng dẫn."))
    return redirect("office:standard", code=code)

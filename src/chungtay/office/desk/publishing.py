"""Publishing a draft, ending a published version, and files of published versions."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers, refusal_of, status_of
from chungtay.office.desk.common import draft_for, page, seen_of, wrong
from chungtay.office.desk.drafts import attachment
from chungtay.office.laws import whose_law
from chungtay.standards import queries as standards
from chungtay.standards.desk import actions, beginning, carrying, checks, policies, publishing
from chungtay.standards.desk import queries as desk
from viet.dates import DateProblem, parse_day


@for_officers
def publish(visit: Visit, draft_id: int) -> HttpResponse:
    """Every reason why not, each with what to do; and the deed."""
    view = draft_for(visit, draft_id)
    standard = desk.compiled(view).standard
    former = publishing.former_of(view, standard)
    ends = former is not None and bool(
        visit.request.POST.get("end_former", visit.request.GET.get("end_former"))
    )
    faults: list[Fault] = []
    status = 200
    if visit.request.method == "POST":
        try:
            version = publishing.publish(
                by=visit.by, at=visit.now, draft_id=draft_id, seen=seen_of(visit), end_former=ends
            )
        except Refusal as refused:
            faults, status = list(refused.faults), status_of(refused)
            if isinstance(refused, NotPermitted):
                raise
        else:
            text = _("Đã ban hành %(name)s, phiên bản %(version)s. Từ nay nội dung không đổi được nữa.")
            label = standards.as_view(version)
            messages.success(visit.request, text % {"name": version.name_vi, "version": label.label})
            path = reverse("office:standard", kwargs={"code": version.code})
            return redirect(f"{path}?phien-ban={label.label}")
    rows = checks.figure_rows(view, visit.by)
    context: dict[str, Any] = {
        "faults": faults,
        "reasons": publishing.reasons_not(view, visit.by, end_former=True) if view.is_open else [],
        "former": former,
        "former_days": publishing.days(former.in_force_from, former.in_force_to) if former else "",
        "ends": ends,
        "standard": standard,
        "days": publishing.days(standard.in_force.start, standard.in_force.end) if standard else "",
        "name": standard.name.in_(visit.language) if standard else view.name,
        "figures": len(rows),
        "compared": sum(row.is_compared for row in rows),
        "posts": sorted({each.by_label for each in desk.history(draft_id)}),
    }
    return page(visit, view, "publish", context, status)


@for_officers
def export(visit: Visit, code: str) -> HttpResponse:
    """A published version as the YAML files of law/. `phien-ban`: which."""
    adopted = standards.adopted(code, version=visit.request.GET.get("phien-ban", ""))
    name, data = carrying.export_adopted(adopted.view.id)
    return attachment(name, data, "application/zip")


@for_officers
def end(visit: Visit, code: str) -> HttpResponse:
    """The form that ends a published version: a draft of its own, to be compared and published by a second person."""
    adopted = standards.adopted(code, version=visit.request.GET.get("phien-ban", ""))
    place_id = whose_law(adopted.view)
    if place_id is None:
        raise Refusal(_("Tỉnh ban hành bộ này không còn. Hãy báo Văn phòng Điều phối Trung ương."))
    sent = {name: visit.request.POST.get(name, "").strip() for name in ("on", "number", "part", "uid")}
    faults: list[Fault] = []
    status = 200
    if visit.request.method == "POST":
        try:
            return redirect("office:draft", draft_id=_end(visit, adopted.view.id, place_id, sent))
        except Refusal as refused:
            if isinstance(refused, NotPermitted):
                raise
            faults, status = list(refused.faults), status_of(refused)
    context = {
        "view": adopted.view,
        "name": adopted.standard.name.in_(visit.language),
        "days": publishing.days(adopted.view.in_force_from, adopted.view.in_force_to),
        "sent": sent | {"uid": sent["uid"] or str(uuid.uuid4())},
        "faults": faults,
        "wrong": wrong(faults),
        "refusal": refusal_of(lambda: policies.check_whose(visit.by, "draft", place_id)),
    }
    return visit.page("office/desk/end.html", context, status)


def _end(visit: Visit, version_id: int, place_id: int, sent: dict[str, str]) -> int:
    try:
        on = parse_day(sent["on"])
    except DateProblem as problem:
        raise Refusal(Fault(str(problem), "on")) from None
    content = beginning.to_end(version_id, on=on, number=sent["number"], part=sent["part"])
    overlay = "+" in str(content["standard"]["version"])
    if overlay:
        raise Refusal(
            _(
                "Mức tỉnh bổ sung hết hiệu lực cùng bộ gốc, hoặc khi có bản bổ sung mới. Hãy bắt đầu bản bổ sung mới."
            )
        )
    try:
        uid = uuid.UUID(sent["uid"])
    except ValueError:
        uid = uuid.uuid4()
    return actions.begin(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        content=content,
        begun_as="ending",
        base_id=version_id,
        uid=uid,
    )

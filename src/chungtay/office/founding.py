"""Adding a hamlet or a cluster of houses below a commune or hamlet."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.people.policies import check_acts_for
from chungtay.territory import actions
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from viet.dates import DateProblem, parse_day

# What people call a place below the commune, and which level it stands on.
KINDS = {
    "thôn": "hamlet",
    "xóm": "hamlet",
    "bản": "hamlet",
    "ấp": "hamlet",
    "buôn": "hamlet",
    "khu phố": "hamlet",
    "tổ dân phố": "hamlet",
    "khu dân cư": "area",
    "cụm dân cư": "area",
}
_NAMES = ("name", "kind", "from", "instrument", "uid")


@for_officers
def add(visit: Visit, place_id: int) -> HttpResponse:
    """The form, and adding the place."""
    parent = territory.latest(place_id)
    sent = {name: visit.request.POST.get(name, "").strip() for name in _NAMES}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            check_acts_for(visit.by, "territory.found", place_id)
            founded = _found(visit, parent, sent)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã thêm %(place)s.") % {"place": founded.full_name})
            return redirect("office:place", place_id=founded.id)
    context: dict[str, Any] = {
        "place": parent,
        "above": territory.ancestors(place_id, visit.today) if parent.ended is None else (),
        "sent": sent | {"uid": sent["uid"] or str(uuid.uuid4())},
        "kinds": [("", _("— chưa chọn")), *((kind, kind) for kind in KINDS)],
        "faults": faults,
        "wrong": {name: [f.sentence for f in faults if f.field == name] for name in _NAMES},
        "refusal": visit.refusal("territory.found", place_id),
    }
    return visit.page("office/add_place.html", context, 422 if faults else 200)


def _found(visit: Visit, parent: PlaceView, sent: dict[str, str]) -> PlaceView:
    faults: list[Fault] = []
    if sent["kind"] not in KINDS:
        faults.append(Fault(_("Hãy chọn loại: thôn, xóm, bản…"), "kind"))
    if not sent["name"]:
        faults.append(Fault(_("Hãy ghi tên của nơi cần thêm."), "name"))
    day: date | None = None
    try:
        day = parse_day(sent["from"]) if sent["from"] else None
    except DateProblem as problem:
        faults.append(Fault(problem_words(problem), "from"))
    try:
        uid = uuid.UUID(sent["uid"])
    except ValueError:
        uid = uuid.uuid4()
    if faults:
        raise Refusal(*faults)
    return actions.found_place(
        name=sent["name"],
        kind=sent["kind"],
        level=KINDS[sent["kind"]],
        parent=parent.id,
        valid_from=day,
        by=visit.by,
        at=visit.now,
        instrument=sent["instrument"][:300],
        source=visit.by.label,
        uid=uid,
    )

"""Beginning a draft: from nothing, from another set, as a next version, as a province's part, or from a file."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers, refusal_of, status_of
from chungtay.office.desk.common import LEVELS, choices, wrong
from chungtay.office.desk.drafts import sent_file
from chungtay.standards import queries as standards
from chungtay.standards.desk import actions, beginning, carrying, policies
from chungtay.standards.desk.content import Content
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

_NAMES = ("as", "name", "code", "level", "base", "version", "uid")


@for_officers
def begin(visit: Visit) -> HttpResponse:
    """The form with its five ways, and beginning."""
    place = _whose(visit)
    known = _versions(place)
    sent = {name: visit.request.POST.get(name, visit.request.GET.get(name, "")).strip() for name in _NAMES}
    faults: list[Fault] = []
    status = 200
    if visit.request.method == "POST":
        try:
            return redirect("office:draft", draft_id=_begin(visit, place, known, sent))
        except NotPermitted:
            raise
        except Refusal as refused:
            faults, status = list(refused.faults), status_of(refused)
    is_province = place.level == "province"
    ways = [
        ("nothing", _("Từ đầu")),
        ("copy", _("Chép một bộ đã có")),
        ("amendment", _("Phiên bản mới của một bộ đã ban hành")),
        ("import", _("Từ tệp YAML hoặc .zip")),
    ]
    if is_province:
        ways.insert(3, ("overlay", _("Mức tỉnh bổ sung vào bộ của Trung ương")))
    context: dict[str, Any] = {
        "place": place,
        "ways": ways,
        "sent": sent | {"as": sent["as"] or "nothing", "uid": sent["uid"] or str(uuid.uuid4())},
        "levels": choices(LEVELS, blank=True),
        "bases": [("", _("— chưa chọn")), *((str(each.id), _label(each, visit.language)) for each in known)],
        "faults": faults,
        "wrong": wrong(faults),
        "refusal": refusal_of(lambda: policies.check_whose(visit.by, "draft", place.id)),
    }
    return visit.page("office/desk/begin.html", context, status)


def _whose(visit: Visit) -> PlaceView:
    """Whose law one writes: that of one's own province, else the nation's."""
    if visit.by.place_id is None:
        return territory.nation()
    return territory.latest(visit.by.place_id)


def _versions(place: PlaceView) -> list[VersionView]:
    own = place.code if place.level == "province" else ""
    return [each for each in standards.versions() if not each.province or each.province == own]


def _label(version: VersionView, language: str) -> str:
    return f"{version.name.in_(language)} ({version.label})"


def _begin(visit: Visit, place: PlaceView, known: list[VersionView], sent: dict[str, str]) -> int:
    kind, base_id = "standard", None
    code = place.code if place.level == "province" else ""
    if sent["as"] == "nothing":
        if sent["level"] not in LEVELS:
            raise Refusal(Fault(_("Hãy chọn bộ tiêu chí dùng cho cấp nào."), "level"))
        name = sent["code"] or beginning.code_of(sent["name"])
        content: Content = beginning.from_nothing(
            code=name, name=sent["name"], level=sent["level"], province=code
        )
    elif sent["as"] == "import":
        file, data = sent_file(visit)
        kind, content = carrying.read_upload(file, data)
        if kind == "overlay":
            wanted = content["overlay"].get("overlay")
            base_id = next((each.id for each in known if each.code == wanted and not each.province), None)
    else:
        base_id = next((each.id for each in known if str(each.id) == sent["base"]), None)
        if base_id is None:
            raise Refusal(Fault(_("Hãy chọn bộ tiêu chí để bắt đầu từ đó."), "base"))
        content, kind = _from_base(base_id, code, sent)
    return actions.begin(
        by=visit.by,
        at=visit.now,
        place_id=place.id,
        content=content,
        kind=kind,
        begun_as=sent["as"],
        base_id=base_id,
        uid=_uid(sent["uid"]),
    )


def _from_base(base_id: int, province: str, sent: dict[str, str]) -> tuple[Content, str]:
    if sent["as"] == "copy":
        name = sent["code"] or beginning.code_of(sent["name"])
        return beginning.from_copy(base_id, code=name, name=sent["name"], province=province), "standard"
    if not sent["version"]:
        raise Refusal(
            Fault(_("Hãy đặt số phiên bản, thường là ngày ký văn bản, ví dụ 2026-01-15."), "version")
        )
    if sent["as"] == "overlay":
        return beginning.of_province(base_id, province=province, version=sent["version"]), "overlay"
    if sent["as"] == "amendment":
        return beginning.from_former(base_id, version=sent["version"]), "standard"
    raise Refusal(Fault(_("Hãy chọn bắt đầu từ đâu."), "as"))


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()

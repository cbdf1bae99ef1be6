"""The contents a draft begins with: nothing, another set, the next version of one, its end, or a province's part."""

import re
from copy import deepcopy
from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.standards import queries as standards
from chungtay.standards.desk.checks import content_of
from chungtay.standards.desk.content import Content, Plain, blank
from viet.letters import fold

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def from_nothing(*, code: str, name: str, level: str, province: str) -> Content:
    """A set of which only the name and the level are known. province: its code, "" for the whole country."""
    _check_new(code, name)
    return blank(code=code, name=name.strip(), level=level, province=province)


def from_copy(version_id: int, *, code: str, name: str, province: str) -> Content:
    """Another set with everything in it, under a name of its own: what was confirmed there is not confirmed here."""
    _check_new(code, name)
    content = _content(version_id)
    head = content["standard"]
    head |= {"standard": code, "version": "1", "name": {"vi": name.strip(), "en": name.strip()}}
    head |= {"in_force": _days(), "instruments": [], "amendments": []}
    head.pop("province", None)
    if province:
        head["province"] = province
    return content


def from_former(version_id: int, *, version: str) -> Content:
    """The next version of a set: the same until it is amended, its first day still to be told."""
    content = _content(version_id)
    if any(
        each.version == version.strip() for each in standards.versions(code=content["standard"]["standard"])
    ):
        raise Refusal(
            Fault(
                _("Đã có phiên bản “%(version)s”. Hãy đặt số phiên bản khác.") % {"version": version.strip()},
                "version",
            )
        )
    content["standard"] |= {"version": version.strip(), "in_force": _days()}
    return content


def to_end(version_id: int, *, on: date, number: str, part: str = "") -> Content:
    """A published version with its last day: from `on` it is no longer in force, by the document `number`."""
    content = _content(version_id)
    head = content["standard"]
    start = standards.by_id(version_id).standard.in_force.start
    if not number.strip():
        raise Refusal(Fault(_("Hãy ghi số, ký hiệu văn bản cho hết hiệu lực."), "number"))
    if start is not None and on <= start:
        raise Refusal(Fault(_("Ngày hết hiệu lực phải sau ngày bắt đầu có hiệu lực."), "on"))
    key = instrument_id(number)
    head["in_force"] = {**head["in_force"], "to": on.isoformat()}
    role = {"vi": part or "cho hết hiệu lực", "en": "ends it"}
    head["instruments"] = [*head.get("instruments", []), {"id": key, "part": role}]
    content["instruments"].append({"id": key, "number": number.strip()})
    return content


def of_province(version_id: int, *, province: str, version: str) -> Content:
    """What a province fills in of a national set: no values yet."""
    base = standards.by_id(version_id)
    overlay: Plain = {
        "overlay": base.view.code,
        "province": province,
        "version": version.strip(),
        "in_force": _days(),
        "instruments": [],
        "fills": [],
    }
    return {"overlay": overlay, "measures": [], "instruments": []}


def instrument_id(number: str) -> str:
    """The id of a legal document from its number: "51/2025/QĐ-TTg" → "51-2025-qd-ttg"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(number)).strip("-")[:60] or "van-ban"


def code_of(name: str) -> str:
    """A code for a set called `name`, where nobody gave one."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80]


def _days() -> Plain:
    return {"from": "", "to": "open", "provenance": "recalled"}


def _content(version_id: int) -> Content:
    return deepcopy(content_of(standards.frozen_of(version_id)))


def _check_new(code: str, name: str) -> None:
    faults: list[Fault] = []
    if not name.strip():
        faults.append(Fault(_("Hãy ghi tên bộ tiêu chí."), "name"))
    if not _CODE.fullmatch(code):
        faults.append(
            Fault(_("Mã chỉ gồm chữ thường không dấu, chữ số và gạch nối, ví dụ thon-ntm-2026."), "code")
        )
    elif standards.versions(code=code):
        faults.append(
            Fault(
                _("Mã “%(code)s” đã có bộ tiêu chí. Hãy đặt mã khác, hoặc bắt đầu phiên bản mới của bộ đó.")
                % {"code": code},
                "code",
            )
        )
    if faults:
        raise Refusal(*faults)

"""The contents of a draft: the same plain tree as a folder of law/, as JSON. Every scalar is a text as in YAML.

    {"standard": {…standard.yaml…}, "criteria": [{…criteria/01-*.yaml…}, …], "cases": [{…}, …],
     "measures": [{…}], "instruments": [{"id": …, "number": …}]}

`measures` and `instruments`: only those the draft defines itself or cites. What a province fills in (kind
"overlay") has {"overlay": {…overlays/*.yaml…}} in place of the first three. A draft may hold anything incomplete:
what is wrong with it stands in `problems`, and only a sound one is published.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.hidden import shown
from chungtay.core.refusals import Refusal

Content = dict[str, Any]
Plain = dict[str, Any]

STANDARD, OVERLAY = "standard", "overlay"
_KEYS = {
    STANDARD: ("standard", "criteria", "cases", "measures", "instruments"),
    OVERLAY: ("overlay", "measures", "instruments"),
}
MAX_BYTES = 2_000_000
_CONTROL = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # not kept by YAML


def blank(*, code: str, name: str, level: str, province: str) -> Content:
    """A standard of which nothing is known yet but its name and level."""
    head: Plain = {
        "standard": code,
        "version": "1",
        "name": {"vi": name, "en": name},
        "title": {"vi": "", "en": ""},
        "level": level,
        "status": "law",
        "period": {"from": "", "to": "open"},
        "in_force": {"from": "", "to": "open", "provenance": "recalled"},
        "instruments": [],
        "counts": {"criteria": "0", "indicators": "0"},
    }
    if province:
        head["province"] = province
    return {"standard": head, "criteria": [], "cases": [], "measures": [], "instruments": []}


def tidy(content: Content, kind: str) -> Content:
    """The contents with every scalar a text, nothing missing and nothing foreign. A Refusal when it is too large."""
    unknown = set(content) - set(_KEYS[kind])
    if unknown:
        raise Refusal(
            _("Dự thảo có phần không dùng được: %(unknown)s. Hãy bỏ phần đó.")
            % {"unknown": ", ".join(sorted(unknown))}
        )
    tidied = {key: _plain(content.get(key, {} if key in (STANDARD, OVERLAY) else [])) for key in _KEYS[kind]}
    if kind == STANDARD:
        _count(tidied)
    if len(json.dumps(tidied, ensure_ascii=False).encode()) > MAX_BYTES:
        raise Refusal(
            _("Dự thảo quá lớn (hơn 2 MB). Không bộ tiêu chí nào dài thế; hãy xem lại nội dung vừa đưa vào.")
        )
    return tidied


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {clean(str(key)): _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        raise TypeError("a float is not an exact figure: hand over its text")
    return clean(str(value))


def clean(text: str) -> str:
    """A text without the characters that no database or YAML file keeps, and those that nobody sees."""
    return shown(_CONTROL.sub(" ", text))


def _count(content: Content) -> None:
    """The head says how many criteria and indicators there are; a person who types them should not have to count."""
    head, criteria = content["standard"], content["criteria"]
    counts = head.setdefault("counts", {})
    if not isinstance(counts, dict) or counts.get("provenance") in ("found", "recalled"):
        return  # what the law itself says of the number is compared with what was typed
    counts["criteria"] = str(len(criteria))
    unlisted = [str(each.get("unlisted", "0")) for each in criteria if isinstance(each, dict)]
    if any(not each.isdigit() for each in unlisted):
        counts["indicators"] = "unknown"
    else:
        counts["indicators"] = str(sum(1 for _ in indicators(content)) + sum(map(int, unlisted)))


def items(value: Any) -> list[Any]:
    """The list at a place of a tree that may hold anything."""
    return value if isinstance(value, list) else []


def fields(value: Any) -> Plain:
    """The mapping at a place of a tree that may hold anything."""
    return value if isinstance(value, dict) else {}


def text_of(value: Any) -> str:
    """The Vietnamese words of {vi, en}, or a scalar."""
    if isinstance(value, dict):
        return str(value.get("vi", ""))
    return value if isinstance(value, str) else ""


def indicators(content: Content) -> Iterator[tuple[Plain, Plain]]:
    """Every indicator with its criterion, in legal order."""
    for criterion in items(content.get("criteria")):
        for indicator in items(fields(criterion).get("indicators")):
            yield fields(criterion), fields(indicator)


def name_of(content: Content) -> str:
    """What the draft is called in lists."""
    if "overlay" in content:
        overlay = fields(content["overlay"])
        return f"{overlay.get('overlay', '')} {overlay.get('version', '')}".strip()
    return text_of(fields(content["standard"]).get("name"))

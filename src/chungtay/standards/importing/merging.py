"""The contents of a draft with an imported annex put in."""

from copy import deepcopy
from typing import Any

from chungtay.standards.annex import Imported
from chungtay.standards.desk.content import Content, Plain, fields, items, text_of
from viet.letters import fold


def put_in(content: Content, imported: Imported, *, whole: bool) -> Content:
    """whole: the annex takes the place of every criterion; else only of those with its numbers, the others stay.

    Groups are matched by name; the source is named once; new measures are added to the draft's own.
    """
    after = deepcopy(content)
    head = fields(after["standard"])
    groups = [] if whole else [fields(each) for each in items(head.get("groups"))]
    codes = _groups(groups, imported)
    criteria = [
        {**each, "group": codes[each["group"]]} if "group" in each else each for each in imported.criteria
    ]
    numbers = {each["criterion"]: each for each in criteria}
    if whole:
        after["criteria"] = criteria
    else:
        kept = [numbers.pop(str(fields(each).get("criterion")), each) for each in items(after["criteria"])]
        after["criteria"] = [*kept, *numbers.values()]
    if groups:
        head["groups"] = groups
    elif whole:
        head.pop("groups", None)
    sources = items(head.get("sources"))
    if imported.source["id"] not in [fields(each).get("id") for each in sources]:
        head["sources"] = [*sources, imported.source]
    known = {str(fields(each).get("code")) for each in items(after["measures"])}
    after["measures"] = [
        *items(after["measures"]),
        *(each for each in imported.measures if each["code"] not in known),
    ]
    return after


def _groups(groups: list[Plain], imported: Imported) -> dict[str, str]:
    """Codes of the imported groups in the draft; `groups` grows by those it does not know by name."""
    by_name = {fold(text_of(each.get("name"))): str(each.get("code")) for each in groups}
    taken = set(by_name.values())
    codes: dict[str, str] = {}
    for each in imported.groups:
        name = fold(text_of(each["name"]))
        if name not in by_name:
            code: Any = next(f"G{n}" for n in range(1, 1000) if f"G{n}" not in taken)
            taken.add(code)
            by_name[name] = code
            groups.append({"code": code, "name": each["name"]})
        codes[each["code"]] = by_name[name]
    return codes

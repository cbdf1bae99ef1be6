"""Changes of one part of a draft, for `actions.edit`. Each says in a few words what it did."""

from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.standards.desk.actions import Edit
from chungtay.standards.desk.content import Content, Plain, fields, items

CONDITIONS = "dk"  # where the prerequisites stand, in place of a criterion's number


def head_of(content: Content) -> Plain:
    """The head of a standard, or of what a province fills in."""
    return fields(content["overlay"] if "overlay" in content else content["standard"])


def criterion_of(content: Content, number: str) -> Plain | None:
    """The criterion with that number, None when there is none."""
    found = (fields(each) for each in items(content.get("criteria")))
    return next((each for each in found if str(each.get("criterion")) == number), None)


def indicators_in(content: Content, number: str) -> list[Any]:
    """The indicators of a criterion, or the conditions of the standard, as a list that may be changed."""
    if number == CONDITIONS:
        return head_of(content).setdefault("prerequisites", [])  # type: ignore[no-any-return]
    criterion = criterion_of(content, number)
    if criterion is None:
        raise Refusal(_gone(f"Tiêu chí {number}"))
    return criterion.setdefault("indicators", [])  # type: ignore[no-any-return]


def home_of(content: Content, code: str) -> str | None:
    """The number of the criterion an indicator stands under; `CONDITIONS` for a condition; None for no such one."""
    for number in (
        CONDITIONS,
        *(str(fields(each).get("criterion")) for each in items(content.get("criteria"))),
    ):
        if any(str(fields(each).get("code")) == code for each in _below(content, number)):
            return number
    return None


def indicator_of(content: Content, code: str) -> Plain | None:
    """The indicator or condition with that code, None when there is none."""
    home = home_of(content, code)
    if home is None:
        return None
    return next(fields(each) for each in _below(content, home) if str(fields(each).get("code")) == code)


def _below(content: Content, number: str) -> list[Any]:
    if number == CONDITIONS:
        return items(head_of(content).get("prerequisites"))
    return items((criterion_of(content, number) or {}).get("indicators"))


def _gone(what: str) -> str:
    return f"{what} không còn trong dự thảo; có người vừa bỏ hoặc đổi số. Hãy mở lại dự thảo."


def put_head(values: Plain, instruments: list[Plain] | None = None) -> Edit:
    """Write entries of the head; a value of None takes the entry away. instruments: those cited, with numbers."""

    def change(content: Content) -> str:
        head = head_of(content)
        for key, value in values.items():
            if value is None:
                head.pop(key, None)
            else:
                head[key] = value
        if instruments is not None:
            content["instruments"] = instruments
        return "sửa phần đầu"

    return change


def put_criterion(number: str, values: Plain) -> Edit:
    """Write a criterion's own entries, or add a criterion when `number` is ""."""

    def change(content: Content) -> str:
        own = criterion_of(content, number) if number else {}
        if own is None:
            raise Refusal(_gone(f"Tiêu chí {number}"))
        others = {
            str(fields(each).get("criterion")) for each in items(content["criteria"]) if each is not own
        }
        if values["criterion"] in others:
            raise Refusal(
                _("Đã có tiêu chí %(criterion)s. Hãy ghi số khác.") % {"criterion": values["criterion"]}
            )
        for key, value in values.items():
            if value is None:
                own.pop(key, None)
            else:
                own[key] = value
        if not number:
            own.setdefault("indicators", [])
            content["criteria"].append(own)
        return f"{'sửa' if number else 'thêm'} tiêu chí {values['criterion']}"

    return change


def put_indicator(home: str, code: str, values: Plain) -> Edit:
    """Write an indicator, or add one under criterion `home` when `code` is "". None takes an entry away."""

    def change(content: Content) -> str:
        own = indicator_of(content, code) if code else {}
        if own is None:
            raise Refusal(_gone(f"Chỉ tiêu {code}"))
        if values["code"] != code and home_of(content, values["code"]) is not None:
            raise Refusal(_("Đã có chỉ tiêu %(code)s. Hãy ghi số khác.") % {"code": values["code"]})
        for key, value in values.items():
            if value is None:
                own.pop(key, None)
            else:
                own[key] = value
        if not code:
            indicators_in(content, home).append(own)
        return f"{'sửa' if code else 'thêm'} chỉ tiêu {values['code']}"

    return change


def put_group(code: str, name: Plain) -> Edit:
    """Add a group of criteria, or name one anew."""

    def change(content: Content) -> str:
        groups = head_of(content).setdefault("groups", [])
        known = next((each for each in groups if fields(each).get("code") == code), None)
        if known is None:
            groups.append({"code": code, "name": name})
        else:
            known["name"] = name
        return f"{'sửa' if known else 'thêm'} nhóm {code}"

    return change


def put_measure(measure: Plain) -> Edit:
    """Define a measure of the draft's own."""

    def change(content: Content) -> str:
        own = items(content["measures"])
        if any(fields(each).get("code") == measure["code"] for each in own):
            raise Refusal(
                _("Dự thảo đã có số đo mã “%(code)s”. Hãy đặt mã khác.") % {"code": measure["code"]}
            )
        own.append(measure)
        return f"thêm số đo {measure['code']}"

    return change


def put_fills(fills: list[Plain]) -> Edit:
    """Write everything a province fills in."""

    def change(content: Content) -> str:
        head_of(content)["fills"] = fills
        return "ghi mức của tỉnh"

    return change


def remove(kind: str, key: str) -> Edit:
    """Take out a criterion, an indicator, a group or a measure of the draft's own."""

    def change(content: Content) -> str:
        among, place = _place(content, kind, key)
        del among[place]
        return f"bỏ {_WORDS[kind]} {key}"

    return change


def move(kind: str, key: str, step: int) -> Edit:
    """Move a criterion, or an indicator among those of its criterion, up (−1) or down (+1)."""

    def change(content: Content) -> str:
        among, place = _place(content, kind, key)
        to = place + step
        if 0 <= to < len(among):
            among[place], among[to] = among[to], among[place]
        return f"chuyển {_WORDS[kind]} {key} {'lên' if step < 0 else 'xuống'}"

    return change


_WORDS = {"criterion": "tiêu chí", "indicator": "chỉ tiêu", "group": "nhóm", "measure": "số đo"}


def _place(content: Content, kind: str, key: str) -> tuple[list[Any], int]:
    name = "criterion" if kind == "criterion" else "code"
    if kind == "indicator":
        home = home_of(content, key)
        among = indicators_in(content, home) if home else []
    else:
        owner = head_of(content) if kind == "group" else content
        among = items(owner.get({"criterion": "criteria", "group": "groups", "measure": "measures"}[kind]))
    for place, each in enumerate(among):
        if str(fields(each).get(name)) == key:
            return among, place
    raise Refusal(_gone(f"{_WORDS[kind].capitalize()} {key}"))

"""The states of a figure and the only ways from one to another. docs/states/figure.md is printed from this table.

A draft is working paper, kept apart until it is sent. From then on a figure is a row that never changes: its state is
that of the last step taken on it (`work_rows.FigureStep`), and a figure that a later one replaced is superseded.
"""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.refusals import Refusal


class State(models.TextChoices):
    """Where a figure stands on its way."""

    DRAFT = "draft", gettext_lazy("nháp")
    SUBMITTED = "submitted", gettext_lazy("đã gửi")
    RETURNED = "returned", gettext_lazy("bị trả lại")
    CONFIRMED = "confirmed", gettext_lazy("đã xác nhận")
    FROZEN = "frozen", gettext_lazy("đã chốt")
    SUPERSEDED = "superseded", gettext_lazy("đã được thay")


class Move(models.TextChoices):
    """What somebody does to a figure."""

    SUBMIT = "submit", gettext_lazy("gửi")
    CONFIRM = "confirm", gettext_lazy("xác nhận")
    RETURN = "return", gettext_lazy("trả lại")
    CORRECT = "correct", gettext_lazy("sửa bằng số mới")
    ADJUST = "adjust", gettext_lazy("điều chỉnh sau hạn")
    FREEZE = "freeze", gettext_lazy("chốt cùng kỳ")
    THAW = "thaw", gettext_lazy("mở cùng kỳ")


@dataclass(frozen=True)
class Transition:
    """One way from a state to another, and who takes it, in Vietnamese and English, for the printed table."""

    origin: State
    move: Move
    target: State
    who_vi: str
    who_en: str


_RECORDER = ("người ghi số liệu", "whoever records")
_OFFICE = (
    "nơi chịu trách nhiệm tiêu chí, không phải người đã ghi",
    "the office that answers, never who recorded",
)
_LOCKER = ("người xác nhận kỳ của địa bàn", "whoever confirms the place's period")
_OPENER = ("người mở lại kỳ, kèm lý do", "whoever opens the period again, with a reason")

TABLE: Final = (
    Transition(State.DRAFT, Move.SUBMIT, State.SUBMITTED, *_RECORDER),
    Transition(State.SUBMITTED, Move.CONFIRM, State.CONFIRMED, *_OFFICE),
    Transition(State.SUBMITTED, Move.RETURN, State.RETURNED, *_OFFICE),
    Transition(State.CONFIRMED, Move.RETURN, State.RETURNED, *_OFFICE),
    Transition(State.SUBMITTED, Move.CORRECT, State.SUPERSEDED, *_RECORDER),
    Transition(State.RETURNED, Move.CORRECT, State.SUPERSEDED, *_RECORDER),
    Transition(State.CONFIRMED, Move.CORRECT, State.SUPERSEDED, *_RECORDER),
    Transition(State.CONFIRMED, Move.FREEZE, State.FROZEN, *_LOCKER),
    Transition(State.FROZEN, Move.THAW, State.CONFIRMED, *_OPENER),
    Transition(State.FROZEN, Move.ADJUST, State.SUPERSEDED, *_RECORDER),
)
"""A figure sent after the cut-off in place of another that was not frozen is an adjustment too, marked so."""

COUNTING: Final = frozenset({State.SUBMITTED, State.CONFIRMED, State.FROZEN})
"""The states in which a figure is judged. A draft was never said; of a returned one its office says it is wrong."""


CHECKED: Final = frozenset({State.CONFIRMED, State.FROZEN})
"""The states in which another post than the recorder's stands behind a figure."""


def after(origin: str, move: Move) -> State:
    """The state that a move leads to. Refuses a move that the table does not have, and says what can be done."""
    for each in TABLE:
        if each.origin == origin and each.move == move:
            return each.target
    possible = [str(each.move.label) for each in TABLE if each.origin == origin]
    state = State(origin).label
    if not possible:
        raise Refusal(
            _("Số liệu này %(state)s nên không %(move)s được nữa.") % {"state": state, "move": move.label}
        )
    raise Refusal(
        _("Số liệu này %(state)s nên không %(move)s được. Việc làm được: %(possible)s.")
        % {"state": state, "move": move.label, "possible": ", ".join(possible)}
    )


def diagram() -> str:
    """The table as a page of documentation, with a Mermaid diagram."""
    lines = ["# Trạng thái của một số liệu", "", "In bằng `chungtay print_states`; đừng sửa tay.", ""]
    lines += ["```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {State.DRAFT.value}"]
    lines += [f"    {each.origin.value} --> {each.target.value}: {each.move.value}" for each in TABLE]
    lines += [f"    {State.SUPERSEDED.value} --> [*]", "```", ""]
    lines += ["| Từ | Việc | Thành | Ai | Who |", "|---|---|---|---|---|"]
    lines += [
        f"| {_word(each.origin)} | {_word(each.move)} | {_word(each.target)} | {each.who_vi} | {each.who_en} |"
        for each in TABLE
    ]
    counting = ", ".join(_word(state) for state in State if state in COUNTING)
    lines += ["", f"Được xét theo luật: {counting}. Những trạng thái khác không bao giờ được xét.", ""]
    return "\n".join(lines)


def _word(each: State | Move) -> str:
    return f"{each.label} (`{each.value}`)"

"""The states of a work and the only ways from one to another. docs/states/work.md is printed from this table.

A work's state is that of its last step (`models.Step`). What is written while building (diary, notes, payments, photos)
moves nothing; `WRITTEN_IN` says in which states it is written.
"""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.refusals import Refusal


class State(models.TextChoices):
    """Where a work stands."""

    NEED = "need", gettext_lazy("đề xuất")
    DECIDED = "decided", gettext_lazy("dân đã quyết")
    FILED = "filed", gettext_lazy("đã có hồ sơ")
    FUNDED = "funded", gettext_lazy("đã xếp nguồn vốn")
    CONTRACTED = "contracted", gettext_lazy("đã ký hợp đồng")
    BUILDING = "building", gettext_lazy("đang làm")
    STOPPED = "stopped", gettext_lazy("tạm dừng")
    ACCEPTED = "accepted", gettext_lazy("đã nghiệm thu")
    HANDED_OVER = "handed_over", gettext_lazy("đã bàn giao")
    SETTLED = "settled", gettext_lazy("đã quyết toán")
    KEPT = "kept", gettext_lazy("đang sử dụng, có người bảo trì")
    CANCELLED = "cancelled", gettext_lazy("không làm nữa")


class Move(models.TextChoices):
    """What somebody does to a work."""

    PROPOSE = "propose", gettext_lazy("đề xuất")
    ENTER = "enter", gettext_lazy("nhập công trình đã có")
    DECIDE = "decide", gettext_lazy("ghi quyết định của dân")
    FILE = "file", gettext_lazy("lập hồ sơ đơn giản")
    FUND = "fund", gettext_lazy("xếp nguồn vốn")
    CONTRACT = "contract", gettext_lazy("ký hợp đồng")
    START = "start", gettext_lazy("khởi công")
    STOP = "stop", gettext_lazy("tạm dừng")
    RESUME = "resume", gettext_lazy("làm tiếp")
    ACCEPT = "accept", gettext_lazy("nghiệm thu")
    HAND_OVER = "hand_over", gettext_lazy("bàn giao")
    SETTLE = "settle", gettext_lazy("quyết toán")
    UPKEEP = "upkeep", gettext_lazy("giao bảo trì")
    CANCEL = "cancel", gettext_lazy("thôi không làm")


class Writing(models.TextChoices):
    """What is written about a work without moving it."""

    DIARY = "diary", gettext_lazy("ghi nhật ký")
    NOTE = "note", gettext_lazy("ghi ý kiến giám sát")
    PAYMENT = "payment", gettext_lazy("ghi thanh toán")
    PROGRESS = "progress", gettext_lazy("ghi tiến độ được kể")


@dataclass(frozen=True)
class Transition:
    """One way from a state to another, and the permission of who takes it."""

    origin: State
    move: Move
    target: State
    permission: str


_BEFORE_BUILDING = (State.NEED, State.DECIDED, State.FILED, State.FUNDED, State.CONTRACTED)

TABLE: Final = (
    Transition(State.NEED, Move.DECIDE, State.DECIDED, "works.propose"),
    Transition(State.DECIDED, Move.FILE, State.FILED, "works.plan"),
    Transition(State.FILED, Move.FILE, State.FILED, "works.plan"),
    Transition(State.FUNDED, Move.FILE, State.FUNDED, "works.plan"),
    Transition(State.FILED, Move.FUND, State.FUNDED, "works.plan"),
    Transition(State.FUNDED, Move.FUND, State.FUNDED, "works.plan"),
    Transition(State.FUNDED, Move.CONTRACT, State.CONTRACTED, "works.plan"),
    Transition(State.CONTRACTED, Move.CONTRACT, State.CONTRACTED, "works.plan"),
    Transition(State.CONTRACTED, Move.FUND, State.CONTRACTED, "works.plan"),
    Transition(State.CONTRACTED, Move.START, State.BUILDING, "works.plan"),
    Transition(State.BUILDING, Move.FILE, State.BUILDING, "works.plan"),
    Transition(State.BUILDING, Move.FUND, State.BUILDING, "works.plan"),
    Transition(State.BUILDING, Move.CONTRACT, State.BUILDING, "works.plan"),
    Transition(State.BUILDING, Move.STOP, State.STOPPED, "works.plan"),
    Transition(State.STOPPED, Move.RESUME, State.BUILDING, "works.plan"),
    Transition(State.BUILDING, Move.ACCEPT, State.ACCEPTED, "works.accept"),
    Transition(State.ACCEPTED, Move.HAND_OVER, State.HANDED_OVER, "works.accept"),
    Transition(State.HANDED_OVER, Move.SETTLE, State.SETTLED, "works.settle"),
    Transition(State.SETTLED, Move.UPKEEP, State.KEPT, "works.settle"),
    Transition(State.KEPT, Move.UPKEEP, State.KEPT, "works.settle"),
    *(Transition(state, Move.CANCEL, State.CANCELLED, "works.plan") for state in _BEFORE_BUILDING),
    Transition(State.STOPPED, Move.CANCEL, State.CANCELLED, "works.plan"),
)
"""While building, a file, funding or contract is amended: the earlier one stays on record."""

STRIP: Final = (
    State.NEED,
    State.DECIDED,
    State.FILED,
    State.FUNDED,
    State.CONTRACTED,
    State.BUILDING,
    State.ACCEPTED,
    State.HANDED_OVER,
    State.SETTLED,
    State.KEPT,
)
"""The way of a work that is neither stopped nor cancelled, in order."""

OPEN: Final = (*_BEFORE_BUILDING, State.BUILDING, State.STOPPED)
BUILT: Final = (State.ACCEPTED, State.HANDED_OVER, State.SETTLED, State.KEPT)

WRITTEN_IN: Final = {
    Writing.DIARY: (State.BUILDING,),
    Writing.NOTE: (State.CONTRACTED, State.BUILDING, State.STOPPED, *BUILT),
    Writing.PAYMENT: (State.CONTRACTED, State.BUILDING, State.STOPPED, *BUILT, State.CANCELLED),
    Writing.PROGRESS: (State.CONTRACTED, State.BUILDING, State.STOPPED, *BUILT),
}

NEXT: Final = {
    State.NEED: Move.DECIDE,
    State.DECIDED: Move.FILE,
    State.FILED: Move.FUND,
    State.FUNDED: Move.CONTRACT,
    State.CONTRACTED: Move.START,
    State.BUILDING: Move.ACCEPT,
    State.STOPPED: Move.RESUME,
    State.ACCEPTED: Move.HAND_OVER,
    State.HANDED_OVER: Move.SETTLE,
    State.SETTLED: Move.UPKEEP,
}
"""What comes next in each state; a work that is kept or cancelled has no next."""

PERMISSION: Final[dict[str, str]] = {
    Move.PROPOSE: "works.propose",
    Move.ENTER: "works.enter_on_record",
    **{each.move.value: each.permission for each in TABLE},
    Writing.DIARY: "works.keep_diary",
    Writing.PROGRESS: "works.keep_diary",
    Writing.NOTE: "community.supervise",
    Writing.PAYMENT: "works.plan",
}


def after(origin: str, move: Move) -> State:
    """The state that a move leads to. Refuses a move that the table does not have, and says what can be done."""
    for each in TABLE:
        if each.origin == origin and each.move == move:
            return each.target
    possible = ", ".join(str(each.label) for each in moves_from(origin))
    told = {"state": State(origin).label, "move": move.label, "possible": possible}
    if not possible:
        raise Refusal(_("Công trình này ở bước “%(state)s” nên không %(move)s được nữa.") % told)
    raise Refusal(
        _("Công trình này ở bước “%(state)s” nên chưa %(move)s được. Việc làm được bây giờ: %(possible)s.")
        % told
    )


def check_written(state: str, writing: Writing) -> None:
    """Refuse to write in a state in which it is not written."""
    if state in WRITTEN_IN[writing]:
        return
    where = ", ".join(f"“{each.label}”" for each in WRITTEN_IN[writing])
    raise Refusal(
        _(
            "Công trình này ở bước “%(state)s” nên không %(writing)s được; "
            "chỉ %(writing)s khi công trình ở bước: %(where)s."
        )
        % {"state": State(state).label, "writing": writing.label, "where": where}
    )


def moves_from(origin: str) -> list[Move]:
    """What can be done to a work in a state, in the order of the table."""
    return [each.move for each in TABLE if each.origin == origin]


def diagram() -> str:
    """The table as a page of documentation, with a Mermaid diagram."""
    lines = ["# Trạng thái của một công trình", "", "In bằng `chungtay print_work_states`; đừng sửa tay.", ""]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.NEED.value}: {Move.PROPOSE.value}"]
    lines += [f"    {each.origin.value} --> {each.target.value}: {each.move.value}" for each in TABLE]
    lines += [f"    {State.CANCELLED.value} --> [*]", "```", ""]
    lines += ["Công trình đã có từ trước được nhập (`enter`) vào bước của nó theo giấy tờ.", ""]
    lines += ["| Từ | Việc | Thành | Quyền |", "|---|---|---|---|"]
    lines += [
        f"| {_word(each.origin)} | {_word(each.move)} | {_word(each.target)} | `{each.permission}` |"
        for each in TABLE
    ]
    lines += ["", "Ghi thêm mà không đổi bước:", ""]
    lines += [
        f"- {writing.label} (`{PERMISSION[writing]}`): {', '.join(str(state.label) for state in states)}"
        for writing, states in WRITTEN_IN.items()
    ]
    return "\n".join([*lines, ""])


def _word(each: State | Move) -> str:
    return f"{each.label} (`{each.value}`)"

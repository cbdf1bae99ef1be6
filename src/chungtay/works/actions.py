"""The deeds on works, each where it belongs: planning, building, closing, paying, entering, photographing."""

from chungtay.works.building import (
    add_point,
    cancel,
    link_board,
    note,
    resume,
    start,
    stop,
    strike_diary,
    tell_progress,
    write_diary,
)
from chungtay.works.closing import accept, hand_over, set_upkeep, settle
from chungtay.works.entering import enter_on_record
from chungtay.works.paying import pay, undo_payment
from chungtay.works.planning import contract, decide, file, fund, propose
from chungtay.works.policies import Line

__all__ = [
    "Line",
    "accept",
    "add_point",
    "cancel",
    "contract",
    "decide",
    "enter_on_record",
    "file",
    "fund",
    "hand_over",
    "link_board",
    "note",
    "pay",
    "propose",
    "resume",
    "set_upkeep",
    "settle",
    "start",
    "stop",
    "strike_diary",
    "tell_progress",
    "undo_payment",
    "write_diary",
]

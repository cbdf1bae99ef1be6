"""Every deed of this room, for those above."""

from chungtay.registers.livelihood.hanging import (
    add_household,
    add_member,
    add_members,
    end_household,
    end_member,
    rate,
    step,
    strike_diary,
    strike_rating,
    strike_step,
    write_diary,
)
from chungtay.registers.livelihood.keeping import close, correct, enter, strike
from chungtay.registers.livelihood.pushing import push

__all__ = [
    "add_household",
    "add_member",
    "add_members",
    "close",
    "correct",
    "end_household",
    "end_member",
    "enter",
    "push",
    "rate",
    "step",
    "strike",
    "strike_diary",
    "strike_rating",
    "strike_step",
    "write_diary",
]

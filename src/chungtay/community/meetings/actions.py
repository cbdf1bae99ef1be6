"""The deeds of a meeting, from the call to the minutes signed off. Ballots stand in `ballots`."""

from chungtay.community.meetings.calling import Matter, add_item, call, change_call
from chungtay.community.meetings.closing import close
from chungtay.community.meetings.entering import enter_on_record
from chungtay.community.meetings.holding import count_present, name_signatories, record_votes, take_roll

__all__ = [
    "Matter",
    "add_item",
    "call",
    "change_call",
    "close",
    "count_present",
    "enter_on_record",
    "name_signatories",
    "record_votes",
    "take_roll",
]

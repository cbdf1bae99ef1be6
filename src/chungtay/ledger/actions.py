"""The deeds of the ledger, each told where it stands."""

from chungtay.ledger.cash import close_month, move_money, pay_out, reconcile
from chungtay.ledger.erasing import erase_name
from chungtay.ledger.gifts import (
    Giver,
    Giving,
    LabourRow,
    Land,
    receive_cash,
    receive_goods,
    receive_labour,
    receive_land,
    register_land,
)
from chungtay.ledger.money import commit_money, disburse
from chungtay.ledger.purposes import allow_gifts, open_purpose
from chungtay.ledger.reversing import reverse, withdraw_told
from chungtay.ledger.told import Line, enter_opening, pledge, tell_total
from chungtay.ledger.valuing import revalue, set_valuation, value_unvalued

__all__ = [
    "Giver",
    "Giving",
    "LabourRow",
    "Land",
    "Line",
    "allow_gifts",
    "close_month",
    "commit_money",
    "disburse",
    "enter_opening",
    "erase_name",
    "move_money",
    "open_purpose",
    "pay_out",
    "pledge",
    "receive_cash",
    "receive_goods",
    "receive_labour",
    "receive_land",
    "reconcile",
    "register_land",
    "revalue",
    "reverse",
    "set_valuation",
    "tell_total",
    "value_unvalued",
    "withdraw_told",
]

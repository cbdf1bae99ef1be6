"""The deeds of the ledger, each told where it stands."""

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
from chungtay.ledger.valuing import revalue, set_valuation

__all__ = [
    "Giver",
    "Giving",
    "LabourRow",
    "Land",
    "allow_gifts",
    "commit_money",
    "disburse",
    "open_purpose",
    "receive_cash",
    "receive_goods",
    "receive_labour",
    "receive_land",
    "register_land",
    "revalue",
    "reverse",
    "set_valuation",
    "withdraw_told",
]

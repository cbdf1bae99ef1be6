"""The tables of recognition, gathered for Django from the rooms that own them."""

from chungtay.recognition.titles.models import (
    Alarm,
    Expiring,
    Review,
    Title,
    TitleEvent,
    ToldRank,
    WithdrawalCase,
)

__all__ = ["Alarm", "Expiring", "Review", "Title", "TitleEvent", "ToldRank", "WithdrawalCase"]

"""The tables of recognition, gathered for Django from the rooms that own them."""

from chungtay.recognition.rechecks.models import Recheck, RecheckDrawing, RecheckForm, RecheckSample
from chungtay.recognition.titles.models import Title

__all__ = ["Recheck", "RecheckDrawing", "RecheckForm", "RecheckSample", "Title"]

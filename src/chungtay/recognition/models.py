"""The tables of recognition, gathered for Django from the rooms that own them."""

from chungtay.recognition.titles.models import Title

__all__ = ["Title"]

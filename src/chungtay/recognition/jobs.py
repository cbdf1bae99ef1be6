"""The jobs of recognition, gathered for the worker from the rooms that own them."""

from chungtay.recognition.dossiers.jobs import remind_of_dossiers

__all__ = ["remind_of_dossiers"]

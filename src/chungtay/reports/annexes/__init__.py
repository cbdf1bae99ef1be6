"""Annex tables 01-10 of a report, filled from records, each cell with its "why"."""

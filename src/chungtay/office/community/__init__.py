"""Screens of households, meetings, outreach and what else people do together."""

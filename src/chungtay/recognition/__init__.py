"""Titles: the legal act, apart from whether a place meets the standard today.

So far only recognitions on record, from before the system. Knows nothing of screens.
"""

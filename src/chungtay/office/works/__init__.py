"""Screens of works, from the need to the upkeep."""

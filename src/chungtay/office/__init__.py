"""Screens for officers. A view reads input, asks one query or does one deed, and answers. No ORM, no verdicts here."""

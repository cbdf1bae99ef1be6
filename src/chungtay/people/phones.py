"""Telephone numbers as people write them: "0912 345 678", "+84 912.345.678", "84-912345678"."""

import re

_NUMBER = re.compile(r"(?:\+?84|0)(\d{8,10})")
_BETWEEN = re.compile(r"[\s.\-()]+")


def normal_phone(text: str) -> str:
    """The number with a leading 0 and digits only, "" when the text is no Vietnamese number."""
    found = _NUMBER.fullmatch(_BETWEEN.sub("", text))
    return f"0{found[1]}" if found else ""

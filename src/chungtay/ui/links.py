"""Addresses that may stand in a link: our own pages, the open web, mail. Never a script."""

import re

_SAFE = re.compile(r"(?:https?://|mailto:|/(?!/)|\?|#|\./)", re.IGNORECASE)


def safe_href(address: object) -> str:
    """`address` when it is one a link may carry, else nothing."""
    text = str(address or "").strip()
    return text if _SAFE.match(text) and "\\" not in text else ""

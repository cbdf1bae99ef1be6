"""The digest that shows whether a frozen assessment is still what it was."""

import hashlib
import json
from datetime import date
from typing import Any


def finding_digest(
    plain: dict[str, Any], standard_digest: str, *, place: str, figures_on: date, purpose: str
) -> str:
    """SHA-256 over the canonical JSON of what was frozen: the finding, the law, the place, the day and the purpose."""
    whole = {
        "finding": plain,
        "standard": standard_digest,
        "place": place,
        "figures_on": figures_on.isoformat(),
        "purpose": purpose,
    }
    canonical = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

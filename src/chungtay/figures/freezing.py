"""The digest that shows whether a frozen assessment is still what it was."""

import hashlib
import json
from typing import Any


def finding_digest(plain: dict[str, Any], standard_digest: str) -> str:
    """SHA-256 over the finding's canonical JSON together with the digest of the standard it was judged by."""
    whole = {"finding": plain, "standard": standard_digest}
    canonical = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

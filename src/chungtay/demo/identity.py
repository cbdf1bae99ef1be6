"""The same record of a story has the same id each time it is built."""

import uuid
from typing import Final

_NAMESPACE: Final = uuid.UUID("6c7fd6a2-9d1e-4f0e-8b8e-3f5e0d0f7a11")


def story_uid(*parts: str) -> uuid.UUID:
    """The id of a story's record: the same each time it is built."""
    return uuid.uuid5(_NAMESPACE, "/".join(parts))

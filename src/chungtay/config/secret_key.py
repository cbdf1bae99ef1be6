"""The keys of a machine that nobody has configured yet."""

import os
from pathlib import Path

from django.utils.crypto import get_random_string

LENGTH = 64


def read_or_make(path: Path) -> str:
    """The key kept in this file, made on first use. Of several starting at once the first one wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(get_random_string(LENGTH))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()

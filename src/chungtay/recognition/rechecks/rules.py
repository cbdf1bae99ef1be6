"""How large samples are and what still agrees, as this site has it: `law/rechecks.yaml`, read once."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from rulebook.loading.rechecks import read_rechecks
from rulebook.rechecking import Rechecks


@lru_cache(maxsize=1)
def law() -> Rechecks:
    return read_rechecks(Path(settings.LAW_DIR) / "rechecks.yaml")

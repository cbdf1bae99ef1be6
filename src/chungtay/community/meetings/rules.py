"""The rules of grassroots democracy as this site has them: `law/community.yaml`, read once."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from rulebook.democracy import Democracy
from rulebook.loading.democracy import read_democracy


@lru_cache(maxsize=1)
def democracy() -> Democracy:
    law, _cases = read_democracy(Path(settings.LAW_DIR) / "community.yaml")
    return law

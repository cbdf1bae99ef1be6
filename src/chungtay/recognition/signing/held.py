"""What became of a title since it was given: read from the room of titles, for certificates only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Ended:
    """A title that is held no more. on: since when. words: by what act."""

    on: date
    words: str


def ended_of(title_ids: Iterable[int], *, on: date) -> dict[int, Ended]:
    """Of those titles the ones that were ended by a day."""
    return {}

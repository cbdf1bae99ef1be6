"""What became of a title since it was given: read from the room of titles, for certificates only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.recognition.titles import queries as titles
from chungtay.recognition.titles.models import Became


@dataclass(frozen=True)
class Ended:
    """A title that is held no more. on: since when. words: by what act."""

    on: date
    words: str


def ended_of(title_ids: Iterable[int], *, on: date) -> dict[int, Ended]:
    """Of those titles the ones that were withdrawn or given up by a day. One query.

    A title acknowledged for a successor, or whose place is no more, is none of them: its certificate still says what
    was decided.
    """
    return {
        event.title_id: Ended(event.on, str(Became(event.kind).label))
        for event in titles.events_of(title_ids, by=on)
        if event.kind != Became.ACKNOWLEDGED
    }

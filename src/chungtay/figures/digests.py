"""What a post's work comes to on a day: what waits, what came back, what is late, what it has not seen."""

from dataclasses import dataclass
from datetime import date

from chungtay.core.actors import Actor
from chungtay.figures import talking, waiting
from chungtay.figures.queries import FigureView
from chungtay.figures.waiting import Late
from chungtay.people.roles import permits
from chungtay.territory import queries as territory

RETURNED = 10  # figures named one by one


@dataclass(frozen=True)
class Digest:
    """to_confirm: how many figures, `waiting.MANY` + 1 for more. returned: each with its place. unread: notices."""

    to_confirm: int
    returned: tuple[tuple[FigureView, str], ...]
    late: tuple[Late, ...]
    unread: int

    def __bool__(self) -> bool:
        return bool(self.to_confirm or self.returned or self.late or self.unread)


def digest_of(by: Actor, today: date) -> Digest:
    """In a number of queries that does not grow with what waits."""
    late: list[Late] = []
    if by.place_id is not None:
        late = waiting.late(by.place_id, territory.children(by.place_id, today), today)
    confirms, records = permits(by.role, "figures.confirm"), permits(by.role, "figures.record")
    returned = waiting.returned(by, limit=RETURNED) if records else []
    return Digest(
        to_confirm=waiting.count_up_to(waiting.to_confirm(by)) if confirms else 0,
        returned=tuple((figure, place) for figure, place, _step in returned),
        late=tuple(late),
        unread=talking.unread_of_any(by),
    )

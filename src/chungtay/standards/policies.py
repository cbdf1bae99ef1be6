"""What a post bound to one field of work may touch: only criteria of that field."""

from collections.abc import Iterable

from chungtay.core.actors import Actor
from chungtay.people.policies import check_in_sector
from chungtay.standards import queries
from chungtay.standards.queries import Adopted


def check_measures_in_sector(by: Actor, codes: Iterable[str]) -> None:
    """Refuse figures that no indicator of the post's own field asks for."""
    if by.sector:
        for sectors in queries.sectors_of_measures(codes).values():
            check_in_sector(by, sectors)


def check_part_in_sector(by: Actor, whole: Adopted, kind: str, code: str) -> None:
    """Refuse a verdict unless every indicator it is about is of the post's own field. kind: as of a stated verdict."""
    if by.sector:
        for sectors in queries.sectors_of_part(whole, kind, code):
            check_in_sector(by, sectors)

"""The few numbers of the law that these records are held against, from `law/community.yaml`, with the words of their
ground: a number that nobody has seen in a source says so in every sentence that leans on it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from chungtay.community.meetings.rules import democracy
from chungtay.core.language import language
from rulebook.democracy import Ground


@dataclass(frozen=True)
class Limit:
    """One number, its unit left to whoever asks. ground: the clause in the reader's language."""

    value: int
    ground: str


def limit(code: str) -> Limit:
    """How many there may or must be, a code of `limits`."""
    found = democracy().limits[code]
    return Limit(found.number, words_of(found.ground))


def days_of(code: str) -> Limit:
    """How many days something lasts or has, a code of `days`."""
    found = democracy().days[code]
    return Limit(found.days, words_of(found.ground))


def words_of(ground: Ground) -> str:
    """The clause, with a word where nobody has seen it in a source."""
    words = ground.clause.in_(language())
    return words if ground.provenance == "found" else _("%(clause)s, chưa xác nhận") % {"clause": words}

"""The law of making public as this site has it: `law/publishing.yaml`, read once."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.community.law_values import Limit, words_of
from chungtay.core.language import language
from rulebook.loading.publishing import read_publishing
from rulebook.publishing import Publishing


@lru_cache(maxsize=1)
def publishing() -> Publishing:
    return read_publishing(Path(settings.LAW_DIR) / "publishing.yaml")


def days_of(code: str) -> Limit:
    """How many days something lasts or has; the ground says where the number is only a sample."""
    found = publishing().days[code]
    if found.ground.provenance == "illustrative":
        clause = found.ground.clause.in_(language())
        return Limit(found.days, _("%(clause)s; số ngày là số mẫu") % {"clause": clause})
    return Limit(found.days, words_of(found.ground))


def least_days(channel: str) -> Limit | None:
    """How long something stays on a channel at least; None where the law names no length."""
    least = publishing().channels[channel].least
    return days_of(least.code) if least else None


def channel_words(channel: str) -> str:
    return publishing().channels[channel].name.in_(language())


def channels() -> list[tuple[str, str]]:
    """Codes and words, in the order of the law's file."""
    return [(code, channel_words(code)) for code in publishing().channels]

"""What anybody may do without an account, one address does not do without end: counted in the cache, for an hour."""

from typing import Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal

_HOUR: Final = 3600


def is_too_often(what: str, origin: str, most: int) -> bool:
    """Whether one address has now done it more than `most` times within the hour; each asking counts once."""
    key = f"often:{what}:{origin}"
    cache.add(key, 0, _HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        return False


def check_not_too_often(what: str, origin: str, most: int) -> None:
    """Refuse one address that sends or tries more than a person would. origin: "" is not counted."""
    if origin and is_too_often(what, origin, most):
        raise Refusal(
            _(
                "Từ nơi này vừa gửi nhiều lần. Hãy chờ một giờ rồi gửi tiếp, hoặc đến trực tiếp Uỷ ban nhân dân."
            )
        )

"""What anybody may do without an account, one address does not do without end: counted in the cache, for an hour."""

import time
from typing import Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal

_HOUR: Final = 3600


def is_too_often(what: str, origin: str, most: int) -> bool:
    """Whether one address has done it `most` times within the hour that its first began; if not, this once is counted.

    Beyond the bound an asking costs one look and is not written. What undoes a deed also undoes its count: whoever
    tries without succeeding is counted before the deed's transaction.
    """
    key, now = f"often:{what}:{origin}", int(time.time())
    done, until = cache.get(key, (0, 0))
    if until <= now:
        done, until = 0, now + _HOUR
    if done >= most:
        return True
    cache.set(key, (done + 1, until), until - now)
    return False


def check_not_too_often(what: str, origin: str, most: int) -> None:
    """Refuse one address that sends or tries more than a person would. origin: "" is not counted."""
    if origin and is_too_often(what, origin, most):
        raise Refusal(
            _(
                "Từ nơi này vừa gửi nhiều lần. Hãy chờ một giờ rồi gửi tiếp, hoặc đến trực tiếp Uỷ ban nhân dân."
            )
        )

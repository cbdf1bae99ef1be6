"""How often one address may ask what anybody may ask without an account."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chungtay.core.origin import address_of
from chungtay.core.refusals import Refusal

_HOUR: Final = 3600


def check_not_too_often(request: HttpRequest, what: str, most: int) -> None:
    """Refuse an address that asked for `what` more than `most` times within the hour. Counted in the cache."""
    key = f"recognition:{what}:{address_of(request)}"
    cache.add(key, 0, _HOUR)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two
        return
    if count > most:
        raise Refusal(
            _(
                "Từ nơi này vừa hỏi quá nhiều lần. Hãy chờ một giờ rồi thử lại, hoặc hỏi trực tiếp cơ quan cấp bằng."
            )
        )

"""How often one address may ask what anybody may ask without an account."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from chungtay.community.often import is_too_often
from chungtay.core.origin import address_of
from chungtay.core.refusals import Refusal


def check_not_too_often(request: HttpRequest, what: str, most: int) -> None:
    """Refuse an address that asked for `what` more than `most` times within the hour."""
    if is_too_often(f"recognition:{what}", address_of(request), most):
        raise Refusal(
            _(
                "Từ nơi này vừa hỏi quá nhiều lần. Hãy chờ một giờ rồi thử lại, hoặc hỏi trực tiếp cơ quan cấp bằng."
            )
        )

"""Core's own deeds ask whether an actor may do them; who may what is known by a package above.

`settings.CHECK_ACTS_FOR` names the function that answers: `people.policies.check_acts_for`.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from chungtay.core.actors import Actor


def check_acts_for(by: Actor, permission: str, place_id: int | None) -> None:
    """Raise NotPermitted unless `by` may do this at the place; None means the whole country."""
    import_string(settings.CHECK_ACTS_FOR)(by, permission, place_id)

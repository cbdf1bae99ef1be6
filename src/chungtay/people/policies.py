"""Whether a post may do a deed at a place. Whether the thing's state allows it, its own package says."""

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotPermitted
from chungtay.people import roles
from chungtay.territory import queries as territory


def check_acts_for(by: Actor, permission: str, place_id: int | None) -> None:
    """Refuse unless `by` holds the permission and its place is, or at any time held, the place.

    `place_id` None means the whole country, for which only a nationwide post may act.
    """
    post = roles.label_in_words(by.label)
    if not roles.permits(by.role, permission):
        raise NotPermitted(
            _("Chức danh “%(post)s” không được %(deed)s. %(who)s")
            % {"post": post, "deed": roles.PERMISSIONS[permission], "who": _who_may(permission)}
        )
    if by.role == roles.SYSTEM:
        return
    if permission in roles.ONLY_BELOW and place_id == by.place_id:
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” không được %(deed)s cho chính nơi mình phụ trách. "
                "Việc này do cấp trên trực tiếp làm."
            )
            % {"post": post, "deed": roles.PERMISSIONS[permission]}
        )
    if not _reaches(by, place_id):
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” chỉ được %(deed)s trong địa bàn mình phụ trách; nơi này nằm ngoài "
                "địa bàn đó. Hãy nhờ người có chức danh ở nơi này."
            )
            % {"post": post, "deed": roles.PERMISSIONS[permission]}
        )


def may_act_for(by: Actor, permission: str, place_id: int | None) -> bool:
    """Whether `check_acts_for` lets it pass."""
    try:
        check_acts_for(by, permission, place_id)
    except NotPermitted:
        return False
    return True


def _reaches(by: Actor, place_id: int | None) -> bool:
    if by.place_id is None:
        return True
    return place_id is not None and territory.contains(by.place_id, place_id)


def _who_may(permission: str) -> str:
    titles = roles.holders(permission)
    if not titles:
        return _("Việc này do người quản trị hệ thống làm.")
    return _("Người được làm: %(titles)s.") % {"titles": "; ".join(titles)}

"""Whether a post may do a deed at a place. Whether the thing's state allows it, its own package says.

Four questions, each refused in one sentence: does the kind of post do this and does its place reach there
(`check_acts_for`); is the thing in its field of work (`check_in_sector`); is it somebody else's work that is judged
(`check_not_own`); does it read figures at all (`check_reads_data`).
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound, NotPermitted
from chungtay.people import roles
from chungtay.people.models import Post
from chungtay.people.roles import ROLES, RoleCode
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
    if by.sector and permission not in roles.IN_ONE_FIELD:
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” chỉ phụ trách một lĩnh vực nên không được %(deed)s. Hãy nhờ người phụ trách "
                "chung."
            )
            % {"post": post, "deed": roles.PERMISSIONS[permission]}
        )
    if not reaches(by, place_id):
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


def check_found(by: Actor, permission: str, place_id: int | None) -> None:
    """As `check_acts_for`, but what lies outside the post's reach is as if it were not there.

    For private things looked up by their address: whoever may not know of them does not learn that they exist.
    """
    if by.role != roles.SYSTEM and not reaches(by, place_id):
        raise NotFound(_("Không có mục này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ."))
    check_acts_for(by, permission, place_id)


def reaches(by: Actor, place_id: int | None) -> bool:
    """Whether a post covers a place: its own, one below, or one that once stood below."""
    if by.place_id is None:
        return True
    return place_id is not None and territory.contains(by.place_id, place_id)


def check_in_sector(by: Actor, sectors: Mapping[str, str]) -> None:
    """Refuse a post bound to one field a thing of other fields. sectors: the thing's fields, code → words."""
    if not by.sector or by.sector in sectors:
        return
    post = roles.label_in_words(by.label)
    if not sectors:
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” chỉ làm những tiêu chí thuộc lĩnh vực của mình; mục này không giao riêng cho "
                "lĩnh vực nào. Hãy nhờ người phụ trách chung."
            )
            % {"post": post}
        )
    raise NotPermitted(
        _(
            "Chức danh “%(post)s” chỉ làm những tiêu chí thuộc lĩnh vực của mình; mục này thuộc lĩnh vực: "
            "%(sectors)s. Hãy nhờ người phụ trách lĩnh vực đó."
        )
        % {"post": post, "sectors": "; ".join(sectors.values())}
    )


def check_not_own(by: Actor, done_by: int | None) -> None:
    """Refuse to confirm, check or appraise what the same person did, in whatever post.

    done_by: the post that did it; None where the system did, which is nobody's own.
    """
    if by.actor_id is None or done_by is None:
        return
    people = Post.objects.filter(pk__in={by.actor_id, done_by}).values_list("user_id", flat=True)
    if len(set(people)) == 1:
        raise NotPermitted(
            _(
                "Việc này do chính bạn làm, dù với chức danh nào, nên bạn không tự xác nhận hay thẩm định được. Hãy "
                "nhờ một người khác có thẩm quyền."
            )
        )


def check_reads_data(by: Actor) -> None:
    """Refuse the pages of figures to posts that keep the system running and see no data."""
    if by.role in ROLES and not ROLES[RoleCode(by.role)].reads_data:
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” chỉ lo tài khoản, chức danh và việc nền, không xem số liệu. Nếu bạn còn giữ "
                "chức danh khác, hãy đổi sang chức danh đó."
            )
            % {"post": roles.label_in_words(by.label)}
        )


def _who_may(permission: str) -> str:
    titles = roles.holders(permission)
    if not titles:
        return _("Việc này do người quản trị hệ thống làm.")
    return _("Người được làm: %(titles)s.") % {"titles": "; ".join(titles)}

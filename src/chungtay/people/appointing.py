"""Who may give which post to whom, and whose account an office looks after."""

from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.people import roles
from chungtay.people.models import Post, User
from chungtay.people.policies import check_acts_for, reaches
from chungtay.people.roles import ROLES, Role, RoleCode, Sector
from chungtay.territory.queries import PlaceView

PERMISSION = "people.appoint"


def appointable(by: Actor) -> list[Role]:
    """The kinds of post `by` may give, lowest level first."""
    if by.role == roles.SYSTEM:
        return list(ROLES.values())
    held = ROLES.get(RoleCode(by.role)) if by.role in ROLES else None
    return [role for role in ROLES.values() if held and role.code in held.appoints]


def check_may_appoint(by: Actor, role: Role, place_id: int | None) -> None:
    """Refuse a post above the appointer's own level or outside its place."""
    check_acts_for(by, PERMISSION, place_id)
    if role not in appointable(by):
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” không giao được chức danh “%(role)s”. Những chức danh giao được: %(list)s."
            )
            % {
                "post": roles.label_in_words(by.label),
                "role": role.code.label,
                "list": "; ".join(str(each.code.label) for each in appointable(by)),
            }
        )


def check_not_oneself(by: Actor, user: User) -> None:
    """Refuse to give oneself a post or look after one's own account with an office's powers."""
    if by.actor_id is not None and Post.objects.filter(pk=by.actor_id, user=user).exists():
        raise NotPermitted(
            _(
                "Không ai tự giao chức danh hay tự quản lý tài khoản của mình. Mật khẩu của bạn đổi ở trang “Tài "
                "khoản của tôi”; việc khác hãy nhờ người có thẩm quyền."
            )
        )


def check_near(by: Actor, user: User, day: date) -> None:
    """What is wholly out of a post's reach is as if it were not there: every post of the person, and the account."""
    places = [post.place_id for post in Post.objects.not_over(day).filter(user=user)] or [user.place_id]
    if by.role != roles.SYSTEM and not any(reaches(by, place) for place in places):
        raise NotFound(no_such_account())


def check_looks_after(by: Actor, user: User, day: date) -> None:
    """Refuse unless every post the person holds or will hold is one `by` could give; the account is then theirs.

    An account with no post is looked after where it was made.
    """
    check_near(by, user, day)
    check_acts_for(by, PERMISSION, by.place_id)
    if by.role == roles.SYSTEM:
        return
    check_not_oneself(by, user)
    codes = {role.code for role in appointable(by)}
    posts = Post.objects.not_over(day).filter(user=user)
    if any(post.role not in codes or not reaches(by, post.place_id) for post in posts):
        raise NotPermitted(
            _(
                "Tài khoản này còn giữ chức danh ở nơi khác hoặc ở cấp trên, nên do cấp trên quản lý. Hãy nhờ cấp "
                "trên trực tiếp."
            )
        )


def no_such_account() -> str:
    """The same words whether there is none or it is out of reach."""
    return _("Không có tài khoản này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ.")


def check_level(role: Role, place: PlaceView | None) -> None:
    """Refuse a post at a place of the wrong level."""
    if place is None:
        if not role.may_be_nationwide:
            raise Refusal(
                Fault(
                    _("Chức danh “%(role)s” phải gắn với một nơi.") % {"role": role.code.label},
                    field="place_id",
                )
            )
    elif place.level not in role.levels:
        raise Refusal(
            Fault(
                _("Chức danh “%(role)s” không đặt ở %(place)s được.")
                % {"role": role.code.label, "place": place.full_name},
                field="place_id",
            )
        )


def check_sector(role: Role, sector: str) -> None:
    """Refuse a field of work where a role has none, none where it must have one, or another than its only one."""
    told = {"role": role.code.label}
    if sector and role.sector is Sector.NEVER:
        raise Refusal(Fault(_("Chức danh “%(role)s” không gắn với lĩnh vực nào.") % told, field="sector"))
    if not sector and role.sector is Sector.ALWAYS:
        raise Refusal(Fault(_("Chức danh “%(role)s” phải gắn với một lĩnh vực.") % told, field="sector"))
    if role.only_sector and sector != role.only_sector:
        raise Refusal(Fault(_("Chức danh “%(role)s” chỉ gắn với lĩnh vực của mình.") % told, field="sector"))


def check_days(valid_from: date, valid_to: date | None) -> None:
    """Refuse a post that ends before it begins."""
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(Fault(_("Ngày thôi giữ chức danh phải sau ngày bắt đầu."), field="valid_to"))

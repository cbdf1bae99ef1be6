"""Reads for the room of posts and accounts: who holds what at and below a place. Never a telephone or an e-mail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound, NotPermitted
from chungtay.people import appointing, passes, resting
from chungtay.people.models import OneTimePass, Post, User
from chungtay.people.policies import check_acts_for, check_found
from chungtay.people.second_step import second_steps
from chungtay.territory import queries as territory

HELD, ENDED, COMING, LOCKED = "held", "ended", "coming", "locked"
STATES: Final = {
    HELD: gettext_lazy("đang giữ"),
    COMING: gettext_lazy("sắp giữ"),
    ENDED: gettext_lazy("đã thôi"),
    LOCKED: gettext_lazy("tài khoản bị khoá"),
}


@dataclass(frozen=True)
class Search:
    """What is looked for. text: in a name, user name or post. role: a RoleCode. state: one of `STATES`."""

    text: str = ""
    role: str = ""
    state: str = ""


@dataclass(frozen=True)
class Account:
    """An account as whoever looks after it sees it. refusal: why this post does not, "" when it does."""

    user: User
    posts: tuple[Post, ...]
    passes: tuple[OneTimePass, ...]
    rests_until: datetime | None
    steps: dict[str, int]
    refusal: str

    @property
    def has_second_step(self) -> bool:
        return bool(self.steps["totp"] or self.steps["webauthn"])


def holdings(by: Actor, asked: Search, day: date) -> QuerySet[Post]:
    """The posts at and below `by`'s place, by place and then by name; sliced or walked by the caller."""
    check_acts_for(by, "people.see_posts", by.place_id)
    found = Post.objects.filter(_within(by)).select_related("user")
    if asked.text:
        found = found.filter(
            Q(user__display_name__icontains=asked.text)
            | Q(user__username__icontains=asked.text)
            | Q(label__icontains=asked.text)
        )
    if asked.role:
        found = found.filter(role=asked.role)
    held = Q(pk__in=Post.objects.held_on(day).values("pk"))
    chosen = {
        HELD: held,
        ENDED: Q(valid_to__lte=day),
        COMING: Q(valid_from__gt=day),
        LOCKED: Q(user__is_active=False),
    }
    if asked.state in chosen:
        found = found.filter(chosen[asked.state])
    return found.order_by("label", "valid_from", "pk")


def state_of(post: Post, day: date) -> str:
    """One of `STATES`, for a post whose user is loaded."""
    if post.valid_to is not None and post.valid_to <= day:
        return ENDED
    if not post.user.is_active:
        return LOCKED
    return COMING if post.valid_from > day else HELD


def accounts_without_post(by: Actor, day: date) -> list[User]:
    """Accounts that nobody has given a post yet, or any longer, in the reach of `by`."""
    check_acts_for(by, appointing.PERMISSION, by.place_id)
    return list(
        User.objects.filter(_within(by))
        .exclude(pk__in=Post.objects.not_over(day).values("user"))
        .order_by("username")[:200]
    )


def post_of(by: Actor, post_id: int) -> Post:
    """One post in reach; what is not in reach is as if it were not there."""
    post = Post.objects.select_related("user").filter(pk=post_id).first()
    if post is None:
        raise NotFound(_("Không có chức danh này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ."))
    check_found(by, "people.see_posts", post.place_id)
    return post


def account_of(by: Actor, user_id: int, now: datetime) -> Account:
    """One account in reach, with everything whoever looks after it needs."""
    day = timezone.localdate(now)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound(appointing.no_such_account())
    appointing.check_near(by, user, day)
    check_acts_for(by, appointing.PERMISSION, by.place_id)
    refusal = ""
    try:
        appointing.check_looks_after(by, user, day)
    except NotPermitted as refused:
        refusal = str(refused)
    return Account(
        user=user,
        posts=tuple(Post.objects.filter(user=user).order_by("valid_from", "pk")),
        passes=() if refusal else tuple(passes.open_passes(user, now)),
        rests_until=resting.rests_until(user.username, now),
        steps=second_steps(user),
        refusal=refusal,
    )


def _within(by: Actor) -> Q:
    if by.place_id is None:
        return Q()
    return Q(place_id__in=territory.ids_ever_under(by.place_id))

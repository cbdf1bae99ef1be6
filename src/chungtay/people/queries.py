"""Reads about users and posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q

from chungtay.people.models import Post, User
from chungtay.people.phones import normal_phone
from chungtay.people.roles import label_in_words, permits


def user_named(username: str) -> User | None:
    return User.objects.filter(username=username.strip().lower()).first()


def username_of(typed: str) -> str:
    """The user name meant by what was typed at the door: a name in any case, or a telephone number as people write."""
    phone = normal_phone(typed)
    known = User.objects.filter(phone=phone).values_list("username", flat=True).first() if phone else None
    return known or phone or typed.strip().lower()


@dataclass(frozen=True)
class Standing:
    """In what capacity a person acts. post: None when they hold none. ended: the post chosen, when it is over."""

    post: Post | None
    held: tuple[Post, ...]
    ended: Post | None = None


def standing_of(user: User | AnonymousUser, chosen: int | None, day: date) -> Standing:
    """The post chosen if it is still held, else the first one held, told apart from the one that is over."""
    held = tuple(posts_held(user, day))
    post = next((each for each in held if each.pk == chosen), None)
    if post or chosen is None or not isinstance(user, User):
        return Standing(post or next(iter(held), None), held)
    over = Post.objects.filter(user=user, pk=chosen).exclude(pk__in=[each.pk for each in held]).first()
    return Standing(next(iter(held), None), held, over)


def ended_posts(user: User | AnonymousUser, day: date, *, within: timedelta | None = None) -> list[Post]:
    """The posts of a person that are over, the latest first. within: only those that ended so lately."""
    if not isinstance(user, User):
        return []
    over = Post.objects.filter(user=user, valid_to__lte=day)
    if within is not None:
        over = over.filter(valid_to__gt=day - within)
    return list(over.order_by("-valid_to", "pk"))


def posts_ever(user: User) -> list[Post]:
    """Every post a person holds, held or will hold, the first one first."""
    return list(Post.objects.filter(user=user).order_by("valid_from", "pk"))


def posts_held(user: User | AnonymousUser, day: date) -> list[Post]:
    """The posts a person holds on a day, the widest first; none for a visitor or a locked account."""
    if not isinstance(user, User) or not user.is_active:
        return []
    held = Post.objects.held_on(day).filter(user=user).select_related("place")
    return sorted(held, key=lambda post: (post.place_id is not None, post.label, post.pk))


def current_post(user: User | AnonymousUser, post_id: int | None, day: date) -> Post | None:
    """The post a person acts in: the one chosen if it is still held, else the first one held."""
    return standing_of(user, post_id, day).post


def posts_of_holder(post_id: int) -> frozenset[int]:
    """Every post that the holder of this one holds or held: two posts of one person are not two witnesses."""
    return frozenset(Post.objects.filter(user__posts=post_id).values_list("pk", flat=True))


def stands_for(post_id: int, place_id: int) -> bool:
    """Whether the holder of a post ever held any post of that very place."""
    return Post.objects.filter(user__posts=post_id, place_id=place_id).exists()


def person_of(post_id: int | None) -> int | None:
    """The user behind a post; None for the system. Two posts of one person are one person."""
    if post_id is None:
        return None
    return Post.objects.filter(pk=post_id).values_list("user_id", flat=True).first()


def field_posts(place_id: int | None, permission: str, day: date) -> dict[str, dict[int, str]]:
    """Posts of a place (None: the nation) that answer for one field of work alone, by field: post id → label."""
    found: dict[str, dict[int, str]] = {}
    there = Q(place=None) if place_id is None else Q(place_id=place_id)
    held = Post.objects.held_on(day).filter(there, user__is_active=True).exclude(sector="")
    for post in held:
        if permits(post.role, permission):
            found.setdefault(post.sector, {})[post.pk] = post.label
    return found


def posts_at(place_ids: Iterable[int], permissions: Iterable[str], day: date) -> dict[int, set[int]]:
    """The posts held on a day for places that may do any of those deeds, by place. One query."""
    found: dict[int, set[int]] = {place_id: set() for place_id in place_ids}
    asked = tuple(permissions)
    held = Post.objects.held_on(day).filter(place_id__in=found, user__is_active=True)
    for post_id, role, place_id in held.values_list("pk", "role", "place_id"):
        if any(permits(role, permission) for permission in asked):
            found[place_id].add(post_id)
    return found


def members_at(place_ids: Iterable[int], permission: str, day: date) -> dict[int, str]:
    """The posts held on a day for any of the places, or the nation, that may do a deed: id → title. One query."""
    there = Q(place=None) | Q(place_id__in=list(place_ids))
    held = Post.objects.held_on(day).filter(there, user__is_active=True).order_by("label", "pk")
    return {post.pk: label_in_words(post.label) for post in held if permits(post.role, permission)}


def posts_of_ended_places(day: date) -> list[tuple[int, str]]:
    """Posts still held on a day for a place that is no more: (place, label). One query."""
    held = Post.objects.held_on(day).filter(place__valid_to__lte=day, user__is_active=True)
    return [(place, label) for place, label in held.order_by("pk").values_list("place_id", "label") if place]


def has_table() -> bool:
    """Whether the database has been migrated far enough to hold users."""
    return User._meta.db_table in connection.introspection.table_names()


def open_demo_users() -> list[User]:
    """Accounts with a published password that could sign in."""
    return list(User.objects.filter(is_demo=True, is_active=True).order_by("username"))

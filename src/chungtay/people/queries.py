"""Reads about users and posts."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q

from chungtay.people.models import Post, User
from chungtay.people.roles import permits


def user_named(username: str) -> User | None:
    return User.objects.filter(username=username.strip().lower()).first()


def posts_held(user: User | AnonymousUser, day: date) -> list[Post]:
    """The posts a person holds on a day, the widest first; none for a visitor or a locked account."""
    if not isinstance(user, User) or not user.is_active:
        return []
    held = Post.objects.held_on(day).filter(user=user).select_related("place")
    return sorted(held, key=lambda post: (post.place_id is not None, post.label, post.pk))


def current_post(user: User | AnonymousUser, post_id: int | None, day: date) -> Post | None:
    """The post a person acts in: the one chosen if it is still held, else the first one held."""
    held = posts_held(user, day)
    chosen = [post for post in held if post.pk == post_id]
    return next(iter(chosen or held), None)


def person_of(post_id: int | None) -> int | None:
    """The user behind a post; None for the system. Two posts of one person are one person."""
    if post_id is None:
        return None
    return Post.objects.filter(pk=post_id).values_list("user_id", flat=True).first()


def same_person(one: int | None, other: int | None) -> bool:
    """Whether two posts are held by one person; the system (None) is nobody."""
    if one is None or other is None:
        return False
    return len(set(Post.objects.filter(pk__in={one, other}).values_list("user_id", flat=True))) == 1


def field_posts(place_id: int | None, permission: str, day: date) -> dict[str, dict[int, str]]:
    """Posts of a place (None: the nation) that answer for one field of work alone, by field: post id → label."""
    found: dict[str, dict[int, str]] = {}
    there = Q(place=None) if place_id is None else Q(place_id=place_id)
    held = Post.objects.held_on(day).filter(there, user__is_active=True).exclude(sector="")
    for post in held:
        if permits(post.role, permission):
            found.setdefault(post.sector, {})[post.pk] = post.label
    return found


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

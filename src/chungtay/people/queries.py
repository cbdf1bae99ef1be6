"""Reads about users and posts."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from chungtay.people.models import Post, User


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


def posts_of_holder(post_id: int) -> frozenset[int]:
    """Every post that the holder of this one holds or held: two posts of one person are not two witnesses."""
    return frozenset(Post.objects.filter(user__posts=post_id).values_list("pk", flat=True))


def person_of(post_id: int | None) -> int | None:
    """The user behind a post; None for the system. Two posts of one person are one person."""
    if post_id is None:
        return None
    return Post.objects.filter(pk=post_id).values_list("user_id", flat=True).first()


def has_table() -> bool:
    """Whether the database has been migrated far enough to hold users."""
    return User._meta.db_table in connection.introspection.table_names()


def open_demo_users() -> list[User]:
    """Accounts with a published password that could sign in."""
    return list(User.objects.filter(is_demo=True, is_active=True).order_by("username"))

"""Keeping two writers of one place apart. On SQLite every writer waits anyway."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.territory.models import Level, Place

_AT_ONCE = 10_000


def hold_place(place_id: int) -> None:
    """Let other writers of the place wait until this transaction ends."""
    list(Place.objects.select_for_update().filter(pk=place_id).values_list("pk", flat=True))


def hold_places(place_ids: Iterable[int]) -> None:
    """The same for many places, always in one order, so that two such writers wait and do not block each other."""
    ids = sorted(set(place_ids))
    for start in range(0, len(ids), _AT_ONCE):
        some = Place.objects.filter(pk__in=ids[start : start + _AT_ONCE]).order_by("pk")
        list(some.select_for_update().values_list("pk", flat=True))


def hold(place_ids: Iterable[int]) -> dict[int, Place]:
    """Lock those places until the deed is done; NotFound when one is missing. What a deed reads, it reads after this.

    The nation is locked first, so deeds on places come one after another: each rewrites the paths of all that stands
    below, and two at once would leave a place on a path that is no longer its parent's. They are rare and short, and
    whoever only refers to a place does not wait.
    """
    list(Place.objects.filter(level=Level.NATION).order_by("pk").select_for_update(no_key=True))
    wanted = sorted(set(place_ids))
    held = {
        place.pk: place for place in Place.objects.filter(pk__in=wanted).order_by("pk").select_for_update()
    }
    for place_id in wanted:
        if place_id not in held:
            raise NotFound(_("Không có nơi nào mang số %(id)s. Hãy tìm lại theo tên.") % {"id": place_id})
    return held

"""Keeping two writers of one place apart. On SQLite every writer waits anyway."""

from collections.abc import Iterable

from django.db.models import Q

from chungtay.core.refusals import NotFound
from chungtay.territory.models import Place, PlaceState


def hold_place(place_id: int) -> None:
    """Let other writers of the place wait until this transaction ends."""
    list(Place.objects.select_for_update().filter(pk=place_id).values_list("pk", flat=True))


def hold(place_ids: Iterable[int], *, below: Iterable[int] = ()) -> dict[int, Place]:
    """Lock those places, and everything that is or was below the places in `below`; NotFound when one is missing.

    Always in the order of ids, so that two deeds never wait for each other. What a deed reads, it reads after this.
    """
    wanted = set(place_ids)
    rows = Q(pk__in=wanted)
    for path in set(PlaceState.objects.filter(place_id__in=set(below)).values_list("path", flat=True)):
        rows |= Q(pk__in=PlaceState.objects.filter(path__under=path).values("place_id"))
    held = {place.pk: place for place in Place.objects.filter(rows).order_by("pk").select_for_update()}
    for place_id in sorted(wanted):
        if place_id not in held:
            raise NotFound(f"Không có nơi nào mang số {place_id}. Hãy tìm lại theo tên.")
    return held

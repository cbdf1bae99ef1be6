"""Keeping two writers of one place apart."""

from chungtay.territory.models import Place


def hold_place(place_id: int) -> None:
    """Let other writers of the place wait until this transaction ends. On SQLite every writer waits anyway."""
    list(Place.objects.select_for_update().filter(pk=place_id).values_list("pk", flat=True))

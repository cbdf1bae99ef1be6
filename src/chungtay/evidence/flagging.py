"""What is odd about a proof, so that a person looks. Nothing here refuses, and nothing takes credit away."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from chungtay.evidence.models import Band, File, Flag, FlagKind, Proof
from chungtay.evidence.pictures import bands_of, is_near
from chungtay.territory import queries as territory

SLACK: Final = timedelta(days=90)  # a road is photographed some weeks before or after the report it serves
AHEAD: Final = timedelta(hours=7)  # the earliest clock on earth is +14, ours +7: later than that is no zone


def raise_flags(proof: Proof, at: datetime) -> list[Flag]:
    """Write the flags of a proof just made; at most one of a kind."""
    file = proof.file
    flags = [Flag(proof=proof, kind=kind, raised_at=at) for kind in _kinds_of_time(proof, file)]
    km = _km_away(proof, file)
    if km is not None:
        flags.append(Flag(proof=proof, kind=FlagKind.PLACE, detail={"km": km}, raised_at=at))
    others = Proof.objects.filter(withdrawal=None).exclude(pk=proof.pk).select_related("file").order_by("pk")
    if before := _first_elsewhere(proof, others.filter(file=file)):
        flags.append(Flag(proof=proof, kind=FlagKind.SAME, other=before, raised_at=at))
    elif file.fingerprint:
        alike = Band.objects.filter(value__in=bands_of(file.fingerprint)).exclude(file=file)
        near = [
            other
            for other in others.filter(file__in=alike.values("file_id"))
            if is_near(other.file.fingerprint, file.fingerprint)
        ]
        if before := _first_elsewhere(proof, near):
            flags.append(Flag(proof=proof, kind=FlagKind.NEAR, other=before, raised_at=at))
    return Flag.objects.bulk_create(flags)


def _kinds_of_time(proof: Proof, file: File) -> list[FlagKind]:
    if file.taken_at is None:
        return [FlagKind.NO_EXIF] if file.lost_exif else []
    if file.taken_at > file.at + AHEAD:
        return [FlagKind.FUTURE]
    day = timezone.localdate(file.taken_at)
    too_early = proof.start is not None and day < proof.start - SLACK
    too_late = proof.end is not None and day > proof.end + SLACK
    return [FlagKind.DATE] if too_early or too_late else []


def _km_away(proof: Proof, file: File) -> int | None:
    """How far from its place a picture says it was taken, when that is too far; None when it is not known."""
    if file.lat_e6 is None or file.lon_e6 is None:
        return None
    position = territory.position_of(proof.place_id)
    if position is None:
        return None
    km = position.km_to(file.lat_e6, file.lon_e6)
    return km if km > position.reach_km else None


def _first_elsewhere(proof: Proof, others: Iterable[Proof]) -> Proof | None:
    """The oldest proof of something else.

    Figures of one place and one time may share a picture: the culture house shows its hall and its books at once.
    """
    return next((other for other in others if not _goes_together(proof, other)), None)


def _goes_together(one: Proof, other: Proof) -> bool:
    if (one.kind, one.ref) == (other.kind, other.ref):
        return True
    if {one.kind, other.kind} != {"figure"} or one.place_id != other.place_id:
        return False
    return (one.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (
        one.end or date.max
    )

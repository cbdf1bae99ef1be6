"""What was stated, of one thing or of many places at once; it never mixes with what figures say."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from chungtay.figures.grading import Sieve
from chungtay.figures.models import StatedVerdict
from chungtay.territory.models import lives_on
from chungtay.territory.queries import PlaceView
from rulebook import StatedGrade


@dataclass(frozen=True)
class StatedView:
    """A stated verdict, ready to show. uid: by which its evidence is found."""

    uid: str
    grade: StatedGrade
    on: date
    by: str


def stated_by(place_id: int, standard: str, kind: str, code: str, on: date) -> StatedView | None:
    """What was last stated of one thing by a day; None where nothing was. One query."""
    row = (
        StatedVerdict.objects.filter(
            place_id=place_id,
            standard_code=standard,
            kind=kind,
            code=code,
            on__lte=on,
            superseded_by__isnull=True,
        )
        .order_by("-on", "-pk")
        .first()
    )
    if row is None:
        return None
    return StatedView(str(row.uid), StatedGrade(row.grade), row.on, row.by_label)


_MET = (StatedGrade.MET, StatedGrade.BASICALLY_MET)


def stated_below(
    root: PlaceView, code: str, *, on: date, criteria: int, sieve: Sieve | None = None
) -> dict[int, StatedGrade]:
    """What was stated, by a day, of each place at or below `root` under a standard of so many criteria: one query.

    The whole standard as last stated; else it is stated met when every criterion is, “cơ bản đạt” when one of them is
    only that, not met when one is not. A place of which too little was stated to say is left out.
    sieve: what does not pass is as if it had not been stated.
    """
    known = StatedVerdict.objects.filter(standard_code=code, on__lte=on, superseded_by__isnull=True)
    later = known.filter(place_id=OuterRef("place_id"), kind=OuterRef("kind"), code=OuterRef("code")).filter(
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk"))
    )
    rows = (
        (known.filter(uid__in=sieve.stated()) if sieve else known)
        .filter(
            lives_on(on, "place__states__"),
            ~Exists(later),
            place__states__path__under=root.path,
            kind__in=("standard", "criterion"),
        )
        .values("place_id", "kind")
        .annotate(
            met=Count("pk", filter=Q(grade__in=_MET)),
            basically=Count("pk", filter=Q(grade=StatedGrade.BASICALLY_MET)),
            not_met=Count("pk", filter=Q(grade=StatedGrade.NOT_MET)),
        )
        .order_by(F("kind").asc())  # the whole standard comes last and overrules its criteria
        .values_list("place_id", "kind", "met", "basically", "not_met")
    )
    found: dict[int, StatedGrade] = {}
    for place_id, kind, met, basically, not_met in rows:
        asked = 1 if kind == "standard" else criteria
        if not_met:
            found[place_id] = StatedGrade.NOT_MET
        elif asked and met >= asked:
            found[place_id] = StatedGrade.BASICALLY_MET if basically else StatedGrade.MET
    return found

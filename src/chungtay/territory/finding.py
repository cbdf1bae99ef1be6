"""Finding places by name, with or without marks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Func, IntegerField, Min, Q, QuerySet, Value, When

from chungtay.territory import names
from chungtay.territory.models import Level, PlaceState, lives_on
from chungtay.territory.place_view import PlaceView, views_of_states
from viet.letters import fold


@dataclass(frozen=True, slots=True)
class Hit:
    """One place found. matched: the earlier full name that was found, "" when it is the name shown."""

    place: PlaceView
    matched: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of places found. total: how many there are on all pages. page: 1-based."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    limit: int

    @property
    def places(self) -> tuple[PlaceView, ...]:
        return tuple(hit.place for hit in self.hits)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.limit))


class _Bytes(Func):
    """Order by the bytes of our own sort key, whatever language the database sorts in."""

    template = "%(expressions)s"

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **context)


def search(
    text: str,
    *,
    day: date | None = None,
    level: str = "",
    kind: str = "",
    within: int | None = None,
    page: int = 1,
    limit: int = 20,
) -> SearchPage:
    """Places whose name, now or once, has `text` in it: equal first, then beginning with it, then containing it.

    text: marks and case do not matter; may begin with the kind ("xom khe coc") and may go on with places above after
    commas ("khe cốc, tức tranh"); empty lists everything.
    day: only places living then, as they were then; None: also ended ones, each as it last was.
    within: only that place and places below it, on `day` or at any time.
    """
    text, page, limit = names.clean(text), max(page, 1), max(limit, 1)
    found = _ranked(text, day=day, level=level, kind=kind, within=within)
    total = found.count()
    start = (page - 1) * limit
    ids = [row["place_id"] for row in found[start : start + limit]]
    return SearchPage(hits_of(ids, fold(text.split(",")[0]), day), total, page, limit)


def ids_of_that_name(text: str, *, day: date | None = None) -> list[int]:
    """The places whose name, now or once, is `text` apart from marks and case; best first."""
    return [row["place_id"] for row in _ranked(text, day=day).filter(rank=0)]


def _ranked(
    text: str, *, day: date | None = None, level: str = "", kind: str = "", within: int | None = None
) -> "QuerySet[Any, Any]":
    """Rows {place_id, rank, …}, best first. rank: 0 the name itself, 1 begins with it, 2 contains it."""
    head, *above = [fold(part) for part in text.split(",")]
    allowed = PlaceState.objects.filter(lives_on(day) if day else Q())
    if level:
        allowed = allowed.filter(place__level=level)
    if kind:
        allowed = allowed.filter(kind=kind)
    if within is not None:
        allowed = allowed.filter(path__contains=f"/{within}/")
    for part in filter(None, above):
        below = PlaceState.objects.filter(_below_any_named(part))
        allowed = allowed.filter(place_id__in=below.values("place_id"))
    named = Q(name_folded__contains=head) | Q(full_folded__startswith=head) if head else Q()
    rank = Case(
        When(Q(name_folded=head) | Q(full_folded=head), then=0),
        When(Q(name_folded__startswith=head) | Q(full_folded__startswith=head), then=1),
        default=2,
        output_field=IntegerField(),
    )
    height = Case(
        *[When(place__level=name, then=Value(order)) for order, name in enumerate(Level.values)],
        output_field=IntegerField(),
    )
    return (
        PlaceState.objects.filter(named, place_id__in=allowed.values("place_id"))
        .values("place_id")
        .annotate(
            rank=Min(rank),
            ended=Min(
                Case(When(place__valid_to__isnull=True, then=0), default=1, output_field=IntegerField())
            ),
            height=Min(height),
            letters=Min(_Bytes(F("sort_key"))),
        )
        .order_by("rank", "ended", "height", _Bytes(F("letters")), "place_id")
    )


def _below_any_named(folded: str) -> Q:
    """States below a place of exactly that name, now or once."""
    ids = set(
        PlaceState.objects.filter(Q(name_folded=folded) | Q(full_folded=folded)).values_list(
            "place_id", flat=True
        )
    )
    below = Q(pk__in=[])
    for place_id in ids:
        below |= Q(path__contains=f"/{place_id}/") & ~Q(place_id=place_id)
    return below


def hits_of(ids: list[int], head: str, day: date | None) -> tuple[Hit, ...]:
    """The places with those ids in that order, each as it was on `day` or last."""
    states = sorted(
        PlaceState.objects.filter(place_id__in=ids).select_related("place"),
        key=lambda s: s.valid_from or date.min,
    )
    shown: dict[int, PlaceState] = {}
    other_name: dict[int, str] = {}
    for state in states:
        if day is None or _holds_on(state, day):
            shown[state.place_id] = state
        if _is_named(state, head):
            other_name[state.place_id] = str(state)
    chosen = [shown[i] for i in ids]
    return tuple(
        Hit(view, "" if _is_named(state, head) else other_name.get(view.id, ""))
        for state, view in zip(chosen, views_of_states(chosen, day), strict=True)
    )


def _is_named(state: PlaceState, head: str) -> bool:
    return head in state.name_folded or state.full_folded.startswith(head)


def _holds_on(state: PlaceState, day: date) -> bool:
    return (state.valid_from or date.min) <= day < (state.valid_to or date.max)

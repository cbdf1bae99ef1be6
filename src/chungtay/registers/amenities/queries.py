"""Reading assets, borders and what loudspeakers say: frozen views, a fixed number of queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from chungtay.community.scope import own, scope
from chungtay.core.asking import Asking
from chungtay.core.refusals import NotFound
from chungtay.registers.amenities import kinds, reading
from chungtay.registers.amenities.kinds import KINDS, NEVER_PUBLIC, Kind
from chungtay.registers.amenities.models import BEGINNING, Asset, Border, Broadcast, Description, Ending
from chungtay.registers.geo.features import Geometry
from chungtay.territory import queries as territory
from rulebook import Mark
from viet.letters import fold

ORDERS: Final = {
    "name": ("name_folded",),
    "kind": ("asset__kind", "name_folded"),
    "length": ("length_cm",),
    "since": ("asset__since",),
}


@dataclass(frozen=True)
class AssetView:
    """A thing as it is on a day. geometry: GeoJSON, WGS 84, longitude first; None where nobody told where it is.

    length_m, area_m2: measured on the ellipsoid from the geometry, None where it has none. attributes: by the names of
    its kind (`kinds.KINDS[kind].attributes`), exact; what is unknown is left out. state: a code of `kinds.STATES` or
    "". until: the first day it is no longer. is_struck: written in error, it never stood. part_of: what it stands in.
    """

    id: int
    uid: UUID
    place_id: int
    place_name: str
    kind: str
    name: str
    geometry: Geometry | None
    length_m: Decimal | None
    area_m2: Decimal | None
    attributes: dict[str, object]
    state: str
    mark: Mark
    source: str
    since: date | None
    until: date | None
    is_public: bool
    part_of: int | None = None
    is_struck: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether it is no more, or never was."""
        return self.until is not None or self.is_struck

    @property
    def kind_words(self) -> str:
        return kinds.label_of(self.kind)

    @property
    def state_words(self) -> str:
        return kinds.state_words(self.state)

    @property
    def shows(self) -> Kind | None:
        """What is told of such things; None for a kind that this version does not know."""
        return KINDS.get(self.kind)


@dataclass(frozen=True)
class Version:
    """One description of an asset. holds_from: None is from its beginning. is_current: the one read now."""

    id: int
    holds_from: date | None
    view: AssetView
    reason: str
    by: str
    at: datetime
    is_current: bool


@dataclass(frozen=True)
class EndingView:
    """Closed from a day with a reason, struck out as written in error, or opened again (neither)."""

    on: date | None
    is_strike: bool
    reason: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True)
class BroadcastView:
    """What a loudspeaker says. weekdays: 1 Monday … 7 Sunday. until: the first day no longer."""

    id: int
    asset_id: int
    weekdays: tuple[int, ...]
    starts: time
    minutes: int
    title: str
    text: str
    since: date
    until: date | None
    source: str
    by: str

    @property
    def weekday_words(self) -> str:
        """ "hằng ngày", or "thứ hai, chủ nhật"."""
        names = [_("thứ hai"), _("thứ ba"), _("thứ tư"), _("thứ năm"), _("thứ sáu"), _("thứ bảy")]
        days = [*names, _("chủ nhật")]
        return (
            _("hằng ngày") if len(self.weekdays) == 7 else ", ".join(days[day - 1] for day in self.weekdays)
        )


@dataclass(frozen=True)
class BorderView:
    """A border as an office brought it."""

    place_id: int
    on: date
    geometry: Geometry
    area_m2: Decimal
    source: str
    mark: Mark
    by: str


@dataclass(frozen=True)
class Filters:
    """A list. state: a code, or "unknown". drawn: "yes", "no" or "". order: a key of `ORDERS`, "-" falls."""

    kind: str = ""
    state: str = ""
    text: str = ""
    drawn: str = ""
    public: str = ""
    closed: bool = False
    order: str = "kind"


def assets(
    place_id: int, *, on: date, kinds: Collection[str] = (), public_only: bool = False, below: bool = True
) -> tuple[AssetView, ...]:
    """What stood at a place on a day, and below it or in what it was made of, by kind and name. Four queries.

    public_only: what anybody may read, with its public attributes only.
    """
    rows = _standing(scope(place_id) if below else own(place_id), on)
    if kinds:
        rows = rows.filter(asset__kind__in=kinds)
    if public_only:
        rows = _public(rows)
    return _views(rows.order_by("asset__kind", "name_folded", "asset_id"), public_only=public_only)


def asking_public_assets(where: Q, *, on: date) -> Asking[tuple[AssetView, ...]]:
    """The same that anybody may read, of the places a condition names, for whoever asks other things with it."""
    rows = _public(_standing(where, on)).annotate(place_name=territory.name_in_query("asset__place_id"))
    (found,) = yield (rows.order_by("asset__kind", "name_folded", "asset_id"),)
    return tuple(_view(row, row.place_name or "", True) for row in found)


def listed(place_id: int, filters: Filters, *, on: date) -> "QuerySet[Description]":
    """The rows of a list, to be counted and cut; `views` reads them."""
    rows = _closed(place_id, on) if filters.closed else _standing(scope(place_id), on)
    if filters.kind:
        rows = rows.filter(asset__kind=filters.kind)
    if filters.state:
        rows = rows.filter(state="" if filters.state == "unknown" else filters.state)
    if filters.text:
        rows = rows.filter(name_folded__contains=fold(filters.text))
    if filters.drawn:
        rows = rows.filter(geometry__isnull=filters.drawn == "no")
    if filters.public:
        rows = rows.filter(is_public=filters.public == "yes")
    down, key = filters.order.startswith("-"), filters.order.removeprefix("-")
    fields = ORDERS.get(key, ORDERS["kind"])
    ordering = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in fields]
    return rows.order_by(*ordering, "asset_id")


def views(rows: Iterable[Description]) -> tuple[AssetView, ...]:
    """Rows of `listed` as views: one more query."""
    return _views(rows)


def counts(place_id: int, *, on: date) -> dict[str, int]:
    """How many things of each kind stand at a place and below on a day; kinds without any are left out."""
    rows = Asset.objects.filter(_alive(on), scope(place_id))
    return dict(rows.order_by().values_list("kind").annotate(Count("pk")))


def asset(asset_id: int, *, on: date | None = None) -> AssetView:
    """One asset as it is now, or was on a day; NotFound when there is none."""
    rows = Description.objects.filter(asset_id=asset_id)
    if on is not None:
        rows = rows.filter(holds_from__lte=on)
    row = rows.select_related("asset").order_by("-holds_from", "-pk").first()
    if row is None:
        raise NotFound(_("Không có mục này trong sổ hạ tầng. Hãy tìm lại trong danh sách."))
    return _views([row])[0]


def asset_of_uid(uid: UUID) -> AssetView | None:
    """The asset with that id of its own, if there is one."""
    found = Asset.objects.filter(uid=uid).values_list("pk", flat=True).first()
    return asset(found) if found else None


def history(asset_id: int) -> tuple[Version, ...]:
    """Everything ever said of an asset, the newest first."""
    rows = list(Description.objects.filter(asset_id=asset_id).select_related("asset").order_by("-pk"))
    current = max(rows, key=lambda row: (row.holds_from, row.pk), default=None)
    return tuple(
        Version(
            row.pk,
            None if row.holds_from == BEGINNING else row.holds_from,
            view,
            row.reason,
            row.by_label,
            row.recorded_at,
            row is current,
        )
        for row, view in zip(rows, _views(rows), strict=True)
    )


def endings(asset_id: int) -> tuple[EndingView, ...]:
    """When an asset was closed and opened again, the newest first."""
    rows = Ending.objects.filter(asset_id=asset_id).order_by("-pk")
    return tuple(
        EndingView(row.on, row.is_strike, row.reason, row.source, row.by_label, row.recorded_at)
        for row in rows
    )


def broadcasts(asset_ids: Collection[int], *, on: date | None = None) -> tuple[BroadcastView, ...]:
    """What loudspeakers say, by the minute of the day; on: only what holds on that day."""
    rows = Broadcast.objects.filter(asset_id__in=asset_ids)
    if on is not None:
        rows = rows.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return tuple(
        BroadcastView(
            row.pk,
            row.asset_id,
            tuple(int(day) for day in row.weekdays),
            row.starts,
            row.minutes,
            row.title,
            row.text,
            row.since,
            row.until,
            row.source,
            row.by_label,
        )
        for row in rows.order_by("starts", "pk")
    )


def borders_of(place_ids: Iterable[int], *, on: date | None = None) -> dict[int, BorderView]:
    """The border that each place has by a day, or has now; places of which nobody brought one are left out."""
    rows = Border.objects.filter(place_id__in=set(place_ids))
    if on is not None:
        rows = rows.filter(on__lte=on)
    return {
        row.place_id: BorderView(
            row.place_id,
            row.on,
            row.geometry,
            Decimal(row.area_dm2) / 10,
            row.source,
            Mark(row.mark),
            row.by_label,
        )
        for row in rows.order_by("on", "pk")
    }


def positions_of(place_ids: Iterable[int], *, on: date) -> dict[int, tuple[float, float]]:
    """(longitude, latitude) to show each place at: its culture house, else the middle of the commune; unknown left out.

    A place is a point, and that of a hamlet is only known where its culture house was put on the map: one that stands
    on that day and that anybody may see.
    """
    wanted = set(place_ids)
    found: dict[int, tuple[float, float]] = {}
    houses = Description.objects.filter(
        _alive(on, "asset__"), asset__place_id__in=wanted, asset__kind="culture_house"
    )
    rows = _said_by(houses, on).filter(is_public=True, geometry__isnull=False)
    for row in rows.order_by("-asset_id"):
        found[row.asset.place_id] = _first(row.geometry["coordinates"])
    for place_id, known in territory.positions_of(wanted - found.keys()).items():
        found[place_id] = (known.lon_e6 / 1e6, known.lat_e6 / 1e6)
    return found


def _first(coordinates: Any) -> tuple[float, float]:
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return coordinates[0], coordinates[1]


def _alive(on: date, prefix: str = "") -> Q:
    begun = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": on})
    lasting = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": on})
    return begun & lasting & Q(**{f"{prefix}is_struck": False})


def _of_assets(where: Q) -> Q:
    return Q(asset__in=Asset.objects.filter(where))


def _public(rows: "QuerySet[Description]") -> "QuerySet[Description]":
    return rows.filter(is_public=True).exclude(asset__kind__in=NEVER_PUBLIC)


def _said_by(rows: "QuerySet[Description]", on: date) -> "QuerySet[Description]":
    """Of each asset the description that holds on a day."""
    said = Description.objects.filter(asset_id=OuterRef("asset_id"), holds_from__lte=on)
    newest = said.order_by("-holds_from", "-pk").values("pk")[:1]
    return rows.filter(pk=Subquery(newest)).select_related("asset")


def _standing(where: Q, on: date) -> "QuerySet[Description]":
    rows = Description.objects.filter(_alive(on, "asset__")).filter(_of_assets(where))
    return _said_by(rows, on)


def _closed(place_id: int, on: date) -> "QuerySet[Description]":
    closed = Q(asset__until__lte=on) | Q(asset__is_struck=True)
    rows = Description.objects.filter(closed).filter(_of_assets(scope(place_id)))
    return _said_by(rows, on)


def _views(rows: Iterable[Description], *, public_only: bool = False) -> tuple[AssetView, ...]:
    held: Sequence[Description] = list(rows)
    names = territory.names_of({row.asset.place_id for row in held})
    return tuple(_view(row, names.get(row.asset.place_id, ""), public_only) for row in held)


def _view(row: Description, place_name: str, public_only: bool) -> AssetView:
    kind = KINDS.get(row.asset.kind)
    told = reading.read(kind, row.attributes)
    if public_only and kind is not None:
        told = {
            each.name: told[each.name] for each in kind.attributes if each.is_public and each.name in told
        }
    return AssetView(
        id=row.asset_id,
        uid=row.asset.uid,
        place_id=row.asset.place_id,
        place_name=place_name,
        kind=row.asset.kind,
        name=row.name,
        geometry=row.geometry,
        length_m=None if row.length_cm is None else Decimal(row.length_cm) / 100,
        area_m2=None if row.area_dm2 is None else Decimal(row.area_dm2) / 10,
        attributes=dict(told),
        state=row.state,
        mark=Mark(row.mark),
        source=row.source,
        since=row.asset.since,
        until=row.asset.until,
        is_public=row.is_public and row.asset.kind not in NEVER_PUBLIC,
        part_of=row.asset.part_of_id,
        is_struck=row.asset.is_struck,
    )

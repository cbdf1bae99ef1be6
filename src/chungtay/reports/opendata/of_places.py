"""Places in time, and which followed which."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q

from chungtay.reports.opendata.columns import LEVELS, missing_column, why_empty
from chungtay.reports.opendata.shapes import Asked, Cell, Column, Kind, Row, Table, codes_of
from chungtay.reports.opendata.walking import by_key, placed, places_named
from chungtay.territory import names
from chungtay.territory import queries as territory
from chungtay.territory.models import PlaceState, Succession, SuccessionKind
from rulebook import Text

_FROM = Text("từ ngày này", "from this day")
_UNTIL = Text("đến trước ngày này; trống là còn mãi", "until before this day; empty while it still is so")


def _places(asked: Asked) -> Iterator[Row]:
    found = PlaceState.objects.select_related("place")
    if asked.place is not None:
        found = found.filter(place_id__in=territory.ids_ever_under(asked.place))
    if asked.year is not None:
        begun = Q(valid_from=None) | Q(valid_from__year__lte=asked.year)
        found = found.filter(begun, Q(valid_to=None) | Q(valid_to__year__gt=asked.year))

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            yield (
                row.place_id,
                str(row.place.uid),
                row.official_code,
                row.place.level,
                row.kind,
                row.name,
                names.full(row.kind, row.name),
                row.parent_id,
                row.region,
                row.commune_group,
                row.valid_from,
                row.valid_to,
                row.place.valid_to,
                row.instrument,
                row.source,
                why_empty(
                    valid_from=row.valid_from is None,
                    region=not row.region,
                    commune_group=not row.commune_group and row.place.level == "commune",
                ),
            )

    return by_key(found, asked, write)


def _successions(asked: Asked) -> Iterator[Row]:
    found = Succession.objects.all()
    if asked.place is not None:
        touched = territory.ids_ever_under(asked.place)
        found = found.filter(Q(predecessor_id__in=touched) | Q(successor_id__in=touched))
    if asked.year is not None:
        found = found.filter(on__year=asked.year)

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(each for row in rows for each in (row.predecessor_id, row.successor_id))
        for row in rows:
            before, since = placed(row.predecessor_id, known), placed(row.successor_id, known)
            yield (*before, *since, row.on, row.kind, row.instrument, row.source)

    return by_key(found, asked, write)


PLACES = Table(
    name="dia-ban",
    title=Text("Địa bàn qua thời gian", "Places in time"),
    about=Text(
        "Mỗi dòng là một quãng thời gian của một địa bàn với tên, mã, nơi trực thuộc của quãng ấy: "
        "từ cả nước đến "
        "thôn, xóm, kể cả nơi nay không còn.",
        "Each row is one stretch of a place's life with the name, code and parent of that stretch: "
        "from the nation to "
        "the hamlet, those that are no more included.",
    ),
    columns=(
        Column("place_id", Text("Số của địa bàn", "Place number"), Kind.INTEGER),
        Column(
            "place_uid", Text("Mã riêng của địa bàn", "Place id"), about=Text("Không đổi.", "Never changes.")
        ),
        Column("code", Text("Mã hành chính", "Official code")),
        Column("level", Text("Cấp", "Level"), codes=LEVELS),
        Column(
            "kind", Text("Loại", "Kind"), about=Text("xã, phường, xóm …", "as in its name: xã, phường, xóm …")
        ),
        Column("name", Text("Tên", "Name")),
        Column("full_name", Text("Tên đầy đủ", "Full name")),
        Column("parent_id", Text("Số của nơi trực thuộc", "Number of its parent"), Kind.INTEGER),
        Column(
            "region", Text("Vùng", "Region"), about=Text("Mã vùng của luật.", "The law's code of a region.")
        ),
        Column("commune_group", Text("Nhóm xã", "Commune group")),
        Column("valid_from", Text("Từ ngày", "From"), Kind.DAY, about=_FROM),
        Column("valid_to", Text("Đến trước ngày", "Until before"), Kind.DAY, about=_UNTIL),
        Column("ended", Text("Địa bàn kết thúc ngày", "Place ended on"), Kind.DAY),
        Column("instrument", Text("Văn bản", "Instrument")),
        Column("source", Text("Nguồn", "Source")),
        missing_column(
            {
                "valid_from": Text(
                    "chưa biết quãng này bắt đầu khi nào", "when this stretch began is not known"
                ),
                "region": Text(
                    "vùng không ghi ở đây: theo nơi cấp trên", "no region here: that of the place above"
                ),
                "commune_group": Text("chưa ghi nhóm xã", "nobody recorded the group"),
            }
        ),
    ),
    rows=_places,
    key=("place_id", "valid_from"),
    deeds=("territory.",),
    filters=("place", "year"),
    provenance=Text(
        "Gói dữ liệu vietnamadminunits (MIT) và các nghị quyết nêu ở từng dòng; thôn, xóm do xã ghi.",
        "The package vietnamadminunits (MIT) and the resolutions named in each row; hamlets by their communes.",
    ),
)

SUCCESSION = Table(
    name="dia-ban-ke-tiep",
    title=Text("Nơi nào kế tiếp nơi nào", "Which place followed which"),
    about=Text(
        "Mỗi dòng: một nơi đã được một nơi khác nhận toàn bộ hoặc một phần, ngày nào, theo văn bản nào.",
        "Each row: one place was taken over by another, in whole or in part, on which day, by "
        "which instrument.",
    ),
    columns=(
        Column("before_id", Text("Số của nơi trước", "Number of the place before"), Kind.INTEGER),
        Column("before_code", Text("Mã của nơi trước", "Code of the place before")),
        Column("before", Text("Nơi trước", "Place before")),
        Column("after_id", Text("Số của nơi sau", "Number of the place after"), Kind.INTEGER),
        Column("after_code", Text("Mã của nơi sau", "Code of the place after")),
        Column("after", Text("Nơi sau", "Place after")),
        Column("on", Text("Ngày", "Day"), Kind.DAY),
        Column("kind", Text("Nhận", "Took over"), codes=codes_of(SuccessionKind)),
        Column("instrument", Text("Văn bản", "Instrument")),
        Column("source", Text("Nguồn", "Source")),
    ),
    rows=_successions,
    key=("before_id", "after_id", "on"),
    deeds=("territory.",),
    filters=("place", "year"),
    provenance=PLACES.provenance,
)

TABLES = (PLACES, SUCCESSION)

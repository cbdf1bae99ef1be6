"""What stands in the registers: amenities with where they lie, and who produces what; and what was published."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery

from chungtay.community.publishing.models import Kind as NewsKind
from chungtay.community.publishing.models import News, NewsText
from chungtay.community.publishing.models import State as NewsState
from chungtay.community.recorded import STANDING
from chungtay.registers.amenities import kinds as amenity_kinds
from chungtay.registers.amenities import queries as amenities
from chungtay.registers.amenities.models import Description
from chungtay.registers.livelihood import queries as livelihood
from chungtay.registers.livelihood.kinds import KINDS as RECORD_KINDS
from chungtay.registers.livelihood.models import Move
from chungtay.reports.opendata.columns import (
    mark_column,
    missing_column,
    place_columns,
    source_column,
    why_empty,
)
from chungtay.reports.opendata.shapes import Asked, Cell, Column, Kind, Row, Table, codes_of
from chungtay.reports.opendata.walking import after, by_key, placed, places_named, within
from chungtay.territory import queries as territory
from rulebook import Text

_CENT: Final = Decimal("0.01")
_OPEN_KINDS: Final = ("producer", "area", "code", "contract", "brand", "product")
"""Of livelihood; incomes are asked of few households, and only their mean is a figure, confirmed like any other."""


def _assets(asked: Asked) -> Iterator[Row]:
    day = asked.on
    said = Description.objects.filter(asset_id=OuterRef("asset_id"), holds_from__lte=day)
    stands = (Q(asset__since=None) | Q(asset__since__lte=day)) & (
        Q(asset__until=None) | Q(asset__until__gt=day)
    )
    found = Description.objects.filter(
        stands, pk=Subquery(said.order_by("-holds_from", "-pk").values("pk")[:1]), is_public=True
    ).exclude(asset__kind__in=amenity_kinds.NEVER_PUBLIC)
    found = within(found.select_related("asset"), asked, "asset__place_id")

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        views = amenities.views(rows)
        known = places_named(each.place_id for each in views)
        for each in views:
            yield (
                each.id,
                str(each.uid),
                *placed(each.place_id, known),
                each.kind,
                each.name,
                each.state,
                None if each.length_m is None else each.length_m.quantize(_CENT),
                None if each.area_m2 is None else each.area_m2.quantize(_CENT),
                _told(_public(each.kind, each.attributes)),
                json.dumps(each.geometry, separators=(",", ":")) if each.geometry else "",
                each.since,
                each.source,
                each.mark.value,
                why_empty(state=not each.state, geometry=not each.geometry, since=each.since is None),
            )

    return by_key(found, asked, write)


def _public(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    known = amenity_kinds.KINDS.get(kind)
    return (
        {each.name: told[each.name] for each in known.attributes if each.is_public and each.name in told}
        if known
        else {}
    )


def _records(asked: Asked) -> Iterator[Row]:
    root = asked.place if asked.place is not None else territory.nation_id()

    def every() -> Iterator[Row]:
        if root is None:
            return
        for code in sorted(_OPEN_KINDS):
            if asked.after and code < str(asked.after[0]):
                continue
            kind = RECORD_KINDS[code]
            open_facts = [fact.name for fact in kind.facts if fact.is_public]
            found = livelihood.records(root, code, asked.on, livelihood.Asked(state="all"))
            known = places_named(each.place_id for each in found)
            for each in sorted(found, key=lambda record: record.id):
                told = {
                    name: each.facts[name] for name in open_facts if each.facts.get(name) not in (None, "")
                }
                stars = each.rating.stars if code == "product" and each.rating else None
                yield (
                    (code, each.id),
                    (
                        code,
                        each.id,
                        *placed(each.place_id, known),
                        each.public_name,
                        each.producer,
                        _told(told),
                        each.members if code == "producer" else None,
                        each.state if code == "code" else "",
                        stars,
                        each.expires,
                        each.closed_on,
                        each.source,
                        each.mark.value,
                        why_empty(
                            members=code == "producer" and each.members is None,
                            stars=code == "product" and stars is None,
                            expires=code in ("product", "code", "contract", "brand") and each.expires is None,
                        ),
                    ),
                )

    return after(asked, every())


def _news(asked: Asked) -> Iterator[Row]:
    shown = Q(publish_from__lte=asked.on) & (Q(publish_to=None) | Q(publish_to__gte=asked.on))
    found = within(News.objects.filter(STANDING, shown, state=NewsState.PUBLISHED), asked)
    if asked.year is not None:
        found = found.filter(publish_from__year=asked.year)

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(row.place_id for row in rows)
        texts: dict[int, dict[str, Any]] = {}
        versions = NewsText.objects.filter(news_id__in=[row.pk for row in rows]).order_by("number", "pk")
        for version in versions:
            texts.setdefault(version.news_id, {})[version.language] = version
        for row in rows:
            has = texts.get(row.pk, {})
            text = has.get("vi") or next(iter(has.values()), None)
            yield (
                str(row.uid),
                *placed(row.place_id, known),
                row.kind,
                row.publish_from,
                row.publish_to,
                text.language if text else "",
                " ".join(sorted(has)),
                text.title if text else "",
                text.body if text else "",
            )

    return by_key(found, asked, write)


def _told(facts: Mapping[str, Any]) -> str:
    """Facts of one kind of record as a JSON object; what is not known is left out."""
    return json.dumps(facts, ensure_ascii=False, default=_plain) if facts else ""


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
    return str(value)


_FACTS = Text(
    "Những điều riêng của loại này, dạng JSON; điều chưa biết thì không có ở đây.",
    "What is told of this kind, as JSON; what is not known is left out.",
)

AMENITIES = Table(
    name="ha-tang",
    title=Text("Hạ tầng, tiện ích", "Amenities"),
    about=Text(
        "Đường, nhà văn hoá, trường, trạm, đèn, loa, camera … đang có, với vị trí nếu đã vẽ. Không "
        "có hình ảnh từ camera, "
        "không có nơi ở của hộ nào.",
        "Roads, culture houses, schools, clinics, lamps, loudspeakers, cameras … that stand now, "
        "with where they lie if "
        "drawn. No video, and no household's home.",
    ),
    columns=(
        Column("asset_id", Text("Số", "Number"), Kind.INTEGER),
        Column("asset_uid", Text("Mã riêng", "Id")),
        *place_columns(),
        Column("kind", Text("Loại", "Kind"), codes={
            code: kind.label for code, kind in amenity_kinds.KINDS.items() if code not in amenity_kinds.NEVER_PUBLIC}),
        Column("name", Text("Tên", "Name")),
        Column("state", Text("Tình trạng", "State"), codes=dict(amenity_kinds.STATES)),
        Column("length_m", Text("Chiều dài", "Length"), Kind.DECIMAL, Text("m", "m")),
        Column("area_m2", Text("Diện tích", "Area"), Kind.DECIMAL, Text("m²", "m²")),
        Column("attributes", Text("Thông tin riêng", "Attributes"), about=_FACTS),
        Column("geometry", Text("Vị trí", "Geometry"), about=Text(
            "GeoJSON, WGS 84, kinh độ trước.", "GeoJSON, WGS 84, longitude first.")),
        Column("since", Text("Có từ", "Since"), Kind.DAY),
        source_column(),
        mark_column(),
        missing_column({
            "state": Text("chưa ghi tình trạng", "nobody told its state"),
            "geometry": Text("chưa vẽ", "not drawn yet"),
            "since": Text("chưa biết có từ khi nào", "since when is not known"),
        }),
    ),
    rows=_assets,
    key=("asset_id",),
    deeds=("registers.", "territory."),
    filters=("place",),
    provenance=Text("Do từng địa bàn ghi và vẽ; nguồn nêu ở từng dòng.", "Recorded and drawn by each place."),
    daily=True,
)  # fmt: skip

LIVELIHOOD = Table(
    name="san-xuat",
    title=Text("Sản xuất", "Production"),
    about=Text(
        "Hợp tác xã, tổ hợp tác, diện tích theo cây trồng, mã số vùng trồng, hợp đồng liên kết, "
        "nhãn hiệu, sản phẩm OCOP. "
        "Không nêu hộ nào.",
        "Co-operatives and groups, areas by crop, growing-area codes, contracts, brands, OCOP "
        "products. No household is "
        "named.",
    ),
    columns=(
        Column("kind", Text("Loại", "Kind"), codes={code: RECORD_KINDS[code].label for code in _OPEN_KINDS}),
        Column("record_id", Text("Số", "Number"), Kind.INTEGER),
        *place_columns(),
        Column("name", Text("Tên", "Name")),
        Column("producer", Text("Của", "Of")),
        Column("facts", Text("Thông tin riêng", "Facts"), about=_FACTS),
        Column("members", Text("Số thành viên", "Members"), Kind.INTEGER),
        Column("state", Text("Bước sau cùng của mã vùng trồng", "Last step of a growing-area code"),
               codes=codes_of(Move)),
        Column("stars", Text("Số sao OCOP", "OCOP stars"), Kind.INTEGER),
        Column("expires", Text("Hết hạn sau ngày", "Holds until"), Kind.DAY),
        Column("closed_on", Text("Thôi từ ngày", "Closed on"), Kind.DAY),
        source_column(),
        mark_column(),
        missing_column({
            "members": Text("chưa rõ số thành viên", "how many members is not known"),
            "stars": Text("chưa được chấm sao", "no stars given yet"),
            "expires": Text("không rõ hạn", "until when it holds is not known"),
        }),
    ),
    rows=_records,
    key=("kind", "record_id"),
    deeds=("registers.", "territory."),
    filters=("place",),
    provenance=Text("Sổ sản xuất của từng địa bàn; nguồn nêu ở từng dòng.", "The registers of each place."),
    daily=True,
)  # fmt: skip

NEWS = Table(
    name="tin",
    title=Text("Tin, thông báo", "News and notices"),
    about=Text("Tin và thông báo đang đăng.", "What is published now."),
    columns=(
        Column("news_uid", Text("Mã riêng", "Id")),
        *place_columns(),
        Column("kind", Text("Loại", "Kind"), codes={str(code): words for code, words in NewsKind.choices}),
        Column("publish_from", Text("Đăng từ", "Published from"), Kind.DAY),
        Column("publish_to", Text("Đến hết ngày", "Until, included"), Kind.DAY),
        Column("language", Text("Tiếng của cột tên và nội dung", "Language of title and body")),
        Column("languages", Text("Có các bản tiếng", "Has versions in")),
        Column("title", Text("Tên", "Title")),
        Column("body", Text("Nội dung", "Body")),
    ),
    rows=_news,
    key=("news_uid",),
    deeds=("community.", "territory."),
    filters=("place", "year"),
    provenance=Text("Do từng địa bàn đăng.", "Published by each place."),
    daily=True,
)  # fmt: skip

TABLES = (AMENITIES, LIVELIHOOD, NEWS)

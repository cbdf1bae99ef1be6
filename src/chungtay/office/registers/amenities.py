"""The register of amenities of a place and below: the list with filters, order, pages and files."""

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import NotFound, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Door, Filter, Item, Page, Table
from chungtay.registers.amenities import board, exporting, kinds, policies, queries
from chungtay.registers.amenities.kinds import KINDS
from chungtay.registers.amenities.queries import AssetView, Filters
from chungtay.registers.geo import writing
from chungtay.territory.queries import PlaceView
from viet.numbers import format_number


@for_officers
def assets(visit: Visit, place_id: int) -> HttpResponse:
    """What stands at a place and below, or was closed."""
    place, asked = pages.place_of(place_id), _asked(visit)
    rows = queries.listed(place_id, asked, on=visit.today)
    if form := pages.file_form(visit):
        if rows.count() > pages.MOST_IN_FILE:
            raise Refusal(_("Quá nhiều dòng cho một bảng. Hãy lọc hẹp hơn rồi tải lại."))
        return pages.as_download(visit, place, "ha-tang", form, _sheet(queries.views(rows)))
    page = Paginator(rows, pages.PER_PAGE).get_page(visit.request.GET.get("trang"))
    table = Table(
        _("Sổ hạ tầng"),
        [
            Column(_("Tên"), sort="name"),
            Column(_("Loại"), sort="kind"),
            Column(_("Tình trạng")),
            Column(_("Kích thước"), sort="length", css="number"),
            Column(_("Có từ"), sort="since", css="nowrap"),
            Column(_("Nơi")),
        ],
        [_row(each) for each in queries.views(page.object_list)],
        (
            _("Sổ hạ tầng chưa có gì"),
            _("Thêm từng mục, hoặc nhập từ tệp bản đồ GeoJSON, KML, Shapefile, GeoPackage."),
        ),
        page,
        asked.order,
    )
    return pages.draw(visit, place, _page(visit, place, asked, table))


def _asked(visit: Visit) -> Filters:
    return Filters(
        kind=pages.asked_choice(visit, "loai", kinds.choices()),
        state=pages.asked_choice(visit, "tinh-trang", _states()),
        text=pages.asked_text(visit),
        drawn=pages.asked_choice(visit, "ve", [("yes", ""), ("no", "")]),
        public=pages.asked_choice(visit, "cong-khai", [("yes", ""), ("no", "")]),
        closed=visit.request.GET.get("khep") == "co",
        order=pages.asked_sort(visit, tuple(queries.ORDERS), "kind"),
    )


def _states() -> list[tuple[str, str]]:
    return [*((code, str(words)) for code, words in kinds.STATES), ("unknown", _("chưa biết"))]


def _page(visit: Visit, place: PlaceView, asked: Filters, table: Table) -> Page:
    keep = visit.refusal(policies.KEEP, place.id)
    bring = visit.refusal(policies.IMPORT, place.id)
    counted = queries.counts(place.id, on=visit.today)
    query = visit.request.GET.urlencode()
    maps = [
        Door(
            _("Tải %(form)s") % {"form": words},
            reverse("office:assets_map_file", args=[place.id, form]) + (f"?{query}" if query else ""),
            kind="quiet",
        )
        for form, words in (
            ("geojson", "GeoJSON"),
            ("kml", "KML"),
            ("shp", "Shapefile"),
            ("gpkg", "GeoPackage"),
        )
        if table.rows
    ]
    return Page(
        room="assets",
        heading=_("Sổ hạ tầng"),
        lead=_("Mỗi mục có vị trí và thời gian; sửa đổi không xoá điều đã ghi."),
        stats=[
            (
                format_number(sum(counted.values())),
                _("mục đang có: %(kinds)s") % {"kinds": _counted(counted)},
                "",
            )
        ]
        if counted
        else [],
        doors=[
            Door(_("Thêm vào sổ"), reverse("office:add_asset", args=[place.id]), keep),
            Door(_("Nhập từ tệp bản đồ"), reverse("office:import_map", args=[place.id]), bring, "quiet"),
            Door(_("Đưa vào số liệu"), reverse("office:feed_figures", args=[place.id]), keep, "quiet"),
            Door(_("Bản đồ và sơ đồ để treo"), reverse("portal:place_map", args=[place.id]), kind="quiet"),
            *_board(place),
            *_plates(place, counted, keep),
            *maps,
        ],
        filters=[
            Filter("loai", _("Loại"), asked.kind, [("", _("mọi loại")), *kinds.choices()]),
            Filter("tinh-trang", _("Tình trạng"), asked.state, [("", _("mọi tình trạng")), *_states()]),
            Filter(
                "ve",
                _("Bản đồ"),
                asked.drawn,
                [("", _("tất cả")), ("yes", _("đã vẽ")), ("no", _("chưa vẽ"))],
            ),
            Filter(
                "cong-khai",
                _("Công khai"),
                asked.public,
                [("", _("tất cả")), ("yes", _("công khai")), ("no", _("chỉ cán bộ xem"))],
            ),
            Filter(
                "khep",
                _("Còn hay đã khép"),
                "co" if asked.closed else "",
                [("", _("đang có")), ("co", _("đã khép"))],
            ),
            Filter("tim", _("Tên có chữ"), asked.text),
        ],
        tables=[table],
    )


def _board(place: PlaceView) -> list[Door]:
    if place.level not in board.LEVELS:
        return []
    return [Door(_("Số liên hệ trên sơ đồ"), reverse("office:board_numbers", args=[place.id]), kind="quiet")]


def _plates(place: PlaceView, counted: dict[str, int], keep: str) -> list[Door]:
    if not counted.get("address"):
        return []
    address = reverse("office:address_plates", args=[place.id])
    return [Door(_("In biển địa chỉ số (A4, PDF)"), address, keep, "quiet")]


def _counted(counted: dict[str, int]) -> str:
    """ "Đường 12; Camera 7", in the order of the table of kinds."""
    return "; ".join(
        f"{KINDS[code].label} {format_number(counted[code])}" for code in KINDS if code in counted
    )


def size_words(asset: AssetView) -> str:
    """ "1.035 m", "1.200 m²" or "chưa vẽ"."""
    if asset.length_m is not None:
        return f"{format_number(asset.length_m, 0)} m"
    if asset.area_m2 is not None:
        return f"{format_number(asset.area_m2, 0)} m²"
    return _("một điểm") if asset.geometry else _("chưa vẽ")


def _row(asset: AssetView) -> list[Item]:
    return [
        Item(asset.name, reverse("office:asset", args=[asset.id]), mark=pages.mark_of(asset.mark)),
        Item(asset.kind_words, note="" if asset.is_public else _("chỉ cán bộ xem")),
        Item(asset.state_words or _("chưa biết")),
        Item(size_words(asset)),
        Item(
            day_words(asset.since) if asset.since else "–",
            note=_("gạch bỏ")
            if asset.is_struck
            else _("khép %(day)s") % {"day": day_words(asset.until)}
            if asset.until
            else "",
        ),
        Item(asset.place_name),
    ]


def _sheet(found: tuple[AssetView, ...]) -> Table:
    """The whole list with all that is told of the kinds in it."""
    names: dict[str, Any] = {}
    for each in found:
        for attribute in each.shows.attributes if each.shows else ():
            names.setdefault(attribute.name, attribute)
    fixed = [
        *(_("Tên"), _("Loại"), _("Nơi"), _("Tình trạng"), _("Chiều dài (m)"), _("Diện tích (m²)")),
        *(
            _("Có từ (năm-tháng-ngày)"),
            _("Khép (năm-tháng-ngày)"),
            _("Loại số liệu"),
            _("Nguồn"),
            _("Công khai"),
        ),
    ]
    columns = [*map(Column, fixed), *(Column(_with_unit(each)) for each in names.values())]
    return Table(_("Sổ hạ tầng"), columns, [_cells(each, names) for each in found])


def _with_unit(attribute: Any) -> str:
    return f"{attribute.label} ({attribute.unit})" if attribute.unit else str(attribute.label)


def _cells(asset: AssetView, names: dict[str, Any]) -> list[Item]:
    told = [
        Item(asset.name),
        Item(asset.kind_words),
        Item(asset.place_name),
        Item("", told=asset.state_words or None),
        Item("", told=asset.length_m),
        Item("", told=asset.area_m2),
        pages.day_item(asset.since),
        pages.day_item(asset.until),
        Item(pages.mark_words(asset.mark)),
        Item(asset.source),
        Item(_("có") if asset.is_public else _("không")),
    ]
    return told + [Item("", told=value_words(asset, name) or None) for name in names]


def value_words(asset: AssetView, name: str) -> str:
    """What is told of an asset under a name; "" where it is not known."""
    attribute, value = asset.shows.attribute(name) if asset.shows else None, asset.attributes.get(name)
    if attribute is None or value is None:
        return ""
    match attribute.type:
        case "flag":
            return _("có") if value else _("không")
        case "choice":
            return attribute.words_of(value)
        case "number" | "whole":
            return format_number(value) if isinstance(value, Decimal | int) else ""
    return str(value)


@for_officers
def map_file(visit: Visit, place_id: int, form: str) -> HttpResponse:
    """What the list holds and is on the map, as a map file that can be brought in again."""
    if form not in writing.SUFFIXES:
        raise NotFound(_("Không có dạng tệp này. Hãy chọn GeoJSON, KML, Shapefile hoặc GeoPackage."))
    place = pages.place_of(place_id)
    rows = queries.listed(place_id, _asked(visit), on=visit.today)
    chosen: Any = form
    data = writing.write(chosen, exporting.features(queries.views(rows)))
    response = HttpResponse(data, content_type=writing.CONTENT_TYPES[chosen])
    name = f"ha-tang-{place.id}-{visit.today.isoformat()}{writing.SUFFIXES[chosen]}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response

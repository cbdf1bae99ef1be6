"""Adding an asset and saying anew what is said of it: one form, whose fields are those of the kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office import forms
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community import pages
from chungtay.office.community.reader import Reader
from chungtay.office.forms import Field
from chungtay.registers.amenities import actions, kinds, policies, queries
from chungtay.registers.amenities.describing import said
from chungtay.registers.amenities.kinds import KINDS, NEVER_PUBLIC, Attribute, Kind
from chungtay.registers.amenities.queries import AssetView
from chungtay.registers.geo import typed
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Mark
from viet.dates import format_day
from viet.numbers import format_number

_HOLDERS = ("culture_house", "school", "clinic", "market")  # what equipment stands in


@dataclass(frozen=True)
class _Sent:
    """What was typed, as the deeds take it."""

    told: dict[str, Any]
    since: date | None
    part_of: int | None
    changed: tuple[str, ...]


@for_officers
def add(visit: Visit, place_id: int) -> HttpResponse:
    """Choose what it is, then say what is known of it."""
    place = pages.place_of(place_id)
    kind = KINDS.get(visit.request.GET.get("loai", ""))
    refusal = visit.refusal(policies.KEEP, place_id)
    if kind is None:
        context = _frame(visit, place) | {"kinds": kinds.choices(), "refusal": refusal}
        return visit.page("office/registers/amenities_kinds.html", context)
    fields, faults = _fields(kind, place_id, None), list[Fault]()
    if visit.request.method == "POST":
        try:
            sent = _read(visit, kind, place_id)
            made = actions.add(
                by=visit.by,
                at=visit.now,
                place_id=place_id,
                kind=kind.code,
                since=sent.since,
                part_of=sent.part_of,
                uid=Reader(_plain(visit)).uid(),
                **sent.told,
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = list(refused.faults)
        else:
            _tell(visit, sent, _("Đã thêm vào sổ."))
            return redirect("office:asset", asset_id=made.pk)
    return _form(visit, place, kind, fields, faults, refusal=refusal)


@for_officers
def change(visit: Visit, asset_id: int) -> HttpResponse:
    """Say anew what is known of an asset: it changed on a day, or what was said was wrong."""
    asset = queries.asset(asset_id)
    place, kind = pages.place_of(asset.place_id), asset.shows
    if kind is None:
        raise NotFound(_("Phiên bản này không có loại “%(kind)s”.") % {"kind": asset.kind})
    fields = _fields(kind, asset.place_id, asset) + _change_fields(visit)
    faults = list[Fault]()
    if visit.request.method == "POST":
        try:
            sent, reader = _read(visit, kind, asset.place_id, asset), Reader(_plain(visit))
            is_change = reader.text("way") == "change"
            on = reader.day("on") if is_change else None
            reader.check()
            actions.change(
                by=visit.by,
                at=visit.now,
                asset_id=asset_id,
                since=sent.since,
                part_of=sent.part_of,
                on=on,
                reason=reader.text("reason"),
                uid=reader.uid(),
                **sent.told,
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = list(refused.faults)
        else:
            _tell(visit, sent, _("Đã ghi. Điều ghi trước vẫn đọc được trong lịch sử."))
            return redirect("office:asset", asset_id=asset_id)
    refusal = visit.refusal(policies.KEEP, asset.place_id)
    return _form(visit, place, kind, fields, faults, asset=asset, refusal=refusal)


def _frame(visit: Visit, place: PlaceView) -> dict[str, Any]:
    return {"place": place, "above": territory.ancestors(place.id, day_in_life(place, visit.today))}


def _form(
    visit: Visit,
    place: PlaceView,
    kind: Kind,
    fields: Sequence[Field],
    faults: Sequence[Fault],
    *,
    asset: AssetView | None = None,
    refusal: str = "",
) -> HttpResponse:
    sent = visit.request.POST
    middle = queries.positions_of([place.id], on=visit.today).get(place.id)
    if middle is None and (known := territory.position_of(place.id)):
        middle = known.lon_e6 / 1e6, known.lat_e6 / 1e6
    context = _frame(visit, place) | {
        "kind": kind,
        "asset": asset,
        "fields": forms.drawn(fields, sent, faults),
        "faults": faults,
        "uid": sent.get("uid") or visit.uid(),
        "refusal": refusal,
        "middle": "{:.6f},{:.6f}".format(*middle) if middle else "",
    }
    return visit.page("office/registers/amenities_form.html", context, 422 if faults else 200)


def _fields(kind: Kind, place_id: int, asset: AssetView | None) -> list[Field]:
    told = asset.attributes if asset else {}
    return [
        Field(
            "name",
            _("Tên"),
            hint=_("Tên nơi, tuyến, vật; không ghi tên người"),
            value=asset.name if asset else "",
        ),
        *(_field(each, told.get(each.name)) for each in kind.attributes),
        Field(
            "state",
            _("Tình trạng"),
            "select",
            required=False,
            choices=[("", _("chưa biết")), *((code, str(words)) for code, words in kinds.STATES)],
            value=asset.state if asset else "",
        ),
        Field(
            "geometry",
            _("Vị trí"),
            "textarea",
            required=False,
            hint=_(
                "Mỗi dòng một điểm: vĩ độ, kinh độ, như 21.7213, 105.7546; hoặc dán GeoJSON. Cần %(shapes)s. "
                "Chưa biết thì để trống."
            )
            % {"shapes": policies.shapes_words(kind.shapes)},
            value=typed.text_of(asset.geometry) if asset and asset.geometry else "",
        ),
        Field(
            "since",
            _("Có từ ngày"),
            "day",
            required=False,
            hint=_("Chưa biết thì để trống"),
            value=format_day(asset.since) if asset and asset.since else "",
        ),
        *_part_field(kind, place_id, asset),
        *_public_field(kind, asset),
        Field(
            "mark",
            _("Bản ghi này"),
            "select",
            choices=_marks(asset),
            value=asset.mark.value if asset else Mark.MEASURED.value,
        ),
        Field(
            "source",
            _("Tài liệu nào"),
            required=False,
            hint=_("Khi ghi theo tài liệu"),
            value=asset.source if asset else "",
        ),
    ]


def _marks(asset: AssetView | None) -> list[tuple[str, str]]:
    """Where a record may come from; what was rebuilt stays so until somebody says otherwise."""
    known = [(str(code), str(words)) for code, words in pages.marks()]
    if asset and asset.mark.value not in dict(known):
        known.append((asset.mark.value, pages.mark_words(asset.mark)))
    return known


def _field(attribute: Attribute, value: object) -> Field:
    """The input of one attribute; what is unknown stays empty, and is not no."""
    choices: list[tuple[str, str]] = []
    kind, shown = "text", "" if value is None else str(value)
    match attribute.type:
        case "flag":
            kind, shown = "select", "" if value is None else "co" if value else "khong"
            choices = [("", _("chưa biết")), ("co", _("có")), ("khong", _("không"))]
        case "choice":
            kind = "select"
            known = ((code, str(words)) for code, words in attribute.choices)
            choices = [("", _("chưa biết")), *known]
        case "number" | "whole" if isinstance(value, Decimal | int):
            kind, shown = "number", format_number(value)
        case "number" | "whole":
            kind = "number"
    return Field(
        attribute.name,
        str(attribute.label),
        kind,
        str(attribute.hint),
        str(attribute.unit),
        attribute.required,
        choices,
        value=shown,
    )


def _part_field(kind: Kind, place_id: int, asset: AssetView | None) -> list[Field]:
    """What equipment stands in, of the houses of the place itself."""
    if kind.code != "equipment":
        return []
    today = date.max
    houses = queries.assets(place_id, on=today, kinds=_HOLDERS, below=False)
    choices = [("", _("không đặt trong nhà nào")), *((str(each.id), each.name) for each in houses)]
    value = str(asset.part_of) if asset and asset.part_of else ""
    return [Field("part_of", _("Đặt ở"), "select", required=False, choices=choices, value=value)]


def _public_field(kind: Kind, asset: AssetView | None) -> list[Field]:
    if kind.code in NEVER_PUBLIC:
        return []
    shown = kind.is_public if asset is None else asset.is_public
    label = _("Hiện trên trang công khai")
    hint = _("Mọi người đọc được tên, vị trí và các mục không riêng của cán bộ")
    choices = [("co", _("có")), ("khong", _("không, chỉ cán bộ xem"))]
    return [Field("is_public", label, "select", hint=hint, choices=choices, value="co" if shown else "khong")]


def _change_fields(visit: Visit) -> list[Field]:
    return [
        Field(
            "way",
            _("Vì sao ghi lại"),
            "select",
            choices=[
                ("correct", _("điều ghi trước bị sai: sửa cho cả thời gian trước")),
                ("change", _("thực tế đã đổi: đúng từ ngày dưới đây")),
            ],
        ),
        Field("on", _("Đổi từ ngày"), "day", required=False, value=format_day(visit.today)),
        Field("reason", _("Lý do"), required=False, hint=_("Sửa điều ghi sai thì phải ghi lý do")),
    ]


def _plain(visit: Visit) -> Mapping[str, str]:
    return {name: str(value) for name, value in visit.request.POST.items()}


def _read(visit: Visit, kind: Kind, place_id: int, asset: AssetView | None = None) -> _Sent:
    """The form as typed; a Refusal with everything that is wrong with it, read or meant."""
    reader = Reader(_plain(visit))
    told: dict[str, Any] = {
        "name": reader.text("name"),
        "attributes": {each.name: reader.text(each.name) for each in kind.attributes},
        "state": reader.text("state"),
        "source": reader.text("source"),
        "mark": Mark(mark) if (mark := reader.text("mark")) in dict(_marks(asset)) else Mark.MEASURED,
    }
    since, part = reader.day_or_none("since"), reader.text("part_of")
    faults = _faults_of(reader.check)
    geometry, changed = None, tuple[str, ...]()
    if text := reader.text("geometry"):
        near, province = policies.whereabouts(place_id)
        try:
            geometry, changed = typed.geometry_of(text, near=near, province=province)
        except Refusal as refused:
            faults += refused.faults
    if faults:
        faults += said(place_id, kind, geometry=geometry, is_public=None, **told).faults
        raise Refusal(*faults)
    is_public = None if kind.code in NEVER_PUBLIC else reader.text("is_public") != "khong"
    told |= {"geometry": geometry, "is_public": is_public}
    return _Sent(told, since, pages.key_of(part) if part else None, changed)


def _faults_of(check: Any) -> list[Fault]:
    try:
        check()
    except Refusal as refused:
        return list(refused.faults)
    return []


def _tell(visit: Visit, sent: _Sent, done: str) -> None:
    messages.success(visit.request, " ".join((done, *sent.changed)))

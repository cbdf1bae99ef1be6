"""What cannot be said of an asset, a border or a broadcast. Who may, `people` says."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_life, faults_of_order
from chungtay.community.deeds import faults_of_source, faults_of_texts
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures.policies import EARLIEST, check_mark
from chungtay.registers.amenities.kinds import KINDS, STATES, Kind
from chungtay.registers.amenities.models import Asset
from chungtay.registers.geo import checking
from chungtay.registers.geo.features import AREAS, LINES, POINTS
from chungtay.territory import queries as territory
from rulebook import Mark
from viet.letters import fold

KEEP, IMPORT = "registers.keep_amenities", "registers.import_map"
NAME, REASON = 200, 300


def kind_of(code: str) -> Kind:
    """The kind; a Refusal where there is none."""
    if code not in KINDS:
        raise Refusal(Fault(_("Hãy chọn một loại trong danh mục hạ tầng."), "kind"))
    return KINDS[code]


def faults_of_name(name: str, field: str = "name") -> list[Fault]:
    """A name is there, short, and without letters that nobody sees."""
    return faults_of_texts((name, field, _("tên"), NAME, True))


def faults_of_state(state: str) -> list[Fault]:
    if state in ("", *(code for code, _words in STATES)):
        return []
    return [Fault(_("Hãy chọn một tình trạng trong danh sách."), "state")]


def faults_of_geometry(geometry: object, kind: Kind, place_id: int) -> list[Fault]:
    """Why a geometry is none of a thing of that kind in Viet Nam."""
    faults = _faults_of_shape(geometry, place_id)
    if not faults and isinstance(geometry, dict) and geometry["type"] not in kind.shapes:
        sentence = _("“%(kind)s” cần %(shapes)s; hình này là %(found)s. Hãy vẽ lại.")
        told = {
            "kind": kind.label,
            "shapes": shapes_words(kind.shapes),
            "found": shapes_words([geometry["type"]]),
        }
        faults.append(Fault(sentence % told, "geometry"))
    return faults


def _faults_of_shape(geometry: object, place_id: int) -> list[Fault]:
    """What is wrong with a geometry as such; metres of VN-2000 are answered with the zone that fits the place."""
    if not checking.faults(geometry):
        return []
    near, province = whereabouts(place_id)
    return list(checking.faults(geometry, near=near, province=province))


def shapes_words(shapes: Iterable[str]) -> str:
    """Types of geometry as people say them: "một điểm hoặc một vùng"."""
    found = set(shapes)
    words = [
        words
        for types, words in ((POINTS, _("một điểm")), (LINES, _("một đường")), (AREAS, _("một vùng")))
        if found & set(types)
    ]
    return _(" hoặc ").join(words)


def whereabouts(place_id: int) -> tuple[tuple[float, float] | None, str]:
    """((longitude, latitude) of the commune that the place is or stands in, the province's official code)."""
    known, place = territory.position_of(place_id), territory.latest(place_id)
    day = date.max if place.ended is None else place.ended - timedelta(days=1)
    line = (*territory.ancestors(place_id, day), place)
    province = next((each.code for each in line if each.level == "province"), "")
    return (known.lon_e6 / 1e6, known.lat_e6 / 1e6) if known else None, province


def faults_of_life_at(place_id: int, since: date | None, today: date) -> list[Fault]:
    """Since when a thing can have stood at a place: not from tomorrow, and not where the place was no more."""
    faults = faults_of_day(since, today, _("Ngày có"), "since")
    return faults or faults_of_life(place_id, since or today, since or today, "since")


def faults_of_origin(mark: Mark, source: str) -> list[Fault]:
    check_mark(mark)
    return faults_of_source(mark, source)


def faults_of_reason(reason: str, *, needed: bool = True) -> list[Fault]:
    return faults_of_texts((reason, "reason", _("lý do"), REASON, needed))


def faults_of_code(code: str, place_id: int, but: int | None = None) -> list[Fault]:
    """One code of a digital address is one address at a place."""
    taken = Asset.objects.filter(
        place_id=place_id, kind="address", until=None, is_struck=False, descriptions__attributes__code=code
    )
    if code and any(pk != but for pk in taken.values_list("pk", flat=True)):
        sentence = _("Mã địa chỉ số “%(code)s” đã có ở đây. Hãy xem lại mã.")
        return [Fault(sentence % {"code": code}, "code")]
    return []


def check_stands(asset: Asset) -> None:
    """Only what stands is changed or closed."""
    if asset.until is not None or asset.is_struck:
        raise Refusal(_("Mục này đã khép trong sổ. Nếu khép nhầm, hãy mở lại rồi mới sửa."))


def check_uid(is_same: bool) -> None:
    if not is_same:
        raise Refusal(
            _("Mã gửi này đã dùng cho một bản ghi khác. Không ghi gì. Hãy mở lại trang và ghi bản mới.")
        )


def today_of(at: datetime) -> date:
    return timezone.localdate(at)


def refuse_if(faults: Iterable[Fault]) -> None:
    """A Refusal with all of them, each once."""
    found = tuple(dict.fromkeys(faults))
    if found:
        raise Refusal(*found)


def folded(name: str) -> str:
    """A name for searching."""
    return fold(name)[:NAME]


def faults_of_change(on: date, today: date, since: date | None, holds_from: date) -> list[Fault]:
    """From when a change can hold: not from tomorrow, after the thing began and not before the last change."""
    faults = faults_of_day(on, today, _("Ngày thay đổi"), "on")
    faults += faults_of_order(since, on, _("ngày có"), _("Ngày thay đổi"), "on")
    if holds_from.year >= EARLIEST.year:
        faults += faults_of_order(holds_from, on, _("lần thay đổi trước"), _("Ngày thay đổi"), "on")
    return faults


def faults_of_closing(on: date, today: date, since: date | None) -> list[Fault]:
    """From when a thing can be no more: not from tomorrow, and after the day it began."""
    faults = faults_of_day(on, today, _("Ngày khép"), "on")
    if since is not None and on <= since:
        sentence = _(
            "Ngày khép %(day)s phải sau ngày có %(since)s. Nếu mục này ghi nhầm, hãy gạch bỏ thay vì khép."
        )
        faults.append(Fault(sentence % {"day": day_words(on), "since": day_words(since)}, "on"))
    return faults


def faults_of_border(geometry: object, place_id: int) -> list[Fault]:
    """Why a geometry is no border."""
    faults = _faults_of_shape(geometry, place_id)
    if not faults and isinstance(geometry, dict) and geometry["type"] not in AREAS:
        faults.append(Fault(_("Địa giới là một vùng khép kín; hình này không phải. Hãy vẽ lại."), "geometry"))
    return faults


def faults_of_day_of_border(on: date, today: date, place_id: int) -> list[Fault]:
    return faults_of_day(on, today, _("Ngày của địa giới"), "on") or faults_of_life(place_id, on, on, "on")


def faults_of_feeding(on: date, today: date | None = None) -> list[Fault]:
    """Of which day figures can be taken from the register."""
    return faults_of_day(on, today or on, _("Ngày của số liệu"), "on")

"""What an asset is on a map: its line of the legend, its sign, its words. Geometry in, drawn things out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.registers.amenities import kinds
from chungtay.registers.amenities.kinds import KINDS
from chungtay.registers.amenities.queries import AssetView
from chungtay.ui.charts import LegendLine, Thing, sign_of
from viet.letters import fold
from viet.numbers import format_number

_LOOKS: Final[dict[str, tuple[int, float]]] = {
    "culture_house": (1, 1.0),
    "school": (1, 1.0),
    "clinic": (1, 1.0),
    "market": (1, 1.0),
    "road": (3, 1.0),
    "earth_road": (4, 1.0),
    "water": (2, 1.0),
    "waste_point": (2, 1.0),
    "loudspeaker": (6, 0.8),
    "camera": (6, 0.8),
    "wifi": (6, 0.8),
    "equipment": (6, 0.8),
    "other": (2, 1.0),
    "lamp": (9, 0.5),
}
"""In the order of the legend: whose label comes first and lies above, and how large the sign is."""
_UNKNOWN_LOOK: Final = (5, 1.0)
_UNNAMED: Final = frozenset({"lamp", "camera", "wifi", "loudspeaker", "equipment"})
"""Many, and all alike: known by their signs, named in the list only."""


@dataclass(frozen=True)
class Mapped:
    """An asset with its place on the drawing: number, of those that bear a label; group, its line of the legend."""

    asset: AssetView
    group: str
    number: int | None
    words: str
    href: str

    @property
    def shown_number(self) -> str:
        return "" if self.number is None else str(self.number)


@dataclass(frozen=True)
class Group:
    """One kind of thing of a map: its line of the legend, and its things for the list."""

    legend: LegendLine
    things: tuple[Mapped, ...]


def group_of(asset: AssetView) -> str:
    """A road of earth is drawn otherwise than a paved one."""
    return "earth_road" if asset.kind == "road" and asset.attributes.get("surface") == "earth" else asset.kind


def look_of(group: str) -> tuple[int, float]:
    """Rank and size of its sign, as `Thing` has them."""
    return _LOOKS.get(group, _UNKNOWN_LOOK)


def group_words(group: str) -> str:
    return _("Đường đất") if group == "earth_road" else kinds.label_of(group)


def mapped(assets: Iterable[AssetView]) -> tuple[Mapped, ...]:
    """The assets in the order of the legend, numbered where they bear a label."""
    ordered = sorted(assets, key=lambda one: (_order(group_of(one)), _natural(one.name), one.id))
    found, number = [], 0
    for asset in ordered:
        group = group_of(asset)
        is_named = group not in _UNNAMED and asset.geometry is not None
        number += is_named
        href = reverse("portal:asset", args=[asset.place_id, asset.id])
        found.append(Mapped(asset, group, number if is_named else None, words_of(asset), href))
    return tuple(found)


def groups(things: Sequence[Mapped]) -> tuple[Group, ...]:
    """By kind, in the order of the legend."""
    found: dict[str, list[Mapped]] = {}
    for each in things:
        found.setdefault(each.group, []).append(each)
    return tuple(Group(legend_line(name, held), tuple(held)) for name, held in found.items())


def legend_line(group: str, held: Sequence[Mapped]) -> LegendLine:
    shapes = {each.asset.geometry["type"].removeprefix("Multi") for each in held if each.asset.geometry}
    shape = "sign" if "Point" in shapes or not shapes else "way" if "LineString" in shapes else "area"
    return LegendLine(group, group_words(group), amount([each.asset for each in held]), shape, sign_of(group))


def amount(assets: Sequence[AssetView]) -> str:
    """How many there are; of roads how long they are together, those nobody measured told apart."""
    if all(each.kind == "road" for each in assets):
        known = [length for each in assets if (length := length_of(each)) is not None]
        if known and len(known) == len(assets):
            return _metres(sum(known, Decimal(0)))
        if known:
            told = {"length": _metres(sum(known, Decimal(0))), "n": len(assets) - len(known)}
            return _("%(length)s, %(n)s chưa đo") % told
        return _("%(n)s tuyến") % {"n": len(assets)}
    counts = [each.attributes.get("count") for each in assets]
    return format_number(sum(count if isinstance(count, int) else 1 for count in counts))


def length_of(asset: AssetView) -> Decimal | None:
    """As measured from the drawing, else as a paper tells it."""
    if asset.length_m is not None:
        return asset.length_m
    told = asset.attributes.get("told_length")
    return told if isinstance(told, Decimal) else None


def drawn(things: Iterable[Mapped]) -> list[Thing]:
    """As the drawing takes them; those that nobody has put on the ground are left out."""
    return [
        Thing(
            kind=each.group,
            sign=sign_of(each.group),
            geometry=each.asset.geometry,
            name=f"{each.asset.name}: {each.words}" if each.words else each.asset.name,
            label=each.asset.name if each.number is not None else "",
            short=each.shown_number,
            href=each.href,
            rank=look_of(each.group)[0],
            size=look_of(each.group)[1],
        )
        for each in things
        if each.asset.geometry is not None
    ]


def feature(each: Mapped) -> dict[str, Any]:
    """As the moving map takes it."""
    label = each.asset.name if each.number is not None else ""
    return {
        "type": "Feature",
        "geometry": rounded(each.asset.geometry),
        "properties": {
            "id": each.asset.id,
            "kind": each.group,
            "name": each.asset.name,
            "label": label,
            "words": each.words,
            "href": each.href,
            "rank": look_of(each.group)[0],
            "size": look_of(each.group)[1],
        },
    }


def faint(things: Iterable[Mapped]) -> list[Thing]:
    """What stands around the thing a drawing is about: quiet and without names."""
    return [
        replace(thing, kind="around", label="", short="", href="", rank=99, size=thing.size * 0.7)
        for thing in drawn(things)
    ]


def rounded(geometry: Any) -> Any:
    """A tenth of a metre is as fine as anybody drew it."""
    if isinstance(geometry, float):
        return round(geometry, 6)
    if isinstance(geometry, list | tuple):
        return [rounded(each) for each in geometry]
    if isinstance(geometry, dict):
        return {key: rounded(value) for key, value in geometry.items()}
    return geometry


def words_of(asset: AssetView) -> str:
    """What anybody may know of it, on one line."""
    return ", ".join(f"{label} {words}" if label else words for label, words in _short(asset))


def _short(asset: AssetView) -> list[tuple[str, str]]:
    told = []
    if (length := length_of(asset)) is not None:
        told.append(("", _metres(length)))
    if asset.area_m2 is not None:
        told.append(("", f"{format_number(round(asset.area_m2))} m²"))
    told += [(_unless_said(label, words), words) for label, words, is_flag in _public(asset) if not is_flag]
    told += [("", label.lower()) for label, words, is_flag in _public(asset) if is_flag and words]
    if asset.state and asset.state != kinds.WORKING:
        told.append(("", asset.state_words))
    return told[:6]


def _unless_said(label: str, words: str) -> str:
    """No label before what says it itself: “đường ngõ, xóm”, not “cấp đường đường ngõ, xóm”."""
    return "" if words.split(" ")[0] in label.lower().split(" ") else label.lower()


def facts_of(asset: AssetView) -> list[tuple[str, str]]:
    """Everything anybody may read of an asset, labelled; what is unknown says so where it matters."""
    told = [(_("Loại"), asset.kind_words), (_("Tình trạng"), asset.state_words or _("chưa biết"))]
    if asset.length_m is not None:
        told.append((_("Chiều dài đo trên bản đồ"), _metres(asset.length_m)))
    if asset.area_m2 is not None:
        told.append((_("Diện tích đo trên bản đồ"), f"{format_number(round(asset.area_m2, 1))} m²"))
    for label, words, is_flag in _public(asset):
        told.append((label, (_("Có") if words else _("Không")) if is_flag else words))
    told.append((_("Có từ"), day_words(asset.since) if asset.since else _("chưa biết")))
    if asset.until:
        told.append((_("Không còn từ"), day_words(asset.until)))
    told.append((_("Nguồn"), asset.source or _("chưa ghi")))
    return told


def _public(asset: AssetView) -> list[tuple[str, str, bool]]:
    """Label, words and whether it is a flag ("" for no) of each public attribute that is known."""
    kind = KINDS.get(asset.kind)
    found = []
    for attribute in kind.attributes if kind else ():
        value = asset.attributes.get(attribute.name)
        if value is None or not attribute.is_public:
            continue
        label = str(attribute.label)
        if isinstance(value, bool):
            found.append((label, "x" if value else "", True))
        elif attribute.type == "choice":
            found.append((label, attribute.words_of(value), False))
        elif isinstance(value, Decimal | int):
            found.append((label, f"{format_number(value)} {attribute.unit}".strip(), False))
        else:
            found.append((label, str(value), False))
    return found


def _metres(metres: Decimal) -> str:
    if metres >= 1000:
        return f"{format_number(round(metres / 1000, 2))} km"
    return f"{format_number(round(metres))} m"


def _natural(name: str) -> list[tuple[int, str]]:
    """Đèn 2 before Đèn 10."""
    return [(int(part), "") if part.isdecimal() else (0, fold(part)) for part in re.split(r"(\d{1,9})", name)]


def _order(group: str) -> int:
    return list(_LOOKS).index(group) if group in _LOOKS else len(_LOOKS)

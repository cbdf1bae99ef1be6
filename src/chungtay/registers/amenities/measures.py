"""Which figures the register gives, as one table: of which things, on which conditions, counted how.

A condition that is not known of a thing makes the figure unknown, with the thing's name: it is never taken for no, and
an unknown length never for zero. A share is rounded down, so that rounding alone never meets a threshold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final, Literal

from django.utils.translation import gettext as _

from chungtay.registers.amenities.kinds import KINDS, STATES, WORKING, Words
from chungtay.registers.amenities.queries import AssetView
from rulebook import Mark

Way = Literal["length", "share", "count", "any", "all", "addresses"]
Condition = tuple[str, tuple[object, ...]]  # an attribute, or "state", and the values that fit


@dataclass(frozen=True)
class Feed:
    """One measure. among: which things of the kind count at all; have: which of those make the part of a share.

    way: length in km · share of length in percent · count of things · any: whether there is one · all: whether all
    have, unknown where only some do · addresses: how many of the households.
    """

    measure: str
    kind: str
    way: Way
    among: tuple[Condition, ...] = ()
    have: tuple[Condition, ...] = ()


def _is(attribute: str, *values: object) -> Condition:
    return attribute, values


_YES: Final = (True,)
_COMMUNE: Final = _is("class", "commune")
_HAMLET: Final = _is("class", "hamlet", "inter_hamlet")
_MAIN: Final = _is("class", "hamlet")
_LANE: Final = _is("class", "lane")
_HAMLET_AND_LANE: Final = _is("class", "hamlet", "lane")
_FIELD: Final = _is("class", "field")
_SEALED: Final = _is("surface", "asphalt", "concrete")
_HARDENED: Final = _is("surface", "asphalt", "concrete", "paved", "gravel")
_PASSABLE: Final = ("passable", _YES)
_BRIGHT: Final = ("bright_clean", _YES)
_WORKS: Final = _is("state", WORKING)
_TO_LOWER_SECONDARY: Final = _is("level", "preschool", "primary", "lower_secondary", "primary_lower")

FEEDS: Final = (
    Feed("commune_road_length", "road", "length", (_COMMUNE,)),
    Feed("hamlet_road_length", "road", "length", (_HAMLET,)),
    Feed("lane_length", "road", "length", (_LANE,)),
    Feed("field_road_length", "road", "length", (_FIELD,)),
    Feed("concrete_road_length", "road", "length", (_is("surface", "concrete"),)),
    Feed("commune_roads_paved_share", "road", "share", (_COMMUNE,), (_SEALED, _PASSABLE)),
    Feed("hamlet_roads_hardened_share", "road", "share", (_HAMLET,), (_HARDENED, _PASSABLE)),
    Feed("hamlet_main_roads_paved_share", "road", "share", (_HAMLET,), (_SEALED,)),
    Feed("area_roads_hardened_share", "road", "share", (_HAMLET_AND_LANE,), (_HARDENED,)),
    Feed("field_roads_hardened_share", "road", "share", (_FIELD,), (_HARDENED,)),
    Feed("hamlet_roads_bright_clean_share", "road", "share", (_HAMLET_AND_LANE,), (_BRIGHT,)),
    Feed("lit_main_roads_share", "road", "share", (_MAIN,), (("lit", _YES),)),
    Feed("tree_lined_roads_share", "road", "share", (), (("planted", _YES),)),
    Feed("drained_roads_share", "road", "share", (), (("drained", _YES),)),
    Feed("lit_planted_roads_share", "road", "share", (), (("lit", _YES), ("planted", _YES), _BRIGHT)),
    Feed("security_cameras", "camera", "count", (_WORKS,)),
    Feed("cameras_linked", "camera", "all", (_WORKS,), (("linked", _YES),)),
    Feed("public_wifi_points", "wifi", "count", (("free", _YES), _WORKS)),
    Feed("schools_total", "school", "count", (_TO_LOWER_SECONDARY,)),
    Feed(
        "schools_facility_minimum",
        "school",
        "count",
        (_TO_LOWER_SECONDARY, _is("facilities", "minimum", "1", "2")),
    ),
    Feed("schools_facility_level_1", "school", "count", (_TO_LOWER_SECONDARY, _is("facilities", "1", "2"))),
    Feed("schools_facility_level_2", "school", "count", (_TO_LOWER_SECONDARY, _is("facilities", "2"))),
    Feed("rural_market_or_trading_place", "market", "any", (_WORKS,)),
    Feed("digital_address_share", "address", "addresses"),
)


@dataclass(frozen=True)
class Gap:
    """A thing of which something is not known that the figure hangs on."""

    asset_id: int
    name: str
    place_name: str
    why: str


@dataclass(frozen=True)
class Counted:
    """What the register says. value: None while something is unknown. things: how many went into it.

    part, whole: metres of road, or things; whole is what a share is of. mark: no more than the weakest thing's.
    """

    value: Decimal | bool | None
    things: int
    mark: Mark
    gaps: tuple[Gap, ...] = ()
    part: Decimal = Decimal(0)
    whole: Decimal = Decimal(0)
    why_not: str = ""


_WEAKEST_FIRST: Final = (Mark.SIMULATED, Mark.RECONSTRUCTED, Mark.STATED, Mark.TOLD)


def count(feed: Feed, assets: Sequence[AssetView], decimals: int) -> Counted:
    """What the assets of the feed's kind give; decimals: of the measure. `addresses` gives the number of them."""
    gaps: list[Gap] = []
    whole, part, marks = list[AssetView](), list[AssetView](), set[Mark]()
    needs_length = feed.way in ("length", "share")
    metres: dict[int, Decimal] = {}
    for each in assets:
        if each.kind != feed.kind:
            continue
        fits, unknown = _fits(each, feed.among)
        if fits is None:
            gaps.append(_gap(each, unknown))
        if not fits:
            continue
        has, unknown = _fits(each, feed.have)
        if has is None:
            gaps.append(_gap(each, unknown))
        if needs_length:
            length, mark = length_of(each)
            if length is None:
                gaps.append(Gap(each.id, each.name, each.place_name, _("chưa biết chiều dài")))
            metres[each.id] = length or Decimal(0)
            marks.add(mark)
        marks.add(each.mark)
        whole.append(each)
        if has:
            part.append(each)
    mark = next((each for each in _WEAKEST_FIRST if each in marks), Mark.MEASURED)
    total, some = (
        (sum((metres[each.id] for each in them), Decimal(0)) for them in (whole, part))
        if needs_length
        else (Decimal(len(whole)), Decimal(len(part)))
    )
    said = Counted(None, len(whole), mark, tuple(gaps), some, total)
    if gaps:
        return said
    value, why_not = _value(feed, said, decimals)
    return Counted(value, said.things, mark, (), some, total, why_not)


def length_of(road: AssetView) -> tuple[Decimal | None, Mark]:
    """Its length in metres as drawn, else as papers tell; None where neither is known."""
    if road.length_m is not None:
        return road.length_m, road.mark
    told = road.attributes.get("told_length")
    return (told, Mark.TOLD) if isinstance(told, Decimal) and told else (None, road.mark)


def words_of(feed: Feed) -> str:
    """What the figure is made of: "Cấp đường: đường xã; trong đó Mặt đường: nhựa, bê tông"."""
    among = "; ".join(_condition_words(feed.kind, each) for each in feed.among)
    have = "; ".join(_condition_words(feed.kind, each) for each in feed.have)
    if not have:
        return among
    return _("%(among)s; trong đó %(have)s") % {"among": among, "have": have} if among else have


def _value(feed: Feed, said: Counted, decimals: int) -> tuple[Decimal | bool | None, str]:
    step = Decimal(1).scaleb(-decimals)
    if not said.whole:
        return None, _("Sổ chưa có mục nào như vậy; chưa biết thì không phải là không có.")
    match feed.way:
        case "length":
            return (said.whole / 1000).quantize(step, ROUND_HALF_UP), ""
        case "share":
            return (said.part * 100 / said.whole).quantize(step, ROUND_DOWN), ""
        case "any":
            return True, ""
        case "all" if said.part in (0, said.whole):
            return bool(said.part), ""
        case "all":
            told = _(
                "%(part)s trong %(whole)s; chỉ một phần thì người phụ trách tự kết luận ở trang số liệu."
            )
            return None, told % {"part": said.part, "whole": said.whole}
    return said.whole, ""


def _fits(asset: AssetView, conditions: Iterable[Condition]) -> tuple[bool | None, str]:
    """(whether all hold, None where that is not known; the first thing that is not known)."""
    unknown = ""
    for name, values in conditions:
        value = asset.state or None if name == "state" else asset.attributes.get(name)
        if value is None:
            unknown = unknown or name
        elif value not in values:
            return False, ""
    return (None, unknown) if unknown else (True, "")


def _gap(asset: AssetView, name: str) -> Gap:
    why = _("chưa ghi “%(label)s”") % {"label": _label(asset.kind, name)}
    return Gap(asset.id, asset.name, asset.place_name, why)


def _label(kind: str, name: str) -> Words:
    attribute = KINDS[kind].attribute(name)
    return attribute.label if attribute else _("Tình trạng")


def _condition_words(kind: str, condition: Condition) -> str:
    name, values = condition
    attribute = KINDS[kind].attribute(name)
    if values == _YES:
        return str(_label(kind, name))
    words = [attribute.words_of(value) if attribute else dict(STATES).get(str(value), "") for value in values]
    return f"{_label(kind, name)}: {', '.join(map(str, words))}"

"""Reading the list of households: how many (for everybody), and who (for the posts that keep the list there).

Stays are read through mergers: a household entered at a hamlet that was merged is found at its successor. Where the
hamlet was divided nobody knows which part it stands in until a deed says so: it waits, and counts there are unknown.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from chungtay.community.households import policies
from chungtay.community.households.models import Household, Restricted, Stay
from chungtay.core.actors import Actor
from chungtay.core.refusals import Refusal
from chungtay.people.policies import may_act_for
from chungtay.territory import queries as territory
from chungtay.territory.models import lives_on
from rulebook import Mark

MOST_COMPARED: Final = 20_000
"""Households opened at once to look for their names."""
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class StayView:
    """Where a household stood under which code. valid_to: the first day no longer; ending: why, "" while it stays."""

    place_id: int
    place_name: str
    code: str
    valid_from: date | None
    valid_to: date | None
    ending: str


@dataclass(frozen=True)
class HouseholdView:
    """One household on one day. representative, address, digital_address: "" once they were erased.

    head_count: None when nobody told. place_id: where its books are. is_exempt: whether anything may be asked of it,
    never why.
    """

    id: int
    code: str
    place_id: int
    representative: str
    head_count: int | None
    address: str
    digital_address: str
    valid_from: date | None
    is_exempt: bool
    is_erased: bool
    mark: Mark
    source: str


@dataclass(frozen=True)
class RestrictedView:
    """What few may read. poverty: "" unknown, none, poor, near_poor."""

    poverty: str = ""
    ethnicity: str = ""
    disability: str = ""
    exemption: str = ""


@dataclass(frozen=True)
class HouseholdPage:
    """A household with its history. places: where it stood or stands now. restricted: None for posts it is not for."""

    view: HouseholdView
    places: frozenset[int]
    stays: tuple[StayView, ...]
    restricted: RestrictedView | None


def count_at(place_id: int, on: date) -> int | None:
    """How many households stand at or below a place on a day; a number only, open to everybody.

    None when it is not known: no list is kept, a hamlet below has none, the place does not live that day, or
    households of a divided hamlet still wait to be placed.
    """
    try:
        inside = frozenset(territory.subtree_ids(place_id, on))
        hamlets = frozenset(territory.subtree_ids(place_id, on, level="hamlet"))
    except Refusal:
        return None
    placed, waiting = _stays(inside, on)
    if not placed or waiting:
        return None
    here = {place for _stay, places in placed for place in places}
    covered = {above for _level, line in territory.lines_of(here).values() for above in line}
    return len(placed) if hamlets <= covered | {place_id} else None


def households_at(place_id: int, on: date, *, seen_by: Actor) -> tuple[HouseholdView, ...]:
    """The households at or below a place on a day, by code. Refused to posts that do not keep the list there."""
    policies.check_reads_names(seen_by, place_id)
    placed, _waiting = _stays(frozenset(territory.subtree_ids(place_id, on)), on)
    return _views([stay for stay, _places in placed])


def named_in(texts: Mapping[str, str], place_id: int, on: date) -> frozenset[str] | None:
    """Which of some texts name the representative of a household at or below a place, by their keys: never whom.

    A name of one word is not looked for. None where more than `MOST_COMPARED` households would have to be opened.
    """
    inside = territory.forerunners(frozenset(territory.subtree_ids(place_id, on)))
    stays = Stay.objects.filter(lives_on(on), place_id__in=inside).select_related("household")
    held = list(stays[: MOST_COMPARED + 1])
    if len(held) > MOST_COMPARED:
        return None
    names = {_spaced(stay.household.representative) for stay in held if " " in stay.household.representative}
    told = {key: _spaced(text) for key, text in texts.items()}
    return frozenset(key for key, text in told.items() if any(name in text for name in names))


def _spaced(text: str) -> str:
    """The words alone, each between blanks, so that a name is found whole."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return f" {' '.join(words)} "


@dataclass(frozen=True)
class Listed:
    """A household without any name. hamlet: where its books are found on the day, or were made where two may be."""

    id: int
    code: str
    hamlet: int


def listed_at(place_id: int, on: date) -> tuple[Listed, ...]:
    """The households at or below a place on a day, by code: for ledgers of ballots, which bear no name."""
    placed, _waiting = _stays(frozenset(territory.subtree_ids(place_id, on)), on)
    return tuple(
        Listed(stay.household_id, stay.code, min(places) if len(places) == 1 else stay.place_id)
        for stay, places in placed
    )


def stands_in(household_id: int, place_id: int, on: date) -> bool:
    """Whether a household stands at or below a place on a day."""
    stays = Stay.objects.filter(lives_on(on), household_id=household_id)
    here = {each for stay in stays for each in policies.places_now(stay.place_id, on)}
    return bool(here) and bool(territory.contained(place_id, here))


def waiting_at(place_id: int, on: date, *, seen_by: Actor) -> tuple[HouseholdView, ...]:
    """Households of a divided hamlet that may stand here and wait for somebody to say where."""
    policies.check_reads_names(seen_by, place_id)
    _placed, waiting = _stays(frozenset(territory.subtree_ids(place_id, on)), on)
    return _views(waiting)


def household(household_id: int, on: date, *, seen_by: Actor) -> HouseholdPage:
    """One household; NotFound when there is none for these eyes."""
    stay = last_stay(household_id)
    places = {stay.place_id, *policies.places_now(stay.place_id, on)} if stay else set[int]()
    if stay is None or not any(policies.reads_names(seen_by, each) for each in places):
        raise policies.not_there()
    stays = list(Stay.objects.filter(household_id=household_id).order_by("pk"))
    names = territory.names_of({each.place_id for each in stays})
    shown = any(may_act_for(seen_by, policies.RESTRICTED, each) for each in places)
    row = Restricted.objects.filter(pk=household_id).first()
    told = (
        RestrictedView(row.poverty, row.ethnicity, row.disability, row.exemption) if row else RestrictedView()
    )
    return HouseholdPage(
        view=_views([stay])[0],
        places=frozenset({each.place_id for each in stays} | places),
        stays=tuple(
            StayView(
                each.place_id, names[each.place_id], each.code, each.valid_from, each.valid_to, each.ending
            )
            for each in stays
        ),
        restricted=told if shown else None,
    )


def codes_of(household_ids: Iterable[int]) -> dict[int, str]:
    """The code each household bears, or bore last. For ledgers of ballots; never with a name."""
    stays = Stay.objects.filter(household_id__in=set(household_ids)).order_by("pk")
    return dict(stays.values_list("household_id", "code"))


def last_stay(household_id: int) -> Stay | None:
    """Where a household stands, or stood last."""
    return Stay.objects.filter(household_id=household_id).select_related("household").order_by("-pk").first()


def _stays(inside: frozenset[int], on: date) -> tuple[list[tuple[Stay, frozenset[int]]], list[Stay]]:
    """The stays of a day that surely lie inside, with where they are now, and those that may."""
    rows = Stay.objects.filter(lives_on(on), place_id__in=territory.forerunners(inside))
    stays = list(rows.select_related("household").order_by("code", "pk"))
    heirs = territory.heirs_on({stay.place_id for stay in stays}, on)
    placed = [(stay, heirs[stay.place_id]) for stay in stays if heirs[stay.place_id]]
    sure = [(stay, places) for stay, places in placed if places <= inside]
    return sure, [stay for stay, places in placed if places & inside and not places <= inside]


def _views(stays: list[Stay]) -> tuple[HouseholdView, ...]:
    told = Restricted.objects.filter(pk__in=[stay.household_id for stay in stays])
    exempt = {row.pk for row in told if row.exemption}
    return tuple(_view(stay, stay.household, stay.household_id in exempt) for stay in stays)


def _view(stay: Stay, row: Household, is_exempt: bool) -> HouseholdView:
    return HouseholdView(
        id=row.pk,
        code=stay.code,
        place_id=stay.place_id,
        representative=row.representative,
        head_count=row.head_count,
        address=row.address,
        digital_address=row.digital_address,
        valid_from=stay.valid_from,
        is_exempt=is_exempt,
        is_erased=row.erased_at is not None,
        mark=Mark(row.mark),
        source=row.source,
    )

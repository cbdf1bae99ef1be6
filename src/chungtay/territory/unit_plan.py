"""What `load_units` will write, worked out in memory: places with their states, and who followed whom. Pure.

Which units stay the same place across 1/7/2025:
- a province or commune goes on as one place when exactly one old unit became exactly that new one, whole, and kind
  and name are the same (spelling apart: "Xã KRong" and "Xã Krong");
- everything else is a new place with successions. So a merged province is a new place even where it kept a name and a
  code: Thái Nguyên before and since the merger with Bắc Kạn are two places, as their figures are of two territories;
- districts end with no successor, except the five island districts without communes, which became special zones.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from chungtay.territory.models import Level, SuccessionKind
from chungtay.territory.regions import province_key
from chungtay.territory.unit_data import REFORM, Unit, UnitData
from viet.letters import fold

INSTRUMENT = "Sắp xếp đơn vị hành chính, hiệu lực 01/7/2025"
NEW_CODES = "mã theo QĐ 19/2025/QĐ-TTg"
MIXED_UP = "chưa kiểm chứng: nguồn lẫn hai xã cùng tên"
NATION_KEY = "nation"

# Two sites that load the same units give them the same ids of their own.
_UIDS = uuid.UUID("6f1d2d3c-5a0e-5b52-9c0b-2f6a1c7e4d10")


@dataclass(frozen=True, slots=True)
class PlannedState:
    kind: str
    name: str
    code: str
    parent: str  # key of a planned place; "" for the nation
    region: str
    valid_from: date | None
    valid_to: date | None
    instrument: str
    source: str


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    key: str
    uid: uuid.UUID
    level: Level
    states: tuple[PlannedState, ...]


@dataclass(frozen=True, slots=True)
class PlannedSuccession:
    predecessor: str
    successor: str
    kind: SuccessionKind
    source: str


@dataclass
class Plan:
    """places: parents always before their children."""

    source: str
    places: list[PlannedPlace] = field(default_factory=list)
    successions: list[PlannedSuccession] = field(default_factory=list)


def make_plan(data: UnitData, region_of: dict[str, str], provinces: set[str] | None = None) -> Plan:
    """Everything to be there after loading.

    region_of: folded old province name to region. provinces: only these official codes, old or new, each with all the
    provinces it was merged with; None for the whole country.
    """
    return _Planner(data, region_of, provinces).plan()


class _Planner:
    def __init__(self, data: UnitData, region_of: dict[str, str], provinces: set[str] | None) -> None:
        self.data = data
        self.region_of = region_of
        self.olds = data.old_provinces | data.old_districts | data.old_communes
        self.news = data.new_provinces | data.new_communes
        self.new_wanted = {key for key in data.new_provinces if self._is_wanted(key, provinces)}
        self.old_wanted = {old for key in self.new_wanted for old in data.province_heirs[key]}
        self.heirs = dict(self._heirs())  # old key (commune or island district) to its new communes
        self.made_of: dict[str, list[str]] = {}
        for old, news in self.heirs.items():
            for new in news:
                self.made_of.setdefault(new, []).append(old)
        self.goes_on = dict(self._going_on())  # new key to the old key of the same place
        self.later = {old: self.news[new] for new, old in self.goes_on.items()}

    def plan(self) -> Plan:
        data, plan = self.data, Plan(self.data.source)
        nation = PlannedState("nước", "Việt Nam", "", "", "", None, None, "", data.source)
        plan.places.append(PlannedPlace(NATION_KEY, uuid.uuid5(_UIDS, NATION_KEY), Level.NATION, (nation,)))
        plan.places += [
            self._old(u, Level.PROVINCE) for u in data.old_provinces.values() if u.key in self.old_wanted
        ]
        plan.places += [
            self._new(u, Level.PROVINCE) for k, u in data.new_provinces.items() if self._is_new(k)
        ]
        plan.places += [
            self._old(u, Level.DISTRICT) for u in data.old_districts.values() if u.above in self.old_wanted
        ]
        plan.places += [
            self._old(u, Level.COMMUNE)
            for u in data.old_communes.values()
            if data.old_districts[u.above].above in self.old_wanted
        ]
        plan.places += [self._new(u, Level.COMMUNE) for k, u in data.new_communes.items() if self._is_new(k)]
        plan.successions = list(self._successions())
        return plan

    def _is_wanted(self, new_province: str, codes: set[str] | None) -> bool:
        olds = [self.data.old_provinces[key].code for key in self.data.province_heirs[new_province]]
        return codes is None or not codes.isdisjoint([self.data.new_provinces[new_province].code, *olds])

    def _is_new(self, key: str) -> bool:
        """Whether a wanted new unit is a new place."""
        unit = self.news[key]
        return (unit.above or unit.key) in self.new_wanted and key not in self.goes_on

    def _heirs(self) -> Iterator[tuple[str, list[str]]]:
        for old, new in self.data.whole.items():
            if self.data.new_communes[new].above in self.new_wanted:
                yield old, [new]
        for old, news in self.data.parts.items():
            if self.data.new_communes[news[0]].above in self.new_wanted:
                yield old, news

    def _going_on(self) -> Iterator[tuple[str, str]]:
        made_of = self.made_of | {key: self.data.province_heirs[key] for key in self.new_wanted}
        heirs = Counter(old for made in made_of.values() for old in made)
        for new, made in made_of.items():
            if len(made) == 1 and heirs[made[0]] == 1 and _same(self.olds[made[0]], self.news[new]):
                yield new, made[0]

    def _old(self, unit: Unit, level: Level) -> PlannedPlace:
        """A unit from before the reform; with its later state when it goes on."""
        later = self.later.get(unit.key)
        unchanged = level == Level.PROVINCE and later is not None and later == unit  # not even its parent
        first = PlannedState(
            kind=unit.kind,
            name=unit.name,
            code=unit.code,
            parent=f"old:{unit.above}" if unit.above else NATION_KEY,
            region=self._region(unit),
            valid_from=None,
            valid_to=None if unchanged else REFORM,
            instrument="",
            source=self.data.source,
        )
        states = [first]
        if later is not None and not unchanged:
            states.append(self._new_state(later, level))
        return PlannedPlace(f"old:{unit.key}", _uid("before", level, unit.code), level, tuple(states))

    def _new(self, unit: Unit, level: Level) -> PlannedPlace:
        state = self._new_state(unit, level)
        return PlannedPlace(f"new:{unit.key}", _uid("2025-07-01", level, unit.code), level, (state,))

    def _new_state(self, unit: Unit, level: Level) -> PlannedState:
        above = self._place_key(unit.above) if unit.above else NATION_KEY
        olds = self.data.province_heirs[unit.key] if level == Level.PROVINCE else self.made_of[unit.key]
        regions = {self._region(self.olds[key]) for key in olds}
        region = regions.pop() if len(regions) == 1 else ""
        source = f"{self.data.source}; {NEW_CODES}"
        return PlannedState(unit.kind, unit.name, unit.code, above, region, REFORM, None, INSTRUMENT, source)

    def _place_key(self, new_key: str) -> str:
        return f"old:{self.goes_on[new_key]}" if new_key in self.goes_on else f"new:{new_key}"

    def _region(self, unit: Unit) -> str:
        while unit.above:
            unit = self.olds[unit.above]
        return self.region_of.get(province_key(unit.name), "")

    def _successions(self) -> Iterator[PlannedSuccession]:
        for new in sorted(self.new_wanted):
            if new not in self.goes_on:
                for old in self.data.province_heirs[new]:
                    yield PlannedSuccession(
                        f"old:{old}", f"new:{new}", SuccessionKind.WHOLE, self.data.source
                    )
        for old, news in self.heirs.items():
            kind = SuccessionKind.WHOLE if len(news) == 1 else SuccessionKind.PART
            source = f"{self.data.source}; {MIXED_UP}" if old in self.data.mixed_up else self.data.source
            for new in news:
                if self.goes_on.get(new) != old:
                    yield PlannedSuccession(f"old:{old}", self._place_key(new), kind, source)


def _same(old: Unit, new: Unit) -> bool:
    return (old.kind, fold(old.name)) == (new.kind, fold(new.name))


def _uid(era: str, level: Level, code: str) -> uuid.UUID:
    return uuid.uuid5(_UIDS, f"{era}/{level.value}/{code}")

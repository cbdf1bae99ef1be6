"""Changes of units after 1/7/2025, kept as data in `data/` and carried out as dated states of the same places."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources

import yaml

from chungtay.core.actors import Actor
from chungtay.territory.actions import change_place
from chungtay.territory.models import Level, PlaceState, lives_on
from chungtay.territory.unit_data import UnitDataError


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One resolution that gave units below a province another kind, from `day`."""

    instrument: str
    day: date
    province: str
    level: str
    from_kind: str
    to_kind: str
    names: tuple[str, ...]


def read_changes() -> tuple[UnitChange, ...]:
    text = resources.files("chungtay.territory").joinpath("data/changes_2026.yaml").read_text("utf-8")
    return tuple(UnitChange(**{**entry, "names": tuple(entry["names"])}) for entry in yaml.safe_load(text))


def carry_out(change: UnitChange, *, by: Actor, at: datetime) -> int:
    """Carry out one change; how many places it changed. 0 when it had been done, or its province is not loaded."""
    before = PlaceState.objects.filter(lives_on(change.day - timedelta(days=1)))
    province = before.filter(place__level=Level.PROVINCE, name=change.province).first()
    if province is None:
        return 0
    units = before.filter(path__under=province.path, place__level=change.level, name__in=change.names)
    found = {name: [unit for unit in units if unit.name == name] for name in change.names}
    for name, same in found.items():
        if len(same) != 1 or same[0].kind != change.from_kind:
            kinds = ", ".join(str(unit) for unit in same) or "none"
            raise UnitDataError(
                f"{change.instrument}: one {change.from_kind} {name} was expected, found: {kinds}"
            )
    ids = [same[0].place_id for same in found.values()]
    waiting = PlaceState.objects.filter(lives_on(change.day), place_id__in=ids, kind=change.from_kind)
    todo = sorted(waiting.values_list("place_id", flat=True))
    for place_id in todo:
        change_place(
            place=place_id,
            on=change.day,
            kind=change.to_kind,
            instrument=change.instrument,
            source=change.instrument,
            by=by,
            at=at,
        )
    return len(todo)

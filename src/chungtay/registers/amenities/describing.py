"""What is said of an asset, checked and measured once, as the columns of a description."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chungtay.community.deeds import clean
from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault
from chungtay.registers.amenities import policies, reading
from chungtay.registers.amenities.kinds import NEVER_PUBLIC, Kind
from chungtay.registers.amenities.models import Description
from chungtay.registers.geo import checking, measuring
from rulebook import Mark


@dataclass(frozen=True)
class Said:
    """The columns of a description, and everything wrong with what was given."""

    columns: dict[str, Any]
    faults: list[Fault]

    @property
    def code(self) -> str:
        """The code of a digital address; "" for other things."""
        return str(self.columns["attributes"].get("code", ""))

    def same_as(self, row: Description) -> bool:
        return all(getattr(row, name) == value for name, value in self.columns.items())


def said(
    place_id: int,
    kind: Kind,
    name: str,
    geometry: dict[str, Any] | None,
    attributes: Mapping[str, object],
    state: str,
    source: str,
    mark: Mark,
    is_public: bool | None,
) -> Said:
    """geometry: GeoJSON, or None where nobody told. attributes: exact, or as typed."""
    values, faults = reading.told(kind, attributes)
    faults = policies.faults_of_name(name) + policies.faults_of_state(state) + faults
    faults += policies.faults_of_origin(mark, source)
    wrong = policies.faults_of_geometry(geometry, kind, place_id) if geometry is not None else []
    kept = None if geometry is None or wrong else checking.settled(geometry)[0]
    length = None if kept is None else measuring.length_m(kept)
    area = None if kept is None else measuring.area_m2(kept)
    columns = {
        "name": clean(name),
        "name_folded": policies.folded(name),
        "state": state,
        "geometry": kept,
        "length_cm": None if length is None else int(length * 100),
        "area_dm2": None if area is None else int(area * 10),
        "attributes": reading.stored(values),
        "is_public": (kind.is_public if is_public is None else is_public) and kind.code not in NEVER_PUBLIC,
        "mark": mark.value,
        "source": clean(source),
    }
    return Said(columns, faults + wrong)


def written(by: Actor, at: datetime, uid: uuid.UUID | None = None) -> dict[str, Any]:
    """The fields of a record that say who made it, as which post, when."""
    return {"uid": uid or uuid.uuid4(), "post_id": by.actor_id, "by_label": by.label, "recorded_at": at}

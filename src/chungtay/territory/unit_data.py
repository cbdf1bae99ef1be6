"""The administrative units of Viet Nam before and since 1/7/2025, read from the package `vietnamadminunits`.

The package is read as data files and never imported: its code pulls in libraries nobody here needs. Nothing in this
module touches our database.
"""

import contextlib
import functools
import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from chungtay.territory import names

PACKAGE = "vietnamadminunits"
REFORM = date(2025, 7, 1)  # the first day of 34 provinces and of no districts


class UnitDataError(ValueError):
    """The data is not what this loader was written for: nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of one era. key: as the conversion tables name it, e.g. "tinhthainguyen_huyenphuluong_xatuctranh"."""

    key: str
    kind: str
    name: str
    code: str
    above: str  # key of the unit above; "" for a province


@dataclass(frozen=True)
class UnitData:
    """Both eras and what became of what.

    old_*, new_*: units by key. Five island districts had no communes: they stand among old_districts only.
    province_heirs: new province key to the old ones it was made of.
    whole: old key to the new commune that took all of it. parts: old key to those that took a part each.
    mixed_up: old keys in `parts` that the list cannot tell from another commune of the same name, in another district,
    with the very same heirs: each probably went whole to one of them.
    """

    source: str
    old_provinces: dict[str, Unit]
    old_districts: dict[str, Unit]
    old_communes: dict[str, Unit]
    new_provinces: dict[str, Unit]
    new_communes: dict[str, Unit]
    province_heirs: dict[str, list[str]]
    whole: dict[str, str]
    parts: dict[str, list[str]]
    mixed_up: frozenset[str]


@functools.cache  # 0.2 s to read, and tests load parts of it again and again; nobody writes into it
def read_units() -> UnitData:
    """Everything, checked for closure: each old unit leads to a new one and each new one comes from an old one."""
    package = metadata.distribution(PACKAGE)
    folder = Path(str(package.locate_file(PACKAGE))) / "data"
    tables = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    address = f"file:{folder / 'dataset.db'}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as db:
        old_provinces, old_districts, old_communes = _old(db)
        new_provinces, new_communes = _new(db)
    whole, parts = _heirs_of_communes(tables, old_districts, old_communes, new_communes)
    return UnitData(
        source=f"{PACKAGE} {package.version} (MIT)",
        old_provinces=old_provinces,
        old_districts=old_districts,
        old_communes=old_communes,
        new_provinces=new_provinces,
        new_communes=new_communes,
        province_heirs={key: list(olds) for key, olds in tables["DICT_PROVINCE"].items()},
        whole=whole,
        parts=parts,
        mixed_up=_mixed_up(parts),
    )


def _old(db: sqlite3.Connection) -> tuple[dict[str, Unit], dict[str, Unit], dict[str, Unit]]:
    provinces: dict[str, Unit] = {}
    districts: dict[str, Unit] = {}
    communes: dict[str, Unit] = {}
    rows = db.execute(
        "SELECT provinceKey, province, provinceCode, districtKey, district, districtCode, wardKey, ward, wardCode "
        "FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode"
    )
    for p_key, p_name, p_code, d_part, d_name, d_code, c_part, c_name, c_code in rows:
        d_key = f"{p_key}_{d_part}"
        provinces.setdefault(p_key, _unit(p_key, p_name, p_code, ""))
        districts.setdefault(d_key, _unit(d_key, d_name, d_code, p_key))
        if c_part:
            c_key = f"{d_key}_{c_part}"
            communes[c_key] = _unit(c_key, c_name, c_code, d_key)
    return provinces, districts, communes


def _new(db: sqlite3.Connection) -> tuple[dict[str, Unit], dict[str, Unit]]:
    provinces: dict[str, Unit] = {}
    communes: dict[str, Unit] = {}
    rows = db.execute(
        "SELECT provinceKey, province, provinceCode, wardKey, ward, wardCode "
        "FROM admin_units ORDER BY provinceCode, wardCode"
    )
    for p_key, p_name, p_code, c_part, c_name, c_code in rows:
        provinces.setdefault(p_key, _unit(p_key, p_name, p_code, ""))
        communes[f"{p_key}_{c_part}"] = _unit(f"{p_key}_{c_part}", c_name, c_code, p_key)
    return provinces, communes


def _unit(key: str, text: str, code: str, above: str) -> Unit:
    try:
        kind, name = names.split_unit(text)
    except ValueError as problem:
        raise UnitDataError(f"{key}: {problem}") from None
    return Unit(key, kind, name, code, above)


def _heirs_of_communes(
    tables: dict[str, Any],
    districts: dict[str, Unit],
    communes: dict[str, Unit],
    new: dict[str, Unit],
) -> tuple[dict[str, str], dict[str, list[str]]]:
    whole: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    for province, made in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in made.items():
            for key in olds:
                whole[key.rstrip("_")] = f"{province}_{commune}"  # an island district ends in a bare "_"
    for province, divided in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, heirs in divided.items():
            parts[key] = sorted({f"{province}_{heir['newWardKey']}" for heir in heirs})
    told = set(whole) | set(parts)
    heirs_named = set(whole.values()) | {heir for heirs in parts.values() for heir in heirs}
    if (
        stray := (told - set(districts) - set(communes))
        | (heirs_named - set(new))
        | (set(whole) & set(parts))
    ):
        raise UnitDataError(f"the conversion tables name units the lists do not have: {sorted(stray)[:5]}")
    if lost := (set(new) - heirs_named) | (set(communes) - told):
        raise UnitDataError(f"communes that come from nowhere or lead nowhere: {sorted(lost)[:5]}")
    return whole, parts


def _mixed_up(parts: dict[str, list[str]]) -> frozenset[str]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, heirs in parts.items():
        alike.setdefault((key.rsplit("_", 1)[1], *heirs), []).append(key)
    return frozenset(key for keys in alike.values() if len(keys) > 1 for key in keys)

"""One layer of a map file, written by GDAL: shapes and columns in, a file out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy
import shapely

from chungtay.registers.geo.features import Geometry, Value, clean
from chungtay.registers.geo.gdal import pyogrio

WHOLE_AT_MOST: Final = 2**53  # beyond, a float has other digits


def write_layer(
    path: Path,
    *,
    driver: str,
    layer: str,
    geometries: Sequence[Geometry],
    columns: Mapping[str, Sequence[Value]],
    is_mixed: bool = False,
    append: bool = False,
    options: Mapping[str, str] | None = None,
) -> None:
    """Write one layer. Columns are whole numbers, decimals or words, by what they hold; None is left empty.

    is_mixed: points, lines and areas in one layer, where the format takes them. Else all are of one kind, and become
    multiple where single and multiple ones meet. append: to the file that is there. options: of the driver.
    """
    kind, shapes = _shapes(geometries, is_mixed)
    pyogrio.raw.write(
        str(path),
        shapely.to_wkb(numpy.array(shapes, dtype=object)),
        [_column(column) for column in columns.values()],
        list(columns),
        layer=layer,
        driver=driver,
        geometry_type=kind,
        crs="EPSG:4326",
        encoding="UTF-8",
        append=append,
        dataset_options=dict(options or {}),
    )


def _shapes(geometries: Sequence[Geometry], is_mixed: bool) -> tuple[str, list[Any]]:
    kinds = {geometry["type"] for geometry in geometries}
    shapes = [shapely.geometry.shape(geometry) for geometry in geometries]
    if is_mixed:
        return "Unknown", shapes
    if len(kinds) < 2:
        return next(iter(kinds), "Point"), shapes
    kind = next(kind for kind in kinds if kind.startswith("Multi"))
    many = getattr(shapely, kind)
    return kind, [shape if shape.geom_type == kind else many([shape]) for shape in shapes]


def _column(values: Sequence[Value]) -> Any:
    known = [value for value in values if value is not None]
    if not known or not all(map(_is_number, known)):
        return numpy.array([None if value is None else _words(value) for value in values], dtype=object)
    if len(known) == len(values) and all(isinstance(value, int) for value in known):
        return numpy.array(known, dtype="int64")
    return numpy.array([numpy.nan if value is None else float(value) for value in values])


def _is_number(value: Value) -> bool:
    match value:
        case bool():
            return False
        case int() | Decimal():
            return -WHOLE_AT_MOST < value < WHOLE_AT_MOST
    return False


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return clean(str(value))

"""Tables as JSON, to be kept between the steps of an import, and back to equality."""

from dataclasses import asdict
from typing import Any

from chungtay.standards.annex.tables import Cell, Table


def to_plain(table: Table) -> dict[str, Any]:
    """JSON-ready: each cell once, the grid as numbers of cells."""
    cells = list(table.cells())
    number = {id(cell): at for at, cell in enumerate(cells)}
    return {
        **{key: value for key, value in vars(table).items() if key != "rows"},
        "cells": [asdict(cell) for cell in cells],
        "rows": [[number[id(cell)] for cell in row] for row in table.rows],
    }


def from_plain(plain: dict[str, Any]) -> Table:
    """The table that `to_plain` wrote."""
    cells = [
        Cell(**{**each, "notes": tuple(each["notes"]), "remarks": tuple(each["remarks"])})
        for each in plain["cells"]
    ]
    rest: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in plain.items()
        if key != "cells"
    }
    return Table(**{**rest, "rows": tuple(tuple(cells[at] for at in row) for row in plain["rows"])})

"""Reading what components are handed: a mapping, a dataclass or any object with the same names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .links import safe_href
from .verdicts import Shape, shape


def part(source: object, name: str, default: object = "") -> object:
    """`source[name]` or `source.name`, with None read as absent."""
    found = source.get(name) if isinstance(source, Mapping) else getattr(source, name, None)
    return default if found is None else found


def word(source: object, name: str) -> str:
    """The same as text."""
    return str(part(source, name))


def parts(source: object, name: str) -> list[object]:
    """The same as a list; a lone string is a list of one."""
    found = part(source, name, ())
    if isinstance(found, str):
        return [found] if found else []
    return list(found) if isinstance(found, Iterable) else []


@dataclass(frozen=True)
class Tile:
    """One criterion on the board."""

    number: str
    name: str
    shape: Shape
    detail: str
    missing: str
    reason: str
    href: str
    stated: str


def read_tile(item: object) -> Tile:
    return Tile(
        number=word(item, "number"),
        name=word(item, "name"),
        shape=shape(part(item, "verdict")),
        detail=word(item, "detail"),
        missing=word(item, "missing"),
        reason=word(item, "reason"),
        href=safe_href(part(item, "href")),
        stated=word(item, "stated"),
    )


@dataclass(frozen=True)
class TraceNode:
    """One finding of the tree that says why."""

    label: str
    shape: Shape
    value: str
    threshold: str
    clause: str
    notes: list[object]
    mark: str
    provenance: str
    href: str
    stated: str
    children: list["TraceNode"] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """A branch that does not pass stands open: it is what the reader came for."""
        return self.shape.kind in {"not_met", "unknown"}


def read_trace(node: object) -> TraceNode:
    return TraceNode(
        label=word(node, "label"),
        shape=shape(part(node, "verdict")),
        value=word(node, "value"),
        threshold=word(node, "threshold"),
        clause=word(node, "clause"),
        notes=parts(node, "notes"),
        mark=word(node, "mark"),
        provenance=word(node, "provenance"),
        href=safe_href(part(node, "href")),
        stated=word(node, "stated"),
        children=[read_trace(child) for child in parts(node, "children")],
    )

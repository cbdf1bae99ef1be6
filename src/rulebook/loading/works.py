"""law/works.yaml → the kinds of works, what their quantities build, limits, grounds. Every problem is found at once."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from rulebook.loading.common import PROVENANCES, read_clause, read_text
from rulebook.loading.tree import Node, read_tree
from rulebook.measures import Kind, Measure
from rulebook.problems import Problems
from rulebook.works import Brings, Ground, Product, SimpleFile, WorkKind, WorksLaw

_COUNTED = (Kind.COUNT, Kind.NUMBER)


class Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=Coded)


def read_works(path: Path, measures: Mapping[str, Measure]) -> WorksLaw:
    """The file as data. measures: those a product may count in. Raises Bad with every problem."""
    fields = read_tree(path, path.name).mapping(required=("kinds", "products", "simple_file", "grounds"))
    problems = Problems()
    products = _by_code(fields["products"], lambda item: _product(item, measures), problems)
    kinds = _by_code(fields["kinds"], lambda item: _kind(item, tuple(products)), problems)
    limits: list[SimpleFile] = []
    for item in fields["simple_file"].items():
        with problems.catching():
            limits.append(_limit(item))
    grounds: dict[str, Ground] = {}
    for item in fields["grounds"].items():
        with problems.catching():
            parts = item.mapping(required=("code", "clause", "provenance"))
            provenance = parts["provenance"].one_of(PROVENANCES)
            grounds[parts["code"].text()] = Ground(read_clause(parts["clause"]), provenance)
    problems.raise_if_any()
    return WorksLaw(kinds, products, tuple(limits), grounds)


def _by_code(node: Node, read: Callable[[Node], T], problems: Problems) -> dict[str, T]:
    found: dict[str, T] = {}
    for item in node.items():
        with problems.catching():
            each = read(item)
            if each.code in found:
                raise item.bad(f"mã “{each.code}” khai hai lần", "mã là duy nhất", "Đổi mã hoặc bỏ một mục.")
            found[each.code] = each
    return found


def _kind(item: Node, products: tuple[str, ...]) -> WorkKind:
    parts = item.mapping(required=("code", "name"), optional=("length",))
    length = tuple(each.one_of(products) for each in parts["length"].items()) if "length" in parts else ()
    return WorkKind(parts["code"].text(), read_text(parts["name"]), length)


def _product(item: Node, measures: Mapping[str, Measure]) -> Product:
    parts = item.mapping(required=("code", "name", "unit"), optional=("builds", "adds_to"))
    return Product(
        parts["code"].text(),
        read_text(parts["name"]),
        parts["unit"].text(),
        _brings(parts["builds"], measures) if "builds" in parts else None,
        _brings(parts["adds_to"], measures) if "adds_to" in parts else None,
    )


def _brings(node: Node, measures: Mapping[str, Measure]) -> Brings:
    parts = node.mapping(required=("measure", "per"))
    code = parts["measure"].one_of(tuple(measures))
    if measures[code].kind not in _COUNTED or measures[code].per_sex:
        raise parts["measure"].bad(
            f"“{code}” không cộng được từ khối lượng",
            "công trình chỉ mang lại số đếm hoặc số lượng",
            "Chọn số đo khác.",
        )
    return Brings(code, parts["per"].whole(1))


def _limit(item: Node) -> SimpleFile:
    parts = item.mapping(required=("most_dong", "clause", "provenance"), optional=("from", "to"))
    most = parts["most_dong"]
    return SimpleFile(
        None if most.text() == "unknown" else most.whole(1),
        parts["from"].day() if "from" in parts else None,
        parts["to"].day() if "to" in parts else None,
        read_clause(parts["clause"]),
        parts["provenance"].one_of(PROVENANCES),
    )

"""A folder of law → Lawbook: instruments, measures, regions, standards and their worked cases."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rulebook.loading.cases import Worked, read_cases
from rulebook.loading.common import read_text
from rulebook.loading.measures import read_measures
from rulebook.loading.rules import Vocabulary
from rulebook.loading.standards import freeze, read_standard, references
from rulebook.loading.tree import Node, read_tree
from rulebook.measures import Measure
from rulebook.problems import Bad, Problem, Problems
from rulebook.standard import Named, Standard

LEVELS = frozenset({"nation", "province", "district", "commune", "hamlet", "area"})


@dataclass
class Lawbook:
    """All law that was read. standards by id; frozen: the plain form of each; cases by standard id."""

    measures: dict[str, Measure] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)
    frozen: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: dict[str, list[Worked]] = field(default_factory=dict)
    regions: dict[str, Named] = field(default_factory=dict)
    classes: dict[str, Named] = field(default_factory=dict)
    sectors: dict[str, Named] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)

    def standard(self, id_or_unique_part: str) -> Standard:
        """A standard by its id, or by a part of it that only one has. KeyError with the choices otherwise."""
        if id_or_unique_part in self.standards:
            return self.standards[id_or_unique_part]
        near = [standard for key, standard in self.standards.items() if id_or_unique_part in key]
        if len(near) != 1:
            raise KeyError(", ".join(standard.id for standard in near) or ", ".join(self.standards))
        return near[0]


def read_law(folder: Path, *, with_cases: bool = True) -> Lawbook:
    """The whole law folder. Raises Bad with every problem found in it."""
    problems = Problems()
    book = Lawbook()
    if not (folder / "measures.yaml").is_file():
        raise Bad(
            Problem(
                str(folder),
                0,
                "đây không phải thư mục luật",
                "không có tệp measures.yaml",
                "Chỉ đúng thư mục, thường là law/.",
            )
        )
    with problems.catching():
        book.instruments = _read_instruments(_read(folder, folder / "instruments.yaml"))
    with problems.catching():
        _read_regions(_read(folder, folder / "regions.yaml"), book)
    with problems.catching():
        book.measures = read_measures(_read(folder, folder / "measures.yaml"))
    problems.raise_if_any()
    heads: dict[str, tuple[Path, Node, list[Node]]] = {}
    for path in sorted(folder.rglob("standard.yaml")):
        with problems.catching():
            head = _read(folder, path)
            criteria = [_read(folder, each) for each in sorted((path.parent / "criteria").glob("*.yaml"))]
            key = head.entries()["standard"].text() if "standard" in head.entries() else str(path)
            if key in heads:
                raise head.bad(f"hai bộ tiêu chí cùng mã “{key}”", "mã là duy nhất", "Đổi mã của một bộ.")
            heads[key] = (path, head, criteria)
    for key in _in_order(heads, problems):
        path, head, criteria = heads[key]
        with problems.catching():
            standard = read_standard(head, criteria, vocabulary(book), book.instruments)
            book.standards[key] = standard
            book.frozen[key] = freeze(head, criteria, standard)
    for key in book.standards if with_cases else ():
        book.cases[key] = []
        for path in sorted((heads[key][0].parent / "cases").glob("*.yaml")):
            with problems.catching():
                book.cases[key] += read_cases(_read(folder, path), book.measures, book.standards[key])
    problems.raise_if_any()
    return book


def vocabulary(book: Lawbook) -> Vocabulary:
    """The names that a standard read next to those of `book` may use."""
    return Vocabulary(book.measures, book.standards, frozenset(book.regions), frozenset(book.classes), LEVELS)


def thaw(frozen: dict[str, Any], book: Lawbook) -> Standard:
    """A standard from its frozen plain form; those it refers to must be in `book`."""
    source = str(frozen["standard"].get("standard", "?"))
    head = Node.from_plain(frozen["standard"], source)
    criteria = [Node.from_plain(each, source) for each in frozen["criteria"]]
    return read_standard(head, criteria, vocabulary(book), book.instruments)


def _read(folder: Path, path: Path) -> Node:
    return read_tree(path, str(path.relative_to(folder.parent)))


def _in_order(heads: dict[str, tuple[Path, Node, list[Node]]], problems: Problems) -> list[str]:
    """The standards' ids so that what one refers to comes before it; a circle is a problem."""
    wanted = {
        key: {ref for node in (head, *criteria) for ref in references(node) if ref in heads and ref != key}
        for key, (_, head, criteria) in heads.items()
    }
    order: list[str] = []
    while len(order) < len(heads):
        ready = [key for key in sorted(heads) if key not in order and wanted[key] <= set(order)]
        if not ready:
            stuck = [key for key in heads if key not in order]
            with problems.catching():
                raise heads[stuck[0]][1].bad(
                    "các bộ tiêu chí dẫn vòng lẫn nhau", f"vòng gồm: {', '.join(stuck)}", "Bỏ một chỗ dẫn."
                )
            break
        order += ready
    return order


def _read_instruments(node: Node) -> dict[str, str]:
    numbers: dict[str, str] = {}
    optional = (
        "issuer",
        "title",
        "signed",
        "in_force",
        "replaced_by",
        "provenance",
        "sources",
        "last_checked",
        "note",
    )
    for item in node.mapping(required=("instruments",), optional=("sources",))["instruments"].items():
        fields = item.mapping(required=("id", "number"), optional=optional)
        number = fields["number"].text()
        numbers[fields["id"].text()] = (
            number if number != "unknown" else read_text(fields["title"]).vi + " (chưa biết số)"
        )
    return numbers


def _read_regions(node: Node, book: Lawbook) -> None:
    fields = node.mapping(required=("regions", "classes", "sectors"), optional=("provinces_of_region",))
    for key, into in (("regions", book.regions), ("classes", book.classes), ("sectors", book.sectors)):
        for item in fields[key].items():
            parts = item.mapping(required=("code", "vi", "en"), optional=("note", "provenance"))
            text = read_text(Node({k: parts[k] for k in ("vi", "en")}, item.file, item.line))
            into[parts["code"].text()] = Named(parts["code"].text(), text)

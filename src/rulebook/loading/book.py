"""A folder of law → Lawbook: instruments, measures, regions, standards and their worked cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from rulebook.clauses import UNNUMBERED
from rulebook.loading.cases import Worked, read_cases
from rulebook.loading.common import read_text
from rulebook.loading.measures import read_measures
from rulebook.loading.overlays import merge, overlay_of
from rulebook.loading.standards import digest, read_standard, references
from rulebook.loading.tree import Node, read_tree
from rulebook.loading.versions import Key, Written, in_order, newest_of, refuse_two_at_once
from rulebook.loading.vocabulary import Vocabulary
from rulebook.measures import Measure
from rulebook.problems import Bad, Problem, Problems
from rulebook.rules import measures_of
from rulebook.standard import Named, Standard
from rulebook.texts import Text

_NAMES = ("regions", "classes", "sectors")
LEVELS = frozenset({"nation", "province", "district", "commune", "hamlet", "area"})


@dataclass
class Lawbook:
    """All law that was read. standards: the newest version of each, by id, with its plain form and its cases.

    versions and cases_of: every version, by id and version. overlaid: a standard filled in by a province, by id and
    province, the newest where it was filled in anew; overlays: all of them. frozen_as: the plain form of anything
    here, by digest. plain: measures, regions, classes and sectors as they were written, to freeze with the standards
    that use them.
    """

    measures: dict[str, Measure] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)
    frozen: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: dict[str, list[Worked]] = field(default_factory=dict)
    regions: dict[str, Named] = field(default_factory=dict)
    classes: dict[str, Named] = field(default_factory=dict)
    sectors: dict[str, Named] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)
    plain: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[Key, Standard] = field(default_factory=dict)
    cases_of: dict[Key, list[Worked]] = field(default_factory=dict)
    overlaid: dict[tuple[str, str], Standard] = field(default_factory=dict)
    overlays: list[Standard] = field(default_factory=list)
    frozen_as: dict[str, dict[str, Any]] = field(default_factory=dict)

    def standard(self, id_or_unique_part: str) -> Standard:
        """A standard by its id, or by a part of it that only one has. KeyError with the choices otherwise."""
        if id_or_unique_part in self.standards:
            return self.standards[id_or_unique_part]
        near = [standard for key, standard in self.standards.items() if id_or_unique_part in key]
        if len(near) != 1:
            raise KeyError(", ".join(standard.id for standard in near) or ", ".join(self.standards))
        return near[0]

    def standard_on(self, id_or_unique_part: str, on: date, *, province: str = "") -> Standard:
        """The version of a standard in force on a day, filled in by the province; else the newest.

        Raises KeyError with the choices.
        """
        newest = self.standard(id_or_unique_part)
        filled = [each for each in self.overlays if (each.id, each.province) == (newest.id, province)]
        written = [each for (key, _), each in self.versions.items() if key == newest.id]
        return next((each for each in (*filled, *written) if each.is_in_force(on)), newest)

    @property
    def names(self) -> dict[str, Text]:
        """Words for the codes of regions, classes and sectors."""
        return {
            code: each.name
            for part in (self.regions, self.classes, self.sectors)
            for code, each in part.items()
        }

    def named(self, name: str) -> Standard:
        """A standard by its id or a unique part, "id@version", or "id+province". KeyError with the choices."""
        key, at, version = name.partition("@")
        if at:
            key = self.standard(key).id
            if (key, version) not in self.versions:
                raise KeyError(", ".join(f"{k}@{v}" for k, v in self.versions if k == key))
            return self.versions[key, version]
        key, plus, province = name.partition("+")
        standard = self.standard(key)
        if not plus:
            return standard
        if (standard.id, province) not in self.overlaid:
            raise KeyError(", ".join(f"{k}+{p}" for k, p in self.overlaid) or "–")
        return self.overlaid[standard.id, province]


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
        read_words(_read(folder, folder / "regions.yaml"), book)
    with problems.catching():
        node = _read(folder, folder / "measures.yaml")
        book.measures = read_measures(node)
        book.plain["measures"] = {
            item.entries()["code"].text(): item.plain() for item in node.entries()["measures"].items()
        }
    problems.raise_if_any()
    written: dict[Key, Written] = {}
    for path in sorted(folder.rglob("standard.yaml")):
        with problems.catching():
            criteria = [_read(folder, each) for each in sorted((path.parent / "criteria").glob("*.yaml"))]
            each = Written(path.parent, _read(folder, path), criteria)
            if each.key in written:
                raise each.head.bad(
                    f"hai bộ tiêu chí cùng mã “{each.key[0]}”",
                    "mã và phiên bản là duy nhất",
                    "Đổi mã của một bộ, hoặc đổi phiên bản nếu là bản sửa đổi.",
                )
            written[each.key] = each
    newest = newest_of(written)
    for key in in_order(written, problems):
        with problems.catching():
            standard = _add(book, written[key].head, written[key].criteria)
            book.versions[key] = standard
            if newest[standard.id] == key:
                book.standards[standard.id] = standard
                book.frozen[standard.id] = book.frozen_as[standard.digest]
    refuse_two_at_once([(each, written[key].head) for key, each in book.versions.items()], problems)
    _read_overlays(folder, book, written, problems)
    for key, standard in book.versions.items() if with_cases else ():
        cases = book.cases_of[key] = []
        for path in sorted((written[key].folder / "cases").glob("*.yaml")):
            with problems.catching():
                cases += read_cases(_read(folder, path), book.measures, standard)
        if newest[standard.id] == key:
            book.cases[standard.id] = cases
    problems.raise_if_any()
    return book


def _add(book: Lawbook, head: Node, criteria: list[Node]) -> Standard:
    """The standard written in these trees, its plain form kept in `book`."""
    standard = read_standard(head, criteria, vocabulary(book), book.instruments)
    frozen = freeze(head, criteria, standard, book)
    standard = replace(standard, digest=digest(frozen))
    book.frozen_as[standard.digest] = frozen
    return standard


def _read_overlays(folder: Path, book: Lawbook, written: dict[Key, Written], problems: Problems) -> None:
    """What provinces fill in, each merged with the version of its standard in force when it begins."""
    found: list[tuple[Standard, Node]] = []
    for path in sorted(folder.glob("provinces/*/overlays/*.yaml")):
        with problems.catching():
            node = _read(folder, path)
            key, _ = overlay_of(node, path.parent.parent.name)
            if key not in book.standards:
                if any(key == known for known, _ in written):
                    continue  # the standard itself was refused
                node.entries()["overlay"].one_of(tuple(book.standards))  # complains, with the nearest name
            days = node.entries()["in_force"].entries()
            start = days["from"].day() if "from" in days and days["from"].value != "unknown" else date.max
            base = book.standard_on(key, start)
            source = written[base.id, base.version]
            head, criteria = merge(node, base, source.head, source.criteria, book.instruments)
            found.append((_add(book, head, criteria), node))
    refuse_two_at_once(found, problems)
    book.overlays = [standard for standard, _ in found]
    for standard in sorted(book.overlays, key=lambda each: each.in_force.start or date.min):
        book.overlaid[standard.id, standard.province] = standard


def vocabulary(book: Lawbook) -> Vocabulary:
    """The names that a standard read next to those of `book` may use."""
    regions, classes, sectors = (frozenset(named) for named in (book.regions, book.classes, book.sectors))
    return Vocabulary(book.measures, book.standards, regions, classes, LEVELS, sectors)


def freeze(head: Node, criteria: list[Node], standard: Standard, book: Lawbook) -> dict[str, Any]:
    """The JSON-ready whole of a standard: its own texts and every definition it uses. `thaw` reads it back."""
    indicators = (*standard.indicators, *standard.prerequisites)
    rules = [indicator.rule for indicator in indicators]
    rules += [indicator.excuse.rule for indicator in indicators if indicator.excuse]
    used = {measure.code for rule in rules for measure, _ in measures_of(rule, below=True)}
    sectors = {sector for indicator in indicators for sector in indicator.sectors}
    refers = {ref for node in (head, *criteria) for ref in references(node) if ref in book.standards}
    plain = head.plain()
    own = {item.get("id") for key in ("instruments", "amendments") for item in plain.get(key, [])}
    return {
        "standard": plain,
        "criteria": [node.plain() for node in criteria],
        "measures": [_meaning(book.plain["measures"][code]) for code in sorted(used)],
        "regions": list(book.plain["regions"].values()),
        "classes": list(book.plain["classes"].values()),
        "sectors": [book.plain["sectors"][code] for code in sorted(sectors)],
        "instruments": {key: number for key, number in sorted(book.instruments.items()) if key in own},
        "refers": {key: book.standards[key].digest for key in sorted(refers)},
    }


def _meaning(measure: dict[str, Any]) -> dict[str, Any]:
    """What a verdict hangs on: how figures of several places combine is the catalogue's, and may be settled later."""
    return {key: value for key, value in measure.items() if key != "combines"}


def thaw(frozen: dict[str, Any], standards: Mapping[str, Standard]) -> tuple[Standard, Lawbook]:
    """A standard from its frozen plain form, to equality, and the definitions it uses.

    `standards`: those it refers to, by id. Raises Bad when one is missing or another than was referred to.
    """
    source = str(frozen["standard"].get("standard", "?"))
    for key, seen in frozen["refers"].items():
        if key not in standards or standards[key].digest != seen:
            raise Bad(
                Problem(
                    source,
                    0,
                    f"bộ “{key}” được dẫn tới không phải bản đã dẫn",
                    f"bản đã dẫn có dấu số {seen[:12]}",
                    "Đọc lại đúng bản của bộ được dẫn.",
                )
            )
    book = Lawbook(standards=dict(standards), instruments=dict(frozen["instruments"]))
    book.measures = read_measures(Node.from_plain({"measures": frozen["measures"]}, source))
    read_words(Node.from_plain({key: frozen[key] for key in _NAMES}, source), book)
    head = Node.from_plain(frozen["standard"], source)
    criteria = [Node.from_plain(each, source) for each in frozen["criteria"]]
    standard = read_standard(head, criteria, vocabulary(book), book.instruments)
    return replace(standard, digest=digest(frozen)), book


def _read(folder: Path, path: Path) -> Node:
    return read_tree(path, str(path.relative_to(folder.parent)))


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
        number, key = fields["number"].text(), fields["id"].text()
        if key in numbers:
            raise item.bad(f"văn bản “{key}” khai hai lần", "mã phải là duy nhất", "Đổi mã hoặc bỏ một mục.")
        if number == "unknown":
            title = item.mapping(required=("id", "number", "title"), optional=optional)["title"]
            number = read_text(title).vi + UNNUMBERED.vi
        numbers[key] = number
    return numbers


def read_words(node: Node, book: Lawbook) -> None:
    """Put the regions, classes and sectors of a regions.yaml into `book`."""
    fields = node.mapping(required=("regions", "classes", "sectors"), optional=("provinces_of_region",))
    for key, into in zip(_NAMES, (book.regions, book.classes, book.sectors), strict=True):
        book.plain[key] = {}
        for item in fields[key].items():
            parts = item.mapping(required=("code", "vi", "en"), optional=("note", "provenance"))
            text = read_text(Node({k: parts[k] for k in ("vi", "en")}, item.file, item.line))
            code = parts["code"].text()
            if code in into:
                raise item.bad(f"mã “{code}” khai hai lần", "mã phải là duy nhất", "Đổi mã hoặc bỏ một mục.")
            into[code] = Named(code, text)
            book.plain[key][code] = item.plain()

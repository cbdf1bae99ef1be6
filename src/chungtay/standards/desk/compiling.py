"""A draft's contents → the standard they mean, or every problem that keeps them from meaning one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from chungtay.standards import queries as standards
from chungtay.standards.desk.content import OVERLAY, Content, Plain, fields, indicators, items
from chungtay.standards.desk.models import LawWord
from chungtay.standards.models import Measure as MeasureRow
from chungtay.standards.models import StandardVersion
from rulebook import Bad, Lawbook, Problem, Standard
from rulebook.checking import check_standard
from rulebook.edges import edge_cases
from rulebook.loading.book import freeze, read_words, vocabulary
from rulebook.loading.cases import Worked, read_cases
from rulebook.loading.measures import read_measure
from rulebook.loading.overlays import merge, overlay_of
from rulebook.loading.standards import digest, read_standard, references
from rulebook.loading.tree import Node
from rulebook.problems import Problems

KINDS = ("regions", "classes", "sectors")


@dataclass(frozen=True)
class Compiled:
    """What a draft means. standard: None while it cannot be read. cases: those typed, then those made at the edges."""

    standard: Standard | None
    frozen: Plain
    book: Lawbook
    problems: tuple[Problem, ...]
    cases: tuple[Worked, ...] = ()
    made: tuple[Worked, ...] = field(default=())


def compile_draft(content: Content, kind: str, base_id: int | None, place_code: str) -> Compiled:
    """Read a draft as the loader reads a folder of law. place_code: the province whose draft it is, "" the nation."""
    problems = Problems()
    book = book_of_law()
    with problems.catching():
        _own_measures(placed(content["measures"], "measures"), book, problems)
    _own_instruments(placed(content["instruments"], "instruments"), book, problems)
    if kind == OVERLAY:
        standard, frozen = _read_overlay(content, base_id, place_code, book, problems)
        typed: list[Worked] = []
    else:
        standard, frozen = _read_whole(content, place_code, book, problems)
        typed = _read_cases(content, standard, book, problems) if standard else []
    made: tuple[Worked, ...] = ()
    if standard is not None:
        made = edge_cases(standard, book.names, tuple(book.regions))
        problems.found += check_standard(standard, typed, made=made)
    return Compiled(standard, frozen, book, tuple(dict.fromkeys(problems.found)), tuple(typed), made)


def placed(plain: Any, where: str) -> Node:
    """The tree of `plain`, each node knowing where it stands: "criteria/0/indicators/2/rule"."""
    if isinstance(plain, dict):
        return Node({key: placed(value, f"{where}/{key}") for key, value in plain.items()}, where, 0)
    if isinstance(plain, list):
        return Node([placed(value, f"{where}/{n}") for n, value in enumerate(plain)], where, 0)
    return Node(str(plain), where, 0)


def book_of_law() -> Lawbook:
    """The measures, regions, classes and sectors in use, ready for a draft to be read against."""
    book = Lawbook()
    for row in MeasureRow.objects.all():
        book.measures[row.code] = standards.as_measure(row)
        book.plain.setdefault("measures", {})[row.code] = row.definition
    book.plain.setdefault("measures", {})
    words: dict[str, list[Plain]] = {kind: [] for kind in KINDS}
    for word in LawWord.objects.order_by("kind", "position"):
        words[word.kind].append(word.definition)
    read_words(Node.from_plain(words, "regions"), book)
    return book


def _own_measures(node: Node, book: Lawbook, problems: Problems) -> None:
    for item in node.items():
        with problems.catching():
            measure = read_measure(item)
            if measure.code in book.measures and book.plain["measures"][measure.code] != item.plain():
                raise item.bad(
                    f"mã số đo “{measure.code}” đã có trong danh mục, với nghĩa khác",
                    "một mã chỉ có một nghĩa, vì số liệu đã ghi dựa vào đó",
                    "Chọn số đo có sẵn, hoặc đặt mã khác cho số đo mới.",
                )
            book.measures[measure.code] = measure
            book.plain["measures"][measure.code] = item.plain()


def _own_instruments(node: Node, book: Lawbook, problems: Problems) -> None:
    for item in node.items():
        with problems.catching():
            parts = item.entries()
            key = item.mapping(required=("id", "number"), optional=tuple(parts))["id"].text()
            if key in book.instruments:
                raise item.bad(f"văn bản “{key}” khai hai lần", "mã phải là duy nhất", "Bỏ một mục.")
            book.instruments[key] = parts["number"].text()


# --- a standard -------------------------------------------------------------------------------------------------


def _read_whole(
    content: Content, place_code: str, book: Lawbook, problems: Problems
) -> tuple[Standard | None, Plain]:
    head = placed(content["standard"], "standard")
    criteria = [placed(each, f"criteria/{n}") for n, each in enumerate(items(content["criteria"]))]
    own = fields(content["standard"])
    if str(own.get("province", "")) != place_code:
        whose = f"tỉnh có mã {place_code}" if place_code else "cả nước"
        problems.found.append(
            Problem(
                "standard/province",
                0,
                f"dự thảo này là của {whose}, nhưng ghi tỉnh “{own.get('province', '')}”",
                "cơ quan nào soạn bộ tiêu chí cho nơi mình phụ trách",
                "Sửa lại tỉnh, hoặc soạn ở đúng cơ quan.",
            )
        )
    if own.get("status") == "law" and not any(indicators(content)):
        problems.found.append(_empty())
    _referred(str(own.get("standard", "")), [head, *criteria], book, problems)
    try:
        standard = read_standard(head, criteria, vocabulary(book), book.instruments)
        frozen = freeze(head, criteria, standard, book)
        return replace(standard, digest=digest(frozen)), frozen
    except Bad as bad:
        problems.found += bad.problems
    # The reader stops at the first fault of the head: ask after every part of it, and after the criteria.
    for part in _parts(head, len(criteria)):
        with problems.catching():
            read_standard(part, criteria, vocabulary(book), book.instruments)
    return None, {}


def _empty() -> Problem:
    return Problem(
        "criteria",
        0,
        "bộ tiêu chí chưa có chỉ tiêu nào",
        "không có gì để xét",
        "Thêm tiêu chí và chỉ tiêu, hoặc chọn tình trạng “bộ khung” nếu mới biết tên tiêu chí.",
    )


def _parts(head: Node, criteria: int) -> Iterator[Node]:
    """Heads without faults but for one entry of `head` each; under the first, the criteria are read."""
    both = {"vi": "-", "en": "-"}
    plain: Plain = {
        "standard": "x", "version": "x", "name": both, "title": both, "level": "hamlet", "status": "skeleton",
        "period": {"from": "2000", "to": "open"},
        "in_force": {"from": "unknown", "to": "open", "provenance": "unknown"},
        "counts": {"criteria": str(criteria), "indicators": "unknown"},
    }  # fmt: skip
    sound = placed(plain, "standard").entries()
    own = head.value if isinstance(head.value, dict) else {}
    kept = {key: node for key, node in own.items() if key in ("groups", "sources")}
    for key, node in own.items():
        if key not in ("counts", *kept):
            yield Node({**sound, **kept, key: node}, "standard", 0)
    yield Node({**sound, **kept}, "standard", 0)
    for key in sound.keys() - own.keys():
        yield Node({each: node for each, node in sound.items() if each != key}, "standard", 0)


def _referred(code: str, trees: list[Node], book: Lawbook, problems: Problems) -> None:
    """Put the standards that the draft refers to into `book`; a circle or a missing one is a problem."""
    wanted = {ref for tree in trees for ref in references(tree)} - {""}
    if not wanted:
        return
    newest = newest_national()
    for ref in sorted(wanted):
        if ref == code or ref not in newest:
            continue  # the loader says that there is no such standard
        line = _way_back(ref, code, newest)
        if line:
            problems.found.append(
                Problem(
                    next((where for tree in trees for where in _where(tree, ref)), "criteria"),
                    0,
                    f"các bộ tiêu chí dẫn vòng lẫn nhau: {' → '.join([code, *line])}",
                    "muốn xét bộ này phải xét bộ kia trước, và ngược lại",
                    "Bỏ một chỗ dẫn.",
                )
            )
        book.standards[ref] = standards.by_id(newest[ref].pk).standard


def newest_national() -> dict[str, StandardVersion]:
    """The newest adopted row of each standard, what provinces filled in left out; `frozen` not fetched."""
    ids: dict[str, int] = {}
    for view in standards.versions():
        if "+" not in view.version:
            ids.setdefault(view.code, view.id)
    rows = StandardVersion.objects.filter(pk__in=ids.values()).defer("frozen")
    return {row.code: row for row in rows}


def _way_back(start: str, goal: str, newest: dict[str, StandardVersion]) -> list[str]:
    """The line of references from `start` to `goal`, both named; [] when there is none."""
    lines, seen = [[start]], {start}
    while lines:
        line = lines.pop()
        if line[-1] == goal:
            return line
        if line[-1] in newest:
            refers = standards.refers_of(newest[line[-1]].pk)
            lines += [[*line, each] for each in sorted(refers) if each not in seen]
            seen |= refers
    return []


def _where(tree: Node, ref: str) -> list[str]:
    """Where in a tree a standard is referred to."""
    if isinstance(tree.value, str):
        return [tree.file] if tree.value == ref else []
    below = tree.value.values() if isinstance(tree.value, dict) else tree.value
    return [where for each in below for where in _where(each, ref)]


# --- what a province fills in -----------------------------------------------------------------------------------


def _read_overlay(
    content: Content, base_id: int | None, place_code: str, book: Lawbook, problems: Problems
) -> tuple[Standard | None, Plain]:
    node = placed(content["overlay"], "overlay")
    with problems.catching():
        if base_id is None:
            raise node.bad("chưa chọn bộ tiêu chí gốc", "không biết điền vào đâu", "Bắt đầu lại từ bộ gốc.")
        key, _ = overlay_of(node, place_code)
        base = standards.by_id(base_id)
        if key != base.view.code:
            raise node.bad(
                f"phần điền ghi bộ “{key}” nhưng bắt đầu từ bộ “{base.view.code}”",
                "không biết điền vào bộ nào",
                "Sửa mã bộ.",
            )
        frozen = standards.frozen_of(base_id)
        for code, number in frozen["instruments"].items():
            book.instruments.setdefault(code, number)
        book.standards.update(
            {ref: standards.by_digest(ref, seen).standard for ref, seen in frozen["refers"].items()}
        )
        head, criteria = placed(frozen["standard"], "base"), [placed(e, "base") for e in frozen["criteria"]]
        head, criteria = merge(node, base.standard, head, criteria, book.instruments)
        standard = read_standard(head, criteria, vocabulary(book), book.instruments)
        whole = freeze(head, criteria, standard, book)
        return replace(standard, digest=digest(whole)), whole
    return None, {}


# --- worked cases -----------------------------------------------------------------------------------------------


def _read_cases(content: Content, standard: Standard, book: Lawbook, problems: Problems) -> list[Worked]:
    try:
        return read_cases(placed({"cases": content["cases"]}, "."), book.measures, standard)
    except Bad as bad:
        problems.found += bad.problems
        return []

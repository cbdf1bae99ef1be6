"""Small readers shared by all files of the law."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from rulebook.clauses import clause_text
from rulebook.democracy import Days, Ground
from rulebook.loading.tree import Node
from rulebook.problems import Problems
from rulebook.standard import Checked, Provenance
from rulebook.texts import EMPTY, Text

T = TypeVar("T")
PROVENANCES = ("found", "recalled", "illustrative", "unknown")
GROUND = ("clause", "provenance")


def read_text(node: Node) -> Text:
    """{vi: …, en: …}: both languages, always."""
    both = node.mapping(required=("vi", "en"))
    return Text(both["vi"].text(), both["en"].text())


def optional_text(fields: dict[str, Node], key: str) -> Text:
    return read_text(fields[key]) if key in fields else EMPTY


def read_clause(node: Node) -> Text:
    """A clause as people cite it, or {vi: …, en: …} where its English is known."""
    return read_text(node) if isinstance(node.value, dict) else clause_text(node.text())


def read_texts(node: Node) -> tuple[str, ...]:
    return tuple(item.text() for item in node.items())


def read_sources(fields: Mapping[str, Node], sources: frozenset[str]) -> tuple[str, ...]:
    """The ids under `sources`, each of them listed in the same file."""
    named = read_texts(fields["sources"]) if "sources" in fields else ()
    for source in named:
        if source not in sources:
            raise fields["sources"].bad(
                f"nguồn “{source}” không có trong bộ này",
                "nguồn phải tra được",
                "Thêm vào mục sources của tệp chính (standard.yaml, procedure.yaml).",
            )
    return named


def read_ground(
    fields: Mapping[str, Node],
    sources: frozenset[str] = frozenset(),
    provenances: tuple[str, ...] = PROVENANCES,
) -> Ground:
    """The keys clause, provenance, note and sources among those of a mapping."""
    return Ground(
        read_clause(fields["clause"]),
        fields["provenance"].one_of(provenances),
        optional_text(dict(fields), "note"),
        read_sources(fields, sources),
    )


def each_by_code(node: Node, read: Callable[[Node], tuple[str, T]], problems: Problems) -> dict[str, T]:
    """The entries of a list by code, in the order of the file."""
    found: dict[str, T] = {}
    for item in node.items():
        with problems.catching():
            code, made = read(item)
            if code in found:
                raise item.bad(f"“{code}” khai hai lần", "mã là duy nhất", "Đổi mã hoặc bỏ một mục.")
            found[code] = made
    return found


def read_days(item: Node) -> tuple[str, Days]:
    """How long something lasts or has, with its clause."""
    fields = item.mapping(required=("code", "name", "days", "unit", *GROUND), optional=("note",))
    working = fields["unit"].one_of(("days", "working_days")) == "working_days"
    code = fields["code"].text()
    return code, Days(code, read_text(fields["name"]), fields["days"].whole(1), working, read_ground(fields))


def read_share(node: Node) -> Fraction:
    """A part of a whole, exactly: 1/2, 90/100."""
    told = re.fullmatch(r"([0-9]{1,3})/([0-9]{1,3})", node.text())
    if told is None or not 0 < int(told[1]) <= int(told[2]):
        raise node.bad(
            f"“{node.text()[:20]}” không phải là một phần của tổng số",
            "mức là phân số đúng, để so không sai số",
            "Viết như 1/2 hoặc 90/100.",
        )
    return Fraction(int(told[1]), int(told[2]))


def read_provenance(node: Node, sources: frozenset[str]) -> Provenance:
    """{text, threshold, confidence, sources, note, last_checked}; sources must be listed in the standard."""
    fields = node.mapping(optional=("text", "threshold", "confidence", "sources", "note", "last_checked"))
    named = read_sources(fields, sources)
    return Provenance(
        text=fields["text"].one_of(PROVENANCES) if "text" in fields else "unknown",
        threshold=fields["threshold"].one_of(PROVENANCES) if "threshold" in fields else "unknown",
        confidence=fields["confidence"].one_of(("high", "medium", "low")) if "confidence" in fields else "",
        sources=named,
        note=optional_text(fields, "note"),
        last_checked=read_checked(fields),
    )


def read_checked(fields: dict[str, Node]) -> Checked | None:
    """last_checked: {on, by}: the day and the post of who compared it with the original."""
    if "last_checked" not in fields:
        return None
    told = fields["last_checked"].mapping(required=("on", "by"))
    return Checked(told["on"].day(), told["by"].text())

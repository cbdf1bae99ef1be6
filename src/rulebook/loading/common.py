"""Small readers shared by all files of the law."""

import re
from collections.abc import Mapping
from fractions import Fraction

from rulebook.clauses import clause_text
from rulebook.democracy import Ground
from rulebook.loading.tree import Node
from rulebook.standard import Checked, Provenance
from rulebook.texts import EMPTY, Text

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

"""Small readers shared by all files of the law."""

from rulebook.clauses import clause_text
from rulebook.loading.tree import Node
from rulebook.standard import Checked, Provenance
from rulebook.texts import EMPTY, Text

PROVENANCES = ("found", "recalled", "illustrative", "unknown")


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


def read_provenance(node: Node, sources: frozenset[str]) -> Provenance:
    """{text, threshold, confidence, sources, note, last_checked}; sources must be listed in the standard."""
    fields = node.mapping(optional=("text", "threshold", "confidence", "sources", "note", "last_checked"))
    named = read_texts(fields["sources"]) if "sources" in fields else ()
    for source in named:
        if source not in sources:
            raise fields["sources"].bad(
                f"nguồn “{source}” không có trong bộ tiêu chí",
                "nguồn phải tra được",
                "Thêm vào mục sources của standard.yaml.",
            )
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

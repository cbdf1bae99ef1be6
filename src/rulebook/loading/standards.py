"""standard.yaml and criteria/*.yaml → Standard. Also from the frozen plain form, to equality."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from rulebook.clauses import document_text, within
from rulebook.loading.common import (
    PROVENANCES,
    optional_text,
    read_checked,
    read_clause,
    read_provenance,
    read_text,
    read_texts,
)
from rulebook.loading.rules import read_rule
from rulebook.loading.tree import Node
from rulebook.loading.vocabulary import Vocabulary
from rulebook.loading.withdrawal import read_withdrawal
from rulebook.problems import Bad, Problems
from rulebook.standard import (
    OPEN_END,
    Amendment,
    Criterion,
    Excuse,
    Indicator,
    InForce,
    Named,
    Provenance,
    RegionOverride,
    Source,
    Standard,
)
from rulebook.texts import EMPTY, Text

_REQUIRED = ("standard", "version", "name", "title", "level", "status", "period", "in_force", "counts")
_OPTIONAL = (
    "province",
    "instruments",
    "amendments",
    "region_overrides",
    "prerequisites",
    "recognition",
    "withdrawal",
    "groups",
    "sources",
    "notes",
)


def read_standard(
    head: Node, criteria: list[Node], words: Vocabulary, instruments: dict[str, str]
) -> Standard:
    """A standard from its head and its criteria in legal order, its digest still empty.

    `instruments`: number by id, for clauses.
    """
    fields = head.mapping(required=_REQUIRED, optional=_OPTIONAL)
    problems = Problems()
    sources = tuple(read_source(item) for item in fields["sources"].items()) if "sources" in fields else ()
    reader = _Reader(words, frozenset(source.id for source in sources), problems)
    basis = read_legal_basis(fields, instruments)
    first = Text(
        basis.vi.split("; ")[0], basis.en.split("; ")[0]
    )  # clauses are cited from the instrument that issues the standard
    groups = reader.named(fields, "groups")
    read: list[Criterion] = []
    for node in criteria:
        with problems.catching():
            criterion = reader.criterion(node, first, frozenset(group.code for group in groups))
            if criterion.number in {other.number for other in read}:
                raise node.bad(
                    f"tiêu chí {criterion.number} viết hai lần", "số thứ tự là duy nhất", "Sửa số."
                )
            read.append(criterion)
    prerequisites = tuple(
        reader.indicators(fields.get("prerequisites"), within(first, "điều kiện", "condition"))
    )
    recognition = (
        fields["recognition"].mapping(optional=("decided_by", "conditions", "provenance"))
        if "recognition" in fields
        else {}
    )
    standard = Standard(
        id=read_id(fields["standard"]),
        version=fields["version"].text(),
        name=read_text(fields["name"]),
        title=read_text(fields["title"]),
        level=fields["level"].one_of(tuple(sorted(words.levels))),
        status=fields["status"].one_of(("law", "sample", "skeleton")),
        period=_period(fields["period"]),
        in_force=read_in_force(fields["in_force"]),
        criteria=tuple(read),
        digest="",
        province=fields["province"].text() if "province" in fields else "",
        legal_basis=basis,
        amendments=tuple(_amendment(item, instruments) for item in fields["amendments"].items())
        if "amendments" in fields
        else (),
        region_overrides=reader.overrides(fields.get("region_overrides")),
        prerequisites=prerequisites,
        decided_by=optional_text(recognition, "decided_by"),
        conditions=reader.named(recognition, "conditions", under="text"),
        groups=groups,
        sources=sources,
        notes=tuple(read_text(item) for item in fields["notes"].items()) if "notes" in fields else (),
        withdrawal=read_withdrawal(
            fields["withdrawal"], reader.sources, tuple(criterion.number for criterion in read)
        )
        if "withdrawal" in fields
        else None,
    )
    if not problems.found:
        with problems.catching():
            _check_counts(fields["counts"], standard)
    problems.raise_if_any()
    return standard


def digest(frozen: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a frozen standard: the same text gives the same digest on any machine."""
    canonical = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def references(node: Node) -> Iterator[str]:
    """The ids of the standards that a tree refers to."""
    if isinstance(node.value, list):
        for item in node.value:
            yield from references(item)
    elif isinstance(node.value, dict):
        for key, value in node.value.items():
            if key == "standard" and isinstance(value.value, dict) and "id" in value.value:
                yield str(value.value["id"].value)
            elif key == "standard" and "times" in node.value:
                yield str(value.value)
            else:
                yield from references(value)


def _check_counts(node: Node, standard: Standard) -> None:
    counts = node.mapping(required=("criteria", "indicators"), optional=("provenance", "note"))
    if (told := counts["criteria"].whole()) != (found := len(standard.criteria)):
        raise _miscounted(counts["criteria"], f"khai {told} nhưng đọc được {found} (criteria)")
    if counts["indicators"].text() != "unknown":
        told = counts["indicators"].whole()
        found = len(standard.indicators) + sum(criterion.unlisted for criterion in standard.criteria)
        counted = all(criterion.unlisted_counted for criterion in standard.criteria)
        if told < found or (counted and told != found):
            raise _miscounted(
                counts["indicators"],
                f"khai {told} nhưng đọc được {'' if counted else 'ít nhất '}{found} (indicators)",
            )
    codes = [indicator.code for indicator in (*standard.indicators, *standard.prerequisites)]
    for code in codes:
        if codes.count(code) > 1:
            raise node.bad(
                f"chỉ tiêu {code} viết hai lần", "số của chỉ tiêu là duy nhất trong một bộ", "Sửa số."
            )


def _miscounted(node: Node, what: str) -> Bad:
    mend = "Bổ sung phần thiếu (chỉ tiêu chưa rõ nội dung thì ghi unlisted ở tiêu chí), hoặc sửa số khai."
    return node.bad(what, "số khai và nội dung phải khớp", mend)


def _period(node: Node) -> tuple[int, int]:
    fields = node.mapping(required=("from", "to"))
    begins = fields["from"].whole(1945)
    if fields["to"].text() == "open":
        return begins, OPEN_END
    ends = fields["to"].whole(1945)
    if ends < begins:
        raise fields["to"].bad(
            "giai đoạn kết thúc trước khi bắt đầu", "khoảng thời gian phải xuôi", "Sửa một trong hai năm."
        )
    if ends >= OPEN_END:
        raise fields["to"].bad(
            f"năm {ends} quá xa", "không giai đoạn nào dài thế", "Chưa biết năm kết thúc thì viết open."
        )
    return begins, ends


def read_id(node: Node) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", node.text()):
        raise node.bad(
            f"mã “{node.text()[:60]}” không dùng được",
            "mã cũng là tên tệp và tham số dòng lệnh",
            "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ xa-ntm-2021-2025.",
        )
    return node.text()


def read_legal_basis(fields: dict[str, Node], instruments: dict[str, str]) -> Text:
    vi: list[str] = []
    en: list[str] = []
    for item in fields["instruments"].items() if "instruments" in fields else []:
        parts = item.mapping(required=("id",), optional=("part", "role", "last_checked"))
        read_checked(parts)
        number = document_text(_number_of(parts["id"], instruments))
        part = optional_text(parts, "part")
        vi.append(", ".join(filter(None, (part.vi, number.vi))))
        en.append(", ".join(filter(None, (part.en, number.en))))
    return Text("; ".join(vi), "; ".join(en)) if vi else EMPTY


def read_in_force(node: Node) -> InForce:
    fields = node.mapping(required=("from", "to", "provenance"), optional=("note", "sources", "last_checked"))
    read_checked(fields)
    start = None if fields["from"].text() == "unknown" else fields["from"].day()
    end = None if fields["to"].text() in ("unknown", "open") else fields["to"].day()
    if start and end and end <= start:
        raise fields["to"].bad(
            "hết hiệu lực trước khi có hiệu lực", "khoảng thời gian phải xuôi", "Sửa một trong hai ngày."
        )
    return InForce(
        start, end, start is not None, fields["provenance"].one_of(PROVENANCES), optional_text(fields, "note")
    )


def _amendment(node: Node, instruments: dict[str, str]) -> Amendment:
    fields = node.mapping(required=("id", "on", "loaded", "note"), optional=("provenance", "sources"))
    on = None if fields["on"].text() == "unknown" else fields["on"].day()
    number = _number_of(fields["id"], instruments)
    return Amendment(number, on, fields["loaded"].flag(), read_text(fields["note"]))


def _number_of(node: Node, instruments: dict[str, str]) -> str:
    """The number people cite of the instrument with that id."""
    if node.text() not in instruments:
        raise node.bad(
            f"không có văn bản “{node.text()}”", "văn bản phải có trong instruments.yaml", "Thêm văn bản."
        )
    return instruments[node.text()]


def read_source(node: Node) -> Source:
    fields = node.mapping(required=("id", "title"), optional=("seen", "url"))
    return Source(
        fields["id"].text(),
        fields["title"].text(),
        fields["seen"].text() if "seen" in fields else "",
        fields["url"].text() if "url" in fields else "",
    )


class _Reader:
    """Reads criteria and indicators, gathering problems so that a person mends a file in one go."""

    def __init__(self, words: Vocabulary, sources: frozenset[str], problems: Problems) -> None:
        self.words, self.sources, self.problems = words, sources, problems

    def criterion(self, node: Node, basis: Text, groups: frozenset[str]) -> Criterion:
        fields = node.mapping(
            required=("criterion", "name", "indicators"), optional=("unlisted", "group", "clause", "note")
        )
        unlisted, counted = 0, True
        if "unlisted" in fields:  # how many is itself unknown: at least one
            counted = fields["unlisted"].text() != "unknown"
            unlisted = fields["unlisted"].whole(1) if counted else 1
        number = fields["criterion"].text()
        own = read_clause(fields["clause"]) if "clause" in fields else None
        clause = own or within(basis, f"tiêu chí {number}", f"criterion {number}")
        if groups and "group" in fields:
            fields["group"].one_of(tuple(sorted(groups)))
        return Criterion(
            number=number,
            name=read_text(fields["name"]),
            indicators=tuple(self.indicators(fields["indicators"], clause)),
            clause=clause,
            group=fields["group"].text() if "group" in fields else "",
            unlisted=unlisted,
            unlisted_counted=counted,
        )

    def indicators(self, node: Node | None, clause: Text) -> Iterator[Indicator]:
        for item in node.items() if node else []:
            with self.problems.catching():
                yield self.indicator(item, clause)

    def indicator(self, node: Node, clause: Text) -> Indicator:
        fields = node.mapping(
            required=("code", "text", "provenance", "rule"),
            optional=("sector", "resource", "delegated_to", "sample_threshold", "excused_when", "clause"),
        )
        code = fields["code"].text()
        own = read_clause(fields["clause"]) if "clause" in fields else None
        return Indicator(
            code=code,
            text=read_text(fields["text"]),
            rule=read_rule(fields["rule"], self.words),
            provenance=read_provenance(fields["provenance"], self.sources),
            clause=own or within(clause, f"chỉ tiêu {code}", f"indicator {code}"),
            sectors=self.sectors(fields["sector"]) if "sector" in fields else (),
            resource=fields["resource"].one_of(("state", "mixed", "community"))
            if "resource" in fields
            else "",
            delegated_to=optional_text(fields, "delegated_to"),
            sample_threshold=optional_text(fields, "sample_threshold"),
            excuse=self.excuse(fields["excused_when"]) if "excused_when" in fields else None,
        )

    def sectors(self, node: Node) -> tuple[str, ...]:
        return tuple(item.one_of(tuple(sorted(self.words.sectors))) for item in node.items())

    def excuse(self, node: Node) -> Excuse:
        fields = node.mapping(required=("text", "rule", "provenance"), optional=("note", "last_checked"))
        read_checked(fields)
        return Excuse(
            read_text(fields["text"]),
            read_rule(fields["rule"], self.words),
            fields["provenance"].one_of(PROVENANCES),
        )

    def named(self, fields: dict[str, Node], key: str, under: str = "name") -> tuple[Named, ...]:
        found: list[Named] = []
        for item in fields[key].items() if key in fields else []:
            parts = item.mapping(required=("code", under), optional=("provenance",))
            told = (
                read_provenance(parts["provenance"], self.sources) if "provenance" in parts else Provenance()
            )
            found.append(Named(parts["code"].text(), read_text(parts[under]), told))
        return tuple(found)

    def overrides(self, node: Node | None) -> tuple[RegionOverride, ...]:
        found: list[RegionOverride] = []
        for item in node.items() if node else []:
            fields = item.mapping(required=("classes", "use", "text", "provenance"))
            for each in fields["classes"].items():
                each.one_of(tuple(sorted(self.words.classes)))
            found.append(
                RegionOverride(
                    frozenset(read_texts(fields["classes"])),
                    fields["use"].one_of(tuple(sorted(self.words.regions))),
                    read_text(fields["text"]),
                    read_provenance(fields["provenance"], self.sources),
                )
            )
        return tuple(found)

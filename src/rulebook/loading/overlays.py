"""law/provinces/<code>/overlays/*.yaml: what a province fills in where the centre delegates, and nothing else.

The merged tree is a standard's own: it is read, frozen and thawed as any other.
"""

from rulebook.loading.common import PROVENANCES, read_provenance
from rulebook.loading.tree import Node
from rulebook.problems import Problems
from rulebook.rules import AllOf, Compare, Rule, ShareOf, is_known
from rulebook.standard import Indicator, Standard

_REQUIRED = ("overlay", "province", "version", "in_force", "instruments", "fills")
_COMPANY = ("measure", "per", "of", "in")  # what stands beside the operator of a compare or a share


def overlay_of(node: Node, folder: str) -> tuple[str, str]:
    """The id of the standard it fills in and the province that does. `folder`: the code the file stands under."""
    fields = node.mapping(required=_REQUIRED, optional=("sources", "notes"))
    province = fields["province"].text()
    if province != folder:
        raise fields["province"].bad(
            f"tệp nằm ở thư mục tỉnh {folder} nhưng ghi tỉnh {province[:20]}",
            "không biết mức của tỉnh nào",
            "Chuyển tệp, hoặc sửa province.",
        )
    return fields["overlay"].text(), province


def merge(
    node: Node, base: Standard, head: Node, criteria: list[Node], instruments: dict[str, str]
) -> tuple[Node, list[Node]]:
    """The head and criteria of `base` with what the overlay fills in. Raises Bad with every problem found."""
    fields = node.entries()
    if base.province and base.province != fields["province"].text():
        raise fields["overlay"].bad(
            f"bộ “{base.id}” là của tỉnh {base.province}",
            "tỉnh chỉ bổ sung cho bộ của trung ương giao",
            "Bỏ tệp này.",
        )
    head_fields = head.entries()
    known = {source.id for source in base.sources}
    problems = Problems()
    added: list[Node] = fields["sources"].items() if "sources" in fields else []
    for source in added:
        name = source.entries()["id"]
        if name.text() in known:
            with problems.catching():
                raise name.bad(
                    f"nguồn “{name.text()}” trùng mã với nguồn của bộ gốc",
                    "không biết số liệu lấy từ nguồn nào",
                    "Đổi mã nguồn.",
                )
        known.add(name.text())
    issued = [item.entries()["id"] for item in fields["instruments"].items()]
    if not issued:
        raise fields["instruments"].bad(
            "không có văn bản nào", "mức của tỉnh phải có văn bản quy định", "Thêm {id: …}."
        )
    number = instruments.get(issued[0].text(), "")  # an unknown id is refused when the merged head is read
    filled: dict[tuple[str, int], Node] = {}
    for item in fields["fills"].items():
        with problems.catching():
            key = _check(item, base, frozenset(known))
            if key in filled:
                raise item.bad(f"chỉ tiêu {key[0]} điền hai lần", "không biết lấy mức nào", "Bỏ một dòng.")
            filled[key] = item
    if not filled and not problems.found:
        raise fields["fills"].bad("không điền gì", "tệp này không có tác dụng", "Thêm mức, hoặc bỏ tệp.")
    problems.raise_if_any()
    merged = _with(
        head,
        version=_scalar(f"{base.version}+{fields['version'].text()}", fields["version"]),
        province=fields["province"],
        in_force=_in_force(fields["in_force"], base),
        instruments=_longer(head_fields.get("instruments"), fields["instruments"]),
    )
    if added:
        merged = _with(merged, sources=_longer(head_fields.get("sources"), fields["sources"]))
    return merged, [_fill_criterion(each, base, filled, number) for each in criteria]


def open_parts(indicator: Indicator) -> list[tuple[int, Rule]]:
    """The places of an indicator that a province may fill in: (part, rule), part 0 the whole."""
    if "tỉnh" not in indicator.delegated_to.vi.casefold():
        return []
    if isinstance(indicator.rule, AllOf):
        return [(n, rule) for n, rule in enumerate(indicator.rule.rules, 1) if _is_open(rule)]
    return [(0, indicator.rule)] if _is_open(indicator.rule) else []


# --- may it be filled -------------------------------------------------------------------------------------------


def _check(item: Node, base: Standard, sources: frozenset[str]) -> tuple[str, int]:
    """Which indicator and part (0: the whole) a fill is for; anything that is not the province's is refused."""
    fields = item.mapping(required=("indicator", "threshold", "provenance"), optional=("part", "clause"))
    code = fields["indicator"].text()
    try:
        indicator = base.indicator(code)
    except KeyError:
        raise fields["indicator"].bad(
            f"bộ “{base.id}” không có chỉ tiêu {code[:20]}",
            "không có chỗ để điền",
            "Xem lại số của chỉ tiêu.",
        ) from None
    if not indicator.delegated_to.vi:
        raise fields["indicator"].bad(
            f"chỉ tiêu {code} không được giao cho tỉnh quy định",
            "tỉnh chỉ được điền mức mà bộ gốc giao (delegated_to)",
            "Bỏ dòng này.",
        )
    if "tỉnh" not in indicator.delegated_to.vi.casefold():
        raise fields["indicator"].bad(
            f"chỉ tiêu {code} giao cho {indicator.delegated_to.vi}, không phải cho tỉnh",
            "tỉnh chỉ được điền mức giao cho tỉnh",
            "Bỏ dòng này.",
        )
    part = _part(fields, indicator)
    rule = indicator.rule.rules[part - 1] if isinstance(indicator.rule, AllOf) else indicator.rule
    if not _is_open(rule):
        raise fields["threshold"].bad(
            f"chỉ tiêu {code}{f', phần {part},' if part else ''} đã có mức trong bộ gốc",
            "tỉnh chỉ điền chỗ còn để trống (unknown), không đổi mức đã có",
            "Bỏ dòng này.",
        )
    if fields["threshold"].value == "unknown":
        raise fields["threshold"].bad("mức là unknown", "chưa biết thì chưa điền được", "Bỏ dòng này.")
    told = read_provenance(fields["provenance"], sources)
    if told.threshold == "unknown":
        raise fields["provenance"].bad(
            "không nói mức này tin được đến đâu",
            "mỗi con số phải có xuất xứ",
            "Thêm threshold: found, recalled hoặc illustrative.",
        )
    return code, part


def _part(fields: dict[str, Node], indicator: Indicator) -> int:
    rule = indicator.rule
    if not isinstance(rule, AllOf):
        if "part" in fields:
            raise fields["part"].bad(
                f"chỉ tiêu {indicator.code} không có các phần", "chỉ quy tắc all_of mới có phần", "Bỏ part."
            )
        return 0
    if "part" not in fields:
        raise fields["indicator"].bad(
            f"chỉ tiêu {indicator.code} có {len(rule.rules)} phần",
            "không biết điền vào phần nào",
            f"Thêm part: từ 1 đến {len(rule.rules)}.",
        )
    part = fields["part"].whole(1)
    if part > len(rule.rules):
        raise fields["part"].bad(
            f"chỉ tiêu {indicator.code} chỉ có {len(rule.rules)} phần", "không có phần này", "Sửa part."
        )
    return part


def _is_open(rule: Rule) -> bool:
    return isinstance(rule, Compare | ShareOf) and not is_known(rule.threshold)


# --- filling ----------------------------------------------------------------------------------------------------


def _fill_criterion(node: Node, base: Standard, filled: dict[tuple[str, int], Node], number: str) -> Node:
    listed = node.entries()["indicators"]
    indicators = [_fill_indicator(each, base, filled, number) for each in listed.items()]
    return _with(node, indicators=Node(list(indicators), listed.file, listed.line))


def _fill_indicator(node: Node, base: Standard, filled: dict[tuple[str, int], Node], number: str) -> Node:
    fields = node.entries()
    code = fields["code"].text()
    fills = {part: item.entries() for (of, part), item in filled.items() if of == code}
    if not fills:
        return node
    clauses = {
        part: fill.get("clause") or _scalar(f"{number}, chỉ tiêu {code}", fill["indicator"])
        for part, fill in fills.items()
    }
    provenance = fields["provenance"].entries()
    if 0 in fills:
        text = {"text": provenance["text"]} if "text" in provenance else {}
        told = Node({**text, **fills[0]["provenance"].entries()}, node.file, node.line)
        node = _with(
            node,
            rule=_fill_rule(fields["rule"], fills[0]["threshold"]),
            clause=clauses[0],
            provenance=told,
        )
        return _without(node, "sample_threshold")
    rule = base.indicator(code).rule
    assert isinstance(rule, AllOf)
    parts = list(fields["rule"].entries()["all_of"].items())
    for part, fill in fills.items():
        parts[part - 1] = _with(
            _fill_rule(parts[part - 1], fill["threshold"]),
            clause=clauses[part],
            provenance=fill["provenance"],
        )
    node = _with(node, rule=_with(fields["rule"], all_of=Node(parts, node.file, node.line)))
    if any(_is_open(each) for n, each in enumerate(rule.rules, 1) if n not in fills):
        return node
    if provenance.get("threshold", _scalar("unknown", node)).value == "unknown":
        trusted = [fill["provenance"].entries()["threshold"] for fill in fills.values()]
        weakest = max(trusted, key=lambda each: PROVENANCES.index(each.text()))
        node = _with(node, provenance=_with(fields["provenance"], threshold=weakest))
    return _without(node, "sample_threshold")


def _fill_rule(node: Node, threshold: Node) -> Node:
    """The compare or share of `node` with its threshold replaced."""
    kind = next(key for key in ("compare", "share") if key in node.entries())
    inner = node.entries()[kind]
    op = next(key for key in inner.entries() if key not in _COMPANY)
    return _with(node, **{kind: _with(inner, **{op: threshold})})


def _in_force(node: Node, base: Standard) -> Node:
    """The overlay's own days, within those of the standard it fills in."""
    fields = node.mapping(required=("from", "to", "provenance"), optional=("note", "sources", "last_checked"))
    start, end = fields["from"], fields["to"]
    if start.text() != "unknown" and base.in_force.start and start.day() < base.in_force.start:
        start = _scalar(base.in_force.start.isoformat(), start)
    if base.in_force.end and (end.text() in ("open", "unknown") or end.day() > base.in_force.end):
        end = _scalar(base.in_force.end.isoformat(), end)
    return _with(node, **{"from": start, "to": end})


def _with(node: Node, **changes: Node) -> Node:
    return Node({**node.entries(), **changes}, node.file, node.line)


def _without(node: Node, key: str) -> Node:
    return Node({k: v for k, v in node.entries().items() if k != key}, node.file, node.line)


def _longer(first: Node | None, then: Node) -> Node:
    return Node([*(first.items() if first else []), *then.items()], then.file, then.line)


def _scalar(text: str, like: Node) -> Node:
    return Node(text, like.file, like.line)

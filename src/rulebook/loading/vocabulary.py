"""The names that a rule may use, and looking one up with a sentence when there is none."""

from collections.abc import Mapping
from dataclasses import dataclass

from rulebook.loading.tree import Node
from rulebook.measures import Kind, Measure
from rulebook.standard import Standard


@dataclass(frozen=True)
class Vocabulary:
    """The names a rule may use."""

    measures: Mapping[str, Measure]
    standards: Mapping[str, Standard]
    regions: frozenset[str]
    classes: frozenset[str]
    levels: frozenset[str]
    sectors: frozenset[str] = frozenset()


def measure_named(node: Node, words: Vocabulary, *, kinds: tuple[Kind, ...] = tuple(Kind)) -> Measure:
    code = node.text()
    if code not in words.measures:
        node.one_of(tuple(words.measures))  # complains, with the nearest name
    measure = words.measures[code]
    if measure.kind not in kinds:
        raise node.bad(
            f"số đo “{code}” thuộc loại {measure.kind}",
            f"ở đây cần loại {', '.join(kinds)}",
            "Chọn số đo khác hoặc quy tắc khác.",
        )
    return measure


def standard_named(node: Node, words: Vocabulary) -> Standard:
    if node.text() not in words.standards:
        raise node.bad(
            f"không có bộ tiêu chí “{node.text()}”",
            "bộ được dẫn phải có trong thư mục luật và không dẫn vòng",
            f"Các bộ đã đọc được: {', '.join(words.standards) or 'chưa có'}.",
        )
    return words.standards[node.text()]

"""law/measures.yaml → Measure."""

from rulebook.loading.common import optional_text, read_text
from rulebook.loading.tree import Node
from rulebook.measures import Grade, Kind, Measure
from rulebook.problems import Problems

_DECIMALS = {Kind.PERCENT: 2, Kind.COUNT: 0, Kind.NUMBER: 2, Kind.MONEY: 3, Kind.FLAG: 0, Kind.GRADE: 0}
MAX_DECIMALS = 6


def read_measures(node: Node) -> dict[str, Measure]:
    """All measures by code. Raises Bad with every problem found."""
    problems = Problems()
    measures: dict[str, Measure] = {}
    for item in node.mapping(required=("measures",))["measures"].items():
        with problems.catching():
            measure = read_measure(item)
            if measure.code in measures:
                raise item.bad(
                    f"số đo “{measure.code}” khai hai lần", "mã phải là duy nhất", "Đổi mã hoặc bỏ một mục."
                )
            measures[measure.code] = measure
    problems.raise_if_any()
    return measures


def read_measure(node: Node) -> Measure:
    fields = node.mapping(
        required=("code", "name", "kind"),
        optional=("unit", "of", "decimals", "per", "grades", "negative", "note"),
    )
    kind = Kind(fields["kind"].one_of(tuple(Kind)))
    decimals = fields["decimals"].whole() if "decimals" in fields else _DECIMALS[kind]
    if decimals > MAX_DECIMALS:
        raise fields["decimals"].bad(
            "quá nhiều chữ số thập phân", f"tối đa {MAX_DECIMALS}", "Chọn đơn vị lớn hơn."
        )
    if kind is Kind.COUNT and decimals:
        raise fields["decimals"].bad(
            "số đếm không có phần thập phân",
            "đếm thì chỉ ra số nguyên",
            "Bỏ decimals, hoặc dùng kind: number.",
        )
    grades = tuple(_read_grade(item) for item in fields["grades"].items()) if "grades" in fields else ()
    if (kind is Kind.GRADE) != bool(grades):
        raise node.bad(
            "số đo xếp loại phải có danh sách mức, số đo khác thì không",
            "cần biết thứ tự các mức",
            "Thêm hoặc bỏ mục grades (mức thấp viết trước).",
        )
    if kind not in (Kind.FLAG, Kind.GRADE) and "unit" not in fields:
        raise node.bad("thiếu đơn vị", "con số không đơn vị không so sánh được", "Thêm unit: {vi: …, en: …}.")
    return Measure(
        code=fields["code"].text(),
        name=read_text(fields["name"]),
        kind=kind,
        unit=optional_text(fields, "unit"),
        of=optional_text(fields, "of"),
        decimals=decimals,
        per_sex="per" in fields and bool(fields["per"].one_of(("sex",))),
        grades=grades,
        negative="negative" in fields and fields["negative"].flag(),
    )


def _read_grade(node: Node) -> Grade:
    fields = node.mapping(required=("code", "vi", "en"))
    return Grade(
        fields["code"].text(), read_text(Node({k: fields[k] for k in ("vi", "en")}, node.file, node.line))
    )

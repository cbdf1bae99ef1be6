"""law/measures.yaml → Measure."""

from rulebook.loading.common import optional_text, read_text
from rulebook.loading.tree import Node
from rulebook.measures import Combines, Grade, How, Kind, Measure
from rulebook.problems import Problems

_DECIMALS = {Kind.PERCENT: 2, Kind.COUNT: 0, Kind.NUMBER: 2, Kind.MONEY: 3, Kind.FLAG: 0, Kind.GRADE: 0}
MAX_DECIMALS = 6
_NUMBERS = (Kind.COUNT, Kind.NUMBER, Kind.MONEY)
_KINDS = {
    How.SUM: _NUMBERS,
    How.WEIGHTED: (*_NUMBERS, Kind.PERCENT),
    How.SHARE: (Kind.PERCENT,),
    How.ANY: (Kind.FLAG,),
    How.ALL: (Kind.FLAG,),
    How.LOWEST: (Kind.GRADE,),
    How.NOT_ADDITIVE: tuple(Kind),
}
_PLAIN = (How.SUM, How.SHARE, How.ANY, How.ALL, How.LOWEST, How.NOT_ADDITIVE)


def read_measures(node: Node) -> dict[str, Measure]:
    """All measures by code. Raises Bad with every problem found."""
    problems = Problems()
    measures: dict[str, Measure] = {}
    written: dict[str, Node] = {}
    for item in node.mapping(required=("measures",))["measures"].items():
        with problems.catching():
            measure = read_measure(item)
            if measure.code in measures:
                raise item.bad(
                    f"số đo “{measure.code}” khai hai lần", "mã phải là duy nhất", "Đổi mã hoặc bỏ một mục."
                )
            measures[measure.code] = measure
            written[measure.code] = item
    problems.raise_if_any()
    for code, measure in measures.items():
        with problems.catching():
            _check_weight(measure, measures, written[code])
    problems.raise_if_any()
    return measures


def read_measure(node: Node) -> Measure:
    fields = node.mapping(
        required=("code", "name", "kind"),
        optional=("unit", "of", "decimals", "per", "grades", "negative", "combines", "note"),
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
        combines=_read_combines(fields["combines"], kind) if "combines" in fields else Combines(),
    )


def _read_combines(node: Node, kind: Kind) -> Combines:
    """`sum`, or `{share: households}`: how, and by which measure each place counts."""
    if isinstance(node.value, dict):
        fields = node.mapping(optional=(How.WEIGHTED, How.SHARE))
        if len(fields) != 1:
            raise node.bad("không rõ cách gộp", "chỉ một trong weighted và share", "Viết một mục.")
        ((name, weight),) = fields.items()
        combines = Combines(How(name), weight.text())
    else:
        combines = Combines(How(node.one_of(_PLAIN)))
    if kind not in _KINDS[combines.how]:
        raise node.bad(
            f"số đo loại {kind} không gộp theo cách {combines.how} được",
            f"cách này chỉ dùng cho {', '.join(_KINDS[combines.how])}",
            "Chọn cách khác, hoặc not_additive.",
        )
    return combines


def _check_weight(measure: Measure, measures: dict[str, Measure], item: Node) -> None:
    """A weight is another measure that counts something and adds up, split by sex where the measure is."""
    code = measure.combines.weight
    if not code:
        return
    node = next(iter(item.entries()["combines"].entries().values()))
    weight = measures.get(code)
    if weight is None:
        node.one_of(tuple(measures))  # complains, with the nearest name
    elif (
        weight is measure
        or weight.kind not in (Kind.COUNT, Kind.NUMBER)
        or weight.combines.how is not How.SUM
    ):
        raise node.bad(
            f"“{code}” không làm quyền số cho “{measure.code}” được",
            "quyền số là một số đo khác, loại count hoặc number, và gộp bằng sum",
            "Chọn số đo khác, hoặc bỏ quyền số.",
        )
    elif measure.per_sex and not weight.per_sex:
        raise node.bad(
            f"“{measure.code}” tách nam, nữ mà quyền số “{code}” thì không",
            "mỗi giới cần quyền số của giới đó",
            "Chọn quyền số tách theo giới, hoặc bỏ quyền số.",
        )


def _read_grade(node: Node) -> Grade:
    fields = node.mapping(required=("code", "vi", "en"))
    return Grade(
        fields["code"].text(), read_text(Node({k: fields[k] for k in ("vi", "en")}, node.file, node.line))
    )

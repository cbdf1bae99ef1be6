"""A figure in words, as the second person reads it beside the original."""

from chungtay.standards.desk.compiling import Compiled
from chungtay.standards.desk.figures import Figure
from rulebook import Kind, Text
from rulebook.measures import with_unit
from rulebook.wording import level_name
from viet.dates import DateProblem, format_day, parse_day
from viet.numbers import NumberProblem, format_number, parse_number

_HEAD = {
    "name": Text("Tên bộ tiêu chí", "Name of the standard"),
    "instrument": Text("Số, ký hiệu văn bản", "Number of the document"),
    "from": Text("Có hiệu lực từ ngày", "In force from"),
    "to": Text("Hết hiệu lực từ ngày", "No longer in force from"),
    "withdrawal": Text("Trường hợp thu hồi", "Case for withdrawal"),
}
_OPS = {
    "at_least": Text("từ {} trở lên", "at least {}"),
    "at_most": Text("không quá {}", "at most {}"),
    "equals": Text("đúng {}", "exactly {}"),
    "above": Text("trên {}", "above {}"),
    "below": Text("dưới {}", "below {}"),
    "fill": Text("{}", "{}"),
}
_DEMANDS = {
    "is_true": Text("phải có", "required"),
    "ruling": Text("người có thẩm quyền kết luận", "a person in authority rules"),
    "standard": Text("phải đạt bộ", "must meet"),
    "n": Text("ít nhất {} phần", "at least {} of the parts"),
}


def words_of(figure: Figure, compiled: Compiled, language: str) -> dict[str, str]:
    """{what, where, value}: "Tỷ lệ hộ có điện" · "vùng Tây Nguyên" · "từ 98% số hộ trở lên"."""
    if figure.kind == "head":
        return {
            "what": _HEAD[figure.part].in_(language),
            "where": figure.indicator,
            "value": _day(figure.value),
        }
    measures = [compiled.book.measures.get(code) for code in figure.measures]
    what = " / ".join(
        measure.name.in_(language) if measure else code
        for code, measure in zip(figure.measures, measures, strict=True)
    )
    where = ", ".join(filter(None, (_cell(by, code, compiled, language) for by, code in figure.cell)))
    if figure.kind == "threshold":
        one = measures[0] if len(measures) == 1 else None
        unit = "%" if len(measures) == 2 else (one.unit.in_(language) if one else "")
        if one and one.kind is Kind.GRADE:
            value = next((g.name.in_(language) for g in one.grades if g.code == figure.value), figure.value)
        else:
            value = with_unit(_number(figure.value), unit)
        if any(by == "times" for by, _ in figure.cell):
            value = f"× {_number(figure.value)}"
        return {"what": what, "where": where, "value": _OPS[figure.part].in_(language).format(value)}
    if figure.part == "children":
        how, level = figure.cell[0]
        share = f"{_number(figure.value)}%" if how == "percent" else _number(figure.value)
        words = Text("ít nhất {} {} đạt", "at least {} {}s meet it").in_(language)
        return {"what": what, "where": "", "value": words.format(share, level_name(level).in_(language))}
    told = _DEMANDS[figure.part].in_(language)
    if figure.part == "standard":
        known = compiled.book.standards.get(figure.value)
        return {"what": known.name.in_(language) if known else figure.value, "where": "", "value": told}
    if figure.part == "ruling":
        return {"what": figure.value, "where": "", "value": told}
    return {"what": what, "where": where, "value": told.format(figure.value)}


def _cell(by: str, code: str, compiled: Compiled, language: str) -> str:
    match by:
        case "by_region":
            named = compiled.book.regions.get(code)
            return named.name.in_(language) if named else code
        case "by_group":
            return Text("xã nhóm {}", "group {}").in_(language).format(code)
        case "by_year":
            return Text("năm {}", "{}").in_(language).format(code)
        case "otherwise":
            return Text("còn lại", "elsewhere").in_(language)
        case "times":
            return Text("so với mức hay số đo khác", "relative to another").in_(language)
        case _:
            return ""


def _number(text: str) -> str:
    try:
        return format_number(parse_number(text), 9)
    except NumberProblem:
        return text


def _day(text: str) -> str:
    try:
        return format_day(parse_day(text))
    except DateProblem:
        return text

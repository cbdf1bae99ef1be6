"""A table and its mapping → criteria in the plain form of law/*.yaml, with every doubt named by its cell."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from chungtay.core.language import gettext as _
from chungtay.core.refusals import Fault, Refusal
from chungtay.standards.annex.answers import NEW, Answers
from chungtay.standards.annex.imported import CellProblem, Imported, ImportedIndicator, Source, ThresholdCell
from chungtay.standards.annex.limits import (
    Asked,
    Limits,
    common_shape,
    limits_of,
    plain_number,
    plain_threshold,
)
from chungtay.standards.annex.mapping import Mapping, Role
from chungtay.standards.annex.measuring import Catalogue, new_measure
from chungtay.standards.annex.rows import FoundCriterion, FoundIndicator, read_rows
from chungtay.standards.annex.tables import Table
from chungtay.standards.annex.thresholds import Shape, Threshold
from rulebook import Kind, Measure
from rulebook.loading.measures import read_measure
from rulebook.loading.tree import Node
from rulebook.rules import Op
from viet.letters import fold

MAX_INDICATORS = 500  # the largest set so far has 75
_UNIT_IN_TEXT = re.compile(r"\((?P<unit>%|[^()\d]{1,40})\)\s*$")
_PROVINCE = {
    "ubnd tinh",
    "ubnd cap tinh",
    "uy ban nhan dan tinh",
    "uy ban nhan dan cap tinh",
    "cap tinh",
    "tinh",
}
_UP = " tro len"
_BEFORE_GRADE = ("dat ", "xep loai ", "loai ", "muc ", "tu ")
_NO_ONE = "unknown"


def apply(
    table: Table, mapping: Mapping, catalogue: Catalogue, source: Source, answers: Answers | None = None
) -> Imported:
    """The draft content of a table. Raises Refusal when the columns chosen cannot give any."""
    if problems := mapping.problems():
        raise Refusal(*(Fault(sentence, field="columns") for sentence in problems))
    maker = _Maker(table, mapping, catalogue, source, answers or Answers())
    return maker.imported()


class _Maker:
    def __init__(
        self, table: Table, mapping: Mapping, catalogue: Catalogue, source: Source, answers: Answers
    ) -> None:
        self.table, self.mapping, self.catalogue = table, mapping, catalogue
        self.source, self.answers = source, answers
        self.problems: list[CellProblem] = []
        self.new: dict[str, dict[str, Any]] = {}
        self.indicators: list[ImportedIndicator] = []

    def imported(self) -> Imported:
        found = read_rows(self.table, self.mapping, self.answers)
        count = sum(len(each.indicators) for each in found.criteria)
        if count > MAX_INDICATORS:
            raise Refusal(
                Fault(
                    _(
                        "Bảng có %(count)s chỉ tiêu, quá %(max_indicators)s: có lẽ đã chọn nhầm bảng hoặc nhầm "
                        "cột."
                    )
                    % {"count": count, "max_indicators": MAX_INDICATORS},
                    "columns",
                )
            )
        self.problems += found.problems
        criteria = tuple(self._criterion(each) for each in found.criteria if each.indicators)
        if not criteria:
            raise Refusal(
                Fault(
                    _(
                        "Không đọc được chỉ tiêu nào với các cột đã chọn. Hãy xem lại cột nội dung và hàng tiêu "
                        "đề."
                    ),
                    "columns",
                )
            )
        return Imported(
            criteria=criteria,
            groups=tuple({"code": code, "name": _both(name)} for code, name in found.groups),
            measures=tuple(self.new.values()),
            source=self.source.plain(),
            indicators=tuple(self.indicators),
            problems=tuple(
                sorted(dict.fromkeys(self.problems), key=lambda each: (each.row, each.column or 0))
            ),
            rows=tuple(found.reports),
        )

    def _criterion(self, criterion: FoundCriterion) -> dict[str, Any]:
        plain: dict[str, Any] = {"criterion": criterion.number, "name": _both(criterion.name)}
        if criterion.group:
            plain["group"] = criterion.group
        plain["indicators"] = [self._indicator(criterion, each) for each in criterion.indicators]
        return plain

    def _indicator(self, criterion: FoundCriterion, found: FoundIndicator) -> dict[str, Any]:
        limits = limits_of(self.table, self.mapping, found.rows, self.answers)
        asked_as = f"{criterion.name} {found.text}" if len(found.text.split()) < 4 else found.text
        chosen = self.answers.measures.get(found.row, ())
        count = max(1, len(chosen))
        measures = [
            self._measure(
                found, _part(limits.sample, at, count), limits, chosen[at] if at < len(chosen) else "", at
            )
            for at in range(count)
        ]
        self._doubt_blanks(limits)
        for each in limits.asked:
            self._doubts_of_cell(limits, each, parts_taken=len(chosen) > 1)
        rules = [self._rule(limits, measure, at, count) for at, measure in enumerate(measures)]
        known = any(_has_value(rule) for rule in rules)
        self.problems += limits.problems
        plain: dict[str, Any] = {
            "code": found.code,
            "text": _both(found.text),
            "clause": f"{self.mapping.part or self.table.place}, {self.table.row_places[found.row]}",
            "provenance": self._provenance(found, limits, known),
        }
        if body := _delegated(limits):
            plain["delegated_to"] = body
        plain["rule"] = rules[0] if count == 1 else {"all_of": rules}
        self.indicators.append(
            ImportedIndicator(
                row=found.row,
                criterion=criterion.number,
                code=found.code,
                text=found.text,
                cells=tuple(
                    ThresholdCell(each.row, each.column, each.cell.place, self._column_name(each), each.words)
                    for each in limits.asked
                ),
                limits=limits.parts,
                measures=tuple(measure.code for measure in measures),
                chosen=bool(chosen),
                alike=self.catalogue.alike(asked_as),
                known=known,
            )
        )
        return plain

    # --- measures ---

    def _measure(
        self, found: FoundIndicator, threshold: Threshold, limits: Limits, chosen: str, at: int
    ) -> Measure:
        """The measure a person chose, else a new one; which of the two is never settled by likeness alone."""
        if chosen and chosen in self.catalogue.measures:
            return self.catalogue.measures[chosen]
        if chosen and chosen != NEW:
            sentence = f"Không có số đo “{chosen[:60]}” trong danh mục: tạm đặt một số đo mới."
            self.problems.append(CellProblem(found.row, found.cell.place, sentence, found.cell.column))
        text = found.text if not at else f"{found.text} – {' '.join(threshold.text.split())}"
        unit = threshold.unit or found.unit or _unit_in(found.text)
        if not unit and fold(found.text).startswith("ty le"):
            unit = "%"
        plain = new_measure(text, threshold, unit, (*self.catalogue.measures, *self.new))
        self.new[plain["code"]] = plain
        return read_measure(Node.from_plain(plain, self.source.name))

    # --- rules ---

    def _doubt_blanks(self, limits: Limits) -> None:
        """One sentence a row for the cells left blank."""
        for row in dict.fromkeys(each.row for each in limits.asked):
            blank = [each for each in limits.asked if each.row == row and each.read.shape is Shape.BLANK]
            if blank:
                names = ", ".join(self._column_name(each) for each in blank)
                limits.doubt(blank[0], f"Ô để trống ở: {names}. Chưa biết mức.", unknown=True)

    def _doubts_of_cell(self, limits: Limits, each: Asked, *, parts_taken: bool) -> None:
        read = each.read
        if read.problem and not (read.shape is Shape.PARTS and parts_taken):
            limits.doubt(
                each, f"“{each.words[:80]}”: {read.problem}" if each.words else read.problem, unknown=True
            )
        if each.cell.notes and read.shape is not Shape.BLANK:
            note = "; ".join(each.cell.notes)[:300]
            limits.doubt(
                each, f"Mức này có chú thích “{note}”: hãy xem có phải là điều kiện áp dụng.", unknown=False
            )

    def _rule(self, limits: Limits, measure: Measure, at: int, count: int) -> dict[str, Any]:
        """A rule over one measure; a threshold that could not be read or does not fit the measure stays unknown."""
        own = limits
        if count > 1:
            own = Limits(
                [replace(each, read=_part(each.read, at, count)) for each in limits.asked], limits.by
            )
        if measure.kind is Kind.GRADE:
            return self._graded(own, limits, measure)
        shape, op = common_shape(own)
        if count > 1:
            limits.problems += [each for each in own.problems if each not in limits.problems]
        if measure.kind is Kind.FLAG:
            if shape is Shape.MET:
                if all(each.read.shape is Shape.MET for each in own.asked):
                    return {"is_true": {"measure": measure.code}}
                threshold = plain_threshold(
                    own, lambda each: "true" if each.read.shape is Shape.MET else _NO_ONE
                )
                return _compare(measure, Op.EQUALS, threshold)
            self._misfit(limits, own, shape, measure, "chỉ có đạt hay không, không so được với con số")
            return _compare(measure, Op.EQUALS, _NO_ONE)
        if shape is Shape.MET:
            self._misfit(limits, own, shape, measure, "là con số, mà ô chỉ ghi “Đạt”")
            return _compare(measure, Op.AT_LEAST, _NO_ONE)
        op = op or Op.AT_LEAST
        threshold = plain_threshold(own, lambda each: self._value(limits, each, measure))
        if own is not limits:
            limits.problems += [each for each in own.problems if each not in limits.problems]
        rule = _compare(measure, op, _NO_ONE if shape is None else threshold)
        if count > 1:
            rule = {"label": _both(measure.name.vi), **rule}
        return rule

    def _graded(self, own: Limits, limits: Limits, measure: Measure) -> dict[str, Any]:
        codes = {fold(grade.name.vi): grade.code for grade in measure.grades}

        def value(each: Asked) -> str:
            words = fold(each.words).rstrip(".;, ")
            code = _grade(words.removesuffix(_UP), codes)
            if code is None:
                return _NO_ONE
            limits.problems[:] = [
                known for known in limits.problems if (known.row, known.column) != (each.row, each.column)
            ]
            if not words.endswith(_UP) and code != measure.grades[-1].code:
                limits.doubt(
                    each, f"“{each.words}” được hiểu là từ mức này trở lên: hãy xác nhận.", unknown=False
                )
            return code

        threshold = plain_threshold(own, value)
        if threshold == _NO_ONE:
            names = ", ".join(grade.name.vi for grade in measure.grades)
            for each in own.asked:
                if each.read.shape not in (Shape.DELEGATED, Shape.BLANK):
                    limits.doubt(
                        each, f"“{each.words}” không phải là một trong các mức: {names}.", unknown=True
                    )
        return _compare(measure, Op.AT_LEAST, threshold)

    def _misfit(self, limits: Limits, own: Limits, shape: Shape | None, measure: Measure, why: str) -> None:
        for each in own.asked:
            if shape is not None and each.read.ready:
                sentence = f"Số đo “{measure.name.vi}” {why}. Hãy chọn số đo khác hoặc sửa mức."
                limits.doubt(each, sentence, unknown=True)

    def _value(self, limits: Limits, each: Asked, measure: Measure) -> str:
        """The plain value of a cell for a measure, "unknown" where there is none."""
        read = each.read
        if not read.ready or read.value is None:
            return _NO_ONE
        unit = read.unit or self._unit_of(each)
        if read.shape is Shape.NUMBER and not _fits(unit, measure):
            sentence = f"Mức ghi đơn vị “{unit}”, số đo “{measure.name.vi}” tính bằng “{measure.unit.vi}”."
            limits.doubt(each, sentence, unknown=True)
            return _NO_ONE
        if wrong := measure.problems_with(Decimal(plain_number(read.value))):
            limits.doubt(each, wrong[0], unknown=True)
            return _NO_ONE
        return plain_number(read.value)

    def _unit_of(self, each: Asked) -> str:
        column = self.mapping.the(Role.UNIT)
        return self.table.rows[each.row][column].line if column is not None else ""

    # --- words beside the rule ---

    def _provenance(self, found: FoundIndicator, limits: Limits, known: bool) -> dict[str, Any]:
        cells = [each for each in (*limits.asked, limits.aside) if each and each.words]
        words = list(dict.fromkeys(f"“{each.words}”" for each in cells))
        if len(words) > 1:
            named = [(self._column_name(each), each.words) for each in cells]
            words = list(dict.fromkeys(f"{name}: “{text}”" for name, text in named))
        notes = [*found.notes, *(note for each in limits.asked for note in each.cell.notes)]
        vi = [f"Mức ghi trong phụ lục: {'; '.join(words)}." if words else "Phụ lục không ghi mức."]
        en = [f"The annex says: {'; '.join(words)}." if words else "The annex gives no threshold."]
        if notes:
            told = "; ".join(dict.fromkeys(notes))
            vi.append(f"Chú thích: {told}")
            en.append(f"Notes: {told}")
        vi.append("Nhập từ tệp, chưa có người thứ hai đối chiếu.")
        en.append("Imported from a file, not yet checked by a second person.")
        return {
            "text": "found",
            "threshold": "found" if known else "unknown",
            "sources": [self.source.id],
            "note": {"vi": " ".join(vi), "en": " ".join(en)},
        }

    def _column_name(self, each: Asked) -> str:
        header = self.mapping.columns[each.cell.column].header.split(" / ")[-1] or f"cột {each.column + 1}"
        year = next((part for part in each.key if len(part) == 4 and part.isdigit()), "")
        return f"{header} {year}".strip() if year not in header else header


def _both(text: str) -> dict[str, str]:
    """The words in both languages' places: an annex has no English, and a text without one cannot be read back."""
    words = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return {"vi": words, "en": words}


def _compare(measure: Measure, op: Op, threshold: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"measure": measure.code, str(op): threshold}
    return {"compare": {**plain, "per": "sex"} if measure.per_sex else plain}


def _part(read: Threshold, at: int, count: int) -> Threshold:
    """The `at`-th threshold of a cell that holds several; the whole where it holds one."""
    if count == 1:
        return read
    if read.shape is Shape.PARTS and at < len(read.parts):
        return read.parts[at]
    if read.shape in (Shape.DELEGATED, Shape.BLANK, Shape.UNREAD):
        return read
    problem = "Chỉ tiêu cần hai mức nhưng ô này ghi một mức."
    return read if at == 0 else Threshold(read.text, Shape.UNREAD, problem=problem)


def _grade(words: str, codes: dict[str, str]) -> str | None:
    """The code of the grade these folded words name, with or without “đạt”, “xếp loại”, “mức” before it."""
    if words in codes:
        return codes[words]
    lead = next((lead for lead in _BEFORE_GRADE if words.startswith(lead)), None)
    return _grade(words.removeprefix(lead), codes) if lead else None


def _has_value(rule: dict[str, Any]) -> bool:
    if "is_true" in rule:
        return True
    return any(value != _NO_ONE for key, value in rule["compare"].items() if key not in ("measure", "per"))


def _delegated(limits: Limits) -> dict[str, str] | None:
    """Who sets the threshold, where every cell that says anything leaves it to the same body."""
    said = [each.read for each in limits.asked if each.read.shape is not Shape.BLANK]
    bodies = {read.body for read in said}
    if not said or len(bodies) != 1 or any(read.shape is not Shape.DELEGATED for read in said):
        return None
    body = bodies.pop()
    if fold(body) in _PROVINCE:
        return {"vi": "UBND cấp tỉnh", "en": "Provincial People's Committee"}
    return {"vi": body, "en": body}


def _unit_in(text: str) -> str:
    found = _UNIT_IN_TEXT.search(text)
    return found["unit"].strip() if found else ""


def _fits(unit: str, measure: Measure) -> bool:
    """Whether a written unit can be the measure's: the same words, one within the other, or none written."""
    if not unit:
        return True
    if measure.kind is Kind.PERCENT:
        return unit.startswith("%")
    if unit.startswith("%"):
        return False
    if measure.kind is Kind.COUNT:
        return True  # “01 mô hình”, “01 công trình”: what is counted is named freely
    asked, known = (re.sub(r"[^a-z0-9²³]+", "", fold(each)) for each in (unit, measure.unit.vi))
    return asked in known or known in asked

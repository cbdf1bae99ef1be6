"""The law as adopted: what is observed, the standards, and what each asks."""

from collections.abc import Iterator

from chungtay.reports.opendata.columns import LEVELS, missing_column, why_empty
from chungtay.reports.opendata.shapes import Asked, Column, Kind, Row, Table
from chungtay.reports.opendata.walking import after
from chungtay.standards import queries as standards
from rulebook import Kind as ValueKind
from rulebook import Text

_PROVENANCE = Text(
    "Văn bản nêu ở từng bộ; điều gì chưa ai thấy trong văn bản thì ghi “recalled”, "
    "“illustrative” hoặc “unknown”.",
    "The instruments named with each standard; what nobody has seen in one says “recalled”, "
    "“illustrative” or “unknown”.",
)
_VALUE_KINDS = {
    ValueKind.PERCENT: Text("tỷ lệ phần trăm", "percentage"),
    ValueKind.COUNT: Text("số đếm", "count"),
    ValueKind.NUMBER: Text("số", "number"),
    ValueKind.MONEY: Text("tiền", "money"),
    ValueKind.FLAG: Text("có hoặc không", "yes or no"),
    ValueKind.GRADE: Text("mức", "grade"),
}
_TRUST = {
    "found": Text("thấy trong văn bản", "seen in the instrument"),
    "recalled": Text("chưa xác nhận", "unconfirmed"),
    "illustrative": Text("bộ mẫu", "sample"),
    "unknown": Text("chưa biết", "unknown"),
}
_STATUS = {
    "law": Text("luật", "law"),
    "sample": Text("bộ mẫu", "sample"),
    "skeleton": Text("khung, chưa đủ nội dung", "skeleton, contents not complete"),
}
PARTS = {"": Text("chung", "as a whole"), "male": Text("nam", "men"), "female": Text("nữ", "women")}


def _measures(asked: Asked) -> Iterator[Row]:
    known = standards.measures()
    return after(
        asked,
        (
            (
                (code,),
                (
                    code,
                    each.name.vi,
                    each.name.en,
                    each.kind.value,
                    each.unit.vi,
                    each.unit.en,
                    each.decimals,
                    each.per_sex,
                    " ".join(grade.code for grade in each.grades),
                    each.combines.how.value,
                ),
            )
            for code, each in sorted(known.items())
        ),
    )


def _standards(asked: Asked) -> Iterator[Row]:
    known = sorted(standards.versions(code=asked.standard), key=lambda view: (view.code, view.id))
    return after(
        asked,
        (
            (
                (view.code, view.id),
                (
                    view.code,
                    view.label,
                    view.name.vi,
                    view.name.en,
                    view.level,
                    view.province,
                    view.status,
                    view.period[0],
                    view.period[1],
                    view.in_force_from,
                    view.in_force_to,
                    view.digest,
                    why_empty(in_force_from=view.in_force_from is None),
                ),
            )
            for view in known
        ),
    )


def _criteria(asked: Asked) -> Iterator[Row]:
    def every() -> Iterator[Row]:
        for view in sorted(standards.versions(code=asked.standard), key=lambda view: (view.code, view.id)):
            standard = standards.by_id(view.id).standard
            order = 0
            for criterion in standard.criteria:
                head = (view.code, view.label, criterion.number, criterion.name.vi, criterion.name.en)
                for each in criterion.indicators:
                    order += 1
                    told = each.provenance
                    yield (
                        (view.code, view.id, order),
                        (
                            *head,
                            each.code,
                            each.text.vi,
                            each.text.en,
                            " ".join(measure.code for measure in each.measures),
                            each.clause.vi or criterion.clause.vi,
                            told.text,
                            told.threshold,
                        ),
                    )

    return after(asked, every())


MEASURES = Table(
    name="so-do",
    title=Text("Số đo", "Measures"),
    about=Text(
        "Điều được đếm, đo hoặc xếp mức, ghi một lần cho mọi bộ tiêu chí hỏi đến.",
        "What is counted, measured or graded, recorded once for every standard that asks.",
    ),
    columns=(
        Column("code", Text("Mã số đo", "Measure code")),
        Column("name_vi", Text("Tên", "Name in Vietnamese")),
        Column("name_en", Text("Tên tiếng Anh", "Name in English")),
        Column(
            "kind", Text("Loại giá trị", "Kind of value"), codes={k.value: w for k, w in _VALUE_KINDS.items()}
        ),
        Column("unit_vi", Text("Đơn vị", "Unit in Vietnamese")),
        Column("unit_en", Text("Đơn vị tiếng Anh", "Unit in English")),
        Column("decimals", Text("Số chữ số thập phân", "Decimals kept"), Kind.INTEGER),
        Column("per_sex", Text("Ghi riêng nam, nữ", "Recorded by sex"), Kind.FLAG),
        Column("grades", Text("Các mức, thấp nhất trước", "Grades, lowest first")),
        Column("combines", Text("Cách gộp nhiều nơi", "How places combine")),
    ),
    rows=_measures,
    key=("code",),
    deeds=("standards.",),
    provenance=_PROVENANCE,
)

STANDARDS = Table(
    name="bo-tieu-chi",
    title=Text("Bộ tiêu chí", "Standards"),
    about=Text(
        "Các phiên bản bộ tiêu chí đang dùng trên hệ thống, kèm dấu số của nội dung.",
        "The versions of standards adopted here, with the digest of their contents.",
    ),
    columns=(
        Column("standard", Text("Mã bộ tiêu chí", "Standard code")),
        Column("version", Text("Phiên bản", "Version")),
        Column("name_vi", Text("Tên", "Name in Vietnamese")),
        Column("name_en", Text("Tên tiếng Anh", "Name in English")),
        Column("level", Text("Cấp được xét", "Level judged"), codes=LEVELS),
        Column("province_code", Text("Mã tỉnh, nếu của riêng tỉnh", "Province code, of a province's own set")),
        Column("status", Text("Tình trạng nội dung", "Status"), codes=_STATUS),
        Column("first_year", Text("Năm đầu", "First year"), Kind.INTEGER),
        Column("last_year", Text("Năm cuối", "Last year"), Kind.INTEGER,
               about=Text("2100: chưa định ngày hết.", "2100: no end is known.")),
        Column("in_force_from", Text("Hiệu lực từ", "In force from"), Kind.DAY),
        Column("in_force_to", Text("Hết hiệu lực từ", "No longer in force from"), Kind.DAY),
        Column("digest", Text("Dấu số nội dung", "Digest of its contents")),
        missing_column({"in_force_from": Text("chưa thấy ngày hiệu lực", "the day it came into force was not found")}),
    ),
    rows=_standards,
    key=("standard", "version", "province_code"),
    deeds=("standards.",),
    filters=("standard",),
    provenance=_PROVENANCE,
)  # fmt: skip

CRITERIA = Table(
    name="tieu-chi",
    title=Text("Tiêu chí và chỉ tiêu", "Criteria and indicators"),
    about=Text(
        "Mỗi dòng một chỉ tiêu của một phiên bản bộ tiêu chí, kèm số đo nó hỏi, căn cứ và độ tin.",
        "Each row one indicator of a version of a standard, with the measures it asks for, its "
        "clause and how far it "
        "may be trusted.",
    ),
    columns=(
        Column("standard", Text("Mã bộ tiêu chí", "Standard code")),
        Column("version", Text("Phiên bản", "Version")),
        Column("criterion", Text("Số tiêu chí", "Criterion number")),
        Column("criterion_vi", Text("Tiêu chí", "Criterion in Vietnamese")),
        Column("criterion_en", Text("Tiêu chí tiếng Anh", "Criterion in English")),
        Column("indicator", Text("Số chỉ tiêu", "Indicator number")),
        Column("text_vi", Text("Nội dung", "Text in Vietnamese")),
        Column("text_en", Text("Nội dung tiếng Anh", "Text in English")),
        Column("measures", Text("Số đo", "Measures"),
               about=Text("Các mã cách nhau bằng dấu cách.", "Codes, with spaces.")),
        Column("clause", Text("Căn cứ", "Clause")),
        Column("text_trust", Text("Độ tin của nội dung", "Trust in the text"), codes=_TRUST),
        Column("threshold_trust", Text("Độ tin của mức đạt", "Trust in the threshold"), codes=_TRUST),
    ),
    rows=_criteria,
    key=("standard", "version", "indicator"),
    deeds=("standards.",),
    filters=("standard",),
    provenance=_PROVENANCE,
)  # fmt: skip

TABLES = (MEASURES, STANDARDS, CRITERIA)

"""What was recognised, decided and built."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from chungtay.community.meetings.models import Decision
from chungtay.community.meetings.rules import democracy
from chungtay.recognition.models import Title
from chungtay.recognition.titles import queries as titles
from chungtay.recognition.titles.queries import State as TitleState
from chungtay.reports.opendata.columns import (
    DONG,
    mark_column,
    missing_column,
    place_columns,
    source_column,
    why_empty,
)
from chungtay.reports.opendata.shapes import Asked, Cell, Column, Kind, Row, Table, Words, codes_of, later
from chungtay.reports.opendata.walking import by_key, placed, places_named, within
from chungtay.works import queries as works
from chungtay.works import rules as works_rules
from chungtay.works.models import Work
from chungtay.works.states import State as WorkState
from rulebook import Text

_CENT = Decimal("0.01")

TITLE_STATES = {
    TitleState.IN_FORCE.value: Text("đang giữ", "in force"),
    TitleState.CARRIED.value: Text("được thừa nhận cho nơi kế tiếp", "acknowledged for a successor"),
    TitleState.NOT_ACKNOWLEDGED.value: Text(
        "nơi cũ không còn, chưa được thừa nhận",
        "the place is no more, and nobody acknowledged it for a successor",
    ),
    TitleState.WITHDRAWN.value: Text("đã bị thu hồi", "withdrawn"),
    TitleState.GIVEN_UP.value: Text("đã thôi giữ", "given up"),
}
_PASSED = {
    "met": Text("thông qua", "passed"),
    "not_met": Text("không thông qua", "not passed"),
    "unknown": Text("chưa rõ", "cannot be told"),
}


def _titles(asked: Asked) -> Iterator[Row]:
    found = within(Title.objects.filter(year__lte=asked.on.year), asked)
    if asked.year is not None:
        found = found.filter(year=asked.year)
    if asked.standard:
        found = found.filter(standard_code=asked.standard)

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(row.place_id for row in rows)
        held = {each.title.id: each for each in titles.standing(map(titles.view_of, rows), on=asked.on)}
        for row in rows:
            now = held[row.pk]
            yield (
                row.pk,
                *placed(row.place_id, known),
                row.standard_code,
                row.title,
                row.year,
                row.decided_on,
                row.decision_number,
                row.decided_by,
                now.state.value,
                " ".join(str(each) for each in now.holders),
                now.ended.on if now.ended else None,
                now.ended.decision_number if now.ended else "",
                row.source,
                row.mark,
                why_empty(decided_on=row.decided_on is None, decision_number=not row.decision_number),
            )

    return by_key(found, asked, write)


def _decisions(asked: Asked) -> Iterator[Row]:
    found = within(Decision.objects.select_related("replaced_by"), asked)
    if asked.year is not None:
        found = found.filter(decided_on__year=asked.year)

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(row.place_id for row in rows)
        for row in rows:
            later = getattr(row, "replaced_by", None)
            yield (
                row.pk,
                *placed(row.place_id, known),
                row.decided_on,
                row.kind,
                row.subject,
                row.statement,
                row.verdict,
                row.votes_for,
                row.households,
                row.amount_dong,
                later.pk if later else None,
                row.source,
                row.mark,
                why_empty(votes_for=row.votes_for is None, households=row.households is None),
            )

    return by_key(found, asked, write)


def _works(asked: Asked) -> Iterator[Row]:
    found = within(Work.objects.all(), asked)
    if asked.year is not None:
        found = found.filter(year=asked.year)

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(row.place_id for row in rows)
        told = {each.id: each for each in works.rows_of([row.pk for row in rows])}
        for row in rows:
            work = told[row.pk]
            sure = work.knows_debt
            progress = work.progress.percent if work.progress.percent is not None else work.progress.told
            length = work.length_m
            yield (
                row.pk,
                *placed(row.place_id, known),
                work.number,
                work.name,
                work.kind,
                work.year,
                work.state.value,
                work.estimate_dong,
                work.contract_dong,
                work.debt.owed_dong if sure else None,
                work.debt.paid_dong if sure else None,
                work.debt.arrears_dong if sure else None,
                None if progress is None else _decimal(progress),
                None if length is None else _decimal(length),
                *work.planned,
                *work.actual,
                None if work.position is None else Decimal(work.position[0]).scaleb(-6),
                None if work.position is None else Decimal(work.position[1]).scaleb(-6),
                row.source,
                work.mark.value,
                why_empty(
                    contract=work.contract_dong is None,
                    estimate=work.estimate_dong is None,
                    debt=not sure,
                    progress=progress is None,
                ),
            )

    return by_key(found, asked, write)


def _decimal(exact: Any) -> Decimal:
    """To the hundredth: only lengths and percentages, which are told no closer."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_CENT)


def _work_kinds() -> dict[str, Words]:
    return {code: kind.name for code, kind in works_rules.law().kinds.items()}


def _matters() -> dict[str, Words]:
    return {code: matter.name for code, matter in democracy().matters.items()}


TITLES = Table(
    name="danh-hieu",
    title=Text("Danh hiệu đã công nhận", "Titles recognised"),
    about=Text(
        "Mỗi dòng một quyết định công nhận và nay ra sao: còn giữ, được thừa nhận cho nơi kế tiếp, "
        "bị thu hồi …",
        "Each row one recognition and how it stands now: in force, acknowledged for a successor, withdrawn …",
    ),
    columns=(
        Column("title_id", Text("Số danh hiệu", "Title number"), Kind.INTEGER),
        *place_columns(),
        Column("standard", Text("Mã bộ tiêu chí", "Standard code")),
        Column("title", Text("Danh hiệu", "Title")),
        Column("year", Text("Năm", "Year"), Kind.INTEGER),
        Column("decided_on", Text("Ngày quyết định", "Decided on"), Kind.DAY),
        Column("decision_number", Text("Số quyết định", "Decision number")),
        Column("decided_by", Text("Cơ quan quyết định", "Decided by")),
        Column("state", Text("Nay", "Now"), codes=TITLE_STATES),
        Column("held_by", Text("Nay nơi nào giữ", "Held now by"), about=Text(
            "Số của các địa bàn, cách nhau bằng dấu cách.", "Numbers of places, with spaces.")),
        Column("ended_on", Text("Thôi từ ngày", "Ended on"), Kind.DAY),
        Column("ended_decision", Text("Theo quyết định số", "Ended by decision")),
        source_column(),
        mark_column(),
        missing_column({
            "decided_on": Text("không tài liệu nào nêu ngày quyết định", "no paper tells the day of the decision"),
            "decision_number": Text("không tài liệu nào nêu số", "no paper tells the number"),
        }),
    ),
    rows=_titles,
    key=("title_id",),
    deeds=("recognition.", "territory."),
    filters=("place", "year", "standard"),
    provenance=Text("Quyết định của cơ quan có thẩm quyền; nguồn nêu ở từng dòng.",
                    "Decisions of the authorities; each row names its source."),
    daily=True,
)  # fmt: skip

DECISIONS = Table(
    name="quyet-dinh-cong-dong",
    title=Text("Quyết định của cộng đồng", "Decisions of the community"),
    about=Text(
        "Điều các hộ đã bàn và quyết ở từng thôn, xóm, kèm số hộ tán thành. Không nêu tên ai.",
        "What the households of each hamlet discussed and decided, with how many were for it. No names.",
    ),
    columns=(
        Column("decision_id", Text("Số", "Number"), Kind.INTEGER),
        *place_columns(),
        Column("decided_on", Text("Ngày quyết", "Decided on"), Kind.DAY),
        Column("matter", Text("Loại việc", "Matter"), codes=later(_matters)),
        Column("subject", Text("Về việc", "Subject")),
        Column("statement", Text("Nội dung", "Statement")),
        Column("result", Text("Kết quả", "Result"), codes=_PASSED),
        Column("votes_for", Text("Số hộ tán thành", "Households for it"), Kind.INTEGER),
        Column("households", Text("Tổng số hộ", "Households in scope"), Kind.INTEGER),
        Column("amount_dong", Text("Số tiền nêu trong quyết định", "Amount it speaks of"), Kind.INTEGER, DONG),
        Column("replaced_by", Text("Được thay bằng số", "Replaced by number"), Kind.INTEGER),
        source_column(),
        mark_column(),
        missing_column({
            "votes_for": Text("giấy tờ không nêu số hộ tán thành", "the papers tell no count"),
            "households": Text("giấy tờ không nêu tổng số hộ", "the papers do not tell how many households"),
        }),
    ),
    rows=_decisions,
    key=("decision_id",),
    deeds=("community.", "territory."),
    filters=("place", "year"),
    provenance=Text("Biên bản họp của cộng đồng, hoặc giấy tờ nêu ở cột nguồn.",
                    "Minutes of the community's meetings, or the papers named as source."),
)  # fmt: skip

WORKS = Table(
    name="cong-trinh",
    title=Text("Công trình", "Works"),
    about=Text(
        "Mỗi dòng một công trình: đang ở bước nào, giá bao nhiêu, đã trả bao nhiêu, còn phải trả bao nhiêu.",
        "Each row one work: where it stands, what it costs, what was paid and what is owed.",
    ),
    columns=(
        Column("work_id", Text("Số của công trình", "Work id"), Kind.INTEGER),
        *place_columns(),
        Column("number", Text("Số hiệu", "Number")),
        Column("name", Text("Tên công trình", "Name")),
        Column("kind", Text("Loại", "Kind"), codes=later(_work_kinds)),
        Column("year", Text("Năm", "Year"), Kind.INTEGER),
        Column("state", Text("Tình trạng", "State"), codes=codes_of(WorkState)),
        Column("estimate_dong", Text("Dự toán", "Estimate"), Kind.INTEGER, DONG),
        Column("contract_dong", Text("Giá hợp đồng", "Contract"), Kind.INTEGER, DONG),
        Column("owed_dong", Text("Phải trả đến nay", "Due so far"), Kind.INTEGER, DONG),
        Column("paid_dong", Text("Đã trả", "Paid"), Kind.INTEGER, DONG),
        Column("arrears_dong", Text("Còn phải trả", "Owed unpaid"), Kind.INTEGER, DONG),
        Column("progress", Text("Tiến độ", "Progress"), Kind.DECIMAL, Text("%", "%"), about=Text(
            "Tính từ khối lượng trong nhật ký; không có thì theo lời kể gần nhất.",
            "From the quantities of the diary; where there are none, as last told.")),
        Column("length_m", Text("Chiều dài", "Length"), Kind.DECIMAL, Text("m", "m")),
        Column("planned_start", Text("Dự định bắt đầu", "Planned start"), Kind.DAY),
        Column("planned_end", Text("Dự định xong", "Planned end"), Kind.DAY),
        Column("started_on", Text("Khởi công", "Started on"), Kind.DAY),
        Column("accepted_on", Text("Nghiệm thu", "Accepted on"), Kind.DAY),
        Column("lat", Text("Vĩ độ", "Latitude"), Kind.DECIMAL),
        Column("lon", Text("Kinh độ", "Longitude"), Kind.DECIMAL),
        source_column(),
        mark_column(),
        missing_column({
            "contract": Text("chưa có hoặc không rõ hợp đồng", "no contract, or none known"),
            "estimate": Text("chưa có dự toán", "no estimate"),
            "debt": Text(
                "chỉ giấy tờ cũ kể, không rõ còn phải trả bao nhiêu",
                "only old papers tell of it: what is owed is not known",
            ),
            "progress": Text("không có bảng khối lượng hay lời kể", "neither a bill of quantities nor anything told"),
        }),
    ),
    rows=_works,
    key=("work_id",),
    deeds=("works.", "ledger.", "territory."),
    filters=("place", "year"),
    provenance=Text("Hồ sơ, nhật ký và chứng từ của từng công trình.", "Each work's file, diary and vouchers."),
)  # fmt: skip

TABLES = (TITLES, DECISIONS, WORKS)

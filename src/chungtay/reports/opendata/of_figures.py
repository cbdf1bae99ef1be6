"""Figures that an office confirmed, and what the law makes of the figures of a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chungtay.figures.boards import Survey, survey
from chungtay.figures.models import Observation
from chungtay.figures.ranking import Standing, rank
from chungtay.figures.states import State
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.work_rows import with_standing
from chungtay.reports.opendata.columns import (
    LEVELS,
    VERDICT_WORDS,
    mark_column,
    missing_column,
    place_columns,
    source_column,
    why_empty,
)
from chungtay.reports.opendata.of_law import PARTS
from chungtay.reports.opendata.shapes import Asked, Cell, Column, Kind, Row, Table
from chungtay.reports.opendata.walking import after, by_key, placed, places_named, within
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from rulebook import Share, Text

_PUBLIC = (State.CONFIRMED, State.FROZEN)
_SIX_PLACES = Decimal("0.000001")

_PROVENANCE = Text(
    "Do cán bộ của từng địa bàn ghi và nơi chịu trách nhiệm xác nhận; nguồn nêu ở từng dòng.",
    "Recorded by the officers of each place and confirmed by the office that answers; each row "
    "names its source.",
)


def _figures(asked: Asked) -> Iterator[Row]:
    found = within(Observation.objects.filter(superseded_by__isnull=True), asked)
    if asked.year is not None:
        found = found.filter(period_end__year=asked.year)
    found = with_standing(found).filter(stands__in=_PUBLIC).select_related("measure")

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(row.place_id for row in rows)
        for row in rows:
            measure = standards.as_measure(row.measure)
            value = from_stored(Stored(row.scaled, row.numerator, row.denominator), measure)
            number, grade = _written(value)
            yield (
                *placed(row.place_id, known),
                measure.code,
                row.part,
                row.period_start,
                row.period_end,
                number,
                grade,
                row.numerator,
                row.denominator,
                measure.unit.vi,
                row.source,
                row.mark,
                row.stands,
                row.recorded_at.date(),
                why_empty(share_of_nothing=number is None and not grade),
            )

    return by_key(found, asked, write)


def _written(value: Decimal | Share | bool | str) -> tuple[Decimal | None, str]:
    """A value as a number, or a grade's code; a share of nothing is no number."""
    match value:
        case bool():
            return Decimal(value), ""
        case str():
            return None, value
        case Share(denominator=0):
            return None, ""
        case Share(numerator=part, denominator=whole):
            return (Decimal(part * 100) / Decimal(whole)).quantize(_SIX_PLACES).normalize() + 0, ""
    return value, ""


def day_of(asked: Asked) -> date:
    """By which day's figures is judged: the end of the year asked for, today at the latest."""
    return min(date(asked.year, 12, 31), asked.on) if asked.year else asked.on


def _surveys(asked: Asked) -> Iterator[tuple[str, Survey]]:
    """The place asked for under each standard that judges it or places below it, one in memory at a time."""
    day = day_of(asked)
    root_id = asked.place if asked.place is not None else territory.nation_id()
    if root_id is None:
        return
    root = territory.as_of(root_id, day)
    lowest = Level.values.index(root.level)
    levels = {view.code: view.level for view in standards.versions(code=asked.standard)}
    for code in sorted(levels):
        done = bool(asked.after) and code < str(asked.after[0])
        if not done and Level.values.index(levels[code]) >= lowest:
            yield code, survey(root, code, on=day)


def _verdicts(asked: Asked) -> Iterator[Row]:
    def every() -> Iterator[Row]:
        for code, found in _surveys(asked):
            board = found.board
            for row in sorted(board.rows, key=lambda row: row.place.id):
                place = row.place
                head = (place.id, place.code, place.full_name, place.level, code, row.version.label, found.on)
                yield (code, place.id, -1), (*head, "", "", row.verdict.value)
                for order, (number, name) in enumerate(board.criteria):
                    yield (code, place.id, order), (*head, number, name.vi, row.criteria[order].value)

    return after(asked, every())


def _ranks(asked: Asked) -> Iterator[Row]:
    def every() -> Iterator[Row]:
        for code, found in _surveys(asked):
            groups = {group.place.id: group for group in found.groups}
            own = {row.place.id: row.counts for row in found.board.rows}
            standings = []
            for place_id, group in groups.items():
                counted = (
                    own.get(place_id, group.tally) if group.place.level == found.board.level else group.tally
                )
                if counted.met + counted.not_met + counted.unknown + counted.excused:
                    held = counted.met + counted.excused
                    standings.append(Standing(place_id, held, counted.not_met, counted.unknown))
            ranking = rank(standings)
            ranked = [(one.standing, one.first, one.last, one.among) for one in ranking.ranked]
            rows = [*ranked, *((one, None, None, len(ranked)) for one in ranking.unranked)]
            for order, (one, first, last, among) in enumerate(rows):
                place = groups[one.key].place
                counts = "criteria" if place.level == found.board.level else "places"
                yield (
                    (code, order),
                    (
                        found.root.id,
                        place.id,
                        place.code,
                        place.full_name,
                        code,
                        found.on,
                        first,
                        last,
                        among,
                        counts,
                        one.holding,
                        one.lacking,
                        one.unknown,
                        why_empty(too_much_unknown=first is None),
                    ),
                )

    return after(asked, every())


FIGURES = Table(
    name="so-lieu",
    title=Text("Số liệu đã xác nhận", "Confirmed figures"),
    about=Text(
        "Mỗi dòng một giá trị đang dùng của một số đo ở một địa bàn trong một kỳ, đã được nơi chịu "
        "trách nhiệm xác nhận "
        "hoặc chốt. Số chưa xác nhận, bị trả lại hay đã được thay không có ở đây.",
        "Each row the current value of a measure at a place in a period, confirmed or frozen by "
        "the office that answers. "
        "Figures not confirmed yet, returned or replaced are not here.",
    ),
    columns=(
        *place_columns(),
        Column("measure", Text("Mã số đo", "Measure code")),
        Column("part", Text("Phần", "Part"), codes=PARTS),
        Column("period_start", Text("Kỳ từ ngày", "Period from"), Kind.DAY),
        Column("period_end", Text("Kỳ đến hết ngày", "Period to, included"), Kind.DAY),
        Column("value", Text("Giá trị", "Value"), Kind.DECIMAL, about=Text(
            "Có là 1, không là 0. Tỷ lệ ghi bằng tử số và mẫu số thì ở đây làm tròn đến 6 chữ số thập phân.",
            "Yes is 1, no is 0. A share recorded as part and whole is rounded here to six decimals.")),
        Column("grade", Text("Mức", "Grade")),
        Column("numerator", Text("Tử số", "Numerator"), Kind.INTEGER),
        Column("denominator", Text("Mẫu số", "Denominator"), Kind.INTEGER),
        Column("unit", Text("Đơn vị", "Unit")),
        source_column(),
        mark_column(),
        Column("state", Text("Tình trạng", "State"), codes={each.value: each.label for each in _PUBLIC}),
        Column("recorded_on", Text("Ghi ngày", "Recorded on"), Kind.DAY),
        missing_column({"share_of_nothing": Text("tỷ lệ trên mẫu số 0", "a share of nothing")}),
    ),
    rows=_figures,
    key=("place_id", "measure", "part", "period_start", "period_end"),
    deeds=("figures.", "territory.", "standards."),
    filters=("place", "year"),
    provenance=_PROVENANCE,
)  # fmt: skip

VERDICTS = Table(
    name="ket-qua-xet",
    title=Text("Kết quả xét theo số liệu", "Verdicts by the figures"),
    about=Text(
        "Mỗi địa bàn theo mỗi bộ tiêu chí: một dòng cho cả bộ (không ghi số tiêu chí) và một dòng "
        "mỗi tiêu chí. Đây là "
        "kết quả tính từ số liệu của ngày nêu ở cột “on”, không phải việc công nhận. Vì sao như vậy: hỏi "
        "/api/v1/places/{id}/verdicts.",
        "Each place under each standard: one row for the whole (no criterion number) and one a "
        "criterion. Computed from "
        "the figures of the day in column “on”; it is not a recognition. Why: ask "
        "/api/v1/places/{id}/verdicts.",
    ),
    columns=(
        *place_columns(),
        Column("level", Text("Cấp", "Level"), codes=LEVELS),
        Column("standard", Text("Mã bộ tiêu chí", "Standard code")),
        Column("version", Text("Phiên bản", "Version")),
        Column("on", Text("Số liệu đến ngày", "Figures up to"), Kind.DAY),
        Column("criterion", Text("Số tiêu chí", "Criterion number")),
        Column("criterion_vi", Text("Tiêu chí", "Criterion in Vietnamese")),
        Column("verdict", Text("Kết quả", "Verdict"), codes=VERDICT_WORDS),
    ),
    rows=_verdicts,
    key=("place_id", "standard", "criterion"),
    deeds=("figures.", "territory.", "standards.", "community.", "evidence."),
    filters=("place", "year", "standard"),
    provenance=_PROVENANCE,
    daily=True,
)  # fmt: skip

RANKS = Table(
    name="xep-hang",
    title=Text("Xếp hạng các nơi trực thuộc", "Ranks of the places below"),
    about=Text(
        "Các nơi trực thuộc trực tiếp địa bàn được hỏi (không nói thì các tỉnh của cả nước), xếp "
        "theo phần đạt trong số "
        "đã biết. Bằng nhau thì đồng hạng. Nơi chưa biết quá 20% thì không xếp hạng.",
        "The places directly below the one asked for (else the provinces of the nation), by how "
        "much of what is known "
        "holds. Equals tie. A place with more than 20% unknown is not ranked.",
    ),
    columns=(
        Column("within_id", Text("Trong địa bàn số", "Within place number"), Kind.INTEGER),
        *place_columns(),
        Column("standard", Text("Mã bộ tiêu chí", "Standard code")),
        Column("on", Text("Số liệu đến ngày", "Figures up to"), Kind.DAY),
        Column("rank_from", Text("Hạng từ", "Rank from"), Kind.INTEGER),
        Column("rank_to", Text("đến hạng", "to rank"), Kind.INTEGER),
        Column("among", Text("trong số", "among"), Kind.INTEGER),
        Column("counted", Text("Đếm gì", "What is counted"), codes={
            "criteria": Text("tiêu chí của nơi đó", "criteria of the place"),
            "places": Text("nơi được xét trong đó", "places judged below it")}),
        Column("holding", Text("Đạt hoặc không áp dụng", "Met or excused"), Kind.INTEGER),
        Column("lacking", Text("Chưa đạt", "Not met"), Kind.INTEGER),
        Column("unknown", Text("Chưa biết", "Unknown"), Kind.INTEGER),
        missing_column({"too_much_unknown": Text("chưa biết quá 20%", "more than 20% is unknown")}),
    ),
    rows=_ranks,
    key=("within_id", "place_id", "standard"),
    deeds=VERDICTS.deeds,
    filters=("place", "year", "standard"),
    provenance=_PROVENANCE,
    daily=True,
)  # fmt: skip

TABLES = (FIGURES, VERDICTS, RANKS)

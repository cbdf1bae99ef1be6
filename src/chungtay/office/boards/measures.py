"""One measure across places: every value, and what is known of the whole."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.figures.board_views import MeasureBoard, Reading
from chungtay.figures.measure_boards import measure_board
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards.asking import Asked, ask, frame
from chungtay.office.boards.sheets import Cell, Sheet, download
from chungtay.standards import queries as standards
from rulebook import SEX_NAMES, Measure, Share, as_fraction, show_value
from rulebook.combining import ways
from rulebook.measures import with_unit
from viet.numbers import format_number

PER_PAGE = 100


@for_officers
def measures(visit: Visit, place_id: int) -> HttpResponse:
    """The measures that the standard asks for, criterion by criterion."""
    asked = ask(visit, place_id)
    criteria = [
        {
            "name": f"{criterion.number}. {criterion.name.in_(asked.language)}",
            "measures": [
                {
                    "name": measure.name.in_(asked.language),
                    "href": asked.address("measure", key={"measure": measure.code}),
                }
                for measure in {m.code: m for each in criterion.indicators for m in each.measures}.values()
            ],
        }
        for criterion in asked.law.standard.criteria
    ]
    return visit.page("office/boards/measures.html", frame(asked, None, "measures", criteria=criteria))


@for_officers
def measure(visit: Visit, place_id: int, measure: str, form: str = "") -> HttpResponse:
    """Every place's value, sorted; the value of all together, with what it counts by; how many are not known."""
    asked = ask(visit, place_id)
    definition = _asked_for(asked, measure)
    board = measure_board(place_id, measure, on=asked.on, level=asked.level, proof=asked.filters.proof)
    order = visit.request.GET.get("xep", "ten")
    readings = _ordered(board, order)
    name = definition.name.in_(asked.language)
    if form:
        return download(asked, board.fresh, _sheet(asked, name, board, readings), form)
    by = board.measure.combines.weight
    weight = standards.measure(by) if by else None
    page = Paginator(readings, PER_PAGE).get_page(visit.request.GET.get("trang"))
    context: dict[str, Any] = {
        "name": name,
        "unit": definition.unit.in_(asked.language),
        "wholes": [_whole(asked, board, part) for part in board.combined],
        "how": ways(board.measure, weight).in_(asked.language),
        "order": order,
        "page": page,
        "is_per_sex": definition.per_sex,
        "rows": [
            {
                "place": reading.place,
                "part": SEX_NAMES[reading.part].in_(asked.language),
                "value": show_value(reading.value, definition, asked.language)
                if reading.value is not None
                else "",
                "href": reverse(
                    "office:figure_history", kwargs={"place_id": reading.place.id, "measure": definition.code}
                ),
            }
            for reading in page.object_list
        ],
        "files": asked.files("measure", {"xep": order}, key={"measure": measure}),
    }
    return visit.page("office/boards/measure.html", frame(asked, board.fresh, "measures", **context))


def _whole(asked: Asked, board: MeasureBoard, part: str) -> dict[str, Any]:
    """The figure of all places together, of one sex where the law asks for each, and what it leaves out."""
    combined, measure = board.combined[part], board.measure
    value = combined.value
    if isinstance(value, Fraction):
        shown = with_unit(format_number(value, measure.decimals), measure.unit.in_(asked.language))
    else:
        shown = show_value(value, measure, asked.language) if value is not None else ""
    share = combined.unknown_share
    return {
        "part": SEX_NAMES[part].in_(asked.language),
        "value": shown,
        "reason": combined.reason.in_(asked.language),
        "known": combined.known,
        "unknown": combined.unknown,
        "places": combined.known + combined.unknown,
        "unknown_share": "" if share is None else f"{format_number(share, 1)}%",
        "shares": (combined.known, 0, combined.unknown, 0),
    }


def _asked_for(asked: Asked, code: str) -> Measure:
    for indicator in asked.law.standard.indicators:
        for each in indicator.measures:
            if each.code == code:
                return each
    raise NotFound(
        _("Bộ tiêu chí này không dùng số đo “%(code)s”. Hãy chọn trong danh sách.") % {"code": code}
    )


def _ordered(board: MeasureBoard, order: str) -> list[Reading]:
    """By name as given, or by value; what is not known always comes last."""
    if order.removeprefix("-") != "gia-tri":
        return list(board.readings)[::-1] if order == "-ten" else list(board.readings)
    known = [
        (key, reading) for reading in board.readings if (key := _key(reading, board.measure)) is not None
    ]
    unknown = [reading for reading in board.readings if _key(reading, board.measure) is None]
    known.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))
    return [reading for _key_, reading in known] + unknown


def _key(reading: Reading, measure: Measure) -> Fraction | None:
    value = reading.value
    if isinstance(value, str):
        return Fraction([grade.code for grade in measure.grades].index(value))
    return None if value is None else as_fraction(value)


def _sheet(asked: Asked, name: str, board: MeasureBoard, readings: Sequence[Reading]) -> Sheet:
    columns = [_("Nơi"), _("Thuộc"), _("Mã"), _("Giới"), _("Giá trị"), _("Tử số"), _("Mẫu số"), _("Đơn vị")]
    unit = board.measure.unit.in_(asked.language)
    body: list[list[Cell]] = []
    for reading in readings:
        place, value = reading.place, reading.value
        share = [value.numerator, value.denominator] if isinstance(value, Share) else ["", ""]
        part = SEX_NAMES[reading.part].in_(asked.language)
        body.append(
            [
                place.full_name,
                place.address,
                place.code,
                part,
                _cell(reading, board.measure, asked),
                *share,
                unit,
            ]
        )
    return Sheet(
        f"so-do-{board.measure.code}",
        name,
        columns,
        body,
        [(_("Tất cả"), _whole_words(_whole(asked, board, part))) for part in board.combined],
    )


def _whole_words(whole: dict[str, Any]) -> str:
    said = [whole["part"], whole["value"] or _("chưa biết"), whole["reason"]]
    counted = _("biết %(known)s trong %(all)s nơi") % {"known": whole["known"], "all": whole["places"]}
    return ". ".join(word.rstrip(".") for word in (*said, counted) if word)


def _cell(reading: Reading, measure: Measure, asked: Asked) -> Cell:
    value = reading.value
    if isinstance(value, bool | str):
        return show_value(value, measure, asked.language)
    return as_fraction(value) if isinstance(value, Share) else value

"""Places: found by name, one, those below it, its history, and what the law says of it with why."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params.functions import Path, Query

from chungtay.api import reading, shapes
from chungtay.api.examples import examples
from chungtay.api.tables import CURSOR, ERRORS, LIMIT, STANDARD
from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import queries as figures
from chungtay.reports.opendata.shapes import cursor_of, key_of
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Finding

router = Router(tags=["Địa bàn · Places"])

PLACE = Path(..., description="số của địa bàn, hoặc ma:<mã> · number, or ma:<official code>", max_length=24)
LEVELS = ("nation", "province", "district", "commune", "hamlet", "area")
ON = Query(None, description="vào ngày · on the day; hôm nay nếu không nêu · today by default")


@router.get("", response={200: shapes.PlaceList, **ERRORS}, summary="Tìm địa bàn · Find places",
            operation_id="findPlaces", openapi_extra=examples("/places"))  # fmt: skip
def find(
    request: HttpRequest,
    q: str = Query("", description="tên, không cần dấu; thêm nơi cấp trên sau dấu phẩy · a name, marks not needed; "
                   "places above after commas", max_length=200),
    level: str = Query("", description="nation, province, district, commune, hamlet, area", max_length=16),
    within: str = Query("", description="chỉ trong địa bàn này · only within this place", max_length=24),
    cursor: str = CURSOR,
    limit: int = LIMIT,
) -> dict[str, Any]:  # fmt: skip
    """Places whose name, now or once, has the words in it: equal first, then beginning with them."""
    if level and level not in LEVELS:
        raise Refusal(Fault(_("Cấp phải là một trong: %(levels)s.") % {"levels": ", ".join(LEVELS)}, "level"))
    after = key_of(cursor)
    page = after[0] if after else 1
    if not isinstance(page, int):
        key_of("-")  # refuses: it is a cursor of another list
    found = territory.search(
        q, level=level, within=reading.place_id_of(within) if within else None, page=int(page), limit=limit
    )
    return {
        "notices": reading.said(),
        "total": found.total,
        "places": [{"place": reading.place(hit.place), "matched": hit.matched} for hit in found.hits],
        "next": cursor_of((found.page + 1,)) if found.page < found.pages else None,
    }


@router.get("/{place}", response={200: shapes.PlaceWhole, **ERRORS}, summary="Một địa bàn · One place",
            operation_id="readPlace", openapi_extra=examples("/places/{place}"))  # fmt: skip
def one(request: HttpRequest, place: str = PLACE) -> dict[str, Any]:
    """The place as it is now or last was, the line above it, and which places stand for it now."""
    place_id, day = reading.place_id_of(place), reading.today()
    view = territory.latest(place_id)
    lives = view.ended is None or view.ended > day
    return {
        "notices": reading.said(),
        "place": reading.place(view),
        "above": [reading.place(each) for each in territory.ancestors(place_id, day)] if lives else [],
        "below": len(territory.children(place_id, day)) if lives else 0,
        "current": [reading.place(each) for each in territory.current_of(place_id, day)],
    }


@router.get("/{place}/children", response={200: shapes.Children, **ERRORS}, summary="Các nơi trực thuộc · Places below",
            operation_id="readChildren", openapi_extra=examples("/places/{place}/children"))  # fmt: skip
def children(request: HttpRequest, place: str = PLACE, on: date | None = ON) -> dict[str, Any]:
    """The places directly below on a day, in dictionary order."""
    place_id, day = reading.place_id_of(place), on or reading.today()
    return {
        "notices": reading.said(),
        "place": reading.place(territory.as_of(place_id, day)),
        "on": day,
        "children": [reading.place(each) for each in territory.children(place_id, day)],
    }


@router.get("/{place}/history", response={200: shapes.History, **ERRORS},
            summary="Lịch sử địa bàn · History of a place", operation_id="readHistory",
            openapi_extra=examples("/places/{place}/history"))  # fmt: skip
def history(request: HttpRequest, place: str = PLACE) -> dict[str, Any]:
    """What it was called and belonged to, what it was made of, and what followed it."""
    place_id = reading.place_id_of(place)
    view = territory.latest(place_id)
    return {
        "notices": reading.said(),
        "place": reading.place(view),
        "stretches": [
            {
                "full_name": each.full_name,
                "code": each.code,
                "parent_id": each.parent_id,
                "valid_from": each.valid_from,
                "valid_to": each.valid_to,
                "instrument": each.instrument,
                "source": each.source,
            }
            for each in territory.states_of(place_id)
        ],
        "made_of": [_step(each) for each in territory.predecessors(place_id)],
        "followed_by": [_step(each) for each in territory.successors(place_id)],
    }


@router.get("/{place}/verdicts", response={200: shapes.Verdicts, **ERRORS},
            summary="Kết quả xét và vì sao · Verdicts and why", operation_id="readVerdicts",
            openapi_extra=examples("/places/{place}/verdicts"))  # fmt: skip
def verdicts(
    request: HttpRequest, place: str = PLACE, standard: str = STANDARD, on: date | None = ON
) -> dict[str, Any]:
    """How the place stands with the figures of a day, down to each indicator: value, threshold, gap, source, clause."""
    place_id, day = reading.place_id_of(place), on or reading.today()
    view = territory.as_of(place_id, day)
    codes = frozenset(each.code for each in territory.ancestors(place_id, day)) | {view.code}
    offered = standards.for_place(view.level, codes)
    if not offered:
        raise Refusal(
            Fault(_("Không có bộ tiêu chí nào dùng cho cấp này. Hãy hỏi một xã, một thôn bên dưới."), "place")
        )
    in_force = [each for each in offered if each.period[0] <= day.year <= each.period[1]]
    code = standard or (in_force or offered)[0].code
    judged = figures.judge_place(view, code, on=day)
    counts = judged.counts
    return {
        "notices": reading.said(),
        "place": reading.place(view),
        "on": day,
        "standards": [
            {
                "code": each.code,
                "version": each.label,
                "name": {"vi": each.name.vi, "en": each.name.en},
                "level": each.level,
                "status": each.status,
                "first_year": each.period[0],
                "last_year": each.period[1],
                "chosen": each.code == code,
            }
            for each in offered
        ],
        "counts": {
            "met": counts.met,
            "not_met": counts.not_met,
            "unknown": counts.unknown,
            "excused": counts.excused,
        },
        "verdict": _why(judged.finding, language()),
    }


def _step(step: territory.Step) -> dict[str, Any]:
    return {
        "place": reading.place(step.place),
        "on": step.on,
        "kind": step.kind,
        "instrument": step.instrument,
        "source": step.source,
    }


def _why(finding: Finding, told_in: str) -> dict[str, Any]:
    """A finding with everything that made it, in words of one language."""
    return {
        "kind": finding.kind,
        "code": finding.code,
        "label": finding.label.in_(told_in),
        "verdict": finding.verdict.value,
        "reason": finding.reason.in_(told_in),
        "value": finding.value_text.in_(told_in),
        "threshold": finding.threshold_text.in_(told_in),
        "gap": finding.gap_text.in_(told_in),
        "period": finding.period,
        "source": finding.source,
        "mark": finding.mark,
        "clause": finding.clause.in_(told_in),
        "trust": finding.provenance,
        "stated": finding.stated,
        "parts": [_why(each, told_in) for each in finding.children],
    }

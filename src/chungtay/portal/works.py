"""Works of a place: the list, one work, and the photographs that anybody may look at."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from chungtay.community.meetings import queries as meetings
from chungtay.core.refusals import NotFound
from chungtay.evidence import public as evidence
from chungtay.portal import places_present as present
from chungtay.portal import works_present
from chungtay.portal.money_present import short_dong
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.public import places
from chungtay.works import queries, rules
from chungtay.works.queries import Filters, WorkView
from chungtay.works.states import State
from chungtay.works.subjects import STAGES, shot_key

PER_PAGE = 24
ORDERS = ("name", "year", "state", "contract")
CHUNK = 64 * 1024
FRESH = 300  # seconds for which a browser keeps a photograph without asking again


@for_all
def works(reader: Reader, place_id: int) -> HttpResponse:
    """The works of a place and below: found, filtered, sorted, paged."""
    around = places.surroundings(place_id, reader.today)
    place, filters, page = around.latest, _filters(reader), max(reader.number("trang"), 1)
    found = queries.works(place.id, filters, skip=(page - 1) * PER_PAGE, limit=PER_PAGE)
    years = queries.years(place.id)
    context = {
        "place": place,
        "crumbs": present.crumbs(
            around.above, (place.full_name, present.place_href(place.id)), (_("Công trình"), "")
        ),
        "totals": found.totals,
        "contract": short_dong(found.totals.contract_dong),
        "works": [works_present.card(each) for each in places.with_pictures(found.rows)],
        "page": Paginator(range(found.totals.works), PER_PAGE).get_page(page),
        "filters": filters,
        "is_narrowed": filters != Filters(order=filters.order),
        "states": [("", _("Mọi bước")), ("open", _("Chưa nghiệm thu")), ("built", _("Đã nghiệm thu"))],
        "kinds": [("", _("Mọi loại")), *((code, rules.kind_words(code)) for code in rules.law().kinds)],
        "years": [("", _("Mọi năm")), *((str(year), str(year)) for year in years)],
        "orders": [
            ("-year", _("Mới trước")),
            ("name", _("Theo tên")),
            ("-contract", _("Lớn trước")),
            ("state", _("Theo bước")),
        ],
    }
    return reader.page("portal/works.html", context)


def _filters(reader: Reader) -> Filters:
    """Which works, in what order; words that mean nothing are as if not said."""
    state, kind, order = reader.asked("buoc"), reader.asked("loai"), reader.asked("xep")
    return Filters(
        state=state if state in (*State.values, "open", "built") else "",
        kind=kind if kind in rules.law().kinds else "",
        year=reader.number("nam") or None,
        text=reader.asked("q"),
        order=order if order.removeprefix("-") in ORDERS else Filters().order,
    )


@for_all
def work(reader: Reader, place_id: int, work_id: int) -> HttpResponse:
    """One work: before and after, where it stands, what was done, what it costs and who pays."""
    view = _found(place_id, work_id)
    around = places.surroundings(place_id, reader.today)
    row = view.row
    decided = meetings.decisions([view.decision_id]).get(view.decision_id) if view.decision_id else None
    context: dict[str, Any] = {
        "place": around.latest,
        "crumbs": present.crumbs(
            around.above,
            (around.latest.full_name, present.place_href(place_id)),
            (_("Công trình"), reverse("portal:works", args=[place_id])),
            (row.name, ""),
        ),
        "view": view,
        "row": row,
        "kind": rules.kind_words(row.kind),
        "progress": works_present.progress(row),
        "cost": short_dong(row.cost_dong) if row.cost_dong else "",
        "spots": _spots(view),
        "decision": decided,
        "paid": [
            {"label": each.label, "value": max(each.disbursed_dong, each.received_dong) or each.planned_dong}
            for each in view.sources
        ],
        "days": sum(not day.struck for day in view.diary),
        "since": min((day.on for day in view.diary if not day.struck), default=None),
    }
    return reader.page("portal/work.html", context)


def _found(place_id: int, work_id: int) -> WorkView:
    view = queries.work(work_id)
    if view.row.place_id != place_id:
        raise NotFound(_("Nơi này không có công trình ấy. Hãy tìm lại trong danh sách công trình."))
    return view


def _spots(view: WorkView) -> list[dict[str, Any]]:
    """Each spot that has photographs, with those of each stage."""
    keys = {(point.id, stage): shot_key(point, stage) for point in view.points for stage in STAGES}
    found = evidence.pictures(keys.values())
    spots = []
    for point in view.points:
        shots = {
            stage: found[keys[point.id, stage]][-1] for stage in STAGES if keys[point.id, stage] in found
        }
        if shots:
            spots.append({"name": point.name, "shots": works_present.shots(view.row, shots)})
    return spots


@for_all
def picture(reader: Reader, place_id: int, work_id: int, file_id: int, size: str) -> HttpResponseBase:
    """A copy of a photograph of the work; never an original, never a private one."""
    points = queries.points_of([work_id]).get(work_id, ())
    of = [shot_key(point, stage) for point in points for stage in STAGES]
    return _bytes(reader.request, evidence.copy(file_id, size, of=of))


def _bytes(request: HttpRequest, found: Any) -> HttpResponseBase:
    headers = {"ETag": found.etag, "Cache-Control": f"public, max-age={FRESH}"}
    kept = get_conditional_response(request, etag=found.etag)
    if kept is not None:
        found.content.close()
        kept["Cache-Control"] = headers["Cache-Control"]
        return kept
    response = StreamingHttpResponse(iter(lambda: found.content.read(CHUNK), b""), headers=headers)
    response["Content-Type"], response["Content-Length"] = found.media_type, str(found.size)
    return response

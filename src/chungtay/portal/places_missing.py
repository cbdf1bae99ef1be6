"""What is missing at a place, told openly: figures without a source, waiting, late, not recorded."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.figures.queries import FigureView
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.public import missing as facts
from chungtay.reports.public import places
from rulebook.wording import period_text


@for_all
def missing(reader: Reader, place_id: int) -> HttpResponse:
    around = places.surroundings(place_id, reader.today)
    place = around.latest
    judged = places.judged(around, reader.today) if place.ended is None else None
    found = facts.missing(around, judged, today=reader.today)
    context: dict[str, Any] = {
        "place": place,
        "crumbs": present.crumbs(
            around.above, (place.full_name, present.place_href(place_id)), (_("Còn thiếu gì"), "")
        ),
        "found": found,
        "lists": _lists(found, reader.language),
        "late": [
            {
                "period": period_text(each.called.period).in_(reader.language),
                "due": each.called.due,
                "places": [(each.full_name, present.place_href(each.id)) for each in each.places],
            }
            for each in found.late
        ],
        "unrecorded": [
            {"what": need.what.in_(reader.language), "asked": need.asks.in_(reader.language)}
            for need in found.unrecorded
        ],
        "judged": judged,
        "children": around.below,
    }
    return reader.page("portal/missing.html", context)


def _lists(found: facts.Missing, language: str) -> list[dict[str, Any]]:
    """Each list with what it means for whoever reads it."""
    lists = [
        (
            _("Chưa có nguồn"),
            _("Số liệu đã ghi mà chưa nói lấy từ đâu. Vẫn được tính, nhưng nên hỏi lại."),
            found.sourceless,
        ),
        (
            _("Chưa xác nhận"),
            _("Nơi ghi đã gửi; cơ quan có trách nhiệm chưa xác nhận."),
            found.unconfirmed,
        ),
        (_("Bị trả lại"), _("Không được tính cho đến khi ghi lại."), found.returned),
        (
            _("Dựng lại từ tài liệu"),
            _("Suy ra từ tài liệu cũ để kể lại; không bao giờ được dùng để kết luận đạt."),
            found.reconstructed,
        ),
    ]
    return [
        {"title": title, "means": means, "rows": _rows(rows, language)}
        for title, means, rows in lists
        if rows
    ]


def _rows(rows: Sequence[FigureView], language: str) -> list[dict[str, Any]]:
    return [present.change(each, language) | {"source": each.source} for each in rows]

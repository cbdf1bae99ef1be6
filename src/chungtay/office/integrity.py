"""The page of integrity checks: what is wrong, where, and who can mend it."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.refusals import Refusal
from chungtay.figures import integrity
from chungtay.figures.integrity import Filters, FindingView
from chungtay.office import present, sheets
from chungtay.office.answers import Visit, for_officers
from chungtay.territory import queries as territory
from rulebook.integrity import Severity

PER_PAGE = 50
MOST_IN_SHEET = 20_000
SEVERITIES = {
    Severity.IMPOSSIBLE: gettext_lazy("không thể"),
    Severity.WRONG: gettext_lazy("có lẽ sai"),
    Severity.LOOK: gettext_lazy("cần xem"),
}
HEADS = (
    gettext_lazy("Mức"),
    gettext_lazy("Phép kiểm"),
    gettext_lazy("Điều sai"),
    gettext_lazy("Nơi"),
    gettext_lazy("Kỳ"),
    gettext_lazy("Ai sửa được"),
)


@for_officers
def findings(visit: Visit) -> HttpResponse:
    """What the last look found within the post's reach, filtered and paged."""
    asked = _asked(visit)
    page = Paginator(integrity.found(visit.by, asked), PER_PAGE).get_page(visit.request.GET.get("trang"))
    return visit.page(
        "office/integrity.html",
        {
            "page": page,
            "rows": _rows(integrity.views(page.object_list)),
            "asked": asked,
            "place": territory.latest(asked.place_id) if asked.place_id is not None else None,
            "checks": [(code, each.name.in_(visit.language)) for code, each in integrity.checks().items()],
            "severities": [(each.value, words) for each, words in SEVERITIES.items()],
            "query": visit.request.GET.urlencode(),
        },
    )


@for_officers
def sheet(visit: Visit) -> HttpResponse:
    """What the filters found, all pages, as CSV."""
    found = integrity.found(visit.by, _asked(visit))
    if found.count() > MOST_IN_SHEET:
        told = _("Có hơn %(most)s dòng, quá nhiều cho một bảng. Hãy lọc hẹp hơn rồi tải lại.")
        raise Refusal(told % {"most": MOST_IN_SHEET})
    rows = [[str(head) for head in HEADS]]
    for row in _rows(integrity.views(found)):
        period = str(row["finding"].period or "")
        cells = [str(row["severity"]), row["check"].vi, row["finding"].sentence, row["place"], period]
        rows.append([*cells, row["finding"].who])
    return sheets.as_csv("kiem-tra", rows)


def _asked(visit: Visit) -> Filters:
    get = visit.request.GET
    place = get.get("noi", "")
    return Filters(
        check=get.get("phep", "")[:60],
        severity=get.get("muc", "")[:12],
        place_id=int(place) if place.isdecimal() and len(place) < 19 else None,
    )


def _rows(found: Iterable[FindingView]) -> list[dict[str, Any]]:
    held = list(found)
    names = territory.names_of({each.place_id for each in held})
    return [
        {
            "finding": each,
            "severity": SEVERITIES[each.check.severity],
            "check": each.check.name,
            "place": names[each.place_id],
            "period": present.period_words(each.period) if each.period else "",
            "href": reverse("office:figure", args=[each.figure_id])
            if each.figure_id
            else reverse("office:place", args=[each.place_id]),
        }
        for each in held
    ]

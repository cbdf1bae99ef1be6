"""Reports that an office made public: which a place has, and one with all of it that anybody may read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.reports import contents, queries
from chungtay.reports.contents import Content
from chungtay.reports.models import Publication, Report
from chungtay.reports.queries import PublicationView, ReportView


@dataclass(frozen=True)
class Published:
    """A report that is public, or once was."""

    view: ReportView
    publication: PublicationView


@dataclass(frozen=True)
class Opened:
    """A public report whole. content: without the office's words where these are not public.

    plain: what its digest is of, to be counted again by anybody; None where the words are not public.
    """

    view: ReportView
    publication: PublicationView
    content: Content
    plain: Mapping[str, Any] | None


def published(place_id: int) -> tuple[Published, ...]:
    """What a place ever made public, taken down since or not, the latest window first. One query."""
    newest = Publication.objects.filter(report=OuterRef("report")).order_by("-pk").values("pk")[:1]
    rows = (
        Publication.objects.filter(pk=Subquery(newest), report__place_id=place_id)
        .select_related("report__frozen")
        .defer("report__frozen__content")
        .order_by("-report__cut_off", "-report__start")
    )
    return tuple(
        Published(queries.as_view(row.report, row.report.frozen), queries.as_publication(row)) for row in rows
    )


def opened(place_id: int, report_id: int) -> Opened:
    """One public report of a place. NotFound where it has none such, or it is public no more. Two queries."""
    row = Report.objects.filter(pk=report_id, place_id=place_id).select_related("frozen").first()
    newest = queries.newest_publication(row) if row is not None else None
    if row is None or newest is None:
        raise NotFound(_("Nơi này không có báo cáo công khai ấy. Hãy mở lại danh sách báo cáo."))
    if not newest.is_public:
        raise NotFound(_("Báo cáo này đã được gỡ khỏi trang công khai: %(why)s") % {"why": newest.reason})
    content = contents.thaw(row.frozen.content)
    return Opened(
        queries.as_view(row, row.frozen),
        queries.as_publication(newest),
        content if newest.with_texts else replace(content, texts={}),
        row.frozen.content if newest.with_texts else None,
    )

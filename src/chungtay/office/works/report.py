"""The progress report of a work in one click."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.evidence import queries as evidence
from chungtay.office.answers import Visit, for_officers
from chungtay.territory import queries as territory
from chungtay.works import queries, reports, subjects
from chungtay.works.queries import WorkView
from paper import to_pdf, to_xlsx

_WRITERS = {
    "pdf": (to_pdf, "application/pdf"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@for_officers
def report(visit: Visit, work_id: int, form: str) -> HttpResponse:
    """The report as it is today, as a file."""
    if form not in _WRITERS:
        raise NotFound(_("Báo cáo có hai dạng: pdf và xlsx."))
    view = queries.work(work_id)
    place = territory.latest(view.row.place_id)
    paper = reports.progress_report(
        view,
        place=place.full_name,
        above=place.address.partition(", ")[0],
        on=visit.today,
        photos=_photos(visit, view),
    )
    write, media_type = _WRITERS[form]
    response = HttpResponse(write(paper, on=visit.today), content_type=media_type)
    name = f"bao-cao-{work_id}-{visit.today.isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _photos(visit: Visit, view: WorkView) -> dict[subjects.Key, bytes]:
    """The newest picture of each spot and stage that this post may see, with all that was blurred in it."""
    keys = [subjects.shot_key(point, stage) for point in view.points for stage in subjects.STAGES]
    found: dict[subjects.Key, bytes] = {}
    for key, strip in evidence.strips(keys, seen_by=visit.by).items():
        pieces = [piece for piece in strip.pieces if piece.has_copies]
        if pieces:
            with evidence.copy(pieces[-1].file_id, "display", seen_by=visit.by).content as content:
                found[key] = reports.as_jpeg(content.read())
    return found

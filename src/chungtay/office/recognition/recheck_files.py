"""Files of checking again: the published list, the order drawn, the script that repeats it, the papers."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.open import open_to_all
from chungtay.people.policies import reaches
from chungtay.recognition.rechecks import gap_report, papers, queries, repeat
from paper import Document, to_pdf


@open_to_all
def population(visit: Visit, sample_id: int) -> HttpResponse:
    """The claims a sample is drawn from, byte by byte as they were hashed."""
    return _text(queries.population(sample_id), "danh-sach.tsv")


@open_to_all
def drawn(visit: Visit, sample_id: int) -> HttpResponse:
    """The claims drawn, in order, as the script prints them."""
    return _text("".join(f"{each}\n" for each in queries.drawn(sample_id)).encode(), "thu-tu.txt")


def script(request: HttpRequest) -> HttpResponse:
    """The program that draws a sample again: the very one that drew it here."""
    return _text(Path(repeat.__file__).read_bytes(), "rut-lai.py")


@for_officers
def paper(visit: Visit, sample_id: int, place_id: int) -> HttpResponse:
    """What to measure at one place, to take along."""
    with translation.override("vi"):
        forms = [each for each in queries.forms(sample_id) if each.place_id == place_id]
    if not forms or not reaches(visit.by, place_id):
        raise NotFound(
            _("Không có phiếu kiểm tra này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ.")
        )
    address = reverse("office:recheck_sample", args=[sample_id])
    link = visit.request.build_absolute_uri(f"{address}?noi={place_id}")
    with translation.override("vi"):
        made = papers.field_paper(pages.place_of(place_id), queries.sample(sample_id), forms, link)
    return _pdf(visit, made, "phieu-kiem-tra-lai")


@open_to_all
def gaps_paper(visit: Visit, place_id: int) -> HttpResponse:
    """The gap report on paper."""
    year = pages.asked_year(visit)
    with translation.override("vi"):
        found = gap_report.gaps(place_id, year=year)
        made = papers.gap_paper(pages.place_of(place_id), found, year, visit.today)
    return _pdf(visit, made, "chenh-lech")


def _pdf(visit: Visit, made: Document, name: str) -> HttpResponse:
    response = HttpResponse(to_pdf(made, on=visit.today), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _text(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

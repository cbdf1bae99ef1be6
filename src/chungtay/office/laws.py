"""Screens about the law: the standards adopted, and one standard with its provenance."""

from django.http import HttpResponse

from chungtay.office.answers import Visit, for_officers
from chungtay.people.policies import may_act_for
from chungtay.people.roles import label_in_words
from chungtay.standards import queries as standards
from chungtay.standards.desk.guidance import guidance_on
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.ui.laws import pieces, trust


@for_officers
def standards_list(visit: Visit) -> HttpResponse:
    """Every standard adopted, with how much of it is confirmed."""
    views = standards.versions()
    rows = [{"view": view, "trust": trust(standards.by_id(view.id).standard.indicators)} for view in views]
    return visit.page("office/standards.html", {"rows": rows})


@for_officers
def standard(visit: Visit, code: str) -> HttpResponse:
    """One standard: names, dates, instruments, criteria and indicators, and how far each may be trusted."""
    adopted = standards.adopted(code, on=visit.day(), version=visit.request.GET.get("phien-ban", ""))
    view = adopted.view
    place = whose_law(view)
    return visit.page(
        "office/standard.html",
        {
            "view": view,
            "versions": standards.versions(code=code),
            "documents": guidance_on(code),
            "documents_part": "office/desk/documents.html",
            "may_draft": place is not None and may_act_for(visit.by, "standards.draft", place),
            **pieces(adopted.standard, adopted.book, visit.language, post=label_in_words),
        },
    )


def whose_law(view: VersionView) -> int | None:
    """The place whose office writes the law of a version: its province, else the nation; None for one long gone."""
    if not view.province:
        return territory.nation().id
    return territory.id_of_code(view.province)

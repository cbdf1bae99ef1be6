"""The list of drafts, and one draft: what it says, what is wrong, how much was compared with the original."""

from django.http import HttpResponse

from chungtay.office.answers import Visit, for_officers
from chungtay.standards.desk import queries as desk


@for_officers
def drafts_list(visit: Visit) -> HttpResponse:
    """Every draft of one's own office."""
    return visit.page("office/desk/drafts.html", {"drafts": desk.drafts(visit.by)})


@for_officers
def draft(visit: Visit, draft_id: int) -> HttpResponse:
    """One draft."""
    view = desk.draft(draft_id, by=visit.by)
    return visit.page("office/desk/draft.html", {"draft": view, "problems": desk.compiled(view).problems})

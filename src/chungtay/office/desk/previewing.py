"""What a draft changes: sentence by sentence, and as the law page will look."""

from typing import Any

from django.http import HttpResponse

from chungtay.office import laws
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk.common import draft_for, page
from chungtay.office.desk.links import linked
from chungtay.standards import queries as standards
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.queries import DraftView
from chungtay.standards.queries import Adopted
from rulebook import differ


@for_officers
def preview(visit: Visit, draft_id: int) -> HttpResponse:
    """The changes and the page."""
    view = draft_for(visit, draft_id)
    compiled = desk.compiled(view)
    standard = compiled.standard
    against = _against(view)
    context: dict[str, Any] = {
        "problems": linked(view, compiled),
        "against": against.view if against else None,
        "changes": [],
        "law": None,
        "documents": {},
        "cases": len(compiled.made),
    }
    if standard is not None:
        if against:
            changes = differ(against.standard, standard, compiled.book.names)
            context["changes"] = [each.text.in_(visit.language) for each in changes]
        context |= laws.pieces(standard, compiled.book, visit.language)
    return page(visit, view, "preview", context)


def _against(view: DraftView) -> Adopted | None:
    """The version that the draft came from, or the one of its code in force now."""
    if view.base is not None:
        return standards.by_id(view.base.id)
    return None

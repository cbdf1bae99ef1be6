"""What a draft changes: sentence by sentence, on the law page, and for every place."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures import queries as figures
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk.common import draft_for, page
from chungtay.office.desk.links import linked
from chungtay.people.roles import label_in_words
from chungtay.standards import queries as standards
from chungtay.standards.desk import confirming
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.queries import DraftView
from chungtay.ui.laws import pieces
from rulebook import Standard, differ
from viet.dates import format_day

_MOST = 200  # places told one by one; the counts are of all


@for_officers
def preview(visit: Visit, draft_id: int) -> HttpResponse:
    """The changes, the page, and what changes for every place. `voi`: the set compared with; `ngay`: of which day."""
    view = draft_for(visit, draft_id)
    compiled = desk.compiled(confirming.as_published(view))
    standard = compiled.standard
    base = standards.by_id(view.base.id) if view.base else None
    context: dict[str, Any] = {
        "problems": linked(view, compiled),
        "against": base.view if base else None,
        "changes": [],
        "law": None,
        "documents": {},
    }
    if standard is not None:
        if base:
            changes = differ(base.standard, standard, compiled.book.names)
            context["changes"] = [each.text.in_(visit.language) for each in changes]
        context |= pieces(standard, compiled.book, visit.language, post=label_in_words)
        context |= _impact(visit, view, standard)
    return page(visit, view, "preview", context)


def _impact(visit: Visit, view: DraftView, standard: Standard) -> dict[str, Any]:
    """Every place of the office judged by the draft beside a set in force, when that was asked for."""
    same_level = [
        each for each in standards.versions(level=standard.level) if each.province in ("", view.place_code)
    ]
    codes = {each.code: each.name.in_(visit.language) for each in same_level}
    own = view.base.code if view.base else standard.id
    sent = {
        "voi": visit.request.GET.get("voi", own if own in codes else ""),
        "ngay": visit.request.GET.get("ngay", format_day(visit.today)),
    }
    shown: dict[str, Any] = {"sent": sent, "codes": [("", _("— chưa chọn")), *codes.items()]}
    if "voi" not in visit.request.GET:
        return shown
    try:
        if sent["voi"] not in codes:
            raise Refusal(_("Hãy chọn bộ tiêu chí đang áp dụng để so."))
        day = visit.judging_day() or visit.today
        found = figures.compare_standards(view.place.id, standard, sent["voi"], on=day)
    except Refusal as refused:
        return shown | {"impact_refusal": str(refused)}
    sorts = (
        ("rises", _("Đạt thêm"), found.rises),
        ("falls", _("Không còn đạt"), found.falls),
        ("unclear", _("Thành chưa biết"), found.unclear),
        ("unchanged", _("Không đổi"), found.unchanged),
    )
    return shown | {
        "impact": [
            {
                "name": name,
                "words": words,
                "count": len(each),
                "places": each[:_MOST],
                "more": len(each[_MOST:]),
            }
            for name, words, each in sorts
        ],
        "impact_all": sum(len(each) for _name, _words, each in sorts),
        "impact_day": day,
        "impact_against": codes[sent["voi"]],
    }

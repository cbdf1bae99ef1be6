"""What the pages of a draft share: its frame, saving an edit, and being told that somebody else was quicker."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office.answers import Visit, refusal_of, status_of
from chungtay.office.desk.rule_form import Vocabulary
from chungtay.standards import queries as standards
from chungtay.standards.desk import actions, policies
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.actions import Edit, Overtaken
from chungtay.standards.desk.compiling import Compiled
from chungtay.standards.desk.content import Content, fields
from chungtay.standards.desk.editing import head_of
from chungtay.standards.desk.queries import DraftView

LEVELS = {
    "hamlet": gettext_lazy("Thôn, xóm, bản, ấp"),
    "commune": gettext_lazy("Xã"),
    "district": gettext_lazy("Huyện (trước 01/7/2025)"),
    "province": gettext_lazy("Tỉnh, thành phố"),
}
STATUSES = {
    "law": gettext_lazy("Văn bản luật"),
    "sample": gettext_lazy("Bộ mẫu (không phải nguyên văn)"),
    "skeleton": gettext_lazy("Bộ khung (mới biết tên tiêu chí)"),
}
BEGUN_AS = {
    "nothing": gettext_lazy("bộ mới"),
    "copy": gettext_lazy("chép từ bộ khác"),
    "amendment": gettext_lazy("phiên bản mới"),
    "overlay": gettext_lazy("bổ sung của tỉnh"),
    "import": gettext_lazy("nhập từ tệp"),
    "ending": gettext_lazy("cho hết hiệu lực"),
}
_MOST_YEARS = 12


def page(
    visit: Visit, view: DraftView, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of a draft, in the draft's own frame."""
    shared = {
        "draft": view,
        "begun_as": BEGUN_AS.get(view.begun_as, view.begun_as),
        "may_edit": edit_refusal(visit, view),
        "seen": view.number,
    }
    return visit.page(f"office/desk/{template}.html", shared | context, status)


def edit_refusal(visit: Visit, view: DraftView) -> str:
    """The sentence for buttons that edit, "" when they are open."""
    return refusal_of(lambda: policies.check_draft(visit.by, "draft", view.id))


def seen_of(visit: Visit) -> int:
    """The revision the sender saw, 0 when none was sent."""
    text = visit.request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def save(visit: Visit, view: DraftView, change: Edit, part: Callable[[Content], object]) -> int:
    """Make one edit as the visitor. Raises as `actions.edit` does."""
    return actions.edit(
        by=visit.by, at=visit.now, draft_id=view.id, change=change, part=part, seen=seen_of(visit)
    )


def told(refused: Refusal, view: DraftView) -> tuple[list[Fault], int, int]:
    """(faults, status, what to send as `seen` the next time) of a refused edit; not permitted is another page."""
    if isinstance(refused, NotPermitted):
        raise refused
    seen = refused.number if isinstance(refused, Overtaken) else view.number
    return list(refused.faults), status_of(refused), seen


def wrong(faults: list[Fault]) -> dict[str, list[str]]:
    """{field: sentences}, for the inputs."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.field, []).append(fault.sentence)
    return found


def vocabulary_of(view: DraftView, compiled: Compiled, language: str) -> Vocabulary:
    """What the boxes of a rule offer in this draft."""
    book = compiled.book
    period = fields(head_of(view.content).get("period"))
    begins, ends = (str(period.get(key, "")) for key in ("from", "to"))
    first = int(begins) if begins.isdecimal() and len(begins) == 4 else 2026
    last = int(ends) if ends.isdecimal() and len(ends) == 4 else first + 4
    known = {
        each.code: each
        for each in standards.versions()
        if not each.province or each.province == view.place_code
    }
    return Vocabulary(
        measures=book.measures,
        regions=tuple((code, each.name.in_(language)) for code, each in book.regions.items()),
        years=tuple(str(year) for year in range(first, min(last, first + _MOST_YEARS) + 1)),
        standards=tuple((code, each.name.in_(language)) for code, each in sorted(known.items())),
        levels=tuple(
            (code, str(word)) for code, word in LEVELS.items() if code in ("hamlet", "commune", "district")
        ),
        language=language,
    )


def choices(words: Mapping[str, object], blank: bool = False) -> list[tuple[str, str]]:
    """Choices of a select, with an empty one first where nothing need be chosen."""
    found = [(code, str(word)) for code, word in words.items()]
    return [("", _("— chưa chọn")), *found] if blank else found


def draft_for(visit: Visit, draft_id: int) -> DraftView:
    """The draft, as far as it is for these eyes."""
    return desk.draft(draft_id, by=visit.by)

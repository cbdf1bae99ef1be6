"""Making a story public as it reads now, and taking one down again."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.reports.story import asked_of
from chungtay.reports.stories import publishing


@require_POST
@for_officers
def publish(visit: Visit, place_id: int) -> HttpResponse:
    """Publish the story of the days asked for; take down the one that is named."""
    asked = asked_of(visit, place_id)
    if asked.story is None:
        raise Refusal(*asked.faults)
    span, named = asked.story.span, visit.request.POST.get("story", "")
    try:
        if named:
            publishing.take_down(
                by=visit.by, at=visit.now, story=_key(named), reason=visit.request.POST.get("reason", "")
            )
            messages.success(visit.request, _("Đã gỡ bài viết khỏi trang công khai."))
        else:
            publishing.publish(by=visit.by, at=visit.now, place_id=place_id, first=span.first, last=span.last)
            messages.success(visit.request, _("Bài viết nay ai cũng đọc được."))
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        for fault in refused.faults:
            messages.error(visit.request, fault.sentence)
    return redirect(f"{reverse('office:story', args=[place_id])}?{asked.query}#cong-khai")


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound(_("Không có bài viết công khai này. Hãy mở lại danh sách.")) from None

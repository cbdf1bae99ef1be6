"""What the pages of meetings share: words, the frame of a page, and who may look."""

import uuid
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.community.meetings import queries
from chungtay.community.meetings.queries import ItemView, MeetingView
from chungtay.community.meetings.rules import democracy
from chungtay.core.language import moment_words
from chungtay.core.refusals import NotFound
from chungtay.office.answers import Visit, day_in_life
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Verdict
from rulebook.democracy import Way

STATES: Final = {
    "called": gettext_lazy("đã mời"),
    "held": gettext_lazy("đã họp, chưa chốt"),
    "ballots": gettext_lazy("đang lấy phiếu"),
    "closed": gettext_lazy("đã chốt biên bản"),
}
OUTCOMES: Final = {
    Verdict.MET: gettext_lazy("Thông qua"),
    Verdict.NOT_MET: gettext_lazy("Không thông qua"),
    Verdict.UNKNOWN: gettext_lazy("Chưa kết luận được"),
}
WAYS: Final = {
    Way.MEETING: gettext_lazy("Biểu quyết tại cuộc họp"),
    Way.BALLOTS: gettext_lazy("Phiếu lấy ý kiến từng hộ"),
    Way.ONLINE: gettext_lazy("Lấy ý kiến qua mạng"),
}


def seen(visit: Visit, meeting_id: int) -> MeetingView:
    return queries.meeting(meeting_id, seen_by=visit.by, today=visit.today)


def seen_item(visit: Visit, meeting_id: int, item_id: int) -> tuple[MeetingView, ItemView]:
    shown = seen(visit, meeting_id)
    item = next((each for each in shown.items if each.id == item_id), None)
    if item is None:
        raise NotFound(_("Không có nội dung này trong cuộc họp."))
    return shown, item


def page_of(visit: Visit, shown: MeetingView) -> dict[str, Any]:
    """What every page of a meeting is handed. refusal: why its deeds are shut to this post, or for ever."""
    refusal = visit.refusal("community.hold_meeting", shown.place_id)
    if shown.closed_at is not None:
        refusal = _("Biên bản đã chốt lúc %(at)s nên không sửa được nữa.") % {
            "at": moment_words(shown.closed_at)
        }
    place = territory.latest(shown.place_id)
    return {
        **frame_of(visit, place),
        "meeting": shown,
        "state_words": STATES[shown.state],
        "refusal": refusal,
    }


def frame_of(visit: Visit, place: PlaceView) -> dict[str, Any]:
    return {"place": place, "above": territory.ancestors(place.id, day_in_life(place, visit.today))}


def choices(visit: Visit) -> dict[str, Any]:
    forms = [(code, name.in_(visit.language)) for code, name in democracy().forms.items()]
    return {"kinds": [("", _("— chưa chọn")), *matters(visit)], "forms": forms}


def matters(visit: Visit) -> list[tuple[str, str]]:
    return [(code, each.name.in_(visit.language)) for code, each in democracy().matters.items()]


def matter_name(visit: Visit, code: str) -> str:
    return democracy().matters[code].name.in_(visit.language)


def public_link(request: HttpRequest, uid: uuid.UUID) -> str:
    return request.build_absolute_uri(reverse("office:public_call", kwargs={"uid": uid}))

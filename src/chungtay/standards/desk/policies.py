"""What may be done with a draft, each refusal one sentence."""

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.people.roles import SYSTEM
from chungtay.standards.desk.models import Draft
from chungtay.territory.models import Level, Place
from chungtay.territory.queries import PlaceView, contains


def check_may(by: Actor, deed: str, draft: Draft) -> None:
    """Refuse unless `by` may do `deed` ("draft", "check", "publish") with the law of the draft's place."""
    check_whose(by, deed, draft.place_id)


def check_draft(by: Actor, deed: str, draft_id: int) -> None:
    """`check_may` and, for edits and checks, that the draft is still open."""
    draft = Draft.objects.get(pk=draft_id)
    check_may(by, deed, draft)
    check_open(draft)


def check_whose(by: Actor, deed: str, place_id: int) -> None:
    """A province's law is the province's, the national law the national office's: neither writes the other's."""
    check_acts_for(by, f"standards.{deed}", place_id)
    if by.role == SYSTEM:
        return
    place = Place.objects.get(pk=place_id)
    covers = by.place_id is None or Place.objects.get(pk=by.place_id).level == Level.NATION
    if place.level == Level.PROVINCE and covers:
        raise NotPermitted(
            _(
                "Bộ tiêu chí của tỉnh do Văn phòng Điều phối của tỉnh đó soạn, đối chiếu và ban hành. "
                "Văn phòng Trung ương chỉ làm với bộ tiêu chí chung cả nước."
            )
        )


def place_code(place: PlaceView) -> str:
    """The province's code, "" for the nation: what `province` in a head must be."""
    return "" if place.level == Level.NATION else place.code


def check_open(draft: Draft) -> None:
    """Refuse to change what was published or put away."""
    if draft.state == Draft.State.PUBLISHED:
        raise Refusal(
            _(
                "Dự thảo này đã ban hành nên không sửa được nữa: mức đã ban hành chỉ thay bằng một phiên "
                "bản mới. Hãy bắt đầu phiên bản mới từ bộ đã ban hành."
            )
        )
    if draft.state == Draft.State.DROPPED:
        raise Refusal(_("Dự thảo này đã bỏ. Hãy khôi phục dự thảo trước khi sửa."))


def may_see(by: Actor, place_id: int) -> bool:
    """Whether drafts of that place are for these eyes: whoever stands over it, or inspects it, and its own office."""
    if by.role == SYSTEM or by.place_id is None:
        return True
    return contains(by.place_id, place_id)

"""What may be done with a title as it stands. Each refusal is one sentence."""

from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Refusal
from chungtay.people.roles import permits
from chungtay.recognition.models import Title, WithdrawalCase
from chungtay.recognition.titles import queries
from chungtay.recognition.titles.queries import Held
from chungtay.territory import names
from chungtay.territory import queries as territory


def check_in_force(row: Title, on: date) -> Held:
    """Refuse what is done about a title before it was given, or once it was taken away or given up."""
    view = queries.view_of(row)
    if on.year < view.year or (view.known_on and on < view.known_on):
        raise Refusal(
            _("Ngày %(day)s ở trước khi có danh hiệu này (%(from)s). Hãy xem lại ngày.")
            % {"day": day_words(on), "from": day_words(view.known_on) if view.known_on else view.year}
        )
    (held,) = queries.standing([view], on=date.max)
    if held.ended is not None:
        words = {
            queries.State.WITHDRAWN: _("Danh hiệu này đã bị thu hồi từ ngày %(day)s (%(by)s)."),
            queries.State.GIVEN_UP: _("Nơi giữ danh hiệu này đã thôi giữ từ ngày %(day)s (%(by)s)."),
        }
        raise Refusal(words[held.state] % {"day": day_words(held.ended.on), "by": held.ended.decided_by})
    return queries.standing([view], on=on)[0]


def check_holder(held: Held, on: date) -> int:
    """The place that answers for a title on a day; refused where the old one is no more and none was acknowledged."""
    if held.holders:
        return held.holders[0]
    heirs = ", ".join(heir.full_name for heir in territory.current_of(held.title.place_id, on))
    raise Refusal(
        _(
            "%(place)s không còn vào ngày %(day)s và danh hiệu chưa được thừa nhận cho nơi nào. Hãy ghi quyết định "
            "thừa nhận trước; nơi kế tiếp: %(heirs)s."
        )
        % {"place": names.opening(held.of), "day": day_words(on), "heirs": heirs or _("chưa biết")}
    )


def check_no_open_case(row: Title) -> None:
    """Refuse a second act while a withdrawal is being looked into."""
    if WithdrawalCase.objects.filter(title=row, outcome="").exists():
        raise Refusal(_("Danh hiệu này đang có hồ sơ thu hồi chưa kết luận. Hãy kết luận hồ sơ đó trước."))


def answering_permission(role: str) -> str:
    """By which right an office above answers a review: it verifies places below, or decides about them."""
    return "recognition.verify" if permits(role, "recognition.verify") else "recognition.decide"

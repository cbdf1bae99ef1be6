"""A place on a day, as it last was, and all it has been; and why it has no state on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.asking import Asking, asked
from chungtay.core.language import day_words
from chungtay.core.refusals import NotFound, Refusal
from chungtay.territory import names
from chungtay.territory.following import successors
from chungtay.territory.models import PlaceState, lives_on
from chungtay.territory.place_view import PlaceView, last_day, views_of_states, views_on


def as_of(place_id: int, day: date) -> PlaceView:
    """The place on that day. NotFound when there is none, Refusal when it does not live then."""
    return views_of_states([state_on(place_id, day)], day)[0]


def latest(place_id: int) -> PlaceView:
    """The place as it is now, or as it last was."""
    return states_of(place_id)[-1]


def latest_and_on(place_id: int, day_of: Callable[[date | None], date]) -> tuple[PlaceView, PlaceView]:
    """The place as it is now or last was, and as of the day that `day_of` chooses, told when the place ended.

    Two queries; refuses as `as_of`.
    """
    states = every_state(place_id)
    last = states[-1]
    day = day_of(last.place.valid_to)
    then = next((each for each in states if holds_on(each, day)), None)
    if then is None:
        raise absent_on(place_id, day)
    latest_view, view = views_on([(last, last_day(last)), (then, day)])
    return latest_view, view


def holds_on(state: PlaceState, day: date) -> bool:
    """Whether a row says what its place was on that day."""
    return (state.valid_from is None or state.valid_from <= day) and (
        state.valid_to is None or day < state.valid_to
    )


def states_of(place_id: int) -> tuple[PlaceView, ...]:
    """Everything the place has been, oldest first."""
    return tuple(views_of_states(every_state(place_id)))


def every_state(place_id: int, **more: Any) -> list[PlaceState]:
    """The rows of a place, oldest first, with what more is asked of each; NotFound when there is none. One query."""
    return asked(asking_states(place_id, **more))


def asking_states(place_id: int, **more: Any) -> Asking[list[PlaceState]]:
    """`every_state`, for whoever asks other things with it."""
    (rows,) = yield (PlaceState.objects.filter(place_id=place_id).select_related("place").annotate(**more),)
    states = sorted(rows, key=lambda s: s.valid_from or date.min)
    if not states:
        raise _no_such(place_id)
    return states


def state_on(place_id: int, day: date) -> PlaceState:
    """The row that says what the place was on that day; a refusal when there is none."""
    state = PlaceState.objects.filter(lives_on(day), place_id=place_id).select_related("place").first()
    if state is None:
        raise absent_on(place_id, day)
    return state


def _no_such(place_id: int) -> NotFound:
    return NotFound(_("Không có nơi nào mang số %(id)s. Hãy tìm lại theo tên.") % {"id": place_id})


def _or_next(place_id: int) -> str:
    """ ", hoặc chọn nơi kế tiếp: xã Vô Tranh", "" when nothing followed."""
    after = ", ".join(step.place.full_name for step in successors(place_id))
    return _(", hoặc chọn nơi kế tiếp: %(places)s") % {"places": after} if after else ""


def absent_on(place_id: int, day: date) -> Refusal:
    """Why the place has no state on that day: not there, not yet, no longer, or its parent was divided."""
    try:
        states = states_of(place_id)
    except NotFound as missing:
        return missing
    first, last = states[0], states[-1]
    if first.valid_from is not None and day < first.valid_from:
        return Refusal(
            _("%(place)s chỉ có từ ngày %(from)s, chưa có vào ngày %(day)s. Hãy chọn ngày khác.")
            % {
                "place": names.opening(first.full_name),
                "from": day_words(first.valid_from),
                "day": day_words(day),
            }
        )
    if last.ended is not None:
        return Refusal(
            _(
                "%(place)s không còn từ ngày %(ended)s, nên không dùng được cho ngày %(day)s. "
                "Hãy chọn ngày trước đó%(or_next)s."
            )
            % {
                "place": names.opening(last.full_name),
                "ended": day_words(last.ended),
                "day": day_words(day),
                "or_next": _or_next(place_id),
            }
        )
    return Refusal(
        _(
            "Chưa rõ từ ngày %(day)s %(place)s thuộc về đâu, vì %(above)s không còn và "
            "không chỉ có một nơi kế tiếp. Hãy ghi nơi này theo về đâu."
        )
        % {
            "day": day_words(last.valid_to or day),
            "place": last.full_name,
            "above": last.address.split(", ")[0],
        }
    )

"""A place on a day, as it last was, and all it has been; and why it has no state on a day."""

from datetime import date

from chungtay.core.refusals import NotFound, Refusal
from chungtay.territory import names
from chungtay.territory.following import successors
from chungtay.territory.models import PlaceState, lives_on
from chungtay.territory.place_view import PlaceView, views_of_states
from viet.dates import format_day


def as_of(place_id: int, day: date) -> PlaceView:
    """The place on that day. NotFound when there is none, Refusal when it does not live then."""
    return views_of_states([state_on(place_id, day)], day)[0]


def latest(place_id: int) -> PlaceView:
    """The place as it is now, or as it last was."""
    return states_of(place_id)[-1]


def states_of(place_id: int) -> tuple[PlaceView, ...]:
    """Everything the place has been, oldest first."""
    states = sorted(
        PlaceState.objects.filter(place_id=place_id).select_related("place"),
        key=lambda s: s.valid_from or date.min,
    )
    if not states:
        raise _no_such(place_id)
    return tuple(views_of_states(states))


def state_on(place_id: int, day: date) -> PlaceState:
    """The row that says what the place was on that day; a refusal when there is none."""
    state = PlaceState.objects.filter(lives_on(day), place_id=place_id).select_related("place").first()
    if state is None:
        raise _absent(place_id, day)
    return state


def _no_such(place_id: int) -> NotFound:
    return NotFound(f"Không có nơi nào mang số {place_id}. Hãy tìm lại theo tên.")


def _or_next(place_id: int) -> str:
    """ ", hoặc chọn nơi kế tiếp: xã Vô Tranh", "" when nothing followed."""
    after = [step.place.full_name for step in successors(place_id)]
    return f", hoặc chọn nơi kế tiếp: {', '.join(after)}" if after else ""


def _absent(place_id: int, day: date) -> Refusal:
    """Why the place has no state on that day: not there, not yet, no longer, or its parent was divided."""
    try:
        states = states_of(place_id)
    except NotFound as missing:
        return missing
    first, last = states[0], states[-1]
    if first.valid_from is not None and day < first.valid_from:
        return Refusal(
            f"{names.opening(first.full_name)} chỉ có từ ngày {format_day(first.valid_from)}, "
            f"chưa có vào ngày {format_day(day)}. Hãy chọn ngày khác."
        )
    if last.ended is not None:
        return Refusal(
            f"{names.opening(last.full_name)} không còn từ ngày {format_day(last.ended)}, nên không dùng được cho "
            f"ngày {format_day(day)}. Hãy chọn ngày trước đó{_or_next(place_id)}."
        )
    since = format_day(last.valid_to or day)
    return Refusal(
        f"Chưa rõ từ ngày {since} {last.full_name} thuộc về đâu, vì {last.address.split(', ')[0]} không còn và "
        "không chỉ có một nơi kế tiếp. Hãy ghi nơi này theo về đâu."
    )

"""Days, counts and words that cannot be meant. Each check gives sentences; the deed refuses them all at once."""

from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault
from chungtay.figures.policies import EARLIEST, faults_of_length
from chungtay.territory import queries as territory
from viet.numbers import format_number


def faults_of_words(text: str, limit: int, name: str, field: str, *, required: bool = False) -> list[Fault]:
    """Why words cannot be kept: none, too many, or with characters nobody sees. name: what they are, in the language of
    the moment, at the start of a sentence."""
    if required and not text.strip():
        return [Fault(_("%(name)s còn trống. Hãy điền vào.") % {"name": name}, field)]
    return faults_of_length(text, limit, name, field)


def faults_of_day(day: date | None, today: date, name: str, field: str) -> list[Fault]:
    """Why something cannot have happened on a day; None is not known and has no fault."""
    if day is None:
        return []
    if day > today:
        sentence = _("%(name)s %(day)s ở sau hôm nay (%(today)s). Hãy xem lại ngày.")
        return [Fault(sentence % {"name": name, "day": day_words(day), "today": day_words(today)}, field)]
    if day < EARLIEST:
        sentence = _("%(name)s %(day)s trước năm %(year)s. Hãy xem lại năm.")
        return [Fault(sentence % {"name": name, "day": day_words(day), "year": EARLIEST.year}, field)]
    return []


def faults_of_order(
    first: date | None, second: date | None, first_name: str, second_name: str, field: str
) -> list[Fault]:
    """Why two days cannot follow one another so; either may be unknown. second_name opens the sentence."""
    if first is None or second is None or first <= second:
        return []
    sentence = _("%(second)s %(day)s đứng trước %(first)s %(before)s. Hãy xem lại hai ngày.")
    told = {
        "second": second_name,
        "day": day_words(second),
        "first": first_name,
        "before": day_words(first),
    }
    return [Fault(sentence % told, field)]


def faults_of_count(value: int | None, most: int, name: str, field: str, *, least: int = 0) -> list[Fault]:
    """Why a count is absurd; None is not known and has no fault."""
    if value is None or least <= value <= most:
        return []
    sentence = _("%(name)s %(value)s không hợp lý: phải từ %(least)s đến %(most)s. Hãy xem lại con số.")
    numbers = {"value": value, "least": least, "most": most}
    return [Fault(sentence % {"name": name, **{k: format_number(v) for k, v in numbers.items()}}, field)]


def faults_of_life(place_id: int, start: date, end: date, field: str) -> list[Fault]:
    """Why a place can have no record of those days: it had not begun, or was no more. NotFound without such a place."""
    life = territory.states_of(place_id)
    born, ended = life[0].founded, life[-1].ended
    if born is not None and end < born:
        sentence = _(
            "%(place)s có từ %(born)s, sau ngày ghi. Hãy xem lại ngày, hoặc ghi cho đơn vị trước đó."
        )
        return [Fault(sentence % {"place": life[0].full_name, "born": day_words(born)}, field)]
    if ended is not None and start >= ended:
        sentence = _(
            "%(place)s không còn từ %(ended)s, trước ngày ghi. Hãy xem lại ngày, hoặc ghi cho đơn vị kế tiếp."
        )
        return [Fault(sentence % {"place": life[-1].full_name, "ended": day_words(ended)}, field)]
    return []

"""What may be recorded. Each refusal is one sentence, and stands where the button is."""

from datetime import date

from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import queries as territory
from rulebook import Period
from viet.dates import format_day


def faults_of_period(place_id: int, period: Period, today: date, field: str) -> list[Fault]:
    """Why no figure of the place can describe that period."""
    if period.start > today:
        return [
            Fault(
                f"Kỳ số liệu bắt đầu {format_day(period.start)}, sau hôm nay ({format_day(today)}). "
                "Số liệu của tương lai là kế hoạch, không ghi ở đây. Hãy xem lại kỳ.",
                field=field,
            )
        ]
    life = territory.states_of(place_id)
    born, ended = life[0].founded, life[-1].ended
    if born is not None and period.end < born:
        return [
            Fault(
                f"{life[0].full_name} có từ {format_day(born)}, sau kỳ số liệu {period}. "
                "Hãy xem lại kỳ, hoặc ghi cho đơn vị trước đó.",
                field=field,
            )
        ]
    if ended is not None and period.start >= ended:
        return [
            Fault(
                f"{life[-1].full_name} không còn từ {format_day(ended)}, trước kỳ số liệu {period}. "
                "Hãy xem lại kỳ, hoặc ghi cho đơn vị kế tiếp.",
                field=field,
            )
        ]
    return []


def check_judging_day(place_id: int, day: date) -> None:
    """Refuse to judge a place on a day on which it does not live."""
    territory.as_of(place_id, day)


def check_uid_unused(what: str, same: bool) -> None:
    """A client id that comes back must bring the same record."""
    if not same:
        raise Refusal(
            f"Mã gửi của {what} đã dùng cho một bản ghi khác. Không ghi gì. Hãy tạo bản ghi mới thay vì gửi lại."
        )

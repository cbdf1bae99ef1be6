"""What may be recorded. Each refusal is one sentence, and stands where the button is."""

from datetime import date

from chungtay.core import notices
from chungtay.core.refusals import Fault, Refusal
from chungtay.territory.queries import PlaceView
from rulebook import Mark, Measure, Period
from viet.dates import format_day

EARLIEST = date(1945, 1, 1)
"""No figure or day before it is meant: whoever types one has mistyped the year."""
SOURCE_LENGTH = 300


def check_judging_day(day: date, today: date) -> None:
    """Refuse to judge on a day that has not come, or on one mistyped by centuries."""
    if day > today:
        raise Refusal(
            f"Ngày {format_day(day)} chưa đến (hôm nay {format_day(today)}), nên chưa xét được. Hãy chọn ngày khác."
        )
    if day < EARLIEST:
        raise Refusal(f"Ngày {format_day(day)} trước năm {EARLIEST.year}. Hãy xem lại năm.")


def check_mark(mark: Mark) -> None:
    """Refuse an invented figure where pages do not say that figures are invented."""
    if mark is Mark.SIMULATED and not notices.bears(notices.SIMULATED):
        raise Refusal(
            "Số liệu mô phỏng chỉ được ghi trong một cơ sở dữ liệu riêng, nơi mọi trang đều ghi rõ là mô phỏng. "
            "Hãy dùng lệnh “chungtay simulate”, hoặc ghi số liệu này với nguồn thật của nó."
        )


def faults_of_period(life: tuple[PlaceView, ...], period: Period, today: date, field: str) -> list[Fault]:
    """Why no figure of a place can describe that period. life: everything the place has been."""
    if period.end < period.start:
        return [
            Fault(
                f"Kỳ số liệu kết thúc {format_day(period.end)}, trước ngày bắt đầu {format_day(period.start)}. "
                "Hãy đổi chỗ hai ngày.",
                field=field,
            )
        ]
    if period.start < EARLIEST:
        return [Fault(f"Kỳ số liệu {period} trước năm {EARLIEST.year}. Hãy xem lại năm.", field=field)]
    if period.start > today:
        return [
            Fault(
                f"Kỳ số liệu bắt đầu {format_day(period.start)}, sau hôm nay ({format_day(today)}). "
                "Số liệu của tương lai là kế hoạch, không ghi ở đây. Hãy xem lại kỳ.",
                field=field,
            )
        ]
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


def unknown_measure(code: str, field: str) -> Fault:
    """Nobody defined such a measure."""
    return Fault(f"Không có số đo “{code}”. Hãy chọn số đo trong danh mục.", field)


def faults_of_part(measure: Measure, part: str, field: str) -> list[Fault]:
    """Why a measure has no figure of that part."""
    if part in ("", *measure.parts):
        return []
    return [Fault(f"“{measure.name.vi}” không tách nam, nữ. Hãy ghi một số chung.", field)]


def faults_of_length(text: str, limit: int, name: str, field: str) -> list[Fault]:
    """Why a text cannot be kept whole."""
    if "\0" in text:
        return [Fault(f"{name} có ký tự không đọc được. Hãy gõ lại thay vì dán.", field)]
    if len(text) > limit:
        return [Fault(f"{name} dài {len(text)} chữ, quá {limit}. Hãy viết gọn lại.", field)]
    return []


def check_uid_unused(what: str, same: bool) -> None:
    """A client id that comes back must bring the same record."""
    if not same:
        raise Refusal(
            f"Mã gửi của {what} đã dùng cho một bản ghi khác. Không ghi gì. Hãy tạo bản ghi mới thay vì gửi lại."
        )

"""The engine's words, in both languages: what a threshold asks, what is missing, why a verdict is not known."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from rulebook.facts import Period
from rulebook.measures import Kind, Measure, Share, Value, show_value, with_unit
from rulebook.rules import Op
from rulebook.standard import Criterion, Standard
from rulebook.texts import EMPTY, Text
from viet.dates import format_day
from viet.numbers import format_number

_OPS = {
    Op.AT_LEAST: Text("từ {} trở lên", "at least {}"),
    Op.AT_MOST: Text("không quá {}", "at most {}"),
    Op.EQUALS: Text("đúng {}", "exactly {}"),
    Op.ABOVE: Text("trên {}", "above {}"),
    Op.BELOW: Text("dưới {}", "below {}"),
}
_ALL = Text("đủ {}", "{}")

_LEVELS = {
    "hamlet": Text("thôn", "hamlet"),
    "commune": Text("xã", "commune"),
    "district": Text("huyện", "district"),
    "province": Text("tỉnh", "province"),
}
PLACES_BELOW = Text("Đơn vị trực thuộc đạt yêu cầu", "Places below that meet the rule")


def threshold_text(threshold: Fraction | str | bool, op: Op, measure: Measure) -> Text:
    """What is asked, in the decree's words: "từ 95% số hộ trở lên", "đủ 100% số hộ", "cần có"."""
    if isinstance(threshold, bool):
        return Text("cần có", "required") if threshold else Text("không được có", "must not be so")
    if isinstance(threshold, str):
        return Text(
            *(
                _OPS[op].in_(language).format(show_value(threshold, measure, language))
                for language in ("vi", "en")
            )
        )
    if threshold == 0 and op is Op.EQUALS:
        return Text("không có", "none")
    number = format_number(threshold, 6)
    words = _OPS[op]
    if threshold == 100 and op is Op.AT_LEAST and measure.kind is Kind.PERCENT:  # there is no more than all
        words = _ALL
    return Text(*(words.in_(lang).format(with_unit(number, measure.unit.in_(lang))) for lang in ("vi", "en")))


def asked_text(threshold: str, words: Text) -> Text:
    """A finding's threshold as a phrase of its own: "mức đạt: từ 95% số hộ trở lên", but of a flag only "cần có"."""
    if threshold in ("true", "false") or not words.vi:
        return words
    return Text(f"mức đạt: {words.vi}", f"threshold: {words.en}")


def age_text(years: int) -> Text:
    """That a figure is old; empty when it is not."""
    return Text(f"Số liệu đã {years} năm", f"Figures are {years} years old") if years else EMPTY


def period_text(period: Period) -> Text:
    """2023 for a whole year, 24/05/2023 for a day, or both ends."""
    if period.is_year:
        return Text(str(period.start.year), str(period.start.year))
    days = [period.end] if period.start == period.end else [period.start, period.end]
    return Text(*("–".join(format_day(day, lang) for day in days) for lang in ("vi", "en")))


def gap_text(value: Value, gap: Fraction, op: Op, threshold: Fraction, measure: Measure) -> Text:
    """How much is missing, in the unit people can act on: "thiếu 3 hộ", "cao hơn 2 điểm %"."""
    short = op in (Op.AT_LEAST, Op.ABOVE) or (op is Op.EQUALS and _number(value) < threshold)
    if isinstance(value, Share):
        edge = threshold * value.denominator / 100
        items = ceil(edge) - value.numerator if short else value.numerator - floor(edge)
        if op is Op.ABOVE and edge == ceil(edge):
            items += 1
        if op is Op.BELOW and edge == floor(edge):
            items += 1
        amount = Text(
            f"{format_number(items)} {measure.of.vi}".strip(),
            f"{format_number(items)} {measure.of.en}".strip(),
        )
    elif measure.kind is Kind.PERCENT:
        amount = Text(f"{format_number(gap, 4)} điểm %", f"{format_number(gap, 4)} percentage points")
    else:
        amount = Text(*(with_unit(format_number(gap, 6), measure.unit.in_(lang)) for lang in ("vi", "en")))
    if not gap and not isinstance(value, Share):  # above and below leave a gap of nothing at the very edge
        return Text("ngay tại ngưỡng", "exactly at the threshold")
    if short:
        return Text(f"thiếu {amount.vi}", f"short by {amount.en}")
    return Text(f"vượt {amount.vi}", f"over by {amount.en}")


def unlisted_text(criterion: Criterion) -> Text:
    """The indicators known only to exist: "5 chỉ tiêu chưa có nội dung"."""
    if not criterion.unlisted_counted:
        return Text(
            "Các chỉ tiêu chưa có nội dung (chưa rõ số lượng)",
            "Indicators whose content is not known (nor how many)",
        )
    many = "s" if criterion.unlisted > 1 else ""
    return Text(
        f"{criterion.unlisted} chỉ tiêu chưa có nội dung",
        f"{criterion.unlisted} indicator{many} whose content is not known",
    )


def level_name(level: str) -> Text:
    return _LEVELS.get(level, Text("đơn vị", "place"))


def places_text(number: int, level: str, vi: str, en: str) -> Text:
    """A number of child places in a phrase: "thiếu 2 thôn"."""
    name = level_name(level)
    return Text(vi.format(f"{number} {name.vi}"), en.format(f"{number} {name.en}{'s' if number > 1 else ''}"))


def _number(value: Value) -> Fraction:
    if isinstance(value, Share):
        return Fraction(100 * value.numerator, value.denominator)
    if isinstance(value, Decimal):
        return Fraction(value)
    raise TypeError(value)


def standard_notes(standard: Standard, on: date) -> Text:
    """What a reader must know of judging by this standard on this day; empty when nothing."""
    vi: list[str] = []
    en: list[str] = []
    if standard.sample:
        vi.append("Bộ mẫu: nội dung không phải nguyên văn quyết định, chỉ để tham khảo.")
        en.append("Sample standard: not the text of a decision, for reference only.")
    if standard.status == "skeleton":
        vi.append(
            "Bộ khung: mới biết tên tiêu chí, chưa có nội dung chỉ tiêu; chưa thể kết luận đạt hay chưa đạt."
        )
        en.append("Skeleton: only the headings are known, not the indicators; nothing can be concluded yet.")
    in_force = standard.is_in_force(on)
    if in_force is False:
        vi.append(f"Bộ tiêu chí không có hiệu lực vào ngày {format_day(on)}; đây là xét tham khảo.")
        en.append(f"The standard was not in force on {on.isoformat()}; judged for reference.")
    elif in_force is None:
        vi.append("Chưa biết ngày có hiệu lực của bộ tiêu chí; chỉ biết giai đoạn áp dụng.")
        en.append("The day the standard came into force is not known, only its period.")
    for amendment in standard.amendments:
        if not amendment.loaded and amendment.on and on >= amendment.on:
            vi.append(f"{amendment.note.vi} ({amendment.instrument}, {format_day(amendment.on)}).")
            en.append(f"{amendment.note.en} ({amendment.instrument}, {amendment.on.isoformat()}).")
    return Text(" ".join(vi), " ".join(en)) if vi else EMPTY

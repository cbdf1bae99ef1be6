"""Why a verdict is unknown or excused: one sentence each, in both languages, saying what would settle it."""

from datetime import date

from rulebook.facts import Facts, PlaceFacts
from rulebook.measures import Measure
from rulebook.rules import Guard, Lookup, Threshold, TimesMeasure
from rulebook.texts import Text

EMPTY_GROUP = Text(
    "Tiêu chí chưa có chỉ tiêu nào trong dữ liệu nên chưa thể xét.",
    "No indicator of this criterion is known, so it cannot be judged.",
)
UNLISTED = Text(
    "Biết là có nhưng chưa biết nội dung trong văn bản nên chưa thể xét.",
    "They are known to exist, but not what the law says, so they cannot be judged.",
)
EMPTY_STANDARD = Text(
    "Bộ tiêu chí chưa có tiêu chí nào trong dữ liệu.", "No criterion of the standard is known."
)
NO_WITHDRAWAL_TERMS = Text(
    "Bộ tiêu chí không nêu trường hợp thu hồi.", "The standard names no case for withdrawal."
)
ONLY_RECONSTRUCTED = Text(
    "Chỉ có số liệu dựng lại cho khớp tổng; số dựng lại không được dùng để xét. Cần số liệu thật.",
    "Only reconstructed figures are known; they never count as measured. A real figure is needed.",
)
PART_ABOVE_WHOLE = Text(
    "Tử số lớn hơn mẫu số: hai số liệu mâu thuẫn, cần xem lại.",
    "The part is larger than the whole: the two figures contradict each other.",
)
NO_CASE = Text(
    "Không có trường hợp nào của quy định ứng với địa bàn này.", "No case of the rule fits this place."
)
NO_CHILDREN_GATHERED = Text(
    "Chưa tổng hợp số liệu của các thôn, xóm trực thuộc.", "Figures of the places below were not gathered."
)
NO_RULING = Text("Chưa có ý kiến xác nhận của người có thẩm quyền.", "Nobody entitled has ruled yet.")
RULING_WITHOUT_EVIDENCE = Text(
    "Có ý kiến xác nhận nhưng thiếu minh chứng.", "There is a ruling but no evidence for it."
)
NOTHING_TO_COUNT = Text(
    "Không áp dụng: không có đối tượng nào để tính (mẫu số bằng 0).",
    "Not applicable: there is nothing to count (the denominator is 0).",
)


def excused(why: Text) -> Text:
    return Text(f"Không áp dụng: {why.vi}.", f"Not applicable: {why.en}.")


def may_be_excused(why: Text) -> Text:
    return Text(
        f"Số liệu chưa đạt, nhưng chưa biết có thuộc diện không áp dụng hay không ({why.vi}). Cần số liệu về việc này.",
        f"The figure falls short, but it is not known whether the indicator applies ({why.en}).",
    )


def no_figure(measure: Measure, part: Text) -> Text:
    """The measure has no figure yet; `part` is empty or a sex."""
    vi = f" ({part.vi})" if part.vi else ""
    en = f" ({part.en})" if part.en else ""
    return Text(f"Chưa có số liệu: {measure.name.vi}{vi}.", f"No figure yet: {measure.name.en}{en}.")


def only_later(measure: Measure, period: Text) -> Text:
    return Text(
        f"Chỉ có số liệu kỳ {period.vi}, sau ngày xét: {measure.name.vi}.",
        f"Only a figure of {period.en} is known, after the day judged: {measure.name.en}.",
    )


def not_split_by_sex(measure: Measure) -> Text:
    return Text(
        f"Mới có số chung, chưa tách nam và nữ: {measure.name.vi}.",
        f"Only the total is known, not men and women apart: {measure.name.en}.",
    )


def no_threshold(threshold: Threshold, place: PlaceFacts) -> Text:
    """Why no value could be found to compare with; `threshold` is where the search ended."""
    if isinstance(threshold, TimesMeasure):
        name = threshold.measure.name
        return Text(f"Chưa có số liệu để so sánh: {name.vi}.", f"No figure to compare with: {name.en}.")
    if isinstance(threshold, Lookup) and "region" in threshold.by and place.region is None:
        return Text(
            "Chưa biết địa bàn thuộc vùng nào nên chưa biết mức đạt.", "The region of the place is not known."
        )
    if isinstance(threshold, Lookup) and "region" in threshold.by:
        return Text(
            "Chưa biết xã thuộc loại nào (như đặc biệt khó khăn) nên chưa biết mức đạt.",
            "The classes of the commune are not known, and some take another region's threshold.",
        )
    if isinstance(threshold, Lookup) and threshold.by == "group" and place.group is None:
        return Text("Chưa biết xã thuộc nhóm nào nên chưa biết mức đạt.", "The commune's group is not known.")
    return Text(
        "Chưa biết mức đạt: chưa có văn bản xác nhận con số này.",
        "The threshold is not known: no document confirms it yet.",
    )


def no_children(level: Text) -> Text:
    return Text(f"Địa bàn không có {level.vi} trực thuộc.", f"There is no {level.en} below.")


def unsure_case(guard: Guard | None, facts: Facts, on: date) -> Text:
    """Why it is not known which case of the rule applies."""
    if guard and guard.compare and facts.find(guard.compare.measure.code, "", on) is None:
        name = guard.compare.measure.name
        return Text(
            f"Chưa có số liệu “{name.vi}” nên chưa biết áp dụng mức nào.",
            f"“{name.en}” is not known, so it is not known which case applies.",
        )
    return Text(
        "Chưa biết địa bàn thuộc diện nào (vùng, nhóm, loại xã) nên chưa biết áp dụng mức nào.",
        "The region, group or class of the place is not known, so it is not known which case applies.",
    )

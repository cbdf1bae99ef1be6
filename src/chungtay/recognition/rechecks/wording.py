"""What a form asks for and how it is measured, in words; never the value that was claimed."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.language import language
from chungtay.figures.claims import SYSTEM_OFFICE
from chungtay.people.roles import RoleCode
from rulebook import SEX_NAMES, Kind, Measure, Period, StatedGrade, decode_value, show_value
from rulebook.democracy import Ground
from rulebook.printing import STATED_WORDS
from rulebook.procedure import TRUST
from rulebook.wording import period_text

_HOW: Final = {
    Kind.COUNT: gettext_lazy("Đếm tận nơi từng cái, từng hộ hoặc từng người; không chép từ báo cáo."),
    Kind.NUMBER: gettext_lazy("Đo lại tận nơi bằng thước, bánh xe đo hoặc máy định vị; ghi cả phần lẻ."),
    Kind.MONEY: gettext_lazy("Xem sổ, chứng từ gốc hoặc hỏi trực tiếp hộ; cộng lại từ đầu."),
    Kind.PERCENT: gettext_lazy("Đếm lại cả hai số, phần đạt và toàn bộ, rồi ghi dạng a/b, ví dụ 137/143."),
    Kind.FLAG: gettext_lazy("Đến tận nơi xem có hay không."),
    Kind.GRADE: gettext_lazy("Xem quyết định, giấy chứng nhận gốc rồi ghi mức."),
}
HOW_VERDICT: Final = gettext_lazy(
    "Xem lại từng yêu cầu tại thực địa rồi tự kết luận đạt, cơ bản đạt hay chưa đạt."
)
HOW_EVIDENCE: Final = gettext_lazy(
    "Mang tệp đến tận nơi, xem có đúng là nơi này, việc này, thời gian này không."
)
YES_NO: Final = ("true", "false")


def how(measure: Measure) -> str:
    return str(_HOW[measure.kind])


def name_of(measure: Measure, part: str, told_in: str = "") -> str:
    """ "Số camera an ninh", with the sex where the measure is split."""
    tongue = told_in or language()
    name = measure.name.in_(tongue)
    return f"{name} ({SEX_NAMES[part].in_(tongue)})" if part else name


def value_words(kind: str, encoded: str, measure: Measure | None) -> str:
    """A claim or what was found as people read it; "" for nothing."""
    if not encoded:
        return ""
    if measure is not None and kind == "figure":
        return show_value(decode_value(encoded, measure), measure, language())
    if kind == "verdict":
        return STATED_WORDS[StatedGrade(encoded)].in_(language())
    return _("đúng") if encoded == "true" else _("không đúng")


def office_words(office: str) -> str:
    """The level of an office: "Cán bộ nông thôn mới cấp xã"."""
    if office == SYSTEM_OFFICE:
        return _("Hệ thống (nạp từ tài liệu)")
    return str(RoleCode(office).label) if office in RoleCode.values else office


def ground_words(ground: Ground) -> str:
    """The clause, with a word where nobody has seen it in a source."""
    trust = TRUST[ground.provenance].in_(language())
    return f"{ground.clause.in_(language())} ({trust})" if trust else ground.clause.in_(language())


def period_words(period: Period) -> str:
    """ "năm 2025"; "24/05/2023"."""
    return period_text(period).in_(language())

"""Formulas, amounts and how they are rounded, in words."""

from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.community.sharing.formulas import Formula, Kind
from viet.numbers import format_number

NAMES: Final = {
    Kind.HOUSEHOLD: gettext_lazy("Mỗi hộ như nhau"),
    Kind.PERSON: gettext_lazy("Theo nhân khẩu"),
    Kind.FRONTAGE: gettext_lazy("Theo mét mặt đường"),
    Kind.AREA: gettext_lazy("Theo diện tích"),
    Kind.BENEFIT: gettext_lazy("Theo mức hưởng lợi"),
    Kind.PERCENT: gettext_lazy("Theo phần trăm giá trị công trình"),
    Kind.CEMENT: gettext_lazy("Nhà nước cho xi măng, dân góp công"),
}
UNITS: Final = {
    Kind.HOUSEHOLD: gettext_lazy("hộ"),
    Kind.PERSON: gettext_lazy("người"),
    Kind.FRONTAGE: gettext_lazy("mét"),
    Kind.AREA: gettext_lazy("m²"),
    Kind.BENEFIT: gettext_lazy("điểm"),
}


def words_of(formula: Formula) -> str:
    """ "Mỗi hộ như nhau: 2.500.000 đồng mỗi hộ"."""
    name = str(NAMES[formula.kind])
    if formula.kind is Kind.PERCENT:
        told = {
            "name": name,
            "percent": format_number(Fraction(formula.percent_e2 or 0, 100)),
            "cost": format_number(formula.cost_dong or 0),
        }
        return _("%(name)s: %(percent)s%% của %(cost)s đồng, chia đều các hộ") % told
    if formula.kind is Kind.CEMENT:
        return _("%(name)s: %(days)s công, chia đều các hộ") % {
            "name": name,
            "days": amount_words(formula, formula.half_days or 0),
        }
    if formula.rate_dong is not None:
        told = {"name": name, "rate": format_number(formula.rate_dong), "unit": str(UNITS[formula.kind])}
        return _("%(name)s: %(rate)s đồng mỗi %(unit)s") % told
    told = {"name": name, "total": format_number(formula.total_dong or 0)}
    return _("%(name)s: tổng %(total)s đồng") % told


def amount_words(formula: Formula, amount: int) -> str:
    """A share as a number: đồng, or days of labour with their half."""
    return format_number(Fraction(amount, 2) if formula.is_labour else amount)


def unit_of(formula: Formula) -> str:
    return _("công") if formula.is_labour else _("đồng")


def rounding_words(formula: Formula) -> str:
    """How the shares were rounded; stands under every table."""
    if formula.is_labour:
        return _("Chia theo nửa công; phần lẻ cộng cho các hộ đứng trước, nên tổng đúng bằng số công cần có.")
    step = format_number(formula.step_dong)
    if formula.to_share is None:
        return _("Mỗi phần làm tròn đến %(step)s đồng; tổng là cộng các phần.") % {"step": step}
    return _(
        "Mỗi phần làm tròn xuống %(step)s đồng; phần còn lại cộng thêm từng %(step)s đồng cho phần lẻ lớn nhất, bằng "
        "nhau thì theo thứ tự mã hộ, nên tổng đúng bằng số cần huy động."
    ) % {"step": step}

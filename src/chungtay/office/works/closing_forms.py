"""What deeds of a work that is built ask for, and how they are done: acceptance, handing over, settling, upkeep."""

from typing import Any

from django.utils.translation import gettext as _

from chungtay.office.answers import Visit
from chungtay.office.forms import Field, Values
from chungtay.office.works.form_fields import day_field
from chungtay.registers.amenities import kinds
from chungtay.registers.amenities.kinds import KINDS
from chungtay.registers.amenities.policies import KEEP
from chungtay.works import actions, queries
from chungtay.works.queries import WorkView
from viet.numbers import format_number


def accept(visit: Visit, work: WorkView) -> list[Field]:
    grows = queries.grows(work.row.id, visit.today)
    grown = [
        Field(
            f"cong-{each.measure.code}",
            _("Cộng thêm vào “%(name)s”: %(before)s → %(after)s %(unit)s")
            % {
                "name": each.measure.name.in_(visit.language),
                "before": format_number(each.before),
                "after": format_number(each.after),
                "unit": each.measure.unit.in_(visit.language),
            },
            "checkbox",
            required=False,
        )
        for each in grows
    ]
    contract = work.row.contract_dong
    return [
        day_field(_("Ngày nghiệm thu"), visit),
        Field(
            "party", _("Thành phần"), hint=_("Ghi chức danh, đơn vị; ví dụ: UBND xã, Ban giám sát, tổ thợ")
        ),
        Field(
            "value",
            _("Giá trị nghiệm thu"),
            "money",
            unit=_("đồng"),
            value=format_number(contract) if contract else "",
        ),
        Field("document", _("Số biên bản"), required=False),
        *grown,
        *_as_asset(visit, work),
    ]


def _as_asset(visit: Visit, work: WorkView) -> list[Field]:
    """As what the work goes into the register of amenities, for a post that keeps it."""
    if visit.refusal(KEEP, work.row.place_id):
        return []
    choices = [("", _("không thêm")), *kinds.choices(code for code in KINDS if code != "address")]
    label = _("Thêm vào sổ hạ tầng, là")
    return [Field("asset_kind", label, "select", required=False, choices=choices)]


def run_accept(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    grow = [
        name.removeprefix("cong-") for name, ticked in values.items() if name.startswith("cong-") and ticked
    ]
    told = {key: values[key] for key in ("on", "party", "document")}
    kind = values.get("asset_kind", "")
    return actions.accept(**who, **told, value_dong=values["value"], grow=grow, asset_kind=kind)


def hand_over(visit: Visit, _work: WorkView) -> list[Field]:
    return [
        day_field(_("Ngày bàn giao"), visit),
        Field("party", _("Bên nhận"), hint=_("Thôn, trường, ban quản lý nào")),
        Field("document", _("Số biên bản"), required=False),
    ]


def settle(visit: Visit, work: WorkView) -> list[Field]:
    owed = work.row.debt.owed_dong
    return [
        day_field(_("Ngày quyết toán"), visit),
        Field(
            "value",
            _("Giá trị quyết toán"),
            "money",
            unit=_("đồng"),
            value=format_number(owed) if owed else "",
        ),
        Field("document", _("Văn bản quyết toán"), hint=_("Số, ngày; nơi đã niêm yết")),
    ]


def upkeep(visit: Visit, _work: WorkView) -> list[Field]:
    return [
        day_field(_("Từ ngày"), visit),
        Field("party", _("Ai bảo trì")),
        Field("words", _("Lấy từ quỹ nào")),
        Field("yearly", _("Mỗi năm khoảng"), "money", unit=_("đồng"), required=False),
    ]

"""Each deed on a work: one row of the table a deed, one page for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.office.answers import Visit
from chungtay.office.forms import Field, Values
from chungtay.office.works import building_forms, closing_forms, planning_forms
from chungtay.office.works.form_fields import Fields, Run, day_field
from chungtay.works import actions
from chungtay.works.queries import WorkView
from chungtay.works.states import Move, Writing


@dataclass(frozen=True)
class Deed:
    """slug: in the address. asks: the fields. run: what is done with them; its first argument is who and when."""

    slug: str
    deed: Move | Writing
    title: str | Promise
    button: str | Promise
    asks: Fields
    run: Run
    done: str | Promise


def _reason(label: str | Promise) -> Fields:
    def asks(visit: Visit, _work: WorkView) -> list[Field]:
        return [day_field(_("Ngày"), visit), Field("reason", str(label), "textarea")]

    return asks


def _plain(action: Callable[..., Any], **renamed: str) -> Run:
    """A deed whose arguments are its fields; renamed: argument → field where they differ."""

    def run(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
        taken = set(renamed.values())
        told = {name: value for name, value in values.items() if name not in taken}
        return action(**who, **told, **{argument: values[name] for argument, name in renamed.items()})

    return run


DEEDS: Final = {
    each.slug: each
    for each in (
        Deed(
            "quyet-dinh",
            Move.DECIDE,
            gettext_lazy("Quyết định của dân"),
            gettext_lazy("Ghi quyết định"),
            planning_forms.decide,
            planning_forms.run_decide,
            gettext_lazy("Đã ghi quyết định."),
        ),
        Deed(
            "nguon-von",
            Move.FUND,
            gettext_lazy("Nguồn vốn"),
            gettext_lazy("Xếp nguồn vốn"),
            planning_forms.fund,
            planning_forms.run_fund,
            gettext_lazy("Đã xếp nguồn vốn."),
        ),
        Deed(
            "hop-dong",
            Move.CONTRACT,
            gettext_lazy("Hợp đồng"),
            gettext_lazy("Ghi hợp đồng"),
            planning_forms.contract,
            planning_forms.run_contract,
            gettext_lazy("Đã ghi hợp đồng."),
        ),
        Deed(
            "khoi-cong",
            Move.START,
            gettext_lazy("Khởi công"),
            gettext_lazy("Khởi công"),
            building_forms.start,
            _plain(actions.start),
            gettext_lazy("Đã khởi công."),
        ),
        Deed(
            "nhat-ky",
            Writing.DIARY,
            gettext_lazy("Nhật ký"),
            gettext_lazy("Ghi nhật ký"),
            building_forms.diary,
            building_forms.run_diary,
            gettext_lazy("Đã ghi nhật ký."),
        ),
        Deed(
            "giam-sat",
            Writing.NOTE,
            gettext_lazy("Giám sát"),
            gettext_lazy("Ghi ý kiến giám sát"),
            building_forms.note,
            _plain(actions.note),
            gettext_lazy("Đã ghi ý kiến giám sát."),
        ),
        Deed(
            "tien-do",
            Writing.PROGRESS,
            gettext_lazy("Tiến độ được kể"),
            gettext_lazy("Ghi tiến độ được kể"),
            building_forms.progress,
            _plain(actions.tell_progress),
            gettext_lazy("Đã ghi tiến độ được kể."),
        ),
        Deed(
            "thanh-toan",
            Writing.PAYMENT,
            gettext_lazy("Thanh toán"),
            gettext_lazy("Ghi thanh toán"),
            building_forms.pay,
            building_forms.run_pay,
            gettext_lazy("Đã ghi thanh toán."),
        ),
        Deed(
            "nghiem-thu",
            Move.ACCEPT,
            gettext_lazy("Nghiệm thu"),
            gettext_lazy("Nghiệm thu"),
            closing_forms.accept,
            closing_forms.run_accept,
            gettext_lazy("Đã nghiệm thu; số liệu đã vào sổ của địa bàn."),
        ),
        Deed(
            "ban-giao",
            Move.HAND_OVER,
            gettext_lazy("Bàn giao"),
            gettext_lazy("Bàn giao"),
            closing_forms.hand_over,
            _plain(actions.hand_over),
            gettext_lazy("Đã bàn giao."),
        ),
        Deed(
            "quyet-toan",
            Move.SETTLE,
            gettext_lazy("Quyết toán"),
            gettext_lazy("Quyết toán"),
            closing_forms.settle,
            _plain(actions.settle, value_dong="value"),
            gettext_lazy("Đã quyết toán."),
        ),
        Deed(
            "bao-tri",
            Move.UPKEEP,
            gettext_lazy("Bảo trì"),
            gettext_lazy("Giao bảo trì"),
            closing_forms.upkeep,
            _plain(actions.set_upkeep, yearly_dong="yearly"),
            gettext_lazy("Đã giao bảo trì."),
        ),
        Deed(
            "tam-dung",
            Move.STOP,
            gettext_lazy("Tạm dừng"),
            gettext_lazy("Tạm dừng"),
            _reason(gettext_lazy("Vì sao dừng")),
            _plain(actions.stop),
            gettext_lazy("Đã tạm dừng."),
        ),
        Deed(
            "lam-tiep",
            Move.RESUME,
            gettext_lazy("Làm tiếp"),
            gettext_lazy("Làm tiếp"),
            _reason(gettext_lazy("Ghi thêm")),
            _plain(actions.resume),
            gettext_lazy("Công trình làm tiếp."),
        ),
        Deed(
            "thoi-lam",
            Move.CANCEL,
            gettext_lazy("Thôi không làm"),
            gettext_lazy("Thôi không làm"),
            _reason(gettext_lazy("Vì sao thôi")),
            _plain(actions.cancel),
            gettext_lazy("Đã ghi là không làm nữa."),
        ),
    )
}
SLUG_OF: Final[dict[str, str]] = {
    **{each.deed.value: each.slug for each in DEEDS.values()},
    Move.FILE.value: "ho-so",
}

"""What deeds of a work being built ask for, and how they are done: diary, supervision, progress, payments."""

from typing import Any

from django.utils.translation import gettext as _

from chungtay.ledger.sources import UNSPLIT, Source
from chungtay.office.answers import Visit
from chungtay.office.forms import Field, Values
from chungtay.office.works.form_fields import day_field
from chungtay.works import actions
from chungtay.works.queries import WorkView
from viet.numbers import format_number


def start(visit: Visit, _work: WorkView) -> list[Field]:
    return [day_field(_("Ngày khởi công"), visit), Field("document", _("Văn bản"), required=False)]


def diary(visit: Visit, work: WorkView) -> list[Field]:
    lines = [
        Field(
            f"kl-{line.item}",
            f"{line.item}. {line.name}",
            "number",
            unit=line.unit,
            required=False,
            previous=_("%(done)s/%(all)s %(unit)s")
            % {
                "done": format_number(line.done),
                "all": format_number(line.quantity),
                "unit": line.unit,
            },
        )
        for line in work.lines
    ]
    last = next((day.crew for day in work.diary if not day.struck), "")
    return [
        day_field(_("Ngày làm"), visit),
        Field("crew", _("Tổ làm"), hint=_("Tên tổ, nhóm; tên từng người ghi ở bảng công"), value=last),
        Field("people", _("Số người làm"), "money", unit=_("người")),
        *lines,
        Field("words", _("Ghi thêm"), "textarea", required=False),
    ]


def run_diary(who: dict[str, Any], work: WorkView, values: Values) -> Any:
    done = {line.item: values[f"kl-{line.item}"] for line in work.lines}
    told = {key: values[key] for key in ("on", "crew", "people", "words")}
    return actions.write_diary(
        **who, **told, done={item: each for item, each in done.items() if each is not None}
    )


def note(visit: Visit, _work: WorkView) -> list[Field]:
    return [
        day_field(_("Ngày giám sát"), visit),
        Field("words", _("Đã thấy gì"), "textarea"),
        Field(
            "to_whom",
            _("Kiến nghị với ai"),
            required=False,
            hint=_("Cần trả lời hoặc sửa lại thì ghi ai; ví dụ: chủ đầu tư. Để trống là ghi nhận"),
        ),
    ]


def progress(visit: Visit, _work: WorkView) -> list[Field]:
    hint = _("Tiến độ đo được tính từ nhật ký; ở đây chỉ ghi điều giấy tờ hoặc người ta nói")
    return [
        day_field(_("Ngày được kể"), visit),
        Field("percent", _("Tiến độ được kể"), "number", unit="%", hint=hint),
        Field("source", _("Nguồn")),
    ]


def pay(visit: Visit, work: WorkView) -> list[Field]:
    left = (work.row.contract_dong or 0) - work.row.debt.paid_dong
    hint = _("Hợp đồng còn %(left)s đồng chưa thanh toán") % {"left": format_number(left)}
    return [
        day_field(_("Ngày thanh toán"), visit),
        Field("amount", _("Số tiền"), "money", unit=_("đồng"), hint=hint),
        Field(
            "source",
            _("Tiền từ đâu"),
            "select",
            choices=_payable(visit, work),
            hint=visit.refusal("ledger.allot", work.row.place_id),
        ),
        Field("document", _("Chứng từ"), hint=_("Số uỷ nhiệm chi, phiếu chi")),
        Field("year", _("Vốn của năm"), "money", required=False, hint=_("Để trống là năm thanh toán")),
        Field("over_reason", _("Lý do chi vượt vốn cam kết"), required=False, hint=_("Chỉ ghi khi vượt")),
    ]


def _payable(visit: Visit, work: WorkView) -> list[tuple[str, str]]:
    """Whose money may pay, by what this post may write in the ledger: State money and the like, and gifts held."""
    left = {row.source: row.committed_dong - row.disbursed_dong for row in work.sources}
    choices = []
    if not visit.refusal("ledger.allot", work.row.place_id):
        committed = [source for source in Source if source not in (*UNSPLIT, Source.PEOPLE, Source.NATIVES)]
        words = _("%(source)s, còn %(left)s đồng chưa giải ngân")
        choices = [
            (
                source.value,
                words % {"source": source.label, "left": format_number(left[source])}
                if left.get(source)
                else str(source.label),
            )
            for source in sorted(committed, key=lambda each: -left.get(each, 0))
        ]
    if not visit.refusal("ledger.receive", work.row.place_id):
        choices += [
            (f"{Source.PEOPLE}:cash", _("Tiền đóng góp, từ quỹ tiền mặt")),
            (f"{Source.PEOPLE}:account", _("Tiền đóng góp, từ tài khoản")),
        ]
    return choices


def run_pay(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    source, _colon, held_in = values["source"].partition(":")
    told = {key: values[key] for key in ("on", "document", "year", "over_reason")}
    return actions.pay(**who, **told, amount_dong=values["amount"], source=source, held_in=held_in)

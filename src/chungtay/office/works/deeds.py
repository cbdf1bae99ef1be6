"""What each deed on a work asks for, and how it is done: one row of the table a deed, one page for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.community.meetings import queries as community
from chungtay.ledger.sources import UNSPLIT, Source
from chungtay.office.answers import Visit
from chungtay.office.forms import Field, Values
from chungtay.registers.amenities import kinds
from chungtay.registers.amenities.kinds import KINDS
from chungtay.registers.amenities.policies import KEEP
from chungtay.works import actions, queries
from chungtay.works.queries import WorkView
from chungtay.works.states import Move, Writing
from viet.dates import format_day
from viet.numbers import format_number

Fields = Callable[[Visit, WorkView], list[Field]]
Run = Callable[[dict[str, Any], WorkView, Values], Any]


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


def _day(label: str, visit: Visit, **more: Any) -> Field:
    return Field("on", label, "day", value=format_day(visit.today), **more)


def _words(name: str, label: str, **more: Any) -> Field:
    return Field(name, label, **more)


def _decide(_visit: Visit, work: WorkView) -> list[Field]:
    made = [each for each in community.decisions_of(work.row.place_id) if each.passed is not False]
    choices = [("", _("không có trong sổ, ghi theo biên bản dưới đây"))]
    choices += [
        (str(each.id), f"{format_day(each.decided_on)}: {each.subject}")
        for each in made
        if not each.replaced_by
    ]
    return [
        Field("decision", _("Quyết định của cuộc họp"), "select", required=False, choices=choices),
        Field("on", _("Ngày họp quyết"), "day", required=False),
        _words(
            "document", _("Biên bản, nghị quyết"), required=False, hint=_("Số và ngày của biên bản họp thôn")
        ),
        Field("words", _("Dân quyết thế nào"), "textarea", required=False),
    ]


def _run_decide(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    chosen = values.pop("decision")
    return actions.decide(**who, **values, decision_id=int(chosen) if chosen.isdecimal() else None)


def _fund(visit: Visit, work: WorkView) -> list[Field]:
    planned = {row.source: row.planned_dong for row in work.sources}
    return [
        _day(_("Ngày xếp vốn"), visit),
        _words("document", _("Văn bản"), required=False),
        *(
            Field(
                source.value,
                str(source.label),
                "money",
                unit=_("đồng"),
                required=False,
                value=format_number(planned[source]) if planned.get(source) else "",
            )
            for source in _plannable(work)
        ),
    ]


def _plannable(work: WorkView) -> list[Source]:
    """The sources a plan may name, and those this one names already from papers that split them no further."""
    planned = {row.source for row in work.sources if row.planned_dong}
    return [source for source in Source if source not in UNSPLIT or source.value in planned]


def _run_fund(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    sources = {source.value: values[source] for source in Source if values.get(source) is not None}
    return actions.fund(**who, on=values["on"], document=values["document"], sources=sources)


def _contract(visit: Visit, work: WorkView) -> list[Field]:
    known = work.contract
    planned = sum(row.planned_dong for row in work.sources)
    return [
        _day(_("Ngày ký"), visit),
        _words("number", _("Số hợp đồng"), required=False),
        Field("builder_kind", _("Ai làm"), "select", choices=queries.builders()),
        _words(
            "builder",
            _("Bên nhận làm"),
            hint=_("Tên doanh nghiệp, hợp tác xã, tổ thợ; không ghi tên người"),
            value=known.builder if known else "",
        ),
        Field(
            "value",
            _("Giá trị hợp đồng"),
            "money",
            unit=_("đồng"),
            hint=_("Vốn đã xếp: %(planned)s đồng") % {"planned": format_number(planned)},
        ),
        Field("start", _("Dự kiến khởi công"), "day", required=False),
        Field("end", _("Dự kiến xong"), "day", required=False),
    ]


def _run_contract(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    told = {key: values[key] for key in ("on", "number", "builder", "builder_kind", "start", "end")}
    return actions.contract(**who, **told, value_dong=values["value"])


def _start(visit: Visit, _work: WorkView) -> list[Field]:
    return [_day(_("Ngày khởi công"), visit), _words("document", _("Văn bản"), required=False)]


def _diary(visit: Visit, work: WorkView) -> list[Field]:
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
        _day(_("Ngày làm"), visit),
        _words("crew", _("Tổ làm"), hint=_("Tên tổ, nhóm; tên từng người ghi ở bảng công"), value=last),
        Field("people", _("Số người làm"), "money", unit=_("người")),
        *lines,
        Field("words", _("Ghi thêm"), "textarea", required=False),
    ]


def _run_diary(who: dict[str, Any], work: WorkView, values: Values) -> Any:
    done = {line.item: values[f"kl-{line.item}"] for line in work.lines}
    told = {key: values[key] for key in ("on", "crew", "people", "words")}
    return actions.write_diary(
        **who, **told, done={item: each for item, each in done.items() if each is not None}
    )


def _note(visit: Visit, _work: WorkView) -> list[Field]:
    return [
        _day(_("Ngày giám sát"), visit),
        Field("words", _("Đã thấy gì"), "textarea"),
        _words(
            "to_whom",
            _("Kiến nghị với ai"),
            required=False,
            hint=_("Cần trả lời hoặc sửa lại thì ghi ai; ví dụ: chủ đầu tư. Để trống là ghi nhận"),
        ),
    ]


def _progress(visit: Visit, _work: WorkView) -> list[Field]:
    hint = _("Tiến độ đo được tính từ nhật ký; ở đây chỉ ghi điều giấy tờ hoặc người ta nói")
    return [
        _day(_("Ngày được kể"), visit),
        Field("percent", _("Tiến độ được kể"), "number", unit="%", hint=hint),
        _words("source", _("Nguồn")),
    ]


def _pay(visit: Visit, work: WorkView) -> list[Field]:
    left = (work.row.contract_dong or 0) - work.row.debt.paid_dong
    hint = _("Hợp đồng còn %(left)s đồng chưa thanh toán") % {"left": format_number(left)}
    return [
        _day(_("Ngày thanh toán"), visit),
        Field("amount", _("Số tiền"), "money", unit=_("đồng"), hint=hint),
        Field(
            "source",
            _("Tiền từ đâu"),
            "select",
            choices=_payable(visit, work),
            hint=visit.refusal("ledger.allot", work.row.place_id),
        ),
        _words("document", _("Chứng từ"), hint=_("Số uỷ nhiệm chi, phiếu chi")),
        Field("year", _("Vốn của năm"), "money", required=False, hint=_("Để trống là năm thanh toán")),
        _words("over_reason", _("Lý do chi vượt vốn cam kết"), required=False, hint=_("Chỉ ghi khi vượt")),
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


def _run_pay(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    source, _colon, held_in = values["source"].partition(":")
    told = {key: values[key] for key in ("on", "document", "year", "over_reason")}
    return actions.pay(**who, **told, amount_dong=values["amount"], source=source, held_in=held_in)


def _accept(visit: Visit, work: WorkView) -> list[Field]:
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
        _day(_("Ngày nghiệm thu"), visit),
        _words(
            "party", _("Thành phần"), hint=_("Ghi chức danh, đơn vị; ví dụ: UBND xã, Ban giám sát, tổ thợ")
        ),
        Field(
            "value",
            _("Giá trị nghiệm thu"),
            "money",
            unit=_("đồng"),
            value=format_number(contract) if contract else "",
        ),
        _words("document", _("Số biên bản"), required=False),
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


def _run_accept(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    grow = [
        name.removeprefix("cong-") for name, ticked in values.items() if name.startswith("cong-") and ticked
    ]
    told = {key: values[key] for key in ("on", "party", "document")}
    kind = values.get("asset_kind", "")
    return actions.accept(**who, **told, value_dong=values["value"], grow=grow, asset_kind=kind)


def _hand_over(visit: Visit, _work: WorkView) -> list[Field]:
    return [
        _day(_("Ngày bàn giao"), visit),
        _words("party", _("Bên nhận"), hint=_("Thôn, trường, ban quản lý nào")),
        _words("document", _("Số biên bản"), required=False),
    ]


def _settle(visit: Visit, work: WorkView) -> list[Field]:
    owed = work.row.debt.owed_dong
    return [
        _day(_("Ngày quyết toán"), visit),
        Field(
            "value",
            _("Giá trị quyết toán"),
            "money",
            unit=_("đồng"),
            value=format_number(owed) if owed else "",
        ),
        _words("document", _("Văn bản quyết toán"), hint=_("Số, ngày; nơi đã niêm yết")),
    ]


def _upkeep(visit: Visit, _work: WorkView) -> list[Field]:
    return [
        _day(_("Từ ngày"), visit),
        _words("party", _("Ai bảo trì")),
        _words("words", _("Lấy từ quỹ nào")),
        Field("yearly", _("Mỗi năm khoảng"), "money", unit=_("đồng"), required=False),
    ]


def _reason(label: str | Promise) -> Fields:
    def asks(visit: Visit, _work: WorkView) -> list[Field]:
        return [_day(_("Ngày"), visit), Field("reason", str(label), "textarea")]

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
            _decide,
            _run_decide,
            gettext_lazy("Đã ghi quyết định."),
        ),
        Deed(
            "nguon-von",
            Move.FUND,
            gettext_lazy("Nguồn vốn"),
            gettext_lazy("Xếp nguồn vốn"),
            _fund,
            _run_fund,
            gettext_lazy("Đã xếp nguồn vốn."),
        ),
        Deed(
            "hop-dong",
            Move.CONTRACT,
            gettext_lazy("Hợp đồng"),
            gettext_lazy("Ghi hợp đồng"),
            _contract,
            _run_contract,
            gettext_lazy("Đã ghi hợp đồng."),
        ),
        Deed(
            "khoi-cong",
            Move.START,
            gettext_lazy("Khởi công"),
            gettext_lazy("Khởi công"),
            _start,
            _plain(actions.start),
            gettext_lazy("Đã khởi công."),
        ),
        Deed(
            "nhat-ky",
            Writing.DIARY,
            gettext_lazy("Nhật ký"),
            gettext_lazy("Ghi nhật ký"),
            _diary,
            _run_diary,
            gettext_lazy("Đã ghi nhật ký."),
        ),
        Deed(
            "giam-sat",
            Writing.NOTE,
            gettext_lazy("Giám sát"),
            gettext_lazy("Ghi ý kiến giám sát"),
            _note,
            _plain(actions.note),
            gettext_lazy("Đã ghi ý kiến giám sát."),
        ),
        Deed(
            "tien-do",
            Writing.PROGRESS,
            gettext_lazy("Tiến độ được kể"),
            gettext_lazy("Ghi tiến độ được kể"),
            _progress,
            _plain(actions.tell_progress),
            gettext_lazy("Đã ghi tiến độ được kể."),
        ),
        Deed(
            "thanh-toan",
            Writing.PAYMENT,
            gettext_lazy("Thanh toán"),
            gettext_lazy("Ghi thanh toán"),
            _pay,
            _run_pay,
            gettext_lazy("Đã ghi thanh toán."),
        ),
        Deed(
            "nghiem-thu",
            Move.ACCEPT,
            gettext_lazy("Nghiệm thu"),
            gettext_lazy("Nghiệm thu"),
            _accept,
            _run_accept,
            gettext_lazy("Đã nghiệm thu; số liệu đã vào sổ của địa bàn."),
        ),
        Deed(
            "ban-giao",
            Move.HAND_OVER,
            gettext_lazy("Bàn giao"),
            gettext_lazy("Bàn giao"),
            _hand_over,
            _plain(actions.hand_over),
            gettext_lazy("Đã bàn giao."),
        ),
        Deed(
            "quyet-toan",
            Move.SETTLE,
            gettext_lazy("Quyết toán"),
            gettext_lazy("Quyết toán"),
            _settle,
            _plain(actions.settle, value_dong="value"),
            gettext_lazy("Đã quyết toán."),
        ),
        Deed(
            "bao-tri",
            Move.UPKEEP,
            gettext_lazy("Bảo trì"),
            gettext_lazy("Giao bảo trì"),
            _upkeep,
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

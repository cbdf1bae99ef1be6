"""Works that were there before this site, by sheet: a work a row, with what is still owed for it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.columns import MOST_DONG, Column, Kind, Records, Row, Sheet
from chungtay.core.sheets.marks import MARK, SOURCE
from chungtay.works import rules
from chungtay.works.entering import ENTERED_IN, enter_on_record
from chungtay.works.models import BuilderKind, Contract, Due, DueKind, Payment, Step, Work
from chungtay.works.states import Move
from rulebook import Mark


def sheet(_today: date) -> Sheet:
    kinds = tuple((code, kind.name.in_(language())) for code, kind in rules.law().kinds.items())
    return Sheet(
        title=_("Công trình đã có và nợ đọng"),
        key=("place", "number"),
        columns=(
            Column(
                "place",
                _("Địa bàn"),
                _("Nơi có công trình: chọn trong danh sách, hoặc ghi tên."),
                Kind.PLACE,
                required=True,
                example=_("xóm Khe Cốc"),
                width=30,
            ),
            Column(
                "number",
                _("Số hiệu"),
                _("Số hiệu của công trình trong giấy tờ; mỗi nơi một số hiệu chỉ dùng một lần."),
                required=True,
                most=40,
                example="CT-01/2023",
                width=16,
            ),
            Column(
                "name",
                _("Tên công trình"),
                _("Tên như trong hợp đồng."),
                required=True,
                example=_("Đường trục xóm"),
                width=36,
            ),
            Column(
                "kind",
                _("Loại công trình"),
                _("Chọn trong danh sách."),
                Kind.CHOICE,
                required=True,
                choices=kinds,
                example=kinds[0][1],
            ),
            Column(
                "state",
                _("Đang ở bước"),
                _("Công trình đã đến bước nào vào ngày của giấy tờ."),
                Kind.CHOICE,
                required=True,
                choices=tuple((state.value, state.label) for state in ENTERED_IN),
                example=ENTERED_IN[-1].label,
            ),
            Column(
                "on",
                _("Ngày của giấy tờ"),
                _("Các số tiền dưới đây đúng vào ngày này; tuổi của khoản nợ tính từ đây."),
                Kind.DATE,
                required=True,
                example="31/12/2025",
                width=14,
            ),
            Column(
                "year",
                _("Năm khởi đầu"),
                _("Năm của công trình, bốn chữ số. Để trống là năm của giấy tờ."),
                Kind.NUMBER,
                least=1900,
                most=2200,
                example="2023",
                width=12,
            ),
            _dong(
                "contract",
                _("Giá trị hợp đồng (đồng)"),
                _("Số đồng, không kèm chữ. Giấy tờ không nêu hợp đồng thì để trống, cả ba cột sau cũng vậy."),
                "850000000",
            ),
            _dong(
                "accepted",
                _("Đã nghiệm thu (đồng)"),
                _("Giá trị khối lượng đã nghiệm thu. Chưa nghiệm thu thì để trống."),
                "850000000",
            ),
            _dong(
                "paid",
                _("Đã thanh toán (đồng)"),
                _("Số đã trả cho bên làm. Nợ là phần đã nghiệm thu mà chưa trả. Chưa trả thì để trống."),
                "600000000",
            ),
            Column(
                "builder",
                _("Bên nhận làm"),
                _("Tên đơn vị, tổ thợ; không ghi tên riêng của người."),
                example="",
            ),
            Column(
                "builder_kind",
                _("Là loại nào"),
                _("Để trống là doanh nghiệp."),
                Kind.CHOICE,
                choices=tuple((kind.value, kind.label) for kind in BuilderKind),
                default=BuilderKind.COMPANY.value,
                example=BuilderKind.COMPANY.label,
            ),
            SOURCE,
            MARK,
        ),
    )


def _dong(key: str, heading: Any, note: Any, example: str) -> Column:
    return Column(
        key,
        heading,
        note,
        Kind.MONEY,
        most=MOST_DONG,
        default=None if key == "contract" else 0,
        example=example,
    )


def found(row: Row) -> Mapping[str, Any] | None:
    works = Work.objects.filter(place_id=row["place"], number=row["number"].strip())
    told = next(_entered(works), None)
    if told is not None and row["year"] is None:
        told.pop("year")  # nobody says another
    return told


def enter(row: Row, *, by: Actor, at: datetime, uid: UUID) -> None:
    if row["contract"] is None and row["builder"]:
        sentence = gettext("Bên nhận làm đi cùng hợp đồng. Hãy ghi giá trị hợp đồng, hoặc để trống cả hai.")
        raise Refusal(Fault(sentence, "builder"))
    enter_on_record(
        by=by,
        at=at,
        uid=uid,
        place_id=row["place"],
        number=row["number"],
        name=row["name"],
        kind=row["kind"],
        state=row["state"],
        on=row["on"],
        year=row["year"],
        contract_dong=row["contract"],
        accepted_dong=row["accepted"],
        paid_dong=row["paid"],
        builder=row["builder"] or "",
        builder_kind=row["builder_kind"],
        source=row["source"],
        mark=Mark(row["mark"]),
    )


def known(place_ids: Iterable[int], _today: date) -> Iterator[Mapping[str, Any]]:
    return _entered(Work.objects.filter(place_id__in=place_ids, is_on_record=True))


def _entered(works: QuerySet[Work]) -> Iterator[dict[str, Any]]:
    """Works as they were entered: what moved since is not of the first day. One proposed here bears its name only."""
    rows = {work.pk: work for work in works.order_by("place", "number")}
    steps = {step.work_id: step for step in Step.objects.filter(work__in=rows, move=Move.ENTER)}
    first = {each.work_id: each for each in Contract.objects.filter(work__in=rows).order_by("-pk")}
    due = dict(Due.objects.filter(work__in=rows, kind=DueKind.OPENING).values_list("work_id", "amount_dong"))
    payments = Payment.objects.filter(work__in=rows, at=F("work__at"))  # written by the same deed
    paid = dict(payments.values_list("work_id", "amount_dong"))
    for pk, work in rows.items():
        told = {"place": work.place_id, "number": work.number, "name": work.name, "kind": work.kind}
        told |= {"year": work.year, "source": work.source, "mark": work.mark}
        if work.is_on_record:
            step, contract = steps[pk], first.get(pk)
            told |= {"state": step.state, "on": step.on, "contract": contract and contract.value_dong}
            told["builder"] = contract.builder if contract else ""
            told["builder_kind"] = contract.builder_kind if contract else BuilderKind.COMPANY.value
            told |= {"accepted": due.get(pk, 0), "paid": paid.get(pk, 0)}
        yield told


def count(place_ids: Iterable[int]) -> int:
    return Work.objects.filter(place_id__in=place_ids, is_on_record=True).count()


WORKS: Final = Records(
    code="cong-trinh",
    name=_("Công trình đã có và nợ đọng"),
    about=_(
        "Công trình đã ký hợp đồng hoặc đã xong trước khi dùng phần mềm, đã trả bao nhiêu, còn phải trả bên "
        "làm bao nhiêu."
    ),
    permission="works.enter_on_record",
    sheet=sheet,
    found=found,
    enter=enter,
    known=known,
    count=count,
)

"""The list of households by sheet: a household a row. What few may read comes by a sheet of its own."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chungtay.community.households import actions, policies
from chungtay.community.households.models import Household, Restricted, Stay
from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.columns import Column, Kind, Records, Row, Sheet
from chungtay.core.sheets.marks import MARK, SOURCE
from rulebook import Mark

_PLACE: Final = Column(
    "place",
    _("Thôn, xóm"),
    _("Nơi hộ đang ở: chọn trong danh sách, hoặc ghi tên."),
    Kind.PLACE,
    required=True,
    example=_("xóm Khe Cốc"),
    width=30,
)
_CODE: Final = Column(
    "code",
    _("Mã hộ"),
    _("Mỗi hộ một mã trong thôn, ví dụ H001. Gồm chữ, số, dấu gạch; không có khoảng trống."),
    required=True,
    most=20,
    example="H001",
    width=12,
)


def sheet(_today: date) -> Sheet:
    return Sheet(
        title=_("Sổ hộ gia đình"),
        key=("place", "code"),
        columns=(
            _PLACE,
            _CODE,
            Column(
                "representative",
                _("Người đại diện"),
                _("Họ tên người thay mặt hộ đi họp, biểu quyết. Được mã hóa khi lưu."),
                required=True,
                most=100,
                example=_("Họ và tên"),
                width=28,
            ),
            Column(
                "head_count",
                _("Số nhân khẩu"),
                _("Số người của hộ. Chưa biết thì để trống, đừng ghi 0."),
                Kind.NUMBER,
                least=1,
                most=policies.LARGEST,
                example="4",
                width=12,
            ),
            Column(
                "address", _("Địa chỉ"), _("Số nhà, ngõ. Được mã hóa khi lưu."), example=_("ngõ 2"), width=30
            ),
            Column(
                "digital_address",
                _("Địa chỉ số"),
                _("Mã địa chỉ số của nhà, nếu có."),
                most=60,
                example="",
            ),
            Column(
                "valid_from",
                _("Ở đây từ ngày"),
                _("Ngày/tháng/năm hộ vào sổ của nơi này. Không nhớ thì để trống."),
                Kind.DATE,
                example="01/01/2020",
                width=14,
            ),
            SOURCE,
            MARK,
        ),
    )


def found(row: Row) -> Mapping[str, Any] | None:
    stay = _stay(row)
    return None if stay is None else _told(stay)


def enter(row: Row, *, by: Actor, at: datetime, uid: UUID) -> None:
    actions.enter(
        by=by,
        at=at,
        uid=uid,
        place_id=row["place"],
        code=row["code"],
        representative=row["representative"],
        head_count=row["head_count"],
        address=row["address"] or "",
        digital_address=row["digital_address"] or "",
        valid_from=row["valid_from"],
        source=row["source"],
        mark=Mark(row["mark"]),
    )


def known(place_ids: Iterable[int], _today: date) -> Iterator[Mapping[str, Any]]:
    for stay in _stays(place_ids):
        yield {"place": stay.place_id, "code": stay.code} | _told(stay)


def count(place_ids: Iterable[int]) -> int:
    return Stay.objects.filter(place_id__in=place_ids, valid_to=None).count()


def _stay(row: Row) -> Stay | None:
    stays = Stay.objects.filter(place_id=row["place"], code=row["code"], valid_to=None)
    return stays.select_related("household").first()


def _stays(place_ids: Iterable[int]) -> Iterable[Stay]:
    """Those that stand there now; an erased household is not given out again."""
    stays = Stay.objects.filter(place_id__in=place_ids, valid_to=None, household__erased_at=None)
    return stays.select_related("household").order_by("place", "code")


def _told(stay: Stay) -> dict[str, Any]:
    row: Household = stay.household
    return {
        "representative": row.representative,
        "head_count": row.head_count,
        "address": row.address,
        "digital_address": row.digital_address,
        "valid_from": stay.valid_from,
        "source": row.source,
        "mark": row.mark,
    }


HOUSEHOLDS: Final = Records(
    code="ho-gia-dinh",
    name=_("Sổ hộ gia đình"),
    about=_("Hộ của từng thôn, xóm: mã, người đại diện, số nhân khẩu. Tên và địa chỉ được mã hóa."),
    permission=policies.KEEP,
    sheet=sheet,
    found=found,
    enter=enter,
    known=known,
    count=count,
    sealed=True,
)


# ── What few may read ─────────────────────────────────────────────────────────

_RESTRICTED: Final = ("poverty", "ethnicity", "disability", "exemption")


def restricted_sheet(_today: date) -> Sheet:
    return Sheet(
        title=_("Thông tin riêng của hộ"),
        key=("place", "code"),
        columns=(
            _PLACE,
            _CODE,
            Column(
                "poverty",
                _("Diện hộ nghèo"),
                _("Theo quyết định công nhận của năm. Chưa biết thì để trống."),
                Kind.CHOICE,
                choices=(("none", _("không")), ("poor", _("hộ nghèo")), ("near_poor", _("hộ cận nghèo"))),
                example=_("không"),
                width=16,
            ),
            Column("ethnicity", _("Dân tộc"), _("Chỉ ghi khi cần cho chính sách."), most=60, example=""),
            Column("disability", _("Khuyết tật"), _("Chỉ ghi khi cần cho chính sách."), example=""),
            Column(
                "exemption",
                _("Lý do miễn đóng góp"),
                _("Hộ có lý do ở đây thì không bị tính vào mức góp; lý do không hiện ở đâu khác."),
                example="",
                width=30,
            ),
        ),
    )


def found_restricted(row: Row) -> Mapping[str, Any] | None:
    """Where nothing is said of a household, there is nothing to enter."""
    stay = _stay(row)
    known = Restricted.objects.filter(pk=stay.household_id).first() if stay else None
    if known is None:
        return {} if stay and not any(row[name] for name in _RESTRICTED) else None
    return {name: getattr(known, name) for name in _RESTRICTED}


def enter_restricted(row: Row, *, by: Actor, at: datetime, uid: UUID) -> None:
    stay = _stay(row)
    if stay is None:
        sentence = gettext("Chưa có hộ %(code)s ở nơi này. Hãy nhập sổ hộ gia đình trước.")
        raise Refusal(Fault(sentence % {"code": row["code"]}, "code"))
    told = {name: row[name] or "" for name in _RESTRICTED}
    actions.set_restricted(by=by, at=at, household_id=stay.household_id, **told)


def known_restricted(place_ids: Iterable[int], _today: date) -> Iterator[Mapping[str, Any]]:
    stays = {stay.household_id: stay for stay in _stays(place_ids)}
    told = {row.pk: row for row in Restricted.objects.filter(pk__in=stays)}
    for household_id, stay in stays.items():
        row = told.get(household_id)
        values = {name: getattr(row, name) for name in _RESTRICTED} if row else {}
        yield {"place": stay.place_id, "code": stay.code} | values


def count_restricted(place_ids: Iterable[int]) -> int:
    stays = Stay.objects.filter(place_id__in=place_ids, valid_to=None)
    return stays.filter(household__restricted__isnull=False).count()


RESTRICTED_ATTRIBUTES: Final = Records(
    code="thong-tin-rieng",
    name=_("Thông tin riêng của hộ"),
    about=_("Diện hộ nghèo, dân tộc, khuyết tật, lý do miễn. Ít chức danh được đọc; nhập sau sổ hộ."),
    permission=policies.RESTRICTED,
    sheet=restricted_sheet,
    found=found_restricted,
    enter=enter_restricted,
    known=known_restricted,
    count=count_restricted,
    sealed=True,
)

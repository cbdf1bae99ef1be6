"""Titles by sheet: what a place was recognised as before the system, a title a row."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.sheets.columns import Column, Kind, Records, Row, Sheet
from chungtay.core.sheets.marks import MARK, SOURCE
from chungtay.recognition.models import Title
from chungtay.recognition.titles import queries
from chungtay.recognition.titles.actions import enter_on_record
from chungtay.standards import queries as standards
from rulebook import Mark

_TOLD: Final = ("decided_by", "decision_number", "decided_on", "ceremony_on", "source", "mark")


def sheet(_today: date) -> Sheet:
    names = {view.code: view.name.in_(language()) for view in standards.versions()}
    return Sheet(
        title=_("Danh hiệu đã được công nhận"),
        key=("place", "standard", "year"),
        columns=(
            Column(
                "place",
                _("Địa bàn"),
                _(
                    "Xã, thôn được công nhận: chọn trong danh sách, hoặc ghi tên. Nơi đã sáp nhập có ghi ngày."
                ),
                Kind.PLACE,
                required=True,
                example=_("xóm Khe Cốc"),
                width=34,
            ),
            Column(
                "standard",
                _("Đạt chuẩn theo bộ"),
                _("Bộ tiêu chí mà nơi đó được công nhận đạt: chọn trong danh sách."),
                Kind.CHOICE,
                required=True,
                choices=tuple(names.items()),
                example=next(iter(names.values()), ""),
                width=40,
            ),
            Column(
                "year",
                _("Năm công nhận"),
                _("Năm ghi trên quyết định, bốn chữ số."),
                Kind.NUMBER,
                required=True,
                least=1,
                most=9_999,
                example="2023",
                width=12,
            ),
            Column(
                "decided_by",
                _("Cơ quan công nhận"),
                _("Cơ quan hoặc người đã ký quyết định, đúng tên lúc đó."),
                required=True,
                example=_("Chủ tịch UBND tỉnh"),
                width=30,
            ),
            Column(
                "decision_number",
                _("Số quyết định"),
                _("Số và ký hiệu của quyết định. Chưa rõ thì để trống."),
                most=60,
                example="1234/QĐ-UBND",
            ),
            Column(
                "decided_on",
                _("Ngày quyết định"),
                _("Ngày/tháng/năm ký quyết định. Chưa rõ thì để trống."),
                Kind.DATE,
                example="24/05/2023",
                width=14,
            ),
            Column(
                "ceremony_on",
                _("Ngày công bố"),
                _("Ngày lễ công bố, nếu có. Không thể trước ngày quyết định."),
                Kind.DATE,
                example="30/05/2023",
                width=14,
            ),
            SOURCE,
            MARK,
        ),
    )


def found(row: Row) -> Mapping[str, Any] | None:
    titles = Title.objects.filter(place_id=row["place"], standard_code=row["standard"], year=row["year"])
    told: Mapping[str, Any] | None = titles.values(*_TOLD).first()
    return told


def enter(row: Row, *, by: Actor, at: datetime, uid: UUID) -> None:
    enter_on_record(
        by=by,
        at=at,
        uid=uid,
        place_id=row["place"],
        standard_code=row["standard"],
        year=row["year"],
        decided_by=row["decided_by"],
        decision_number=row["decision_number"] or "",
        decided_on=row["decided_on"],
        ceremony_on=row["ceremony_on"],
        source=row["source"],
        mark=Mark(row["mark"]),
    )


def known(place_ids: Iterable[int], today: date) -> Iterator[Mapping[str, Any]]:
    for title in queries.titles_of(place_ids, by=today):
        yield {**vars(title), "place": title.place_id, "standard": title.standard_code}


def count(place_ids: Iterable[int]) -> int:
    return Title.objects.filter(place_id__in=place_ids).count()


TITLES: Final = Records(
    code="danh-hieu",
    name=_("Danh hiệu đã được công nhận"),
    about=_("Xã, thôn đã đạt chuẩn trước khi dùng phần mềm: theo bộ nào, năm nào, quyết định số mấy."),
    permission="recognition.enter",
    sheet=sheet,
    found=found,
    enter=enter,
    known=known,
    count=count,
)

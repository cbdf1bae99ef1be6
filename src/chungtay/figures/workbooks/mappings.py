"""Saved layouts of other offices' workbooks: kept by a province or the nation, used by all below."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.hidden import shown
from chungtay.core.language import language
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.core.sheets.cells import At, RawSheet
from chungtay.figures import grids
from chungtay.figures.workbooks.actions import PERMISSION
from chungtay.figures.workbooks.filling import fill
from chungtay.figures.workbooks.foreign import Layout, rows_of, sheet_of
from chungtay.figures.workbooks.layout import Asked
from chungtay.figures.workbooks.models import WorkbookMapping
from chungtay.figures.workbooks.opening import open_book
from chungtay.people.policies import check_acts_for
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Period, Share, Value

OWNERS = ("province", "nation")


@dataclass(frozen=True)
class MappingView:
    """One saved layout; None while it has not been told where things stand."""

    id: int
    place_id: int
    name: str
    layout: Layout | None
    by: str
    at: datetime


@transaction.atomic
def keep(*, by: Actor, at: datetime, place_id: int, name: str, data: bytes, uid: UUID) -> int:
    """Keep another office's empty or filled workbook, to be told where things stand. Sending twice is once."""
    check_acts_for(by, PERMISSION, place_id)
    if territory.latest(place_id).level not in OWNERS:
        raise Refusal(
            _("Mẫu của cơ quan khác do văn phòng cấp tỉnh hoặc Trung ương khai, mọi xã bên dưới dùng chung.")
        )
    if (again := WorkbookMapping.objects.filter(uid=uid).first()) is not None:
        return again.pk
    open_book(data, name)  # refuses what cannot be read
    row = WorkbookMapping.objects.create(
        uid=uid, place_id=place_id, name=shown(name)[:200], content=data, by_label=by.label, at=at
    )
    detail = {"file": row.name}
    write_event(by=by, deed="figures.keep_layout", subject=row, at=at, place_id=place_id, detail=detail)
    return row.pk


@transaction.atomic
def describe(*, by: Actor, at: datetime, mapping_id: int, layout: Layout) -> None:
    """Say where things stand in a kept workbook. Refuses a column that is no measure's, or two of one measure."""
    row = _row(mapping_id)
    check_acts_for(by, PERMISSION, row.place_id)
    measures = standards.measures()
    faults = [
        Fault(_("Không có số đo “%(key)s”.") % {"key": key}, "columns")
        for key in layout.columns.values()
        if (parts := key.partition("."))[0] not in measures or parts[2] not in ("", *measures[parts[0]].parts)
    ]
    if not layout.columns:
        faults.append(Fault(_("Chưa chọn cột nào là số đo. Hãy chọn ít nhất một cột."), "columns"))
    if len(set(layout.columns.values())) < len(layout.columns):
        faults.append(Fault(_("Một số đo được chọn cho hai cột. Hãy giữ một cột."), "columns"))
    if layout.place_column in layout.columns:
        faults.append(Fault(_("Cột địa bàn không thể cũng là số đo."), "place_column"))
    if faults:
        raise Refusal(*faults)
    sheet_of(open_book(bytes(row.content), row.name), layout)
    before, row.layout = row.layout, layout.to_plain()
    row.save(update_fields=["layout"])
    write_event(
        by=by,
        deed="figures.describe_layout",
        subject=row,
        at=at,
        place_id=row.place_id,
        before=before,
        after=row.layout,
    )


def filled_back(
    *, by: Actor, mapping_id: int, place_id: int, period: Period, day: date, data: bytes | None = None
) -> tuple[bytes, int]:
    """The other office's file with our figures of that period in its cells, and how many.

    data: the file to fill in; the one kept with the layout when None. What we do not know stays as it stands there.
    """
    check_acts_for(by, PERMISSION, place_id)
    row, view = _row(mapping_id), mapping(mapping_id, place_id=place_id)
    layout = _described(view)
    content = bytes(row.content) if data is None else data
    sheet = sheet_of(open_book(content, view.name), layout)
    rows = list(rows_of(sheet, layout, territory.subtree(place_id, day)))
    measures = standards.measures()
    asked = {}
    for column, key in layout.columns.items():
        code, _dot, part = key.partition(".")
        asked[column] = Asked(measures[code], part)
    known = grids.cells([place.id for *_r, place, _p in rows if place], list(asked.values()), period)
    values: dict[At, Decimal | str] = {
        (at, column): _written(known[place.id, thing.key].value, thing)
        for at, _text, place, _problem in rows
        for column, thing in asked.items()
        if place and (place.id, thing.key) in known
    }
    return fill(content, layout.sheet, values)


def _written(value: Value, asked: Asked) -> Decimal | str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Share):
        return str(value)
    if isinstance(value, str):
        return next(g.name.in_(language()) for g in asked.measure.grades if g.code == value)
    return value


def mapping(mapping_id: int, *, place_id: int) -> MappingView:
    """One saved layout, for a place at or below its owner's; NotFound elsewhere."""
    view = _view(_row(mapping_id, light=True))
    if not territory.contains(view.place_id, place_id):
        raise NotFound(_("Không có mẫu này."))
    return view


def mappings_for(place_id: int, day: date) -> list[MappingView]:
    """The layouts a place may use: its own office's and those of the places above, newest first."""
    line = [place_id, *(each.id for each in territory.ancestors(place_id, day))]
    rows = WorkbookMapping.objects.filter(place_id__in=line).defer("content").order_by("-at", "-pk")
    return [_view(row) for row in rows]


def sheets_of(mapping_id: int) -> list[RawSheet]:
    """The sheets of the kept file."""
    row = _row(mapping_id)
    return open_book(bytes(row.content), row.name)


def _described(view: MappingView) -> Layout:
    if view.layout is None:
        raise Refusal(_("Mẫu này chưa khai xong: chưa biết cột nào là gì."))
    return view.layout


def _row(mapping_id: int, *, light: bool = False) -> WorkbookMapping:
    rows = WorkbookMapping.objects.filter(pk=mapping_id)
    row = (rows.defer("content") if light else rows).first()
    if row is None:
        raise NotFound(_("Không có mẫu này."))
    return row


def _view(row: WorkbookMapping) -> MappingView:
    layout = Layout.from_plain(row.layout) if row.layout else None
    return MappingView(row.pk, row.place_id, row.name, layout, row.by_label, row.at)

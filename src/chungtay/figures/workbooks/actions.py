"""Sending a workbook in, trying it, writing it: three steps, of which only the last changes a figure."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.batches import rows_kept
from chungtay.core.hidden import shown
from chungtay.core.jobs import progress
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import policies
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.figures.models import Observation
from chungtay.figures.workbooks import queries
from chungtay.figures.workbooks.building import newest_row
from chungtay.figures.workbooks.models import ImportState, WorkbookImport
from chungtay.figures.workbooks.opening import MAX_BYTES, MAX_UNPACKED
from chungtay.figures.workbooks.queries import Filled
from chungtay.figures.workbooks.weighing import MARK, Kind, Report, as_figures, weigh
from chungtay.people.policies import check_acts_for
from chungtay.standards.annex.opening import kind_of
from chungtay.territory.holding import hold_places

PERMISSION = "figures.import"


@transaction.atomic
def send(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    name: str,
    data: bytes,
    uid: UUID,
    foreign: dict[str, Any] | None = None,
) -> int:
    """Keep a file to be tried. Returns the import's id; a uid sent twice is one. An unsafe file leaves nothing.

    foreign: {"layout", "period", "source"} of another office's workbook.
    """
    check_acts_for(by, PERMISSION, place_id)
    if (again := WorkbookImport.objects.filter(uid=uid).first()) is not None:
        policies.check_uid_unused(_("sổ số liệu"), again.sha256 == hashlib.sha256(data).hexdigest())
        return again.pk
    kind_of(data, name, most=MAX_BYTES, unpacked=MAX_UNPACKED)
    row = WorkbookImport.objects.create(
        uid=uid,
        place_id=place_id,
        foreign=foreign or {},
        file_name=shown(name)[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        content=data,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    detail = {"file": row.file_name, "sha256": row.sha256}
    write_event(by=by, deed="figures.send_workbook", subject=row, at=at, place_id=place_id, detail=detail)
    return row.pk


@rows_kept()
def look(*, by: Actor, at: datetime, import_id: int) -> None:
    """Try a file: keep the verdict of every filled cell, or why the whole file cannot be read. Writes no figure."""
    row = queries.row(import_id)
    looked, faults, report = newest_row(), list[str](), Report()
    try:
        filled = queries.filled(row)
        for done, each in enumerate(
            weigh(filled.typed, by=by, today=timezone.localdate(at), seen=filled.seen)
        ):
            report.add(each)
            if done % 1_000 == 0:
                progress.set(done, len(filled.typed), each.typed.label)
        if not filled.typed:
            raise Refusal(
                Fault(_("Sổ chưa có ô nào được điền. Hãy ghi số vào các ô vàng rồi tải lại."), "file")
            )
    except Refusal as refused:
        faults = [str(fault) for fault in refused.faults]
    with transaction.atomic():
        row = queries.row(import_id, held=True)
        if row.state in (ImportState.WRITING, ImportState.WRITTEN):
            return
        row.state = ImportState.REFUSED if faults else ImportState.LOOKED
        row.looked, row.faults, row.report = looked, faults, report.to_plain()
        row.save(update_fields=["state", "report", "looked", "faults"])


@rows_kept()
def put(*, by: Actor, at: datetime, import_id: int, over: bool = False) -> int:
    """Write the figures of a file that was tried, all or none, as one deed. Returns how many were new or changed.

    over: also those that somebody else recorded after the workbook was made, as the trial showed them. What was
    recorded after the trial is never overwritten unseen: the file is to be tried again.
    """
    check_ready(by, queries.row(import_id), over=over)
    filled = queries.filled(queries.row(import_id))  # before the transaction: the file never changes
    with transaction.atomic():
        row = queries.row(import_id, held=True)
        if row.state == ImportState.WRITTEN:
            return 0
        check_ready(by, row, over=over)
        places = {each.place_id for each in filled.typed}
        hold_places(places)
        _check_unchanged(filled, places, by, at, row.looked)
        loaded = load_figures(
            by=by,
            at=at,
            rows=_told(as_figures(filled.typed)),
            mark=MARK,
            source=_("Sổ nhập %(name)s") % {"name": row.file_name},
            told={"file": row.file_name, "sha256": row.sha256, "import": row.pk},
        )
        if loaded.faults:
            raise Refusal(*loaded.faults)
        row.state, row.written = ImportState.WRITTEN, loaded.written
        row.save(update_fields=["state", "written"])
    return loaded.written


def _told(figures: list[BulkFigure]) -> Iterator[BulkFigure]:
    """The figures one after another, telling a background job how far the checking is; writing them comes last."""
    for done, figure in enumerate(figures):
        if done % 1_000 == 0:
            progress.set(done, len(figures), "")
        yield figure


def _check_unchanged(filled: Filled, places: set[int], by: Actor, at: datetime, looked: int) -> None:
    """Refuse when a figure of the file was recorded with another value after the trial. Most often nobody wrote."""
    if places.isdisjoint(Observation.objects.filter(pk__gt=looked).values_list("place_id", flat=True)):
        return
    found = weigh(filled.typed, by=by, today=timezone.localdate(at), seen=looked)
    if any(each.kind is Kind.CLASH for each in found):
        raise Refusal(_("Có số vừa đổi sau khi bạn xem thử. Chưa ghi gì; hãy xem thử lại rồi quyết định."))


def check_ready(by: Actor, row: WorkbookImport, *, over: bool) -> None:
    """Refuse to write what was not tried, has a refused cell, or would overwrite what its writer has not seen."""
    check_acts_for(by, PERMISSION, row.place_id)
    if row.state == ImportState.WRITTEN:
        return
    if row.state not in (ImportState.LOOKED, ImportState.WRITING):
        raise Refusal(_("Sổ này chưa xem thử xong, hoặc không đọc được. Chưa ghi gì."))
    check_counts(row.report["counts"], over=over)


def check_counts(counts: dict[str, int], *, over: bool) -> None:
    """The same by what the trial counted; the sentence also stands on the shut button."""
    if refused := counts[Kind.REFUSED]:
        raise Refusal(
            _("Còn %(n)s ô không nhận được nên chưa ghi gì. Hãy sửa các ô đó trong sổ rồi tải lại.")
            % {"n": refused}
        )
    if (clashes := counts[Kind.CLASH]) and not over:
        told = _(
            "%(n)s số đã được người khác ghi sau khi sổ này được xuất. "
            "Hãy xem lại, rồi đánh dấu đồng ý nếu vẫn ghi."
        )
        raise Refusal(Fault(told % {"n": clashes}, "over"))

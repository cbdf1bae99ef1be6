"""Imports on their way: what was sent, what the trial found, how far the work is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.jobs.queries import JobView, job_of
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures.workbooks.foreign import Layout, typed_by
from chungtay.figures.workbooks.models import ImportState, WorkbookImport
from chungtay.figures.workbooks.opening import open_book
from chungtay.figures.workbooks.reading import Typed, stamp_of, typed_in
from chungtay.figures.workbooks.weighing import line_of, weigh
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory


@dataclass(frozen=True)
class ImportView:
    """One import. report: as `weighing.Report` keeps it, {} before the trial. job: the work under way, if any."""

    id: int
    place_id: int
    name: str
    state: str
    report: dict[str, Any]
    faults: tuple[str, ...]
    written: int | None
    by: str
    at: datetime
    job: JobView | None = None

    @property
    def busy(self) -> bool:
        """Whether a worker has it in hand, and has not given up."""
        waits = self.state in (ImportState.WAITING, ImportState.WRITING)
        return waits and self.job is not None and self.job.state in ("waiting", "running")


NOTHING_NEWER = (
    2**62
)  # another office's file was not made from our book: nothing in it is older than the book


@dataclass(frozen=True)
class Filled:
    """What a file has to say: the filled cells, and the row of the log its writer had seen."""

    typed: tuple[Typed, ...]
    seen: int


def workbook_import(import_id: int, *, by: Actor) -> ImportView:
    """One import, for who may import there; NotFound for everybody else."""
    found = row(import_id)
    try:
        check_acts_for(by, "figures.import", found.place_id)
    except Refusal:
        raise NotFound(_("Không có lần nhập sổ này.")) from None
    return _view(found, job_of(found.job) if found.job else None)


def imports_of(place_id: int, *, limit: int = 10) -> list[ImportView]:
    """The imports of a place, newest first, without their files."""
    rows = WorkbookImport.objects.filter(place_id=place_id).defer("content").order_by("-at", "-pk")
    return [_view(each, None) for each in rows[:limit]]


def verdicts(import_id: int, *, by: Actor, today: date) -> Iterator[list[str]]:
    """Every filled cell with its verdict as of now: for a sheet, however many there are."""
    filled_now = filled(row(import_id))
    for each in weigh(filled_now.typed, by=by, today=today, seen=filled_now.seen):
        yield [each.kind.value, *line_of(each)]


def filled(found: WorkbookImport) -> Filled:
    """What a kept file says. A Refusal when it is not ours, or was made for another place."""
    sheets = open_book(bytes(found.content), found.file_name)
    if found.foreign:
        told, day = found.foreign, timezone.localdate(found.at)
        places = territory.subtree(found.place_id, day)
        layout = Layout.from_plain(told["layout"])
        return Filled(tuple(typed_by(sheets, layout, places, told["period"], told["source"])), NOTHING_NEWER)
    stamp = stamp_of(sheets)
    if not territory.contains(found.place_id, stamp.place_id):
        names = territory.names_of([found.place_id, stamp.place_id])
        told = _(
            "Sổ này được xuất cho %(other)s, không phải cho %(here)s. Hãy mở trang của %(other)s rồi tải lên."
        )
        words = {"other": names.get(stamp.place_id, "?"), "here": names.get(found.place_id, "?")}
        raise Refusal(Fault(told % words, "file"))
    return Filled(tuple(typed_in(sheets, stamp)), stamp.seen)


def row(import_id: int, *, held: bool = False) -> WorkbookImport:
    """For this package's deeds."""
    rows = WorkbookImport.objects.filter(pk=import_id)
    found = (rows.select_for_update(of=("self",)) if held else rows).first()
    if found is None:
        raise NotFound(_("Không có lần nhập sổ này."))
    return found


def _view(found: WorkbookImport, job: JobView | None) -> ImportView:
    return ImportView(
        id=found.pk,
        place_id=found.place_id,
        name=found.file_name,
        state=found.state,
        report=found.report,
        faults=tuple(found.faults),
        written=found.written,
        by=found.by_label,
        at=found.at,
        job=job,
    )

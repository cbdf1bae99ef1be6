"""Sheets on their way, and what of each kind a place has on record."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.jobs.queries import JobView, job_of
from chungtay.core.refusals import NotFound, Refusal
from chungtay.core.sheets.columns import Records, Row
from chungtay.core.sheets.reading import rows_of
from chungtay.core.sheets.writing import write_form
from chungtay.figures.workbooks.opening import open_book
from chungtay.firstday.kinds import KINDS, kind_of
from chungtay.firstday.models import Intake, Step
from chungtay.firstday.policies import check_may_send
from chungtay.territory import queries as territory
from chungtay.territory.matching import Below


@dataclass(frozen=True)
class IntakeView:
    """One sheet. counts: rows by outcome, {} before the trial. job: the work under way, if any."""

    id: int
    place_id: int
    kind: str
    name: str
    state: str
    rows: int
    counts: dict[str, int]
    faults: tuple[str, ...]
    written: int | None
    evidence: int | None
    by: str
    at: datetime
    job: JobView | None = None

    @property
    def busy(self) -> bool:
        """Whether a worker has it in hand, and has not given up."""
        waits = self.state in (Step.WAITING, Step.WRITING)
        return waits and self.job is not None and self.job.state in ("waiting", "running")


def on_record(place_id: int) -> list[tuple[Records, int]]:
    """Every kind with how many records the place and all that ever stood below it have; one query a kind, and one."""
    places = list(territory.ids_ever_under(place_id))
    return [(kind, kind.count(places)) for kind in KINDS.values()]


def form(place_id: int, code: str, *, by: Actor, today: date) -> bytes:
    """The Excel form of a kind for a place, with what is on record already."""
    kind = kind_of(code)
    check_may_send(by, kind, place_id)
    below = Below(place_id, today)
    return write_form(
        kind.sheet(today),
        place=territory.latest(place_id).full_address,
        made_on=today,
        places=below.labels,
        known=kind.known(list(below.labels), today),
    )


def rows_in(data: bytes, name: str, kind: Records, place_id: int, today: date) -> list[Row]:
    """The filled rows of a file. A Refusal when it is unsafe, broken or not the form of this kind."""
    sheets = [sheet for sheet in open_book(data, name) if not sheet.name.startswith("_")]
    rows = rows_of(sheets, kind.sheet(today), Below(place_id, today).find)
    if not rows:
        raise Refusal(_("Tệp chưa có dòng nào được điền. Hãy ghi mỗi mục một dòng, dưới dòng ví dụ."))
    return rows


def rows(found: Intake) -> list[Row]:
    """The rows of a kept file, as of the day it was sent."""
    data = base64.b64decode(found.content)
    return rows_in(data, found.file_name, kind_of(found.kind), found.place_id, timezone.localdate(found.at))


def intake(intake_id: int, *, by: Actor) -> IntakeView:
    """One sheet, for who may send such there; NotFound for everybody else."""
    found = _for(intake_id, by)
    return _view(found, job_of(found.job) if found.job else None)


def verdicts(intake_id: int, *, by: Actor) -> Sequence[Sequence[str]]:
    """What the trial found for each row: outcome, sheet, row, cells, label, sentence."""
    return _for(intake_id, by).lines


def intakes_of(place_id: int, kind: str, *, limit: int = 10) -> list[IntakeView]:
    """The sheets of a kind sent for a place, newest first, without their contents."""
    found = Intake.objects.filter(place_id=place_id, kind=kind).defer("content", "verdicts")
    return [_view(each, None) for each in found.order_by("-at", "-pk")[:limit]]


def unwritten(by: Actor) -> tuple[tuple[int, str], ...]:
    """Sheets that the post tried, that could not be or were not written, and after which no other of their kind was:
    id and file name, the newest first. One query."""
    if by.actor_id is None:
        return ()
    later = Intake.objects.filter(
        place_id=OuterRef("place_id"), kind=OuterRef("kind"), state=Step.WRITTEN, at__gt=OuterRef("at")
    )
    mine = Intake.objects.filter(post_id=by.actor_id, state__in=(Step.TRIED, Step.FAILED))
    return tuple(mine.filter(~Exists(later)).order_by("-at", "-pk").values_list("pk", "file_name"))


def row(intake_id: int, *, held: bool = False) -> Intake:
    """For this package's deeds."""
    asked = Intake.objects.filter(pk=intake_id)
    found = (asked.select_for_update(of=("self",)) if held else asked).first()
    if found is None:
        raise NotFound(_("Không có lần nhập này."))
    return found


def _for(intake_id: int, by: Actor) -> Intake:
    found = row(intake_id)
    try:
        check_may_send(by, kind_of(found.kind), found.place_id)
    except Refusal:
        raise NotFound(_("Không có lần nhập này.")) from None
    return found


def _view(found: Intake, job: JobView | None) -> IntakeView:
    return IntakeView(
        id=found.pk,
        place_id=found.place_id,
        kind=found.kind,
        name=found.file_name,
        state=found.state,
        rows=found.rows,
        counts=found.counts,
        faults=tuple(found.faults),
        written=found.written,
        evidence=found.evidence,
        by=found.by_label,
        at=found.at,
        job=job,
    )

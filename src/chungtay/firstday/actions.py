"""Sending a sheet of records, trying it, writing it: three steps, of which only the last leaves a record."""

import base64
import hashlib
import io
import json
from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.hidden import shown
from chungtay.core.jobs import progress
from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence.actions import keep_file, prove
from chungtay.evidence.subjects import Subject
from chungtay.firstday import policies, queries
from chungtay.firstday.kinds import kind_of
from chungtay.firstday.models import Intake, Step
from chungtay.firstday.trying import Outcome, Verdict, enter, try_rows

_NAMED = 20  # rows that a refusal names


@transaction.atomic
def send(*, by: Actor, at: datetime, place_id: int, kind: str, name: str, data: bytes, uid: UUID) -> int:
    """Keep a sheet to be tried. Returns its id; a uid sent twice is one. A file that cannot be read leaves nothing."""
    records = kind_of(kind)
    policies.check_may_send(by, records, place_id)
    sha256 = hashlib.sha256(data).hexdigest()
    if (again := Intake.objects.filter(uid=uid).first()) is not None:
        if again.sha256 != sha256:
            told = _("Mã gửi này đã dùng cho một tệp khác. Không ghi gì. Hãy mở lại trang và gửi lại.")
            raise Refusal(Fault(told, "file"))
        return again.pk
    rows = queries.rows_in(data, name, records, place_id, timezone.localdate(at))
    row = Intake.objects.create(
        uid=uid,
        place_id=place_id,
        kind=kind,
        file_name=shown(name)[:200],
        sha256=sha256,
        content=base64.b64encode(data).decode(),
        rows=len(rows),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    detail = {"kind": kind, "file": row.file_name, "sha256": sha256, "rows": row.rows}
    write_event(by=by, deed="firstday.send", subject=row, at=at, place_id=place_id, detail=detail)
    return row.pk


def look(*, by: Actor, at: datetime, intake_id: int) -> None:
    """Try every row and keep its verdict. No record is left."""
    row = queries.row(intake_id)
    if row.state == Step.WRITTEN:
        return
    kind, rows, found = kind_of(row.kind), queries.rows(row), list[Verdict]()
    for verdict in try_rows(kind, rows, by=by, at=at):
        found.append(verdict)
        progress.set(len(found), len(rows), "" if kind.sealed else verdict.label)
    with transaction.atomic():
        row = queries.row(intake_id, held=True)
        if row.state in (Step.WRITING, Step.WRITTEN):
            return
        row.state, row.faults = Step.TRIED, []
        row.counts = Counter(verdict.outcome.value for verdict in found)
        row.verdicts = json.dumps([verdict.to_plain() for verdict in found], ensure_ascii=False)
        row.save(update_fields=["state", "faults", "counts", "verdicts"])


def put(*, by: Actor, at: datetime, intake_id: int) -> int:
    """Write the records of a sheet that was tried, all or none, each by its own deed. Returns how many are new."""
    row = queries.row(intake_id)
    kind = kind_of(row.kind)
    check_ready(by, row)
    if row.state == Step.WRITTEN:
        return 0
    rows = queries.rows(row)  # before the transaction: the file never changes
    kept = None if kind.sealed else _keep(row, by, at)
    with transaction.atomic():
        row = queries.row(intake_id, held=True)
        if row.state == Step.WRITTEN:
            return 0
        check_ready(by, row)
        sheet, found = kind.sheet(timezone.localdate(at)), list[Verdict]()
        for each in rows:
            found.append(enter(kind, sheet, each, by=by, at=at))
            progress.set(len(found), len(rows), "" if kind.sealed else each.label)
        _check_all_taken(found)
        new = sum(verdict.outcome is Outcome.NEW for verdict in found)
        if kept is not None:
            label = f"{kind.name}: {row.file_name}"
            subject = Subject("opening", str(row.uid), label, row.place_id)
            prove(by=by, at=at, file_id=kept, subject=subject)
        else:
            row.verdicts = "[]"
        row.content = ""  # what was of people stands in its own records now, and can be erased there
        row.state, row.written, row.evidence, row.faults = Step.WRITTEN, new, kept, []
        row.save(update_fields=["state", "written", "evidence", "content", "verdicts", "faults"])
        detail = {
            "kind": row.kind,
            "file": row.file_name,
            "sha256": row.sha256,
            "new": new,
            "rows": len(rows),
        }
        write_event(by=by, deed="firstday.enter", subject=row, at=at, place_id=row.place_id, detail=detail)
    return new


def _keep(row: Intake, by: Actor, at: datetime) -> int:
    """The file among the evidence; bytes that are there already are not kept twice."""
    content = io.BytesIO(base64.b64decode(row.content))
    kept = keep_file(by=by, at=at, place_id=row.place_id, content=content, name=row.file_name, private=True)
    return kept.file_id


def _check_all_taken(found: list[Verdict]) -> None:
    """Refuse when a row that was taken in the trial is taken no longer: something was entered meanwhile."""
    bad = [each for each in found if each.outcome in (Outcome.REFUSED, Outcome.DIFFERS)]
    if bad:
        told = _("Có dòng vừa đổi sau khi bạn xem thử. Chưa ghi gì; hãy xem thử lại rồi quyết định.")
        raise Refusal(told, *(Fault(each.sentence, row=each.row) for each in bad[:_NAMED]))


def check_ready(by: Actor, row: Intake) -> None:
    """Refuse to write what was not tried or has a row that was not taken."""
    policies.check_may_send(by, kind_of(row.kind), row.place_id)
    if row.state == Step.WRITTEN:
        return
    if row.state not in (Step.TRIED, Step.WRITING):
        raise Refusal(_("Tệp này chưa xem thử xong. Chưa ghi gì."))
    policies.check_counts(row.counts)

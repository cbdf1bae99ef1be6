"""Uploading an annex, choosing, and putting it into the draft as one revision."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.hidden import shown
from chungtay.core.refusals import Fault, Refusal
from chungtay.standards.annex import read_tables
from chungtay.standards.annex.keeping import to_plain
from chungtay.standards.desk import actions as desk
from chungtay.standards.desk.content import STANDARD
from chungtay.standards.desk.policies import check_may, check_open
from chungtay.standards.importing import queries
from chungtay.standards.importing.choices import Choices, plain_choices
from chungtay.standards.importing.merging import put_in
from chungtay.standards.importing.models import AnnexImport


@transaction.atomic
def upload(*, by: Actor, at: datetime, draft_id: int, name: str, data: bytes, uid: UUID) -> int:
    """Read an annex for a draft. Returns the import's id; a uid sent twice is one. A bad file leaves nothing behind."""
    draft = desk.locked(draft_id)
    check_may(by, "draft", draft)
    check_open(draft)
    if draft.kind != STANDARD:
        raise Refusal(
            Fault(_("Phần tỉnh điền vào bộ chung được nhập từng mức, không nhập từ bảng phụ lục."), "file")
        )
    if known := AnnexImport.objects.filter(uid=uid, draft=draft).values_list("pk", flat=True).first():
        return known
    row = AnnexImport.objects.create(
        uid=uid,
        draft=draft,
        file_name=shown(name)[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        tables=[to_plain(table) for table in read_tables(data, name)],
        at=at,
        by_id=by.actor_id,
        by_label=by.label,
    )
    detail = {"file": row.file_name, "sha256": row.sha256, "draft": draft_id}
    write_event(
        by=by, deed="standards.upload_annex", subject=row, at=at, place_id=draft.place_id, detail=detail
    )
    return row.pk


@transaction.atomic
def choose(*, by: Actor, import_id: int, choices: Choices) -> None:
    """Keep what was chosen so far. No event: nothing of the draft changes until `put`."""
    row = _open(by, import_id)
    row.choices = plain_choices(choices)
    row.save(update_fields=["choices"])


@transaction.atomic
def put(*, by: Actor, at: datetime, import_id: int, seen: int, whole: bool) -> int:
    """Put the annex into its draft. Returns the revision; sent twice, the same one.

    seen: the draft's revision the person looked at. Every row's fate and every doubt was shown by `queries`.
    """
    row = AnnexImport.objects.select_for_update().filter(pk=import_id).first()
    if row is not None and row.revision is not None and queries.annex(import_id, by=by):
        return row.revision
    row = _open(by, import_id)
    view = queries.annex(import_id, by=by)
    if view.imported is None:
        raise Refusal(*view.faults)
    if undecided := view.undecided:
        raise Refusal(
            Fault(
                _(
                    "Còn %(undecided)s chỉ tiêu chưa chọn số đo: %(named)s. Hãy chọn số đo có sẵn hoặc "
                    "số đo mới cho từng chỉ tiêu."
                )
                % {
                    "undecided": len(undecided),
                    "named": ", ".join(each.code for each in undecided[:12]),
                },
                "measures",
            )
        )
    content = put_in(view.draft.content, view.imported, whole=whole)
    row.revision = desk.replace_content(
        by=by,
        at=at,
        draft_id=row.draft_id,
        content=content,
        seen=seen,
        deed=f"nhập phụ lục từ tệp “{row.file_name}”"[:200],
    )
    row.save(update_fields=["revision"])
    return row.revision


def _open(by: Actor, import_id: int) -> AnnexImport:
    """The import, held against other writers, when `by` may still work on it."""
    row = AnnexImport.objects.select_for_update().filter(pk=import_id).first()
    if row is None:
        raise queries.missing()
    draft = desk.locked(row.draft_id)
    check_may(by, "draft", draft)
    check_open(draft)
    if row.revision is not None:
        raise Refusal(
            _("Phụ lục này đã vào dự thảo ở lần sửa %(revision)s. Muốn nhập lại, hãy tải tệp lên lần nữa.")
            % {"revision": row.revision}
        )
    return row

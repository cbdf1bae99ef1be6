"""What the records of this package have in common: who wrote them and when, where from, and how one is struck out."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures.policies import SOURCE_LENGTH, check_mark, faults_of_length
from rulebook import Mark

R = TypeVar("R", bound="Recorded")


STANDING: Final = Q(struck_at=None)
"""The condition on records that were not struck out."""


class Recorded(models.Model):
    """A record a person made. Never deleted: one written in error is struck out, with the reason, and stays readable.

    mark, source: where it comes from; a record told by a paper names it.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=16)  # a rulebook.Mark
    source = models.CharField(max_length=SOURCE_LENGTH, blank=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=200, blank=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def written(by: Actor, at: datetime, place_id: int, uid: uuid.UUID | None, **more: Any) -> dict[str, Any]:
    """The fields of a new record that say who wrote it, as which post, when, where."""
    return {
        "uid": uid or uuid.uuid4(),
        "place_id": place_id,
        "post_id": by.actor_id,
        "by_label": by.label,
        "at": at,
        **more,
    }


def faults_of_origin(mark: Mark, source: str) -> list[Fault]:
    """Why a record cannot say where it comes from. Raises for invented records where pages do not say so."""
    check_mark(mark)
    faults = faults_of_length(source, SOURCE_LENGTH, _("Nguồn"), "source")
    if mark in (Mark.TOLD, Mark.STATED) and not source.strip():
        faults.append(Fault(_("Ghi theo tài liệu thì hãy nêu tài liệu nào."), "source"))
    return faults


def sent_before(model: type[R], uid: uuid.UUID | None, place_id: int, said: Mapping[str, Any]) -> R | None:
    """The record that this client id made already; None when it is new. Another record under the same id is refused."""
    row: R | None = model._default_manager.filter(uid=uid).first() if uid else None
    if row is None:
        return None
    if row.place_id != place_id or any(getattr(row, name) != value for name, value in said.items()):
        raise Refusal(
            _(
                "Mã gửi này đã dùng cho một bản ghi khác. Không ghi gì. Hãy mở lại trang và ghi bản mới thay vì "
                "gửi lại."
            )
        )
    return row


def found(model: type[R], record_id: int, *, lock: bool = True) -> R:
    """A standing record to do something with, held until the deed is done; NotFound when there is none."""
    rows = model._default_manager.filter(STANDING, pk=record_id)
    row: R | None = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound(_("Không có bản ghi này, hoặc nó đã bị gạch bỏ. Hãy mở lại danh sách."))
    return row


def strike_out(row: Recorded, *, by: Actor, at: datetime, reason: str, deed: str) -> None:
    """Strike a record out: it no longer counts and stays readable with the reason. The caller asks who may."""
    if not reason.strip():
        raise Refusal(Fault(_("Hãy ghi lý do gạch bỏ, để người sau hiểu vì sao."), "reason"))
    if faults := faults_of_length(reason, 300, _("Lý do"), "reason"):
        raise Refusal(*faults)
    row.struck_at, row.struck_by, row.struck_reason = at, by.label, reason.strip()
    row.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    write_event(
        by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail={"reason": reason.strip()}
    )

"""Guidance documents on a standard or one of its indicators: who issued them, what they say, the file itself."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.standards import queries as standards
from chungtay.standards.desk import files
from chungtay.standards.desk.content import clean
from chungtay.standards.desk.models import Guidance
from chungtay.standards.desk.policies import check_whose
from chungtay.territory import queries as territory


@dataclass(frozen=True)
class GuidanceView:
    """One guidance document. size: of its file in bytes, 0 without one. place: for whom it holds."""

    id: int
    code: str
    indicator: str
    number: str
    issuer: str
    issued_on: date
    text: str
    place_id: int
    place: str
    file_name: str
    kind: str
    size: int
    at: datetime
    by_label: str


def guidance_on(code: str) -> dict[str, list[GuidanceView]]:
    """The documents followed now, by indicator ("" the whole standard), newest first. Two queries."""
    rows = Guidance.objects.filter(code=code, withdrawn_at__isnull=True).select_related("file")
    ordered = list(rows.order_by("indicator", "-issued_on", "-pk"))
    names = {each: territory.latest(each).full_name for each in {row.place_id for row in ordered}}
    found: dict[str, list[GuidanceView]] = {}
    for row in ordered:
        found.setdefault(row.indicator, []).append(_view(row, names[row.place_id]))
    return found


def document(guidance_id: int) -> tuple[GuidanceView, bytes]:
    """A document's file, withdrawn ones included. NotFound where there is none."""
    row = Guidance.objects.select_related("file").filter(pk=guidance_id).first()
    if row is None or row.file is None:
        raise NotFound(_("Không có tệp này."))
    return _view(row, ""), files.read(row.file.sha256)


@transaction.atomic
def add(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    code: str,
    indicator: str,
    number: str,
    issuer: str,
    issued_on: date | None,
    uid: UUID,
    text: str = "",
    file_name: str = "",
    data: bytes = b"",
) -> int:
    """Put a guidance document beside the law. Every fault at once; a uid sent twice is one."""
    check_whose(by, "draft", place_id)
    if known := Guidance.objects.filter(uid=uid).values_list("pk", flat=True).first():
        return known
    number, issuer, text = (clean(each).strip() for each in (number, issuer, text))
    standard = standards.adopted(code).standard
    faults: list[Fault] = []
    if indicator and indicator not in {each.code for each in (*standard.indicators, *standard.prerequisites)}:
        faults.append(
            Fault(
                _("Bộ này không có chỉ tiêu %(indicator)s. Hãy chọn lại.") % {"indicator": indicator[:20]},
                "indicator",
            )
        )
    for value, field, words in (
        (number, "number", "số, ký hiệu văn bản"),
        (issuer, "issuer", "cơ quan ban hành"),
    ):
        if not value:
            faults.append(Fault(_("Hãy ghi %(words)s.") % {"words": words}, field))
    if issued_on is None:
        faults.append(Fault(_("Hãy ghi ngày ban hành."), "issued_on"))
    elif issued_on > localdate(at):
        faults.append(
            Fault(
                _("Ngày %(issued_on)s chưa đến. Hãy xem lại ngày ban hành.")
                % {"issued_on": day_words(issued_on)},
                "issued_on",
            )
        )
    if not text and not data:
        faults.append(Fault(_("Hãy ghi nội dung hướng dẫn, hoặc gửi tệp văn bản."), "text"))
    file = None
    if data:
        try:
            file = files.keep(data, at=at)
        except Refusal as refused:
            faults += refused.faults
    if faults:
        raise Refusal(*faults)
    assert issued_on is not None
    row = Guidance.objects.create(
        code=code,
        indicator=indicator,
        place_id=place_id,
        number=number[:100],
        issuer=issuer[:200],
        issued_on=issued_on,
        text=text,
        file=file,
        file_name=clean(file_name)[-200:] if file else "",
        uid=uid,
        at=at,
        by_id=by.actor_id,
        by_label=by.label,
    )
    detail = {"code": code, "indicator": indicator, "number": row.number, "file": file.sha256 if file else ""}
    write_event(by=by, deed="standards.add_guidance", subject=row, at=at, place_id=place_id, detail=detail)
    return row.pk


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, guidance_id: int) -> str:
    """A document is no longer followed; it is kept, and so is its file. Returns the code of its standard."""
    row = Guidance.objects.select_for_update().filter(pk=guidance_id).first()
    if row is None:
        raise NotFound(_("Không có văn bản hướng dẫn này."))
    check_whose(by, "draft", row.place_id)
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        write_event(by=by, deed="standards.withdraw_guidance", subject=row, at=at, place_id=row.place_id)
    return row.code


def _view(row: Guidance, place: str) -> GuidanceView:
    return GuidanceView(
        id=row.pk,
        code=row.code,
        indicator=row.indicator,
        number=row.number,
        issuer=row.issuer,
        issued_on=row.issued_on,
        text=row.text,
        place_id=row.place_id,
        place=place,
        file_name=row.file_name,
        kind=row.file.kind if row.file else "",
        size=row.file.size if row.file else 0,
        at=row.at,
        by_label=row.by_label,
    )

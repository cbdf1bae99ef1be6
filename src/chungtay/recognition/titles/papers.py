"""Papers that support a criterion and end on a day: an OCOP grade, a school's class, a clinic's certificate."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.deeds import faults_of_future, faults_of_source, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures.policies import check_mark
from chungtay.people.policies import check_acts_for
from chungtay.recognition.models import Expiring
from chungtay.recognition.titles.reviewing import criteria_of
from rulebook import Mark


@dataclass(frozen=True)
class PaperView:
    """A paper with the last day on which it counts. ended_on: replaced or taken back before that."""

    id: int
    place_id: int
    name: str
    number: str
    standard_code: str
    criterion: str
    valid_from: date | None
    valid_until: date
    ended_on: date | None
    ended_reason: str
    source: str
    mark: Mark
    by: str


def papers_of(place_ids: Iterable[int], *, standard_code: str = "") -> dict[int, list[PaperView]]:
    """The papers of many places, those that end first first; ended ones last. One query."""
    rows = Expiring.objects.filter(place_id__in=place_ids).order_by("ended_on", "valid_until", "pk")
    if standard_code:
        rows = rows.filter(standard_code=standard_code)
    found: dict[int, list[PaperView]] = {}
    for row in rows:
        found.setdefault(row.place_id, []).append(_view(row))
    for papers in found.values():
        papers.sort(key=lambda paper: (paper.ended_on is not None, paper.valid_until, paper.id))
    return found


def ending(papers: Iterable[PaperView], standard_code: str, *, by: date) -> tuple[PaperView, ...]:
    """Those that support a standard's criterion and will not count any more on a day, unless one of the same name for
    the same criterion lasts longer."""
    standing = [each for each in papers if each.standard_code == standard_code and each.ended_on is None]
    lasting = {(each.criterion, each.name) for each in standing if each.valid_until >= by}
    return tuple(
        each for each in standing if each.valid_until < by and (each.criterion, each.name) not in lasting
    )


@transaction.atomic
def keep_paper(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    name: str,
    standard_code: str,
    criterion: str,
    valid_until: date,
    valid_from: date | None = None,
    number: str = "",
    source: str = "",
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> Expiring:
    """Record a paper of a place that supports a criterion of a standard until a day (that day included)."""
    check_acts_for(by, "recognition.prepare", place_id)
    check_mark(mark)
    if uid and (sent := Expiring.objects.filter(uid=uid).first()) is not None:
        return sent
    faults = faults_of_texts(
        (name, "name", _("tên giấy"), 200, True), (number, "number", _("số của giấy"), 60, False)
    )
    faults += faults_of_source(mark, source)
    if valid_from and valid_until < valid_from:
        faults.append(Fault(_("Giấy hết hạn trước ngày có hiệu lực. Hãy xem lại hai ngày."), "valid_until"))
    known = dict(criteria_of(standard_code, place_id, at.date()))
    if criterion not in known:
        faults.append(Fault(_("Bộ này không có tiêu chí “%(code)s”.") % {"code": criterion}, "criterion"))
    if faults:
        raise Refusal(*faults)
    row = Expiring.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        name=name.strip(),
        number=number.strip(),
        standard_code=standard_code,
        criterion=criterion,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source.strip(),
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {"criterion": criterion, "standard": standard_code, "valid_until": valid_until.isoformat()}
    write_event(by=by, deed="recognition.keep_paper", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def end_paper(*, by: Actor, at: datetime, paper_id: int, ended_on: date, reason: str) -> Expiring:
    """A paper no longer counts from a day: replaced, taken back, or written in error. It stays readable."""
    row = Expiring.objects.select_for_update().filter(pk=paper_id).first()
    if row is None:
        raise NotFound(_("Không có giấy này. Hãy mở lại trang danh hiệu."))
    check_acts_for(by, "recognition.prepare", row.place_id)
    faults = faults_of_future(ended_on, at, "ended_on")
    faults += faults_of_texts((reason, "reason", _("lý do"), 300, True))
    if faults:
        raise Refusal(*faults)
    if row.ended_on is not None:
        raise Refusal(
            _("Giấy này đã thôi tính từ ngày %(day)s: %(why)s")
            % {"day": day_words(row.ended_on), "why": row.ended_reason}
        )
    row.ended_on, row.ended_reason = ended_on, reason.strip()
    row.save(update_fields=["ended_on", "ended_reason"])
    write_event(
        by=by,
        deed="recognition.end_paper",
        subject=row,
        at=at,
        place_id=row.place_id,
        detail={"reason": reason.strip()},
    )
    return row


def _view(row: Expiring) -> PaperView:
    return PaperView(
        id=row.pk,
        place_id=row.place_id,
        name=row.name,
        number=row.number,
        standard_code=row.standard_code,
        criterion=row.criterion,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        ended_on=row.ended_on,
        ended_reason=row.ended_reason,
        source=row.source,
        mark=Mark(row.mark),
        by=row.by_label,
    )

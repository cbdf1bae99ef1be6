"""Deeds on reports: making one for a window, writing its sections, freezing it, making it public, taking it down."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Refusal
from chungtay.people.policies import check_acts_for
from chungtay.reports import contents, policies, queries, windows
from chungtay.reports.adjusting import window_of
from chungtay.reports.models import Frozen, Publication, Report, Section
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place


@transaction.atomic
def make(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    year: int,
    number: int,
    deadline: date | None = None,
    uid: uuid.UUID | None = None,
) -> Report:
    """Begin the report of a place for a window; the one that is there where somebody began it already.

    deadline: None takes the first day the decree permits, null where the calendar does not reach so far.
    """
    check_acts_for(by, "reports.make", place_id)
    window = windows.window(kind, year, number)
    today = timezone.localdate(at)
    policies.check_begun(window, today)
    due = policies.check_deadline(window, deadline)
    territory.as_of(place_id, min(window.cut_off, today))
    hold_place(place_id)
    known = Report.objects.filter(place_id=place_id, kind=kind, year=year, number=number).first()
    if known is not None:
        return known
    row = Report.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        place_id=place_id,
        kind=kind,
        year=year,
        number=number,
        start=window.start,
        cut_off=window.cut_off,
        deadline=due,
    )
    detail = {"kind": kind, "year": year, "number": number, "deadline": due.isoformat() if due else None}
    write_event(by=by, deed="reports.make", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def write_section(*, by: Actor, at: datetime, report_id: int, code: str, text: str, seen: int) -> Section:
    """Keep what the office wrote in one section of a draft; the same text again changes nothing.

    seen: the version it was written over. Refused where somebody wrote meanwhile, so that nobody's words are lost.
    """
    row = policies.report_of(report_id, lock=True)
    check_acts_for(by, "reports.make", row.place_id)
    policies.check_draft(row)
    text = text.replace("\r\n", "\n").strip()
    policies.check_text(code, text)
    section, _new = Section.objects.get_or_create(
        report=row, code=code, defaults={"by_label": by.label, "at": at}
    )
    if section.text == text:
        return section
    if section.version != seen:
        sentence = _(
            "%(who)s vừa sửa mục này. Chữ bạn gõ chưa ghi và còn ở ô dưới. Hãy đọc bản đang lưu, gộp lại rồi ghi."
        )
        raise Refusal(sentence % {"who": section.by_label})
    section.text, section.version, section.by_label, section.at = text, seen + 1, by.label, at
    section.save()
    detail = {"section": code, "version": section.version, "letters": len(text)}
    write_event(by=by, deed="reports.write_section", subject=row, at=at, place_id=row.place_id, detail=detail)
    return section


@transaction.atomic
def freeze(*, by: Actor, at: datetime, report_id: int, uid: uuid.UUID | None = None) -> Frozen:
    """Keep the whole content for ever: texts, tables with every cell's why, adjustments. Freezing twice is once."""
    row = policies.report_of(report_id, lock=True)
    check_acts_for(by, "reports.freeze", row.place_id)
    if (known := Frozen.objects.filter(report=row).first()) is not None:
        return known
    policies.check_over(row, timezone.localdate(at))
    with translation.override("vi"):
        plain = contents.freeze(queries.made(row, window_of(row).cut_off))
    frozen = Frozen.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        report=row,
        content=plain,
        digest=contents.digest(plain),
    )
    detail = {"digest": frozen.digest, "adjustments": len(plain["adjustments"])}
    write_event(by=by, deed="reports.freeze", subject=row, at=at, place_id=row.place_id, detail=detail)
    return frozen


@transaction.atomic
def publish(
    *, by: Actor, at: datetime, report_id: int, with_texts: bool, uid: uuid.UUID | None = None
) -> Publication:
    """Show a frozen report to anybody: its tables, and the office's own words where these are asked for too.

    The same again is once. Refused where it is not frozen, was altered, or its words name a household.
    """
    row = policies.report_of(report_id, lock=True)
    check_acts_for(by, "reports.publish", row.place_id)
    frozen = policies.publishable(row)
    if with_texts:
        policies.check_texts(row, frozen)
    newest = queries.newest_publication(row)
    if newest is not None and newest.is_public and newest.with_texts == with_texts:
        return newest
    made = Publication.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        report=row,
        is_public=True,
        with_texts=with_texts,
    )
    detail = {"digest": frozen.digest, "texts": with_texts}
    write_event(by=by, deed="reports.publish", subject=row, at=at, place_id=row.place_id, detail=detail)
    return made


@transaction.atomic
def take_down(
    *, by: Actor, at: datetime, report_id: int, reason: str, uid: uuid.UUID | None = None
) -> Publication:
    """Show a report to nobody any more; that it was public, and why it no longer is, stays to be read."""
    row = policies.report_of(report_id, lock=True)
    check_acts_for(by, "reports.publish", row.place_id)
    newest = policies.check_public(queries.newest_publication(row))
    made = Publication.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        report=row,
        is_public=False,
        with_texts=newest.with_texts,
        reason=policies.checked_reason(reason),
    )
    detail = {"reason": made.reason}
    write_event(by=by, deed="reports.take_down", subject=row, at=at, place_id=row.place_id, detail=detail)
    return made

"""Deeds on figures: recording, correcting, stating a verdict, freezing an assessment.

A set of entries is recorded whole or not at all; every fault is named with its row and field.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import integrity, periods, policies, queries
from chungtay.figures.blocks import patch_blocks
from chungtay.figures.dirty import mark as mark_dirty
from chungtay.figures.drafts import drop_drafts
from chungtay.figures.freezing import finding_digest
from chungtay.figures.models import Assessment, Observation, StatedVerdict
from chungtay.figures.packing import recorded
from chungtay.figures.states import Move, State
from chungtay.figures.values import Stored, to_stored
from chungtay.figures.work_rows import FigureStep
from chungtay.people.policies import check_acts_for
from chungtay.standards import queries as standards
from chungtay.standards.policies import check_measures_in_sector, check_part_in_sector
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from rulebook import Mark, Measure, Period, StatedGrade, Value, encode_value, show_value
from viet.numbers import NumberProblem

REASON_LENGTH, PURPOSE_LENGTH = 300, 200


@dataclass(frozen=True)
class Entry:
    """One figure to record. value: exact, or the text a person typed. row, field: named in a refusal.

    adjusts: meant for a period that is closed already; `reason` then says why.
    """

    measure: str
    value: Value | str
    period: Period
    part: str = ""
    source: str = ""
    mark: Mark = Mark.MEASURED
    reason: str = ""
    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    row: int | None = None
    field: str = "value"
    adjusts: bool = False


@transaction.atomic
def record(
    *, by: Actor, at: datetime, place_id: int, entries: Sequence[Entry], seen: int | None = None
) -> list[Observation]:
    """Record figures of one place, all or none. A value already current changes nothing; another one supersedes it.

    seen: the newest row of the place when the writer looked (`queries.newest_row`); a figure somebody changed since
    is not overwritten unseen. Returns the rows written. Refuses an unknown measure, a value the measure cannot have,
    a period outside the place's life or in the future.
    """
    check_acts_for(by, "figures.record", place_id)
    check_measures_in_sector(by, [entry.measure for entry in entries])
    for mark in {entry.mark for entry in entries}:
        policies.check_mark(mark)
    hold_place(place_id)
    measures = standards.measures(entry.measure for entry in entries)
    life, today = territory.states_of(place_id), timezone.localdate(at)
    faults: list[Fault] = []
    ready: list[tuple[Entry, Measure, Stored]] = []
    by_period: dict[Period, list[Fault]] = {}
    for entry in entries:
        measure = measures.get(entry.measure)
        found = _faults_of(entry, measure)
        if entry.period not in by_period:
            by_period[entry.period] = policies.faults_of_period(life, entry.period, today, "period")
        found += by_period[entry.period]
        faults += [Fault(f.sentence, f.field, entry.row, f.clause) for f in found]
        if measure is not None and not found:
            ready.append((entry, measure, to_stored(_value_of(entry, measure), measure)))
    if faults:
        raise Refusal(*dict.fromkeys(faults))
    return _write(by, at, place_id, ready, seen)


def _faults_of(entry: Entry, measure: Measure | None) -> list[Fault]:
    if measure is None:
        return [policies.unknown_measure(entry.measure, entry.field)]
    if found := policies.faults_of_part(measure, entry.part, entry.field):
        return found
    found = policies.faults_of_length(entry.source, policies.SOURCE_LENGTH, "Nguồn", "source")
    found += policies.faults_of_length(entry.reason, REASON_LENGTH, "Lý do sửa", "reason")
    try:
        value = _value_of(entry, measure)
    except NumberProblem as problem:
        return [Fault(str(problem), entry.field), *found]
    return [Fault(sentence, entry.field) for sentence in measure.problems_with(value)] + found


def _value_of(entry: Entry, measure: Measure) -> Value:
    return measure.parse(entry.value) if isinstance(entry.value, str) else entry.value


def _write(
    by: Actor,
    at: datetime,
    place_id: int,
    ready: Sequence[tuple[Entry, Measure, Stored]],
    seen: int | None,
) -> list[Observation]:
    current = queries.current_rows(place_id, {measure.code for _, measure, _ in ready})
    sent = {row.uid: row for row in Observation.objects.filter(uid__in=[entry.uid for entry, _, _ in ready])}
    if seen is not None and (faults := _changed_meanwhile(ready, current, sent, seen)):
        raise Refusal(*faults)
    closing = periods.closing_of([place_id])
    if faults := _closed(ready, closing, current, place_id):
        raise Refusal(*faults)
    told = {
        (measure.code, entry.part, entry.period): _value_of(entry, measure) for entry, measure, _ in ready
    }
    fields = {(measure.code, entry.part): (entry.field, entry.row) for entry, measure, _ in ready}
    if impossible := integrity.impossible(place_id, told):
        raise Refusal(*(Fault(each.sentence, *fields[each.measure, each.part]) for each in impossible))
    written: list[Observation] = []
    for entry, measure, stored in ready:
        key = (measure.code, entry.part, entry.period.start, entry.period.end)
        if (again := sent.get(entry.uid)) is not None:
            policies.check_uid_unused(f"số liệu “{measure.name.vi}”", _same(again, stored, key, place_id))
            continue
        before = current.get(key)
        if _says_already(before, stored, entry.mark):
            continue
        row = Observation.objects.create(
            uid=entry.uid,
            place_id=place_id,
            measure_id=measure.code,
            part=entry.part,
            period_start=entry.period.start,
            period_end=entry.period.end,
            scaled=stored.scaled,
            numerator=stored.numerator,
            denominator=stored.denominator,
            source=entry.source,
            mark=entry.mark.value,
            state=State.SUBMITTED,
            post_id=by.actor_id,
            by_label=by.label,
            recorded_at=at,
            supersedes=before,
            reason=entry.reason,
        )
        current[key] = sent[entry.uid] = row
        current[key].stands = State.SUBMITTED
        if before is not None:
            _note_correction(before, row, entry, closing, by, at)
        write_event(
            by=by,
            deed="figures.record",
            subject=row,
            at=at,
            place_id=place_id,
            detail={"measure": measure.code, "period": str(entry.period), "supersedes": before and before.pk},
            before=before and _told(before, measure),
            after=before and _told(row, measure),
        )
        written.append(row)
    drop_drafts(by, place_id, ((measure.code, entry.part) for entry, measure, _ in ready))
    patch_blocks(recorded(written))
    if written:
        mark_dirty([place_id])
    return written


def _told(row: Observation, measure: Measure) -> dict[str, str]:
    """What a correction changes, for the trail: the exact value, its mark and its source."""
    return {
        "value": encode_value(queries.value_of(row, measure)),
        "mark": row.mark,
        "source": row.source,
    }


def _closed(
    ready: Sequence[tuple[Entry, Measure, Stored]],
    closing: periods.Closing,
    current: Mapping[tuple[str, str, date, date], Any],
    place_id: int,
) -> list[Fault]:
    """Why figures of a confirmed period are not recorded: what is new there is an adjustment and says its reason."""
    faults: list[Fault] = []
    for entry, measure, stored in ready:
        lock = closing.lock_over(place_id, entry.period)
        before = current.get((measure.code, entry.part, entry.period.start, entry.period.end))
        if lock is None or _says_already(before, stored, entry.mark):
            continue
        if not (entry.adjusts and entry.reason.strip()):
            place = territory.latest(place_id).full_name
            told = policies.closed_period(lock, place, "reason" if entry.adjusts else entry.field)
            faults.append(Fault(told.sentence, told.field, entry.row))
    return faults


def _says_already(before: Any, stored: Stored, mark: Mark) -> bool:
    """Whether a figure stands there with that value. One that was returned is to be said again."""
    return (
        before is not None
        and _holds(before, stored)
        and before.mark == mark
        and before.stands != State.RETURNED
    )


def _note_correction(
    before: Observation, row: Observation, entry: Entry, closing: periods.Closing, by: Actor, at: datetime
) -> None:
    """What is put right after its period was confirmed or its day was over is an adjustment, and marked so."""
    late = closing.is_late(row.place_id, entry.period, timezone.localdate(at))
    if late or closing.lock_over(row.place_id, entry.period):
        FigureStep.objects.create(
            observation=row,
            move=Move.ADJUST,
            state=State.SUBMITTED,
            reason=entry.reason,
            post_id=by.actor_id,
            by_label=by.label,
            at=at,
        )


def _changed_meanwhile(
    ready: Sequence[tuple[Entry, Measure, Stored]],
    current: Mapping[tuple[str, str, date, date], Any],
    sent: Mapping[uuid.UUID, Observation],
    seen: int,
) -> list[Fault]:
    """Two windows open on one figure: the second to save is told what the first wrote."""
    faults: list[Fault] = []
    for entry, measure, stored in ready:
        row = current.get((measure.code, entry.part, entry.period.start, entry.period.end))
        if row is None or row.pk <= seen or entry.uid in sent or _holds(row, stored):
            continue
        now = show_value(queries.value_of(row, measure), measure)
        faults.append(
            Fault(
                f"“{measure.name.vi}” vừa được {row.by_label} ghi là {now} sau khi bạn mở trang này. "
                "Hãy xem lại; nếu vẫn đúng ý, hãy lưu lần nữa.",
                entry.field,
                entry.row,
            )
        )
    return faults


def _holds(row: Observation, stored: Stored) -> bool:
    return (row.scaled, row.numerator, row.denominator) == (
        stored.scaled,
        stored.numerator,
        stored.denominator,
    )


def _same(row: Observation, stored: Stored, key: tuple[str, str, date, date], place_id: int) -> bool:
    described = (row.measure_id, row.part, row.period_start, row.period_end)
    return row.place_id == place_id and described == key and _holds(row, stored)


@transaction.atomic
def state_verdict(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    kind: str,
    code: str,
    grade: StatedGrade,
    on: date,
    source: str,
    mark: Mark = Mark.STATED,
    uid: uuid.UUID | None = None,
) -> StatedVerdict:
    """Record what a document or a person says of a standard, criterion or indicator on a day.

    The same thing said again of the same day changes nothing; something else said of it supersedes. Sending twice is
    once, even when something else was said in between.
    """
    check_acts_for(by, "figures.state_verdict", place_id)
    hold_place(place_id)
    life = territory.states_of(place_id)
    adopted = standards.adopted_at(life[-1], standard_code, on=on)
    check_part_in_sector(by, adopted, kind, code)
    standard = adopted.standard
    standards.check_level(standard, life[-1])
    faults = (
        [Fault("Hãy ghi rõ nguồn: văn bản, báo cáo hoặc người công bố.", "source")]
        if not source.strip()
        else []
    )
    known = {
        "standard": {standard.id},
        "criterion": {criterion.number for criterion in standard.criteria},
        "indicator": {indicator.code for indicator in standard.indicators},
    }
    if code not in known.get(kind, set()):
        faults.append(Fault(f"{standard.name.vi} không có mục {kind} “{code}”.", "code"))
    faults += policies.faults_of_length(source, policies.SOURCE_LENGTH, "Nguồn", "source")
    faults += policies.faults_of_period(life, Period.day(on), timezone.localdate(at), "on")
    if not faults:
        standards.check_within_time(standard, on)
    if faults:
        raise Refusal(*faults)
    if uid is not None and (again := StatedVerdict.objects.filter(uid=uid).first()) is not None:
        told = (again.place_id, again.standard_code, again.kind, again.code, again.on, again.grade)
        same = told == (place_id, standard_code, kind, code, on, grade.value)
        policies.check_uid_unused("kết quả công bố", same)
        return again
    before = queries.current_stated_row(place_id, standard_code, kind, code, on)
    if before is not None and (before.grade, before.source, before.mark) == (grade.value, source, mark.value):
        return before
    row = StatedVerdict.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        standard_code=standard_code,
        kind=kind,
        code=code,
        grade=grade.value,
        on=on,
        source=source,
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
        supersedes=before,
    )
    write_event(
        by=by,
        deed="figures.state_verdict",
        subject=row,
        at=at,
        place_id=place_id,
        detail={"standard": standard_code, "kind": kind, "code": code, "grade": grade.value},
        before=before and {"grade": before.grade, "mark": before.mark, "source": before.source},
        after=before and {"grade": row.grade, "mark": row.mark, "source": row.source},
    )
    return row


@transaction.atomic
def freeze_assessment(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    figures_on: date,
    purpose: str,
    version: str = "",
    uid: uuid.UUID | None = None,
) -> Assessment:
    """Freeze what the law says of a place on a day, with the whole trace and its digest. Sending twice is once."""
    check_acts_for(by, "figures.freeze", place_id)
    if uid is not None and (again := Assessment.objects.filter(uid=uid).first()) is not None:
        told = (again.place_id, again.standard.code, again.figures_on)
        policies.check_uid_unused("bản đánh giá", told == (place_id, standard_code, figures_on))
        return again
    if figures_on > timezone.localdate(at):
        raise Refusal(
            Fault("Không thể chốt đánh giá cho một ngày chưa đến. Hãy chọn ngày khác.", "figures_on")
        )
    if not purpose.strip():
        raise Refusal(Fault("Hãy ghi mục đích của bản đánh giá, ví dụ “Tự đánh giá quý I”.", "purpose"))
    if faults := policies.faults_of_length(purpose.strip(), PURPOSE_LENGTH, "Mục đích", "purpose"):
        raise Refusal(*faults)
    judged = queries.judge_place(place_id, standard_code, on=figures_on, version=version)
    standards.check_within_time(judged.standard, figures_on)
    plain, name = judged.finding.to_plain(), judged.place.full_address
    digest = finding_digest(
        plain, judged.version.digest, place=name, figures_on=figures_on, purpose=purpose.strip()
    )
    counts, stated = judged.counts, judged.stated
    row = Assessment.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        place_name=name,
        standard_id=judged.version.id,
        figures_on=figures_on,
        finding=plain,
        digest=digest,
        verdict=judged.finding.verdict.value,
        met=counts.met,
        not_met=counts.not_met,
        unknown=counts.unknown,
        excused=counts.excused,
        stated_met=stated.met,
        stated_basically=stated.basically,
        purpose=purpose.strip(),
        post_id=by.actor_id,
        by_label=by.label,
        made_at=at,
    )
    detail = {"standard": judged.version.digest, "digest": row.digest, "figures_on": figures_on.isoformat()}
    write_event(by=by, deed="figures.freeze_assessment", subject=row, at=at, place_id=place_id, detail=detail)
    return row

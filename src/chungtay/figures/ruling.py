"""Ruling on what the law leaves to a person: met, not met or not applicable, with the evidence."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import policies
from chungtay.figures.dirty import mark as mark_dirty
from chungtay.figures.ruling_rows import RULINGS, RulingVerdict
from chungtay.figures.rulings import rulings_asked
from chungtay.people.policies import check_acts_for
from chungtay.standards import queries as standards
from chungtay.standards.policies import check_part_in_sector
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from rulebook import Period, Verdict

EVIDENCE_LENGTH = 1000


@transaction.atomic
def rule_on(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    code: str,
    verdict: Verdict,
    evidence: str,
    on: date,
    question: str = "",
    uid: uuid.UUID | None = None,
) -> RulingVerdict:
    """Rule on an indicator that the law leaves to a person, as of a day. The evidence says what it rests on.

    question: in the law's words, where the indicator asks several. The same ruling again changes nothing, another one
    of the same day supersedes, sending twice is once. Refuses an indicator of which a figure decides.
    """
    check_acts_for(by, "figures.rule_on", place_id)
    hold_place(place_id)
    life = territory.states_of(place_id)
    adopted = standards.adopted_at(life[-1], standard_code, on=on)
    check_part_in_sector(by, adopted, "indicator", code)
    standard = adopted.standard
    standards.check_level(standard, life[-1])
    asked = [each for each in rulings_asked(standard, code) if each.standard == standard.id]
    chosen = [each for each in asked if each.question.vi == question or (not question and each.alone)]
    faults = policies.faults_of_period(life, Period.day(on), timezone.localdate(at), "on")
    if not asked:
        faults.append(
            Fault(
                f"Chỉ tiêu {code} của {standard.name.vi} được xét theo số liệu, không do người kết luận. "
                "Hãy nhập số liệu.",
                "code",
            )
        )
    elif not chosen:
        faults.append(Fault("Hãy chọn câu hỏi của chỉ tiêu để kết luận.", "question"))
    if verdict not in RULINGS:
        faults.append(Fault("Kết luận phải là đạt, chưa đạt hoặc không áp dụng.", "verdict"))
    evidence = evidence.strip()
    if not evidence:
        faults.append(
            Fault("Hãy ghi căn cứ của kết luận: biên bản, văn bản hoặc việc đã xem tận nơi.", "evidence")
        )
    faults += policies.faults_of_length(evidence, EVIDENCE_LENGTH, "Căn cứ", "evidence")
    if not faults:
        standards.check_within_time(standard, on)
    if faults:
        raise Refusal(*faults)
    key = {"place_id": place_id, "standard_code": standard.id, "code": code, "on": on}
    told = {"verdict": verdict.value, "evidence": evidence}
    question = chosen[0].question.vi
    if uid is not None and (again := RulingVerdict.objects.filter(uid=uid).first()) is not None:
        same = all(getattr(again, name) == value for name, value in {**key, **told}.items())
        policies.check_uid_unused("kết luận", same)
        return again
    before = RulingVerdict.objects.filter(question=question, superseded_by__isnull=True, **key).first()
    if before is not None and all(getattr(before, name) == value for name, value in told.items()):
        return before
    row = RulingVerdict.objects.create(
        uid=uid or uuid.uuid4(),
        question=question,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
        supersedes=before,
        **key,
        **told,
    )
    detail = {"standard": standard.id, "code": code, "verdict": verdict.value, "on": on.isoformat()}
    mark_dirty([place_id])
    write_event(
        by=by,
        deed="figures.rule_on",
        subject=row,
        at=at,
        place_id=place_id,
        detail=detail,
        before=before and {"verdict": before.verdict, "evidence": before.evidence},
        after=before and told,
    )
    return row

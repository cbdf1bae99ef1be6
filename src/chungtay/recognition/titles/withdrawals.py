"""The dossier of a withdrawal: what was found, frozen; the place's explanation; a proposal; the decision of the
authority of the day. Whether a title *may* be withdrawn is counted by `rulebook.withdrawing`, never by hand."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.deeds import faults_of_future, faults_of_source, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures import queries as figures
from chungtay.figures.policies import check_mark
from chungtay.people.policies import check_acts_for, check_not_own
from chungtay.recognition.models import WithdrawalCase
from chungtay.recognition.titles import policies
from chungtay.recognition.titles.keeping import faults_of_act, found, write_act
from chungtay.recognition.titles.models import Became
from chungtay.recognition.titles.procedures import deciding_role
from chungtay.territory import names
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from rulebook import Finding, Mark, Verdict, withdraw

WITHDRAW: Final = "withdraw"
KEEP: Final = "keep"

TEXT_LENGTH = 1000


@dataclass(frozen=True)
class Found:
    """What the measured criteria say about withdrawing a title on a day. judged: criteria with their reasons."""

    judged: Finding
    withdrawal: Finding
    version: str


@dataclass(frozen=True)
class CaseView:
    """A dossier of withdrawal. place_id: who answers for the title. intact: what was found is as it was frozen."""

    id: int
    uid: uuid.UUID
    title_id: int
    opened_on: date
    reason: str
    found: Found
    intact: bool
    source: str
    mark: Mark
    by: str
    explanation: str
    explained_by: str
    explained_at: datetime | None
    proposal: str
    proposal_reason: str
    proposed_by: str
    proposed_at: datetime | None
    outcome: str
    outcome_reason: str
    outcome_on: date | None
    decision_number: str
    decided_by: str
    authority_id: int | None
    outcome_by: str

    @property
    def failing(self) -> list[Finding]:
        """The criteria not met on the day it was opened."""
        return [each for each in self.found.judged.criteria if each.verdict is Verdict.NOT_MET]


def found_on(standard_code: str, place_id: int, on: date) -> Found:
    """The rule of withdrawal applied to what is measured of a place on a day."""
    judged = figures.judge_place(place_id, standard_code, on=on)
    return Found(judged.finding, withdraw(judged.standard, judged.finding), judged.version.label)


def cases_of(title_ids: Iterable[int]) -> dict[int, list[CaseView]]:
    """The dossiers of each of those titles, newest first. One query."""
    cases: dict[int, list[CaseView]] = {}
    for row in WithdrawalCase.objects.filter(title_id__in=title_ids).order_by("-opened_on", "-pk"):
        cases.setdefault(row.title_id, []).append(_view(row))
    return cases


def open_cases(title_ids: Iterable[int]) -> frozenset[int]:
    """Of those titles the ones whose withdrawal is not concluded. One query."""
    rows = WithdrawalCase.objects.filter(title_id__in=list(title_ids), outcome="")
    return frozenset(rows.values_list("title_id", flat=True))


def case_of(case_id: int) -> CaseView:
    """One dossier; NotFound when there is none."""
    row = WithdrawalCase.objects.filter(pk=case_id).first()
    if row is None:
        raise NotFound(_("Không có hồ sơ thu hồi này. Hãy mở lại trang danh hiệu."))
    return _view(row)


@transaction.atomic
def open_case(
    *,
    by: Actor,
    at: datetime,
    title_id: int,
    opened_on: date,
    reason: str,
    source: str = "",
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> WithdrawalCase:
    """Open the dossier with what is measured on that day, frozen. Refused where the measured criteria show that the
    place is no case for withdrawal; where they leave it open, the dossier says what is not known."""
    row = found(title_id)
    if uid and (sent := WithdrawalCase.objects.filter(uid=uid).first()) is not None:
        return sent
    check_mark(mark)
    faults = faults_of_future(opened_on, at, "opened_on")
    faults += faults_of_texts((reason, "reason", _("lý do mở hồ sơ"), TEXT_LENGTH, True))
    faults += faults_of_source(mark, source)
    if faults:
        raise Refusal(*faults)
    place_id = policies.check_holder(policies.check_in_force(row, opened_on), opened_on)
    check_acts_for(by, "recognition.withdraw", place_id)
    policies.check_no_open_case(row)
    seen = found_on(row.standard_code, place_id, opened_on)
    if seen.withdrawal.verdict is Verdict.NOT_MET:
        raise Refusal(
            Fault(
                _(
                    "Theo số liệu ngày %(day)s: %(counts)s. Danh hiệu không thuộc trường hợp thu hồi nên không mở hồ "
                    "sơ. Nếu số liệu chưa đúng, hãy sửa số liệu trước."
                )
                % {"day": day_words(opened_on), "counts": seen.withdrawal.value_text.in_(language())},
                clause=seen.withdrawal.clause.in_(language()),
            )
        )
    frozen = {"judged": seen.judged.to_plain(), "withdrawal": seen.withdrawal.to_plain()}
    case = WithdrawalCase.objects.create(
        uid=uid or uuid.uuid4(),
        title=row,
        opened_on=opened_on,
        reason=reason.strip(),
        finding=frozen,
        standard_version=seen.version,
        digest=_digest(frozen),
        source=source.strip(),
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {"title": row.pk, "digest": case.digest, "verdict": seen.withdrawal.verdict.value}
    write_event(
        by=by, deed="recognition.open_withdrawal", subject=case, at=at, place_id=place_id, detail=detail
    )
    return case


@transaction.atomic
def explain(*, by: Actor, at: datetime, case_id: int, text: str) -> WithdrawalCase:
    """The place explains itself, until a proposal is made; what it said first is replaced by what it says last."""
    case, place_id = _open(case_id)
    check_acts_for(by, "recognition.prepare", place_id)
    if case.proposal:
        raise Refusal(_("Đã có đề xuất xử lý nên không sửa giải trình. Hãy gửi ý kiến cho cơ quan đề xuất."))
    if faults := faults_of_texts((text, "text", _("ý kiến giải trình"), 4000, True)):
        raise Refusal(*faults)
    before = case.explanation
    case.explanation, case.explained_by, case.explained_at = text.strip(), by.label, at
    case.save(update_fields=["explanation", "explained_by", "explained_at"])
    write_event(
        by=by,
        deed="recognition.explain_withdrawal",
        subject=case,
        at=at,
        place_id=place_id,
        before=before or None,
        after=case.explanation,
    )
    return case


@transaction.atomic
def propose(*, by: Actor, at: datetime, case_id: int, proposal: str, reason: str) -> WithdrawalCase:
    """The office above proposes to withdraw or to keep. Without an explanation of the place the reason must say so."""
    case, place_id = _open(case_id)
    check_acts_for(by, "recognition.withdraw", place_id)
    if case.proposal:
        raise Refusal(_("Hồ sơ đã có đề xuất. Không ghi đè; hãy trình cấp có thẩm quyền quyết định."))
    faults = faults_of_texts((reason, "reason", _("lý do đề xuất"), TEXT_LENGTH, True))
    if proposal not in (WITHDRAW, KEEP):
        faults.append(Fault(_("Hãy chọn đề xuất thu hồi hay giữ danh hiệu."), "proposal"))
    if faults:
        raise Refusal(*faults)
    case.proposal, case.proposal_reason = proposal, reason.strip()
    case.proposed_by, case.proposed_post_id, case.proposed_at = by.label, by.actor_id, at
    case.save(update_fields=["proposal", "proposal_reason", "proposed_by", "proposed_post", "proposed_at"])
    write_event(
        by=by,
        deed="recognition.propose_withdrawal",
        subject=case,
        at=at,
        place_id=place_id,
        detail={"proposal": proposal, "explained": bool(case.explanation)},
    )
    return case


@transaction.atomic
def conclude(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    outcome: str,
    outcome_on: date,
    authority_id: int,
    decided_by: str,
    reason: str,
    source: str,
    decision_number: str = "",
    mark: Mark = Mark.TOLD,
) -> WithdrawalCase:
    """Record the decision; never by the person who proposed it. authority_id: the place whose authority decided: it
    must have lived that day, stand above the place, and be of the level that decides about the title, where the law
    of that day is known."""
    case, place_id = _open(case_id)
    check_acts_for(by, "recognition.withdraw", place_id)
    check_mark(mark)
    if not case.proposal:
        raise Refusal(_("Hồ sơ chưa có đề xuất xử lý. Hãy ghi đề xuất trước khi ghi quyết định."))
    check_not_own(by, case.proposed_post_id)
    faults = faults_of_act(outcome_on, at, decided_by, decision_number, reason, source, mark)
    faults += faults_of_texts((reason, "reason", _("lý do"), 600, True)) if not reason.strip() else []
    if outcome not in (WITHDRAW, KEEP):
        faults.append(Fault(_("Hãy chọn kết luận thu hồi hay giữ danh hiệu."), "outcome"))
    if outcome_on < case.opened_on:
        faults.append(Fault(_("Quyết định không thể trước ngày mở hồ sơ. Hãy xem lại ngày."), "on"))
    faults += _faults_of_authority(case.title.standard_code, place_id, authority_id, outcome_on)
    if faults:
        raise Refusal(*faults)
    policies.check_in_force(case.title, outcome_on)
    case.outcome, case.outcome_reason, case.outcome_on = outcome, reason.strip(), outcome_on
    case.decision_number, case.decided_by = decision_number.strip(), decided_by.strip()
    case.authority_id, case.outcome_by, case.outcome_at = authority_id, by.label, at
    case.save()
    write_event(
        by=by,
        deed="recognition.conclude_withdrawal",
        subject=case,
        at=at,
        place_id=place_id,
        detail={"outcome": outcome, "on": outcome_on.isoformat()},
    )
    if outcome == WITHDRAW:
        write_act(
            case.title,
            Became.WITHDRAWN,
            by=by,
            at=at,
            place_id=case.title.place_id,
            on=outcome_on,
            decided_by=decided_by,
            decision_number=decision_number,
            reason=reason,
            source=source,
            mark=mark,
            uid=None,
            deed="recognition.withdraw_title",
            case_id=case.pk,
        )
    return case


def _open(case_id: int) -> tuple[WithdrawalCase, int]:
    """The open dossier, held until the deed is done, and the place that answers for the title."""
    case = WithdrawalCase.objects.select_for_update().select_related("title").filter(pk=case_id).first()
    if case is None:
        raise NotFound(_("Không có hồ sơ thu hồi này. Hãy mở lại trang danh hiệu."))
    held = policies.check_in_force(case.title, case.opened_on)
    place_id = policies.check_holder(held, case.opened_on)
    if case.outcome:
        raise Refusal(_("Hồ sơ thu hồi này đã kết luận. Muốn xem xét lại, hãy mở hồ sơ mới."))
    return case, place_id


def _faults_of_authority(standard_code: str, place_id: int, authority_id: int, on: date) -> list[Fault]:
    """Why the authority of that place could not decide about the title on that day."""
    authority = territory.latest(authority_id)
    role = deciding_role(standard_code, on)
    who = _("Thẩm quyền ngày đó: %(role)s.") % {"role": role.name.in_(language())} if role else ""
    if authority.ended is not None and authority.ended <= on:
        sentence = _(
            "%(place)s không còn từ ngày %(ended)s nên không thể quyết định ngày %(day)s. Hãy chọn cơ quan có thẩm "
            "quyền của ngày đó. %(who)s"
        )
        told = {
            "place": names.opening(authority.full_name),
            "ended": day_words(authority.ended),
            "day": day_words(on),
            "who": who,
        }
        return [Fault((sentence % told).strip(), "authority")]
    if authority_id == place_id or not territory.contains(authority_id, place_id):
        sentence = _("%(place)s không phải cấp trên của nơi giữ danh hiệu. Hãy chọn lại cơ quan quyết định.")
        return [Fault(sentence % {"place": names.opening(authority.full_name)}, "authority")]
    if role and role.level != authority.level:
        sentence = _("Danh hiệu này không do cấp “%(level)s” quyết định. %(who)s")
        told = {"level": str(Level(authority.level).label), "who": who}
        return [Fault(sentence % told, "authority")]
    return []


def _digest(frozen: Mapping[str, Any]) -> str:
    plain = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _view(row: WithdrawalCase) -> CaseView:
    judged = Finding.from_plain(row.finding["judged"])
    withdrawal = Finding.from_plain(row.finding["withdrawal"])
    return CaseView(
        id=row.pk,
        uid=row.uid,
        title_id=row.title_id,
        opened_on=row.opened_on,
        reason=row.reason,
        found=Found(judged, withdrawal, row.standard_version),
        intact=_digest(row.finding) == row.digest,
        source=row.source,
        mark=Mark(row.mark),
        by=row.by_label,
        explanation=row.explanation,
        explained_by=row.explained_by,
        explained_at=row.explained_at,
        proposal=row.proposal,
        proposal_reason=row.proposal_reason,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        outcome=row.outcome,
        outcome_reason=row.outcome_reason,
        outcome_on=row.outcome_on,
        decision_number=row.decision_number,
        decided_by=row.decided_by,
        authority_id=row.authority_id,
        outcome_by=row.outcome_by,
    )

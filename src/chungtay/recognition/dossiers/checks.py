"""Criterion by criterion: what the place claims, what each office found, and what it has not looked at yet."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.community.deeds import faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import queries as figures
from chungtay.recognition.dossiers import cases, policies
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.models import CriterionCheck
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark, Standard
from rulebook.findings import Finding
from rulebook.procedure import Step, Verb
from rulebook.standings import Standing

VERDICTS: Final = {
    "met": gettext_lazy("đạt"),
    "basically_met": gettext_lazy("cơ bản đạt"),
    "not_met": gettext_lazy("không đạt"),
    "unknown": gettext_lazy("chưa kết luận"),
}
WAYS: Final = {"desk": gettext_lazy("xem hồ sơ"), "field": gettext_lazy("xem thực địa")}
BY_CRITERION: Final = (Verb.SELF_ASSESS, Verb.VERIFY, Verb.APPRAISE)
"""Steps in which every criterion gets a word of its own."""


@dataclass(frozen=True)
class Check:
    """What an office says of one criterion. criterion: its number; verdict: of VERDICTS; way: of WAYS."""

    criterion: str
    verdict: str
    reason: str = ""
    way: str = "desk"
    uid: uuid.UUID | None = None


@dataclass(frozen=True)
class CheckView:
    """The newest word of one office on one criterion. part: its field; "" where it speaks for the whole."""

    step: str
    verb: Verb
    part: str
    criterion: str
    verdict: str
    reason: str
    way: str
    on: date
    by: str
    mark: Mark
    source: str


@dataclass(frozen=True)
class CriterionRow:
    """One criterion: what the place claims, what was stated, what the data say, and what each office found.

    claimed: None before the self-assessment. contested: an office says less than is claimed.
    """

    number: str
    name: str
    sectors: tuple[str, ...]
    measured: Finding
    claimed: CheckView | None
    found: tuple[CheckView, ...]

    @property
    def contested(self) -> bool:
        return bool(
            self.claimed
            and self.claimed.verdict in ("met", "basically_met")
            and any(each.verdict == "not_met" for each in self.found)
        )


@transaction.atomic
def check_criteria(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    step: str,
    on: date,
    checks: Sequence[Check],
    part: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
) -> list[CriterionCheck]:
    """Write down what an office found of criteria in a step that is open; said again, the newest counts.

    Each office its own: a field's office only the criteria that ask for something of its field. All or nothing; a check
    sent twice with one uid is written once.
    """
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    meant = policies.step_of(case, step)
    if meant.verb not in BY_CRITERION:
        raise Refusal(Fault(_("Bước này không xét từng tiêu chí."), "step"))
    if mark is Mark.MEASURED:
        policies.check_takes(by, case, meant, on, "", part)
    else:
        policies.check_tells(by, case, meant, on, "", part)
    policies.check_lives(case.row.place_id, on)
    state = case.proceeding(on, cases.all_met(case.procedure)).states[step]
    if mark is Mark.MEASURED or state.standing is not Standing.DONE:
        policies.check_open(state, meant)
    faults = policies.faults_of_event(on, at, "", mark, source)
    own = _criteria(case, on, part)
    for each in checks:
        faults += _faults_of_check(each, own, part)
    if faults:
        raise Refusal(*faults)
    rows = []
    for each in checks:
        known = policies.sent_before(
            CriterionCheck, each.uid, dossier_id=dossier_id, step=step, criterion=each.criterion
        )
        rows.append(
            known
            or CriterionCheck.objects.create(
                uid=each.uid or uuid.uuid4(),
                dossier=case.row,
                step=step,
                part=part,
                criterion=each.criterion,
                verdict=each.verdict,
                reason=each.reason.strip(),
                way=each.way,
                on=on,
                round=case.round,
                mark=mark.value,
                source=source.strip(),
                post_id=by.actor_id,
                by_label=by.label,
                recorded_at=at,
            )
        )
    detail = {"step": step, "part": part, "verdicts": {row.criterion: row.verdict for row in rows}}
    place = case.row.place_id
    write_event(
        by=by, deed="recognition.check_criteria", subject=case.row, at=at, place_id=place, detail=detail
    )
    return rows


def criteria_of(dossier_id: int, *, on: date, part: str = "") -> dict[str, str]:
    """The criteria of a dossier's title, number → name; with a part, those that ask for something of its field."""
    return _criteria(cases.read(dossier_id), on, part)


def _criteria(case: Case, on: date, part: str) -> dict[str, str]:
    return {
        each.number: each.name.in_(language())
        for each in standard_of(case, on).criteria
        if not part or any(part in indicator.sectors for indicator in each.indicators)
    }


def standard_of(case: Case, on: date) -> Standard:
    """The standard as it holds for the place on a day."""
    place = territory.as_of(case.row.place_id, on)
    return standards.adopted_at(place, case.row.standard_code, on=on).standard


def check_complete(case: Case, step: Step, part: str, on: date) -> None:
    """Refuse to conclude a verification or appraisal while a criterion of the office has no word of it."""
    told = {
        row.criterion
        for row in CriterionCheck.objects.filter(
            dossier=case.row, step=step.code, part=part, round=case.round, on__lte=on
        )
    }
    left = [number for number in _criteria(case, on, part) if number not in told]
    if left:
        sentence = _(
            "“%(step)s” chưa có kết quả của tiêu chí: %(left)s. Hãy ghi kết quả từng tiêu chí trước."
        )
        raise Refusal(Fault(sentence % {"step": step.name.in_(language()), "left": ", ".join(left)}, "step"))


def by_criterion(dossier_id: int, *, on: date) -> list[CriterionRow]:
    """Every criterion with what is claimed, measured and found of it, as of a day; a fixed number of queries."""
    case = cases.read(dossier_id)
    judged = figures.judge_place(case.row.place_id, case.row.standard_code, on=on)
    views = current_checks(case, on)
    rows = []
    for finding in judged.finding.criteria:
        own = [each for each in views if each.criterion == finding.code]
        claims = [each for each in own if each.verb is Verb.SELF_ASSESS]
        criterion = next(each for each in judged.standard.criteria if each.number == finding.code)
        sectors = {code for indicator in criterion.indicators for code in indicator.sectors}
        rows.append(
            CriterionRow(
                number=finding.code,
                name=criterion.name.in_(language()),
                sectors=tuple(sorted(sectors)),
                measured=finding,
                claimed=claims[-1] if claims else None,
                found=tuple(each for each in own if each.verb is not Verb.SELF_ASSESS),
            )
        )
    return rows


def current_checks(case: Case, on: date) -> list[CheckView]:
    """The newest word of each office on each criterion, of the round it last spoke in. One query."""
    newest: dict[tuple[str, str, str], CriterionCheck] = {}
    for row in CriterionCheck.objects.filter(dossier=case.row, on__lte=on).order_by("pk"):
        newest[row.step, row.part, row.criterion] = row
    return [
        CheckView(
            step=row.step,
            verb=case.procedure.steps[row.step].verb,
            part=row.part,
            criterion=row.criterion,
            verdict=row.verdict,
            reason=row.reason,
            way=row.way,
            on=row.on,
            by=row.by_label,
            mark=Mark(row.mark),
            source=row.source,
        )
        for row in newest.values()
    ]


def _faults_of_check(check: Check, own: dict[str, str], part: str) -> list[Fault]:
    field = f"criterion-{check.criterion}"
    faults = faults_of_texts((check.reason, field, _("lý do"), 2_000, False))
    if check.criterion not in own:
        sentence = (
            _("Tiêu chí %(number)s không thuộc lĩnh vực %(part)s. Hãy để cơ quan phụ trách ghi.")
            if part
            else _("Bộ tiêu chí không có tiêu chí %(number)s.")
        )
        faults.append(Fault(sentence % {"number": check.criterion, "part": part}, field))
    if check.verdict not in VERDICTS or check.way not in WAYS:
        faults.append(
            Fault(_("Hãy chọn kết quả và cách xét của tiêu chí %(n)s.") % {"n": check.criterion}, field)
        )
    if check.verdict == "not_met" and not check.reason.strip():
        faults.append(Fault(_("Tiêu chí %(n)s không đạt: hãy nêu lý do.") % {"n": check.criterion}, field))
    return faults

"""Opening a dossier and taking its steps: done, told by a paper, sent back, withdrawn."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import faults_of_future, faults_of_source
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.recognition.dossiers import cases, checks, gates, granting, papers_held, policies
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.models import (
    Dossier,
    DossierEvent,
    FrozenDossier,
    Registration,
    digest_of,
)
from chungtay.recognition.titles import actions as titles
from chungtay.recognition.titles import queries as given
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from rulebook import Mark
from rulebook.procedure import Step, Verb
from rulebook.standings import Said, Standing
from rulebook.verdicts import Verdict

Answers = Mapping[str, tuple[int | None, int | None]]  # question → satisfied, answered


@transaction.atomic
def open_dossier(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    year: int,
    opened_on: date,
    registration_id: int | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Dossier:
    """Open a dossier for a place and a title, under the procedure as it stands adopted; later versions never reach it.

    By the place or the commune it lies in; of before, by the office above as a paper tells. Refused where a dossier for
    the same title is still under way, where the place has that title of that year, where no procedure leads to it, and
    for a place that is no more.
    """
    if mark is Mark.MEASURED or not may_act_for(by, policies.TELL, place_id):
        check_acts_for(by, "recognition.prepare", place_id)
    hold_place(place_id)
    said = {"place_id": place_id, "standard_code": standard_code, "year": year}
    if known := policies.sent_before(Dossier, uid, **said):
        return known
    faults = faults_of_future(opened_on, at, "opened_on") + faults_of_source(mark, source)
    if faults := faults + policies.faults_of_year(year, timezone.localdate(at)):
        raise Refusal(*faults)
    policies.check_lives(place_id, opened_on)
    place = territory.as_of(place_id, opened_on)
    whole = standards.adopted_at(place, standard_code, on=opened_on)
    standards.check_level(whole.standard, place)
    procedure = policies.procedure_for(place, standard_code, opened_on)
    _check_none_under_way(place_id, standard_code)
    _check_not_held(place_id, standard_code, year)
    registered = Registration.objects.filter(place_id=place_id, standard_code=standard_code)
    if registration_id is not None and not registered.filter(pk=registration_id).exists():
        raise Refusal(Fault(_("Đăng ký này không phải của nơi và danh hiệu đang mở hồ sơ."), "registration"))
    row = Dossier.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        standard_code=standard_code,
        title=whole.standard.title.vi,
        year=year,
        procedure_id=procedure.id,
        sectors=sorted({each for indicator in whole.standard.indicators for each in indicator.sectors}),
        opened_on=opened_on,
        registration_id=registration_id,
        **_made(by, at, mark, source),
    )
    detail = {"standard": standard_code, "year": year, "procedure": procedure.procedure.digest}
    write_event(by=by, deed="recognition.open_dossier", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def take_step(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    step: str,
    on: date,
    role: str = "",
    part: str = "",
    began: date | None = None,
    counts: Mapping[str, int] | None = None,
    note: str = "",
    uid: uuid.UUID | None = None,
) -> DossierEvent:
    """Record that a step was done. Refused, in the engine's sentences, while it is shut; see `policies` for who may.

    role: for which body, where the post acts for several. part: the field, of a divided step. counts: of a meeting or a
    notice. A survey brings its frozen result, a council its sitting (`close_council`), a decision its own deed.
    Submitting freezes every paper; it is refused while one is missing. Announcing tells the title of its day.
    """
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    meant = policies.step_of(case, step)
    if known := policies.sent_before(DossierEvent, uid, dossier_id=dossier_id, step=step, part=part):
        return known
    if meant.verb in (Verb.DELIBERATE, Verb.DECIDE):
        own = {
            Verb.DELIBERATE: _("Kết quả xét ghi từ phiên họp Hội đồng."),
            Verb.DECIDE: _("Quyết định ghi ở mục quyết định, để danh hiệu vào sổ cùng lúc."),
        }
        raise Refusal(Fault(own[meant.verb], "step"))
    told: dict[str, Any] = {"counts": dict(counts or {}), "note": note}
    if meant.verb is Verb.SURVEY:
        told = gates.survey_event(case, note)
    return record(case, by, at, meant, on, Said.DONE, role=role, part=part, began=began, uid=uid, **told)


@transaction.atomic
def tell_step(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    step: str,
    on: date,
    source: str,
    is_day_known: bool = True,
    role: str = "",
    part: str = "",
    began: date | None = None,
    counts: Mapping[str, int] | None = None,
    answers: Answers | None = None,
    note: str = "",
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> DossierEvent:
    """Record that a paper (`source`) says a step was done, on a day or by it; shown as told everywhere.

    Asks neither for the papers of the dossier nor for its gates: they were those of that day. Order, day and who could
    act then are asked. A decision is told by `decide`.
    """
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    meant = policies.step_of(case, step)
    if known := policies.sent_before(DossierEvent, uid, dossier_id=dossier_id, step=step, part=part):
        return known
    if meant.verb is Verb.DECIDE:
        raise Refusal(Fault(_("Quyết định ghi ở mục quyết định, để danh hiệu vào sổ cùng lúc."), "step"))
    return record(
        case,
        by,
        at,
        meant,
        on,
        Said.TOLD,
        role=role,
        part=part,
        began=began,
        counts=dict(counts or {}),
        answers={code: list(pair) for code, pair in (answers or {}).items()},
        note=note,
        mark=mark,
        source=source,
        is_day_known=is_day_known,
        uid=uid,
    )


@transaction.atomic
def send_back(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    step: str,
    to: str,
    on: date,
    reason: str,
    part: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> DossierEvent:
    """Send the dossier back from a step to an earlier one, with the reason; it and all after it are done again."""
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    meant = policies.step_of(case, step)
    if known := policies.sent_before(DossierEvent, uid, dossier_id=dossier_id, step=step, to=to):
        return known
    if not reason.strip():
        raise Refusal(Fault(_("Hãy ghi lý do trả hồ sơ, để nơi lập biết cần sửa gì."), "reason"))
    return record(
        case,
        by,
        at,
        meant,
        on,
        Said.RETURNED,
        to=to,
        part=part,
        note=reason,
        mark=mark,
        source=source,
        uid=uid,
    )


@transaction.atomic
def withdraw_dossier(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    on: date,
    reason: str,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> DossierEvent:
    """The applicant takes the dossier back, with the reason; refused once recognition was decided."""
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    check_acts_for(by, "recognition.prepare", case.row.place_id)
    if known := policies.sent_before(DossierEvent, uid, dossier_id=dossier_id, said=Said.WITHDRAWN.value):
        return known
    if not reason.strip():
        raise Refusal(Fault(_("Hãy ghi lý do rút hồ sơ."), "reason"))
    first = next(iter(case.procedure.steps.values()))
    return record(case, by, at, first, on, Said.WITHDRAWN, note=reason, mark=mark, source=source, uid=uid)


def record(
    case: Case,
    by: Actor,
    at: datetime,
    step: Step,
    on: date,
    said: Said,
    *,
    role: str = "",
    part: str = "",
    to: str = "",
    began: date | None = None,
    counts: dict[str, int] | None = None,
    answers: dict[str, Any] | None = None,
    note: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    is_day_known: bool = True,
    uid: uuid.UUID | None = None,
) -> DossierEvent:
    """Add an event of a dossier held for writing, once the engine takes it. Part of a deed of this package."""
    if case.is_withdrawn:
        raise Refusal(_("Hồ sơ này đã rút nên không ghi thêm được nữa. Những gì đã ghi vẫn giữ nguyên."))
    if said is Said.TOLD:
        role = policies.check_tells(by, case, step, on, role, part)
    elif said is not Said.WITHDRAWN:
        role = policies.check_takes(by, case, step, on, role, part)
    faults = policies.faults_of_event(on, at, note, mark, source, counts)
    if said in (Said.RETURNED, Said.WITHDRAWN) and on < case.row.opened_on:
        faults.append(
            Fault(
                _("Ngày %(day)s trước ngày mở hồ sơ (%(opened)s). Hãy xem lại ngày.")
                % {"day": day_words(on), "opened": day_words(case.row.opened_on)},
                "on",
            )
        )
    if faults:
        raise Refusal(*faults)
    policies.check_lives(case.row.place_id, on)
    row = DossierEvent(
        uid=uid or uuid.uuid4(),
        dossier=case.row,
        number=len(case.rows) + 1,
        step=step.code,
        said=said.value,
        to=to,
        part=part,
        role=role,
        on=on,
        is_day_known=is_day_known,
        began=began,
        counts=counts or {},
        answers=answers or {},
        note=note.strip(),
        **_made(by, at, mark, source),
    )
    told = gates.gates_of(case, on) if said is Said.DONE and _asks_gates(case, step) else ()
    verdicts = {each.code: each.verdict for each in told}
    last = max((each.on for each in (*case.rows, row)), default=on)
    before = case.proceeding(last, verdicts)
    after = case.with_event(row).proceeding(last, verdicts)
    if said is Said.DONE:
        _check_can_be_done(case, step, part, on, verdicts, gone=policies.new_faults(before, after))
    if faults := policies.new_faults(before, after):
        raise Refusal(*faults)
    row.save(force_insert=True)
    if step.verb in (Verb.SUBMIT, Verb.DECIDE) and said in (Said.DONE, Said.TOLD):
        if said is Said.DONE:
            case = papers_held.made_anew(case, by, at, on)
        freeze(case.with_event(row), row, told)
    if step.verb is Verb.ANNOUNCE and said in (Said.DONE, Said.TOLD):
        _announce(case, by, at, on)
    detail = {"step": step.code, "said": said.value, "on": on.isoformat()}
    detail |= {key: value for key, value in (("part", part), ("to", to), ("role", role)) if value}
    deed = {
        Said.DONE: "recognition.take_step",
        Said.TOLD: "recognition.tell_step",
        Said.RETURNED: "recognition.send_back",
        Said.WITHDRAWN: "recognition.withdraw_dossier",
    }[said]
    write_event(by=by, deed=deed, subject=row, at=at, place_id=case.row.place_id, detail=detail)
    return row


def _check_can_be_done(
    case: Case, step: Step, part: str, on: date, verdicts: dict[str, Verdict], *, gone: list[Fault]
) -> None:
    """Refuse a step that is shut, with every reason, and what it may not be done without: all papers when the dossier
    is handed on, a word on every criterion when an office concludes. gone: why the step is none of that day."""
    state = case.proceeding(on, verdicts).states[step.code]
    if state.standing is Standing.GONE and gone:
        raise Refusal(*gone)
    missing = case.due_with(step, on) if step.verb is Verb.SUBMIT else []
    if missing and state.standing not in (Standing.DONE, Standing.CLOSED):
        waits = [each for each in state.reasons if each.kind != "component"]
        raise Refusal(
            *(Fault(each.sentence.in_(language()), each.kind) for each in waits),
            *policies.faults_of_missing(case.procedure, missing),
        )
    policies.check_open(state, step)
    if step.verb in (Verb.VERIFY, Verb.APPRAISE):
        checks.check_complete(case, step, part, on)


def freeze(case: Case, event: DossierEvent, told: Any) -> FrozenDossier:
    """Keep what the dossier was when it was handed on: every paper with its hash, and where it stood."""
    papers = sorted(
        case.papers.values(), key=lambda each: list(case.procedure.components).index(each.component)
    )
    contents = [
        {
            "component": each.component,
            "name": each.name,
            "number": each.number,
            "origin": each.origin,
            "sha256": each.sha256,
        }
        for each in papers
    ]
    verdicts = {each.code: each.verdict for each in told}
    said = {
        "standing": case.proceeding(event.on, verdicts).to_plain(),
        "gates": [each.to_plain() for each in told],
    }
    return FrozenDossier.objects.create(
        dossier=case.row, event=event, contents=contents, said=said, digest=digest_of(contents, said)
    )


def _asks_gates(case: Case, step: Step) -> bool:
    """Whether anything turns on the data: no judgement is made for a step that no gate closes."""
    return any(step.code in gate.closes for gate in case.procedure.gates.values()) or step.verb is Verb.SUBMIT


def _announce(case: Case, by: Actor, at: datetime, on: date) -> None:
    title = granting.title_of(case.row.uid)
    if title is not None:
        titles.announce(by=by, at=at, title_id=title.pk, ceremony_on=on)


def _check_none_under_way(place_id: int, standard_code: str) -> None:
    for case in cases.read_many(Dossier.objects.filter(place_id=place_id, standard_code=standard_code)):
        if not case.is_withdrawn and case.procedure.decides not in {row.step for row in case.rows}:
            raise Refusal(
                Fault(
                    _(
                        "Đã có hồ sơ đề nghị danh hiệu này đang làm, mở cho năm %(year)s. Hãy làm tiếp hồ sơ đó."
                    )
                    % {"year": case.row.year},
                    "standard_code",
                )
            )


def _check_not_held(place_id: int, standard_code: str, year: int) -> None:
    """Refuse at the start what the decision would be refused for at the end."""
    for title in given.titles(place_id, by=date.max):
        if (title.standard_code, title.year) == (standard_code, year):
            sentence = _(
                "Nơi này đã có danh hiệu “%(title)s” năm %(year)s trong sổ, nên không mở hồ sơ cho năm ấy nữa. Hãy xem "
                "trang danh hiệu, hoặc chọn năm khác."
            )
            raise Refusal(Fault(sentence % {"title": title.title, "year": year}, "year"))


def _made(by: Actor, at: datetime, mark: Mark, source: str) -> dict[str, Any]:
    return {
        "mark": mark.value,
        "source": source.strip(),
        "post_id": by.actor_id,
        "by_label": by.label,
        "recorded_at": at,
    }

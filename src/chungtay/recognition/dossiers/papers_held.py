"""The papers of a dossier: made from data, uploaded, or known by where the original lies. Versions only grow."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence import queries as evidence
from chungtay.evidence.subjects import Subject
from chungtay.people.policies import may_act_for
from chungtay.recognition.dossiers import cases, generating, policies, posts
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.models import ComponentVersion, Dossier, FrozenDossier, Origin
from chungtay.recognition.signing import queries as signing
from rulebook import Mark
from rulebook.procedure import Component, Procedure
from rulebook.standings import Standing


def subject_of(dossier: Dossier) -> Subject:
    """What an uploaded paper proves, for whoever keeps the file among the evidence first."""
    return Subject("dossier", str(dossier.uid), f"{dossier.title} {dossier.year}", dossier.place_id)


@transaction.atomic
def generate_paper(
    *, by: Actor, at: datetime, dossier_id: int, component: str, on: date, uid: uuid.UUID | None = None
) -> ComponentVersion:
    """Make a paper from the data of a day and keep its bytes. Made anew when the dossier is submitted, so that what is
    frozen says what the data say that day. Refused for a paper that no data make."""
    case, meant, known = _begin(by, dossier_id, component, uid)
    if known:
        return known
    content = generating.paper_for(case, component, on, seen_by=by)
    if content is None:
        raise Refusal(
            Fault(
                _("“%(paper)s” không lập được từ số liệu. Hãy tải tệp lên, hoặc ghi nơi lưu bản giấy.")
                % {"paper": meant.name.in_(language())},
                "component",
            )
        )
    return _keep(
        case,
        by,
        at,
        uid,
        component=component,
        origin=Origin.GENERATED,
        name=f"{meant.name.vi}.pdf",
        content=content,
        on=on,
        sha256=sha256(content).hexdigest(),
    )


@transaction.atomic
def attach_paper(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    component: str,
    file_id: int,
    on: date,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> ComponentVersion:
    """Take a file kept among the evidence (`evidence.keep_file(…, proves=[subject_of(dossier)])`) as a paper."""
    case, _meant, known = _begin(by, dossier_id, component, uid)
    if known:
        return known
    file = evidence.file(file_id, seen_by=by)
    if not any(
        (each.kind, each.ref) == subject_of(case.row).key and not each.withdrawn for each in file.proofs
    ):
        raise Refusal(Fault(_("Tệp này chưa gửi cho hồ sơ này. Hãy tải tệp lên lại."), "file"))
    return _keep(
        case,
        by,
        at,
        uid,
        mark=mark,
        source=source,
        component=component,
        origin=Origin.UPLOADED,
        name=file.name,
        file_id=file.id,
        on=on,
        sha256=file.sha256,
    )


@transaction.atomic
def locate_paper(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    component: str,
    name: str,
    location: str,
    on: date,
    mark: Mark = Mark.TOLD,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> ComponentVersion:
    """Say where the paper original lies. name: its number and what it is; its hash is that of these words."""
    case, _meant, known = _begin(by, dossier_id, component, uid)
    if known:
        return known
    faults = faults_of_texts(
        (name, "name", _("tên, số văn bản"), 200, True),
        (location, "location", _("nơi lưu bản giấy"), 300, True),
    )
    if faults:
        raise Refusal(*faults)
    words = "\n".join((clean(name), on.isoformat(), clean(location)))
    return _keep(
        case,
        by,
        at,
        uid,
        mark=mark,
        source=source or clean(location),
        component=component,
        origin=Origin.LOCATED,
        name=clean(name),
        location=clean(location),
        on=on,
        sha256=sha256(words.encode()).hexdigest(),
    )


def made_anew(case: Case, by: Actor, at: datetime, on: date) -> Case:
    """The dossier with each generated paper made again from the data of the day it is submitted, where that differs.

    What was frozen before or bears a signature stays as it is. Part of submitting.
    """
    papers = dict(case.papers)
    frozen = _frozen_shas(case)
    made = {code: held for code, held in papers.items() if held.origin == Origin.GENERATED}
    signed = signing.signatures_of("component", [str(held.uid) for held in made.values()])
    for code, held in made.items():
        if held.sha256 in frozen or signed[str(held.uid)]:
            continue
        content = generating.paper_for(case, code, on, seen_by=by)
        if content is not None and (found := sha256(content).hexdigest()) != held.sha256:
            papers[code] = _keep(
                case,
                by,
                at,
                None,
                component=code,
                origin=Origin.GENERATED,
                name=held.name,
                content=content,
                on=on,
                sha256=found,
            )
    return replace(case, papers=papers)


def content_of(version_id: int, *, seen_by: Actor) -> tuple[str, bytes]:
    """Name and bytes of a generated paper; NotFound for whom it is not, and for papers whose bytes lie elsewhere."""
    row = ComponentVersion.objects.filter(pk=version_id, origin=Origin.GENERATED).first()
    if row is None:
        raise cases.not_there()
    policies.check_sees(seen_by, cases.read(row.dossier_id))
    return row.name, bytes(row.content or b"")


def _begin(
    by: Actor, dossier_id: int, component: str, uid: uuid.UUID | None
) -> tuple[Case, Component, ComponentVersion | None]:
    """The dossier held for writing, the paper meant, and the version this client id made already."""
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    if component not in case.procedure.components:
        raise Refusal(Fault(_("Quy trình không có thành phần hồ sơ này."), "component"))
    meant = case.procedure.components[component]
    check_brings(by, case.procedure, meant, case.row.place_id)
    known = policies.sent_before(ComponentVersion, uid, dossier_id=dossier_id, component=component)
    if known is None:
        _check_not_handed_on(case, meant)
    return case, meant, known


def check_brings(by: Actor, procedure: Procedure, meant: Component, place_id: int) -> None:
    """Refuse a paper to a post that does not act for the body that makes it, nor enters what papers tell."""
    if not may_act_for(by, policies.TELL, place_id):
        producer, step = procedure.roles[meant.producer], procedure.steps[meant.step]
        posts.check_acts_as(by, [producer], step.verb, meant.name.in_(language()), place_id)


def _check_not_handed_on(case: Case, meant: Component) -> None:
    """What was submitted stays as it was until the dossier is sent back."""
    if case.is_withdrawn:
        raise Refusal(_("Hồ sơ này đã rút nên không thay văn bản được nữa."))
    last = FrozenDossier.objects.filter(dossier=case.row).select_related("event").order_by("-pk")
    holding = [each for each in last if any(row["component"] == meant.code for row in each.contents)]
    if not holding:
        return
    event = holding[0].event
    on = max(row.on for row in case.rows)
    if case.proceeding(on, cases.all_met(case.procedure)).states[event.step].standing is Standing.DONE:
        sentence = _(
            "“%(paper)s” đã nộp cùng hồ sơ ngày %(day)s nên không thay được, trừ khi hồ sơ bị trả về."
        )
        raise Refusal(
            Fault(sentence % {"paper": meant.name.in_(language()), "day": day_words(event.on)}, "component")
        )


def _frozen_shas(case: Case) -> frozenset[str]:
    contents = FrozenDossier.objects.filter(dossier=case.row).values_list("contents", flat=True)
    return frozenset(row["sha256"] for rows in contents for row in rows)


def _keep(
    case: Case,
    by: Actor,
    at: datetime,
    uid: uuid.UUID | None,
    *,
    component: str,
    on: date,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    **held: Any,
) -> ComponentVersion:
    if faults := policies.faults_of_event(on, at, "", mark, source):
        raise Refusal(*faults)
    last = case.papers.get(component)
    row = ComponentVersion.objects.create(
        uid=uid or uuid.uuid4(),
        dossier=case.row,
        component=component,
        number=last.number + 1 if last else 1,
        on=on,
        mark=mark.value,
        source=source.strip(),
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
        **held,
    )
    detail = {"component": component, "number": row.number, "origin": row.origin, "sha256": row.sha256}
    place = case.row.place_id
    write_event(by=by, deed="recognition.hold_paper", subject=row, at=at, place_id=place, detail=detail)
    return row

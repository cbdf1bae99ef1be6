"""Deeds on files: keeping, putting forward, taking back, blurring, settling a flag."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.jobs import enqueue
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence import jobs, policies, storing
from chungtay.evidence.examining import Examined, examine
from chungtay.evidence.flagging import raise_flags
from chungtay.evidence.models import (
    Band,
    File,
    Flag,
    Outcome,
    Proof,
    Quarantine,
    Redaction,
    Settlement,
    Withdrawal,
)
from chungtay.evidence.pictures import bands_of
from chungtay.evidence.subjects import Subject
from chungtay.people.policies import check_acts_for, may_act_for


@dataclass(frozen=True)
class Kept:
    """What came of sending a file. is_new: these bytes were not here before. flags: how many a person is to look at."""

    file_id: int
    is_new: bool
    flags: int


def keep_file(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    content: BinaryIO,
    name: str,
    uid: uuid.UUID | None = None,
    private: bool = False,
    proves: Sequence[Subject] = (),
    films: bool = True,
) -> Kept:
    """Keep a file and put it forward for what it proves. Bytes already here are not kept twice.

    films: whether a video may stand for it.

    Reading, scanning and storing come before the transaction: nobody waits for a photograph. Refuses what may not be
    kept, with a sentence. Sending the same uid or the same bytes again only adds what they prove.
    """
    for each in {place_id, *(subject.place_id for subject in proves)}:
        check_acts_for(by, "evidence.keep", each)
    found = examine(content, name)
    if found.kind.family == "video" and not films:
        told = _(
            "“%(name)s” là video. Ở đây chỉ nhận ảnh và giấy tờ; hình camera quay được không lưu trong hệ thống."
        )
        raise Refusal(Fault(told % {"name": found.name}, "files"))
    _check_uid(uid, found.sha256)
    if not File.objects.filter(sha256=found.sha256).exists():
        _scan(by, at, place_id, content, found)
        storing.put(storing.original(found.sha256), content, found.size)
    return _keep(by, at, place_id, found, uid, private, proves)


@transaction.atomic
def _keep(
    by: Actor,
    at: datetime,
    place_id: int,
    found: Examined,
    uid: uuid.UUID | None,
    private: bool,
    proves: Sequence[Subject],
) -> Kept:
    read = found.reading
    file, is_new = File.objects.get_or_create(
        sha256=found.sha256,
        defaults={
            "uid": uid or uuid.uuid4(),
            "kind": found.kind.code,
            "size": found.size,
            "name": found.name,
            "is_private": private,
            "place_id": place_id,
            "width": read.width,
            "height": read.height,
            "taken_at": read.taken_at,
            "device": read.device,
            "lat_e6": read.lat_e6,
            "lon_e6": read.lon_e6,
            "lost_exif": read.lost_exif,
            "fingerprint": found.fingerprint,
            "post_id": by.actor_id,
            "by_label": by.label,
            "at": at,
        },
    )
    if is_new:
        if file.fingerprint:
            Band.objects.bulk_create(Band(file=file, value=value) for value in bands_of(file.fingerprint))
        detail = {"sha256": file.sha256, "name": file.name, "kind": file.kind, "size": file.size}
        write_event(by=by, deed="evidence.keep_file", subject=file, at=at, place_id=place_id, detail=detail)
    flags = sum(_prove(by, at, file, subject, None)[1] for subject in proves)
    if is_new and found.kind.family != "paper":
        enqueue(jobs.make_copies, by=by, file_id=file.pk)
    return Kept(file.pk, is_new, flags)


def _check_uid(uid: uuid.UUID | None, sha256: str) -> None:
    if uid is not None and File.objects.filter(uid=uid).exclude(sha256=sha256).exists():
        raise Refusal(
            Fault(
                _("Mã gửi này đã dùng cho một tệp khác. Không ghi gì. Hãy mở lại trang và gửi lại."), "files"
            )
        )


def _scan(by: Actor, at: datetime, place_id: int, content: BinaryIO, found: Examined) -> None:
    """Refuse bytes with a virus in them, now and ever after; the scanner is asked once."""
    known = Quarantine.objects.filter(sha256=found.sha256).values_list("found", flat=True).first()
    virus = known or storing.scan(content)[:200]
    if not virus:
        return
    if known is None:
        storing.put(storing.caught(found.sha256), content, found.size)
        with transaction.atomic():
            row, is_new = Quarantine.objects.get_or_create(
                sha256=found.sha256,
                defaults={
                    "name": found.name,
                    "found": virus,
                    "place_id": place_id,
                    "post_id": by.actor_id,
                    "by_label": by.label,
                    "at": at,
                },
            )
            if is_new:
                detail = {"sha256": row.sha256, "name": row.name, "found": virus}
                write_event(
                    by=by, deed="evidence.quarantine", subject=row, at=at, place_id=place_id, detail=detail
                )
    raise Refusal(
        Fault(
            _(
                "“%(name)s” có vi-rút (%(virus)s) nên không nhận; tệp đã được cách ly. "
                "Hãy quét vi-rút máy của bạn, rồi gửi tệp khác."
            )
            % {"name": found.name, "virus": virus},
            "files",
        )
    )


@transaction.atomic
def prove(*, by: Actor, at: datetime, file_id: int, subject: Subject, uid: uuid.UUID | None = None) -> Proof:
    """Put a file that is here already forward for one more thing. Doing it again changes nothing."""
    check_acts_for(by, "evidence.keep", subject.place_id)
    return _prove(by, at, _file_for(by, file_id), subject, uid)[0]


def _prove(by: Actor, at: datetime, file: File, subject: Subject, uid: uuid.UUID | None) -> tuple[Proof, int]:
    """The proof that stands, and how many flags were raised just now."""
    policies.check_subject(subject)
    list(File.objects.select_for_update().filter(pk=file.pk).values_list("pk"))  # two at once make one proof
    standing = file.proofs.filter(kind=subject.kind, ref=subject.ref, withdrawal=None).first()
    if standing is not None:
        return standing, 0
    proof = Proof.objects.create(
        uid=uid or uuid.uuid4(),
        file=file,
        kind=subject.kind,
        ref=subject.ref,
        label=subject.label[:300],
        place_id=subject.place_id,
        start=subject.start,
        end=subject.end,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    flags = raise_flags(proof, at)
    detail = {"file": file.pk, "sha256": file.sha256, "kind": subject.kind, "ref": subject.ref}
    detail |= {"flags": [flag.kind for flag in flags]}
    write_event(by=by, deed="evidence.prove", subject=proof, at=at, place_id=proof.place_id, detail=detail)
    return proof, len(flags)


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, proof_id: int, reason: str) -> Withdrawal:
    """Take a proof back: it no longer counts and stays readable. Its own post may, and those who settle flags."""
    proof = Proof.objects.select_for_update().select_related("file").filter(pk=proof_id).first()
    if proof is None:
        raise NotFound(_("Không có minh chứng này."))
    _check_sees(by, proof.file)
    check_acts_for(by, "evidence.keep", proof.place_id)
    if by.actor_id != proof.post_id and not may_act_for(by, "evidence.settle", proof.place_id):
        raise NotPermitted(_("Minh chứng này do người khác gửi. Hãy nhờ người đó, hoặc cấp trên, rút lại."))
    policies.check_reason(reason)
    done = Withdrawal.objects.filter(proof=proof).first()
    if done is not None:
        return done
    standing = Proof.objects.filter(kind=proof.kind, ref=proof.ref, withdrawal=None).count()
    row = Withdrawal.objects.create(
        proof=proof, reason=reason.strip(), post_id=by.actor_id, by_label=by.label, at=at
    )
    write_event(
        by=by,
        deed="evidence.withdraw",
        subject=proof,
        at=at,
        place_id=proof.place_id,
        detail={"file": proof.file_id, "kind": proof.kind, "ref": proof.ref, "reason": row.reason},
        before={"files": standing},
        after={"files": standing - 1},
    )
    return row


@transaction.atomic
def blur(*, by: Actor, at: datetime, file_id: int, boxes: Sequence[tuple[int, int, int, int]]) -> Redaction:
    """Make rectangles unreadable in every copy for the eye. From this moment no copy without them is shown.

    boxes: left, top, width, height in thousandths of the upright picture. Layers add up; the original stays, seen only
    by its keeper and those who inspect.
    """
    file = _file_for(by, file_id)
    check_acts_for(by, "evidence.blur", file.place_id)
    if file.kind_of.family != "image":
        raise Refusal(Fault(_("Chỉ che mờ được trên ảnh."), "boxes"))
    if faults := policies.faults_of_boxes(boxes):
        raise Refusal(*faults)
    file = File.objects.select_for_update().get(pk=file.pk)
    before = [box for layer in file.redactions.order_by("pk") for box in layer.boxes]
    row = Redaction.objects.create(
        file=file, boxes=[list(box) for box in boxes], post_id=by.actor_id, by_label=by.label, at=at
    )
    file.layer = row.pk
    file.save(update_fields=["layer"])
    write_event(
        by=by,
        deed="evidence.blur",
        subject=file,
        at=at,
        place_id=file.place_id,
        detail={"file": file.pk, "boxes": row.boxes},
        before={"boxes": before},
        after={"boxes": [*before, *row.boxes]},
    )
    enqueue(jobs.make_copies, by=by, file_id=file.pk)
    return row


@transaction.atomic
def settle_flag(*, by: Actor, at: datetime, flag_id: int, outcome: str, reason: str) -> Settlement:
    """Say what came of looking at a flag. Another post than the sender's; credit stays as it was either way."""
    flag = (
        Flag.objects.select_for_update(of=("self",)).select_related("proof__file").filter(pk=flag_id).first()
    )
    if flag is None:
        raise NotFound(_("Không có cờ này."))
    _check_sees(by, flag.proof.file)
    check_acts_for(by, "evidence.settle", flag.proof.place_id)
    policies.check_another(flag.proof.post_id, flag.proof.file.post_id, policies.own_posts(by))
    if outcome not in Outcome.values:
        raise Refusal(
            Fault(_("Hãy chọn một kết luận: không có gì sai, hoặc không chứng minh được."), "outcome")
        )
    policies.check_reason(reason)
    done = Settlement.objects.filter(flag=flag).first()
    if done is not None:
        if (done.outcome, done.reason) == (outcome, reason.strip()):
            return done
        raise Refusal(
            _("Cờ này vừa được %(post)s xem xét: “%(reason)s”. Hãy mở lại trang để xem.")
            % {"post": done.by_label, "reason": done.reason}
        )
    row = Settlement.objects.create(
        flag=flag, outcome=outcome, reason=reason.strip(), post_id=by.actor_id, by_label=by.label, at=at
    )
    write_event(
        by=by,
        deed="evidence.settle_flag",
        subject=flag,
        at=at,
        place_id=flag.proof.place_id,
        detail={"file": flag.proof.file_id, "kind": flag.kind, "outcome": outcome, "reason": row.reason},
        before={"outcome": "waiting"},
        after={"outcome": outcome},
    )
    return row


def _file_for(by: Actor, file_id: int) -> File:
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        raise policies.not_there()
    _check_sees(by, file)
    return file


def _check_sees(by: Actor, file: File) -> None:
    places = {file.place_id, *file.proofs.values_list("place_id", flat=True)}
    if not policies.sees(by, file, places):
        raise policies.not_there()

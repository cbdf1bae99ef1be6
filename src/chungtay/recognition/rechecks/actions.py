"""Deeds: fixing the claims that a sample is drawn from, drawing it, setting it aside, entering a check."""

import uuid
import zlib
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.evidence import standing as evidence
from chungtay.figures import claims
from chungtay.figures.claims import Claim
from chungtay.figures.policies import check_mark, check_uid_unused, faults_of_length
from chungtay.people import notices
from chungtay.people.policies import check_found
from chungtay.recognition.rechecks import criteria, policies, repeat, scoring
from chungtay.recognition.rechecks.criteria import Asks
from chungtay.recognition.rechecks.models import (
    ClaimKind,
    Outcome,
    Recheck,
    RecheckDrawing,
    RecheckForm,
    RecheckSample,
)
from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.wording import YES_NO
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from rulebook import Fact, Mark, Period, Standard, StatedGrade, decode_value, encode_value
from viet.numbers import NumberProblem, format_number

MOST_CLAIMS = 200_000  # of one sample: what is read while somebody waits


def population_of(by: Actor, place_id: int, start: date, end: date) -> bytes:
    """The claims that a sample of the post would be drawn from, as the file that is published. Four queries or so.

    At and below the place; for its own place only below, since nobody has their own place checked at their own word.
    """
    where = scope(place_id)
    if by.place_id == place_id:
        where &= ~Q(place_id=place_id)
    said = claims.claimed_between(where, start, end)
    files = evidence.proofs_between(where, claims.KINDS, start, end)
    lines = chain(
        (f"{kind}:{uid}\t{place}\t{office}\n" for kind, uid, place, office in said),
        (f"evidence:{uid}\t{place}\t{office}\n" for uid, _ref, place, office in files),
    )
    return "".join(sorted(lines)).encode()


@transaction.atomic
def fix_sample(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    start: date,
    end: date,
    seed_source: str,
    seed_on: date,
    uid: uuid.UUID | None = None,
) -> RecheckSample:
    """Fix and hash the claims of a place and period, and name the public value that will be the seed. Sending twice
    is once. Refused when there is nothing to check, or a sample of the same place and days still waits for its seed.
    """
    policies.check_may_draw(by, place_id)
    if uid is not None and (again := RecheckSample.objects.filter(uid=uid).first()) is not None:
        told = (again.place_id, again.start, again.end, again.seed_source, again.seed_on)
        check_uid_unused(_("mẫu kiểm tra lại"), told == (place_id, start, end, seed_source.strip(), seed_on))
        return again
    today = timezone.localdate(at)
    if faults := policies.faults_of_sample(start, end, seed_source, seed_on, today):
        raise Refusal(*faults)
    hold_place(place_id)
    if RecheckSample.objects.filter(place_id=place_id, start=start, end=end, drawing=None).exists():
        raise Refusal(
            Fault(
                _("Nơi này đã có một danh sách của kỳ này đang chờ hạt giống. Hãy rút mẫu từ danh sách ấy."),
                "end",
            )
        )
    population = population_of(by, place_id, start, end)
    count = population.count(b"\n")
    if not count:
        raise Refusal(
            Fault(
                _(
                    "Kỳ này chưa có số liệu nào được xác nhận, kết quả nào được công bố hay tệp minh chứng nào để kiểm "
                    "tra lại. Hãy chọn kỳ khác."
                ),
                "start",
            )
        )
    if count > MOST_CLAIMS:
        words = _("Có %(n)s khai báo, quá %(most)s. Hãy chọn địa bàn hẹp hơn hoặc kỳ ngắn hơn.")
        told_n = {"n": format_number(count), "most": format_number(MOST_CLAIMS)}
        raise Refusal(Fault(words % told_n, "end"))
    plan = scoring.plan(place_id, count, on=today)
    row = RecheckSample.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        start=start,
        end=end,
        population=zlib.compress(population, 9),
        digest=repeat.digest_of(population),
        claims=count,
        size=plan.size,
        basis=plan.to_plain(),
        seed_source=seed_source.strip(),
        seed_on=seed_on,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    detail = {"digest": row.digest, "claims": count, "size": row.size, "seed_source": row.seed_source}
    write_event(by=by, deed="recognition.fix_sample", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def draw_sample(
    *, by: Actor, at: datetime, sample_id: int, seed: str, uid: uuid.UUID | None = None
) -> RecheckDrawing:
    """Draw a sample by the value that was named before. RecheckDrawing again with the same seed changes nothing."""
    row = _held(by, sample_id)
    seed = " ".join(seed.split())
    if (known := RecheckDrawing.objects.filter(sample=row).first()) is not None:
        if seed and known.seed == seed:
            return known
        raise Refusal(_ended(known))
    if faults := policies.faults_of_seed(row, seed, timezone.localdate(at)):
        raise Refusal(*faults)
    drawing = RecheckDrawing.objects.create(
        uid=uid or uuid.uuid4(), sample=row, seed=seed, post_id=by.actor_id, by_label=by.label, at=at
    )
    drawn = repeat.draw(zlib.decompress(row.population), seed, row.size)
    RecheckForm.objects.bulk_create(_forms(row, drawn, timezone.localdate(at)))
    detail = {"sample": row.pk, "seed": seed, "digest": row.digest, "size": row.size}
    write_event(
        by=by, deed="recognition.draw_sample", subject=drawing, at=at, place_id=row.place_id, detail=detail
    )
    return drawing


@transaction.atomic
def set_aside(*, by: Actor, at: datetime, sample_id: int, reason: str) -> RecheckDrawing:
    """Give up a sample whose seed never came. It stays in the public list with the reason."""
    row = _held(by, sample_id)
    if (known := RecheckDrawing.objects.filter(sample=row).first()) is not None:
        raise Refusal(_ended(known))
    faults = faults_of_length(reason, 300, _("Lý do"), "reason")
    if not reason.strip():
        faults.append(Fault(_("Hãy ghi lý do bỏ danh sách này; lý do hiện công khai."), "reason"))
    if faults:
        raise Refusal(*faults)
    drawing = RecheckDrawing.objects.create(
        sample=row, reason=reason.strip(), post_id=by.actor_id, by_label=by.label, at=at
    )
    detail = {"sample": row.pk, "reason": drawing.reason}
    write_event(
        by=by,
        deed="recognition.set_sample_aside",
        subject=drawing,
        at=at,
        place_id=row.place_id,
        detail=detail,
    )
    return drawing


@transaction.atomic
def recheck(
    *,
    by: Actor,
    at: datetime,
    form_id: int,
    checked_on: date,
    found: str = "",
    not_possible: str = "",
    reason: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Recheck:
    """Enter what was found, or why nothing could be. The claim is neither read here by whoever enters it nor changed.

    found: of a figure as a person types it; of a verdict a StatedGrade; of a file "true" or "false". reason: why an
    earlier check is corrected; without it a form that was checked is refused. A mismatch tells the posts that answer.
    """
    form = RecheckForm.objects.select_for_update().filter(pk=form_id).first()
    if form is None:
        raise NotFound(
            _("Không có phiếu kiểm tra này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ.")
        )
    check_found(by, policies.CHECK, form.place_id)
    policies.check_independent(by, form)
    check_mark(mark)
    if uid is not None and (again := Recheck.objects.filter(uid=uid).first()) is not None:
        told = (again.form_id, again.checked_on, bool(again.found))
        check_uid_unused(_("lần kiểm tra"), told == (form_id, checked_on, bool(found.strip())))
        return again
    before = Recheck.objects.filter(form=form, superseded_by__isnull=True).first()
    encoded, faults = _read(form, found, not_possible)
    faults += policies.faults_of_check(form, checked_on, not_possible, mark, source, timezone.localdate(at))
    faults += faults_of_length(reason, 300, _("Lý do sửa"), "reason")
    if before is not None and not reason.strip():
        words = _("Phiếu này đã kiểm tra rồi. Nếu cần sửa, hãy ghi lý do: kết quả trước vẫn hiện bên cạnh.")
        faults.append(Fault(words, "reason"))
    if faults:
        raise Refusal(*faults)
    outcome = _outcome(form, encoded)
    row = Recheck.objects.create(
        uid=uid or uuid.uuid4(),
        form=form,
        checked_on=checked_on,
        found=encoded,
        not_possible=not_possible.strip(),
        outcome=outcome,
        changes=_changes(form, encoded, timezone.localdate(at)) if outcome is Outcome.MISMATCH else [],
        reason=reason.strip() if before else "",
        supersedes=before,
        mark=mark.value,
        source=source.strip(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    detail = {"sample": form.sample_id, "form": form.number, "outcome": row.outcome}
    write_event(
        by=by,
        deed="recognition.recheck",
        subject=row,
        at=at,
        place_id=form.place_id,
        detail=detail,
        before=before and {"found": before.found, "outcome": before.outcome},
        after=before and {"found": row.found, "outcome": row.outcome},
    )
    if outcome is Outcome.MISMATCH:
        _tell(form, by, at)
    return row


def _held(by: Actor, sample_id: int) -> RecheckSample:
    row = RecheckSample.objects.select_for_update().filter(pk=sample_id).first()
    if row is None:
        raise NotFound(_("Không có mẫu kiểm tra lại này."))
    policies.check_may_draw(by, row.place_id)
    return row


def _ended(known: RecheckDrawing) -> str:
    if known.seed:
        return _("Mẫu này đã rút bằng hạt giống “%(seed)s”; không rút lại được.") % {"seed": known.seed}
    return _("Danh sách này đã bỏ, vì: %(reason)s. Hãy lập danh sách mới.") % {"reason": known.reason}


# ── Forms ─────────────────────────────────────────────────────────────────────


def _forms(sample: RecheckSample, drawn: list[str], today: date) -> list[RecheckForm]:
    """The claims drawn, as they stand. A handful of queries, and a few for each place and each standard met."""
    named = [(kind, uuid.UUID(ref)) for kind, _colon, ref in (each.partition(":") for each in drawn)]
    files = evidence.proofs_of(ref for kind, ref in named if kind == ClaimKind.EVIDENCE)
    own = {ref for kind, ref in named if kind != ClaimKind.EVIDENCE}
    known = claims.claims_of(own | {uuid.UUID(each.ref) for each in files.values()})
    asks = _Asking(today)
    forms = []
    for number, (kind, ref) in enumerate(named, 1):
        file = files.get(ref)
        claim = known[uuid.UUID(file.ref) if file else ref]
        found = asks.criterion_of(claim)
        forms.append(
            RecheckForm(
                sample=sample,
                number=number,
                kind=kind,
                ref=ref,
                about=claim.uid if file else None,
                claim_id=file.file_id if file else claim.id,
                place_id=file.place_id if file else claim.place_id,
                start=claim.start,
                end=claim.end,
                measure=claim.measure,
                part=claim.part,
                standard_code=found.standard if found else "",
                criterion=found.number if found else "",
                criterion_name=found.name[:300] if found else "",
                code=claim.code,
                claimed="true" if file else claim.value,
                office=file.office if file else claim.office,
                answers=file.answers if file else claim.answers,
                entered_by_id=file.entered_by if file else claim.entered_by,
                confirmed_by_id=file.sent_by if file else claim.confirmed_by,
            )
        )
    return forms


class _Asking:
    """Which criterion asks for each claim; a place and day is looked up once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._known: dict[tuple[int, date], list[Standard]] = {}

    def criterion_of(self, claim: Claim) -> Asks | None:
        if claim.kind == ClaimKind.VERDICT:
            return criteria.about(claim.standard, claim.of, claim.code)
        on = min(claim.end, self._today)
        key = (claim.place_id, on)
        if key not in self._known:
            try:
                self._known[key] = criteria.standards_of(territory.as_of(claim.place_id, on), on)
            except Refusal:  # the place did not live then any more: nothing judged it
                self._known[key] = []
        return criteria.asking(self._known[key], claim.measure)


# ── Checks ────────────────────────────────────────────────────────────────────


def _read(form: RecheckForm, found: str, not_possible: str) -> tuple[str, list[Fault]]:
    """What was found as a claim is written, and what is wrong with it."""
    found, why_not = found.strip(), not_possible.strip()
    if bool(found) == bool(why_not):
        words = _("Hãy ghi giá trị kiểm tra được, hoặc lý do không kiểm tra được; một trong hai.")
        return "", [Fault(words, "found")]
    if why_not:
        return "", []
    if form.kind == ClaimKind.FIGURE:
        measure = standards.measure(form.measure)
        try:
            return encode_value(measure.parse(found)), []
        except NumberProblem as problem:
            return "", [Fault(problem_words(problem), "found")]
    choices = tuple(StatedGrade) if form.kind == ClaimKind.VERDICT else YES_NO
    return (found, []) if found in choices else ("", [Fault(_("Hãy chọn một trong các kết quả."), "found")])


def _outcome(form: RecheckForm, encoded: str) -> Outcome:
    if not encoded:
        return Outcome.IMPOSSIBLE
    if form.kind == ClaimKind.FIGURE:
        measure = standards.measure(form.measure)
        claimed, found = (decode_value(each, measure) for each in (form.claimed, encoded))
        agrees = law().agrees(measure, claimed, found)
    else:
        agrees = form.claimed == encoded
    return Outcome.MATCH if agrees else Outcome.MISMATCH


def _changes(form: RecheckForm, encoded: str, today: date) -> list[str] | None:
    """The criteria that what was found judges otherwise; None where a file, or the law, does not say."""
    if form.kind == ClaimKind.VERDICT:
        met = {each.value for each in (StatedGrade.MET, StatedGrade.BASICALLY_MET)}
        return [] if encoded in met else [f"{form.standard_code} {form.criterion}"]
    if form.kind == ClaimKind.EVIDENCE:
        return None
    measure = standards.measure(form.measure)
    told: dict[str, Any] = {"period": Period(form.start, form.end), "part": form.part}
    claimed, found = (
        Fact(form.measure, decode_value(each, measure), **told) for each in (form.claimed, encoded)
    )
    return criteria.changed(form.place_id, claimed, found, min(form.end, today))


def _tell(form: RecheckForm, by: Actor, at: datetime) -> None:
    """Ask the posts that stand behind the claim, and whoever confirms there now, to look and to correct."""
    _level, line = territory.lines_of([form.place_id])[form.place_id]
    posts = notices.nearest_posts(line, "figures.confirm", timezone.localdate(at))
    posts |= {post for post in (form.entered_by_id, form.confirmed_by_id) if post is not None}
    text = f"{form.sample_id}/{form.number}"
    notices.tell(posts - {by.actor_id or 0}, "recheck", form.pk, place_id=form.place_id, text=text, at=at)

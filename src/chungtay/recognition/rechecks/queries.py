"""Reading samples and their forms. A form never tells its claim unchecked."""

import zlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count, QuerySet, Subquery
from django.utils.translation import gettext as _

from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import NotFound
from chungtay.evidence import standing as evidence
from chungtay.figures import claims
from chungtay.people.policies import reaches
from chungtay.people.roles import label_in_words
from chungtay.recognition.rechecks import policies, wording
from chungtay.recognition.rechecks.models import (
    ClaimKind,
    Outcome,
    Recheck,
    RecheckDrawing,
    RecheckForm,
    RecheckSample,
)
from chungtay.recognition.rechecks.scoring import newest_now, numbers
from chungtay.recognition.rechecks.views import (
    DRAWN,
    SET_ASIDE,
    WAITING,
    CheckView,
    FormView,
    SampleView,
    Score,
)
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark, Measure, Period, StatedGrade
from rulebook.printing import STATED_WORDS


def samples(place_id: int) -> list[SampleView]:
    """The samples of a place and of those below it, the newest first."""
    return _sample_views(RecheckSample.objects.filter(scope(place_id)))


def sample(sample_id: int) -> SampleView:
    """One sample; NotFound when there is none. Public: neither claim nor person stands in it."""
    found = _sample_views(RecheckSample.objects.filter(pk=sample_id))
    if not found:
        raise NotFound(_("Không có mẫu kiểm tra lại này."))
    return found[0]


def population(sample_id: int) -> bytes:
    """The published file of a sample; see `repeat`."""
    packed = RecheckSample.objects.filter(pk=sample_id).values_list("population", flat=True).first()
    if packed is None:
        raise NotFound(_("Không có mẫu kiểm tra lại này."))
    return zlib.decompress(packed)


def drawn(sample_id: int) -> list[str]:
    """The claims drawn, in order, as the published file names them."""
    rows = RecheckForm.objects.filter(sample_id=sample_id).order_by("number").values_list("kind", "ref")
    return [f"{kind}:{ref}" for kind, ref in rows]


def _sample_views(rows: "QuerySet[RecheckSample]") -> list[SampleView]:
    """Three queries."""
    held = list(rows.defer("population").select_related("drawing").order_by("-at", "-pk"))
    outcome = Subquery(newest_now().values("outcome")[:1])
    counts: dict[int, dict[str | None, int]] = {}
    forms = (
        RecheckForm.objects.filter(sample__in=[row.pk for row in held]).annotate(outcome=outcome).order_by()
    )
    for sample_id, found, n in forms.values_list("sample_id", "outcome").annotate(n=Count("pk")):
        counts.setdefault(sample_id, {})[found] = n
    names = territory.names_of({row.place_id for row in held})
    return [_sample_view(row, names[row.place_id], counts.get(row.pk, {})) for row in held]


def _sample_view(row: RecheckSample, place: str, counts: Mapping[str | None, int]) -> SampleView:
    end: RecheckDrawing | None = getattr(row, "drawing", None)
    return SampleView(
        id=row.pk,
        uid=row.uid,
        place_id=row.place_id,
        place=place,
        period=Period(row.start, row.end),
        digest=row.digest,
        size=row.size,
        basis=row.basis,
        seed_source=row.seed_source,
        seed_on=row.seed_on,
        fixed_by=row.by_label,
        fixed_at=row.at,
        state=WAITING if end is None else DRAWN if end.seed else SET_ASIDE,
        seed=end.seed if end else "",
        reason=end.reason if end else "",
        ended_by=end.by_label if end else "",
        ended_at=end.at if end else None,
        claims=row.claims,
        score=Score(*numbers(counts)),
    )


# ── Forms ─────────────────────────────────────────────────────────────────────


def forms(sample_id: int) -> list[FormView]:
    """The forms of a sample in the order drawn; a claim stands in one only once it was checked."""
    return _form_views(RecheckForm.objects.filter(sample_id=sample_id))


def form(form_id: int, *, seen_by: Actor) -> FormView:
    """One form, for posts that reach its place; as if there were none for others."""
    row = RecheckForm.objects.filter(pk=form_id)
    place_id = row.values_list("place_id", flat=True).first()
    if place_id is None or not (seen_by.role == "system" or reaches(seen_by, place_id)):
        raise NotFound(
            _("Không có phiếu kiểm tra này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ.")
        )
    return _form_views(row)[0]


def check_may_check(by: Actor, form_id: int) -> None:
    """Refuse a post that may not check a form: it made or confirmed the claim, or is of its place."""
    policies.check_independent(by, RecheckForm.objects.get(pk=form_id))


def _form_views(rows: "QuerySet[RecheckForm]") -> list[FormView]:
    """Seven queries at most."""
    held = list(rows.order_by("sample_id", "number"))
    checks: dict[int, list[Recheck]] = {}
    for row in Recheck.objects.filter(form__in=[each.pk for each in held]).order_by("-pk"):
        checks.setdefault(row.form_id, []).append(row)
    names = territory.names_of({row.place_id for row in held})
    measures = standards.measures({row.measure for row in held if row.measure})
    wrong = {row.ref for row in held if row.pk in checks and checks[row.pk][0].outcome == Outcome.MISMATCH}
    gone = put_right(wrong)
    titles = standard_names() if any(each.changes for found in checks.values() for each in found) else {}
    found = {
        pk: [_check_view(each, kind, measure, titles) for each in checks.get(pk, [])]
        for pk, kind, measure in ((row.pk, row.kind, measures.get(row.measure)) for row in held)
    }
    return [
        _form_view(row, names[row.place_id], measures.get(row.measure), found[row.pk], gone) for row in held
    ]


def put_right(wrong: set[UUID]) -> frozenset[UUID]:
    """Of claims found otherwise, those replaced or, of files, withdrawn since. Three queries."""
    if not wrong:
        return frozenset()
    files = evidence.proofs_of(wrong)
    return claims.replaced(wrong) | {uid for uid, file in files.items() if file.withdrawn}


def standard_names() -> dict[str, str]:
    """The standards by code, in the reader's language. One query."""
    return {view.code: view.name.in_(language()) for view in standards.versions()}


def _form_view(
    row: RecheckForm, place: str, measure: Measure | None, found: Sequence[CheckView], gone: frozenset[UUID]
) -> FormView:
    asked = f"{row.criterion}. {row.criterion_name}" if row.criterion else ""
    if measure is not None:
        subject = wording.name_of(measure, row.part)
    else:
        subject = _("Tiêu chí, chỉ tiêu %(code)s: %(name)s") % {"code": row.code, "name": row.criterion_name}
    how, unit, choices = _asked(row, measure)
    if row.kind == ClaimKind.EVIDENCE:
        subject = _("Tệp minh chứng cho: %(what)s") % {"what": subject}
    return FormView(
        id=row.pk,
        uid=row.uid,
        sample_id=row.sample_id,
        number=row.number,
        kind=row.kind,
        place_id=row.place_id,
        place=place,
        period=Period(row.start, row.end),
        subject=subject,
        unit=unit,
        how=how,
        choices=choices,
        criterion=asked,
        office=row.office,
        answers=label_in_words(row.answers),
        claimed=wording.value_words(row.kind, row.claimed, measure) if found else "",
        claim_id=row.claim_id,
        file_id=row.claim_id if row.kind == ClaimKind.EVIDENCE else None,
        checks=tuple(found),
        corrected=row.ref in gone,
    )


def _asked(row: RecheckForm, measure: Measure | None) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """How it is measured, in what unit, and what may be chosen."""
    tongue = language()
    if row.kind == ClaimKind.EVIDENCE:
        return str(wording.HOW_EVIDENCE), "", (("true", _("đúng")), ("false", _("không đúng")))
    if measure is None:
        grades = ((each.value, STATED_WORDS[each].in_(tongue)) for each in StatedGrade)
        return str(wording.HOW_VERDICT), "", tuple(grades)
    if measure.grades:
        return wording.how(measure), "", tuple((each.code, each.name.in_(tongue)) for each in measure.grades)
    if measure.kind == "flag":
        return wording.how(measure), "", (("có", _("có")), ("không", _("không")))
    return wording.how(measure), measure.unit.in_(tongue), ()


def _check_view(row: Recheck, kind: str, measure: Measure | None, titles: Mapping[str, str]) -> CheckView:
    moved = (each.rpartition(" ") for each in row.changes or ())
    words = tuple(f"{number} ({titles.get(code, code)})" for code, _space, number in moved)
    return CheckView(
        id=row.pk,
        outcome=row.outcome,
        found=wording.value_words(kind, row.found, measure),
        not_possible=row.not_possible,
        checked_on=row.checked_on,
        changes=None if row.changes is None else words,
        reason=row.reason,
        mark=Mark(row.mark),
        source=row.source,
        by=label_in_words(row.by_label),
        at=row.at,
    )

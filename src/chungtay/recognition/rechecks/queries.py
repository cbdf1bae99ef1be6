"""Reading samples, their forms, the score of mismatches and the gap report. A form never tells its claim unchecked."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import NotFound
from chungtay.evidence import standing as evidence
from chungtay.evidence.subjects import Subject
from chungtay.figures import claims
from chungtay.people.models import Post
from chungtay.people.policies import reaches
from chungtay.people.roles import label_in_words, permits
from chungtay.recognition.rechecks import policies, wording
from chungtay.recognition.rechecks.models import (
    ClaimKind,
    Outcome,
    Recheck,
    RecheckDrawing,
    RecheckForm,
    RecheckSample,
)
from chungtay.recognition.rechecks.rules import law
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark, Measure, Period, StatedGrade
from rulebook.democracy import Ground
from rulebook.printing import STATED_WORDS
from rulebook.procedure import TRUST
from rulebook.wording import period_text

WAITING, DRAWN, SET_ASIDE = "waiting", "drawn", "set_aside"


@dataclass(frozen=True)
class Score:
    """claims: drawn. checked: compared with what was found. mismatched: of those, found otherwise.

    impossible: could not be checked; the rest still waits.
    """

    claims: int = 0
    checked: int = 0
    mismatched: int = 0
    impossible: int = 0

    @property
    def waiting(self) -> int:
        return self.claims - self.checked - self.impossible

    @property
    def share(self) -> Fraction | None:
        """Mismatched of checked; None where nothing was checked: unknown, never zero."""
        return Fraction(self.mismatched, self.checked) if self.checked else None


@dataclass(frozen=True)
class OfficeScore(Score):
    """The score of one level of office. office: a role's code, or `claims.SYSTEM_OFFICE`."""

    office: str = ""

    @property
    def office_words(self) -> str:
        return wording.office_words(self.office)


@dataclass(frozen=True)
class Mismatch(Score):
    """The score of a place and all below it on a day. since: the first day that counts. offices: in order of code."""

    place_id: int = 0
    since: date = date.min
    on: date = date.min
    offices: tuple[OfficeScore, ...] = ()


@dataclass(frozen=True)
class Plan:
    """How many claims would be drawn, and why: after the last score, mismatched of checked."""

    claims: int
    size: int
    share: Fraction
    checked: int
    mismatched: int

    def to_plain(self) -> dict[str, Any]:
        rule = law().size
        return {
            "share": str(self.share),
            "checked": self.checked,
            "mismatched": self.mismatched,
            "least": rule.least,
            "most": rule.most,
            "provenance": rule.ground.provenance,
        }


@dataclass(frozen=True)
class SampleView:
    """One sample. state: WAITING for its seed, DRAWN, SET_ASIDE. basis: as `Plan.to_plain`. score: of its forms."""

    id: int
    uid: UUID
    place_id: int
    place: str
    period: Period
    digest: str
    size: int
    basis: dict[str, Any]
    seed_source: str
    seed_on: date
    fixed_by: str
    fixed_at: datetime
    state: str
    seed: str
    reason: str
    ended_by: str
    ended_at: datetime | None
    claims: int
    score: Score


@dataclass(frozen=True)
class CheckView:
    """One check beside the claim. changes: criteria judged otherwise, in words; None where that cannot be told."""

    id: int
    outcome: str
    found: str
    not_possible: str
    checked_on: date
    changes: tuple[str, ...] | None
    reason: str
    mark: Mark
    source: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FormView:
    """One claim drawn. subject: what to measure. unit, how: in what, by which means. choices: where one is chosen.

    claimed: "" until it was checked. checks: the newest first. corrected: a later claim stands in its place.
    file_id: of the file that is checked, None for others.
    """

    id: int
    uid: UUID
    sample_id: int
    number: int
    kind: str
    place_id: int
    place: str
    period: Period
    subject: str
    unit: str
    how: str
    choices: tuple[tuple[str, str], ...]
    criterion: str
    office: str
    answers: str
    claimed: str
    claim_id: int
    file_id: int | None
    checks: tuple[CheckView, ...]
    corrected: bool

    @property
    def outcome(self) -> str:
        """An Outcome, "" while it waits."""
        return self.checks[0].outcome if self.checks else ""

    @property
    def evidence(self) -> Subject:
        """What files of the check are put forward for."""
        label = _("Kiểm tra lại: %(what)s") % {"what": self.subject}
        return Subject("recheck", str(self.uid), label[:300], self.place_id)


@dataclass(frozen=True)
class Gap(Score):
    """One line of the gap report, no person in it. changing: mismatches that turn a verdict. corrected: mismatches
    whose claim was put right since. label: a criterion, a level of office, or a place."""

    label: str = ""
    changing: int = 0
    corrected: int = 0


@dataclass(frozen=True)
class Gaps:
    """The gap between claims and checks at and below a place, of samples whose period ends in a year (0: all)."""

    whole: Gap
    by_criterion: tuple[Gap, ...]
    by_office: tuple[Gap, ...]
    by_place: tuple[Gap, ...]
    samples: int
    set_aside: int


def ground_words(ground: Ground) -> str:
    """The clause, with a word where nobody has seen it in a source."""
    trust = TRUST[ground.provenance].in_(language())
    return f"{ground.clause.in_(language())} ({trust})" if trust else ground.clause.in_(language())


# ── The score ─────────────────────────────────────────────────────────────────


def mismatch_of(place_id: int, *, on: date) -> Mismatch:
    """How often claims at and below a place were found otherwise, by what was known on a day: two queries.

    Counts the forms of samples drawn within the years that `law/rechecks.yaml` says. Numbers of claims, never a
    percent alone; `share` is None where nothing was checked.
    """
    since = _years_before(on, law().score_years)
    end = _end_of(on)
    rows = (
        RecheckForm.objects.filter(
            scope(place_id), sample__drawing__at__gte=_end_of(since - timedelta(days=1))
        )
        .filter(sample__drawing__at__lt=end)
        .annotate(outcome=Subquery(_newest(end).values("outcome")[:1]))
        .order_by()
        .values_list("office", "outcome")
        .annotate(n=Count("pk"))
    )
    by_office: dict[str, dict[str | None, int]] = {}
    for office, outcome, n in rows:
        by_office.setdefault(office, {})[outcome] = n
    offices = tuple(OfficeScore(*_numbers(by_office[each]), office=each) for each in sorted(by_office))
    return Mismatch(
        claims=sum(each.claims for each in offices),
        checked=sum(each.checked for each in offices),
        mismatched=sum(each.mismatched for each in offices),
        impossible=sum(each.impossible for each in offices),
        place_id=place_id,
        since=since,
        on=on,
        offices=offices,
    )


def plan(place_id: int, count: int, *, on: date) -> Plan:
    """How many of so many claims the next sample of a place draws, by its score on a day."""
    score, rule = mismatch_of(place_id, on=on), law().size
    share = rule.share_after(score.checked, score.mismatched)
    size = rule.size(count, score.checked, score.mismatched)
    return Plan(count, size, share, score.checked, score.mismatched)


def _newest(before: datetime) -> "QuerySet[Recheck]":
    """The checks of a form by then, the newest first."""
    return Recheck.objects.filter(form=OuterRef("pk"), at__lt=before).order_by("-pk")


def _numbers(counts: Mapping[str | None, int]) -> tuple[int, int, int, int]:
    match, mismatch = counts.get(Outcome.MATCH, 0), counts.get(Outcome.MISMATCH, 0)
    return sum(counts.values()), match + mismatch, mismatch, counts.get(Outcome.IMPOSSIBLE, 0)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


# ── Samples ───────────────────────────────────────────────────────────────────


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
    outcome = Subquery(_newest_now().values("outcome")[:1])
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
        score=Score(*_numbers(counts)),
    )


def _newest_now() -> "QuerySet[Recheck]":
    return Recheck.objects.filter(form=OuterRef("pk"), superseded_by__isnull=True)


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
    gone = _put_right(wrong)
    titles = _standard_names() if any(each.changes for found in checks.values() for each in found) else {}
    found = {
        pk: [_check_view(each, kind, measure, titles) for each in checks.get(pk, [])]
        for pk, kind, measure in ((row.pk, row.kind, measures.get(row.measure)) for row in held)
    }
    return [
        _form_view(row, names[row.place_id], measures.get(row.measure), found[row.pk], gone) for row in held
    ]


def _put_right(wrong: set[UUID]) -> frozenset[UUID]:
    """Of claims found otherwise, those replaced or, of files, withdrawn since. Three queries."""
    if not wrong:
        return frozenset()
    files = evidence.proofs_of(wrong)
    return claims.replaced(wrong) | {uid for uid, file in files.items() if file.withdrawn}


def _standard_names() -> dict[str, str]:
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


def period_words(period: Period) -> str:
    return period_text(period).in_(language())


# ── The gap report ────────────────────────────────────────────────────────────


def years(place_id: int) -> list[int]:
    """The years of which samples of a place or below were fixed, the latest first."""
    ends = RecheckSample.objects.filter(scope(place_id)).values_list("end__year", flat=True)
    return sorted(set(ends), reverse=True)


def gaps(place_id: int, *, year: int = 0) -> Gaps:
    """What was claimed against what was found at and below a place, counted; whoever reads. A fixed number of queries.

    By criterion, by level of office, by the place the claim was made for.
    """
    mine = RecheckSample.objects.filter(scope(place_id))
    drawn_of = RecheckForm.objects.filter(scope(place_id))
    if year:
        mine, drawn_of = mine.filter(end__year=year), drawn_of.filter(sample__end__year=year)
    rows = list(
        drawn_of.annotate(
            outcome=Subquery(_newest_now().values("outcome")[:1]),
            changes=Subquery(_newest_now().values("changes")[:1]),
        ).values_list(
            "ref", "standard_code", "criterion", "criterion_name", "office", "place_id", "outcome", "changes"
        )
    )
    gone = _put_right({row[0] for row in rows if row[6] == Outcome.MISMATCH})
    names = territory.names_of({row[5] for row in rows})
    titles = _standard_names() if rows else {}
    criteria: dict[str, list[Any]] = {}
    offices: dict[str, list[Any]] = {}
    places: dict[str, list[Any]] = {}
    for row in rows:
        label = (
            f"{row[2]}. {row[3]} ({titles.get(row[1], row[1])})"
            if row[2]
            else _("không tiêu chí nào hỏi đến")
        )
        criteria.setdefault(label, []).append(row)
        offices.setdefault(wording.office_words(row[4]), []).append(row)
        places.setdefault(names[row[5]], []).append(row)
    ends = mine.aggregate(all=Count("pk"), aside=Count("pk", filter=Q(drawing__reason__gt="")))
    return Gaps(
        _gap("", rows, gone),
        _lines(criteria, gone),
        _lines(offices, gone),
        _lines(places, gone),
        ends["all"],
        ends["aside"],
    )


def _lines(groups: Mapping[str, list[Any]], gone: frozenset[UUID]) -> tuple[Gap, ...]:
    found = [_gap(label, rows, gone) for label, rows in groups.items()]
    return tuple(sorted(found, key=lambda gap: (-gap.mismatched, gap.label)))


def _gap(label: str, rows: Sequence[Any], gone: frozenset[UUID]) -> Gap:
    counts: dict[str | None, int] = {}
    for row in rows:
        counts[row[6]] = counts.get(row[6], 0) + 1
    wrong = [row for row in rows if row[6] == Outcome.MISMATCH]
    return Gap(
        *_numbers(counts),
        label=label,
        changing=sum(bool(row[7]) for row in wrong),
        corrected=sum(row[0] in gone for row in wrong),
    )


# ── What waits ────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Waiting:
    """forms: that the post may check. seeds: samples whose seed is known and that wait to be drawn. wrong: mismatches
    of claims that the post stands behind, not put right yet."""

    forms: int = 0
    seeds: int = 0
    wrong: int = 0


def waiting(by: Actor, today: date) -> Waiting:
    """At and below the post's place; three queries."""
    if by.place_id is None or by.actor_id is None:
        return Waiting()
    below = Q(place_id__in=territory.ids_ever_under(by.place_id))
    newest = _newest_now()
    mine = Q(entered_by=by.actor_id) | Q(confirmed_by=by.actor_id)
    left = below & ~Q(place_id=by.place_id) & ~Exists(newest) & ~_made_by_holder(by.actor_id)
    wrong = mine & Exists(newest.filter(outcome=Outcome.MISMATCH)) & ~claims.was_replaced("ref")
    checks = permits(by.role, policies.CHECK) and not by.sector
    found = RecheckForm.objects.filter(below | mine if checks else mine).aggregate(
        left=Count("pk", filter=left), wrong=Count("pk", filter=wrong & ~Q(kind=ClaimKind.EVIDENCE))
    )
    waits = RecheckSample.objects.filter(below, drawing=None, seed_on__lte=today)
    seeds = waits.count() if permits(by.role, policies.DRAW) else 0
    return Waiting(found["left"] if checks else 0, seeds, found["wrong"])


def _made_by_holder(post_id: int) -> Q:
    """Whether the claim of a form was made or confirmed by whoever holds a post, in whatever post."""
    own = Post.objects.filter(user__posts=post_id)
    return Exists(own.filter(pk=OuterRef("entered_by"))) | Exists(own.filter(pk=OuterRef("confirmed_by")))

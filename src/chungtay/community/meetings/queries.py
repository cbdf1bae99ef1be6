"""Reading meetings and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.households import policies as books
from chungtay.community.households import queries as households
from chungtay.community.meetings import policies
from chungtay.community.meetings.models import AgendaItem, Decision, Meeting
from chungtay.community.meetings.rules import democracy
from chungtay.core.actors import Actor
from chungtay.core.asking import Asking
from chungtay.core.refusals import NotFound
from chungtay.people.policies import reaches
from chungtay.people.roles import SYSTEM
from rulebook import Mark, Verdict
from rulebook import tally as counting
from rulebook.democracy import Capacity, Way
from rulebook.tally import Tally, thaw


@dataclass(frozen=True)
class ItemView:
    """One matter. tally: None until it was counted. votes: None where nobody counted. decision_id: once signed off."""

    id: int
    number: int
    kind: str
    title: str
    proposal: str
    amount_dong: int | None
    counted: str
    votes_for: int | None
    votes_against: int | None
    votes_blank: int | None
    votes_spoiled: int | None
    statement: str
    share: dict[str, Any] | None
    replaces: int | None
    tally: Tally | None
    decision_id: int | None


@dataclass(frozen=True)
class MeetingLine:
    """One line of the list. state: called, held (its day has come), ballots (papers are out), closed."""

    id: int
    title: str
    starts_at: datetime
    state: str
    items: int
    passed: int


@dataclass(frozen=True)
class MeetingView:
    """A meeting as its page shows it. signatories: (capacity, name), names only for posts that keep the list there;
    lacking: the capacities the law still asks for. issued, returned: ballots."""

    id: int
    uid: UUID
    place_id: int
    title: str
    starts_at: datetime
    venue: str
    scope_households: int | None
    present: int | None
    by_roll: bool
    form: str
    notes: str
    state: str
    quorum: Tally
    items: tuple[ItemView, ...]
    ballots_on: date | None
    issued: int
    returned: int
    signatories: tuple[tuple[str, str], ...]
    lacking: tuple[Capacity, ...]
    corrects: int | None
    corrected_by: tuple[int, ...]
    closed_at: datetime | None
    digest: str
    reads_names: bool
    mark: Mark
    source: str
    by: str


@dataclass(frozen=True)
class NoticeView:
    """What everybody may know of a meeting that is called."""

    uid: UUID
    place_id: int
    title: str
    starts_at: datetime
    venue: str
    items: tuple[str, ...]
    closed_at: datetime | None


@dataclass(frozen=True)
class RollLine:
    """One household on the roll."""

    id: int
    code: str
    representative: str
    present: bool


@dataclass(frozen=True)
class BallotView:
    """One paper in the ledger: whose, and whether it came back. What it says stands nowhere."""

    code: str
    household: str
    representative: str
    issued_at: datetime
    returned_at: datetime | None


@dataclass(frozen=True)
class DecisionView:
    """What the community decided; open to everybody, bears no name.

    passed: None when it cannot be told. amount_dong: what it costs or raises in all. share: the formula chosen, as
    {"words", "total"} and what it was made of; None when there is none. tally: None where the papers tell no count.
    replaced_by: the decision that corrected it. meeting_id: None where it was entered from papers.
    """

    id: int
    uid: UUID
    place_id: int
    decided_on: date
    kind: str
    form: str
    subject: str
    statement: str
    verdict: Verdict
    votes_for: int | None
    households: int | None
    tally: Tally | None
    amount_dong: int | None
    share: dict[str, Any] | None
    meeting_id: int | None
    replaced_by: int | None
    mark: Mark
    source: str
    by: str

    @property
    def passed(self) -> bool | None:
        return {Verdict.MET: True, Verdict.NOT_MET: False}.get(self.verdict)


def decision(key: int | UUID) -> DecisionView:
    """One decision by its row or its uid; NotFound when there is none."""
    named = {"pk": key} if isinstance(key, int) else {"uid": key}
    found = _views(Decision.objects.filter(**named))
    if not found:
        raise NotFound(_("Không có quyết định này."))
    return found[0]


def decisions(ids: Iterable[int]) -> dict[int, DecisionView]:
    """Many decisions by row; one query."""
    return {view.id: view for view in _views(Decision.objects.filter(pk__in=set(ids)))}


def decisions_of(place_id: int) -> tuple[DecisionView, ...]:
    """The decisions made at a place itself, newest first; one query. Records stay where they were made."""
    return tuple(_views(Decision.objects.filter(place_id=place_id).order_by("-decided_on", "-pk")))


def asking_newest_decisions(place_id: int, *, limit: int) -> Asking[tuple[DecisionView, ...]]:
    """The newest of them that no later one replaced. One query."""
    rows = Decision.objects.filter(place_id=place_id, replaced_by=None).order_by("-decided_on", "-pk")
    (found,) = yield (rows.select_related("item", "replaced_by")[:limit],)
    return tuple(map(_decision_view, found))


def meetings_of(place_id: int, *, seen_by: Actor, today: date) -> tuple[MeetingLine, ...]:
    """The meetings of a place itself, newest first; none for posts whose place does not reach it. One query."""
    if seen_by.role != SYSTEM and not reaches(seen_by, place_id):
        return ()
    passed = Count("items__decision", filter=Q(items__decision__verdict=Verdict.MET.value))
    rows = Meeting.objects.filter(place_id=place_id).annotate(many=Count("items"), passed=passed)
    return tuple(
        MeetingLine(row.pk, row.title, row.starts_at, _state(row, today), row.many, row.passed)
        for row in rows.order_by("-starts_at", "-pk")
    )


def meeting(meeting_id: int, *, seen_by: Actor, today: date) -> MeetingView:
    """One meeting; NotFound when there is none for these eyes. A fixed number of queries."""
    row = policies.check_sees(seen_by, Meeting.objects.filter(pk=meeting_id).first())
    names = books.reads_names(seen_by, row.place_id)
    signed = list(row.signatories.order_by("pk"))
    counts = {code: sum(each.capacity == code for each in signed) for code in democracy().signatories}
    came_back = list(row.ballots.values_list("returned_at", flat=True))
    return MeetingView(
        id=row.pk,
        uid=row.uid,
        place_id=row.place_id,
        title=row.title,
        starts_at=row.starts_at,
        venue=row.venue,
        scope_households=row.scope_households,
        present=row.present,
        by_roll=row.by_roll,
        form=row.form,
        notes=row.notes,
        state=_state(row, today),
        quorum=quorum_of(row),
        items=tuple(
            _item_view(row, item) for item in row.items.select_related("decision").order_by("number")
        ),
        ballots_on=row.ballots_on,
        issued=len(came_back),
        returned=sum(at is not None for at in came_back),
        signatories=tuple((each.capacity, each.name if names else "") for each in signed),
        lacking=democracy().lacking(counts),
        corrects=row.corrects_id,
        corrected_by=tuple(row.corrected_by.exclude(closed_at=None).values_list("pk", flat=True)),
        closed_at=row.closed_at,
        digest=row.digest,
        reads_names=names,
        mark=Mark(row.mark),
        source=row.source,
        by=row.by_label,
    )


def roll(meeting_id: int, *, seen_by: Actor) -> tuple[RollLine, ...]:
    """The households of the list on the day of a meeting, by code, and which were represented."""
    row = policies.check_sees(seen_by, Meeting.objects.filter(pk=meeting_id).first())
    day = timezone.localdate(row.starts_at)
    here = set(row.roll.values_list("household_id", flat=True))
    return tuple(
        RollLine(each.id, each.code, each.representative, each.id in here)
        for each in households.households_at(row.place_id, day, seen_by=seen_by)
    )


def ledger_of_ballots(meeting_id: int, *, seen_by: Actor) -> tuple[BallotView, ...]:
    """Every paper given out, by the code of its household. For the posts that keep the list."""
    row = policies.check_sees(seen_by, Meeting.objects.filter(pk=meeting_id).first())
    books.check_reads_names(seen_by, row.place_id)
    papers = list(row.ballots.select_related("household"))
    codes = households.codes_of(each.household_id for each in papers)
    views = [
        BallotView(
            each.code,
            codes.get(each.household_id, ""),
            each.household.representative,
            each.issued_at,
            each.returned_at,
        )
        for each in papers
    ]
    return tuple(sorted(views, key=lambda each: each.household))


def notice(uid: UUID) -> NoticeView:
    """What everybody may know of a meeting that is called; NotFound when there is none."""
    row = Meeting.objects.filter(uid=uid).first()
    if row is None:
        raise policies.not_there()
    return _notice_view(row)


def called_on(place_id: int, day: date) -> tuple[NoticeView, ...]:
    """The meetings of a place that begin on a day, as the public call tells them. One query, one more for each."""
    start = timezone.make_aware(datetime.combine(day, time()))
    rows = Meeting.objects.filter(
        place=place_id, starts_at__gte=start, starts_at__lt=start + timedelta(days=1), corrected_by=None
    )
    return tuple(_notice_view(row) for row in rows.order_by("starts_at", "pk"))


def asking_coming(
    place_ids: Iterable[int], *, after: datetime, limit: int = 5
) -> Asking[tuple[NoticeView, ...]]:
    """The meetings called at those places that are still to be, the next first; without their matters. One query."""
    rows = Meeting.objects.filter(place_id__in=set(place_ids), starts_at__gte=after, closed_at=None)
    (found,) = yield (rows.order_by("starts_at", "pk")[:limit],)
    return tuple(
        NoticeView(row.uid, row.place_id, row.title, row.starts_at, row.venue, (), None) for row in found
    )


def _notice_view(row: Meeting) -> NoticeView:
    titles = tuple(row.items.order_by("number").values_list("title", flat=True))
    return NoticeView(row.uid, row.place_id, row.title, row.starts_at, row.venue, titles, row.closed_at)


def quorum_of(row: Meeting) -> Tally:
    """Whether enough households came, of all in scope."""
    return counting.quorum(democracy(), present=row.present, households=row.scope_households)


def tally_of(row: Meeting, item: AgendaItem) -> Tally:
    """What the count of one matter comes to."""
    return counting.decide(
        democracy(),
        item.kind,
        in_favour=item.votes_for,
        households=row.scope_households,
        way=Way(item.counted or Way.MEETING),
        present=row.present,
    )


def _state(row: Meeting, today: date) -> str:
    if row.closed_at is not None:
        return "closed"
    if row.ballots_on is not None:
        return "ballots"
    return "held" if timezone.localdate(row.starts_at) <= today else "called"


def _item_view(row: Meeting, item: AgendaItem) -> ItemView:
    made = getattr(item, "decision", None)
    frozen = thaw(made.tally) if made else None  # the law of its day, not of today
    return ItemView(
        id=item.pk,
        number=item.number,
        kind=item.kind,
        title=item.title,
        proposal=item.proposal,
        amount_dong=item.amount_dong,
        counted=item.counted,
        votes_for=item.votes_for,
        votes_against=item.votes_against,
        votes_blank=item.votes_blank,
        votes_spoiled=item.votes_spoiled,
        statement=item.statement,
        share=item.share,
        replaces=item.replaces_id,
        tally=frozen or (tally_of(row, item) if item.counted else None),
        decision_id=made.pk if made else None,
    )


def _views(rows: "QuerySet[Decision]") -> list[DecisionView]:
    return [_decision_view(row) for row in rows.select_related("item", "replaced_by")]


def _decision_view(row: Decision) -> DecisionView:
    return DecisionView(
        id=row.pk,
        uid=row.uid,
        place_id=row.place_id,
        decided_on=row.decided_on,
        kind=row.kind,
        form=row.form,
        subject=row.subject,
        statement=row.statement,
        verdict=Verdict(row.verdict),
        votes_for=row.votes_for,
        households=row.households,
        tally=thaw(row.tally) if row.tally else None,
        amount_dong=row.amount_dong,
        share=row.share,
        meeting_id=row.item.meeting_id if row.item else None,
        replaced_by=getattr(getattr(row, "replaced_by", None), "pk", None),
        mark=Mark(row.mark),
        source=row.source,
        by=row.by_label,
    )

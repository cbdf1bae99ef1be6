"""Reading meetings and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chungtay.community.meetings.models import Decision
from chungtay.core.refusals import NotFound
from rulebook import Mark, Verdict
from rulebook.tally import Tally, thaw


@dataclass(frozen=True)
class DecisionView:
    """What the community decided; open to everybody, bears no name.

    passed: None when it cannot be told. amount_dong: what it costs or raises in all. share: the formula chosen, as
    {"words", "total"}; None when there is none. tally: None where the papers do not tell the count.
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
    share: dict[str, str] | None
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


def _views(rows: "QuerySet[Decision]") -> list[DecisionView]:
    return [
        DecisionView(
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
        for row in rows.select_related("item", "replaced_by")
    ]

"""The versions of a place's convention, and the conventions in force below a place."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chungtay.community.convention.models import Convention
from chungtay.community.law_values import Limit, days_of
from chungtay.community.recorded import STANDING
from chungtay.community.scope import own, scope
from chungtay.core.refusals import NotFound
from chungtay.evidence.subjects import Subject
from chungtay.territory import queries as territory
from rulebook import Mark


@dataclass(frozen=True)
class ConventionView:
    """One version. Days and counts are None until they have come, or where no paper tells them."""

    id: int
    uid: uuid.UUID
    place_id: int
    place: str
    version: int
    title: str
    text: str
    posted_from: date | None
    posted_at: str
    passed_on: date | None
    households: int | None
    agreed: int | None
    decision_uid: uuid.UUID | None
    decision_words: str
    recognised_on: date | None
    recognised_by: str
    recognition_number: str
    in_force_from: date | None
    ended_on: date | None
    ended_reason: str
    mark: Mark
    source: str
    by: str
    at: datetime

    @property
    def step(self) -> str:
        """ "draft", "passed" or "recognised": what has been done."""
        if self.recognised_on is not None or self.in_force_from is not None:
            return "recognised"
        return "draft" if self.passed_on is None else "passed"

    def state_on(self, day: date) -> str:
        """ "draft", "passed", "coming", "in_force" or "ended"."""
        if self.ended_on is not None and self.ended_on <= day:
            return "ended"
        if self.step != "recognised":
            return self.step
        begins = self.in_force_from or self.recognised_on
        return "in_force" if begins is not None and begins <= day else "coming"

    @property
    def subject(self) -> Subject:
        """What its paper copy proves."""
        return Subject(
            "meeting", str(self.uid), self.title, self.place_id, self.passed_on, self.in_force_from
        )


def draft_days() -> Limit:
    """How many days a draft is posted before it is passed."""
    return days_of("convention_draft")


def versions(place_id: int) -> list[ConventionView]:
    """Every version of a place's convention and of what the place was made of, the newest first."""
    rows = Convention.objects.filter(STANDING, own(place_id))
    return _views(rows.order_by("-version", "-pk"))


def below(place_id: int) -> list[ConventionView]:
    """The newest version of each place at or below, in no order of merit."""
    newest: dict[int, Convention] = {}
    for row in Convention.objects.filter(STANDING, scope(place_id)).order_by("version"):
        newest[row.place_id] = row
    return sorted(_views(newest.values()), key=lambda each: (each.place, each.place_id))


def convention(convention_id: int) -> ConventionView:
    row = Convention.objects.filter(STANDING, pk=convention_id).first()
    if row is None:
        raise NotFound(_("Không có bản hương ước này, hoặc nó đã bị gạch bỏ. Hãy mở lại danh sách."))
    return _views([row])[0]


def _views(rows: Iterable[Convention]) -> list[ConventionView]:
    held = list(rows)
    names = territory.names_of({row.place_id for row in held})
    return [
        ConventionView(
            id=row.pk,
            uid=row.uid,
            place_id=row.place_id,
            place=names[row.place_id],
            version=row.version,
            title=row.title,
            text=row.text,
            posted_from=row.posted_from,
            posted_at=row.posted_at,
            passed_on=row.passed_on,
            households=row.households,
            agreed=row.agreed,
            decision_uid=row.decision_uid,
            decision_words=row.decision_words,
            recognised_on=row.recognised_on,
            recognised_by=row.recognised_by,
            recognition_number=row.recognition_number,
            in_force_from=row.in_force_from,
            ended_on=row.ended_on,
            ended_reason=row.ended_reason,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            at=row.at,
        )
        for row in held
    ]

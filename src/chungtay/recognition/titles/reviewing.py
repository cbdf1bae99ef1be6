"""The yearly review of a title: whoever keeps it says, criterion by criterion, whether it still holds; the office
above agrees or sends it back."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import faults_of_future, faults_of_source, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures.policies import check_mark
from chungtay.people.policies import check_acts_for, check_not_own
from chungtay.recognition.models import Review, Title
from chungtay.recognition.titles import policies
from chungtay.recognition.titles.dues import Due, DueState, due_days, due_of
from chungtay.recognition.titles.keeping import found
from chungtay.recognition.titles.procedures import every_of
from chungtay.recognition.titles.queries import Held
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark, Text

TEXT_LENGTH = 1000


@dataclass(frozen=True)
class Told:
    """What a review says of one criterion. holds: None is "not known"."""

    code: str
    holds: bool | None
    note: str = ""


@dataclass(frozen=True)
class ReviewView:
    """One review. late: held after its day. agreed: None while the office above has not answered."""

    id: int
    uid: uuid.UUID
    title_id: int
    due_on: date
    held_on: date
    told: tuple[Told, ...]
    note: str
    source: str
    mark: Mark
    by: str
    post_id: int | None
    at: datetime
    agreed: bool | None
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def is_late(self) -> bool:
        return self.held_on > self.due_on

    @property
    def failing(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.told if each.holds is False)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.told if each.holds is None)


def reviews_of(title_ids: Iterable[int]) -> dict[int, list[ReviewView]]:
    """The reviews of each of those titles, newest first. One query."""
    reviews: dict[int, list[ReviewView]] = {}
    for row in Review.objects.filter(title_id__in=title_ids).order_by("-due_on", "-pk"):
        reviews.setdefault(row.title_id, []).append(_view(row))
    return reviews


def review_of(review_id: int) -> ReviewView:
    """One review; NotFound when there is none."""
    row = Review.objects.filter(pk=review_id).first()
    if row is None:
        raise NotFound(_("Không có lần rà soát này. Hãy mở lại trang danh hiệu."))
    return _view(row)


def dues_of(held: Iterable[Held], reviews: Mapping[int, list[ReviewView]], *, today: date) -> dict[int, Due]:
    """What review each of those titles waits for, by title; none for a title that nobody holds. One query."""
    given = [each for each in held if each.state.is_held]
    every = every_of({each.title.standard_code for each in given}, today) if given else {}
    return {
        each.title.id: due_of(
            every.get(each.title.standard_code),
            each.title.decided_on,
            each.title.ceremony_on,
            answered(reviews.get(each.title.id, ())),
            today,
        )
        for each in given
    }


def answered(reviews: Iterable[ReviewView]) -> frozenset[date]:
    """The days for which a review stands: one that the office above did not agree to is to be done again."""
    return frozenset(each.due_on for each in reviews if each.agreed is not False)


def criteria_of(standard_code: str, place_id: int, on: date) -> list[tuple[str, Text]]:
    """Number and name of the criteria that a review of a place's title goes through."""
    place = territory.as_of(place_id, on)
    standard = standards.adopted_at(place, standard_code, on=on).standard
    return [(criterion.number, criterion.name) for criterion in standard.criteria]


@transaction.atomic
def review(
    *,
    by: Actor,
    at: datetime,
    title_id: int,
    held_on: date,
    told: Iterable[Told],
    due_on: date | None = None,
    note: str = "",
    source: str = "",
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> Review:
    """Record the review of a title that was held on a day, every criterion answered: holds, does not, not known.

    due_on: the day it answers; when not told, the one that was waiting on the day it was held.
    """
    row = found(title_id)
    check_mark(mark)
    if uid and (sent := Review.objects.filter(uid=uid).first()) is not None:
        return sent
    answers = list(told)
    if faults := faults_of_future(held_on, at, "held_on"):
        raise Refusal(*faults)
    place_id = policies.check_holder(policies.check_in_force(row, held_on), held_on)
    check_acts_for(by, "recognition.prepare", place_id)
    day = _day_answered(row, held_on, due_on, timezone.localdate(at))
    faults = faults_of_texts(
        (note, "note", _("ghi chú"), TEXT_LENGTH, False),
        *((each.note, f"note_{each.code}", _("ghi chú"), 300, False) for each in answers),
    )
    faults += faults_of_source(mark, source)
    asked = [code for code, _name in criteria_of(row.standard_code, place_id, held_on)]
    by_code = {each.code: each for each in answers}
    sentence = _("Tiêu chí %(code)s chưa được trả lời. Nếu chưa biết, hãy chọn “chưa biết”.")
    faults += [Fault(sentence % {"code": code}, f"holds_{code}") for code in asked if code not in by_code]
    failing = _("Tiêu chí %(code)s không còn giữ được thì hãy ghi vì sao và làm gì tiếp.")
    faults += [
        Fault(failing % {"code": each.code}, f"note_{each.code}")
        for each in answers
        if each.holds is False and not each.note.strip()
    ]
    if faults:
        raise Refusal(*faults)
    kept: list[dict[str, Any]] = [
        {"code": code, "holds": by_code[code].holds, "note": by_code[code].note.strip()} for code in asked
    ]
    written = Review.objects.create(
        uid=uid or uuid.uuid4(),
        title=row,
        due_on=day,
        held_on=held_on,
        holds=kept,
        note=note.strip(),
        source=source.strip(),
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {
        "title": row.pk,
        "due_on": day.isoformat(),
        "failing": [e["code"] for e in kept if e["holds"] is False],
    }
    write_event(
        by=by, deed="recognition.review_title", subject=written, at=at, place_id=place_id, detail=detail
    )
    return written


@transaction.atomic
def answer_review(*, by: Actor, at: datetime, review_id: int, agreed: bool, answer: str = "") -> Review:
    """The office above agrees to a review, or sends it back with the reason; then it is done again."""
    row = Review.objects.select_for_update().select_related("title").filter(pk=review_id).first()
    if row is None:
        raise NotFound(_("Không có lần rà soát này. Hãy mở lại trang danh hiệu."))
    held = policies.check_in_force(row.title, row.held_on)
    place_id = policies.check_holder(held, row.held_on)
    check_acts_for(by, policies.answering_permission(by.role), place_id)
    check_not_own(by, row.post_id)
    if row.agreed is not None:
        if (row.agreed, row.answer) == (agreed, answer.strip()):
            return row
        raise Refusal(_("Lần rà soát này đã được trả lời. Không ghi đè; nơi đó sẽ rà soát lại khi đến hạn."))
    faults = faults_of_texts((answer, "answer", _("ý kiến trả lời"), TEXT_LENGTH, not agreed))
    if faults:
        raise Refusal(*faults)
    row.agreed, row.answer = agreed, answer.strip()
    row.answered_by_id, row.answered_label, row.answered_at = by.actor_id, by.label, at
    row.save(update_fields=["agreed", "answer", "answered_by", "answered_label", "answered_at"])
    write_event(
        by=by,
        deed="recognition.answer_review",
        subject=row,
        at=at,
        place_id=place_id,
        detail={"agreed": agreed},
    )
    return row


def _day_answered(row: Title, held_on: date, due_on: date | None, today: date) -> date:
    """The due day that a review held on a day answers; refused when it is none, or answered already."""
    every = every_of([row.standard_code], today).get(row.standard_code)
    since = row.decided_on or row.ceremony_on
    done = answered(reviews_of([row.pk]).get(row.pk, ()))
    due = due_of(every, row.decided_on, row.ceremony_on, done, held_on)
    if every is None or since is None or due.day is None or due.state is DueState.UNKNOWN:
        raise Refusal(
            _("%(why)s Vì vậy chưa ghi rà soát được. Hãy bổ sung ngày quyết định từ tài liệu.")
            % {"why": due.reason.vi}
        )
    day = due_on or due.day
    if day not in due_days(every, since, held_on):
        raise Refusal(
            Fault(
                _("Ngày %(day)s không phải hạn rà soát của danh hiệu này. Hạn đang chờ: %(due)s.")
                % {"day": day_words(day), "due": day_words(due.day)},
                "due_on",
            )
        )
    if day in done:
        raise Refusal(Fault(_("Hạn %(day)s đã có lần rà soát trong sổ.") % {"day": day_words(day)}, "due_on"))
    return day


def _view(row: Review) -> ReviewView:
    return ReviewView(
        id=row.pk,
        uid=row.uid,
        title_id=row.title_id,
        due_on=row.due_on,
        held_on=row.held_on,
        told=tuple(Told(each["code"], each["holds"], each["note"]) for each in row.holds),
        note=row.note,
        source=row.source,
        mark=Mark(row.mark),
        by=row.by_label,
        post_id=row.post_id,
        at=row.recorded_at,
        agreed=row.agreed,
        answer=row.answer,
        answered_by=row.answered_label,
        answered_at=row.answered_at,
    )

"""What every deed on a work does: find and hold it, know a second sending, write the step and the event."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import NotFound
from chungtay.people.policies import check_acts_for
from chungtay.works import policies, states
from chungtay.works.models import BillLine, Deed, DiaryQuantity, Step, Work
from chungtay.works.states import Move, State, Writing

Row = TypeVar("Row", bound=Deed)


@dataclass(frozen=True)
class Signed:
    """Who does it and when: what every row bears."""

    by: Actor
    at: datetime
    uid: uuid.UUID

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def fields(self) -> dict[str, Any]:
        return {"uid": self.uid, "post_id": self.by.actor_id, "by_label": self.by.label, "at": self.at}


def signed(by: Actor, at: datetime, uid: uuid.UUID | None) -> Signed:
    return Signed(by, at, uid or uuid.uuid4())


def held(work_id: int) -> Work:
    """The work, held until the deed is done; NotFound when there is none."""
    found = (
        Work.objects.select_for_update(of=("self",))
        .select_related("file", "contract")
        .filter(pk=work_id)
        .first()
    )
    if found is None:
        raise NotFound(_("Không có công trình này. Hãy tìm lại trong danh sách."))
    return found


def for_move(work_id: int, move: Move, who: Signed) -> tuple[Work, Step | None]:
    """The work, held, once the post may make the move there; and the step when it was sent before."""
    work = held(work_id)
    check_acts_for(who.by, states.PERMISSION[move], work.place_id)
    again = Step.objects.filter(uid=who.uid).first()
    if again is not None:
        policies.check_uid_unused(_("công trình"), (again.work_id, again.move) == (work.pk, move.value))
    return work, again


def for_writing(work_id: int, writing: Writing, who: Signed, model: type[Row]) -> tuple[Work, Row | None]:
    """The work, held, once the post may write about it in its state; and the row when it was sent before."""
    work = held(work_id)
    check_acts_for(who.by, states.PERMISSION[writing], work.place_id)
    again = model._default_manager.filter(uid=who.uid).first()
    if again is not None:
        policies.check_uid_unused(_("công trình"), getattr(again, "work_id", None) == work.pk)
        return work, again
    states.check_written(work.state, writing)
    return work, None


def step(
    work: Work,
    move: Move,
    on: date,
    who: Signed,
    *,
    document: str = "",
    party: str = "",
    amount_dong: int | None = None,
    words: str = "",
) -> Step:
    """Move the work on, with its event. Refuses a move that the table of states does not have."""
    before, work.state = work.state, states.after(work.state, move)
    work.save(update_fields=["state", "file", "contract", "decision"])
    row = Step.objects.create(
        work=work,
        move=move,
        state=work.state,
        on=on,
        document=document.strip(),
        party=party.strip(),
        amount_dong=amount_dong,
        words=words.strip(),
        **who.fields,
    )
    detail: dict[str, Any] = {"number": work.number, "on": on.isoformat()}
    if amount_dong is not None:
        detail["amount_dong"] = amount_dong
    event(work, f"works.{move.value}", who, detail, before=before, after=work.state)
    return row


def event(work: Work, deed: str, who: Signed, detail: dict[str, Any], **change: Any) -> None:
    write_event(
        by=who.by, deed=deed, subject=work, at=who.at, place_id=work.place_id, detail=detail, **change
    )


def last_day(work: Work) -> tuple[date | None, str]:
    """The day of the step that brought the work where it stands, and that step in words."""
    last = work.steps.order_by("-pk").values_list("on", "move").first()
    return (last[0], str(Move(last[1]).label)) if last else (None, "")


def day_of(work: Work, move: Move) -> date | None:
    """The day of the first such step."""
    return work.steps.filter(move=move).order_by("pk").values_list("on", flat=True).first()


def done_of(work: Work) -> dict[str, int]:
    """What the diary says was done, in thousandths by item; what was struck out does not count."""
    rows = DiaryQuantity.objects.filter(entry__work=work, entry__strike=None)
    return dict(rows.values_list("item").annotate(Sum("quantity")).values_list("item", "quantity__sum"))


def bill_of(work: Work) -> dict[str, BillLine]:
    """The lines of the newest bill, by item."""
    return {line.item: line for line in BillLine.objects.filter(file_id=work.file_id).order_by("pk")}


__all__ = [
    "Move",
    "Signed",
    "State",
    "bill_of",
    "day_of",
    "done_of",
    "event",
    "for_move",
    "for_writing",
    "held",
]
__all__ += ["last_day", "signed", "step"]

"""Where a matter stands and what may become of it, as one table."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVED = "received", _("đã tiếp nhận")
    ASSIGNED = "assigned", _("đã giao xử lý")
    ANSWERED = "answered", _("đã trả lời")
    REOPENED = "reopened", _("hỏi lại")
    CLOSED = "closed", _("đã khép lại")


class Move(models.TextChoices):
    ASSIGN = "assign", _("giao xử lý")
    ANSWER = "answer", _("trả lời")
    REOPEN = "reopen", _("hỏi lại")
    CLOSE = "close", _("khép lại")


MOVES: Final[dict[tuple[State, Move], State]] = {
    (State.RECEIVED, Move.ASSIGN): State.ASSIGNED,
    (State.RECEIVED, Move.ANSWER): State.ANSWERED,
    (State.RECEIVED, Move.CLOSE): State.CLOSED,
    (State.ASSIGNED, Move.ASSIGN): State.ASSIGNED,
    (State.ASSIGNED, Move.ANSWER): State.ANSWERED,
    (State.ASSIGNED, Move.CLOSE): State.CLOSED,
    (State.ANSWERED, Move.REOPEN): State.REOPENED,
    (State.ANSWERED, Move.CLOSE): State.CLOSED,
    (State.REOPENED, Move.ASSIGN): State.ASSIGNED,
    (State.REOPENED, Move.ANSWER): State.ANSWERED,
    (State.REOPENED, Move.CLOSE): State.CLOSED,
}

OPEN: Final = (State.RECEIVED, State.ASSIGNED, State.REOPENED)  # an answer is owed
BY_SENDER: Final = (Move.REOPEN,)  # the others are done by posts


def moves_from(state: str) -> tuple[Move, ...]:
    """What may be done next, in the order of the table."""
    return tuple(move for from_, move in MOVES if from_ == state)

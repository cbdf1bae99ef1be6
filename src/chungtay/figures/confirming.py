"""Confirming figures and returning them, one or many: by the office that answers, never by who recorded.

A deed carries the ids of the rows that were seen. A figure put right since is refused with what it became.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import language
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures import policies, queries, talking
from chungtay.figures.blocks import patch_blocks
from chungtay.figures.dirty import mark as mark_dirty
from chungtay.figures.models import Observation
from chungtay.figures.packing import ROW
from chungtay.figures.states import Move, after
from chungtay.figures.work_rows import FigureStep, with_state
from chungtay.people import queries as people
from chungtay.people.policies import check_acts_for, check_not_own
from chungtay.people.roles import label_in_words
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_places
from rulebook import show_value

REASON_LENGTH = 300
AT_ONCE = 500  # figures in one deed
_PERMISSION = {Move.CONFIRM: "figures.confirm", Move.RETURN: "figures.return"}


@dataclass(frozen=True)
class Refused:
    """A figure left as it was, and why."""

    figure_id: int
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """What became of each figure of a deed."""

    done: tuple[int, ...]
    refused: tuple[Refused, ...]


def confirm(*, by: Actor, at: datetime, figure_ids: Iterable[int], partly: bool = False) -> Outcome:
    """Confirm figures: all or none, or with `partly` those that pass; each refusal is said.

    Raises Refusal with every sentence when one is refused and not `partly`, or when none passes.
    """
    return _move(Move.CONFIRM, by, at, figure_ids, "", partly)


def send_back(
    *, by: Actor, at: datetime, figure_ids: Iterable[int], reason: str, partly: bool = False
) -> Outcome:
    """Return figures to whoever recorded them, with a reason. A returned figure is judged no longer: it is unknown."""
    reason = reason.strip()
    if not reason:
        raise Refusal(Fault(_("Hãy ghi lý do trả lại, để người ghi biết phải xem lại điều gì."), "reason"))
    if faults := policies.faults_of_length(reason, REASON_LENGTH, _("Lý do"), "reason"):
        raise Refusal(*faults)
    return _move(Move.RETURN, by, at, figure_ids, reason, partly)


def refusals(by: Actor, move: Move, rows: Iterable[Any], today: date) -> dict[int, Refusal]:
    """Why a post may not take that step on figures fetched `with_state`, by id; those that pass are left out.

    A fixed number of queries besides two for each person who recorded one of them.
    """
    held = list(rows)
    found: dict[int, Refusal] = {}
    fields = standards.sectors_of_measures({row.measure_id for row in held})
    beside = people.field_posts(by.place_id, _PERMISSION[move], today)
    own: dict[int | None, Refusal | None] = {}
    reach = _reach_refusals(by, _PERMISSION[move], {row.place_id for row in held})
    for row in held:
        told = reach[row.place_id] or _refusal(partial(after, row.stands, move))
        if told is None:
            if row.post_id not in own:
                own[row.post_id] = _refusal(partial(check_not_own, by, row.post_id))
            told = own[row.post_id]
        if told is None:
            answers = partial(policies.check_answers_for, by, row.post_id, fields[row.measure_id], beside)
            told = _refusal(answers)
        if told is not None:
            found[row.pk] = told
    return found


@transaction.atomic
def _move(
    move: Move, by: Actor, at: datetime, figure_ids: Iterable[int], reason: str, partly: bool
) -> Outcome:
    ids = sorted(set(figure_ids))
    if not ids:
        raise Refusal(Fault(_("Chưa chọn số liệu nào. Hãy chọn ít nhất một số."), "figures"))
    if len(ids) > AT_ONCE:
        raise Refusal(
            Fault(
                _("Mỗi lần làm được nhiều nhất %(n)s số liệu. Hãy chọn ít hơn.") % {"n": AT_ONCE}, "figures"
            )
        )
    wanted = Observation.objects.filter(pk__in=ids)
    hold_places(wanted.values_list("place_id", flat=True))
    rows = list(with_state(wanted).select_related("measure", "superseded_by"))
    if len(rows) != len(ids):
        raise NotFound(_("Không có số liệu này."))
    told = _replaced([row for row in rows if _is_replaced(row)])
    standing = [row for row in rows if row.pk not in told]
    told |= refusals(by, move, standing, timezone.localdate(at))
    ready = [row for row in rows if row.pk not in told]
    if told and (not partly or not ready):
        raise _together(told, rows)
    FigureStep.objects.bulk_create(
        FigureStep(
            observation=row,
            move=move,
            state=after(row.stands, move),
            reason=reason,
            post_id=by.actor_id,
            by_label=by.label,
            at=at,
        )
        for row in ready
    )
    if move is Move.RETURN:
        patch_blocks([(tuple(getattr(row, name) for name in ROW), False) for row in ready])
        mark_dirty(sorted({row.place_id for row in ready}))
        for row in ready:
            talking.tell({row.post_id}, "returned", [row], text=reason, by=by, at=at)
    _write_events(move, ready, reason, by, at)
    names = _named(rows)
    refused = (Refused(i, f"{names[i]}: {refusal}") for i, refusal in told.items())
    return Outcome(tuple(row.pk for row in ready), tuple(refused))


def _is_replaced(row: Observation) -> bool:
    return getattr(row, "superseded_by", None) is not None


def _replaced(rows: list[Any]) -> dict[int, Refusal]:
    """The refusal of figures that are no longer current, each with what it became. One query."""
    if not rows:
        return {}
    current = {
        _key(row): row
        for row in Observation.objects.filter(
            place_id__in={row.place_id for row in rows},
            measure_id__in={row.measure_id for row in rows},
            superseded_by__isnull=True,
        )
    }
    found: dict[int, Refusal] = {}
    for row in rows:
        now, measure = current[_key(row)], standards.as_measure(row.measure)
        sentence = _(
            "vừa được %(who)s sửa từ %(was)s thành %(now)s (%(at)s). Hãy xem số mới rồi làm lại."
        ) % {
            "who": label_in_words(now.by_label),
            "was": show_value(queries.value_of(row, measure), measure, language()),
            "now": show_value(queries.value_of(now, measure), measure, language()),
            "at": timezone.localtime(now.recorded_at).strftime("%H:%M %d/%m/%Y"),
        }
        found[row.pk] = Refusal(Fault(sentence, "figures"))
    return found


def _key(row: Observation) -> tuple[Any, ...]:
    return row.place_id, row.measure_id, row.part, row.period_start, row.period_end


def _reach_refusals(by: Actor, permission: str, place_ids: set[int]) -> dict[int, Refusal | None]:
    """For each place, why the post may not do this there; asked once where the post reaches them all."""
    base = _refusal(partial(check_acts_for, by, permission, by.place_id))
    within = place_ids if by.place_id is None else place_ids & set(territory.ids_ever_under(by.place_id))
    return {
        place: base
        if base is not None or place in within
        else _refusal(partial(check_acts_for, by, permission, place))
        for place in place_ids
    }


def _refusal(check: Any) -> Refusal | None:
    try:
        check()
    except Refusal as refused:
        return refused
    return None


def _together(told: Mapping[int, Refusal], rows: list[Any]) -> Refusal:
    """Every refusal as one, of the kind they all are."""
    names = _named(rows)
    faults = [Fault(f"{names[i]}: {refusal}", "figures") for i, refusal in told.items()]
    kinds = {type(refusal) for refusal in told.values()}
    return (kinds.pop() if len(kinds) == 1 else Refusal)(*faults)


def _named(rows: list[Any]) -> dict[int, str]:
    places = territory.names_of({row.place_id for row in rows})
    return {
        row.pk: f"“{standards.as_measure(row.measure).name.in_(language())}”, {places[row.place_id]}"
        for row in rows
    }


def _write_events(move: Move, rows: list[Any], reason: str, by: Actor, at: datetime) -> None:
    """One event a place: each place's chain tells what was done to its figures."""
    by_place: dict[int, list[Any]] = {}
    for row in rows:
        by_place.setdefault(row.place_id, []).append(row)
    for place_id, mine in by_place.items():
        write_event(
            by=by,
            deed=_PERMISSION[move],
            subject=mine[0],
            at=at,
            place_id=place_id,
            detail={
                "figures": [row.pk for row in mine],
                "measures": sorted({row.measure_id for row in mine}),
                "reason": reason,
            },
            before={"state": sorted({row.stands for row in mine})},
            after={"state": sorted({after(row.stands, move) for row in mine})},
        )

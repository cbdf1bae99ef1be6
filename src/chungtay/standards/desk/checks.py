"""The second person: each figure compared with the original by somebody other than who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.queries import person_of
from chungtay.people.roles import SYSTEM
from chungtay.standards import queries as standards
from chungtay.standards.desk.actions import locked
from chungtay.standards.desk.content import Content, Plain, clean, fields
from chungtay.standards.desk.figures import Figure, figures_of
from chungtay.standards.desk.models import FigureCheck, Revision
from chungtay.standards.desk.policies import check_may, check_open
from chungtay.standards.desk.queries import DraftView

OPEN, AGREED, DISPUTED, CARRIED = "open", "agreed", "disputed", "carried"


@dataclass(frozen=True)
class FigureRow:
    """One figure, who wrote it, and whether it was compared with the original.

    state: open (not yet compared) · agreed · disputed (see remark) · carried (compared when the version before was
    published, and not touched since). is_as_before: as in the version the draft began from. trusted: the provenance
    it had there. own: written by whoever asks, who therefore may not compare it.
    """

    figure: Figure
    written_by: str
    written_at: datetime
    state: str
    checked_by: str = ""
    checked_on: date | None = None
    remark: str = ""
    is_as_before: bool = False
    trusted: str = ""
    own: bool = False

    @property
    def is_compared(self) -> bool:
        return self.state in (AGREED, CARRIED)


@dataclass(frozen=True)
class Mark:
    """What the second person says of one figure. print: of the figure as it stood on the page.

    agrees: None takes an earlier mark back. remark: what is wrong, needed where it does not agree.
    """

    key: str
    print: str
    agrees: bool | None
    remark: str = ""


def figure_rows(view: DraftView, by: Actor | None = None) -> list[FigureRow]:
    """Every figure of a draft with its state, in legal order."""
    revision = Revision.objects.get(draft=view.id, number=view.number)
    written = {row.number: row for row in Revision.objects.filter(draft=view.id).defer("content", "figures")}
    checks = {row.key: row for row in FigureCheck.objects.filter(draft=view.id, ended_by__isnull=True)}
    base = base_content(view)
    before = {figure.key: figure for figure in figures_of(base)} if base else {}
    person = person_of(by.actor_id) if by else None
    rows: list[FigureRow] = []
    for figure in figures_of(view.content):
        author = written[revision.figures[figure.key][1]]
        same = before.get(figure.key)
        as_before = same is not None and same.print == figure.print
        told = provenance_at(base, same.leaf) if base and same and as_before else {}
        row = FigureRow(
            figure=figure,
            written_by=author.by_label,
            written_at=author.at,
            state=OPEN,
            is_as_before=as_before,
            trusted=trust_of(told),
            own=by is not None and is_one(by, person, author.by_id, author.user_id),
        )
        check = checks.get(figure.key)
        if check is not None and check.print == figure.print:
            state = AGREED if check.agrees else DISPUTED
            on = localdate(check.at)
            row = _with(row, state=state, checked_by=check.by_label, checked_on=on, remark=check.remark)
        elif checked := fields(told.get("last_checked")):
            on = date.fromisoformat(str(checked["on"]))
            row = _with(row, state=CARRIED, checked_by=str(checked["by"]), checked_on=on)
        rows.append(row)
    return rows


def _with(row: FigureRow, **changes: Any) -> FigureRow:
    return replace(row, **changes)


def base_content(view: DraftView) -> Content | None:
    """The contents of the version that the draft amends or ends; None for law of its own."""
    if view.base is None or view.begun_as not in ("amendment", "ending"):
        return None
    return content_of(standards.frozen_of(view.base.id))


def content_of(frozen: Plain) -> Content:
    """The contents a frozen standard would have as a draft; the measures stand in the catalogue."""
    instruments = [{"id": key, "number": number} for key, number in frozen["instruments"].items()]
    return {
        "standard": frozen["standard"],
        "criteria": frozen["criteria"],
        "cases": [],
        "measures": [],
        "instruments": instruments,
    }


def provenance_at(content: Content, leaf: tuple[str | int, ...]) -> Plain:
    """What is said of the trust in the figure at `leaf`: its rule's own provenance, else its indicator's."""
    found: Plain = {}
    here: object = content
    for step in leaf:
        if isinstance(here, dict):
            found = _told(here, found)
        try:
            here = here[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return {}
    return _told(here, found) if isinstance(here, dict) else found


def _told(node: Plain, above: Plain) -> Plain:
    if "provenance" in node:
        own = node["provenance"]
        told = own if isinstance(own, dict) else {"threshold": own}
        return {**told, **({"last_checked": node["last_checked"]} if "last_checked" in node else {})}
    return {"last_checked": node["last_checked"]} if "last_checked" in node else above


def trust_of(provenance: Plain) -> str:
    return str(provenance.get("threshold", ""))


def is_one(by: Actor, person: int | None, post_id: int | None, user_id: int | None) -> bool:
    """Whether `by` is the one behind a revision: the same post, or another post of the same person."""
    if by.role == SYSTEM:
        return post_id is None
    return by.actor_id == post_id or (person is not None and person == user_id)


@transaction.atomic
def mark(*, by: Actor, at: datetime, draft_id: int, marks: Sequence[Mark]) -> int:
    """Say of figures whether they agree with the original: all of them or none. Returns how many were new."""
    draft = locked(draft_id)
    check_may(by, "check", draft)
    check_open(draft)
    last = draft.revisions.order_by("-number")[0]
    authors = {row.number: row for row in draft.revisions.defer("content", "figures")}
    standing = {row.key: row for row in FigureCheck.objects.filter(draft=draft, ended_by__isnull=True)}
    person = person_of(by.actor_id)
    faults: list[Fault] = []
    for each in marks:
        print_, number = last.figures.get(each.key, ["", 0])
        author = authors.get(number)
        if print_ != each.print or author is None:
            faults.append(
                Fault(_("Số này vừa được sửa sau khi bạn mở trang. Hãy xem lại rồi đối chiếu."), each.key)
            )
        elif is_one(by, person, author.by_id, author.user_id):
            faults.append(
                Fault(
                    _(
                        "Số này do chính bạn ghi (%(by_label)s). Người đối chiếu phải là người khác với người "
                        "ghi."
                    )
                    % {"by_label": author.by_label},
                    each.key,
                )
            )
        elif each.agrees is False and not each.remark.strip():
            faults.append(Fault(_("Hãy ghi rõ chỗ sai: bản gốc ghi thế nào, ở trang hay mục nào."), each.key))
    if faults:
        raise Refusal(*faults)
    new = 0
    for each in marks:
        known, remark = standing.get(each.key), clean(each.remark).strip() if each.agrees is False else ""
        if known is None and each.agrees is None:
            continue
        if known and known.print == each.print and (known.agrees, known.remark) == (each.agrees, remark):
            continue
        if known:
            known.ended_by = last.number
            known.save(update_fields=["ended_by"])
        if each.agrees is not None:
            FigureCheck.objects.create(
                draft=draft,
                key=each.key,
                print=each.print,
                agrees=each.agrees,
                remark=remark,
                at=at,
                by_id=by.actor_id,
                by_label=by.label,
                user_id=person,
            )
        new += 1
    if new:
        write_event(
            by=by,
            deed="standards.check_draft",
            subject=draft,
            at=at,
            place_id=draft.place_id,
            detail={
                "agrees": [each.key for each in marks if each.agrees],
                "disputes": [each.key for each in marks if each.agrees is False],
                "revision": last.number,
            },
        )
    return new

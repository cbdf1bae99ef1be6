"""Writing drafts. Every edit is a revision that supersedes the one before: nobody's typing is lost."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import NotFound, Refusal
from chungtay.people.queries import person_of
from chungtay.standards.desk.compiling import compile_draft
from chungtay.standards.desk.content import Content, clean, name_of, tidy
from chungtay.standards.desk.figures import figures_of, prints_of
from chungtay.standards.desk.models import Draft, FigureCheck, Revision
from chungtay.standards.desk.policies import check_may, check_open, check_whose, place_code
from chungtay.territory import queries as territory
from viet.dates import format_day

Edit = Callable[[Content], str]
"""Changes the contents in place and says in a few words what it did."""


class Overtaken(Refusal):
    """Somebody else edited the same part meanwhile. number: the newest revision, to send as `seen` the next time."""

    def __init__(self, sentence: str, number: int) -> None:
        super().__init__(sentence)
        self.number = number


@transaction.atomic
def begin(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    content: Content,
    kind: str = "standard",
    begun_as: str = "nothing",
    base_id: int | None = None,
    uid: UUID | None = None,
) -> int:
    """Begin a draft of the law of `place_id` (the nation or a province). Returns its id; a uid sent twice is one."""
    check_whose(by, "draft", place_id)
    uid = uid or uuid4()
    if known := Draft.objects.filter(uid=uid).values_list("pk", flat=True).first():
        return known
    tidied = tidy(content, kind)
    draft = Draft.objects.create(
        uid=uid,
        place_id=place_id,
        kind=kind,
        begun_as=begun_as,
        base_id=base_id,
        name_vi=name_of(tidied)[:300],
        at=at,
        by_id=by.actor_id,
        by_label=by.label,
    )
    _revise(draft, None, tidied, by, at, "bắt đầu")
    write_event(
        by=by,
        deed="standards.begin_draft",
        subject=draft,
        at=at,
        place_id=place_id,
        detail={"as": begun_as, "base": base_id},
    )
    return draft.pk


@transaction.atomic
def replace_content(
    *,
    by: Actor,
    at: datetime,
    draft_id: int,
    content: Content,
    seen: int,
    deed: str = "thay toàn bộ nội dung",
) -> int:
    """Put other contents in place of all of a draft's. Returns the number of the revision.

    seen: the revision the new contents were made from. Overtaken when somebody has edited since; what was there
    stays in the history.
    """
    draft, last = _last(by, draft_id)
    if last.number != seen:
        raise _overtaken(last)
    return _revise(draft, last, tidy(content, draft.kind), by, at, deed)


@transaction.atomic
def edit(
    *, by: Actor, at: datetime, draft_id: int, change: Edit, part: Callable[[Content], object], seen: int
) -> int:
    """Change one part of a draft. part: what of the contents the person saw and typed over.

    Edits of other parts meanwhile do no harm: the change is made on the newest contents. Overtaken when the part
    itself was edited since `seen`.
    """
    draft, last = _last(by, draft_id)
    if last.number != seen:
        before = Revision.objects.filter(draft=draft, number=seen).first()
        if before is None or part(before.content) != part(last.content):
            raise _overtaken(last)
    content = deepcopy(last.content)
    deed = change(content)
    return _revise(draft, last, tidy(content, draft.kind), by, at, deed)


@transaction.atomic
def restore(*, by: Actor, at: datetime, draft_id: int, number: int, seen: int) -> int:
    """Bring back the contents of an earlier revision, as a new one."""
    draft, last = _last(by, draft_id)
    if last.number != seen:
        raise _overtaken(last)
    old = Revision.objects.filter(draft=draft, number=number).first()
    if old is None:
        raise NotFound(_("Dự thảo này không có lần sửa thứ %(number)s.") % {"number": number})
    return _revise(draft, last, old.content, by, at, f"trở lại lần sửa {number}", restored=number)


@transaction.atomic
def undo(*, by: Actor, at: datetime, draft_id: int, seen: int) -> int:
    """Take back the last edit; done again, the one before it."""
    _draft, last = _last(by, draft_id)
    back_to = (last.restored or last.number) - 1
    if back_to < 1:
        raise Refusal(_("Không còn gì để hoàn tác: đây là nội dung lúc bắt đầu."))
    return restore(by=by, at=at, draft_id=draft_id, number=back_to, seen=seen)


@transaction.atomic
def drop(*, by: Actor, at: datetime, draft_id: int) -> None:
    """Put a draft away. Nothing is deleted; `take_up` brings it back."""
    _put(by, at, draft_id, Draft.State.OPEN, Draft.State.DROPPED, "standards.drop_draft")


@transaction.atomic
def take_up(*, by: Actor, at: datetime, draft_id: int) -> None:
    """Go on with a draft that was put away."""
    _put(by, at, draft_id, Draft.State.DROPPED, Draft.State.OPEN, "standards.take_up_draft")


def _put(by: Actor, at: datetime, draft_id: int, now: str, then: str, deed: str) -> None:
    draft = locked(draft_id)
    check_may(by, "draft", draft)
    if draft.state == then:
        return
    if draft.state != now:
        raise Refusal(
            _("Dự thảo đã ban hành thì không bỏ được. Muốn thôi áp dụng, hãy cho bộ tiêu chí hết hiệu lực.")
        )
    draft.state = then
    draft.save(update_fields=["state"])
    write_event(by=by, deed=deed, subject=draft, at=at, place_id=draft.place_id)


def locked(draft_id: int) -> Draft:
    """The draft, held against other writers until the transaction ends."""
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NotFound(_("Không có dự thảo này, hoặc dự thảo thuộc cơ quan khác."))
    return draft


def _last(by: Actor, draft_id: int) -> tuple[Draft, Revision]:
    draft = locked(draft_id)
    check_may(by, "draft", draft)
    check_open(draft)
    return draft, draft.revisions.order_by("-number")[0]


def _count_problems(draft: Draft, content: Content) -> int:
    code = place_code(territory.latest(draft.place_id))
    return len(compile_draft(content, draft.kind, draft.base_id, code).problems)


def _overtaken(last: Revision) -> Overtaken:
    return Overtaken(
        f"Trong lúc bạn sửa, {last.by_label} đã sửa phần này ({last.deed}, {localtime(last.at):%H:%M} ngày "
        f"{format_day(localdate(last.at))}). Những gì bạn vừa nhập vẫn còn trên trang. Hãy so với bản mới; "
        "nếu bản của bạn đúng, bấm lưu lần nữa để thay.",
        last.number,
    )


def _revise(
    draft: Draft,
    last: Revision | None,
    content: Content,
    by: Actor,
    at: datetime,
    deed: str,
    restored: int | None = None,
) -> int:
    """Write the next revision, unless nothing changed; a figure written otherwise is no longer checked."""
    if last is not None and last.content == content:
        return last.number
    number = last.number + 1 if last else 1
    before = last.figures if last else {}
    figures = {
        key: before[key] if key in before and before[key][0] == print_ else [print_, number]
        for key, print_ in prints_of(content).items()
    }
    row = Revision.objects.create(
        draft=draft,
        number=number,
        content=content,
        figures=figures,
        restored=restored,
        problems=_count_problems(draft, content),
        deed=clean(deed)[:200],
        at=at,
        by_id=by.actor_id,
        by_label=by.label,
        user_id=person_of(by.actor_id),
    )
    checks = FigureCheck.objects.filter(draft=draft, ended_by__isnull=True)
    ended = [each.pk for each in checks if figures.get(each.key, [""])[0] != each.print]
    FigureCheck.objects.filter(pk__in=ended).update(ended_by=number)
    if draft.name_vi != (name := name_of(content)[:300]):
        draft.name_vi = name
        draft.save(update_fields=["name_vi"])
    if last is not None:
        was, became = _changed(last.content, content)
        write_event(
            by=by,
            deed="standards.revise_draft",
            subject=draft,
            at=at,
            place_id=draft.place_id,
            detail={"number": row.number, "what": row.deed},
            before=was or None,
            after=became or None,
        )
    return number


def _changed(before: Content, now: Content) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The thresholds and other figures that differ, as they were and as they are; None where there is none."""
    was, became = ({each.key: each.value for each in figures_of(content)} for content in (before, now))
    keys = [key for key in {**was, **became} if was.get(key) != became.get(key)]
    return {key: was.get(key) for key in keys}, {key: became.get(key) for key in keys}

"""Reading drafts: which there are, what each says, what is wrong with it, what was compared with the original."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.standards import queries as standards
from chungtay.standards.desk.compiling import Compiled, compile_draft
from chungtay.standards.desk.content import Content
from chungtay.standards.desk.models import Draft, Revision
from chungtay.standards.desk.policies import may_see, place_code
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView


@dataclass(frozen=True)
class DraftLine:
    """One draft in a list, as after its last edit. checked: how many of its figures agree with the original."""

    id: int
    name: str
    kind: str
    begun_as: str
    state: str
    place: PlaceView
    at: datetime
    by_label: str
    number: int
    edited_at: datetime
    edited_by: str
    problems: int
    figures: int
    checked: int


@dataclass(frozen=True)
class DraftView:
    """One draft as its newest revision has it. number: to be sent back as `seen` when editing.

    base: the adopted version it began from. published: what it became.
    """

    id: int
    uid: UUID
    kind: str  # standard · overlay
    begun_as: str
    state: str  # open · published · dropped
    place: PlaceView
    name: str
    base: VersionView | None
    published: VersionView | None
    number: int
    content: Content
    at: datetime
    by_label: str
    edited_at: datetime
    edited_by: str

    @property
    def place_code(self) -> str:
        """The province's code, "" for the nation: what `province` in the head must be."""
        return place_code(self.place)

    @property
    def is_open(self) -> bool:
        return self.state == Draft.State.OPEN


@dataclass(frozen=True)
class RevisionView:
    """One revision of a draft, without its contents."""

    number: int
    deed: str
    restored: int | None
    at: datetime
    by_label: str


def drafts(by: Actor) -> list[DraftLine]:
    """The drafts these eyes may see, the last edited first. Four queries, however many there are."""
    newest = Revision.objects.filter(draft=OuterRef("pk")).order_by("-number")
    agreed = Q(checks__agrees=True, checks__ended_by__isnull=True)
    rows = (
        Draft.objects.select_related("place")
        .annotate(
            number=Subquery(newest.values("number")[:1]),
            edited_at=Subquery(newest.values("at")[:1]),
            edited_by=Subquery(newest.values("by_label")[:1]),
            problems=Subquery(newest.values("problems")[:1]),
            figures=Subquery(newest.values("figures")[:1]),
            checked=Count("checks", filter=agreed),
        )
        .order_by("-edited_at", "-pk")
    )
    found = list(rows)
    places: dict[int, PlaceView] = {}
    seen: dict[int, bool] = {}
    for row in found:
        if row.place_id not in seen:
            seen[row.place_id] = may_see(by, row.place_id)
            places[row.place_id] = territory.latest(row.place_id)
    return [
        DraftLine(
            id=row.pk,
            name=row.name_vi,
            kind=row.kind,
            begun_as=row.begun_as,
            state=row.state,
            place=places[row.place_id],
            at=row.at,
            by_label=row.by_label,
            number=row.number,
            edited_at=row.edited_at,
            edited_by=row.edited_by,
            problems=row.problems,
            figures=len(row.figures),
            checked=row.checked,
        )
        for row in found
        if seen[row.place_id]
    ]


def draft(draft_id: int, *, by: Actor | None = None, number: int | None = None) -> DraftView:
    """One draft with its newest contents, or those of revision `number`. NotFound when it is not for `by`'s eyes."""
    row = Draft.objects.select_related("base", "published").filter(pk=draft_id).first()
    if row is None or (by is not None and not may_see(by, row.place_id)):
        raise NotFound("Không có dự thảo này, hoặc dự thảo thuộc cơ quan khác.")
    revisions = row.revisions.order_by("-number")
    last = (revisions.filter(number=number) if number else revisions).first()
    if last is None:
        raise NotFound(f"Dự thảo này không có lần sửa thứ {number}.")
    return DraftView(
        id=row.pk,
        uid=row.uid,
        kind=row.kind,
        begun_as=row.begun_as,
        state=row.state,
        place=territory.latest(row.place_id),
        name=row.name_vi,
        base=standards.as_view(row.base) if row.base else None,
        published=standards.as_view(row.published) if row.published else None,
        number=last.number,
        content=last.content,
        at=row.at,
        by_label=row.by_label,
        edited_at=last.at,
        edited_by=last.by_label,
    )


def history(draft_id: int) -> list[RevisionView]:
    """The revisions of a draft, newest first."""
    return [
        RevisionView(row.number, row.deed, row.restored, row.at, row.by_label)
        for row in Revision.objects.filter(draft=draft_id).defer("content", "figures").order_by("-number")
    ]


def compiled(view: DraftView) -> Compiled:
    """What the draft means, with every problem in it."""
    return compile_draft(view.content, view.kind, view.base.id if view.base else None, view.place_code)

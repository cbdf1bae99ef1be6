"""Movements and campaigns of a place and below, with their results."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from chungtay.community.campaigns.models import Campaign, CampaignKind, CampaignResult
from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.core.refusals import NotFound
from chungtay.territory import queries as territory
from rulebook import Mark
from viet.letters import fold

KINDS = tuple(CampaignKind.choices)
SORTS = ("starts", "name", "organisation")


@dataclass(frozen=True)
class ResultView:
    """One result in the words in which it was told."""

    id: int
    told_on: date
    words: str
    mark: Mark
    source: str
    by: str
    at: datetime


@dataclass(frozen=True)
class CampaignView:
    """One movement or campaign. ends: None while no last day is set. results: the latest first."""

    id: int
    place_id: int
    place: str
    kind: str
    name: str
    organisation: str
    starts: date
    ends: date | None
    target: str
    mark: Mark
    source: str
    by: str
    at: datetime
    struck: str
    results: tuple[ResultView, ...]

    @property
    def kind_words(self) -> str:
        return str(CampaignKind(self.kind).label)

    def state_on(self, day: date) -> str:
        """ "coming", "running" or "over"."""
        if day < self.starts:
            return "coming"
        return "over" if self.ends is not None and self.ends < day else "running"


@dataclass(frozen=True)
class Asked:
    """year: those running in it, 0 for all. kind: "" for both. sort: see SORTS, "-" falls."""

    year: int = 0
    kind: str = ""
    text: str = ""
    sort: str = "-starts"


def campaigns(place_id: int, asked: Asked) -> list[CampaignView]:
    """The campaigns of a place and below that answer. Five queries, two more a generation of merged places."""
    rows = Campaign.objects.filter(STANDING, scope(place_id))
    if asked.year:
        rows = rows.filter(
            Q(ends=None) | Q(ends__gte=date(asked.year, 1, 1)), starts__lte=date(asked.year, 12, 31)
        )
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    sort = asked.sort if asked.sort.removeprefix("-") in SORTS else "-starts"
    wanted = fold(asked.text)
    held = [
        row
        for row in rows.order_by(sort, "-pk")
        if not wanted or wanted in fold(f"{row.name} {row.organisation} {row.target}")
    ]
    return _views(held)


def campaign(campaign_id: int) -> CampaignView:
    """One campaign, one struck out included."""
    row = Campaign.objects.filter(pk=campaign_id).first()
    if row is None:
        raise NotFound(_("Không có phong trào, cuộc vận động này. Hãy mở lại danh sách."))
    return _views([row])[0]


def years_of(place_id: int) -> list[int]:
    """The years in which something began at or below a place, the latest first."""
    rows = Campaign.objects.filter(STANDING, scope(place_id)).values_list("starts__year", flat=True)
    return sorted(set(rows), reverse=True)


def _views(rows: Iterable[Campaign]) -> list[CampaignView]:
    held = list(rows)
    names = territory.names_of({row.place_id for row in held})
    results: dict[int, list[ResultView]] = {}
    told = CampaignResult.objects.filter(STANDING, campaign__in=held).order_by("-told_on", "-pk")
    for each in told:
        results.setdefault(each.campaign_id, []).append(
            ResultView(
                each.pk, each.told_on, each.words, Mark(each.mark), each.source, each.by_label, each.at
            )
        )
    return [
        CampaignView(
            id=row.pk,
            place_id=row.place_id,
            place=names[row.place_id],
            kind=row.kind,
            name=row.name,
            organisation=row.organisation,
            starts=row.starts,
            ends=row.ends,
            target=row.target,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            at=row.at,
            struck=f"{row.struck_reason} ({row.struck_by})" if row.struck_at else "",
            results=tuple(results.get(row.pk, ())),
        )
        for row in held
    ]

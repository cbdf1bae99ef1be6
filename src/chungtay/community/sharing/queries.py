"""Reading trials of share formulas. Each household's figure is for the posts that keep the list; others see totals."""

from dataclasses import dataclass

from chungtay.community.households import policies as books
from chungtay.community.meetings import policies as meetings
from chungtay.community.meetings.models import AgendaItem
from chungtay.community.sharing.formulas import Formula, Shares, share_out, sharers_of_text, thaw
from chungtay.community.sharing.models import Trial
from chungtay.core.actors import Actor


@dataclass(frozen=True)
class TrialView:
    """One formula tried out. shares: worked out anew from what it was fed. left_out: of how many nothing is asked."""

    id: int
    formula: Formula
    shares: Shares
    left_out: int
    is_chosen: bool


@dataclass(frozen=True)
class TrialRow:
    """One household side by side under every formula: its amount in each, None where it does not share."""

    household_id: int
    code: str
    amounts: tuple[int | None, ...]
    over_cap: tuple[bool, ...]


def trials(item_id: int, *, seen_by: Actor) -> tuple[TrialView, ...]:
    """The formulas tried for a matter, oldest first. For the posts that keep the list of households there."""
    item = AgendaItem.objects.select_related("meeting").filter(pk=item_id).first()
    meeting = meetings.check_sees(seen_by, item.meeting if item else None)
    books.check_reads_names(seen_by, meeting.place_id)
    return tuple(view_of(row) for row in Trial.objects.filter(item_id=item_id).order_by("pk"))


def view_of(row: Trial) -> TrialView:
    formula = thaw(row.formula)
    shares = share_out(formula, sharers_of_text(row.inputs))
    return TrialView(row.pk, formula, shares, row.left_out, row.is_chosen)


def side_by_side(views: tuple[TrialView, ...]) -> tuple[TrialRow, ...]:
    """Every household that shares under any of them, by code."""
    codes = {share.sharer.key: share.sharer.code for view in views for share in view.shares.shares}
    found = [{share.sharer.key: share for share in view.shares.shares} for view in views]
    return tuple(
        TrialRow(
            key,
            code,
            tuple(each[key].amount if key in each else None for each in found),
            tuple(key in each and each[key].over_cap for each in found),
        )
        for key, code in sorted(codes.items(), key=lambda pair: (pair[1], pair[0]))
    )

"""Late corrections: what earlier frozen reports would say now, told in the next report; the frozen ones stay.

Of a cell that a later report told already, only what changed since is told again.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from chungtay.core import audit
from chungtay.core.audit import Search
from chungtay.reports import contents, windows
from chungtay.reports.annexes.cells import Cell
from chungtay.reports.annexes.changes import Adjustment, Key, LaterDeed, changes, with_deeds
from chungtay.reports.annexes.gathered import Gathered
from chungtay.reports.annexes.making import annexes
from chungtay.reports.models import Frozen, Report
from chungtay.territory import queries as territory
from rulebook.reporting import Window

LOOKED_BACK: Final = 4
"""How many frozen reports before it one report puts right: of quarters a year."""
_DEEDS_READ: Final = 2_000
_FAMILIES: Final = {
    "01": ("figures.", "standards."),
    "02": ("figures.", "standards."),
    "03": ("ledger.",),
    "04": ("works.",),
    "05": ("works.",),
    "06": ("ledger.",),
    "07": ("community.",),
    "08": ("recognition.", "figures."),
    "09": (),
    "10": ("recognition.",),
}
"""Whose deeds change which table."""


def window_of(row: Report) -> Window:
    return Window(row.start, row.cut_off, row.kind, row.year, row.number)


def adjustments(row: Report) -> tuple[Adjustment, ...]:
    """What the reports of the same place and kind frozen before this one's window would say otherwise now.

    A fixed number of queries for each of the last `LOOKED_BACK` of them.
    """
    earlier = Frozen.objects.filter(
        report__place_id=row.place_id, report__kind=row.kind, report__cut_off__lt=row.cut_off
    )
    kept = list(earlier.select_related("report").order_by("-report__cut_off")[:LOOKED_BACK])
    if not kept:
        return ()
    told: dict[Key, Cell | None] = {}
    for each in reversed(kept):  # the oldest first, so that the latest word counts
        told |= {one.key: one.after for one in contents.adjustments_of(each.content)}
    found: list[Adjustment] = []
    deeds = _deeds(row.place_id, min(each.at for each in kept))
    for each in kept:
        window = window_of(each.report)
        now = annexes(Gathered(row.place_id, window, window.cut_off))
        then = contents.annexes_of(each.content)
        for one in changes(each.report_id, windows.name_of(window), then, now, told):
            found.append(with_deeds(one, list(_because(one, deeds, each.at, row.place_id))))
    return tuple(found)


def _deeds(place_id: int, since: datetime) -> list[Any]:
    """The latest deeds at and below the place after a moment."""
    found = audit.trail(Search(places=territory.ids_ever_under(place_id), since=since))
    return list(found.values_list("deed", "at", "actor_label", "place_id")[:_DEEDS_READ])


def _because(one: Adjustment, deeds: list[Any], since: datetime, root: int) -> Iterable[LaterDeed]:
    families = _FAMILIES[one.annex]
    for deed, at, by, place_id in deeds:
        if at > since and deed.startswith(families) and one.place in (None, root, place_id):
            yield LaterDeed(deed, at, by)

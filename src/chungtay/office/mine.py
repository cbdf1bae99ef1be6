"""What my own page says first: what waits for me, what is late, what changed since I was last here."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from chungtay.figures import drafts, waiting
from chungtay.office import present, rooms_waiting
from chungtay.office.answers import Visit
from chungtay.office.waiting import line
from chungtay.people.roles import permits
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

NAMED = 5  # late places named under one period


def my_work(visit: Visit, below: Sequence[PlaceView]) -> dict[str, Any]:
    """Everything that waits for the post, in a number of queries that does not grow with it."""
    by = visit.by
    since = waiting.look(by=by, at=visit.now)
    confirms = permits(by.role, "figures.confirm")
    records = permits(by.role, "figures.record")
    count = waiting.count_up_to(waiting.to_confirm(by)) if confirms else 0
    late = waiting.late(by.place_id, below, visit.today) if by.place_id is not None else []
    return {
        "confirms": confirms,
        "to_confirm": min(count, waiting.MANY),
        "to_confirm_more": count > waiting.MANY,
        "returned": [
            {**line(figure, place, visit.language), "step": step}
            for figure, place, step in (waiting.returned(by) if records else [])
        ],
        "drafts": _drafts(visit) if records else [],
        "records": records,
        **_rooms(visit),
        "late": [_late(each) for each in late],
        "since": since,
        "changes": [line(each.figure, each.place, visit.language) for each in waiting.changes(by, since)]
        if since
        else [],
    }


def _rooms(visit: Visit) -> dict[str, list[dict[str, str]]]:
    """What waits and what is late beside figures."""
    found: dict[str, list[dict[str, str]]] = {"rooms": [], "rooms_late": []}
    for each in rooms_waiting.lines(visit.by, visit.now, visit.today):
        href = reverse(f"office:{each.name}", args=each.args) + (f"?{each.query}" if each.query else "")
        found["rooms_late" if each.is_late else "rooms"].append({"words": each.words, "href": href})
    return found


def _drafts(visit: Visit) -> list[dict[str, Any]]:
    """Drafts by place: how many, and when the last was left."""
    found: dict[int, dict[str, Any]] = {}
    for draft in drafts.drafts_of(visit.by):
        found.setdefault(draft.place_id, {"at": draft.saved_at, "count": 0, "measures": set()})
        found[draft.place_id]["count"] += 1
        found[draft.place_id]["measures"].add(draft.measure)
    names = territory.names_of(found)
    return [
        {**each, "place": names[place_id], "href": reverse("office:place", args=[place_id])}
        for place_id, each in found.items()
    ]


def _late(each: waiting.Late) -> dict[str, Any]:
    period = each.called.period
    key = f"ky={present.period_key(period)}"
    return {
        "period": present.period_words(period),
        "due": each.called.due,
        "count": len(each.places),
        "places": [
            {"name": place.full_name, "href": f"{reverse('office:closing', args=[place.id])}?{key}"}
            for place in each.places[:NAMED]
        ],
        "more": max(0, len(each.places) - NAMED),
    }

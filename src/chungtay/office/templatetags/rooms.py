"""The ways between the rooms of a place: all of them on its page, those of one group as tabs, one as a crumb."""

from django import template
from django.template import Context

from chungtay.office.rooms import GROUPS, Room, beside
from chungtay.office.rooms import room as room_named
from chungtay.territory.queries import PlaceView

register = template.Library()


def _is_visitor(context: Context) -> bool:
    return "visit" not in context or context["visit"].by.role == "visitor"


@register.inclusion_tag("office/rooms.html")
def rooms(place: PlaceView) -> dict[str, object]:
    """Every room of a place, in groups. No figures are put into a place that has ended."""
    groups = GROUPS[:-1] if place.ended else GROUPS
    return {
        "groups": [(name, [(each.href(place.id), each.label) for each in found]) for name, found in groups]
    }


@register.inclusion_tag("office/room_head.html", takes_context=True)
def room_head(
    context: Context, place: PlaceView, here: str, heading: str = "", lead: str = "", query: str = ""
) -> dict[str, object]:
    """The head of every page of a room: what it is, of which place, and the rooms beside it as tabs.

    heading: the room's own name when "". query: the filters of a list, kept by its other looks.
    """

    def href(each: Room) -> str:
        return each.href(place.id) + (f"?{query}" if query and each.keeps else "")

    is_visitor = _is_visitor(context)
    return {
        "place": place,
        "heading": heading or room_named(here).label,
        "lead": lead,
        "tabs": [
            (href(each), each.label, each.name == here)
            for each in beside(here)
            if each.is_open or not is_visitor
        ],
    }


@register.simple_tag
def room_link(place: PlaceView, name: str) -> tuple[str, str]:
    """The address and the name of a room."""
    found = room_named(name)
    return found.href(place.id), str(found.label)

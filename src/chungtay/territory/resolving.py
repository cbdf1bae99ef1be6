"""The one place meant by a text: for command lines and imported sheets. It never guesses between two."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import NotFound, Refusal
from chungtay.territory import names
from chungtay.territory.finding import Hit, hits_of, ids_of_that_name, search
from chungtay.territory.models import PlaceState, lives_on
from chungtay.territory.place_view import PlaceView
from chungtay.territory.presence import as_of
from viet.letters import fold, spelled

_MOST_NAMED = 12  # candidates listed in a refusal
_BIGGEST_ID = 18  # digits; beyond that no database has a key


def resolve(text: str, *, day: date | None = None) -> PlaceView:
    """The one place meant by `text`; a Refusal names the candidates when there is none or more than one.

    text: an own id ("17" or "id:17"), a uid, an official code ("05641" or "mã:05641"), or a name, with places above it
    after commas until only one is left ("Khe Cốc, Tức Tranh"). Marks may be left out; where written, they count.
    day: the place must live then. Without a day, living places go before ended ones of the same name or code.
    """
    wanted = names.clean(text)
    if not wanted:
        raise Refusal(_("Hãy ghi tên, mã hoặc số của một nơi."))
    found = _candidates(wanted, day)
    living = [view for view in found if view.ended is None]
    if day is None and living and str(found[0].id) != wanted:
        found = living
    if len(found) == 1:
        return found[0]
    if not found and day is not None and len(once := _candidates(wanted, None)) == 1:
        return as_of(once[0].id, day)  # refuses, and says why and what followed
    if not found:
        near = search(wanted.split(",")[0], day=day, limit=_MOST_NAMED).places
        missing = _("Không tìm thấy “%(text)s”.") % {"text": wanted}
        raise NotFound(missing + _listed(_("Có phải một trong các nơi này không?"), near))
    several = _("“%(text)s” có thể là %(n)s nơi.") % {"text": wanted, "n": len(found)}
    raise Refusal(several + _listed(_("Hãy ghi rõ là nơi nào:"), found))


def _candidates(wanted: str, day: date | None) -> list[PlaceView]:
    """Every place `wanted` may mean; one with that very id comes first."""
    if given := re.fullmatch(r"id:([0-9]{1,18})", wanted):
        return _matching(Q(place_id=int(given[1])), day)
    if given := re.fullmatch(r"(?:mã|ma|code):([0-9A-Za-z.-]+)", wanted):
        return _matching(Q(official_code=given[1]), day)
    if wanted.isascii() and wanted.isdigit():
        by_code = _matching(Q(official_code=wanted), day)
        if wanted.startswith("0") or len(wanted) > _BIGGEST_ID:
            return by_code
        by_id = _matching(Q(place_id=int(wanted)), day)
        return by_id + [view for view in by_code if view not in by_id]
    try:
        return _matching(Q(place__uid=UUID(wanted)), day)
    except ValueError:
        return _named(wanted, day)


def _matching(which: Q, day: date | None) -> list[PlaceView]:
    states = PlaceState.objects.filter(which, lives_on(day) if day else Q())
    ids = sorted(set(states.values_list("place_id", flat=True)))
    return [hit.place for hit in hits_of(ids, "", day)]


def _named(wanted: str, day: date | None) -> list[PlaceView]:
    head = wanted.split(",")[0].strip()
    hits = hits_of(ids_of_that_name(wanted, day=day), fold(head), day)
    to_the_letter = [hit for hit in hits if _bears(hit, head)]
    return [hit.place for hit in to_the_letter or hits]


def _bears(hit: Hit, head: str) -> bool:
    """Whether the place is or was called so, marks and all, wherever the tone is put: hoà or hòa."""
    known = (hit.place.name, hit.place.full_name, hit.matched)
    return spelled(head) in {spelled(name) for name in known}


def _listed(lead: str, views: Sequence[PlaceView]) -> str:
    if not views:
        return " " + _("Hãy xem lại cách viết.")
    lines = [_line(view) for view in views[:_MOST_NAMED]]
    if len(views) > _MOST_NAMED:
        lines.append(_("và %(n)s nơi khác") % {"n": len(views) - _MOST_NAMED})
    return f" {lead}\n" + "\n".join(f"- {line}" for line in lines)


def _line(view: PlaceView) -> str:
    marks = [f"id:{view.id}"]
    if view.code:
        marks.append(_("mã:%(code)s") % {"code": view.code})
    if view.ended:
        marks.append(_("không còn từ %(ended)s") % {"ended": day_words(view.ended)})
    return f"{view.full_address} ({', '.join(marks)})"

"""Which place a row of a sheet means: by code or by name, never guessed between two."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.territory.models import PlaceState
from chungtay.territory.paths import ids_of
from chungtay.territory.place_view import views_of_states
from chungtay.territory.queries import PlaceView, ids_ever_under
from viet.letters import fold, spelled


class Matcher:
    """Finds places among those given. hoà and hòa are one name; marks may be left out, but where written they count."""

    def __init__(self, places: Sequence[PlaceView]) -> None:
        self._by_code: dict[str, list[PlaceView]] = {}
        self._spelled: dict[str, list[PlaceView]] = {}
        self._folded: dict[str, list[PlaceView]] = {}
        for place in places:
            if place.code:
                self._by_code.setdefault(place.code, []).append(place)
            for name in {place.name, place.full_name}:
                self._spelled.setdefault(spelled(name), []).append(place)
                self._folded.setdefault(fold(name), []).append(place)

    def match(self, text: str, *, by_code: bool = False) -> tuple[PlaceView | None, str]:
        """(the place, why there is none). text: a code, or a name with places above it after commas."""
        wanted = " ".join(text.split())
        if by_code:
            found = self._by_code.get(wanted, []) or self._by_code.get(wanted.zfill(5), [])
        else:
            head, *above = [part.strip() for part in wanted.split(",")]
            found = self._spelled.get(spelled(head), [])
            if not found and head.isascii():
                found = self._folded.get(fold(head), [])
            found = [each for each in found if all(_stands_in(part, each) for part in above)]
        if len(found) == 1:
            return found[0], ""
        told = {
            "text": wanted[:80],
            "n": len(found),
            "names": "; ".join(each.full_address for each in found[:3]),
        }
        if not found:
            sentence = _("Không có nơi nào tên hoặc mã “%(text)s” trong địa bàn này. Hãy xem lại cách viết.")
        else:
            sentence = _(
                "“%(text)s” có thể là %(n)s nơi: %(names)s. "
                "Hãy ghi thêm nơi cấp trên sau dấu phẩy, hoặc dùng mã."
            )
        return None, sentence % told


def _stands_in(part: str, place: PlaceView) -> bool:
    names = [name.strip() for name in place.address.split(",")]
    wanted = spelled(part)
    return any(spelled(name) == wanted or spelled(name).endswith(" " + wanted) for name in names)


class Below:
    """The places that stand, or once stood, at or below one: how each is called on a sheet, and which a name means.

    Two queries. labels: by id, those that live first; what is no more bears the day it ended.
    """

    def __init__(self, place_id: int, day: date) -> None:
        last: dict[int, PlaceState] = {}
        rows = PlaceState.objects.filter(place_id__in=ids_ever_under(place_id)).select_related("place")
        for state in rows.order_by(F("valid_from").asc(nulls_first=True)):
            last[state.place_id] = state
        in_order = sorted(last.values(), key=lambda state: (len(ids_of(state.path)), state.sort_key))
        views = views_of_states(in_order)
        living = [view for view in views if view.ended is None or view.ended > day]
        self._own, self._matcher = place_id, Matcher(living)
        self.labels: dict[int, str] = {}
        self._ids: dict[str, int] = {}
        for view in sorted(views, key=lambda view: view.ended is not None):
            label = self._label(view)
            if spelled(label) in self._ids:
                label = f"{label} · {view.id}"
            self.labels[view.id] = label
            self._ids[spelled(label)] = view.id

    def find(self, text: str) -> tuple[int | None, str]:
        """(the place, why there is none). text: a label, else a name, or a code where it is a number."""
        if (labelled := self._ids.get(spelled(text))) is not None:
            return labelled, ""
        found, why = self._matcher.match(text, by_code=text.strip().isdigit())
        return (found.id if found else None), why

    def _label(self, view: PlaceView) -> str:
        """Places two levels down bear the name of what stands between."""
        near = view.id == self._own or view.parent_id == self._own
        name = view.full_name if near else f"{view.full_name}, {view.address.split(',')[0]}"
        if view.ended is None:
            return name
        return _("%(place)s (không còn từ %(ended)s)") % {"place": name, "ended": day_words(view.ended)}

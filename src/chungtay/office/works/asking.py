"""What the address of a list of works asks for: the place, which works, in what order, which page."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from chungtay.office.answers import Visit, day_in_life
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from chungtay.works import queries, rules
from chungtay.works.queries import Filters, Works
from chungtay.works.states import State

PER_PAGE: Final = 50
ORDERS: Final = ("name", "number", "year", "state", "contract", "arrears")


@dataclass(frozen=True)
class Asked:
    """A list of works as asked for."""

    place: PlaceView
    above: tuple[PlaceView, ...]
    filters: Filters
    page: int

    @property
    def query(self) -> str:
        """The filters as they stand in an address, without the page."""
        each = self.filters
        words: list[tuple[str, object]] = [("buoc", each.state), ("loai", each.kind), ("nam", each.year)]
        words += [("no", "co" if each.arrears else ""), ("tim", each.text)]
        words += [("xep", each.order if each.order != Filters().order else "")]
        return urlencode([(name, value) for name, value in words if value])


def asked_of(visit: Visit, place_id: int) -> Asked:
    """What this request asks for; words that mean nothing are as if not said."""
    get = visit.request.GET
    place = territory.latest(place_id)
    state, kind, year = get.get("buoc", ""), get.get("loai", ""), get.get("nam", "")
    order, page = get.get("xep", ""), get.get("trang", "1")
    filters = Filters(
        state=state if state in (*State.values, "open", "built") else "",
        kind=kind if kind in rules.law().kinds else "",
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        arrears=get.get("no") == "co",
        text=get.get("tim", "").replace("\0", " ").strip()[:100],
        order=order if order.removeprefix("-") in ORDERS else Filters().order,
    )
    return Asked(
        place,
        territory.ancestors(place_id, day_in_life(place, visit.today)),
        filters,
        max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1,
    )


def found_of(asked: Asked) -> tuple[Works, Page[int]]:
    """The works of the page, and the page itself."""
    found = queries.works(asked.place.id, asked.filters, skip=(asked.page - 1) * PER_PAGE, limit=PER_PAGE)
    return found, Paginator(range(found.totals.works), PER_PAGE).get_page(asked.page)


def frame(visit: Visit, asked: Asked, here: str) -> dict[str, Any]:
    """What every page of a list is handed. here: the name of its tab."""
    return {
        "place": asked.place,
        "above": asked.above,
        "asked": asked,
        "filters": asked.filters,
        "is_narrowed": asked.filters != Filters(order=asked.filters.order),
        "tab": here,
        "states": [
            ("", _("Mọi bước")),
            ("open", _("Chưa nghiệm thu")),
            ("built", _("Đã nghiệm thu")),
            *((state.value, str(state.label)) for state in State),
        ],
        "kinds": [("", _("Mọi loại")), *((code, rules.kind_words(code)) for code in rules.law().kinds)],
        "years": [("", _("Mọi năm")), *((str(year), str(year)) for year in queries.years(asked.place.id))],
        "propose_refusal": visit.refusal("works.propose", asked.place.id),
    }

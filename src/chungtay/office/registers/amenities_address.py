"""Where the QR of a digital address leads: what is public of the place, nothing of the household that lives there."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Item, Table
from chungtay.office.registers.amenities import value_words
from chungtay.registers.amenities import queries
from chungtay.registers.amenities.queries import AssetView


@open_to_all
def address(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    """The code on the plate, and what anybody may read of what stands in the place."""
    found = queries.asset_of_uid(uid)
    if found is None or found.kind != "address" or found.is_closed:
        raise NotFound(_("Không có địa chỉ số này, hoặc nó không còn dùng. Hãy quét lại mã, hoặc hỏi thôn."))
    place = pages.place_of(found.place_id)
    public = queries.assets(place.id, on=visit.today, public_only=True)
    context: dict[str, Any] = {
        "frame": "office/open.html" if is_visitor(visit) else "office/base.html",
        "place": place,
        "plate": found.attributes.get("code", ""),
        "table": Table(
            _("Công trình công cộng ở đây"),
            [Column(_("Tên")), Column(_("Loại")), Column(_("Thông tin"))],
            [[Item(each.name, _page_of(each)), Item(each.kind_words), Item(_told(each))] for each in public],
            (_("Chưa có công trình nào được công khai"), ""),
        ),
    }
    return visit.page("office/registers/amenities_address.html", context)


def _page_of(view: AssetView) -> str:
    return reverse("portal:asset", args=[view.place_id, view.id])


def _told(view: AssetView) -> str:
    words = [view.state_words]
    for each in view.shows.attributes if view.shows else ():
        if value := value_words(view, each.name):
            words.append(f"{each.label}: {value} {each.unit}".strip())
    return "; ".join(filter(None, words)) or "–"

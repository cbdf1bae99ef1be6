"""Sheets of plates for the digital addresses of a place, to be printed, cut and put on gates."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.people.policies import check_acts_for
from chungtay.registers.amenities import policies, queries
from chungtay.registers.amenities.queries import AssetView
from chungtay.territory.names import opening
from paper.plates import Plate, plates_pdf
from viet.letters import sort_key

MOST: Final = 1_000
_FOOT: Final = "Quét mã để xem công trình công cộng ở đây. Mã không cho biết ai ở trong nhà."


@for_officers
def plates(visit: Visit, place_id: int) -> HttpResponse:
    """All plates of a place and below, by hamlet and code. They speak Vietnamese whoever prints them."""
    check_acts_for(visit.by, policies.KEEP, place_id)
    place = pages.place_of(place_id)
    held = queries.assets(place_id, on=visit.today, kinds=("address",))
    if not held:
        raise Refusal(_("Sổ chưa có địa chỉ số nào ở đây. Hãy thêm vào sổ, hoặc nhập từ tệp bản đồ."))
    if len(held) > MOST:
        told = _("Có %(n)s biển, quá %(most)s biển một tệp. Hãy in từng thôn.")
        raise Refusal(told % {"n": len(held), "most": MOST})
    sheets = plates_pdf(
        [
            Plate(
                _code(each),
                opening(place.full_address)
                if each.place_id == place_id
                else f"{opening(each.place_name)}, {place.full_address}",
                link_of(visit.request, each),
            )
            for each in sorted(held, key=lambda it: (sort_key(it.place_name), sort_key(_code(it))))
        ],
        title=f"Biển địa chỉ số, {place.full_name}",
        foot=_FOOT,
        on=visit.today,
    )
    response = HttpResponse(sheets, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="bien-dia-chi-so-{place_id}.pdf"'
    return response


def link_of(request: HttpRequest, view: AssetView) -> str:
    """Where the QR of a digital address leads: what anybody may read of the place, and nothing of the household."""
    return request.build_absolute_uri(reverse("office:digital_address", args=[view.uid]))


def _code(view: AssetView) -> str:
    return str(view.attributes.get("code", ""))

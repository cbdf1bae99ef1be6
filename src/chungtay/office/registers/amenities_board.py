"""The numbers that hang on the board of a place: put up, put anew, taken down."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Door, Form, Input, Page
from chungtay.office.community.reader import Reader
from chungtay.registers.amenities import board, policies
from chungtay.territory.queries import PlaceView


@for_officers
def board_numbers(visit: Visit, place_id: int) -> HttpResponse:
    """What hangs there, and the form of one number."""
    place = pages.place_of(place_id)
    if place.level not in board.LEVELS:
        raise NotFound(_("Chỉ thôn và xã có sơ đồ để treo."))
    return pages.answer(
        visit, place, lambda: _page(visit, place), {"treo": lambda typed: _put(visit, place_id, typed)}
    )


def _page(visit: Visit, place: PlaceView) -> Page:
    known, posts = board.numbers(place.id), board.posts(place)
    inputs = [
        Input("role", _("Chức danh"), "select", choices=list(posts.items())),
        Input("number", _("Số điện thoại"), hint=_("Để trống là gỡ số đang treo"), required=False),
        Input(
            "agreed",
            _("Ai đồng ý treo số này, ngày nào"),
            hint=_(
                "Cần ghi khi treo số, ví dụ: người giữ chức danh đồng ý tại cuộc họp thôn 05/02/2026. Chỉ cán bộ đọc."
            ),
            required=False,
        ),
    ]
    form = Form(
        "treo",
        _("Ghi số lên sơ đồ"),
        _("Ghi số"),
        inputs,
        visit.refusal(policies.KEEP, place.id),
        _("Số ghi ở đây in trên sơ đồ treo công khai, ai cũng tải được. Chỉ ghi số mà người giữ đã đồng ý."),
        is_open=True,
    )
    signboard = reverse("portal:signboard", args=[place.id, "a3"])
    return Page(
        room="assets",
        heading=_("Số liên hệ trên sơ đồ"),
        lead=_("Chức danh nào chưa có số thì sơ đồ để dòng chấm để viết tay."),
        back=(reverse("office:assets", args=[place.id]), _("Về sổ hạ tầng")),
        doors=[Door(_("Sơ đồ để in và treo") + " (A3, PDF)", signboard, kind="quiet")],
        facts=[(words, known.get(role) or _("để viết tay")) for role, words in posts.items()],
        forms=[form],
    )


def _put(visit: Visit, place_id: int, typed: Reader) -> str:
    number = typed.text("number")
    board.put_number(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        role=typed.text("role"),
        number=number,
        agreed=typed.text("agreed"),
    )
    return _("Đã ghi số lên sơ đồ.") if number else _("Đã gỡ số khỏi sơ đồ.")

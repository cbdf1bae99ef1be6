"""Numbers that hang on the board of a place: of posts, public on purpose, each with who agreed to it.

A number stands until it is put anew or taken down, and is nowhere afterwards: the trail tells that there was one.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.phones import normal_phone
from chungtay.people.policies import check_acts_for
from chungtay.registers.amenities import policies
from chungtay.registers.amenities.describing import written
from chungtay.registers.amenities.models import BoardNumber
from chungtay.registers.amenities.policies import KEEP
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Mark

LEVELS = ("hamlet", "area", "commune")
"""The places that hang a board."""


def posts(place: PlaceView) -> dict[str, str]:
    """The posts on the board of a place, in Vietnamese: it hangs where the people of the place read it."""
    if place.level == "commune":
        kind = place.kind or "xã"
        return {
            "office": f"Ủy ban nhân dân {kind}",
            "police": f"Công an {kind}",
            "clinic": f"Trạm y tế {kind}",
            "heads": "Trưởng các thôn",
        }
    return {
        "head": f"Trưởng {place.kind or 'thôn'}",
        "party": "Bí thư chi bộ",
        "guard": "Tổ bảo vệ an ninh, trật tự",
        "office": "Ủy ban nhân dân cấp xã",
    }


def numbers(place_id: int) -> dict[str, str]:
    """What hangs there, by the code of the post."""
    rows = BoardNumber.objects.filter(place_id=place_id).exclude(number="")
    return dict(rows.values_list("role", "number"))


@transaction.atomic
def put_number(*, by: Actor, at: datetime, place_id: int, role: str, number: str, agreed: str) -> None:
    """Put up the number of a post in place of the one before; "" takes it down. agreed: who agreed, and when."""
    check_acts_for(by, KEEP, place_id)
    place = territory.latest(place_id)
    if place.level not in LEVELS or role not in posts(place):
        raise Refusal(Fault(_("Hãy chọn một chức danh trên sơ đồ."), "role"))
    phone, agreed = normal_phone(number), clean(agreed)
    if number.strip():
        faults = faults_of_texts((agreed, "agreed", _("ai đồng ý treo số này, ngày nào"), 300, True))
        if not phone:
            told = _("Số điện thoại chưa đúng. Hãy gõ như 0912 345 678 hoặc 0208 3855 001.")
            faults.append(Fault(told, "number"))
        policies.refuse_if(faults)
    elif role not in numbers(place_id):
        raise Refusal(
            Fault(_("Hãy gõ số điện thoại. Để trống là gỡ số, mà chức danh này chưa có số."), "number")
        )
    row, _made = BoardNumber.objects.update_or_create(
        place_id=place_id,
        role=role,
        defaults={
            "number": phone,
            "agreed": agreed if phone else "",
            "mark": Mark.MEASURED,
            **written(by, at),
        },
    )
    deed = "registers.put_board_number" if phone else "registers.take_board_number"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=place_id, detail={"role": role})

"""Who reads the list of households, and what a household may be told to be."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from chungtay.community.deeds import faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, NotFound
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.territory import queries as territory

KEEP: Final = "community.keep_households"
RESTRICTED: Final = "community.see_restricted"
POVERTY: Final = ("", "none", "poor", "near_poor")
LARGEST: Final = 60  # people of one household; more is a slip of the pen
_CODE: Final = re.compile(r"[\w./-]{1,20}")


def reads_names(by: Actor, place_id: int) -> bool:
    """Names, addresses and rolls are for the posts that keep the list there, and for nobody else however high."""
    return may_act_for(by, KEEP, place_id)


def check_reads_names(by: Actor, place_id: int) -> None:
    check_acts_for(by, KEEP, place_id)


def not_there() -> NotFound:
    """The same words for a household that is not there and one that is not for these eyes."""
    return NotFound(_("Không có hộ này, hoặc hộ không thuộc địa bàn của bạn."))


def places_now(place_id: int, day: date) -> frozenset[int]:
    """Where a household that stands in the books of a place is found on a day; the place itself while nobody knows."""
    return territory.heirs_on([place_id], day)[place_id] or frozenset({place_id})


def check_keeps(by: Actor, permission: str, place_id: int, day: date) -> None:
    """Whoever may act for one of the places where the household is now, or for the place of its books."""
    places = sorted({place_id, *places_now(place_id, day)})
    if not any(may_act_for(by, permission, each) for each in places):
        check_acts_for(by, permission, places[-1])


def faults_of(representative: str, head_count: int | None, address: str, digital_address: str) -> list[Fault]:
    faults = faults_of_texts(
        (representative, "representative", _("người đại diện hộ"), 100, True),
        (address, "address", _("địa chỉ"), 200, False),
        (digital_address, "digital_address", _("địa chỉ số"), 60, False),
    )
    if head_count is not None and not 1 <= head_count <= LARGEST:
        sentence = _("Số nhân khẩu phải từ 1 đến %(most)s. Chưa biết thì bỏ trống, không ghi 0.")
        faults.append(Fault(sentence % {"most": LARGEST}, "head_count"))
    return faults


def faults_of_code(code: str) -> list[Fault]:
    if _CODE.fullmatch(code):
        return []
    sentence = _("Mã hộ gồm chữ, số, dấu gạch, dấu chấm, nhiều nhất 20 ký tự, không có khoảng trống.")
    return [Fault(sentence, "code")]


def clash(code: str) -> Fault:
    sentence = _("Mã hộ %(code)s đã có ở nơi này. Mỗi hộ một mã; hãy dùng mã khác hoặc sửa hộ đang có.")
    return Fault(sentence % {"code": code}, "code")

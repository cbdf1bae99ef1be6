"""Who may send a sheet of records, and when it may be written."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Refusal
from chungtay.core.sheets.columns import Records
from chungtay.firstday.trying import Outcome
from chungtay.people import roles
from chungtay.people.policies import check_acts_for

KEEP = "evidence.keep"


def check_may_send(by: Actor, kind: Records, place_id: int) -> None:
    """Refuse who may enter no such record anywhere at or below the place. Each row's own place is asked by its deed."""
    check_acts_for(by, KEEP, place_id)
    if (
        kind.permission in roles.ONLY_BELOW
        and place_id == by.place_id
        and roles.permits(by.role, kind.permission)
    ):
        return
    check_acts_for(by, kind.permission, place_id)


def check_counts(counts: Mapping[str, int]) -> None:
    """Refuse to write a sheet of which a row was not taken; the sentence also stands on the shut button."""
    if refused := counts.get(Outcome.REFUSED, 0) + counts.get(Outcome.DIFFERS, 0):
        told = _("Còn %(n)s dòng không nhận được nên chưa ghi gì. Hãy sửa các dòng đó trong tệp rồi tải lại.")
        raise Refusal(told % {"n": refused})

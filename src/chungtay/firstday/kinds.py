"""The kinds of records a place brings with it, in the order in which they build on one another."""

from typing import Final

from django.utils.translation import gettext as _

from chungtay.community.households.sheets import HOUSEHOLDS, RESTRICTED_ATTRIBUTES
from chungtay.core.refusals import NotFound
from chungtay.core.sheets.columns import Records
from chungtay.ledger.sheets import OPENINGS
from chungtay.recognition.titles.sheets import TITLES
from chungtay.works.sheets import WORKS

KINDS: Final = {each.code: each for each in (TITLES, HOUSEHOLDS, RESTRICTED_ATTRIBUTES, WORKS, OPENINGS)}


def kind_of(code: str) -> Records:
    """The kind with that code."""
    if code not in KINDS:
        raise NotFound(_("Không có loại hồ sơ này."))
    return KINDS[code]

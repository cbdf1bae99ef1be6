"""All annex tables of a report, by number; each is made alone where a page asks for one only."""

from collections.abc import Callable
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.reports.annexes import building, criteria, holding, money, sessions
from chungtay.reports.annexes.cells import Annex
from chungtay.reports.annexes.gathered import Gathered

_MAKERS: Final[dict[str, Callable[[Gathered], Annex]]] = {
    "01": criteria.state_of_criteria,
    "02": criteria.distribution,
    "03": money.resources,
    "04": building.works,
    "05": building.arrears,
    "06": money.contributions,
    "07": sessions.sessions,
    "08": holding.model_hamlets,
    "09": holding.products,
    "10": holding.registrations,
}
NUMBERS: Final = tuple(_MAKERS)


def annex(on: Gathered, number: str) -> Annex:
    """One table, from what is on record now; NotFound for a number there is none of."""
    if number not in _MAKERS:
        raise NotFound(_("Báo cáo có mười biểu, từ 01 đến 10. Hãy chọn biểu trong danh sách."))
    with translation.override("vi"):
        return _MAKERS[number](on)


def annexes(on: Gathered) -> tuple[Annex, ...]:
    """All of them, in order."""
    return tuple(annex(on, number) for number in NUMBERS)

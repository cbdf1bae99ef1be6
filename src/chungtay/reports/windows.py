"""`law/reports.yaml` and the working calendar as this package asks for them."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from rulebook.calendar import Calendar, Reckoned
from rulebook.loading.calendar import read_calendar
from rulebook.loading.reporting import read_reporting
from rulebook.reporting import Reporting, Window
from viet.dates import format_day

_ROMAN: Final = ("I", "II", "III", "IV")


@lru_cache(maxsize=1)
def law() -> Reporting:
    """The file, read once."""
    return read_reporting(Path(settings.LAW_DIR) / "reports.yaml")


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    return read_calendar(Path(settings.LAW_DIR) / "calendar.yaml")


def window(kind: str, year: int, number: int) -> Window:
    """A window by its name; NotFound where there is none such."""
    try:
        return law().window(kind, year, number)
    except (KeyError, ValueError, OverflowError):
        raise NotFound(_("Không có kỳ báo cáo này. Hãy chọn kỳ trong danh sách.")) from None


def earliest_deadline(found: Window) -> Reckoned:
    return law().earliest_deadline(found, calendar())


def name_of(found: Window) -> str:
    """“6 tháng đầu năm 2026”, “năm 2026”, “quý II năm 2026”, “tháng 3 năm 2026”, in the reader's language."""
    told = {"year": found.year, "number": found.number}
    if found.kind == "year":
        return _("năm %(year)s") % told
    if found.kind == "half_year":
        return (_("6 tháng đầu năm %(year)s") if found.number == 1 else _("6 tháng cuối năm %(year)s")) % told
    if found.kind == "quarter":
        return _("quý %(roman)s năm %(year)s") % {**told, "roman": _ROMAN[found.number - 1]}
    return _("tháng %(number)s năm %(year)s") % told


def span_words(start: date, until: date) -> str:
    """“từ 15/12/2025 đến 14/06/2026”."""
    return f"từ {format_day(start)} đến {format_day(until)}"

"""Lines of the reports on resources, each built from its parts. Data: what a report sums under one heading.

A part is a source with the kinds counted of it. Credit stands only in lines that name it.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chungtay.ledger.kinds import GIVEN, MOBILISED, Kind
from chungtay.ledger.sources import GIVING, STATE, Source


@dataclass(frozen=True)
class ReportLine:
    """code: by which told totals name it. kinds: what is counted of every source. note: what its reader must know."""

    code: str
    label: str | Promise
    sources: tuple[Source, ...]
    kinds: tuple[Kind, ...] = MOBILISED
    note: str | Promise = ""

    def holds(self, source: str, kind: str) -> bool:
        return source in self.sources and kind in self.kinds


_CREDIT_NOTE: Final = _("Có vốn tín dụng: là tiền hộ vay, không phải đóng góp.")

REPORT_LINES: Final = {
    line.code: line
    for line in (
        ReportLine("all", _("Tổng huy động"), tuple(Source), note=_CREDIT_NOTE),
        ReportLine("state", _("Vốn Nhà nước"), STATE),
        ReportLine(
            "people_enterprises_credit",
            _("Người dân, doanh nghiệp và tín dụng"),
            (
                Source.PEOPLE,
                Source.NATIVES,
                Source.ENTERPRISE,
                Source.OTHER,
                Source.CREDIT,
                Source.SOCIAL_UNSPLIT,
            ),
            note=_CREDIT_NOTE,
        ),
        ReportLine("not_state", _("Ngoài vốn Nhà nước, không kể tín dụng"), GIVING),
        ReportLine("contributions", _("Đóng góp"), GIVING, GIVEN),
        ReportLine("people", _("Người dân đóng góp"), (Source.PEOPLE,), GIVEN),
        ReportLine("people_cash", _("Tiền mặt dân góp"), (Source.PEOPLE,), (Kind.CASH,)),
        ReportLine("people_labour", _("Ngày công dân góp"), (Source.PEOPLE,), (Kind.LABOUR,)),
        ReportLine("people_land", _("Đất dân hiến"), (Source.PEOPLE,), (Kind.LAND,)),
        ReportLine("enterprise", _("Doanh nghiệp"), (Source.ENTERPRISE,)),
        ReportLine("credit", _("Vốn tín dụng"), (Source.CREDIT,), note=_CREDIT_NOTE),
    )
}

"""What stands on a screen, as rows for a spreadsheet: the first row is the heading.

Days are written year-month-day in both languages: no spreadsheet takes the month for the day.
"""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

from chungtay.figures.queries import Judged
from rulebook import Finding
from rulebook.printing import MARKS, STATED_WORDS, TRUST, WORDS

_HEAD = {
    "vi": [
        "Tiêu chí",
        "Chỉ tiêu",
        "Nội dung",
        "Kết quả theo số liệu",
        "Số liệu",
        "Mức đạt",
        "Còn thiếu",
        "Vì sao",
        "Kỳ (năm, hoặc năm-tháng-ngày)",
        "Nguồn",
        "Loại số liệu",
        "Kết quả công bố",
        "Ngày công bố (năm-tháng-ngày)",
        "Loại công bố",
        "Nguồn công bố",
        "Căn cứ",
        "Độ tin của ngưỡng",
    ],
    "en": [
        "Criterion",
        "Indicator",
        "Text",
        "Verdict as measured",
        "Figure",
        "Threshold",
        "Missing",
        "Why",
        "Period (year, or year-month-day)",
        "Source",
        "Mark",
        "Stated verdict",
        "Stated on (year-month-day)",
        "Mark of the statement",
        "Source of the statement",
        "Clause",
        "Trust in the threshold",
    ],
}


def assessment_rows(judged: Judged, language: str) -> list[list[str]]:
    """One row a criterion and one an indicator, in legal order."""
    rows = [_HEAD[language]]
    for criterion in judged.finding.criteria:
        rows.append(_row(criterion.code, "", criterion, language))
        rows += [_row(criterion.code, each.code, each, language) for each in criterion.indicators]
    return [as_text(row) for row in rows]


def as_csv(name: str, rows: Iterable[list[str]]) -> HttpResponse:
    """Rows as a CSV that Excel opens with its Vietnamese letters whole. name: of the file, without its ending."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response).writerows(as_text(row) for row in rows)
    return response


def as_text(row: list[str]) -> list[str]:
    """A row in which nothing a person typed is taken for a formula by a spreadsheet."""
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row]


def _row(criterion: str, indicator: str, finding: Finding, language: str) -> list[str]:
    leaves = [leaf for leaf in finding.walk() if leaf.kind in ("compare", "share")] if indicator else []
    return [
        criterion,
        indicator,
        finding.label.in_(language),
        WORDS[finding.verdict].in_(language),
        "; ".join(leaf.value_text.in_(language) for leaf in leaves if leaf.value),
        "; ".join(leaf.threshold_text.in_(language) for leaf in leaves),
        "; ".join(leaf.gap_text.in_(language) for leaf in leaves if leaf.gap),
        finding.reason.in_(language),
        "; ".join(dict.fromkeys(leaf.period for leaf in leaves if leaf.period)),
        "; ".join(dict.fromkeys(leaf.source for leaf in leaves if leaf.source)),
        "; ".join(dict.fromkeys(MARKS[leaf.mark].in_(language) for leaf in leaves if leaf.mark)),
        STATED_WORDS[finding.stated].in_(language) if finding.stated else "",
        finding.stated_on,
        MARKS[finding.stated_mark].in_(language) if finding.stated_mark else "",
        finding.stated_source,
        finding.clause.in_(language),
        TRUST[finding.provenance].in_(language) if indicator else "",
    ]

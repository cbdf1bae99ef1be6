"""Papers of a dossier made from live data. What no data make is None: it is uploaded, or only located."""

from datetime import date
from typing import Final

from django.utils import translation

from chungtay.figures import queries as figures
from chungtay.recognition.dossiers.cases import Case
from paper import Column, Document, Letterhead, Paragraph, Signatures, Signer, Table, to_pdf
from rulebook.verdicts import Verdict

MADE: Final = frozenset({"results_report"})
"""The components that `paper_for` makes."""
_WORDS: Final = {
    Verdict.MET: "đạt",
    Verdict.NOT_MET: "không đạt",
    Verdict.UNKNOWN: "chưa biết",
    Verdict.EXCUSED: "không áp dụng",
}


def paper_for(case: Case, component: str, on: date) -> bytes | None:
    """A paper as PDF, from the data of a day; None where no data make it. The same data give the same bytes."""
    if component not in MADE:
        return None
    with translation.override("vi"):
        return to_pdf(_results_report(case, component, on), on=on)


def _results_report(case: Case, component: str, on: date) -> Document:
    judged = figures.judge_place(case.row.place_id, case.row.standard_code, on=on)
    place, counts = judged.place, judged.counts
    names = {each.number: each.name.vi for each in judged.standard.criteria}
    rows = tuple(
        (each.code, names[each.code], _WORDS[each.verdict], each.reason.vi)
        for each in judged.finding.criteria
    )
    columns = (Column("TC", 1), Column("Tên tiêu chí", 5), Column("Kết quả", 2), Column("Ghi chú", 4))
    return Document(
        letterhead=Letterhead(
            issuer=place.full_name, above=place.address.split(", ")[0], number="", place=place.name, day=on
        ),
        kind="Báo cáo",
        subject=f"Kết quả thực hiện các tiêu chí {case.row.title} năm {case.row.year}",
        blocks=(
            Paragraph(
                f"Theo số liệu đến ngày lập, {place.full_name} có {counts.holding}/{counts.total} tiêu chí đạt, "
                f"{counts.not_met} không đạt, {counts.unknown} chưa biết."
            ),
            Table(columns, rows, caption="Kết quả từng tiêu chí"),
            Signatures((Signer(case.procedure.components[component].signatory.vi),)),
        ),
    )

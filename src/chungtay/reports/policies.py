"""What may be done to a report, each refusal one sentence."""

from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.reports import windows
from chungtay.reports.models import Frozen, Report
from chungtay.reports.sections import LONGEST, SECTIONS
from rulebook.reporting import Window


def report_of(report_id: int, *, lock: bool = False) -> Report:
    """The report, held until the deed is done where asked; NotFound when there is none."""
    rows = Report.objects.filter(pk=report_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound(_("Không có báo cáo này. Hãy mở lại danh sách báo cáo."))
    return row


def check_begun(window: Window, today: date) -> None:
    if window.start > today:
        sentence = _("Kỳ này bắt đầu ngày %(day)s, chưa đến. Hãy chọn kỳ đang chạy hoặc đã qua.")
        raise Refusal(Fault(sentence % {"day": day_words(window.start)}, "window"))


def check_deadline(window: Window, deadline: date | None) -> date | None:
    """The day by which the report is sent; refused where it leaves too few working days after the cut-off."""
    earliest = windows.earliest_deadline(window).day
    if deadline is None:
        return earliest
    if deadline <= window.cut_off or (earliest is not None and deadline < earliest):
        told = {"cut_off": day_words(window.cut_off), "n": windows.law().gap}
        sentence = _(
            "Hạn gửi phải sau ngày chốt %(cut_off)s ít nhất %(n)s ngày làm việc. Hãy chọn ngày muộn hơn."
        )
        ground = windows.law().gap_ground
        raise Refusal(Fault(sentence % told, "deadline", clause=ground.clause.vi))
    return deadline


def check_draft(row: Report) -> None:
    if Frozen.objects.filter(report=row).exists():
        raise Refusal(
            _(
                "Báo cáo này đã chốt, không sửa được nữa. Số liệu sửa muộn sẽ nằm ở phần điều chỉnh của báo cáo kỳ sau."
            )
        )


def check_over(row: Report, today: date) -> None:
    if today <= row.cut_off:
        sentence = _("Chưa qua ngày chốt số liệu %(day)s nên chưa chốt được báo cáo. Hãy chốt từ hôm sau.")
        raise Refusal(sentence % {"day": day_words(row.cut_off)})


def check_text(code: str, text: str) -> None:
    if code not in SECTIONS:
        raise NotFound(_("Báo cáo không có mục này."))
    if len(text) > LONGEST:
        sentence = _("Mục này dài %(n)s chữ, quá %(most)s. Hãy viết gọn lại; chi tiết để ở biểu.")
        raise Refusal(Fault(sentence % {"n": len(text), "most": LONGEST}, code))
    if faults := faults_of_hidden(text, _("Mục này"), code):
        raise Refusal(*faults)

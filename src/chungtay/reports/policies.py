"""What may be done to a report, each refusal one sentence."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from chungtay.community.households import queries as households
from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.reports import contents, windows
from chungtay.reports.models import Frozen, Publication, Report
from chungtay.reports.sections import LONGEST, SECTIONS
from rulebook.reporting import Window

LONGEST_REASON: Final = 500
_PRIVATE_NUMBER: Final = re.compile(
    r"(?<![\d.,/-])0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}(?![\d/])|(?<!\d)0\d{11}(?!\d)"
)
"""A telephone number, or the twelve figures of an identity card."""


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


def publishable(row: Report) -> Frozen:
    """What a report was frozen as, where it may be shown to anybody: frozen, and still what its digest says."""
    frozen = Frozen.objects.filter(report=row).first()
    if frozen is None:
        raise Refusal(
            _("Báo cáo chưa chốt nên chưa công khai được: số và chữ còn đổi. Hãy chốt báo cáo trước.")
        )
    if contents.digest(frozen.content) != frozen.digest:
        raise Refusal(
            _("Nội dung đang lưu không khớp mã số lúc chốt nên không công khai được. Hãy báo người quản trị.")
        )
    return frozen


def check_texts(row: Report, frozen: Frozen) -> None:
    """Refuse to show anybody what the office wrote where it names a household or tells a private number.

    Every section at once. A frozen report is not written again: its tables may be published without its words.
    """
    texts = {code: str(text) for code, text in frozen.content["texts"].items() if text}
    naming = households.named_in(texts, row.place_id, row.cut_off) if texts else frozenset()
    faults: list[Fault] = []
    for code, text in texts.items():
        label = SECTIONS[code].label if code in SECTIONS else code
        if code in (naming or ()):
            sentence = _(
                "Mục “%(section)s” có tên trùng với đại diện một hộ ở đây. Hãy công khai báo cáo không kèm phần chữ; "
                "kỳ sau viết không nêu tên."
            )
            faults.append(Fault(sentence % {"section": label}, code))
        if _PRIVATE_NUMBER.search(text):
            sentence = _(
                "Mục “%(section)s” có số giống số điện thoại hoặc số căn cước. Hãy công khai báo cáo không kèm phần "
                "chữ; kỳ sau bỏ số ấy."
            )
            faults.append(Fault(sentence % {"section": label}, code))
    if faults:
        raise Refusal(*faults)


def check_public(newest: Publication | None) -> Publication:
    """The publication to take down; refused where nothing is public."""
    if newest is None or not newest.is_public:
        raise Refusal(_("Báo cáo này đang không công khai."))
    return newest


def checked_reason(reason: str) -> str:
    """Why something was taken down, in one line; refused where nothing is said, or too much."""
    reason = " ".join(reason.split())
    if faults := faults_of_hidden(reason, _("Lý do"), "reason"):
        raise Refusal(*faults)
    if not reason:
        raise Refusal(Fault(_("Hãy ghi vì sao gỡ; người đọc trang công khai sẽ thấy lý do này."), "reason"))
    if len(reason) > LONGEST_REASON:
        sentence = _("Lý do dài %(n)s chữ, quá %(most)s. Hãy viết gọn lại.")
        raise Refusal(Fault(sentence % {"n": len(reason), "most": LONGEST_REASON}, "reason"))
    return reason

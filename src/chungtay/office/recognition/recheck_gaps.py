"""The gap report: what was claimed against what was found, in sum."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.open import open_to_all
from chungtay.office.community.pages import Column, Door, Item, Page, Table
from chungtay.office.recognition.recheck_words import number_item, share_words
from chungtay.recognition.rechecks import gap_report, wording
from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.views import Gap
from viet.numbers import format_number


@open_to_all
def gaps(visit: Visit, place_id: int) -> HttpResponse:
    """Claims against checks in sum: by criterion, by level of office, by place. No person stands in it."""
    place = pages.place_of(place_id)
    year = pages.asked_year(visit)
    found = gap_report.gaps(place_id, year=year)
    parts = (
        (_("Theo tiêu chí"), found.by_criterion),
        (_("Theo cấp chịu trách nhiệm"), found.by_office),
        (_("Theo nơi"), found.by_place),
    )
    if form := pages.file_form(visit):
        rows = [[Item(heading), *_gap_row(gap)] for heading, lines in parts for gap in lines]
        table = Table(_("Báo cáo chênh lệch"), [Column(_("Bảng")), *_gap_columns(_("Mục"))], rows)
        about = [
            (_("Kỳ"), str(year) if year else _("mọi năm")),
            (_("Lưu ý"), wording.ground_words(law().tolerances_ground)),
        ]
        return pages.as_download(visit, place, "chenh-lech", form, table, about)
    query = f"nam={year}&" if year else ""
    paper = reverse("office:recheck_gaps_paper", args=[place_id]) + (f"?nam={year}" if year else "")
    more = _(
        "%(claims)s khai báo được rút; %(changing)s chỗ lệch làm đổi kết quả tiêu chí; %(corrected)s đã sửa"
    )
    told = {
        "claims": format_number(found.whole.claims),
        "changing": format_number(found.whole.changing),
        "corrected": format_number(found.whole.corrected),
    }
    notes = []
    if found.set_aside:
        notes.append(
            _("%(aside)s trong %(all)s danh sách đã bỏ, kèm lý do công khai.")
            % {"aside": found.set_aside, "all": found.samples}
        )
    page = Page(
        room="rechecks",
        heading=_("Báo cáo chênh lệch"),
        lead=_(
            "Khai báo so với kiểm tra lại, chỉ có tổng số. Chưa kiểm tra là chưa biết, không phải bằng không."
        ),
        back=(reverse("office:rechecks", args=[place_id]), pages.room_name("rechecks")),
        notes=notes,
        stats=[(share_words(found.whole), _("khai báo đã kiểm tra bị lệch"), more % told)],
        doors=[
            Door(_("Tải bảng CSV"), f"?{query}tai=csv", kind="quiet"),
            Door(_("Tải bảng Excel"), f"?{query}tai=xlsx", kind="quiet"),
            Door(_("Tải báo cáo PDF"), paper, kind="quiet"),
        ]
        if found.whole.claims
        else [],
        filters=[pages.year_filter(gap_report.years(place_id), year)],
        tables=[_gap_table(heading, lines) for heading, lines in parts]
        if found.whole.claims
        else [_no_gaps()],
    )
    return pages.draw(visit, place, page)


def _no_gaps() -> Table:
    empty = (
        _("Chưa có khai báo nào được rút để kiểm tra lại"),
        _("Khi có mẫu được rút, số khai báo, số đã kiểm tra và số lệch hiện ở đây."),
    )
    return Table(_("Báo cáo chênh lệch"), [], [], empty)


def _gap_columns(first: str) -> list[Column]:
    counted = (
        _("Được rút"),
        _("Đã kiểm tra"),
        _("Lệch"),
        _("Đổi kết quả"),
        _("Không kiểm được"),
        _("Đã sửa"),
    )
    return [Column(first), *(Column(each, css="number") for each in counted)]


def _gap_table(heading: str, lines: Sequence[Gap]) -> Table:
    return Table(heading, _gap_columns(_("Mục")), [_gap_row(each) for each in lines])


def _gap_row(gap: Gap) -> list[Item]:
    unknown = Item(_("chưa biết"), told=None)
    return [
        Item(gap.label),
        number_item(gap.claims),
        number_item(gap.checked),
        number_item(gap.mismatched) if gap.checked else unknown,
        number_item(gap.changing) if gap.checked else unknown,
        number_item(gap.impossible),
        number_item(gap.corrected),
    ]

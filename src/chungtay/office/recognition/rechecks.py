"""Claims checked again: the samples of a place."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.office.answers import Visit, refusal_of
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Door, Item, Page, Table
from chungtay.office.recognition.recheck_words import STATES, number_item, share_words
from chungtay.recognition.rechecks import policies, queries, scoring, wording
from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.views import SampleView
from viet.numbers import format_number


@open_to_all
def rechecks(visit: Visit, place_id: int) -> HttpResponse:
    """Every sample of the place and below, those set aside among them, and the score so far."""
    place = pages.place_of(place_id)
    found = queries.samples(place_id)
    table = _samples_table(visit, found)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "mau-kiem-tra-lai", form, table)
    score = scoring.mismatch_of(place_id, on=visit.today)
    more = _("%(n)s khai báo được rút từ %(day)s; quy tắc: %(ground)s") % {
        "n": format_number(score.claims),
        "day": day_words(score.since),
        "ground": wording.ground_words(law().score_ground),
    }
    doors = [Door(_("Báo cáo chênh lệch"), reverse("office:recheck_gaps", args=[place_id]), kind="quiet")]
    if not is_visitor(visit):
        refusal = refusal_of(partial(policies.check_may_draw, visit.by, place_id))
        doors.insert(0, Door(_("Lập mẫu mới"), reverse("office:plan_recheck", args=[place_id]), refusal))
    page = Page(
        room="rechecks",
        heading=pages.room_name("rechecks"),
        lead=_(
            "Một số khai báo được rút ngẫu nhiên rồi đo lại tận nơi. Danh sách chốt trước, hạt giống là giá trị công "
            "khai biết sau, nên không ai chọn được mẫu và ai cũng rút lại được."
        ),
        stats=[(share_words(score), _("khai báo đã kiểm tra bị lệch"), more)],
        doors=doors,
        tables=[table],
    )
    return pages.draw(visit, place, page)


def _samples_table(visit: Visit, found: Sequence[SampleView]) -> Table:
    columns = [
        Column(_("Kỳ")),
        Column(_("Nơi")),
        Column(_("Tình trạng")),
        Column(_("Khai báo"), css="number"),
        Column(_("Được rút"), css="number"),
        Column(_("Đã kiểm tra"), css="number"),
        Column(_("Lệch"), css="number"),
        Column(_("Hạt giống")),
    ]
    page = pages.paged(visit, found) if not pages.file_form(visit) else None
    rows = [
        [
            Item(
                wording.period_words(each.period),
                reverse("office:recheck_sample", args=[each.id]),
                told=wording.period_words(each.period),
            ),
            Item(each.place),
            Item(str(STATES[each.state]), note=each.reason),
            number_item(each.claims),
            number_item(each.size),
            number_item(each.score.checked),
            Item(share_words(each.score)),
            Item(each.seed or "–", note=each.seed_source),
        ]
        for each in (found if page is None else page)
    ]
    empty = (
        _("Chưa có mẫu kiểm tra lại nào"),
        _("Cấp trên lập mẫu từ những số liệu đã xác nhận, kết quả đã công bố và tệp minh chứng của một kỳ."),
    )
    return Table(_("Mẫu kiểm tra lại"), columns, rows, empty, page)

"""Files of a survey: cards and blank ballots to print, the result as CSV, Excel and PDF."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.open import open_to_all
from chungtay.office.community.pages import Column, Item, Table
from chungtay.office.recognition.survey import VERDICTS
from chungtay.recognition.surveys import collecting, papers, queries
from chungtay.recognition.surveys.views import ResultView, SurveyView
from chungtay.territory import queries as territory
from paper import Document, to_pdf
from viet.numbers import format_number


@for_officers
def cards(visit: Visit, survey_id: int) -> HttpResponse:
    """The cards that are out, to be printed and cut: of the whole survey, of one hamlet, or one alone."""
    shown = queries.survey(survey_id, at=visit.now)
    hamlet, only = (pages.key_of(visit.request.GET.get(name, "")) for name in ("thon", "the"))
    found = collecting.cards(shown, hamlet=hamlet, only=only, seen_by=visit.by)
    if not found:
        raise NotFound(_("Không có thẻ nào cần in. Hãy phát thẻ trước."))
    address = visit.request.build_absolute_uri(reverse("office:survey_ballot", args=["MA"]))
    made = papers.cards(shown, found, address.replace("/MA/", "/{secret}/"))
    return _pdf(visit, made, "the-lay-y-kien")


@for_officers
def blank_ballots(visit: Visit, survey_id: int) -> HttpResponse:
    """Blank ballots for the box, as many as asked for."""
    shown = queries.survey(survey_id, at=visit.now)
    collecting.reach(shown, seen_by=visit.by)
    if shown.questionnaire is None:
        raise NotFound(_("Kết quả này nhập theo giấy tờ nên không có phiếu để in."))
    many = pages.key_of(visit.request.GET.get("so", "")) or 2
    if many > papers.MOST_BLANK:
        raise Refusal(_("Mỗi lần in nhiều nhất %(most)s phiếu.") % {"most": papers.MOST_BLANK})
    made = papers.blank_ballots(shown, shown.questionnaire, territory.latest(shown.place_id), many)
    return _pdf(visit, made, "phieu-lay-y-kien")


@open_to_all
def result(visit: Visit, survey_id: int, form_of: str) -> HttpResponse:
    """The frozen result: open to anybody, with counts."""
    shown = queries.survey(survey_id, at=visit.now)
    told = queries.result_for(shown, seen_by=visit.by)
    if told is None:
        raise NotFound(_("Chưa có kết quả: phiếu kiểm xong mới công bố."))
    place = territory.latest(shown.place_id)
    shown = replace(shown, result=told)
    if form_of == "pdf":
        address = visit.request.build_absolute_uri(reverse("office:survey", args=[shown.id]))
        return _pdf(visit, papers.report(shown, place, address), "ket-qua-hai-long")
    if form_of not in pages.FORMS:
        raise NotFound(_("Chỉ có tệp CSV, Excel và PDF."))
    about = [
        (_("Danh hiệu"), f"{shown.title}, {shown.year}"),
        (_("Loại số liệu"), pages.mark_words(shown.mark)),
        *([(_("Nguồn"), shown.source)] if shown.source else []),
        *((words, format_number(told.counts[code])) for code, words in _counts(shown)),
        (_("Kết luận"), str(VERDICTS[told.verdict])),
        (_("Dấu số"), shown.digest),
    ]
    return pages.as_download(visit, place, "ket-qua-hai-long", form_of, _table(visit, told), about)


def _counts(shown: SurveyView) -> list[tuple[str, str]]:
    words = {
        "households": _("Tổng số hộ"),
        "issued": _("Số phiếu phát ra"),
        "participants": _("Số hộ trả lời"),
    }
    return [(code, name) for code, name in words.items() if shown.result and code in shown.result.counts]


def _table(visit: Visit, told: ResultView) -> Table:
    """One row a question, then one a hamlet: what is withheld says so."""
    columns = [
        Column(_("Nội dung")),
        Column(_("Hài lòng"), css="number"),
        Column(_("Trả lời"), css="number"),
        Column(_("Tỷ lệ")),
        Column(_("Kết quả")),
        Column(_("Vì sao")),
    ]
    rows = [
        [
            Item(each.text.in_(visit.language)),
            Item(str(each.satisfied), told=each.satisfied),
            Item(str(each.answered), told=each.answered),
            Item(papers.percent(each.satisfied, each.answered)),
            Item(str(VERDICTS[each.outcome.verdict]) if each.outcome else ""),
            Item(each.outcome.sentence.in_(visit.language) if each.outcome else ""),
        ]
        for each in told.questions
    ]
    for each in told.hamlets:
        pair = (
            None
            if each.questions is None
            else [sum(one[n] for one in each.questions.values()) for n in (0, 1)]
        )
        rows.append(
            [
                Item(each.name),
                Item("", told=pair[0] if pair else _("không nêu riêng")),
                Item("", told=pair[1] if pair else _("không nêu riêng")),
                Item(papers.percent(*pair) if pair else ""),
                Item(_("%(n)s hộ trả lời") % {"n": each.returned}),
                Item(""),
            ]
        )
    return Table(_("Kết quả lấy ý kiến sự hài lòng"), columns, rows)


def _pdf(visit: Visit, made: Document, name: str) -> HttpResponse:
    response = HttpResponse(to_pdf(made, on=visit.today), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response

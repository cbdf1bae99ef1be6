"""The cultivation diary of a growing-area code: written in the field on a phone, printed as a paper."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Door, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.registers.livelihood_words import record_address
from chungtay.registers.livelihood import actions, papers, queries, rules
from chungtay.registers.livelihood.policies import KEEP
from chungtay.registers.livelihood.queries import DiaryView, Record
from paper import to_pdf
from viet.dates import format_day

_PAPERS = {"nhat-ky": papers.diary_paper, "de-nghi": papers.request_paper}


@for_officers
def diary(visit: Visit, code_id: int) -> HttpResponse:
    """The diary of a code, the newest day first, and the form for today's line."""
    shown = queries.record("code", code_id)
    place = pages.place_of(shown.place_id)
    lines = queries.diary(shown.id)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "nhat-ky-canh-tac", form, _table(visit, lines, as_file=True))
    deeds = {"ghi": partial(_write, visit, shown), "gach": partial(_strike, visit)}
    return pages.answer(visit, place, lambda: _page(visit, shown, lines), deeds)


def _page(visit: Visit, shown: Record, lines: list[DiaryView]) -> Page:
    printed = reverse("office:growing_paper", args=[shown.id, "nhat-ky"])
    return Page(
        room="growing_codes",
        heading=_("Nhật ký canh tác: %(name)s") % {"name": shown.name},
        back=(record_address(shown), shown.name),
        doors=[Door(_("In nhật ký (PDF)"), printed, kind="quiet")],
        forms=_forms(visit, shown, lines),
        tables=[_table(visit, lines)],
        template="office/registers/livelihood_diary.html",
    )


def _table(visit: Visit, lines: list[DiaryView], *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Ngày"), css="nowrap"),
        Column(_("Thửa, lô")),
        Column(_("Việc")),
        Column(_("Thuốc, phân, vật tư")),
        Column(_("Lượng dùng")),
        Column(_("Ai làm")),
    ]
    page = None if as_file else pages.paged(visit, lines)
    rows = [
        [
            pages.day_item(each.on),
            Item(each.plot),
            Item(each.deed_words, note=_note(each), told=f"{each.deed_words}. {_note(each)}".strip(". ")),
            Item(each.product or "–", told=each.product or None),
            Item(each.dose or "–", told=each.dose or None),
            Item(each.by_whom),
        ]
        for each in (lines if page is None else page)
    ]
    empty = (_("Nhật ký chưa có dòng nào"), _("Hãy ghi việc đã làm hôm nay."))
    return Table(_("Nhật ký canh tác"), columns, rows, empty, page)


def _note(each: DiaryView) -> str:
    struck = _("đã gạch: %(why)s") % {"why": each.struck} if each.struck else ""
    return "; ".join(filter(None, (each.words, struck)))


def _forms(visit: Visit, shown: Record, lines: list[DiaryView]) -> list[Form]:
    title = _("Ghi việc đã làm")
    refusal = visit.refusal(KEEP, shown.place_id)
    if refusal or shown.closed_on or shown.struck:
        return [Form("ghi", title, _("Ghi"), (), refusal or _("Vùng trồng này đã khép."))]
    last = next((each for each in lines if not each.struck), None)
    inputs = [
        Input("on", _("Ngày"), "day", value=format_day(visit.today)),
        Input("plot", _("Thửa, lô"), value=last.plot if last else ""),
        Input("deed", _("Việc"), "select", choices=rules.choices("field_deeds")),
        Input("product", _("Thuốc, phân, vật tư"), hint=_("Tên ghi trên bao bì"), required=False),
        Input("dose", _("Lượng dùng"), hint=_("Ví dụ: 2 lít/ha"), required=False),
        Input(
            "by_whom",
            _("Ai làm"),
            hint=_("Mã hộ hoặc tên tổ, không ghi tên người"),
            value=last.by_whom if last else "",
        ),
        Input("words", _("Ghi thêm"), required=False),
    ]
    forms = [Form("ghi", title, _("Ghi"), inputs, is_open=True)]
    standing = [
        (each.id, f"{format_day(each.on)}, {each.plot}, {each.deed_words}")
        for each in lines
        if not each.struck
    ]
    if standing:
        which = Input("which", _("Dòng nhật ký"), "select", choices=standing[:100])
        strike = [which, Input("reason", _("Lý do"))]
        forms.append(Form("gach", _("Gạch một dòng ghi nhầm"), _("Gạch"), strike))
    return forms


def _write(visit: Visit, shown: Record, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    names = ("plot", "deed", "product", "dose", "by_whom", "words")
    told = {name: typed.text(name) for name in names}
    actions.write_diary(by=visit.by, at=visit.now, code_id=shown.id, on=on, uid=typed.uid(), **told)
    return _("Đã ghi vào nhật ký.")


def _strike(visit: Visit, typed: Reader) -> str:
    which = pages.key_of(typed.text("which"))
    actions.strike_diary(by=visit.by, at=visit.now, entry_id=which, reason=typed.text("reason"))
    return _("Đã gạch; dòng ấy vẫn đọc được với lý do.")


@for_officers
def paper(visit: Visit, code_id: int, growing_form: str) -> HttpResponse:
    """The diary, or the request for a code, as PDF. Households stand in it by their codes, for who may read those."""
    if growing_form not in _PAPERS:
        raise NotFound(_("Không có giấy này."))
    shown = queries.record("code", code_id)
    place = pages.place_of(shown.place_id)
    sees = queries.reads_households(visit.by, shown.place_id)
    households = (
        queries.households_of_code(shown.id, seen_by=visit.by, at_place=shown.place_id) if sees else None
    )
    made = _PAPERS[growing_form](
        shown,
        place=place.full_name,
        above=place.address.partition(", ")[0],
        on=visit.today,
        lines=queries.diary(shown.id),
        households=households,
    )
    response = HttpResponse(to_pdf(made, on=visit.today), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{growing_form}-{shown.id}.pdf"'
    return response

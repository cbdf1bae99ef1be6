"""Money that is not given: writing down what is committed and paid, and how it stands by purpose and source."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.notices import notices
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.ledger import actions, queries
from chungtay.ledger.queries import Allotted
from chungtay.ledger.sources import Source
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.boards.sheets import Cell, Sheet, as_file
from chungtay.office.ledger.reading import Form, year_asked
from chungtay.territory import queries as territory
from rulebook.printing import MARKS
from viet.dates import format_day

_NAMES: Final = ("uid", "purpose", "source", "value_dong", "on", "year", "paper", "over_reason")
_DEEDS: Final = ("cam-ket", "giai-ngan")
_ON_A_PAGE: Final = 50


@for_officers
def allotments(visit: Visit, place_id: int) -> HttpResponse:
    """What is committed and paid, in the place's own book and below it, and writing more of either."""
    place = territory.latest(place_id)
    form = Form(visit.request.POST, _NAMES)
    deed = visit.request.POST.get("viec", "")
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST" and deed in _DEEDS:
        try:
            messages.success(visit.request, _write(visit, place_id, deed, form))
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            return redirect("office:allotments", place_id=place_id)
    living = day_in_life(place, visit.today)
    year = year_asked(visit.request)
    every = queries.allotted(place_id)
    rows = [each for each in every if year in (None, each.year)]
    page = Paginator(rows, _ON_A_PAGE).get_page(visit.request.GET.get("trang"))
    sums = _sums(rows)
    context: dict[str, Any] = {
        "place": place,
        "above": territory.ancestors(place_id, living),
        "year": year,
        "years": sorted({each.year for each in every} | ({year} if year else set())),
        "page": page,
        "sums": [each for each in sums if each["source"] != Source.CREDIT],
        "total": _sum(rows, credit=False),
        "credit": next((each for each in sums if each["source"] == Source.CREDIT), None),
        "below": queries.allotted_below(place_id, living, years=[year] if year else None),
        "as_of": queries.as_of(),
        "files": [
            (reverse(f"office:allotments_{form}", args=[place_id]) + (f"?nam={year}" if year else ""), words)
            for form, words in (("csv", _("Tải bảng CSV")), ("xlsx", _("Tải bảng Excel")))
        ],
        "purposes": [
            ("", _("— chưa chọn")),
            *((each.id, f"{each.number} {each.name}") for each in queries.purposes(place_id)),
        ],
        "sources": [("", _("— chưa chọn")), *((each.value, each.label) for each in queries.COMMITTING)],
        "deed": deed,
        "sent": form.sent
        | {
            "uid": form.sent["uid"] or str(visit.uid()),
            "on": form.sent["on"] or day_words(visit.today),
            "year": form.sent["year"] or str(year or visit.today.year),
        },
        "faults": [replace(each, field=each.field and f"{deed}-{each.field}") for each in faults],
        "wrong": form.wrong(faults),
        "refusal": visit.refusal("ledger.allot", place_id),
    }
    return visit.page("office/ledger/allotments.html", context, 422 if faults else 200)


def _write(visit: Visit, place_id: int, deed: str, form: Form) -> str:
    told: dict[str, Any] = {
        "by": visit.by,
        "at": visit.now,
        "place_id": place_id,
        "purpose_id": form.key("purpose"),
        "source": form.text("source"),
        "value_dong": form.dong("value_dong"),
        "on": form.day("on"),
        "year": form.year_or_none("year"),
        "paper": form.text("paper"),
        "uid": form.uid(),
    }
    if not told["purpose_id"]:
        form.faults.append(Fault(_("Hãy chọn tiền cho việc gì. Chưa có thì mở việc mới trước."), "purpose"))
    if not told["source"]:
        form.faults.append(Fault(_("Hãy chọn nguồn vốn."), "source"))
    form.check()
    if deed == "cam-ket":
        actions.commit_money(**told)
        return _("Đã ghi vốn cam kết.")
    actions.disburse(**told, over_reason=form.text("over_reason"))
    return _("Đã ghi giải ngân.")


def _sum(rows: Sequence[Allotted], *, credit: bool) -> dict[str, int]:
    """Credit is what people borrow: never in one sum with the rest."""
    these = [each for each in rows if (each.source == Source.CREDIT) is credit]
    committed = sum(each.committed_dong for each in these)
    disbursed = sum(each.disbursed_dong for each in these)
    return {"committed_dong": committed, "disbursed_dong": disbursed, "left_dong": committed - disbursed}


def _sums(rows: Sequence[Allotted]) -> list[dict[str, Any]]:
    """Each source that has any, with the parts of its bar."""
    found = []
    for source in queries.COMMITTING + tuple(each for each in Source if each not in queries.COMMITTING):
        these = [each for each in rows if each.source == source]
        if these:
            sums = _sum(these, credit=source == Source.CREDIT)
            paid, left = sums["disbursed_dong"], sums["left_dong"]
            parts = (
                [(_("Đã giải ngân"), paid), (_("Còn lại"), left)]
                if left >= 0
                else [(_("Giải ngân trong cam kết"), paid + left), (_("Giải ngân vượt cam kết"), -left)]
            )
            drawn = all(value >= 0 for _label, value in parts)
            bar = [{"label": label, "value": value} for label, value in parts if drawn]
            found.append({"source": source, "bar": bar, **sums})
    return found


@for_officers
def sheet(visit: Visit, place_id: int, form: str) -> HttpResponse:
    """The rows of the place's own book as a file."""
    place, year = territory.latest(place_id), year_asked(visit.request)
    columns = [
        _("Năm"),
        _("Số hiệu"),
        _("Việc"),
        _("Nguồn"),
        _("Cam kết (đồng)"),
        _("Giải ngân (đồng)"),
        _("Còn lại (đồng)"),
        _("Loại số liệu"),
    ]
    rows: list[list[Cell]] = [
        [
            str(each.year),
            each.number,
            each.purpose or _("không ghi việc nào"),
            str(each.source.label),
            each.committed_dong,
            each.disbursed_dong,
            each.left_dong,
            "; ".join(MARKS[mark].in_(visit.language) for mark in each.marks),
        ]
        for each in queries.allotted(place_id, year=year)
    ]
    about = [
        *((_("Lưu ý"), _(sentence)) for sentence in notices().values()),
        (_("Bảng"), _("Vốn cam kết và giải ngân")),
        (_("Địa bàn"), place.full_address),
        (_("Năm"), str(year) if year else _("mọi năm")),
        (_("Lưu ý"), _("Vốn tín dụng là tiền vay, đừng cộng với nguồn khác.")),
        (_("Ngày lập"), format_day(visit.today)),
    ]
    name = f"von-{place_id}-{visit.today.isoformat()}.{form}"
    return as_file(name, about, Sheet("von", _("Vốn cam kết và giải ngân"), columns, rows), form)

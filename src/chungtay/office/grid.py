"""Figures entered as in a spreadsheet: measures down, places across, each cell saved as one leaves it.

Without scripts the same table is a form that saves every changed cell or none.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.figures import actions, grids
from chungtay.figures.actions import Entry
from chungtay.figures.grids import Cell
from chungtay.figures.workbooks.building import newest_row, pages_of, previous_of
from chungtay.figures.workbooks.layout import Asked, Page, Previous
from chungtay.figures.workbooks.reading import period_of
from chungtay.office import present
from chungtay.office.answers import Visit, for_officers, status_of
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import SEX_NAMES, Kind, Period, Share, Value, show_value
from rulebook.standard import may_judge

AT_ONCE = 12  # places side by side


@dataclass
class Grid:
    """What one page of the grid is about."""

    place: PlaceView
    adopted: Adopted
    pages: tuple[Page, ...]
    places: tuple[PlaceView, ...]
    all_places: tuple[PlaceView, ...]
    number: int  # which dozen of places, from 1
    alone: str  # the id of the one place shown, "" for all
    period: Period | None
    period_text: str
    period_error: str
    cells: dict[tuple[int, str], Cell] = field(default_factory=dict)
    previous: dict[tuple[int, str], Previous] = field(default_factory=dict)

    @property
    def asked(self) -> list[Asked]:
        return [each for page in self.pages for each in page.asked]

    @property
    def several(self) -> int:
        """How many dozens there are."""
        return -(-len(self.all_places) // AT_ONCE)


def _grid(visit: Visit, place_id: int, code: str) -> Grid:
    sent = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    place = territory.as_of(place_id, visit.today)
    adopted = standards.adopted_at(place, code, on=visit.today)
    level = adopted.standard.level
    own = may_judge(level, place.level)
    everyone = (place,) if own else territory.subtree(place.id, visit.today, level=level)
    if not everyone:
        raise Refusal(
            _("%(place)s không có nơi nào mà %(law)s xét. Hãy chọn bộ tiêu chí khác.")
            % {"place": place.full_name, "law": adopted.standard.name.in_(visit.language)}
        )
    text = sent.get("ky", "").strip()[:40] or str(visit.today.year)
    period, wrong = period_of(text, "")
    if wrong:
        wrong = _("Kỳ số liệu không đúng. Hãy ghi một năm (2025) hoặc một ngày (24/05/2025).")
    alone = sent.get("noi", "")
    asked_number = sent.get("trang", "1")
    number = int(asked_number) if asked_number.isdecimal() and len(asked_number) < 5 else 1
    number = min(max(number, 1), -(-len(everyone) // AT_ONCE))
    chosen = tuple(each for each in everyone if str(each.id) == alone)
    shown = chosen or everyone[(number - 1) * AT_ONCE : number * AT_ONCE]
    pages = pages_of(adopted, visit.language)
    number_asked = sent.get("tc", "")
    pages = tuple(page for page in pages if page.number == number_asked) or pages
    grid = Grid(place, adopted, pages, shown, everyone, number, alone if chosen else "", period, text, wrong)
    if period is not None:
        ids = [each.id for each in shown]
        grid.cells = grids.cells(ids, grid.asked, period)
        grid.previous = previous_of(ids, pages, period.end)
    return grid


@for_officers
def grid(visit: Visit, place_id: int, code: str) -> HttpResponse:
    """The grid; posted as a form, every changed cell is saved or none."""
    seen = newest_row()
    shown = _grid(visit, place_id, code)
    typed: dict[str, str] = {}
    faults: tuple[Fault, ...] = ()
    status = 200
    if visit.request.method == "POST":
        typed = {
            _field(place.id, asked): visit.request.POST.get(_field(place.id, asked), "").strip()
            for place in shown.places
            for asked in shown.asked
        }
        before = _shown_before(visit)
        changed = {name: text for name, text in typed.items() if text != before.get(name, "")}
        try:
            written = _save_all(visit, shown, changed)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            faults, status = refused.faults, status_of(refused)
        else:
            told = ngettext("Đã ghi %(n)s số liệu.", "Đã ghi %(n)s số liệu.", written) % {"n": written}
            messages.success(visit.request, told)
            return HttpResponseRedirect(_address(shown))
    return visit.page("office/grid.html", _context(visit, shown, typed, faults, seen), status)


def _address(shown: Grid) -> str:
    where = reverse("office:grid", args=[shown.place.id, shown.adopted.view.code])
    more: dict[str, str | int] = {"ky": shown.period_text, "trang": shown.number, "noi": shown.alone}
    if len(shown.pages) == 1:
        more["tc"] = shown.pages[0].number
    return f"{where}?{urlencode({key: value for key, value in more.items() if value})}"


def _shown_before(visit: Visit) -> dict[str, str]:
    """What stood in the cells when the form was made: only what differs was typed."""
    try:
        told = json.loads(visit.request.POST.get("shown", "{}"))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in told.items()} if isinstance(told, dict) else {}


def _save_all(visit: Visit, shown: Grid, changed: dict[str, str]) -> int:
    if shown.period is None:
        raise Refusal(Fault(shown.period_error, "ky"))
    if not changed:
        raise Refusal(Fault(_("Chưa sửa ô nào. Hãy nhập ít nhất một ô, rồi lưu."), "ky"))
    faults: list[Fault] = []
    written = 0
    with transaction.atomic():
        for place in shown.places:
            entries = [
                _entry(asked, shown.period, changed[name], visit.request.POST.get("nguon", "").strip(), name)
                for asked in shown.asked
                if (name := _field(place.id, asked)) in changed
            ]
            empty = [each for each in entries if not each.value]
            faults += [Fault(f"{place.full_name}: {_not_emptied()}", each.field) for each in empty]
            try:
                written += len(
                    actions.record(
                        by=visit.by,
                        at=visit.now,
                        place_id=place.id,
                        entries=[each for each in entries if each.value],
                        seen=_whole_number(visit.request.POST.get("seen", "")),
                    )
                    if entries
                    else ()
                )
            except (NotPermitted, NotFound):
                raise
            except Refusal as refused:
                faults += [
                    Fault(f"{place.full_name}: {each.sentence}", each.field) for each in refused.faults
                ]
        if faults:
            raise Refusal(*faults)
    return written


@require_POST
@for_officers
def cell(visit: Visit, place_id: int, code: str) -> HttpResponse:
    """One cell saved: JSON with what stands there now. 409 when somebody else has just written another value."""
    shown = _grid(visit, place_id, code)
    sent = visit.request.POST
    asked = next((each for each in shown.asked if each.key == sent.get("so", "")), None)
    place = next((each for each in shown.places if str(each.id) == sent.get("noi", "")), None)
    if asked is None or place is None or shown.period is None:
        return JsonResponse(
            {"state": "refused", "sentence": _("Không còn ô này. Hãy tải lại trang.")}, status=422
        )
    known = shown.cells.get((place.id, asked.key))
    text, seen = sent.get("value", "").strip(), _whole_number(sent.get("seen", "")) or 0
    if not text:
        if known is None:
            return JsonResponse({"state": "empty", "value": "", "seen": seen})
        return JsonResponse(_told("refused", known, asked, _not_emptied()), status=422)
    reason = _("Hoàn tác trên bảng nhập") if "undo" in sent else ""
    entry = _entry(asked, shown.period, text, sent.get("nguon", "").strip(), asked.key, reason)
    try:
        written = actions.record(by=visit.by, at=visit.now, place_id=place.id, entries=[entry], seen=seen)
    except Refusal as refused:
        sentence = " ".join(fault.sentence for fault in refused.faults)
        if known is not None and known.id > seen and status_of(refused) == 422:
            return JsonResponse(_told("conflict", known, asked, sentence), status=409)
        return JsonResponse(_told("refused", known, asked, sentence), status=status_of(refused))
    now = grids.cells([place.id], [asked], shown.period)[place.id, asked.key]
    return JsonResponse(_told("saved" if written else "same", now, asked, ""))


def _told(state: str, known: Cell | None, asked: Asked, sentence: str) -> dict[str, Any]:
    return {
        "state": state,
        "sentence": sentence,
        "value": _as_typed(known.value, asked) if known else "",
        "seen": known.id if known else 0,
    }


def _not_emptied() -> str:
    return _("Số đã ghi không xoá được, chỉ sửa được. Hãy ghi số đúng.")


def _entry(asked: Asked, period: Period, text: str, source: str, name: str, reason: str = "") -> Entry:
    return Entry(asked.measure.code, text, period, asked.part, source, reason=reason, field=name)


def _whole_number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _field(place_id: int, asked: Asked) -> str:
    return f"o.{place_id}.{asked.key}"


def _as_typed(value: Value, asked: Asked) -> str:
    """A value as one would type it: 1234,5 without group marks, 137/143, the code of a grade."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, Share) else format(value, "f").replace(".", ",")


def _context(
    visit: Visit, shown: Grid, typed: dict[str, str], faults: tuple[Fault, ...], seen: int
) -> dict[str, Any]:
    view = shown.adopted.view
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.field, []).append(fault.sentence)
    recorded = {
        _field(place_id, each): _as_typed(found.value, each)
        for each in shown.asked
        for (place_id, key), found in shown.cells.items()
        if key == each.key
    }
    return {
        "grid": shown,
        "place": shown.place,
        "above": territory.ancestors(shown.place.id, visit.today),
        "law": view,
        "criteria": [
            {
                "number": page.number,
                "title": page.title,
                "rows": [_row(visit, shown, each, typed, recorded, wrong) for each in page.asked],
            }
            for page in shown.pages
        ],
        "numbers": [(page.number, page.title) for page in pages_of(shown.adopted, visit.language)],
        "picked": shown.pages[0].number if len(shown.pages) == 1 else "",
        "faults": faults or ([Fault(shown.period_error, "ky")] if shown.period_error else []),
        "source": visit.request.POST.get("nguon", ""),
        "seen": visit.request.POST.get("seen", "")
        if faults and not _told_of_others(visit, shown, faults)
        else seen,
        "shown": visit.request.POST.get("shown", "{}")
        if faults
        else json.dumps(recorded, ensure_ascii=False),
        "refusal": visit.refusal("figures.record", shown.place.id),
        "dozens": range(1, shown.several + 1) if shown.several > 1 and not shown.alone else (),
    }


def _told_of_others(visit: Visit, shown: Grid, faults: tuple[Fault, ...]) -> bool:
    """Whether all that is wrong is what others wrote meanwhile: they are seen now, and saving again is meant."""
    seen = _whole_number(visit.request.POST.get("seen", "")) or 0
    newer = {_field(place_id, asked) for asked in shown.asked for place_id, key in shown.cells
             if key == asked.key and shown.cells[place_id, key].id > seen}  # fmt: skip
    return all(fault.field in newer for fault in faults)


def _row(
    visit: Visit,
    shown: Grid,
    asked: Asked,
    typed: dict[str, str],
    recorded: dict[str, str],
    wrong: dict[str, list[str]],
) -> dict[str, Any]:
    measure = asked.measure
    name = measure.name.in_(visit.language)
    if asked.part:
        name = f"{name} ({SEX_NAMES[asked.part].in_(visit.language)})"
    choices: list[tuple[str, str]] = []
    if measure.kind is Kind.FLAG:
        choices = [("", "–"), ("có", _("Có")), ("không", _("Không"))]
    elif measure.kind is Kind.GRADE:
        choices = [("", "–"), *((grade.code, grade.name.in_(visit.language)) for grade in measure.grades)]
    cells = []
    for place in shown.places:
        field_name = _field(place.id, asked)
        known = shown.cells.get((place.id, asked.key))
        before = shown.previous.get((place.id, asked.key))
        earlier = ""
        if before and before.period != shown.period:
            value = show_value(before.value, measure, visit.language)
            earlier = f"{value} ({present.period_words(before.period)})"
        cells.append(
            {
                "name": field_name,
                "place": place,
                "value": typed.get(field_name, recorded.get(field_name, "")),
                "seen": known.id if known else 0,
                "before": earlier,
                "errors": wrong.get(field_name, []),
            }
        )
    return {
        "key": asked.key,
        "name": name,
        "unit": measure.unit.in_(visit.language),
        "threshold": capfirst(asked.threshold),
        "indicators": asked.indicators,
        "choices": choices,
        "cells": cells,
    }

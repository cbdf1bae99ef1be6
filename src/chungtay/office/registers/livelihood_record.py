"""One record of livelihood: what it tells, what hangs on it, what it said before; correcting, closing, striking out."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words, moment_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.office import present, uploads
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community import pages, proofs
from chungtay.office.community.pages import Column, Door, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.registers.livelihood_lists import producer_input
from chungtay.office.registers.livelihood_words import (
    ROOMS,
    expiry_words,
    inputs_of,
    read,
    read_sources,
    record_address,
)
from chungtay.registers.livelihood import actions, kinds, queries, rules
from chungtay.registers.livelihood.policies import KEEP
from chungtay.registers.livelihood.queries import HouseholdView, Record
from chungtay.territory.queries import PlaceView
from rulebook import Mark, Period
from viet.numbers import format_number

Deeds = dict[str, Callable[[Reader], str]]


@for_officers
def record(visit: Visit, register: str, record_id: int) -> HttpResponse:
    """The record, and every deed on it."""
    shown = _found(register, record_id)
    place = pages.place_of(shown.place_id)
    deeds: Deeds = {
        "sua": partial(_correct, visit, shown),
        "khep": partial(_close, visit, shown),
        "gach": partial(_strike, visit, shown),
        **{code: partial(deed, visit, shown) for code, deed in _DEEDS.get(shown.kind.code, {}).items()},
    }
    return pages.answer(visit, place, lambda: _page(visit, place, shown), deeds)


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, register: str, record_id: int) -> HttpResponseBase:
    """Keep papers and photographs for a record."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, register, record_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, register: str, record_id: int) -> HttpResponse:
    shown = _found(register, record_id)
    return proofs.take(visit, shown.subject, record_address(shown) + "#minh-chung")


def _found(register: str, record_id: int) -> Record:
    kind = kinds.of_slug(register)
    if kind is None:
        raise NotFound(_("Không có loại bản ghi này."))
    return queries.record(kind.code, record_id)


# ── The page ──────────────────────────────────────────────────────────────────


def _page(visit: Visit, place: PlaceView, shown: Record) -> Page:
    room = ROOMS[shown.kind.code]
    sees = queries.reads_households(visit.by, shown.place_id)
    send_to = reverse("office:livelihood_files", args=[shown.kind.slug, shown.id])
    return Page(
        room=room,
        heading=shown.name,
        back=(reverse(f"office:{room}", args=[shown.place_id]), pages.room_name(room)),
        notes=_notes(shown),
        doors=_doors(shown),
        facts=_facts(shown),
        tables=[*_hanging(visit, shown, sees), *_versions(shown)],
        forms=[] if shown.struck else _forms(visit, place, shown, sees),
        extra=proofs.strip_of(visit, shown.subject, send_to),
    )


def _notes(shown: Record) -> list[str]:
    notes = list(shown.warnings)
    if shown.struck:
        notes.append(_("Bản ghi này đã gạch bỏ: %(why)s.") % {"why": shown.struck})
    if shown.closed_on is not None:
        told = {"day": day_words(shown.closed_on), "why": shown.closed_reason}
        notes.append(_("Bản ghi này khép từ ngày %(day)s: %(why)s.") % told)
    return notes


def _doors(shown: Record) -> list[Door]:
    if shown.kind.code != "code":
        return []
    request = reverse("office:growing_paper", args=[shown.id, "de-nghi"])
    return [
        Door(_("Nhật ký canh tác"), reverse("office:growing_diary", args=[shown.id])),
        Door(_("Tờ đề nghị cấp mã (PDF)"), request, kind="quiet"),
    ]


def _facts(shown: Record) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        (str(fact.label), fact.words(shown.facts[fact.name]) or _("chưa biết"))
        for fact in shown.kind.facts
        if fact.name != "name"
    ]
    if shown.kind.code == "producer" and shown.listed:
        facts.append((_("Số hộ đã ghi vào sổ"), format_number(shown.listed)))
    if shown.kind.of_producer:
        facts.append((_("Của hợp tác xã, tổ hợp tác"), shown.producer or "–"))
    for code, value in (shown.by_source or {}).items():
        words = _("Trong đó từ: %(source)s") % {"source": rules.words("income_sources", code).lower()}
        facts.append((words, _("%(n)s triệu đồng/năm") % {"n": format_number(value)}))
    written = _("%(by)s, lúc %(at)s") % {"by": shown.by, "at": moment_words(shown.at)}
    origin = pages.mark_words(shown.mark)
    return [
        *facts,
        (_("Nơi"), shown.place),
        (_("Cách ghi"), f"{origin}; {shown.source}" if shown.source else origin),
        (_("Người ghi"), written),
    ]


def _hanging(visit: Visit, shown: Record, sees: bool) -> list[Table]:
    if shown.kind.code == "producer":
        owned = queries.of_producer(shown.id, visit.today)
        found = [_owned(visit, owned)] if owned else []
        if sees and shown.listed:
            members = queries.members(shown.id, seen_by=visit.by, at_place=shown.place_id)
            found.append(_households(shown, members))
        return found
    if shown.kind.code == "code":
        steps = [_steps(shown)] if shown.steps else []
        if not sees:
            return steps
        inside = queries.households_of_code(shown.id, seen_by=visit.by, at_place=shown.place_id)
        return [*steps, *([_households(shown, inside)] if inside else [])]
    return [_ratings(shown)] if shown.ratings else []


def _owned(visit: Visit, owned: list[Record]) -> Table:
    """What belongs to a producer."""
    columns = [
        Column(_("Tên")),
        Column(_("Loại")),
        Column(_("Diện tích"), css="number"),
        Column(_("Đến hết ngày"), css="nowrap"),
    ]
    rows = [
        [
            Item(each.name, record_address(each), pages.mark_of(each.mark)),
            Item(str(each.kind.label)),
            Item(_area(each)),
            Item(expiry_words(each, visit.today)),
        ]
        for each in owned
    ]
    return Table(_("Của tổ chức này"), columns, rows)


def _area(each: Record) -> str:
    area = each.facts.get("area_ha")
    return "–" if area is None else f"{format_number(area, 4)} ha"


def _steps(shown: Record) -> Table:
    columns = [
        Column(_("Bước")),
        Column(_("Khi nào"), css="nowrap"),
        Column(_("Văn bản")),
        Column(_("Người ghi")),
    ]
    rows = [
        [
            Item(each.words, mark=pages.mark_of(each.mark), note=each.note),
            Item(present.period_words(each.period)),
            Item(each.document or "–", note=each.source),
            Item(each.by),
        ]
        for each in shown.steps
    ]
    return Table(_("Các bước của mã"), columns, rows)


def _ratings(shown: Record) -> Table:
    columns = [
        Column(_("Hạng sao")),
        Column(_("Điểm"), css="number"),
        Column(_("Quyết định")),
        Column(_("Ngày quyết định"), css="nowrap"),
        Column(_("Đến hết ngày"), css="nowrap"),
    ]
    rows = [
        [
            Item(
                ngettext("%(n)s sao", "%(n)s sao", each.stars) % {"n": each.stars},
                mark=pages.mark_of(each.mark),
            ),
            Item(format_number(each.score) if each.score is not None else "–"),
            Item(
                each.decision or _("số chưa rõ"), note="; ".join(filter(None, (each.decided_by, each.source)))
            ),
            Item(day_words(each.decided_on) if each.decided_on else str(each.year)),
            Item(day_words(each.expires) if each.expires else _("chưa rõ")),
        ]
        for each in shown.ratings
    ]
    return Table(_("Các lần xếp hạng"), columns, rows)


def _households(shown: Record, found: list[HouseholdView]) -> Table:
    with_area = shown.kind.code == "code"
    last = Column(_("Diện tích"), css="number") if with_area else Column(_("Vào từ"), css="nowrap")
    columns = [Column(_("Mã hộ")), last, Column(_("Thôi từ"), css="nowrap")]
    rows = [
        [
            Item(each.code, reverse("office:household", args=[shown.place_id, each.household_id])),
            Item(f"{format_number(each.area_ha, 4)} ha" if each.area_ha is not None else "–")
            if with_area
            else Item(day_words(each.since) if each.since else "–"),
            Item(day_words(each.ended_on) if each.ended_on else "–"),
        ]
        for each in found
    ]
    return Table(_("Hộ trong vùng trồng") if with_area else _("Hộ thành viên"), columns, rows)


def _versions(shown: Record) -> list[Table]:
    """What the record said before, when it was corrected."""
    found = queries.versions(shown.kind.code, shown.id)
    if len(found) < 2:
        return []
    columns = [Column(_("Lúc")), Column(_("Người ghi")), Column(_("Vì sao")), Column(_("Ghi là"))]
    rows = [
        [
            Item(moment_words(each.at)),
            Item(each.by),
            Item(each.reason or _("ghi lần đầu")),
            Item("; ".join(_said(each))),
        ]
        for each in found
    ]
    return [Table(_("Lịch sử bản ghi"), columns, rows)]


def _said(each: Record) -> list[str]:
    told = ((fact.label, fact.words(each.facts[fact.name])) for fact in each.kind.facts)
    closed = [_("khép từ %(day)s") % {"day": day_words(each.closed_on)}] if each.closed_on else []
    return [f"{label}: {words}" for label, words in told if words] + closed


# ── Forms and deeds of every kind ─────────────────────────────────────────────


def _forms(visit: Visit, place: PlaceView, shown: Record, sees: bool) -> list[Form]:
    if refusal := visit.refusal(KEEP, shown.place_id):
        return [Form("sua", _("Sửa, khép hoặc gạch bỏ bản ghi"), _("Sửa"), (), refusal)]
    found = [] if shown.closed_on else _own_forms(visit, shown, sees)
    reason = Input("reason", _("Lý do"), hint=_("Để người sau hiểu vì sao"))
    marks = [*pages.marks()]
    if shown.mark.value not in dict(marks):
        marks.append((shown.mark.value, pages.mark_words(shown.mark)))
    correct = [
        *inputs_of(shown.kind, shown),
        *producer_input(visit, place, shown.kind, shown.producer_id),
        Input("mark", _("Bản ghi này"), "select", choices=marks, value=shown.mark.value),
        Input(
            "source", _("Tài liệu nào"), hint=_("Khi ghi theo tài liệu"), required=False, value=shown.source
        ),
        reason,
        Input("seen", "", "hidden", value=str(shown.row_id)),
    ]
    found.append(Form("sua", _("Sửa bản ghi"), _("Lưu bản sửa"), correct))
    if shown.closed_on is None:
        day = Input("on", _("Không còn từ ngày"), "day")
        found.append(Form("khep", _("Khép bản ghi"), _("Khép"), [day, reason]))
    found.append(Form("gach", _("Gạch bỏ bản ghi ghi nhầm"), _("Gạch bỏ"), [reason]))
    return found


def _correct(visit: Visit, shown: Record, typed: Reader) -> str:
    told = read(shown.kind, typed)
    sources = read_sources(typed) if shown.kind.code == "survey" else None
    seen = typed.whole_or_none("seen")
    typed.check()
    mark = typed.text("mark")
    actions.correct(
        by=visit.by,
        at=visit.now,
        kind=shown.kind.code,
        record_id=shown.id,
        told=told,
        reason=typed.text("reason"),
        producer_id=pages.key_of(typed.text("producer")) or None,
        by_source=sources,
        mark=Mark(mark) if mark in (Mark.MEASURED, Mark.TOLD, shown.mark) else None,
        source=typed.text("source"),
        seen=seen,
        uid=typed.uid(),
    )
    return _("Đã lưu bản sửa; bản cũ vẫn đọc được ở lịch sử.")


def _close(visit: Visit, shown: Record, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    told: dict[str, Any] = {"kind": shown.kind.code, "record_id": shown.id, "reason": typed.text("reason")}
    actions.close(by=visit.by, at=visit.now, uid=typed.uid(), on=on, **told)
    return _("Đã khép bản ghi.")


def _strike(visit: Visit, shown: Record, typed: Reader) -> str:
    told: dict[str, Any] = {"kind": shown.kind.code, "record_id": shown.id, "reason": typed.text("reason")}
    actions.strike(by=visit.by, at=visit.now, **told)
    return _("Đã gạch bỏ; bản ghi không còn được tính.")


# ── What only some kinds have ─────────────────────────────────────────────────


def _own_forms(visit: Visit, shown: Record, sees: bool) -> list[Form]:
    if shown.kind.code == "product":
        return _rating_forms(shown)
    if shown.kind.code not in ("producer", "code"):
        return []
    found = _step_forms(shown) if shown.kind.code == "code" else []
    return found + (_household_forms(visit, shown) if sees else [])


def _household_forms(visit: Visit, shown: Record) -> list[Form]:
    is_code = shown.kind.code == "code"
    hint = _("Mã trong sổ hộ gia đình; nhiều hộ thì mỗi hộ một dòng")
    code = Input("household", _("Mã hộ"), "textarea", hint)
    if is_code:
        code = Input("household", _("Mã hộ"), hint=_("Mã trong sổ hộ gia đình"))
        inputs = [code, Input("area", _("Diện tích của hộ"), "number", required=False, unit="ha")]
        standing = queries.households_of_code(shown.id, seen_by=visit.by, at_place=shown.place_id)
        titles = _("Thêm hộ vào vùng trồng"), _("Ghi hộ thôi trồng")
    else:
        inputs = [code, Input("since", _("Vào từ ngày"), "day", required=False)]
        standing = queries.members(shown.id, seen_by=visit.by, at_place=shown.place_id)
        titles = _("Thêm hộ thành viên"), _("Ghi hộ thôi là thành viên")
    forms = [Form("them-ho", titles[0], _("Thêm"), [*inputs, *pages.origin_inputs()])]
    left = [(each.id, each.code) for each in standing if each.ended_on is None]
    if left:
        which = Input("which", _("Mã hộ"), "select", choices=left)
        forms.append(Form("thoi-ho", titles[1], _("Ghi"), [which, Input("on", _("Thôi từ ngày"), "day")]))
    return forms


def _household(visit: Visit, shown: Record, code: str) -> int:
    """The household of that code at or around the record's place."""
    place = pages.place_of(shown.place_id)
    found = queries.listed_households(shown.place_id, day_in_life(place, visit.today)).get(code, [])
    if len(found) == 1:
        return found[0]
    told = {"code": code}
    if found:
        sentence = _("Mã hộ %(code)s có ở nhiều thôn. Hãy ghi ở bản ghi của từng thôn.") % told
        raise Refusal(Fault(sentence, "household"))
    sentence = _("Không có hộ mã %(code)s trong sổ hộ ở đây. Hãy xem lại mã.") % told
    raise Refusal(Fault(sentence, "household"))


def _add_members(visit: Visit, shown: Record, typed: Reader) -> str:
    since = typed.day_or_none("since")
    typed.check()
    codes = list(dict.fromkeys(typed.lines("household")))
    if not codes:
        raise Refusal(Fault(_("Hãy ghi mã hộ."), "household"))
    ids = [_household(visit, shown, code) for code in codes]
    actions.add_members(
        by=visit.by, at=visit.now, producer_id=shown.id, household_ids=ids, since=since, **pages.origin(typed)
    )
    return ngettext("Đã thêm %(n)s hộ.", "Đã thêm %(n)s hộ.", len(ids)) % {"n": len(ids)}


def _end_member(visit: Visit, _shown: Record, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.end_member(by=visit.by, at=visit.now, member_id=pages.key_of(typed.text("which")), on=on)
    return _("Đã ghi.")


def _add_household(visit: Visit, shown: Record, typed: Reader) -> str:
    area = typed.number_or_none("area")
    typed.check()
    household = _household(visit, shown, typed.text("household"))
    more = {"household_id": household, "area_ha": area, "uid": typed.uid(), **pages.origin(typed)}
    actions.add_household(by=visit.by, at=visit.now, code_id=shown.id, **more)
    return _("Đã thêm hộ.")


def _end_household(visit: Visit, _shown: Record, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.end_household(by=visit.by, at=visit.now, row_id=pages.key_of(typed.text("which")), on=on)
    return _("Đã ghi.")


def _step_forms(shown: Record) -> list[Form]:
    inputs = [
        Input("move", _("Bước"), "select", choices=queries.moves_after(shown)),
        Input("on", _("Ngày"), "day", _("Chỉ biết năm thì bỏ trống ô này"), required=False),
        Input("year", _("Hoặc năm"), "number", required=False),
        Input("document", _("Văn bản"), required=False),
        Input("words", _("Ghi thêm"), "textarea", required=False),
        *pages.origin_inputs(),
    ]
    forms = [Form("buoc", _("Ghi bước tiếp theo của mã"), _("Ghi"), inputs)]
    if shown.steps:
        last = shown.steps[0]
        told = {"step": last.words, "when": present.period_words(last.period)}
        title = _("Gạch bước ghi nhầm: %(step)s, %(when)s") % told
        strike = [Input("which", "", "hidden", value=str(last.id)), Input("reason", _("Lý do"))]
        forms.append(Form("gach-buoc", title, _("Gạch bước này"), strike))
    return forms


def _step(visit: Visit, shown: Record, typed: Reader) -> str:
    day, year = typed.day_or_none("on"), typed.whole_or_none("year")
    typed.check()
    if day is None and not (year and 1945 <= year <= visit.today.year):
        raise Refusal(Fault(_("Hãy ghi ngày, hoặc ít nhất là năm."), "on"))
    period = Period.day(day) if day else Period.year(year or 0)
    actions.step(
        by=visit.by,
        at=visit.now,
        code_id=shown.id,
        move=typed.text("move"),
        period=period,
        document=typed.text("document"),
        words=typed.text("words"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi bước của mã.")


def _strike_step(visit: Visit, _shown: Record, typed: Reader) -> str:
    which = pages.key_of(typed.text("which"))
    actions.strike_step(by=visit.by, at=visit.now, step_id=which, reason=typed.text("reason"))
    return _("Đã gạch bước.")


def _rating_forms(shown: Record) -> list[Form]:
    months = format_number(rules.limit("ocop_months").number)
    told = {"n": months, "ground": rules.limit("ocop_months").ground}
    hint = _("Hạng sao có giá trị %(n)s tháng từ ngày quyết định (%(ground)s).") % told
    inputs = [
        Input("stars", _("Số sao"), "select", choices=[(n, str(n)) for n in range(1, 6)], value="3"),
        Input("score", _("Điểm"), "number", required=False, hint=_("Trên 100; chưa rõ thì bỏ trống")),
        Input(
            "decided_on", _("Ngày quyết định"), "day", _("Chỉ biết năm thì bỏ trống ô này"), required=False
        ),
        Input("year", _("Hoặc năm"), "number", required=False),
        Input("decision", _("Số quyết định"), required=False),
        Input("decided_by", _("Cơ quan quyết định"), required=False),
        *pages.origin_inputs(),
    ]
    forms = [Form("xep-hang", _("Ghi hạng sao"), _("Ghi"), inputs, hint=hint)]
    if shown.ratings:
        listed = [
            (each.id, f"{each.stars}★ {day_words(each.decided_on) if each.decided_on else each.year}")
            for each in shown.ratings
        ]
        strike = [Input("which", _("Lần xếp hạng"), "select", choices=listed), Input("reason", _("Lý do"))]
        forms.append(Form("gach-hang", _("Gạch hạng sao ghi nhầm"), _("Gạch"), strike))
    return forms


def _rate(visit: Visit, shown: Record, typed: Reader) -> str:
    stars, score = typed.whole("stars"), typed.number_or_none("score")
    decided_on, year = typed.day_or_none("decided_on"), typed.whole_or_none("year")
    typed.check()
    actions.rate(
        by=visit.by,
        at=visit.now,
        product_id=shown.id,
        stars=stars,
        score=score,
        decided_on=decided_on,
        year=year,
        decision=typed.text("decision"),
        decided_by=typed.text("decided_by"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi hạng sao.")


def _strike_rating(visit: Visit, _shown: Record, typed: Reader) -> str:
    which = pages.key_of(typed.text("which"))
    actions.strike_rating(by=visit.by, at=visit.now, rating_id=which, reason=typed.text("reason"))
    return _("Đã gạch hạng sao.")


_DEEDS: dict[str, dict[str, Callable[[Visit, Record, Reader], str]]] = {
    "producer": {"them-ho": _add_members, "thoi-ho": _end_member},
    "code": {
        "them-ho": _add_household,
        "thoi-ho": _end_household,
        "buoc": _step,
        "gach-buoc": _strike_step,
    },
    "product": {"xep-hang": _rate, "gach-hang": _strike_rating},
}

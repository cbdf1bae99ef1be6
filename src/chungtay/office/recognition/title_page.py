"""The page of one title: the three facts, what became of it, its reviews, what is at risk, and what may be done."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words, language
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Door, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.recognition import title_words as words
from chungtay.office.recognition.title_list import risk_card
from chungtay.recognition.titles import alarms, keeping, papers, upkeep, withdrawals
from chungtay.recognition.titles.papers import PaperView
from chungtay.recognition.titles.queries import State
from chungtay.recognition.titles.reviewing import ReviewView
from chungtay.recognition.titles.upkeep import Upkeep
from chungtay.recognition.titles.withdrawals import CaseView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from viet.dates import format_day


@open_to_all
def title(visit: Visit, title_id: int) -> HttpResponse:
    """One title; and the deeds about it."""
    row = upkeep.of_title(title_id, on=visit.today)
    place = row.place or pages.place_of(row.title.place_id)
    deeds = {
        "thua-nhan": partial(_acknowledge, visit, row),
        "thoi": partial(_give_up, visit, row),
        "giay": partial(_keep_paper, visit, row),
        "bo-giay": partial(_end_paper, visit),
        "thu-hoi": partial(_open_case, visit, row),
    }
    return pages.answer(visit, place, lambda: _page(visit, row, place), deeds)


def _page(visit: Visit, row: Upkeep, place: PlaceView) -> Page:
    given, is_open = row.title, is_visitor(visit)
    cases = [] if is_open else withdrawals.cases_of([given.id]).get(given.id, [])
    kept = (
        [] if is_open else papers.papers_of([place.id], standard_code=given.standard_code).get(place.id, [])
    )
    today, more = words.today_words(row, visit.language)
    rule, counts = words.withdrawal_words(row.withdrawal, visit.language)
    version = row.picked.adopted.view if row.picked else None
    extra: dict[str, Any] = {
        "row": row,
        "given": given,
        "held": words.held_words(row.held),
        "given_words": words.given_words(row.held),
        "today": today,
        "today_more": more,
        "rule": rule,
        "rule_counts": counts,
        "version": version,
        "due": words.due_words(row.due, visit.language),
        "due_notes": words.due_notes(row.due, visit.language),
        "is_late": bool(row.due and row.due.state == "late"),
        "card": None if is_open else risk_card(visit, row),
        "told": [] if is_open else alarms.alarms_of(given.id),
        "sees_risk": not is_open,
        "beside": [
            (reverse(f"office:{name}", args=[given.place_id]), pages.room_name(name))
            for name in ("certificates", *(() if is_open else ("dossiers",)))
        ],
    }
    return Page(
        room="titles",
        heading=f"{given.title[:1].upper()}{given.title[1:]}, {given.year}",
        lead=words.given_words(row.held),
        back=(reverse("office:titles", args=[place.id]), pages.room_name("titles")),
        doors=[] if is_open else _doors(visit, row, place),
        tables=[
            _acts(row),
            _reviews(row, is_open),
            *([] if is_open else [_papers(kept), _cases(cases)]),
        ],
        forms=[] if is_open else _forms(visit, row, place, kept, cases),
        template="office/recognition/title.html",
        extra=extra,
    )


def _doors(visit: Visit, row: Upkeep, place: PlaceView) -> list[Door]:
    if not row.held.state.is_held:
        return []
    href = reverse("office:review_title", args=[row.title.id])
    return [Door(_("Rà soát việc giữ danh hiệu"), href, visit.refusal("recognition.prepare", place.id))]


def _acts(row: Upkeep) -> Table:
    """What was decided about the title, oldest first."""
    given = row.title
    names = territory.names_of(event.place_id for event in row.held.carried)
    first = [
        Item(_("được công nhận: %(place)s") % {"place": row.held.of}, mark=pages.mark_of(given.mark)),
        pages.day_item(given.decided_on),
        Item(given.decided_by, note=given.decision_number or _("số quyết định chưa rõ")),
        Item(given.source),
    ]
    rows = [first]
    if given.ceremony_on:
        rows.append([Item(_("lễ công bố")), pages.day_item(given.ceremony_on), Item("–"), Item(given.source)])
    events = [*row.held.carried, *([row.held.ended] if row.held.ended else [])]
    for event in events:
        note = event.decision_number or _("số quyết định chưa rõ")
        rows.append(
            [
                Item(
                    words.event_words(event, names.get(event.place_id, "")),
                    mark=pages.mark_of(event.mark),
                    note=event.reason,
                ),
                pages.day_item(event.on),
                Item(event.decided_by, note=note),
                Item(event.source),
            ]
        )
    columns = [
        Column(_("Sự kiện")),
        Column(_("Từ ngày"), css="nowrap"),
        Column(_("Người quyết định")),
        Column(_("Nguồn")),
    ]
    return Table(_("Lịch sử danh hiệu"), columns, rows)


def _reviews(row: Upkeep, is_open: bool) -> Table:
    columns = [Column(_("Hạn")), Column(_("Rà soát ngày")), Column(_("Kết quả")), Column(_("Cấp trên"))]
    rows = [
        [
            Item(
                day_words(each.due_on),
                "" if is_open else reverse("office:title_review", args=[each.id]),
                pages.mark_of(each.mark),
            ),
            Item(day_words(each.held_on), note=_("muộn") if each.is_late else ""),
            Item(outcome_words(each)),
            Item(answer_words(each)),
        ]
        for each in row.reviews
    ]
    empty = (_("Chưa có lần rà soát nào trong sổ"), _("Nơi giữ danh hiệu rà soát hằng năm theo quy trình."))
    return Table(_("Rà soát hằng năm"), columns, rows, empty)


def outcome_words(each: ReviewView) -> str:
    """ "còn giữ đủ 8 tiêu chí"; "không còn giữ: 3, 5; chưa biết: 7"."""
    told = []
    if each.failing:
        told.append(_("không còn giữ: %(codes)s") % {"codes": ", ".join(each.failing)})
    if each.unknown:
        told.append(_("chưa biết: %(codes)s") % {"codes": ", ".join(each.unknown)})
    return "; ".join(told) or _("còn giữ đủ %(n)s tiêu chí") % {"n": len(each.told)}


def answer_words(each: ReviewView) -> str:
    return {
        None: _("chưa trả lời"),
        True: _("nhất trí"),
        False: _("trả lại, phải rà soát lại"),
    }[each.agreed]


def _papers(kept: list[PaperView]) -> Table:
    columns = [Column(_("Giấy")), Column(_("Đỡ tiêu chí")), Column(_("Tính đến hết")), Column(_("Ghi chú"))]
    rows = [
        [
            Item(each.name, mark=pages.mark_of(each.mark), note=each.number),
            Item(each.criterion),
            pages.day_item(each.valid_until),
            Item(
                _("thôi tính từ %(day)s: %(why)s")
                % {"day": day_words(each.ended_on), "why": each.ended_reason}
                if each.ended_on
                else each.source or "–"
            ),
        ]
        for each in kept
    ]
    return Table(_("Giấy có hạn đỡ tiêu chí"), columns, rows)


def _cases(cases: list[CaseView]) -> Table:
    columns = [Column(_("Hồ sơ thu hồi mở ngày")), Column(_("Khi mở")), Column(_("Kết luận"))]
    outcomes = {"": _("chưa kết luận"), "withdraw": _("thu hồi"), "keep": _("giữ danh hiệu")}
    rows = [
        [
            Item(day_words(each.opened_on), reverse("office:withdrawal_case", args=[each.id])),
            Item(words.withdrawal_words(each.found.withdrawal, language())[0]),
            Item(outcomes[each.outcome]),
        ]
        for each in cases
    ]
    return Table(_("Hồ sơ thu hồi"), columns, rows)


# ── Deeds ─────────────────────────────────────────────────────────────────────


def decision_inputs(visit: Visit) -> list[Input]:
    """What every form asks of a decision that was made elsewhere."""
    return [
        Input("on", _("Từ ngày"), "day", value=format_day(visit.today)),
        Input("decided_by", _("Người quyết định"), hint=_("Đúng tên lúc đó, ví dụ: Chủ tịch UBND tỉnh")),
        Input("decision_number", _("Số quyết định"), hint=_("Bỏ trống nếu chưa rõ"), required=False),
        Input("source", _("Nguồn"), hint=_("Quyết định hoặc tài liệu nêu việc này")),
    ]


def _forms(
    visit: Visit, row: Upkeep, place: PlaceView, kept: list[PaperView], cases: list[CaseView]
) -> list[Form]:
    forms: list[Form] = []
    state = row.held.state
    if state in (State.NOT_ACKNOWLEDGED, State.CARRIED):
        heirs = territory.current_of(row.title.place_id, visit.today)
        done = {event.place_id for event in row.held.carried}
        choices = [(heir.id, heir.full_address) for heir in heirs if heir.id not in done]
        if choices:
            inputs = [Input("place", _("Thừa nhận cho"), "select", choices=choices), *decision_inputs(visit)]
            refusal = visit.refusal("recognition.decide", int(choices[0][0]))
            forms.append(Form("thua-nhan", _("Ghi quyết định thừa nhận"), _("Ghi"), inputs, refusal))
    if not state.is_held:
        return forms
    if row.picked:
        criteria = [
            (each.number, f"{each.number}. {each.name.in_(visit.language)}")
            for each in row.picked.standard.criteria
        ]
        inputs = [
            Input("name", _("Tên giấy"), hint=_("Ví dụ: Giấy chứng nhận OCOP 3 sao")),
            Input("number", _("Số của giấy"), required=False),
            Input("criterion", _("Đỡ tiêu chí"), "select", choices=criteria),
            Input("valid_until", _("Tính đến hết ngày"), "day"),
            Input("source", _("Nguồn"), required=False),
        ]
        refusal = visit.refusal("recognition.prepare", place.id)
        forms.append(Form("giay", _("Ghi giấy có hạn đỡ một tiêu chí"), _("Ghi"), inputs, refusal))
        if standing := [each for each in kept if each.ended_on is None]:
            which = [(each.id, f"{each.name}, {each.criterion}") for each in standing]
            inputs = [
                Input("paper", _("Giấy"), "select", choices=which),
                Input("ended_on", _("Thôi tính từ ngày"), "day", value=format_day(visit.today)),
                Input("reason", _("Lý do")),
            ]
            forms.append(Form("bo-giay", _("Thôi tính một giấy"), _("Thôi tính"), inputs, refusal))
    withdraws = visit.refusal("recognition.withdraw", place.id)
    if not any(each.outcome == "" for each in cases):
        inputs = [
            Input("opened_on", _("Ngày mở hồ sơ"), "day", value=format_day(visit.today)),
            Input("reason", _("Vì sao mở hồ sơ"), "textarea"),
            *pages.origin_inputs(),
        ]
        hint = _("Số liệu của ngày mở hồ sơ được giữ nguyên trong hồ sơ, kể cả tiêu chí chưa biết.")
        forms.append(Form("thu-hoi", _("Mở hồ sơ thu hồi"), _("Mở hồ sơ"), inputs, withdraws, hint))
    inputs = [*decision_inputs(visit), Input("reason", _("Lý do xin thôi"), "textarea")]
    refusal = visit.refusal("recognition.decide", row.title.place_id)
    forms.append(Form("thoi", _("Ghi việc nơi này xin thôi danh hiệu"), _("Ghi"), inputs, refusal))
    return forms


def decision(typed: Reader) -> dict[str, Any]:
    """What `decision_inputs` were answered, as a deed takes it."""
    return {
        "on": typed.day("on"),
        "decided_by": typed.text("decided_by"),
        "decision_number": typed.text("decision_number"),
        "source": typed.text("source"),
    }


def _acknowledge(visit: Visit, row: Upkeep, typed: Reader) -> str:
    told = decision(typed)
    typed.check()
    keeping.acknowledge(
        by=visit.by,
        at=visit.now,
        title_id=row.title.id,
        place_id=pages.key_of(typed.text("place")),
        uid=typed.uid(),
        **told,
    )
    return _("Đã ghi quyết định thừa nhận.")


def _give_up(visit: Visit, row: Upkeep, typed: Reader) -> str:
    told = decision(typed)
    typed.check()
    keeping.give_up(
        by=visit.by, at=visit.now, title_id=row.title.id, reason=typed.text("reason"), uid=typed.uid(), **told
    )
    return _("Đã ghi. Danh hiệu thôi hiệu lực từ ngày đó; bản ghi còn nguyên.")


def _keep_paper(visit: Visit, row: Upkeep, typed: Reader) -> str:
    valid_until = typed.day("valid_until")
    typed.check()
    assert row.place
    papers.keep_paper(
        by=visit.by,
        at=visit.now,
        place_id=row.place.id,
        name=typed.text("name"),
        number=typed.text("number"),
        standard_code=row.title.standard_code,
        criterion=typed.text("criterion"),
        valid_until=valid_until,
        source=typed.text("source"),
        uid=typed.uid(),
    )
    return _("Đã ghi giấy.")


def _end_paper(visit: Visit, typed: Reader) -> str:
    ended_on = typed.day("ended_on")
    typed.check()
    paper_id = pages.key_of(typed.text("paper"))
    papers.end_paper(
        by=visit.by, at=visit.now, paper_id=paper_id, ended_on=ended_on, reason=typed.text("reason")
    )
    return _("Giấy này thôi được tính.")


def _open_case(visit: Visit, row: Upkeep, typed: Reader) -> str:
    opened_on = typed.day("opened_on")
    typed.check()
    withdrawals.open_case(
        by=visit.by,
        at=visit.now,
        title_id=row.title.id,
        opened_on=opened_on,
        reason=typed.text("reason"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã mở hồ sơ thu hồi. Nơi giữ danh hiệu giải trình trong hồ sơ.")

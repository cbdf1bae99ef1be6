"""Screens of those who collect: the ledger of cards, one card, typing paper ballots in."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, day_in_life, for_officers, refusal_of
from chungtay.office.community import pages
from chungtay.office.community.typed import Typed, form
from chungtay.people.policies import check_found
from chungtay.recognition.surveys import actions, collecting, policies, queries
from chungtay.recognition.surveys.actions import Paper
from chungtay.recognition.surveys.collecting import AskedSlips
from chungtay.recognition.surveys.views import SurveyView
from chungtay.territory import queries as territory

ROWS = 10  # papers of one page of entry
PER_PAGE = 50


def slip_states() -> list[tuple[str, str]]:
    return [
        ("out", _("chưa trả lời")),
        ("back", _("đã trả lời")),
        ("late", _("đến muộn, không tính")),
        ("withdrawn", _("đã thu hồi")),
    ]


def frame_of(visit: Visit, shown: SurveyView) -> dict[str, Any]:
    """What every page of a survey's ledger is handed."""
    place = territory.latest(shown.place_id)
    return {
        "place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "survey": shown,
        "prints": not visit.refusal("recognition.run_survey", shown.place_id),
        "up_href": reverse("office:survey", args=[shown.id]),
    }


@for_officers
def slips(visit: Visit, survey_id: int) -> HttpResponse:
    """The ledger of cards: which are out, which households answered. A scanned code fills in the field."""
    shown = queries.survey(survey_id, at=visit.now)
    only = collecting.reach(shown, seen_by=visit.by)
    sent = {"code": visit.request.GET.get("ma", "").replace("\0", "")[:20]}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {"code": typed.text("code")[:60]}
        who: dict[str, Any] = {"by": visit.by, "at": visit.now, "survey_id": survey_id}
        try:
            if typed.text("viec") == "phat":
                many = actions.issue(**who, hamlet_id=only)
                messages.success(
                    visit.request, _("Đã phát %(n)s thẻ. Hãy in thẻ và giao cho các hộ.") % {"n": many}
                )
            else:
                actions.take_back(**who, code=sent["code"])
                messages.success(visit.request, _("Đã ghi thu. Hãy để hộ tự bỏ phiếu vào hòm."))
        except NotPermitted:
            raise
        except (
            Refusal
        ) as refused:  # a code that is not there is a slip of the pen, not a page that is not there
            faults = tuple(Fault(each.sentence, each.field or "code") for each in refused.faults)
        else:
            return redirect("office:survey_slips", survey_id=survey_id)
    asked = AskedSlips(
        pages.asked_choice(visit, "tt", slip_states()),
        pages.key_of(visit.request.GET.get("thon", "")),
        pages.asked_text(visit),
    )
    found = collecting.ledger(shown, asked, seen_by=visit.by)
    words = dict(slip_states())
    page = Paginator(found, PER_PAGE).get_page(visit.request.GET.get("trang"))
    hamlets = queries.participation(survey_id)
    context = {
        **frame_of(visit, shown),
        **form(sent, faults),
        "page": page,
        "lines": [(each, words[each.state]) for each in page],
        "asked": asked,
        "states": [("", _("mọi thẻ")), *slip_states()],
        "hamlets": [] if only else [("0", _("mọi thôn")), *((each.place_id, each.name) for each in hamlets)],
        "issued": sum(each.issued for each in hamlets if only in (None, each.place_id)),
        "returned": sum(each.returned for each in hamlets if only in (None, each.place_id)),
        "is_open": shown.state in (policies.State.PLANNED, policies.State.OPEN),
        "takes": shown.state in (policies.State.OPEN, policies.State.GRACE),
    }
    return visit.page("office/recognition/survey_slips.html", context, 422 if faults else 200)


@for_officers
def slip(visit: Visit, slip_id: int) -> HttpResponse:
    """One card: replaced when it is lost, taken out of use when its household is gone."""
    shown, card = collecting.slip(slip_id, seen_by=visit.by, at=visit.now)
    sent = {"reason": "", "viec": ""}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {name: typed.text(name) for name in sent}
        deed = {"cap-lai": actions.reissue, "thu-hoi": actions.withdraw}.get(sent["viec"])
        try:
            if deed is None:
                raise Refusal(_("Không có việc này. Hãy tải lại trang rồi thử lại."))
            made = deed(by=visit.by, at=visit.now, slip_id=slip_id, reason=sent["reason"])
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            told = _("Đã cấp thẻ mới, thẻ cũ không dùng được nữa.")
            messages.success(visit.request, told if made.pk != slip_id else _("Đã thu hồi thẻ."))
            return redirect("office:survey_slip", slip_id=made.pk)
    context = {
        **frame_of(visit, shown),
        **form(sent, faults),
        "card": card,
        "state_words": dict(slip_states())[card.state],
    }
    return visit.page("office/recognition/survey_slip.html", context, 422 if faults else 200)


@for_officers
def entry(visit: Visit, survey_id: int, place_id: int) -> HttpResponse:
    """Paper ballots of one hamlet, a row each, a digit an answer: typed with the keyboard alone."""
    shown = queries.survey(survey_id, at=visit.now)
    check_found(visit.by, policies.RUN, shown.place_id)
    box = next((each for each in queries.boxes(survey_id) if each.place_id == place_id), None)
    if shown.questionnaire is None or box is None:
        raise NotFound(_("Không có hòm phiếu này. Hãy mở lại cuộc lấy ý kiến."))
    asked = shown.questionnaire
    digits = {str(n): each.code for n, each in enumerate(asked.options, 1)}
    still = min(ROWS, box.left)  # no more rows than there are ballots in the box
    rows: list[dict[str, Any]] = [_row(n, Typed({}), asked.questions) for n in range(1, still + 1)]
    sent = {"uid": str(visit.uid())}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {"uid": typed.text("uid")[:40]}
        rows = [_row(n, typed, asked.questions) for n in range(1, ROWS + 1)]
        try:
            many = actions.enter_papers(
                by=visit.by,
                at=visit.now,
                survey_id=survey_id,
                hamlet_id=place_id,
                papers=_papers(rows, digits),
                uid=typed.uid(),
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã nhập %(n)s phiếu.") % {"n": many})
            return redirect("office:survey_entry", survey_id=survey_id, place_id=place_id)
    context = {
        **frame_of(visit, shown),
        **form(sent, faults),
        "box": box,
        "questions": list(enumerate(asked.questions, 1)),
        "options": list(enumerate(asked.options, 1)),
        "digits": "".join(digits),
        "rows": rows,
        "wrong_cells": {f"{each.row}-{each.field}" for each in faults if each.row},
        "refusal": refusal_of(partial(policies.check_runs, visit.by, shown.place_id, visit.today)),
    }
    return visit.page("office/recognition/survey_entry.html", context, 422 if faults else 200)


def _row(n: int, typed: Typed, questions: Any) -> dict[str, Any]:
    return {
        "n": n,
        "cells": [(each, typed.text(f"p{n}-{each.code}")[:3]) for each in questions],
        "blank": bool(typed.text(f"p{n}-trang")),
        "comment": typed.text(f"p{n}-ykien"),
    }


def _papers(rows: list[dict[str, Any]], digits: dict[str, str]) -> list[Paper]:
    """The rows in which something stands. A digit that means nothing is told with its row, and nothing is written."""
    papers, faults = [], []
    for row in rows:
        answered = {each.code: value for each, value in row["cells"] if value}
        if not answered and not row["blank"] and not row["comment"]:
            continue
        for code, value in answered.items():
            if value not in digits:
                sentence = _("“%(typed)s” không phải là một lựa chọn. Hãy gõ %(digits)s, hoặc để trống.")
                told = {"typed": value, "digits": ", ".join(digits)}
                faults.append(Fault(sentence % told, code, row["n"]))
        if answered and row["blank"]:
            sentence = _("Dòng này vừa có câu trả lời vừa ghi phiếu trắng. Hãy bỏ một trong hai.")
            faults.append(Fault(sentence, "trang", row["n"]))
        papers.append(
            Paper({code: digits.get(value, "") for code, value in answered.items()}, row["comment"])
        )
    if faults:
        raise Refusal(*faults)
    return papers

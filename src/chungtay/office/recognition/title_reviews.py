"""The yearly review of a title: the form, criterion by criterion with what is measured beside it; and one review."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence.subjects import Subject
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages, proofs
from chungtay.office.community.pages import Column, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.recognition import title_words as words
from chungtay.office.recognition.title_page import answer_words, outcome_words
from chungtay.people import roles
from chungtay.recognition.titles import policies, reviewing, upkeep
from chungtay.recognition.titles.reviewing import ReviewView, Told
from chungtay.recognition.titles.upkeep import Upkeep
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from viet.dates import format_day


@for_officers
def write(visit: Visit, title_id: int) -> HttpResponse:
    """The form of a review; what was typed is kept when it is refused."""
    row = upkeep.of_title(title_id, on=visit.today)
    if row.place is None or row.picked is None:
        raise Refusal(_("Không nơi nào đang giữ danh hiệu này nên không có gì để rà soát."))
    faults: Sequence[Fault] = ()
    sent = {name: str(value) for name, value in visit.request.POST.items()}
    if visit.request.method == "POST":
        try:
            written = _written(visit, row, Reader(sent))
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi rà soát. Hãy gửi ảnh, giấy tờ chứng minh ở dưới."))
            return redirect("office:title_review", review_id=written.pk)
    verdicts = dict(row.picked.criteria)
    context = {
        "row": row,
        "given": row.title,
        "place": row.place,
        "above": territory.ancestors(row.place.id, visit.today),
        "due": words.due_words(row.due, visit.language),
        "due_notes": words.due_notes(row.due, visit.language),
        "lines": [
            _line(each.number, each.name.in_(visit.language), verdicts.get(each.number), sent, faults)
            for each in row.picked.standard.criteria
        ],
        "faults": faults,
        "held_on": sent.get("held_on", format_day(visit.today)),
        "held_on_errors": [str(fault) for fault in faults if fault.field in ("held_on", "due_on")],
        "note": sent.get("note", ""),
        "note_errors": [str(fault) for fault in faults if fault.field == "note"],
        "source": sent.get("source", ""),
        "source_errors": [str(fault) for fault in faults if fault.field == "source"],
        "mark": sent.get("mark", "measured"),
        "marks": pages.marks(),
        "uid": sent.get("uid") or visit.uid(),
        "refusal": visit.refusal("recognition.prepare", row.place.id),
        "choices": [("1", _("còn giữ")), ("0", _("không còn giữ")), ("x", _("chưa biết"))],
    }
    return visit.page("office/recognition/review.html", context, 422 if faults else 200)


def _line(
    code: str, name: str, verdict: Any, sent: Mapping[str, str], faults: Sequence[Fault]
) -> dict[str, Any]:
    """One criterion of the form: nothing is chosen beforehand, so nobody agrees by sending an empty form."""
    return {
        "code": code,
        "label": f"{code}. {name}",
        "verdict": verdict,
        "holds": sent.get(f"holds_{code}", ""),
        "note": sent.get(f"note_{code}", ""),
        "errors": [str(fault) for fault in faults if fault.field == f"holds_{code}"],
        "note_errors": [str(fault) for fault in faults if fault.field == f"note_{code}"],
    }


def _written(visit: Visit, row: Upkeep, typed: Reader) -> Any:
    held_on = typed.day("held_on")
    typed.check()
    assert row.picked
    answers = {"1": True, "0": False, "x": None}
    told = [
        Told(code, answers[chosen], typed.text(f"note_{code}"))
        for code, _verdict in row.picked.criteria
        if (chosen := typed.text(f"holds_{code}")) in answers
    ]
    return reviewing.review(
        by=visit.by,
        at=visit.now,
        title_id=row.title.id,
        held_on=held_on,
        told=told,
        note=typed.text("note"),
        uid=typed.uid(),
        **pages.origin(typed),
    )


@for_officers
def review(visit: Visit, review_id: int) -> HttpResponse:
    """One review with its evidence; the office above answers."""
    told = reviewing.review_of(review_id)
    row = upkeep.of_title(told.title_id, on=visit.today)
    place = row.place or pages.place_of(row.title.place_id)
    deeds = {"tra-loi": lambda typed: _answer(visit, review_id, typed)}
    return pages.answer(visit, place, lambda: _page(visit, told, row, place), deeds)


@require_POST
@for_officers
def files(visit: Visit, review_id: int) -> HttpResponse:
    """Photographs and papers of a review."""
    told = reviewing.review_of(review_id)
    row = upkeep.of_title(told.title_id, on=visit.today)
    place = row.place or pages.place_of(row.title.place_id)
    back = reverse("office:title_review", args=[review_id])
    return proofs.take(visit, _subject(told, row, place), back)


def _subject(told: ReviewView, row: Upkeep, place: PlaceView) -> Subject:
    label = _("Rà soát “%(title)s”, hạn %(day)s") % {
        "title": row.title.title,
        "day": day_words(told.due_on),
    }
    return Subject("title", str(told.uid), label, place.id, told.held_on, told.held_on)


def _page(visit: Visit, told: ReviewView, row: Upkeep, place: PlaceView) -> Page:
    criteria = row.picked.standard.criteria if row.picked else ()
    names = {each.number: each.name.in_(visit.language) for each in criteria}
    holds = {True: _("còn giữ"), False: _("không còn giữ"), None: _("chưa biết")}
    rows = [
        [
            Item(f"{each.code}. {names.get(each.code, '')}".strip()),
            Item(holds[each.holds]),
            Item(each.note or "–"),
        ]
        for each in told.told
    ]
    columns = [Column(_("Tiêu chí")), Column(_("Theo rà soát")), Column(_("Ghi chú"))]
    forms = []
    if told.agreed is None:
        inputs = [
            Input(
                "agreed",
                _("Ý kiến"),
                "radio",
                choices=[("1", _("nhất trí")), ("0", _("trả lại để rà soát lại"))],
            ),
            Input("answer", _("Vì sao, cần làm gì"), "textarea", required=False),
        ]
        permission = policies.answering_permission(visit.by.role)
        refusal = visit.refusal(permission, place.id)
        forms.append(
            Form("tra-loi", _("Trả lời lần rà soát này"), _("Trả lời"), inputs, refusal, is_open=True)
        )
    subject = _subject(told, row, place)
    facts = [
        (_("Danh hiệu"), f"{row.title.title}, {row.title.year}"),
        (_("Hạn"), day_words(told.due_on)),
        (_("Rà soát ngày"), day_words(told.held_on) + (f" ({_('muộn')})" if told.is_late else "")),
        (_("Kết quả"), outcome_words(told)),
        (_("Người ghi"), roles.label_in_words(told.by)),
        (_("Cấp trên"), answer_words(told) + (f": {told.answer}" if told.answer else "")),
    ]
    if told.source:
        facts.append((_("Nguồn"), told.source))
    return Page(
        room="titles",
        heading=_("Rà soát danh hiệu, hạn %(day)s") % {"day": day_words(told.due_on)},
        back=(reverse("office:title", args=[row.title.id]), _("Trang danh hiệu")),
        facts=facts,
        texts=[(_("Ghi chú"), told.note)] if told.note else [],
        tables=[Table(_("Từng tiêu chí"), columns, rows)],
        forms=forms,
        extra=proofs.strip_of(visit, subject, reverse("office:title_review_files", args=[told.id])),
    )


def _answer(visit: Visit, review_id: int, typed: Reader) -> str:
    agreed = typed.text("agreed")
    if agreed not in ("0", "1"):
        raise Refusal(Fault(_("Hãy chọn: nhất trí hay trả lại."), "agreed"))
    reviewing.answer_review(
        by=visit.by, at=visit.now, review_id=review_id, agreed=agreed == "1", answer=typed.text("answer")
    )
    return _("Đã trả lời.")

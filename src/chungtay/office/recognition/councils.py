"""A sitting of the council: called, the roll taken, ballots cast once each, the result recorded."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.recognition.framing import framed, standing_of, uid_sent, who
from chungtay.people import queries as people
from chungtay.recognition.dossiers import actions, queries
from chungtay.recognition.dossiers.queries import CouncilView, StandingView
from chungtay.recognition.rechecks import scoring
from chungtay.recognition.rechecks.views import Mismatch
from chungtay.territory import queries as territory
from rulebook.procedure import Verb
from rulebook.standings import Standing
from viet.dates import DateProblem, format_day, parse_day
from viet.numbers import NumberProblem, parse_number


@for_officers
def call(visit: Visit, dossier_id: int) -> HttpResponse:
    """Call the council: day, the decision that set it up, who sits in it and who chairs."""
    view = standing_of(visit, dossier_id)
    sent = visit.request.POST
    place_ids = [each.id for each in territory.ancestors(view.row.place_id, visit.today)]
    members = people.members_at(place_ids, "recognition.deliberate", visit.today)
    chosen = {int(each) for each in sent.getlist("members") if each.isdecimal() and len(each) < 19}
    faults: Sequence[Fault] = ()
    if visit.request.method == "POST":
        try:
            made = actions.call_council(
                **who(visit, dossier_id),
                held_on=parse_day(sent.get("held_on", "")),
                basis=sent.get("basis", ""),
                members=sorted(chosen),
                chair=_number(sent.get("chair", "")),
            )
        except DateProblem as problem:
            faults = (Fault(problem_words(problem), "held_on"),)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã mời họp Hội đồng."))
            return redirect("office:council", council_id=made.pk)
    context = framed(visit, view) | {
        "members": [(post_id, label, post_id in chosen) for post_id, label in members.items()],
        "chairs": [("", "–"), *((str(post_id), label) for post_id, label in members.items())],
        "chair": sent.get("chair", ""),
        "held_on": sent.get("held_on") or format_day(visit.today),
        "basis": sent.get("basis", ""),
        "sittings": queries.councils(dossier_id),
        "faults": faults,
        "errors": {
            name: [str(each) for each in faults if each.field == name]
            for name in ("held_on", "basis", "members")
        },
        "uid": sent.get("uid") or visit.uid(),
        "refusal": visit.refusal("recognition.appraise", view.row.place_id)
        or view.place_ended
        or _over(view),
    }
    return visit.page("office/recognition/council_call.html", context, 422 if faults else 200)


def _over(view: StandingView) -> str:
    """Why no council is called any more, "" while one is."""
    step = next((each for each in view.steps if each.step.verb is Verb.DELIBERATE), None)
    if step is None or step.state.standing is Standing.GONE:
        return _("Trình tự này không có bước Hội đồng xét.")
    if step.state.standing is Standing.DONE:
        return _("Hội đồng đã xét xong. Muốn xét lại thì bước sau phải trả hồ sơ về.")
    return ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@for_officers
def council(visit: Visit, council_id: int) -> HttpResponse:
    """One sitting: who came, the ballot of a member, the result. Which form was sent stands in `viec`."""
    dossier_id = queries.dossier_of_council(council_id, seen_by=visit.by)
    deeds: dict[str, tuple[Callable[[Visit, int], Any], str]] = {
        "diem-danh": (_take_roll, _("Đã điểm danh.")),
        "bo-phieu": (_vote, _("Đã nhận phiếu của bạn. Phiếu kín, mỗi thành viên một phiếu.")),
        "ket-qua": (_close, _("Đã ghi kết quả của Hội đồng.")),
    }
    faults: Sequence[Fault] = ()
    sent = visit.request.POST
    if visit.request.method == "POST":
        if sent.get("viec") not in deeds:
            raise NotFound(_("Không có việc này. Hãy mở lại phiên họp."))
        run, done = deeds[sent["viec"]]
        try:
            run(visit, council_id)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, done)
            return redirect("office:council", council_id=council_id)
    view = standing_of(visit, dossier_id)
    sitting = next(each for each in queries.councils(dossier_id) if each.id == council_id)
    step = next(each for each in view.steps if each.step.code == sitting.step)
    context = framed(visit, view) | {
        "sitting": sitting,
        "seats": [(seat, *_roll_typed(sent, sitting, seat.post_id)) for seat in sitting.seats],
        "attendances": [
            ("", "–"),
            ("present", _("có mặt")),
            ("absent", _("vắng")),
            ("delegated", _("ủy quyền bằng văn bản")),
        ],
        "says": list(queries.SAYS.items()),
        "chosen": sent.get("says", ""),
        "paper": [(code, word, sent.get(f"paper-{code}", "")) for code, word in queries.SAYS.items()],
        "note": sent.get("note", ""),
        "calls": [
            (reverse("office:dossier_call", args=[dossier_id, sitting.step, form]), words)
            for form, words in (("pdf", _("Giấy mời (PDF)")), ("docx", _("Giấy mời (Word)")))
        ],
        "mine": next((seat for seat in sitting.seats if seat.post_id == visit.by.actor_id), None),
        "outcomes": [each.sentence.in_(visit.language) for each in step.state.outcomes]
        if sitting.event_id
        else [],
        "counts": [
            (queries.SAYS.get(code), many) for code, many in sitting.counts.items() if code in queries.SAYS
        ],
        "faults": faults,
        "uid": visit.uid(),
        "runs_refusal": visit.refusal("recognition.appraise", view.row.place_id),
        "mismatch": _mismatch(visit, view.row.place_id),
    }
    return visit.page("office/recognition/council.html", context, 422 if faults else 200)


def _roll_typed(sent: Any, sitting: CouncilView, post_id: int) -> tuple[str, str, str]:
    """How a member came as typed, else as written down."""
    seat = next(each for each in sitting.seats if each.post_id == post_id)
    if sent.get("viec") != "diem-danh":
        return seat.attendance.value, seat.deputy, seat.delegation
    return (
        sent.get(f"attendance-{post_id}", ""),
        sent.get(f"deputy-{post_id}", ""),
        sent.get(f"delegation-{post_id}", ""),
    )


def _mismatch(visit: Visit, place_id: int) -> Mismatch:
    """How far claims of this place held when they were checked."""
    return scoring.mismatch_of(place_id, on=visit.today)


def _take_roll(visit: Visit, council_id: int) -> None:
    sent = visit.request.POST
    roll: dict[int, actions.Roll] = {}
    for name in sent:
        head, _dash, post_id = name.partition("-")
        if head != "attendance" or not _number(post_id):
            continue
        if sent[name] not in actions.Attendance.values:
            raise Refusal(Fault(_("Hãy chọn có mặt, vắng hay ủy quyền."), f"seat-{post_id}"))
        roll[int(post_id)] = actions.Roll(
            actions.Attendance(sent[name]),
            sent.get(f"deputy-{post_id}", ""),
            sent.get(f"delegation-{post_id}", ""),
        )
    actions.take_roll(by=visit.by, at=visit.now, council_id=council_id, roll=roll)


def _vote(visit: Visit, council_id: int) -> None:
    actions.cast_ballot(
        by=visit.by,
        at=visit.now,
        council_id=council_id,
        says=visit.request.POST.get("says", ""),
        uid=uid_sent(visit) or uuid.uuid4(),
    )


def _close(visit: Visit, council_id: int) -> None:
    sent, paper = visit.request.POST, dict[str, int]()
    for code in queries.SAYS:
        text = sent.get(f"paper-{code}", "").strip()
        if not text:
            continue
        try:
            number = parse_number(text, whole=True)
        except NumberProblem as problem:
            raise Refusal(Fault(problem_words(problem), "paper")) from None
        if number != int(number):
            raise Refusal(Fault(_("Số phiếu phải là số nguyên."), "paper"))
        paper[code] = int(number)
    actions.close_council(
        by=visit.by,
        at=visit.now,
        council_id=council_id,
        paper=paper,
        note=sent.get("note", ""),
        uid=uid_sent(visit),
    )

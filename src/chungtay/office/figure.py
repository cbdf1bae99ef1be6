"""The page of one figure: what it says, how it came here, what may be done with it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence import queries as evidence
from chungtay.figures import confirming, talking, waiting
from chungtay.figures import queries as figures
from chungtay.figures.grading import grade_of_figure
from chungtay.figures.states import Move
from chungtay.office import present, sharing
from chungtay.office.answers import Visit, day_in_life, for_officers, status_of
from chungtay.office.waiting import line
from chungtay.people import notices as people_notices
from chungtay.recognition.titles.alarms import NOTICE as TITLE_NOTICE
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Period

MOST = 100  # notices on their page


@for_officers
def figure(visit: Visit, figure_id: int) -> HttpResponse:
    """One figure with its steps; confirming it or returning it carries the id of the row that is shown."""
    faults: tuple[Fault, ...] = ()
    status = 200
    if visit.request.method == "POST":
        try:
            told = _deed(visit, figure_id)
        except Refusal as refused:
            faults, status = refused.faults, status_of(refused)
        else:
            messages.success(visit.request, told)
            return redirect("office:figure", figure_id=figure_id)
    return visit.page("office/figure.html", _context(visit, figure_id, faults), status)


def _deed(visit: Visit, figure_id: int) -> str:
    sent, seen = visit.request.POST, [figure_id]
    if sent.get("viec") == "noi":
        own = sent.get("thay", "")
        talking.comment(
            by=visit.by,
            at=visit.now,
            figure_id=figure_id,
            text=sent.get("text", ""),
            instead_of=int(own) if own.isdecimal() and len(own) < 19 else None,
        )
        return _("Đã ghi lời bàn; người ghi số liệu được báo.")
    if sent.get("viec") == "tra-lai":
        confirming.send_back(by=visit.by, at=visit.now, figure_ids=seen, reason=sent.get("reason", ""))
        return _("Đã trả lại số liệu; người ghi thấy lý do ở trang của mình.")
    confirming.confirm(by=visit.by, at=visit.now, figure_ids=seen)
    return _("Đã xác nhận số liệu.")


def _context(visit: Visit, figure_id: int, faults: tuple[Fault, ...]) -> dict[str, Any]:
    shown = figures.figure(figure_id)
    place = territory.latest(shown.place_id)
    key = ("figure", str(shown.uid))
    strip = evidence.strips([key], seen_by=visit.by)[key]
    refused = partial(waiting.may_take, visit.by, figure_id, today=visit.today)
    told, steps = line(shown, place.full_name, visit.language), waiting.steps_of(figure_id)
    return {
        **told,
        "at_place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "steps": steps,
        "confirm_refusal": refused(Move.CONFIRM),
        "return_refusal": refused(Move.RETURN),
        "comments": talking.comments_on(figure_id),
        "text": visit.request.POST.get("text", ""),
        "text_errors": [fault.sentence for fault in faults if fault.field == "text"],
        "share": sharing.of_figure(visit, told, steps[-1].reason if steps else ""),
        "strip": strip,
        "grade": grade_of_figure(shown.state, strip.count),
        "faults": faults,
        "reason": visit.request.POST.get("reason", ""),
        "reason_errors": [fault.sentence for fault in faults if fault.field == "reason"],
    }


@for_officers
def notices(visit: Visit) -> HttpResponse:
    """What the post must know, newest first; seen once the page is shown."""
    shown = list(talking.notices(visit.by)[:MOST])
    arrived = list(people_notices.notices(visit.by)[:MOST])
    names = territory.names_of(
        {*(_about(each).place_id for each in shown), *(each.place_id for each in arrived)}
    )
    rows: list[dict[str, Any]] = [
        {"notice": each, "place": names[_about(each).place_id], **_named(visit, each)} for each in shown
    ]
    rows += [{"notice": each, "place": names[each.place_id], **_arrived(each)} for each in arrived]
    rows.sort(key=lambda row: row["notice"].at, reverse=True)
    page = visit.page("office/notices.html", {"rows": rows[:MOST]})
    talking.mark_read(by=visit.by, at=visit.now)
    people_notices.mark_read(by=visit.by, at=visit.now)
    return page


def _arrived(notice: Any) -> dict[str, str]:
    """What came to the post by itself: its name, the page of it, what it says; of feedback a number, never a word."""
    number = _("Ý kiến %(number)s") % {"number": notice.text}
    kinds = {
        "feedback": (number, "feedback_one", _("người dân mới gửi")),
        "feedback_again": (number, "feedback_one", _("người gửi hỏi lại")),
        "name_request": (
            _("Yêu cầu rút tên %(number)s") % {"number": notice.text},
            "name_request",
            _("chờ trả lời"),
        ),
        "recheck": (
            _("Phiếu kiểm tra lại %(number)s") % {"number": notice.text},
            "recheck_form",
            _("lệch với khai báo; hãy xem và sửa khai báo"),
        ),
        "dossier_due": (notice.text, "dossier", _("hồ sơ công nhận chờ bạn")),
        "title": (notice.text, "title", _("danh hiệu cần xem lại")),
    }
    name, address, said = kinds["title" if notice.kind.startswith(TITLE_NOTICE) else notice.kind]
    return {"name": name, "href": reverse(f"office:{address}", args=[notice.ref]), "said": said}


def _about(notice: Any) -> Any:
    """The figure or the step of a period that a notice tells of."""
    return notice.period or notice.observation


def _named(visit: Visit, notice: Any) -> dict[str, str]:
    """What a notice is about, in words, and the page of it."""
    if notice.period is None:
        name = standards.as_measure(notice.observation.measure).name.in_(visit.language)
        return {"name": name, "href": reverse("office:figure", args=[notice.observation_id])}
    step = notice.period
    period = Period(step.start, step.end)
    return {
        "name": _("Kỳ báo cáo %(period)s") % {"period": present.period_words(period)},
        "href": f"{reverse('office:closing', args=[step.place_id])}?ky={present.period_key(period)}",
    }

"""Screens of satisfaction surveys: those of a place, and one on a page, from its opening to its result."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.language import day_words, moment_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, day_in_life, refusal_of
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.community.typed import Typed
from chungtay.recognition.surveys import actions, collecting, policies, queries, rules
from chungtay.recognition.surveys.policies import State
from chungtay.recognition.surveys.queries import Asked
from chungtay.recognition.surveys.views import ResultView, SurveyView
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Verdict
from rulebook.procedure import TRUST, PassMark
from rulebook.questionnaire import Counts, Questionnaire
from viet.numbers import format_number

STATES: Final[dict[State, Promise]] = {
    State.PLANNED: gettext_lazy("chưa mở"),
    State.OPEN: gettext_lazy("đang nhận phiếu"),
    State.GRACE: gettext_lazy("đã đóng, chờ phiếu mất mạng"),
    State.ENDED: gettext_lazy("đã đóng, chờ kiểm phiếu"),
    State.COUNTED: gettext_lazy("đã kiểm phiếu, công bố"),
    State.DROPPED: gettext_lazy("đã huỷ"),
    State.TOLD: gettext_lazy("theo tài liệu"),
}
VERDICTS: Final[dict[Verdict, Promise]] = {
    Verdict.MET: gettext_lazy("Đạt mức quy định"),
    Verdict.NOT_MET: gettext_lazy("Chưa đạt mức quy định"),
    Verdict.UNKNOWN: gettext_lazy("Chưa kết luận được"),
}
_PART_OF: Final = {Counts.SATISFIED: "", Counts.ANSWERED: "against", Counts.LEFT_OUT: "silent"}
"""How the bar of a question draws what was chosen."""


# ── At a place ────────────────────────────────────────────────────────────────


@open_to_all
def surveys(visit: Visit, place_id: int) -> HttpResponse:
    """The surveys of a place and below: filters, a file, opening one, entering one that a paper tells of."""
    place = pages.place_of(place_id)
    states = [
        ("running", _("đang làm")),
        ("counted", _("đã kiểm phiếu")),
        ("told", _("theo tài liệu")),
        ("dropped", _("đã huỷ")),
    ]
    asked = Asked(state=pages.asked_choice(visit, "tt", states), year=pages.asked_year(visit))
    found = queries.surveys(place_id, asked, at=visit.now)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "hai-long", form, _table(visit, found, as_file=True))

    def page() -> Page:
        return Page(
            room="surveys",
            heading=pages.room_name("surveys"),
            lead=_("Mặt trận hỏi mỗi hộ một phiếu. Kết quả công khai; không ai biết hộ nào trả lời gì."),
            filters=[
                pages.year_filter(queries.years_of(place_id), asked.year),
                Filter("tt", _("Tình trạng"), asked.state, [("", _("mọi tình trạng")), *states]),
            ],
            tables=[_table(visit, found)],
            forms=[] if is_visitor(visit) else _forms(visit, place),
        )

    return pages.answer(
        visit,
        place,
        page,
        {"mo": partial(_open, visit, place_id), "nhap": partial(_enter_told, visit, place_id)},
    )


def _table(visit: Visit, found: list[SurveyView], *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Danh hiệu")),
        Column(_("Nơi")),
        Column(_("Năm xét"), css="number"),
        Column(_("Tình trạng")),
        Column(_("Phát ra"), css="number"),
        Column(_("Trả lời"), css="number"),
        Column(_("Kết quả")),
    ]
    page = None if as_file else pages.paged(visit, found)
    rows = [
        [
            Item(
                each.title,
                reverse("office:survey", args=[each.id]),
                pages.mark_of(each.mark),
                told=each.title,
            ),
            Item(each.place),
            Item(str(each.year), told=each.year),
            Item(str(STATES[each.state])),
            _count(_issued(each)),
            _count(_came(each)),
            Item(str(VERDICTS[each.result.verdict]) if each.result else "–"),
        ]
        for each in (found if page is None else page)
    ]
    empty = (
        _("Chưa có cuộc lấy ý kiến nào"),
        _("Hãy bỏ bớt bộ lọc.")
        if visit.request.GET.get("tt") or visit.request.GET.get("nam")
        else _("Mặt trận mở khi nơi này chuẩn bị đề nghị công nhận."),
    )
    return Table(pages.room_name("surveys"), columns, rows, empty, page)


def _count(number: int | None) -> Item:
    return Item("–", told=None) if number is None else Item(format_number(number), told=number)


def _issued(each: SurveyView) -> int | None:
    return each.result.counts.get("issued") if each.result else each.issued


def _came(each: SurveyView) -> int | None:
    return each.result.counts.get("participants") if each.result else each.returned


def _forms(visit: Visit, place: PlaceView) -> list[Form]:
    refusal = refusal_of(partial(policies.check_runs, visit.by, place.id, visit.today))
    if refusal:
        return [Form("mo", _("Mở cuộc lấy ý kiến"), _("Mở"), refusal=refusal)]
    level = "hamlet" if place.level == "area" else place.level
    codes = frozenset(each.code for each in territory.ancestors(place.id, day_in_life(place, visit.today)))
    kinds = standards.for_place(level, codes | {place.code})
    titles = [(each.code, each.name.in_(visit.language)) for each in kinds]
    asked = {
        each.id: f"{each.name.in_(visit.language)}, {each.version} ({trust_words(each, visit.language)})"
        for code, _name in titles
        for each in rules.questionnaires(code, place.level)
    }
    told = [Input("standard", _("Danh hiệu xét"), "select", choices=titles)]
    told.append(Input("year", _("Năm xét"), "number", value=str(visit.today.year)))
    tomorrow = visit.today + timedelta(days=1)
    inputs = [
        *told,
        Input("questionnaire", _("Mẫu phiếu"), "select", choices=list(asked.items())),
        Input("opens_on", _("Mở ngày"), "day", value=day_words(visit.today)),
        Input("opens_clock", _("Mở lúc"), value=f"{timezone.localtime(visit.now):%H:%M}", unit=_("giờ")),
        Input("closes_on", _("Đóng ngày"), "day", value=day_words(tomorrow + timedelta(days=9))),
        Input("closes_clock", _("Đóng lúc"), value="17:00", unit=_("giờ")),
        Input(
            "grace_hours",
            _("Chờ phiếu mất mạng"),
            "number",
            _("Phiếu ghi trên điện thoại trước lúc đóng mà chưa gửi được vẫn nhận trong thời gian này"),
            unit=_("giờ"),
            value="24",
        ),
    ]
    past = [
        *told,
        Input("closed_on", _("Ngày kết thúc lấy ý kiến"), "day"),
        Input("households", _("Tổng số hộ"), "number", required=False),
        Input("participants", _("Số hộ trả lời"), "number", required=False),
        Input("satisfied", _("Chung mọi câu: số ý kiến hài lòng"), "number", required=False),
        Input("answered", _("Chung mọi câu: số ý kiến trả lời"), "number", required=False),
        Input(
            "lines",
            _("Từng câu hỏi"),
            "textarea",
            _("Mỗi câu một dòng: nội dung; số hài lòng; số trả lời. Tài liệu không nêu thì bỏ trống."),
            required=False,
        ),
        Input("source", _("Tài liệu nào")),
    ]
    shut = _("%(place)s không còn nữa nên không mở được.") % {"place": place.full_name} if place.ended else ""
    return [
        Form("mo", _("Mở cuộc lấy ý kiến"), _("Mở"), inputs, shut),
        Form("nhap", _("Nhập kết quả cũ theo giấy tờ"), _("Ghi kết quả"), past),
    ]


def trust_words(asked: Questionnaire, language: str) -> str:
    """ "minh họa, chưa xác nhận": how sure it is that this is what must be asked; "" where somebody saw it."""
    if asked.ground.confirmed:
        return ""
    words = (TRUST[asked.ground.provenance], TRUST["recalled"])
    return ", ".join(dict.fromkeys(each.in_(language) for each in words))


def _open(visit: Visit, place_id: int, typed: Reader) -> str:
    year, grace = typed.whole("year"), typed.whole_or_none("grace_hours")
    clock = Typed(
        {name: typed.text(name) for name in ("opens_on", "opens_clock", "closes_on", "closes_clock")}
    )
    opens, closes = clock.moment("opens_on", "opens_clock"), clock.moment("closes_on", "closes_clock")
    faults: list[Fault] = []
    for each in (typed, clock):
        try:
            each.check()
        except Refusal as refused:
            faults += refused.faults
    if faults or opens is None or closes is None:
        raise Refusal(*faults)
    actions.open_survey(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        standard_code=typed.text("standard"),
        year=year,
        questionnaire=typed.text("questionnaire"),
        opens_at=opens,
        closes_at=closes,
        grace_hours=grace,
        uid=typed.uid(),
    )
    return _("Đã mở cuộc lấy ý kiến. Bước tiếp: phát thẻ cho các hộ.")


def _enter_told(visit: Visit, place_id: int, typed: Reader) -> str:
    closed, year = typed.day("closed_on"), typed.whole("year")
    satisfied, answered = typed.whole_or_none("satisfied"), typed.whole_or_none("answered")
    households, participants = typed.whole_or_none("households"), typed.whole_or_none("participants")
    typed.check()
    if (satisfied is None) != (answered is None):
        raise Refusal(Fault(_("Hãy ghi cả hai số: hài lòng và trả lời, hoặc bỏ trống cả hai."), "answered"))
    actions.enter_result(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        standard_code=typed.text("standard"),
        year=year,
        closed_on=closed,
        source=typed.text("source"),
        households=households,
        participants=participants,
        overall=None if satisfied is None or answered is None else (satisfied, answered),
        questions=_lines(typed),
        uid=typed.uid(),
    )
    return _("Đã ghi kết quả theo giấy tờ.")


def _lines(typed: Reader) -> list[tuple[str, int, int]]:
    """ "Đường thôn; 80; 92" a line; what cannot be read is told with its line."""
    found, faults = [], []
    for n, line in enumerate(typed.lines("lines"), 1):
        words, *numbers = (part.strip() for part in line.split(";"))
        if len(numbers) == 2 and all(each.isdecimal() and len(each) < 10 for each in numbers):
            found.append((words, int(numbers[0]), int(numbers[1])))
        else:
            sentence = _("“%(line)s”: hãy ghi nội dung; số hài lòng; số trả lời.")
            faults.append(Fault(sentence % {"line": line[:60]}, "lines", n))
    if faults:
        raise Refusal(*faults)
    return found


# ── One survey ────────────────────────────────────────────────────────────────


@open_to_all
def survey(visit: Visit, survey_id: int) -> HttpResponse:
    """One survey: when, what is asked, who took part (as numbers), what may be done, and the result."""
    if visit.request.method != "POST":
        return _page(visit, queries.survey(survey_id, at=visit.now))
    if is_visitor(visit):
        raise NotPermitted(_("Hãy đăng nhập bằng tài khoản của Mặt trận để làm việc này."))
    who: dict[str, Any] = {"by": visit.by, "at": visit.now, "survey_id": survey_id}
    reason = visit.request.POST.get("reason", "").replace("\0", " ")
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "dong": (lambda: actions.close(**who), _("Đã đóng nhận phiếu.")),
        "kiem": (lambda: actions.count(**who), _("Đã kiểm phiếu, chốt và công bố kết quả.")),
        "huy": (lambda: actions.drop(reason=reason, **who), _("Đã huỷ cuộc lấy ý kiến.")),
        "viec": (lambda: actions.make_tasks(**who), _("Đã chuyển ý kiến thành việc.")),
    }
    deed = deeds.get(visit.request.POST.get("viec", ""))
    if deed is None:
        raise Refusal(_("Không có việc này. Hãy tải lại trang rồi thử lại."))
    try:
        deed[0]()
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        return _page(visit, queries.survey(survey_id, at=visit.now), refused.faults, reason)
    messages.success(visit.request, deed[1])
    return redirect("office:survey", survey_id=survey_id)


def _page(visit: Visit, shown: SurveyView, faults: tuple[Fault, ...] = (), reason: str = "") -> HttpResponse:
    place = territory.latest(shown.place_id)
    visitor = is_visitor(visit)
    told = queries.result_for(shown, seen_by=visit.by)
    running = shown.state in (State.PLANNED, State.OPEN, State.GRACE, State.ENDED)
    context = {
        "frame": "office/open.html" if visitor else "office/base.html",
        "place": place,
        "above": () if visitor else territory.ancestors(place.id, day_in_life(place, visit.today)),
        "survey": shown,
        "asked": shown.questionnaire,
        "needs": _needs(shown),
        "state": shown.state.value,
        "state_words": STATES[shown.state],
        "is_running": running,
        "faults": faults,
        "reason": reason,
        "wrong_reason": [str(each) for each in faults if each.field == "reason"],
        "hamlets": queries.participation(shown.id) if running else (),
        "boxes": queries.boxes(shown.id) if running and not visitor else (),
        "collects": not visitor and _collects(visit, shown),
        "refusal": ""
        if visitor
        else refusal_of(partial(policies.check_runs, visit.by, shown.place_id, visit.today)),
        "is_visitor": visitor,
        "result": _result(visit, shown, told) if told else None,
        "comments": () if visitor else queries.comments(shown, seen_by=visit.by),
        "untasked": shown.state is State.COUNTED and not visitor and _untasked(visit, shown),
        "until": moment_words(shown.grace_until) if shown.grace_until else "",
        "link": visit.request.build_absolute_uri(reverse("office:survey", args=[shown.id])),
        "trust": trust_words(shown.questionnaire, visit.language) if shown.questionnaire else "",
    }
    return visit.page("office/recognition/survey.html", context, 422 if faults else 200)


def _needs(shown: SurveyView) -> list[tuple[str, PassMark]]:
    """What must be reached, in the procedure's order; nothing where no procedure says."""
    if shown.marks is None:
        return []
    asked = shown.marks.of(shown.standard_code)
    found = [(_("Số hộ tham gia"), shown.marks.floor)]
    if asked:
        found += [(_("Hài lòng, chung mọi câu"), asked.overall), (_("Hài lòng, từng câu"), asked.each)]
    return found


def _collects(visit: Visit, shown: SurveyView) -> bool:
    """Whether the ledger of cards is for this post."""
    try:
        collecting.reach(shown, seen_by=visit.by)
    except Refusal:
        return False
    return shown.questionnaire is not None


def _untasked(visit: Visit, shown: SurveyView) -> int:
    return sum(each.task is None for each in queries.comments(shown, seen_by=visit.by))


def _result(visit: Visit, shown: SurveyView, result: ResultView) -> dict[str, Any]:
    """The result as its part of the page draws it: counts as bars of parts, each with its sentence."""
    options = {each.code: each for each in shown.questionnaire.options} if shown.questionnaire else {}
    return {
        "verdict": result.verdict,
        "verdict_words": VERDICTS[result.verdict],
        "counts": result.counts,
        "taking_part": result.taking_part,
        "overall": result.overall,
        "overall_count": result.overall_count,
        "others": result.others,
        "questions": [
            {
                "view": each,
                "parts": [
                    {
                        "label": options[code].name.in_(visit.language),
                        "value": number,
                        "kind": _PART_OF[options[code].counts],
                    }
                    for code, number in each.chosen.items()
                ]
                or [
                    {"label": _("Hài lòng"), "value": each.satisfied},
                    {
                        "label": _("Không hài lòng"),
                        "value": each.answered - each.satisfied,
                        "kind": _PART_OF[Counts.ANSWERED],
                    },
                ],
            }
            for each in result.questions
        ],
        "hamlets": [
            {
                "view": each,
                "overall": None
                if each.questions is None
                else tuple(sum(pair[n] for pair in each.questions.values()) for n in (0, 1)),
            }
            for each in result.hamlets
        ],
        "is_small": shown.result is not result,
        "late": shown.late or result.late,
        "comments": result.comments,
        "below": shown.questionnaire.withheld_below.number if shown.questionnaire else 0,
    }

"""Screens of meetings: the call, roll, votes, ballots, signatories, papers, signing off, and what everybody sees."""

import csv
import uuid
from collections.abc import Callable
from typing import Any, BinaryIO, Final, cast

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.community.households import queries as households
from chungtay.community.meetings import actions, ballots, papers, queries
from chungtay.community.meetings.actions import Matter
from chungtay.community.meetings.queries import ItemView, MeetingView, NoticeView
from chungtay.community.meetings.rules import democracy
from chungtay.core.language import day_words, moment_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence import actions as evidence
from chungtay.evidence import queries as proofs
from chungtay.evidence.subjects import Subject
from chungtay.office import sheets, uploads
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community.typed import Typed, form
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from paper import Document, to_docx, to_pdf
from rulebook import Verdict
from rulebook.democracy import Way

STATES: Final = {
    "called": gettext_lazy("đã mời"),
    "held": gettext_lazy("đã họp, chưa chốt"),
    "ballots": gettext_lazy("đang lấy phiếu"),
    "closed": gettext_lazy("đã chốt biên bản"),
}
OUTCOMES: Final = {
    Verdict.MET: gettext_lazy("Thông qua"),
    Verdict.NOT_MET: gettext_lazy("Không thông qua"),
    Verdict.UNKNOWN: gettext_lazy("Chưa kết luận được"),
}
WAYS: Final = {
    Way.MEETING: gettext_lazy("Biểu quyết tại cuộc họp"),
    Way.BALLOTS: gettext_lazy("Phiếu lấy ý kiến từng hộ"),
    Way.ONLINE: gettext_lazy("Lấy ý kiến qua mạng"),
}
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CALL: Final = (
    "title",
    "day",
    "clock",
    "venue",
    "scope_households",
    "form",
    "notes",
    "kind",
    "item",
    "proposal",
    "amount",
)
MOST_PHOTOS: Final = 20


# ── At a place ────────────────────────────────────────────────────────────────


@for_officers
def meetings(visit: Visit, place_id: int) -> HttpResponse:
    """The meetings of a place, for posts that reach it, and its decisions, for everybody."""
    place = territory.latest(place_id)
    kind, outcome = visit.request.GET.get("loai", ""), visit.request.GET.get("kq", "")
    found = [
        each
        for each in queries.decisions_of(place_id)
        if kind in ("", each.kind) and outcome in ("", each.verdict.value)
    ]
    return visit.page(
        "office/community/meetings.html",
        {
            **_frame(visit, place),
            "meetings": [
                (each, STATES[each.state])
                for each in queries.meetings_of(place_id, seen_by=visit.by, today=visit.today)
            ],
            "decisions": [(each, OUTCOMES[each.verdict], _matter_name(visit, each.kind)) for each in found],
            "kinds": [("", _("mọi loại việc")), *_matters(visit)],
            "outcomes": [("", _("mọi kết quả")), *((key.value, words) for key, words in OUTCOMES.items())],
            "kind": kind,
            "outcome": outcome,
            "refusal": visit.refusal("community.hold_meeting", place_id),
            "query": visit.request.GET.urlencode(),
        },
    )


@for_officers
def decisions_sheet(visit: Visit, place_id: int) -> HttpResponse:
    """The decisions of a place as CSV; no name stands in it."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="quyet-dinh-cua-cong-dong.csv"'
    writer = csv.writer(response)
    writer.writerow(
        [
            *(_("Ngày (năm-tháng-ngày)"), _("Nội dung"), _("Loại việc"), _("Kết quả"), _("Số hộ đồng ý")),
            *(
                _("Tổng số hộ"),
                _("Số tiền (đồng)"),
                _("Cách tính"),
                _("Vì sao"),
                _("Loại số liệu"),
                _("Nguồn"),
            ),
        ]
    )
    for each in queries.decisions_of(place_id):
        counts = [
            "" if number is None else str(number)
            for number in (each.votes_for, each.households, each.amount_dong)
        ]
        why = each.tally.sentence.in_(visit.language) if each.tally else ""
        head = [
            each.decided_on.isoformat(),
            each.subject,
            _matter_name(visit, each.kind),
            str(OUTCOMES[each.verdict]),
        ]
        share = each.share["words"] if each.share else ""
        writer.writerow(sheets.as_text([*head, *counts, share, why, each.mark.value, each.source]))
    return response


@for_officers
def call(visit: Visit, place_id: int) -> HttpResponse:
    """The form, and calling a meeting."""
    place = territory.latest(place_id)
    known = households.count_at(place_id, day_in_life(place, visit.today))
    sent = dict.fromkeys(_CALL, "") | {
        "scope_households": "" if known is None else str(known),
        "form": "resolution",
    }
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {name: typed.text(name) for name in (*_CALL, "uid")}
        try:
            made = _call(visit, place_id, typed, sent)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi cuộc họp. Hãy gửi giấy mời cho các hộ."))
            return redirect("office:meeting", meeting_id=made)
    context = {
        **_frame(visit, place),
        **form(sent | {"uid": sent.get("uid") or str(visit.uid())}, faults),
        **_choices(visit),
        "known": known,
        "refusal": visit.refusal("community.hold_meeting", place_id),
    }
    return visit.page("office/community/call.html", context, 422 if faults else 200)


def _call(visit: Visit, place_id: int, typed: Typed, sent: dict[str, str]) -> int:
    starts, scope, amount = (
        typed.moment("day", "clock"),
        typed.whole("scope_households"),
        typed.whole("amount"),
    )
    typed.check()
    assert starts is not None  # checked
    first = Matter(sent["kind"], sent["item"], sent["proposal"], amount)
    return actions.call(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        title=sent["title"],
        starts_at=starts,
        venue=sent["venue"],
        scope_households=scope,
        form=sent["form"],
        items=[first] if sent["item"] else (),
        uid=typed.uid(),
    ).pk


# ── One meeting ───────────────────────────────────────────────────────────────


@for_officers
def meeting(visit: Visit, meeting_id: int) -> HttpResponse:
    """A meeting on one page: the call, who came, what was voted, ballots, signatories, papers, photos."""
    return _page(visit, meeting_id)


@for_officers
def change(visit: Visit, meeting_id: int) -> HttpResponse:
    """Mend when, where and over how many households, and the notes for the minutes."""
    shown = _seen(visit, meeting_id)
    local = timezone.localtime(shown.starts_at)
    sent = {
        "title": shown.title,
        "day": day_words(local.date()),
        "clock": f"{local:%H:%M}",
        "venue": shown.venue,
        "scope_households": "" if shown.scope_households is None else str(shown.scope_households),
        "form": shown.form,
        "notes": shown.notes,
    }
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {name: typed.text(name) for name in sent}
        try:
            starts, scope = typed.moment("day", "clock"), typed.whole("scope_households")
            typed.check()
            assert starts is not None  # checked
            actions.change_call(
                by=visit.by,
                at=visit.now,
                meeting_id=meeting_id,
                title=sent["title"],
                starts_at=starts,
                venue=sent["venue"],
                scope_households=scope,
                form=sent["form"],
                notes=sent["notes"],
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã lưu."))
            return redirect("office:meeting", meeting_id=meeting_id)
    known = households.count_at(shown.place_id, timezone.localdate(shown.starts_at))
    context = {**page_of(visit, shown), **form(sent, faults), **_choices(visit), "known": known}
    return visit.page("office/community/change_meeting.html", context, 422 if faults else 200)


@for_officers
def roll(visit: Visit, meeting_id: int) -> HttpResponse:
    """Ticking the households that are represented; or their number alone, where there is no list."""
    shown = _seen(visit, meeting_id)
    lines = queries.roll(meeting_id, seen_by=visit.by)
    ticked = {each.id for each in lines if each.present}
    sent = {"present": "" if shown.present is None or shown.by_roll else str(shown.present)}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {"present": typed.text("present")}
        ticked = {int(each) for each in typed.many("ho") if each.isdigit() and len(each) < 19}
        who: dict[str, Any] = {"by": visit.by, "at": visit.now, "meeting_id": meeting_id}
        try:
            if typed.text("cach") == "so":
                present = typed.whole("present", needed=True)
                typed.check()
                assert present is not None  # checked
                actions.count_present(**who, present=present)
            else:
                actions.take_roll(**who, household_ids=ticked)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi số hộ có mặt."))
            return redirect("office:meeting", meeting_id=meeting_id)
    context = {
        **page_of(visit, shown),
        **form(sent, faults),
        "lines": [(each, each.id in ticked) for each in lines],
    }
    return visit.page("office/community/roll.html", context, 422 if faults else 200)


@for_officers
def votes(visit: Visit, meeting_id: int, item_id: int) -> HttpResponse:
    """The count of one matter: for, against, no opinion, spoiled; and what was decided in words."""
    shown, item = seen_item(visit, meeting_id, item_id)
    names = ("votes_for", "votes_against", "votes_blank", "votes_spoiled")
    sent = {name: "" if getattr(item, name) is None else str(getattr(item, name)) for name in names}
    sent |= {"way": item.counted or (Way.BALLOTS if shown.ballots_on else Way.MEETING).value}
    sent |= {"statement": item.statement or item.proposal, "agreed": ""}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {name: typed.text(name) for name in sent}
        try:
            needed = ("votes_for", "votes_against")
            counts = {name: typed.whole(name, needed=name in needed) or 0 for name in names}
            typed.check()
            actions.record_votes(
                by=visit.by,
                at=visit.now,
                item_id=item_id,
                way=Way(sent["way"]) if sent["way"] in tuple(Way) else Way.MEETING,
                statement=sent["statement"],
                agreed=bool(sent["agreed"]),
                **counts,
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi kết quả."))
            return redirect("office:meeting", meeting_id=meeting_id)
    matter = democracy().matters[item.kind]
    context = {
        **page_of(visit, shown),
        **form(sent, faults),
        "item": item,
        "matter": matter,
        "ways": [(way.value, words) for way, words in WAYS.items()],
        "least": matter.bar.least(shown.scope_households) if shown.scope_households else None,
    }
    return visit.page("office/community/votes.html", context, 422 if faults else 200)


@for_officers
def paper_ballots(visit: Visit, meeting_id: int) -> HttpResponse:
    """The ledger of ballots: which are out and which came back. A scanned code fills in the field."""
    shown = _seen(visit, meeting_id)
    sent = {"code": visit.request.GET.get("ma", "").replace("\0", "")[:20]}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {"code": typed.text("code")}
        try:
            if typed.text("viec") == "phat":
                many = ballots.issue(by=visit.by, at=visit.now, meeting_id=meeting_id)
                messages.success(
                    visit.request, _("Đã phát %(n)s phiếu. Hãy in phiếu và giao cho các hộ.") % {"n": many}
                )
            else:
                row = ballots.take_back(by=visit.by, at=visit.now, meeting_id=meeting_id, code=sent["code"])
                messages.success(visit.request, _("Đã thu phiếu %(code)s.") % {"code": row.code})
        except NotPermitted:
            raise
        except (
            Refusal
        ) as refused:  # a code that is not there is a slip of the pen, not a page that is not there
            faults = tuple(
                Fault(each.sentence, each.field or "code", clause=each.clause) for each in refused.faults
            )
        else:
            return redirect("office:ballots", meeting_id=meeting_id)
    ledger = queries.ledger_of_ballots(meeting_id, seen_by=visit.by)
    state = visit.request.GET.get("tt", "")
    context = {
        **page_of(visit, shown),
        **form(sent, faults),
        "ledger": [each for each in ledger if state == "" or (each.returned_at is None) == (state == "chua")],
        "out": len(ledger),
        "state": state,
        "states": [("", _("mọi phiếu")), ("chua", _("chưa thu về")), ("roi", _("đã thu về"))],
    }
    return visit.page("office/community/ballots.html", context, 422 if faults else 200)


@for_officers
def signatories(visit: Visit, meeting_id: int) -> HttpResponse:
    """Who signs the minutes: a line for each place the law asks for, and one more."""
    shown = _seen(visit, meeting_id)
    law = democracy()
    lines = [(code, name) for code, name in shown.signatories]
    for capacity in shown.lacking:
        have = sum(code == capacity.code for code, _name in lines)
        lines += [(capacity.code, "")] * (capacity.at_least - have)
    lines.append(("household", ""))
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        lines = list(zip(typed.many("capacity"), typed.many("name"), strict=False))[:50]
        try:
            actions.name_signatories(by=visit.by, at=visit.now, meeting_id=meeting_id, names=lines)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi người ký biên bản."))
            return redirect("office:meeting", meeting_id=meeting_id)
    context = {
        **page_of(visit, shown),
        **form({}, faults),
        "lines": lines,
        "capacities": [(code, each.name.in_(visit.language)) for code, each in law.signatories.items()],
        "ground": law.signatories_ground,
        "asked": law.signatories.values(),
    }
    return visit.page("office/community/signatories.html", context, 422 if faults else 200)


@require_POST
@for_officers
def add_item(visit: Visit, meeting_id: int) -> HttpResponse:
    """Put a matter on the agenda."""
    typed = Typed(visit.request.POST)
    sent = {name: typed.text(name) for name in ("kind", "item", "proposal", "amount", "uid", "replaces")}

    def deed() -> None:
        amount = typed.whole("amount")
        replaces = typed.whole("replaces")
        typed.check()
        item = Matter(sent["kind"], sent["item"], sent["proposal"], amount, replaces, typed.uid())
        actions.add_item(by=visit.by, at=visit.now, meeting_id=meeting_id, item=item)

    return _did(visit, meeting_id, deed, _("Đã thêm nội dung họp."), sent)


@require_POST
@for_officers
def close(visit: Visit, meeting_id: int) -> HttpResponse:
    """Sign off the minutes."""

    def deed() -> None:
        actions.close(by=visit.by, at=visit.now, meeting_id=meeting_id)

    return _did(visit, meeting_id, deed, _("Đã chốt biên bản. Từ nay không sửa được nữa."), {})


@csrf_exempt  # until the handler stands in its place; `_photos` checks the token
def photos(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    """Keep photos or a scan of the signed minutes as evidence of the meeting."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _photos(request, meeting_id)


@csrf_protect
@require_POST
@for_officers
def _photos(visit: Visit, meeting_id: int) -> HttpResponse:
    shown = _seen(visit, meeting_id)
    faults = uploads.faults_of(visit.request)
    day = timezone.localdate(shown.starts_at)
    subject = Subject("meeting", str(shown.uid), shown.title, shown.place_id, day, day)
    sent = [each for each in visit.request.FILES.getlist("files") if each][:MOST_PHOTOS]
    if not sent and not faults:
        faults.append(Fault(_("Chưa chọn tệp nào. Hãy chụp ảnh hoặc chọn tệp rồi bấm gửi.")))
    for each in sent:
        try:
            evidence.keep_file(
                by=visit.by,
                at=visit.now,
                place_id=shown.place_id,
                content=cast(BinaryIO, each.file),
                name=each.name or "",
                private=bool(visit.request.POST.get("private")),
                proves=[subject],
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults += refused.faults
    if faults:
        return _page(visit, meeting_id, tuple(faults))
    messages.success(visit.request, _("Đã nhận %(n)s tệp.") % {"n": len(sent)})
    return redirect(reverse("office:meeting", kwargs={"meeting_id": meeting_id}) + "#anh")


# ── Papers ────────────────────────────────────────────────────────────────────


@for_officers
def minutes(visit: Visit, meeting_id: int, form_of: str) -> HttpResponse:
    """The minutes as Word or PDF. Names stand in them only for posts that keep the list."""
    shown = _seen(visit, meeting_id)
    made = papers.minutes(shown, territory.latest(shown.place_id))
    return _file(visit, made, "bien-ban", form_of)


@for_officers
def call_paper(visit: Visit, meeting_id: int, form_of: str) -> HttpResponse:
    """The call, to be printed and posted."""
    shown = _seen(visit, meeting_id)
    made = papers.call(
        queries.notice(shown.uid), territory.latest(shown.place_id), _public(visit.request, shown.uid)
    )
    return _file(visit, made, "giay-moi", form_of)


@for_officers
def ballot_papers(visit: Visit, meeting_id: int) -> HttpResponse:
    """The ballots that are still out, to be printed and cut."""
    shown = _seen(visit, meeting_id)
    ledger = [
        each for each in queries.ledger_of_ballots(meeting_id, seen_by=visit.by) if each.returned_at is None
    ]
    if not ledger:
        raise NotFound(_("Không có phiếu nào cần in. Hãy phát phiếu trước."))
    back = reverse("office:ballots", kwargs={"meeting_id": meeting_id})
    address = visit.request.build_absolute_uri(f"{back}?ma=") + "{code}"
    made = papers.ballot_papers(shown, territory.latest(shown.place_id), ledger, address)
    return _file(visit, made, "phieu-lay-y-kien", "pdf")


def _file(visit: Visit, made: Document, name: str, form_of: str) -> HttpResponse:
    if form_of not in ("docx", "pdf"):
        raise NotFound(_("Chỉ có tệp Word và PDF."))
    write, kind = (to_docx, _WORD) if form_of == "docx" else (to_pdf, "application/pdf")
    response = HttpResponse(write(made, on=visit.today), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form_of}"'
    return response


# ── What everybody sees, signed in or not ─────────────────────────────────────


def public_call(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The call of a meeting as a link leads to it."""
    try:
        told = queries.notice(uid)
    except NotFound:
        raise Http404 from None
    return render(
        request, "office/community/public_call.html", {"told": told, "place": territory.latest(told.place_id)}
    )


def public_decision(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A decision of the community, with its count and why; formula and total, no household and no name."""
    try:
        told = queries.decision(uid)
    except NotFound:
        raise Http404 from None
    law = democracy()
    context = {
        "told": told,
        "place": territory.latest(told.place_id),
        "outcome": OUTCOMES[told.verdict],
        "matter": law.matters[told.kind].name,
        "form": law.forms[told.form],
        "newer": queries.decision(told.replaced_by) if told.replaced_by else None,
    }
    return render(request, "office/community/public_decision.html", context)


# ── What the pages of one meeting share ───────────────────────────────────────


def _seen(visit: Visit, meeting_id: int) -> MeetingView:
    return queries.meeting(meeting_id, seen_by=visit.by, today=visit.today)


def seen_item(visit: Visit, meeting_id: int, item_id: int) -> tuple[MeetingView, ItemView]:
    shown = _seen(visit, meeting_id)
    item = next((each for each in shown.items if each.id == item_id), None)
    if item is None:
        raise NotFound(_("Không có nội dung này trong cuộc họp."))
    return shown, item


def _did(
    visit: Visit, meeting_id: int, deed: Callable[[], None], told: str, sent: dict[str, str]
) -> HttpResponse:
    try:
        deed()
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        return _page(visit, meeting_id, refused.faults, sent)
    messages.success(visit.request, told)
    return redirect("office:meeting", meeting_id=meeting_id)


def _page(
    visit: Visit, meeting_id: int, faults: tuple[Fault, ...] = (), sent: dict[str, str] | None = None
) -> HttpResponse:
    shown = _seen(visit, meeting_id)
    notice: NoticeView = queries.notice(shown.uid)
    key = ("meeting", str(shown.uid))
    made = queries.decisions([each.decision_id for each in shown.items if each.decision_id])
    link = _public(visit.request, shown.uid)
    place = territory.latest(shown.place_id)
    empty = dict.fromkeys(("kind", "item", "proposal", "amount"), "")
    context = {
        **page_of(visit, shown),
        **form(empty | (sent or {}) | {"uid": str(visit.uid())}, faults),
        **_choices(visit),
        "items": [
            {
                "item": each,
                "matter": _matter_name(visit, each.kind),
                "outcome": OUTCOMES[each.tally.verdict] if each.tally else "",
                "way": WAYS[Way(each.counted)] if each.counted else "",
                "decision": made.get(each.decision_id) if each.decision_id else None,
            }
            for each in shown.items
        ],
        "form_name": democracy().forms[shown.form].in_(visit.language),
        "share": papers.notice_text(notice, place, link) if shown.state == "called" else "",
        "link": link,
        "strip": proofs.strips([key], seen_by=visit.by)[key],
        "keep_refusal": visit.refusal("evidence.keep", shown.place_id),
        "capacities": {code: each.name.in_(visit.language) for code, each in democracy().signatories.items()},
        "ground": democracy().signatories_ground,
        "mended": [
            each
            for each in queries.decisions_of(shown.place_id)
            if each.replaced_by is None and shown.closed_at is None
        ],
        "qr": _qr(link),
    }
    return visit.page("office/community/meeting.html", context, 422 if faults else 200)


def page_of(visit: Visit, shown: MeetingView) -> dict[str, Any]:
    """What every page of a meeting is handed. refusal: why its deeds are shut to this post, or for ever."""
    refusal = visit.refusal("community.hold_meeting", shown.place_id)
    if shown.closed_at is not None:
        refusal = _("Biên bản đã chốt lúc %(at)s nên không sửa được nữa.") % {
            "at": moment_words(shown.closed_at)
        }
    place = territory.latest(shown.place_id)
    return {**_frame(visit, place), "meeting": shown, "state_words": STATES[shown.state], "refusal": refusal}


def _frame(visit: Visit, place: PlaceView) -> dict[str, Any]:
    return {"place": place, "above": territory.ancestors(place.id, day_in_life(place, visit.today))}


def _choices(visit: Visit) -> dict[str, Any]:
    forms = [(code, name.in_(visit.language)) for code, name in democracy().forms.items()]
    return {"kinds": [("", _("— chưa chọn")), *_matters(visit)], "forms": forms}


def _matters(visit: Visit) -> list[tuple[str, str]]:
    return [(code, each.name.in_(visit.language)) for code, each in democracy().matters.items()]


def _matter_name(visit: Visit, code: str) -> str:
    return democracy().matters[code].name.in_(visit.language)


def _public(request: HttpRequest, uid: uuid.UUID) -> str:
    return request.build_absolute_uri(reverse("office:public_call", kwargs={"uid": uid}))


def _qr(link: str) -> str:
    return mark_safe(segno.make(link, error="m").svg_inline(scale=4, border=2))

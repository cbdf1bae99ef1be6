"""Screens of meetings: those of a place, the call, one meeting on a page, photos, signing off."""

from collections.abc import Callable
from typing import BinaryIO, Final, cast

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.community.households import queries as households
from chungtay.community.meetings import actions, papers, queries
from chungtay.community.meetings.actions import Matter
from chungtay.community.meetings.queries import NoticeView
from chungtay.community.meetings.rules import democracy
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence import actions as evidence
from chungtay.evidence import queries as proofs
from chungtay.evidence.subjects import Subject
from chungtay.office import sheets, uploads
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community.meeting_pages import (
    OUTCOMES,
    STATES,
    WAYS,
    choices,
    frame_of,
    matter_name,
    matters,
    page_of,
    public_link,
    seen,
)
from chungtay.office.community.typed import Typed, form
from chungtay.territory import queries as territory
from rulebook.democracy import Way

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
            **frame_of(visit, place),
            "meetings": [
                (each, STATES[each.state])
                for each in queries.meetings_of(place_id, seen_by=visit.by, today=visit.today)
            ],
            "decisions": [(each, OUTCOMES[each.verdict], matter_name(visit, each.kind)) for each in found],
            "kinds": [("", _("mọi loại việc")), *matters(visit)],
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
    rows = [
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
    ]
    for each in queries.decisions_of(place_id):
        counts = [
            "" if number is None else str(number)
            for number in (each.votes_for, each.households, each.amount_dong)
        ]
        why = each.tally.sentence.in_(visit.language) if each.tally else ""
        head = [
            each.decided_on.isoformat(),
            each.subject,
            matter_name(visit, each.kind),
            str(OUTCOMES[each.verdict]),
        ]
        share = each.share["words"] if each.share else ""
        rows.append([*head, *counts, share, why, each.mark.value, each.source])
    return sheets.as_csv("quyet-dinh-cua-cong-dong", rows)


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
        **frame_of(visit, place),
        **form(sent | {"uid": sent.get("uid") or str(visit.uid())}, faults),
        **choices(visit),
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


@for_officers
def enter_decision(visit: Visit, place_id: int) -> HttpResponse:
    """A decision from before the system, as its papers tell it; what they do not tell stays unknown."""
    place = territory.latest(place_id)
    names = ("kind", "subject", "decided_on", "passed", "statement", "amount", "form", "source", "uid")
    sent = dict.fromkeys(names, "") | {"form": "resolution", "passed": "unknown"}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {name: typed.text(name) for name in names}
        try:
            day, amount = typed.day("decided_on", needed=True), typed.whole("amount")
            typed.check()
            assert day is not None  # checked
            actions.enter_on_record(
                by=visit.by,
                at=visit.now,
                place_id=place_id,
                kind=sent["kind"],
                subject=sent["subject"],
                decided_on=day,
                passed={"met": True, "not_met": False}.get(sent["passed"]),
                statement=sent["statement"],
                amount_dong=amount,
                form=sent["form"],
                source=sent["source"],
                uid=typed.uid(),
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi quyết định theo giấy tờ."))
            return redirect("office:meetings", place_id=place_id)
    context = {
        **frame_of(visit, place),
        **form(sent | {"uid": sent["uid"] or str(visit.uid())}, faults),
        **choices(visit),
        "outcomes": [(each.value, words) for each, words in OUTCOMES.items()],
        "refusal": visit.refusal("community.hold_meeting", place_id),
    }
    return visit.page("office/community/enter_decision.html", context, 422 if faults else 200)


# ── One meeting ───────────────────────────────────────────────────────────────


@for_officers
def meeting(visit: Visit, meeting_id: int) -> HttpResponse:
    """A meeting on one page: the call, who came, what was voted, ballots, signatories, papers, photos."""
    return _page(visit, meeting_id)


@for_officers
def change(visit: Visit, meeting_id: int) -> HttpResponse:
    """Mend when, where and over how many households, and the notes for the minutes."""
    shown = seen(visit, meeting_id)
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
    context = {**page_of(visit, shown), **form(sent, faults), **choices(visit), "known": known}
    return visit.page("office/community/change_meeting.html", context, 422 if faults else 200)


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
    shown = seen(visit, meeting_id)
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
    shown = seen(visit, meeting_id)
    notice: NoticeView = queries.notice(shown.uid)
    key = ("meeting", str(shown.uid))
    made = queries.decisions([each.decision_id for each in shown.items if each.decision_id])
    link = public_link(visit.request, shown.uid)
    place = territory.latest(shown.place_id)
    empty = dict.fromkeys(("kind", "item", "proposal", "amount"), "")
    context = {
        **page_of(visit, shown),
        **form(empty | (sent or {}) | {"uid": str(visit.uid())}, faults),
        **choices(visit),
        "items": [
            {
                "item": each,
                "matter": matter_name(visit, each.kind),
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


def _qr(link: str) -> str:
    return mark_safe(segno.make(link, error="m").svg_inline(scale=4, border=2))

"""Screens of holding a meeting: the roll, votes, the ledger of ballots, who signs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.community.meetings import actions, ballots, queries
from chungtay.community.meetings.rules import democracy
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community.meeting_pages import WAYS, page_of, seen, seen_item
from chungtay.office.community.typed import Typed, form
from rulebook.democracy import Way


@for_officers
def roll(visit: Visit, meeting_id: int) -> HttpResponse:
    """Ticking the households that are represented; or their number alone, where there is no list."""
    shown = seen(visit, meeting_id)
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
    shown = seen(visit, meeting_id)
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
    shown = seen(visit, meeting_id)
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

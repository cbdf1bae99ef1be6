"""The list of drafts, and one draft: its tree, what is wrong, moving and taking out, history, files."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk.common import BEGUN_AS, LEVELS, STATUSES, draft_for, page, save, seen_of, told
from chungtay.office.desk.links import linked
from chungtay.people.policies import may_act_for
from chungtay.standards.desk import actions, carrying, checks, editing
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.checks import FigureRow
from chungtay.standards.desk.compiling import Compiled
from chungtay.standards.desk.content import Plain, fields, items, text_of
from chungtay.standards.desk.editing import CONDITIONS, head_of
from chungtay.standards.desk.queries import DraftView
from rulebook.describing import in_one_line


@for_officers
def drafts_list(visit: Visit) -> HttpResponse:
    """The drafts of one's own office."""
    rows = [
        {"line": line, "begun_as": BEGUN_AS.get(line.begun_as, line.begun_as)}
        for line in desk.drafts(visit.by)
    ]
    mine = [visit.by.place_id] if visit.by.place_id else []
    may = any(may_act_for(visit.by, "standards.draft", place) for place in (*mine, None))
    return visit.page("office/desk/drafts.html", {"rows": rows, "may_begin": may})


@for_officers
def draft(visit: Visit, draft_id: int) -> HttpResponse:
    """One draft."""
    view = draft_for(visit, draft_id)
    return _page(visit, view, [])


def _page(visit: Visit, view: DraftView, faults: list[Fault], status: int = 200) -> HttpResponse:
    compiled = desk.compiled(view)
    rows = checks.figure_rows(view, visit.by)
    revisions = desk.history(view.id)
    return page(
        visit,
        view,
        "draft",
        {
            "faults": faults,
            "problems": linked(view, compiled),
            "head": _head(view, visit.language),
            "groups": _tree(view, compiled, rows, visit.language) if view.kind == "standard" else [],
            "fills": _fills(view) if view.kind == "overlay" else [],
            "figures": len(rows),
            "compared": sum(row.is_compared for row in rows),
            "disputed": [row for row in rows if row.state == checks.DISPUTED],
            "last": revisions[0],
            "may_undo": (revisions[0].restored or revisions[0].number) > 1,
            "measures": [text_of(fields(each).get("name")) for each in view.content["measures"]],
        },
        status,
    )


def _head(view: DraftView, language: str) -> Plain:
    head = head_of(view.content)
    numbers = {fields(each).get("id"): fields(each).get("number") for each in view.content["instruments"]}
    days = fields(head.get("in_force"))
    return {
        "code": head.get("standard") or head.get("overlay"),
        "version": head.get("version"),
        "level": LEVELS.get(str(head.get("level")), head.get("level", "")),
        "status": STATUSES.get(str(head.get("status")), head.get("status", "")),
        "period": fields(head.get("period")),
        "from": days.get("from"),
        "to": days.get("to"),
        "instruments": [
            numbers.get(fields(each).get("id"), fields(each).get("id"))
            for each in items(head.get("instruments"))
        ],
    }


def _tree(view: DraftView, compiled: Compiled, rows: list[FigureRow], language: str) -> list[Plain]:
    """The criteria under their groups, in legal order; conditions first where there are any."""
    head = head_of(view.content)
    names = {
        str(fields(each).get("code")): text_of(fields(each).get("name")) for each in items(head.get("groups"))
    }
    found: list[Plain] = []
    conditions = items(head.get("prerequisites"))
    if conditions:
        leaves = [_leaf(fields(each), compiled, rows, language) for each in conditions]
        one = {"number": CONDITIONS, "name": "", "leaves": leaves, "unlisted": ""}
        found.append({"code": CONDITIONS, "name": _("Điều kiện trước"), "criteria": [one]})
    for each in items(view.content["criteria"]):
        own = fields(each)
        group = str(own.get("group", ""))
        if not found or found[-1]["code"] != group:
            found.append({"code": group, "name": names.get(group, group), "criteria": []})
        found[-1]["criteria"].append(
            {
                "number": str(own.get("criterion", "")),
                "name": text_of(own.get("name")),
                "unlisted": own.get("unlisted", ""),
                "leaves": [
                    _leaf(fields(one), compiled, rows, language) for one in items(own.get("indicators"))
                ],
            }
        )
    return found


def _leaf(own: Plain, compiled: Compiled, rows: list[FigureRow], language: str) -> Plain:
    code = str(own.get("code", ""))
    here = [row for row in rows if row.figure.indicator == code]
    words = ""
    if compiled.standard is not None:
        try:
            rule = compiled.standard.indicator(code).rule
            words = in_one_line(rule, compiled.book.names).in_(language)
        except KeyError:
            words = ""
    return {
        "code": code,
        "text": text_of(own.get("text")),
        "words": words,
        "figures": len(here),
        "compared": sum(row.is_compared for row in here),
        "disputed": any(row.state == checks.DISPUTED for row in here),
    }


def _fills(view: DraftView) -> list[Plain]:
    return [fields(each) for each in items(head_of(view.content).get("fills"))]


@for_officers
def change(visit: Visit, draft_id: int) -> HttpResponse:
    """One button of the tree: "up:criterion:4", "remove:indicator:4.2", "undo", "drop", "take_up", "restore:3"."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    view = draft_for(visit, draft_id)
    deed, _colon, rest = visit.request.POST.get("do", "").partition(":")
    kind, _colon, key = rest.partition(":")
    try:
        _do(visit, view, deed, kind, key)
    except Refusal as refused:
        faults, status, _seen = told(refused, view)
        return _page(visit, draft_for(visit, draft_id), faults, status)
    return redirect(f"/soan-luat/{view.id}/" + (f"#{kind}-{key}" if deed in ("up", "down") else ""))


def _do(visit: Visit, view: DraftView, deed: str, kind: str, key: str) -> None:
    by, at, seen = visit.by, visit.now, seen_of(visit)
    if deed in ("up", "down") and kind in ("criterion", "indicator"):
        # A place in a list is told by the code, so edits elsewhere do no harm.
        save(visit, view, editing.move(kind, key, -1 if deed == "up" else 1), lambda content: None)
    elif deed == "remove" and kind in ("criterion", "indicator", "group", "measure"):
        find = {"criterion": editing.criterion_of, "indicator": editing.indicator_of}.get(kind)
        save(visit, view, editing.remove(kind, key), lambda content: find(content, key) if find else None)
    elif deed == "undo":
        actions.undo(by=by, at=at, draft_id=view.id, seen=seen)
    elif deed == "restore" and kind.isdecimal() and len(kind) < 9:
        actions.restore(by=by, at=at, draft_id=view.id, number=int(kind), seen=seen)
        messages.success(visit.request, _("Đã trở lại nội dung của lần sửa %(n)s.") % {"n": kind})
    elif deed == "drop":
        actions.drop(by=by, at=at, draft_id=view.id)
        messages.success(visit.request, _("Đã bỏ dự thảo. Nội dung vẫn còn, có thể lấy lại."))
    elif deed == "take_up":
        actions.take_up(by=by, at=at, draft_id=view.id)
    else:
        raise Refusal(_("Không có việc này. Hãy mở lại trang dự thảo."))


@for_officers
def history(visit: Visit, draft_id: int) -> HttpResponse:
    """Every revision: who, when, what; one of them as it was; going back to it."""
    view = draft_for(visit, draft_id)
    return page(visit, view, "history", {"revisions": desk.history(draft_id)})


@for_officers
def export(visit: Visit, draft_id: int) -> HttpResponse:
    """The draft as the YAML files of law/."""
    name, data = carrying.export_draft(draft_for(visit, draft_id))
    return attachment(name, data, "application/zip")


def attachment(name: str, data: bytes, kind: str) -> HttpResponse:
    """A file to be saved, never shown in the page's own place."""
    answer = HttpResponse(data, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) or "tep"
    answer["Content-Disposition"] = f'attachment; filename="{plain}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@for_officers
def upload(visit: Visit, draft_id: int) -> HttpResponse:
    """A file in place of all the contents, or one criterion into them."""
    view = draft_for(visit, draft_id)
    faults: list[Fault] = []
    status = 200
    if visit.request.method == "POST":
        try:
            _upload(visit, view)
            return redirect("office:draft", draft_id=draft_id)
        except Refusal as refused:
            faults, status, _seen = told(refused, view)
    return page(visit, draft_for(visit, draft_id), "upload", {"faults": faults}, status)


def _upload(visit: Visit, view: DraftView) -> None:
    name, data = sent_file(visit)
    if visit.request.POST.get("as") == "criterion":
        content = carrying.add_upload(view.content, name, data)
    else:
        kind, content = carrying.read_upload(name, data)
        if kind != view.kind:
            raise Refusal(
                Fault(_("Tệp này là loại khác với dự thảo. Hãy bắt đầu một dự thảo mới từ tệp."), "file")
            )
    deed = _("nhập tệp %(name)s") % {"name": name}
    actions.replace_content(
        by=visit.by, at=visit.now, draft_id=view.id, content=content, seen=seen_of(visit), deed=deed
    )
    messages.success(visit.request, _("Đã nhập tệp. Hãy xem lại những chỗ cần sửa bên dưới."))


def sent_file(visit: Visit, most: int = carrying.MAX_BYTES) -> tuple[str, bytes]:
    """The name and bytes of the uploaded file, read only when it is not too large."""
    file: Any = visit.request.FILES.get("file")
    if file is None:
        raise Refusal(Fault(_("Chưa chọn tệp."), "file"))
    if file.size > most:
        raise Refusal(Fault(_("Tệp quá lớn (hơn %(mb)s MB).") % {"mb": most // 1_000_000}, "file"))
    return str(file.name), file.read()

"""Giving a post, to somebody new or known, and changing from when to when it is held."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.accounts import given_page
from chungtay.office.answers import Visit, for_posts
from chungtay.people import actions, appointing, holdings
from chungtay.people import queries as people
from chungtay.people.policies import check_acts_for
from chungtay.people.roles import ROLES
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from viet.dates import DateProblem, format_day, parse_day

_NAMES = (
    *("role", "place", "sector", "valid_from", "valid_to", "who"),
    *("username", "display_name", "phone", "email", "way"),
)


@never_cache
@for_posts
def appoint(visit: Visit) -> HttpResponse:
    """The form, and giving the post; somebody new also gets a first way in, shown once."""
    check_acts_for(visit.by, appointing.PERMISSION, visit.by.place_id)
    faults: tuple[Fault, ...] = ()
    sent = _first_values(visit)
    if visit.request.method == "POST":
        sent |= {name: visit.request.POST.get(name, "").strip()[:200] for name in _NAMES}
        try:
            user, password = _appoint(visit, sent)
        except NotPermitted as refused:
            faults = refused.faults
        except Refusal as refused:
            faults = refused.faults
        else:
            if sent["who"] == "new":
                return given_page(visit, user, sent["way"], password)
            messages.success(visit.request, _("Đã giao chức danh."))
            return redirect("office:account", user_id=user.pk)
    context = {
        "sent": sent,
        "faults": faults,
        "wrong": {name: [f.sentence for f in faults if f.field == name] for name in _NAMES},
        "roles": [("", _("— chưa chọn")), *_role_choices(visit)],
        "sectors": [("", _("mọi lĩnh vực")), *standards.sectors().items()],
        "ways": [
            ("loi-moi", _("Lời mời (liên kết)")),
            ("the", _("Thẻ QR in ra")),
            ("mat-khau", _("Mật khẩu đọc cho")),
        ],
        "known": [("new", _("Người chưa có tài khoản")), ("known", _("Người đã có tài khoản"))],
    }
    return visit.page("office/appoint.html", context, 422 if faults else 200)


def _role_choices(visit: Visit) -> list[tuple[str, str]]:
    return [(role.code.value, str(role.code.label)) for role in appointing.appointable(visit.by)]


def _first_values(visit: Visit) -> dict[str, str]:
    asked = visit.request.GET.get("noi", "")
    here = int(asked) if asked.isdecimal() and len(asked) < 19 else visit.by.place_id
    place = territory.latest(here).full_address if here is not None else ""
    username = visit.request.GET.get("ten", "")[:60]
    return dict.fromkeys(_NAMES, "") | {
        "place": place,
        "valid_from": format_day(visit.today),
        "who": "known" if username else "new",
        "username": username,
        "way": "loi-moi",
    }


def _appoint(visit: Visit, sent: dict[str, str]) -> tuple[Any, str]:
    """The account and, for a new one, its password. Everything or nothing."""
    faults: list[Fault] = []
    role = next((role for role in ROLES.values() if role.code == sent["role"]), None)
    if role is None:
        faults.append(Fault(_("Hãy chọn chức danh."), "role"))
    start = _day(sent["valid_from"], "valid_from", faults)
    end = _day(sent["valid_to"], "valid_to", faults)
    if start is None and not sent["valid_from"]:
        faults.append(Fault(_("Hãy ghi ngày bắt đầu giữ chức danh."), "valid_from"))
    place_id = _place(visit, sent["place"], faults)
    if not sent["username"]:
        faults.append(Fault(_("Hãy ghi tên đăng nhập."), "username"))
    if sent["who"] == "new" and not sent["display_name"]:
        faults.append(Fault(_("Hãy ghi họ và tên."), "display_name"))
    if sent["who"] == "new" and sent["way"] not in ("loi-moi", "the", "mat-khau"):
        faults.append(Fault(_("Hãy chọn cách vào lần đầu."), "way"))
    if faults or role is None or start is None:
        raise Refusal(*faults)
    with transaction.atomic():
        user, password = _user(visit, sent, place_id)
        actions.grant_post(
            user=user,
            role=role.code,
            place_id=place_id,
            valid_from=start,
            valid_to=end,
            sector="" if role.only_sector else sent["sector"],
            sector_name=standards.sectors("vi").get(sent["sector"], ""),
            by=visit.by,
            at=visit.now,
        )
    return user, password


def _user(visit: Visit, sent: dict[str, str], place_id: int | None) -> tuple[Any, str]:
    if sent["who"] == "new":
        made = actions.create_user(
            username=sent["username"],
            display_name=sent["display_name"],
            phone=sent["phone"],
            email=sent["email"],
            place_id=place_id,
            with_password=sent["way"] == "mat-khau",
            by=visit.by,
            at=visit.now,
        )
        return made.user, made.password
    user = people.user_named(people.username_of(sent["username"]))
    try:
        if user is None:
            raise NotFound
        appointing.check_looks_after(visit.by, user, visit.today)
    except NotFound:
        raise Refusal(Fault(appointing.no_such_account(), "username")) from None
    return user, ""


def _place(visit: Visit, text: str, faults: list[Fault]) -> int | None:
    """The place meant; none, for a post of the whole country, only from somebody who holds one."""
    if not text:
        if visit.by.place_id is not None:
            faults.append(Fault(_("Hãy ghi nơi giữ chức danh."), "place"))
        return None
    try:
        return territory.resolve(text).id
    except Refusal as refused:
        faults.extend(Fault(str(fault), "place") for fault in refused.faults)
        return None


def _day(text: str, field: str, faults: list[Fault]) -> date | None:
    try:
        return parse_day(text) if text else None
    except DateProblem as problem:
        faults.append(Fault(str(problem), field))
        return None


@for_posts
def change_post(visit: Visit, post_id: int) -> HttpResponse:
    """From when to when a post is held; giving the last day ends it."""
    post = holdings.post_of(visit.by, post_id)
    sent = {
        "valid_from": format_day(post.valid_from),
        "valid_to": format_day(post.valid_to) if post.valid_to else "",
    }
    faults: list[Fault] = []
    if visit.request.method == "POST":
        sent = {name: visit.request.POST.get(name, "").strip()[:40] for name in sent}
        start, end = (_day(sent[name], name, faults) for name in sent)
        if start is None and not sent["valid_from"]:
            faults.append(Fault(_("Hãy ghi ngày bắt đầu giữ chức danh."), "valid_from"))
        if start is not None and not faults:
            try:
                actions.change_days(
                    post_id=post_id, valid_from=start, valid_to=end, by=visit.by, at=visit.now
                )
            except NotPermitted:
                raise
            except Refusal as refused:
                faults = list(refused.faults)
            else:
                messages.success(visit.request, _("Đã lưu ngày giữ chức danh."))
                return redirect("office:account", user_id=post.user_id)
    wrong = {name: [f.sentence for f in faults if f.field == name] for name in sent}
    context = {"held": post, "sent": sent, "faults": faults, "wrong": wrong}
    return visit.page("office/change_post.html", context, 422 if faults else 200)

"""The room of posts and accounts: who holds what at and below my place, and looking after an account."""

from functools import partial
from typing import Any

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office import sheets
from chungtay.office.answers import Visit, for_posts, refusal_of
from chungtay.people import actions, appointing, holdings, passes, resting, second_step
from chungtay.people.holdings import STATES, Account, Search
from chungtay.people.passes import PassKind
from chungtay.people.roles import ROLES, label_in_words
from viet.dates import format_day

PER_PAGE = 50


@for_posts
def posts(visit: Visit) -> HttpResponse:
    """The list: filtered, counted, paged."""
    asked = _asked(visit)
    page = Paginator(holdings.holdings(visit.by, asked, visit.today), PER_PAGE).get_page(
        visit.request.GET.get("trang")
    )
    may_appoint = not visit.refusal(appointing.PERMISSION, visit.by.place_id)
    return visit.page(
        "office/posts.html",
        {
            "page": page,
            "rows": [{"post": post, "state": STATES[holdings.state_of(post, visit.today)]} for post in page],
            "asked": asked,
            "roles": [
                ("", _("mọi chức danh")),
                *((role.code.value, role.code.label) for role in ROLES.values()),
            ],
            "states": [("", _("mọi tình trạng")), *STATES.items()],
            "query": visit.request.GET.urlencode(),
            "may_appoint": may_appoint,
            "idle": holdings.accounts_without_post(visit.by, visit.today) if may_appoint else (),
        },
    )


@for_posts
def posts_sheet(visit: Visit) -> HttpResponse:
    """What the filters found, all pages, as CSV."""
    found = holdings.holdings(visit.by, _asked(visit), visit.today)
    heads = (
        _("Chức danh"),
        _("Người giữ"),
        _("Tên đăng nhập"),
        _("Từ ngày"),
        _("Đến trước ngày"),
        _("Tình trạng"),
    )
    rows = [[*heads]]
    for post in found.iterator():
        until = format_day(post.valid_to) if post.valid_to else ""
        state = str(STATES[holdings.state_of(post, visit.today)])
        cells = [label_in_words(post.label), post.user.display_name, post.user.username]
        rows.append([*cells, format_day(post.valid_from), until, state])
    return sheets.as_csv("chuc-danh", rows)


def _asked(visit: Visit) -> Search:
    get = visit.request.GET
    text, role, state = (get.get(name, "").replace("\0", " ").strip()[:100] for name in ("tim", "vai", "tt"))
    return Search(text=text, role=role, state=state)


@for_posts
def account(visit: Visit, user_id: int) -> HttpResponse:
    """One account: its posts, its ways in, and what its office may do about them."""
    held = holdings.account_of(visit.by, user_id, visit.now)
    return _account_page(visit, held, (), _contacts_of(held))


@require_POST
@for_posts
def contacts(visit: Visit, user_id: int) -> HttpResponse:
    """Mend the name, telephone and e-mail."""
    held = holdings.account_of(visit.by, user_id, visit.now)
    sent = {name: visit.request.POST.get(name, "").strip() for name in ("display_name", "phone", "email")}
    try:
        actions.change_contacts(user=held.user, by=visit.by, at=visit.now, **sent)
    except NotPermitted:
        raise
    except Refusal as refused:
        return _account_page(visit, held, refused.faults, sent)
    messages.success(visit.request, _("Đã lưu."))
    return redirect("office:account", user_id=user_id)


def _contacts_of(held: Account) -> dict[str, str]:
    return {
        "display_name": held.user.display_name,
        "phone": held.user.phone or "",
        "email": held.user.email,
    }


def _account_page(
    visit: Visit, held: Account, faults: tuple[Fault, ...], sent: dict[str, str]
) -> HttpResponse:
    rows = [{"post": post, "refusal": _change_refusal(visit, post, held)} for post in held.posts]
    context = {
        "account": held,
        "rows": rows,
        "sent": sent if not held.refusal else {},
        "faults": faults,
        "wrong": {name: [f.sentence for f in faults if f.field == name] for name in sent},
    }
    return visit.page("office/account.html", context, 422 if faults else 200)


def _change_refusal(visit: Visit, post: Any, held: Account) -> str:
    role = ROLES.get(post.role)
    if role is None or held.refusal:
        return held.refusal or " "
    return refusal_of(partial(appointing.check_may_appoint, visit.by, role, post.place_id))


@require_POST
@for_posts
def deed(visit: Visit, user_id: int) -> HttpResponse:
    """What an office does about an account without giving anything out."""
    user = holdings.account_of(visit.by, user_id, visit.now).user
    asked = visit.request.POST.get("viec", "")
    known = {
        "khoa": (actions.lock_user, _("Đã khoá tài khoản; nơi đang mở đã đăng xuất.")),
        "mo": (actions.unlock_user, _("Đã mở khoá tài khoản.")),
        "danh-thuc": (resting.wake, _("Đã cho đăng nhập lại ngay.")),
        "thu-hoi": (passes.revoke_passes, _("Đã thu hồi thẻ và lời mời chưa dùng.")),
        "bo-buoc-hai": (second_step.clear_second_step, _("Đã bỏ xác minh hai bước của tài khoản này.")),
    }
    if asked not in known:
        raise Refusal(_("Không có việc này. Hãy tải lại trang rồi thử lại."))
    do, said = known[asked]
    do(user=user, by=visit.by, at=visit.now)
    messages.success(visit.request, said)
    return redirect("office:account", user_id=user_id)


@require_POST
@never_cache
@for_posts
def give(visit: Visit, user_id: int) -> HttpResponse:
    """Give out a password, an invitation or a card: shown this once, to be printed or read out."""
    user = holdings.account_of(visit.by, user_id, visit.now).user
    return given_page(visit, user, visit.request.POST.get("cach", ""))


def given_page(visit: Visit, user: Any, way: str, password: str = "") -> HttpResponse:
    """The page that shows a secret once. way: mat-khau, loi-moi or the. password: one made just now, if any."""
    context: dict[str, Any] = {"owner": user, "way": way}
    if way == "mat-khau":
        context["password"] = password or actions.set_password(user=user, by=visit.by, at=visit.now)
        return visit.page("office/given.html", context)
    kinds = {"the": (PassKind.CARD, "card"), "loi-moi": (PassKind.INVITATION, "invitation")}
    if way not in kinds:
        raise Refusal(_("Hãy chọn cách vào lần đầu: mật khẩu, lời mời hay thẻ QR."))
    kind, name = kinds[way]
    made = passes.make_pass(user=user, kind=kind, by=visit.by, at=visit.now)
    address = visit.request.build_absolute_uri(reverse(name, args=[made.secret]))
    code = segno.make(address, error="m")
    drawn = code.svg_inline(scale=5, border=2, title=_("Mã QR để đăng nhập"), omitsize=True)
    context |= {
        "address": address,
        "qr": mark_safe(drawn),  # drawn by the library from our own address
        "expires": made.row.expires,
        "posts": [post.label for post in holdings.account_of(visit.by, user.pk, visit.now).posts],
    }
    return visit.page("office/given.html", context)

"""The doors: a locked one, a one-time card or invitation, one's own account, changing the post one acts as."""

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from requests import RequestException

from chungtay.core.refusals import Fault, Refusal
from chungtay.office import answers, letters
from chungtay.office.answers import Visit, from_any_page, status_of
from chungtay.people import passes, resting
from chungtay.people import queries as people
from chungtay.people.door_forms import SignInForm
from chungtay.people.passes import PassKind
from chungtay.people.roles import label_in_words
from chungtay.people.second_step import asks_second_step, second_steps

TOO_MANY = 429
TOLD_FOR = timedelta(days=30)  # how long after its end a post is still told of on one's own page


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """The page to sign in, for a name that was tried too often: for how long the door stays shut, and who opens it."""
    username = people.username_of(str((credentials or {}).get("username") or ""))
    now = timezone.now()
    until = resting.rests_until(username, now) or now + settings.AXES_COOLOFF_TIME
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    sentence = _(
        "Đã nhập sai mật khẩu %(limit)s lần nên tài khoản này tạm khoá %(minutes)s phút, đến %(until)s. Nếu cần vào "
        "ngay, hãy nhờ nơi đã giao chức danh mở khoá."
    ) % {
        "limit": settings.AXES_FAILURE_LIMIT,
        "minutes": minutes,
        "until": f"{timezone.localtime(until):%H:%M}",
    }
    form = SignInForm(request=request)
    context = {"locked": sentence, "typed": request.POST.get("login", ""), "form": form}
    return render(request, "account/login.html", context, status=TOO_MANY)


@never_cache
def card(request: HttpRequest, secret: str) -> HttpResponse:
    """A QR card: looking at its address uses nothing up, pressing the button signs in, once."""
    if request.method != "POST":
        return _shown(request, secret, PassKind.CARD)
    try:
        user = passes.use_pass(secret=secret, kind=PassKind.CARD, at=timezone.now())
    except Refusal as refused:
        return _refused(request, refused)
    return _enter(request, user)


@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """An invitation: its owner chooses a password, and is in."""
    if request.method != "POST":
        return _shown(request, secret, PassKind.INVITATION)
    try:
        row = passes.pass_of(secret, PassKind.INVITATION, timezone.now())
        password, again = request.POST.get("password1", ""), request.POST.get("password2", "")
        faults = _faults_of_password(password, again, row.user)
        if faults:
            return _shown(request, secret, PassKind.INVITATION, faults)
        user = passes.use_pass(secret=secret, kind=PassKind.INVITATION, at=timezone.now(), password=password)
    except Refusal as refused:
        return _refused(request, refused)
    return _enter(request, user)


def _shown(request: HttpRequest, secret: str, kind: PassKind, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    try:
        row = passes.pass_of(secret, kind, timezone.now())
    except Refusal as refused:
        return _refused(request, refused)
    wrong = {fault.field: [fault.sentence] for fault in faults}
    page = {"owner": row.user, "kind": kind, "faults": faults, "wrong": wrong}
    return render(request, "office/pass.html", page, status=422 if faults else 200)


def _refused(request: HttpRequest, refused: Refusal) -> HttpResponse:
    page = {"faults": refused.faults, "at_the_door": True}
    return render(request, "office/pass_refused.html", page, status=status_of(refused))


def _enter(request: HttpRequest, user: Any) -> HttpResponse:
    """In by the library's own way, so that a second step is asked where one is set up."""
    if request.user.is_authenticated:
        request.session.flush()
    record_authentication(request, user, "pass")
    if not user.has_usable_password():
        messages.info(
            request, _("Hãy đặt mật khẩu ở trang “Tài khoản của tôi” để lần sau tự đăng nhập, không cần thẻ.")
        )
    answer: HttpResponse = perform_login(request, user, email_verification="none")
    return answer


def _faults_of_password(password: str, again: str, user: Any) -> tuple[Fault, ...]:
    if password != again:
        return (Fault(_("Hai lần nhập không giống nhau."), field="password2"),)
    try:
        validate_password(password, user)
    except ValidationError as error:
        return tuple(Fault(sentence, field="password1") for sentence in error.messages)
    return ()


def sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Out to a sign-on service; one that does not answer is told on a page."""
    try:
        answer: HttpResponse = openid.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=502)
    return answer


@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """One's own account: the posts held, and every way in."""
    today = timezone.localdate()
    held = people.posts_held(request.user, today)
    return render(
        request,
        "office/my_account.html",
        {
            "owner": request.user,
            "held": held,
            "ended": people.ended_posts(request.user, today, within=TOLD_FOR),
            "steps": second_steps(request.user),
            "demanded": asks_second_step(held),
            "letters": letters.letters_of(request.user),
        },
    )


@require_POST
@from_any_page
def act_as(visit: Visit) -> HttpResponse:
    """From now on act as another of one's own posts."""
    chosen = answers.act_as(visit, visit.request.POST.get("post", ""))
    messages.success(
        visit.request,
        _("Bạn đang làm việc với chức danh “%(post)s”.") % {"post": label_in_words(chosen.label)},
    )
    return redirect("office:home")

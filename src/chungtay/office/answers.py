"""How a view answers: who is asking and as what, and how a refusal becomes a page."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import problem_words
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.figures import talking
from chungtay.figures.policies import check_judging_day
from chungtay.office import opened
from chungtay.people import queries as people
from chungtay.people import roles
from chungtay.people.policies import check_acts_for, check_reads_data
from chungtay.people.queries import Standing
from chungtay.people.roles import permits
from chungtay.people.second_step import must_enrol
from chungtay.territory.queries import PlaceView
from viet.dates import DateProblem, format_day, parse_day

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
POST_KEY = "post"  # in the session: the post chosen to act as


class Visit:
    """One request by somebody holding a post: what they act as, when, in which language.

    posts: every post they hold, to switch among.
    """

    def __init__(self, request: HttpRequest, by: Actor, posts: Sequence[Actor] = ()) -> None:
        self.request = request
        self.by = by
        self.posts = posts
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        self.language = translation.get_language() or "vi"

    @property
    def may_write_law(self) -> bool:
        """Whether the law desk is for this post."""
        return roles.permits(self.by.role, "standards.draft")

    def day(self, name: str = "ngay") -> date | None:
        """The day asked for in the address; a Refusal when it is not one."""
        text = self.request.GET.get(name, "").strip()
        if not text:
            return None
        try:
            return parse_day(text)
        except DateProblem as problem:
            raise Refusal(problem_words(problem)) from None

    def judging_day(self) -> date | None:
        """The day asked for, when it is one to judge on."""
        day = self.day()
        if day is not None:
            check_judging_day(day, self.today)
        return day

    def uid(self) -> uuid.UUID:
        """A fresh id for a form, so that sending it twice is once."""
        return uuid.uuid4()

    @property
    def may_see_jobs(self) -> bool:
        """Whether the room of background jobs is in this post's navigation."""
        return roles.permits(self.by.role, "core.see_jobs")

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        return render(self.request, template, {"visit": self, **context}, status=status)

    @cached_property
    def unread(self) -> int:
        """How many notices this post has not seen; one query a page."""
        return talking.unread_of_any(self.by)

    @property
    def confirms(self) -> bool:
        """Whether the list of figures that wait to be confirmed is for this post."""
        return roles.permits(self.by.role, "figures.confirm")

    @property
    def sees_posts(self) -> bool:
        """Whether the room of posts and accounts is for this post."""
        return permits(self.by.role, "people.see_posts")

    @property
    def reads_data(self) -> bool:
        """Whether figures and what is made of them are for this post."""
        return not refusal_of(partial(check_reads_data, self.by))

    @property
    def reads_trail(self) -> bool:
        """Whether the trail of deeds is for this post."""
        return roles.permits(self.by.role, "core.read_audit")

    @property
    def settles_flags(self) -> bool:
        """Whether flags on evidence wait for this post."""
        return roles.permits(self.by.role, "evidence.settle")

    def refusal(self, permission: str, place_id: int | None) -> str:
        """The sentence for a button that is shut to this post, "" when it is open."""
        return refusal_of(partial(check_acts_for, self.by, permission, place_id))


def refusal_of(check: Callable[[], None]) -> str:
    """The sentence with which a check refuses, "" when it lets pass."""
    try:
        check()
    except Refusal as refused:
        return str(refused)
    return ""


def for_officers(
    view: Callable[Concatenate[Visit, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """A view for somebody signed in whose post reads figures. A refusal becomes a page that says the sentence."""

    @wraps(view)
    def reading(visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> R:
        check_reads_data(visit.by)
        return view(visit, *args, **kwargs)

    return for_posts(reading)


def for_posts(
    view: Callable[Concatenate[Visit, P], R],
    otherwise: Callable[Concatenate[HttpRequest, P], R | HttpResponse] | None = None,
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """A view for somebody signed in who holds any post, one that sees no figures included.

    otherwise: the view for whoever holds none; told so when there is no such view.
    """
    return _for_posts(view, heeding=True, otherwise=otherwise)


def from_any_page(
    view: Callable[Concatenate[Visit, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """As `for_posts`, also for what is sent from a page opened as another post: changing posts itself."""
    return _for_posts(view, heeding=False)


def _for_posts(
    view: Callable[Concatenate[Visit, P], R],
    *,
    heeding: bool,
    otherwise: Callable[Concatenate[HttpRequest, P], R | HttpResponse] | None = None,
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """heeding: the post as which the page was opened."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        wanted = opened.chosen(request)
        standing = people.standing_of(
            request.user, wanted or request.session.get(POST_KEY), timezone.localdate()
        )
        if standing.post is None:
            return otherwise(request, *args, **kwargs) if otherwise else _without_post(request)
        visit = Visit(request, standing.post, standing.held)
        if must_enrol(request.user, standing.held):
            messages.warning(
                request, _("Chức danh của bạn cần xác minh hai bước. Hãy bật rồi làm việc tiếp.")
            )
            return redirect("mfa_index")
        try:
            if standing.ended:
                _step_down(request, standing)
            if wanted is not None:
                act_as(visit, str(wanted))
            if heeding and opened.opened_as_another(visit):
                return opened.ask(visit)
            return view(visit, *args, **kwargs)
        except Refusal as refused:
            return refuse(visit, refused)

    return login_required(answer)


def _without_post(request: HttpRequest) -> HttpResponse:
    """A citizen is welcomed at the door of the office; its rooms, and whoever's post is over, are told why not."""
    ended = people.ended_posts(request.user, timezone.localdate())
    welcome = not ended and request.path == reverse("office:home")
    return render(request, "office/no_post.html", {"ended": ended}, status=200 if welcome else 403)


def act_as(visit: Visit, post_id: str) -> Actor:
    """From now on this session acts as another of one's own posts."""
    post = next((each for each in visit.posts if str(each.actor_id) == post_id), None)
    if post is None:
        raise Refusal(_("Bạn không giữ, hoặc không còn giữ, chức danh này. Hãy chọn chức danh khác."))
    visit.request.session[POST_KEY] = post.actor_id
    return post


def _step_down(request: HttpRequest, standing: Standing) -> None:
    """The chosen post is over: say so and go on as the next. A deed sent as the old one is not done as another."""
    assert standing.ended is not None and standing.post is not None
    request.session[POST_KEY] = standing.post.pk
    told = {
        "old": roles.label_in_words(standing.ended.label),
        "day": format_day(standing.ended.valid_to) if standing.ended.valid_to else "",
        "new": roles.label_in_words(standing.post.label),
    }
    if request.method not in ("GET", "HEAD"):
        raise NotPermitted(
            _(
                "Bạn thôi giữ chức danh “%(old)s” từ ngày %(day)s nên việc vừa gửi chưa được làm. Nay bạn đang làm "
                "việc với chức danh “%(new)s”. Nếu vẫn muốn làm, hãy quay lại trang trước và gửi lại."
            )
            % told
        )
    messages.warning(
        request,
        _("Bạn thôi giữ chức danh “%(old)s” từ ngày %(day)s. Nay bạn đang làm việc với chức danh “%(new)s”.")
        % told,
    )


def day_in_life(place: PlaceView, today: date) -> date:
    """Today, or the last day of a place that is no more."""
    return last_day_by(place.ended, today)


def last_day_by(ended: date | None, today: date) -> date:
    """Today, or the last day of what ended by then."""
    return ended - timedelta(days=1) if ended and ended <= today else today


def status_of(refused: Refusal) -> int:
    """404 for what is not there, 403 for what is not allowed, 422 for the rest."""
    return {NotFound: 404, NotPermitted: 403}.get(type(refused), 422)


def refuse(visit: Visit, refused: Refusal) -> HttpResponse:
    """The page of a refusal: its sentences and the way back."""
    status = status_of(refused)
    return visit.page("office/refused.html", {"faults": refused.faults, "status": status}, status)

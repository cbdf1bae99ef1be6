"""A page opened as one post and sent after changing to another, in a second tab, is not done as the new post.

Every form of a page carries the post it was opened as (`templatetags/opened_as.py`, by `{% csrf_token %}`). Where that
is not the post now acting, nothing is done: what was typed comes back with the question as which of the two to go on.
"""

from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chungtay.people.roles import label_in_words

if TYPE_CHECKING:
    from chungtay.office.answers import Visit

OPENED_AS: Final = "mo_voi"  # the field of a form that says as which post its page was opened
GO_ON_AS: Final = "lam_voi"  # sent by the question's answer: the post chosen to go on as
CONFLICT: Final = 409
_ASKED_ANEW: Final = {"csrfmiddlewaretoken", OPENED_AS, GO_ON_AS}
_NOT_TYPED: Final = _ASKED_ANEW | {"viec", "seen", "shown", "uid", "ky", "tc", "trang", "noi"}


def chosen(request: HttpRequest) -> int | None:
    """The post that the answer to the question chose, if this is one."""
    return _number(request.POST.get(GO_ON_AS, "")) if request.method == "POST" else None


def opened_as_another(visit: "Visit") -> bool:
    """Whether what is sent comes from a page opened as another post than the one that acts now."""
    if visit.request.method != "POST" or GO_ON_AS in visit.request.POST:
        return False
    opened = visit.request.POST.get(OPENED_AS, "")
    return bool(opened) and opened != str(visit.by.actor_id)


def ask(visit: "Visit") -> HttpResponse:
    """The question as which post to go on, with everything that was sent; a sentence alone to scripts."""
    request = visit.request
    opened = next((each for each in visit.posts if str(each.actor_id) == request.POST[OPENED_AS]), None)
    told = {
        "opened": label_in_words(opened.label) if opened else _("khác"),
        "now": label_in_words(visit.by.label),
    }
    sentence = (
        _(
            "Trang này mở khi bạn làm việc với chức danh “%(opened)s”, còn nay bạn đang làm việc với “%(now)s” (đã đổi "
            "ở một trang khác). Việc vừa gửi chưa được làm; những gì bạn nhập vẫn còn đây."
        )
        % told
    )
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"state": "refused", "sentence": sentence}, status=CONFLICT)
    if "HX-Request" in request.headers:
        answer = render(
            request, "office/opened_as_another_part.html", {"sentence": sentence}, status=CONFLICT
        )
        answer["HX-Retarget"], answer["HX-Reswap"] = "#chuc-danh-khac", "innerHTML"
        answer["HX-Reselect"] = ".notice"
        return answer
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "sentence": sentence,
        "opened": opened,
        "kept": [(name, value) for name, value in sent if name not in _ASKED_ANEW],
        "typed": [value for name, value in sent if value.strip() and name not in _NOT_TYPED],
        "files": bool(request.FILES),
        "go_on_as": GO_ON_AS,
    }
    return visit.page("office/opened_as_another.html", context, CONFLICT)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None

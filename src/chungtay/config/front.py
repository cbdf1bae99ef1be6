"""Who arrives at the root: an officer at the office, everybody else at the page of the country.

A visitor without a session is not asked who they are, so that the page they get can be kept for the next.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from chungtay.office.places import home
from chungtay.portal.front import nation
from chungtay.ui import languages
from chungtay.ui.middleware import officers_page


def front(request: HttpRequest) -> HttpResponseBase:
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    if is_known and (language := languages.named_by(request)):
        return officers_page(request, language)
    return home(request) if is_known else nation(request)

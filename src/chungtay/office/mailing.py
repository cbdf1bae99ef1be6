"""The digest as a letter: counts, names of measures and places, and links. Never a value, a reason or a person."""

from collections.abc import Callable
from datetime import date, datetime
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import day_words
from chungtay.figures.digests import Digest, digest_of
from chungtay.figures.waiting import MANY
from chungtay.office import present, rooms_waiting
from chungtay.people import mailing
from chungtay.people import queries as people
from chungtay.people.roles import ROLES, RoleCode

NAMED = 5  # late places named under one period


def send_digests(*, at: datetime, say: Callable[[int], None]) -> None:
    """Send what is due on the day of `at`, letter by letter. `say` gets how many are done with.

    A letter is put down before it is sent: whatever breaks off, a second run leaves it out. An address that the server
    refuses is noted and the next one is tried; any other error ends the run, to be tried again for the rest.
    """
    if not settings.MAIL_IS_SENT:
        return
    day = timezone.localdate(at)
    with translation.override(settings.LANGUAGE_CODE):
        for done, user in enumerate(mailing.due(day), 1):
            if message := letter_to(user, at):
                with (
                    get_connection() as line
                ):  # one a letter: servers end those that last; open before it is put down
                    if letter := mailing.begin(user=user, day=day):
                        _send(line, message, letter)
            say(done)


def _send(line: Any, message: EmailMultiAlternatives, letter: Any) -> None:
    try:
        line.send_messages([message])
    except SMTPRecipientsRefused as refused:
        mailing.ended(letter=letter, refused=next(iter(refused.recipients.values()))[0])
    except SMTPResponseException as refused:
        mailing.ended(letter=letter, refused=refused.smtp_code)
    else:
        mailing.ended(letter=letter, sent_at=timezone.now())


def letter_to(user: Any, at: datetime) -> EmailMultiAlternatives | None:
    """The letter of a morning, None when nothing waits for any of the person's posts."""
    day = timezone.localdate(at)
    found = [
        (post, [*_lines(digest_of(post, day)), *_rooms(post, at, day)])
        for post in people.posts_held(user, day)
        if post.role in ROLES and ROLES[RoleCode(post.role)].reads_data
    ]
    parts = [{"post": post.label, "lines": lines} for post, lines in found if lines]
    if not parts:
        return None
    stop = _link("stop_letters", mailing.stop_secret(user))
    context = {"parts": parts, "day": day, "account": _link("my_account"), "stop": stop}
    return _message(user.email, _("Việc ở Chung Tay ngày %(day)s") % {"day": day_words(day)}, context)


def _message(address: str, subject: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject,
        render_to_string("office/letters/digest.txt", context),
        to=[address],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{context['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(render_to_string("office/letters/digest.html", context), "text/html")
    return message


def _lines(digest: Digest) -> list[dict[str, str]]:
    """Each line with its words and where it leads."""
    found: list[dict[str, str]] = []
    if digest.to_confirm:
        more = digest.to_confirm > MANY
        words = _("Chờ xác nhận: hơn %(n)s số liệu") if more else _("Chờ xác nhận: %(n)s số liệu")
        told = words % {"n": min(digest.to_confirm, MANY)}
        found.append({"words": told, "href": _link("office:to_confirm")})
    for figure, place in digest.returned:
        told = _("Bị trả lại: %(name)s, %(place)s, kỳ %(period)s") % {
            "name": figure.measure.name.in_(settings.LANGUAGE_CODE),
            "place": place,
            "period": present.period_words(figure.period),
        }
        found.append({"words": told, "href": _link("office:figure", figure.id)})
    for late in digest.late:
        period = late.called.period
        told = _("Quá hạn %(day)s: kỳ %(period)s chưa chốt ở %(n)s nơi: %(places)s") % {
            "day": day_words(late.called.due) if late.called.due else "",
            "period": present.period_words(period),
            "n": len(late.places),
            "places": ", ".join(place.full_name for place in late.places[:NAMED])
            + ("…" if len(late.places) > NAMED else ""),
        }
        here = _link("office:closing", late.places[0].id)
        found.append({"words": told, "href": f"{here}?ky={present.period_key(period)}"})
    if digest.unread:
        told = _("Thông báo chưa xem: %(n)s") % {"n": digest.unread}
        found.append({"words": told, "href": _link("office:notices")})
    return found


def _rooms(post: Actor, at: datetime, day: date) -> list[dict[str, str]]:
    """What waits beside figures. A file's name is somebody's words, so the letter does not say it."""
    return [
        {
            "words": each.words,
            "href": _link(f"office:{each.name}", *each.args) + (f"?{each.query}" if each.query else ""),
        }
        for each in rooms_waiting.lines(post, at, day)
        if each.name != "intake"
    ]


def _link(name: str, *args: Any) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=args)}"

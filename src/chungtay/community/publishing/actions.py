"""Deeds on news and notices: writing, versions, publishing, withdrawing, words to a picture, a name taken out."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_words
from chungtay.community.deeds import clean
from chungtay.community.publishing import policies
from chungtay.community.publishing.models import News, NewsItem, NewsStep, NewsText, State
from chungtay.community.publishing.rewording import without
from chungtay.community.recorded import found, sent_before, strike_out, written
from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.evidence import queries as evidence
from chungtay.people.policies import check_acts_for, check_found
from chungtay.territory.holding import hold_place
from rulebook import Mark

PERMISSION = "community.publish"
_ANYBODY = SystemActor()


@transaction.atomic
def write(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    title: str,
    body: str,
    language: str = "vi",
    about_kind: str = "",
    about_ref: str = "",
    uid: uuid.UUID | None = None,
) -> News:
    """Begin a news item or a notice as a draft, in one language. Nobody outside sees it before it is published."""
    check_acts_for(by, PERMISSION, place_id)
    hold_place(place_id)
    said = {"kind": kind, "about_kind": about_kind, "about_ref": about_ref}
    if known := sent_before(News, uid, place_id, said):
        return known
    faults = policies.faults_of_kind(kind, about_kind, about_ref)
    faults += policies.faults_of_version(language, title, body)
    if faults:
        raise Refusal(*faults)
    row = News.objects.create(**written(by, at, place_id, uid, **said), mark=Mark.MEASURED.value)
    _add(row, by, at, language, title, body, "")
    detail = {"language": language, "kind": kind}  # never words: the trail cannot forget a name
    write_event(by=by, deed="community.write_news", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def rewrite(
    *,
    by: Actor,
    at: datetime,
    news_id: int,
    language: str,
    title: str,
    body: str,
    reason: str = "",
    after: int | None = None,
) -> NewsText:
    """Say it anew in one language, or for the first time in another. What stood there before stays on record.

    reason: needed once it is published, and shown. after: the number that was read; refused when a newer one stands.
    """
    row = _held(by, news_id)
    policies.check_open(row)
    last = row.texts.filter(language=language).order_by("-number").first()
    if last is not None and (last.title, last.body) == (clean(title), body.strip()):
        return last
    faults = policies.faults_of_version(language, title, body)
    faults += faults_of_words(reason, policies.LONGEST_WORDS, _("Lý do"), "reason")
    if row.state == State.PUBLISHED and last is not None and not reason.strip():
        faults.append(Fault(_("Tin đã đăng: hãy ghi lý do sửa, người đọc thấy lý do ấy dưới tin."), "reason"))
    if after is not None and last is not None and last.number != after:
        faults.append(
            Fault(
                _(
                    "Có bản mới hơn (%(by)s) từ lúc bạn mở trang. Hãy chép lại phần vừa gõ, tải lại trang rồi sửa trên "
                    "bản ấy."
                )
                % {"by": last.by_label}
            )
        )
    if faults:
        raise Refusal(*faults)
    made = _add(row, by, at, language, title, body, reason)
    detail = {"language": language, "number": made.number}
    write_event(
        by=by, deed="community.rewrite_news", subject=row, at=at, place_id=row.place_id, detail=detail
    )
    return made


def _add(row: News, by: Actor, at: datetime, language: str, title: str, body: str, reason: str) -> NewsText:
    return NewsText.objects.create(
        news=row,
        language=language,
        number=row.texts.filter(language=language).count() + 1,
        title=clean(title),
        body=body.strip(),
        reason=reason.strip(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )


@transaction.atomic
def publish(
    *,
    by: Actor,
    at: datetime,
    news_id: int,
    publish_from: date | None = None,
    publish_to: date | None = None,
) -> NewsStep:
    """Show it to everybody, from a day (today unless told) to a day (for ever unless told), both included."""
    row = _held(by, news_id)
    today = timezone.localdate(at)
    first = publish_from or today
    if row.state == State.PUBLISHED and (row.publish_from, row.publish_to) == (first, publish_to):
        return row.steps.order_by("-pk")[0]
    if faults := policies.faults_of_dates(first, publish_to, today):
        raise Refusal(*faults)
    row.published_at = at if row.state != State.PUBLISHED else row.published_at
    return _step(row, by, at, State.PUBLISHED, first, publish_to, "", "community.publish_news")


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, news_id: int, reason: str) -> NewsStep:
    """Take it out of public reading; the reason stands where it stood."""
    row = _held(by, news_id)
    if row.state != State.PUBLISHED:
        raise Refusal(_("Tin này không đang được đăng nên không có gì để gỡ. Hãy tải lại trang."))
    name = _("Lý do gỡ")
    if faults := faults_of_words(reason, policies.LONGEST_WORDS, name, "reason", required=True):
        raise Refusal(*faults)
    days = row.publish_from, row.publish_to
    return _step(row, by, at, State.WITHDRAWN, *days, reason.strip(), "community.withdraw_news")


def _step(
    row: News,
    by: Actor,
    at: datetime,
    state: str,
    first: date | None,
    last: date | None,
    reason: str,
    deed: str,
) -> NewsStep:
    before = row.state
    row.state, row.publish_from, row.publish_to = state, first, last
    row.save(update_fields=["state", "publish_from", "publish_to", "published_at"])
    step = NewsStep.objects.create(
        news=row,
        state=state,
        publish_from=first,
        publish_to=last,
        reason=reason,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    detail = {"from": first.isoformat() if first else "", "to": last.isoformat() if last else ""}
    write_event(
        by=by,
        deed=deed,
        subject=row,
        at=at,
        place_id=row.place_id,
        detail=detail,
        before={"state": before},
        after={"state": state},
    )
    return step


@transaction.atomic
def strike(*, by: Actor, at: datetime, news_id: int, reason: str) -> News:
    """Put a draft away that nobody is to publish."""
    row = _held(by, news_id)
    if row.state != State.DRAFT:
        raise Refusal(_("Chỉ bỏ được bản nháp. Tin đã đăng thì gỡ, có lý do."))
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_news")
    return row


@transaction.atomic
def describe(
    *,
    by: Actor,
    at: datetime,
    news_id: int,
    file_id: int,
    alt: str,
    caption: str = "",
    spoken: str = "",
    spoken_language: str = "vi",
) -> NewsItem:
    """Say what a photograph or a video of the news shows; from then on it is shown with it. The last words count.

    spoken: captions of a video, as WebVTT.
    """
    row = _held(by, news_id)
    strip = evidence.strips([("news", str(row.uid))], seen_by=_ANYBODY)[("news", str(row.uid))]
    piece = next((each for each in strip.pieces if each.file_id == file_id), None)
    if piece is None:
        raise NotFound(_("Tệp này không thuộc tin. Hãy gửi ảnh hoặc video cho tin trước."))
    faults: list[Fault] = []
    if piece.is_private or piece.kind.family == "paper":
        faults.append(
            Fault(
                _(
                    "Tệp riêng tư và giấy tờ không đăng kèm tin được; chỉ ảnh và video không đánh dấu riêng tư."
                )
            )
        )
    longest = policies.LONGEST_WORDS
    faults += faults_of_words(alt, longest, _("Lời tả hình"), "alt", required=True)
    faults += faults_of_words(caption, longest, _("Chú thích"), "caption")
    if piece.kind.family == "video":
        faults += policies.faults_of_spoken(spoken, spoken_language)
    told = dict(row.items.order_by("pk").values_list("file_id", "pk"))
    if file_id not in told and len(told) >= policies.MOST_ITEMS:
        sentence = _("Một tin có nhiều nhất %(n)s ảnh và video. Hãy viết thêm một tin nữa.")
        faults.append(Fault(sentence % {"n": policies.MOST_ITEMS}))
    if faults:
        raise Refusal(*faults)
    is_video = piece.kind.family == "video"
    said = {
        "alt": clean(alt),
        "caption": clean(caption),
        "spoken": spoken.lstrip("\ufeff").strip() if is_video else "",
        "spoken_language": spoken_language if is_video and spoken.strip() else "",
    }
    if known := row.items.filter(pk=told.get(file_id, 0), **said).first():
        return known
    item = NewsItem.objects.create(news=row, file_id=file_id, at=at, **said)
    detail = {"file": file_id}
    deed = "community.describe_picture"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return item


@transaction.atomic
def take_name_out(*, by: Actor, at: datetime, news_id: int, name: str, request: str) -> int:
    """Take a person's name out of every version and picture's words, also of those nobody sees any more.

    request: the number of the request, not a name. How many texts were changed; refused where the name stands in none.
    """
    row = _held(by, news_id)
    faults = faults_of_words(request, 60, _("Số yêu cầu"), "request", required=True)
    if faults:
        raise Refusal(*faults)
    changed = 0
    for held, fields in (
        (list(row.texts.all()), ("title", "body", "reason")),
        (list(row.items.all()), ("alt", "caption", "spoken")),
    ):
        for each in held:
            left = {field: without(getattr(each, field), name) for field in fields}
            if any(getattr(each, field) != words for field, words in left.items()):
                for field, words in left.items():
                    setattr(each, field, words)
                each.save(update_fields=list(fields))
                changed += 1
    if not changed:
        raise Refusal(Fault(_("Tin này không có tên ấy. Hãy ghi đúng tên như trong tin."), "name"))
    detail = {"request": request.strip(), "texts": changed}
    deed = "community.take_name_out"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return changed


def _held(by: Actor, news_id: int) -> News:
    """The news item, if it lies within the post's reach; else it is as if there were none."""
    row = found(News, news_id)
    check_found(by, PERMISSION, row.place_id)
    return row

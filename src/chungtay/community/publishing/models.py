"""News in versions, its pictures and videos, what became of it, and what was posted where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chungtay.community.publishing.requests.models import NameRequest, NameRequestStep
from chungtay.community.recorded import Recorded

__all__ = ["NameRequest", "NameRequestStep", "News", "NewsItem", "NewsStep", "NewsText", "Posting"]


class Kind(models.TextChoices):
    NEWS = "news", _("tin")
    NOTICE = "notice", _("thông báo")


class State(models.TextChoices):
    DRAFT = "draft", _("bản nháp")
    PUBLISHED = "published", _("đã đăng")
    WITHDRAWN = "withdrawn", _("đã gỡ")


class About(models.TextChoices):
    """Whose record a news item is about; ref is its id there."""

    PLACE = "", _("cả địa bàn")
    TITLE = "title", _("danh hiệu")
    WORK = "work", _("công trình")
    MEETING = "meeting", _("cuộc họp, quyết định")


class News(Recorded):
    """One news item or notice; what it says stands in `texts`.

    state, publish_from, publish_to, published_at: of its last step, kept here to be filtered by. publish_to: the last
    day it is shown, None for ever.
    """

    kind = models.CharField(max_length=8, choices=Kind.choices)
    about_kind = models.CharField(max_length=8, choices=About.choices, blank=True)
    about_ref = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    publish_from = models.DateField(null=True)
    publish_to = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["place", "state", "publish_from"], name="news_place_state_from"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class NewsText(models.Model):
    """One version in one language, the highest number shown. Only a name taken off on request ever changes one.

    reason: why it was written anew after it was published; readers see it.
    """

    news = models.ForeignKey(News, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["news", "language", "number"], name="news_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language} {self.number})"


class NewsStep(models.Model):
    """Published, or withdrawn with a reason."""

    only_grows = True

    news = models.ForeignKey(News, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=State.choices)  # that it led to
    publish_from = models.DateField(null=True)
    publish_to = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.news_id} → {self.state}"


class NewsItem(models.Model):
    """A photograph or a video of the news in words; shown once it has them, the last of a file counting.

    The file stands among the evidence.

    alt: what is seen, for whoever does not see it. spoken: the captions of a video, as WebVTT.
    """

    news = models.ForeignKey(News, on_delete=models.PROTECT, related_name="items")
    file = models.ForeignKey("evidence.File", on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=300, blank=True)
    spoken = models.TextField(blank=True)
    spoken_language = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.alt


class Posting(Recorded):
    """One thing posted or said on one channel. Days are inclusive; ended_on is None while it hangs.

    known_on: the day from which it had to be made public, None where nobody told. times: how often a day it was read
    out. ended_reason: needed where it ended before the law's days were over.
    """

    news = models.ForeignKey(News, null=True, on_delete=models.PROTECT, related_name="postings")
    what = models.CharField(max_length=300)
    channel = models.CharField(max_length=12)  # a channel in law/publishing.yaml
    where = models.CharField(max_length=300)
    known_on = models.DateField(null=True)
    posted_from = models.DateField()
    planned_to = models.DateField()
    times = models.PositiveSmallIntegerField(null=True)
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["place", "posted_from"], name="posting_place_from"),
        ]

    def __str__(self) -> str:
        return self.what
